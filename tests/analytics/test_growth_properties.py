"""Properties of scoring that hold for any child: order, monotony, and the way back from a score to a measure."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.growth import score
from analytics.status import INDICES
from data.growth_tables import SEXES, load_tables, measure_at

NAN = float("nan")


def z_of(jk="L", umur_hari=400.0, berat_kg=9.0, tinggi_cm=75.0, cara_ukur=None) -> list[float]:
    scores = score([jk], [umur_hari], [berat_kg], [tinggi_cm], [cara_ukur]).iloc[0]
    return [float(scores[f"zs_{index}"]) for index in INDICES]


sexes = st.sampled_from([*SEXES, None])
ages = st.one_of(st.integers(-5, 1900).map(float), st.just(NAN))
weights = st.one_of(st.floats(0.5, 60), st.sampled_from([NAN, 0.0]))
heights = st.one_of(st.floats(38, 130), st.sampled_from([NAN, 0.0, 51.9, 103.1]))
positions = st.sampled_from(["terlentang", "berdiri", None])
children = st.tuples(sexes, ages, weights, heights, positions, st.sampled_from(["ya", "tidak", None]))


@given(st.lists(children, min_size=1, max_size=12), st.randoms())
@settings(max_examples=150, deadline=None)
def test_a_child_scores_the_same_in_any_order_and_alone(rows: list[tuple[object, ...]], random) -> None:
    together = score(*zip(*rows, strict=True))
    order = list(range(len(rows)))
    random.shuffle(order)
    shuffled = score(*zip(*(rows[place] for place in order), strict=True))
    pd.testing.assert_frame_equal(shuffled, together.iloc[order].reset_index(drop=True))
    alone = pd.concat([score(*([value] for value in row)) for row in rows], ignore_index=True)
    pd.testing.assert_frame_equal(alone, together)


def test_rows_of_a_later_block_score_like_those_of_the_first() -> None:
    rows = 100_000
    scores = score(["L", "P"] * (rows // 2), np.arange(rows) % 1827, np.full(rows, 9.0), np.full(rows, 75.0))
    again = score(["L", "P"] * 1827, np.arange(3654) % 1827, np.full(3654, 9.0), np.full(3654, 75.0))
    pd.testing.assert_frame_equal(scores.iloc[87696:91350].reset_index(drop=True), again)


@given(st.sampled_from(SEXES), st.integers(0, 1826), positions, st.lists(st.floats(45, 125), min_size=2, max_size=2))
@settings(deadline=None)
def test_a_taller_child_never_scores_lower(
    jk: str, umur_hari: int, cara_ukur: str | None, tinggi_cm: list[float]
) -> None:
    low, high = (z_of(jk=jk, umur_hari=umur_hari, cara_ukur=cara_ukur, tinggi_cm=cm)[0] for cm in sorted(tinggi_cm))
    assert low <= high


@given(
    st.sampled_from(SEXES),
    st.integers(0, 1826),
    st.floats(65, 110),
    st.lists(st.floats(0.5, 60), min_size=2, max_size=2),
)
@settings(deadline=None)
def test_a_heavier_child_never_scores_lower(jk: str, umur_hari: int, tinggi_cm: float, berat_kg: list[float]) -> None:
    low, high = (z_of(jk=jk, umur_hari=umur_hari, tinggi_cm=tinggi_cm, berat_kg=kg)[1:] for kg in sorted(berat_kg))
    assert all(a <= b for a, b in zip(low, high, strict=True))


@given(st.sampled_from(SEXES), st.integers(0, 1826), st.floats(-3, 3))
@settings(deadline=None)
def test_the_measure_of_a_score_scores_that(jk: str, umur_hari: int, z: float) -> None:
    sex = SEXES.index(jk)
    height, weight, bmi = (
        float(measure_at(z, table.L[sex, umur_hari], table.M[sex, umur_hari], table.S[sex, umur_hari]))
        for table in (load_tables()[name] for name in ("lfa", "wfa", "bmifa"))
    )
    assert z_of(jk=jk, umur_hari=umur_hari, tinggi_cm=height)[0] == pytest.approx(z, abs=0.0051)
    assert z_of(jk=jk, umur_hari=umur_hari, berat_kg=weight)[1] == pytest.approx(z, abs=0.0051)
    assert z_of(jk=jk, umur_hari=umur_hari, berat_kg=bmi, tinggi_cm=100)[3] == pytest.approx(z, abs=0.0051)
