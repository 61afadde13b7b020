"""How pairs are judged: weights that sum to one, limits in order, values with unit and source; spellings of names."""

import pytest

from analytics.matching_likeness import spell
from config.matching import Measure, child_measure, load_matching, name_spellings, sasaran_measure


def test_the_weights_of_each_kind_sum_to_one_and_the_limits_are_in_order() -> None:
    for measure in (child_measure(), sasaran_measure()):
        assert sum(measure.weights.values()) == pytest.approx(1)
        assert 0 < measure.doubtful < measure.certain <= 1


@pytest.mark.parametrize(("weights", "certain", "doubtful"), [({"nama": 0.9}, 0.9, 0.8), ({"nama": 1.0}, 0.7, 0.8)])
def test_a_measure_that_makes_no_sense_is_refused(weights: dict[str, float], certain: float, doubtful: float) -> None:
    with pytest.raises(ValueError, match=r"pencocokan\.toml"):
        Measure(weights, certain, doubtful, 0.05)


def test_every_value_is_a_proposal_with_its_validity() -> None:
    assert all(value.sumber.startswith("Usulan") and "2026" in value.berlaku for value in load_matching().values())


def test_spellings_are_words_in_capitals_and_end_where_they_begin_no_other() -> None:
    spellings = name_spellings()
    assert all(word == word.upper() and " " not in word for word in [*spellings, *spellings.values()])
    assert not set(spellings.values()) & set(spellings)
    assert spell("M AKHMAD NOOR") == "MUHAMMAD AHMAD NUR" and spell("H") == "H"
