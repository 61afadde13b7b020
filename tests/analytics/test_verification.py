"""What people decide outweighs the score; records of one child come together; nothing else changes."""

import pandas as pd

from analytics.matching import CERTAIN, DOUBTFUL
from analytics.matching_sasaran import NOT_FOUND
from analytics.verification import BY_PERSON, as_one_child, one_id, undecided, undecided_children, verify

NOBODY = pd.Series(dtype="str")


def pairs(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["id_kiri", "id_kanan", "keadaan"], dtype="str").assign(skor=0.9)


def decided(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["jenis", "id_kiri", "id_kanan", "keputusan"], dtype="str")


def links(*rows: tuple[str, str | None, float, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["id_sasaran", "id_anak", "skor", "keadaan"]).astype({"id_anak": "str"})


def state(tautan: pd.DataFrame, keputusan: pd.DataFrame, same: pd.Series = NOBODY) -> dict[str, tuple[str, str]]:
    found = verify(tautan, keputusan, same).fillna({"id_anak": ""})
    return {row.id_sasaran: (row.id_anak, row.keadaan) for row in found.itertuples()}


def test_certain_and_decided_pairs_come_under_the_smallest_id() -> None:
    known = pairs(("a", "b", CERTAIN), ("b", "c", CERTAIN), ("d", "e", DOUBTFUL), ("f", "g", CERTAIN))
    said = decided(("anak", "d", "e", "sama"), ("anak", "f", "g", "berbeda"), ("sasaran", "a", "d", "sama"))
    assert one_id(known, said).to_dict() == {"a": "a", "b": "a", "c": "a", "d": "d", "e": "d"}
    assert one_id(known).to_dict() == {"a": "a", "b": "a", "c": "a", "f": "f", "g": "f"}
    assert one_id(pairs()).empty


def test_measurements_of_one_child_stand_together_and_the_latest_of_a_month_counts() -> None:
    days = pd.to_datetime(["2022-08-03", "2022-08-20", "2022-09-01"], format="%Y-%m-%d")
    table = pd.DataFrame(
        {
            "id_anak": ["a", "b", "b"],
            "tgl_ukur": days,
            "baris": 1,
            "bulan": ["2022-08", "2022-08", "2022-09"],
            "terakhir": True,
        }
    )
    joined = as_one_child(table, pd.Series({"a": "a", "b": "a"}))
    assert joined["id_anak"].tolist() == ["a"] * 3 and joined["terakhir"].tolist() == [False, True, True]
    assert as_one_child(table, NOBODY) is table


TAUTAN = links(
    ("s", "a", 1.0, CERTAIN),
    ("t", "b", 0.9, DOUBTFUL),
    ("t", "c", 0.87, DOUBTFUL),
    ("u", None, float("nan"), NOT_FOUND),
)


def test_without_decisions_the_score_says_it() -> None:
    assert state(TAUTAN, decided()) == {"s": ("a", CERTAIN), "t": ("", DOUBTFUL), "u": ("", NOT_FOUND)}
    assert undecided(TAUTAN, decided(), NOBODY)[["id_sasaran", "id_anak"]].to_numpy().tolist() == [
        ["t", "b"],
        ["t", "c"],
    ]


def test_a_decision_links_rules_out_and_outweighs_a_certain_score() -> None:
    assert state(TAUTAN, decided(("sasaran", "t", "c", "sama")))["t"] == ("c", BY_PERSON)
    one_out = decided(("sasaran", "t", "b", "berbeda"))
    assert state(TAUTAN, one_out)["t"] == ("", DOUBTFUL)
    assert undecided(TAUTAN, one_out, NOBODY)["id_anak"].tolist() == ["c"]
    none_left = decided(("sasaran", "t", "b", "berbeda"), ("sasaran", "t", "c", "berbeda"))
    assert state(TAUTAN, none_left)["t"] == ("", BY_PERSON) and undecided(TAUTAN, none_left, NOBODY).empty
    assert state(TAUTAN, decided(("sasaran", "s", "a", "berbeda")))["s"] == ("", BY_PERSON)


def test_a_decision_holds_when_later_scores_no_longer_name_the_pair_and_for_the_id_that_stands_for_the_child() -> None:
    assert state(TAUTAN, decided(("sasaran", "u", "x", "sama")))["u"] == ("x", BY_PERSON)
    assert state(TAUTAN, decided(("sasaran", "t", "c", "sama")), pd.Series({"c": "a2"}))["t"] == ("a2", BY_PERSON)
    assert state(TAUTAN, decided(("sasaran", "gone", "x", "sama"))).keys() == {"s", "t", "u"}


def test_doubtful_pairs_of_children_leave_the_list_once_decided() -> None:
    known = pairs(("a", "b", DOUBTFUL), ("c", "d", CERTAIN))
    assert undecided_children(known, decided())["id_kiri"].tolist() == ["a"]
    for verdict in ("sama", "berbeda"):
        left = undecided_children(known, decided(("anak", "a", "b", verdict)))
        assert left.empty and list(left.columns) == list(known.columns)
    assert list(undecided_children(pairs(), decided()).columns) == list(known.columns)
