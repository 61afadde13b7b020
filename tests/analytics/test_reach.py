"""Reach: hand values, the least number that works by brute force, and the order of what to do first."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.disclosure import Cleared
from analytics.parameters import colour_of
from analytics.reach import RANKED, add_reach, rank_reach


def counts(*pairs: tuple[int | None, int | None]) -> pd.DataFrame:
    return pd.DataFrame(pairs, columns=["n", "penyebut"], dtype="Int64")


def shares(*rows: tuple[str, int | None, int | None], ruang: str = "rapat") -> Cleared:
    """Return a cleared table of (parameter, n, penyebut)."""
    table = pd.DataFrame(rows, columns=["parameter", "n", "penyebut"]).astype({"n": "Int64", "penyebut": "Int64"})
    return Cleared(table.assign(persen=100 * table["n"] / table["penyebut"], pasti="ya"), ruang)


def is_red(n: int, penyebut: int) -> bool:
    return bool(colour_of([100 * n / penyebut])[0] == "merah")


@pytest.mark.parametrize(
    ("n", "penyebut", "reach"),
    [(8, 11, 3), (6, 11, 1), (5, 11, 0), (6, 12, 0), (7, 12, 1), (1, 1, 1), (171, 171, 86), (0, 4, 0), (1, 2, 0)],
)
def test_reach_by_hand(n: int, penyebut: int, reach: int) -> None:
    assert add_reach(counts((n, penyebut)))["jangkauan"].tolist() == [reach]


def test_what_was_not_asked_or_is_withheld_has_no_reach() -> None:
    reach = add_reach(counts((None, None), (None, 30), (3, None)))["jangkauan"]
    assert reach.isna().all() and reach.dtype == "Int64"


@given(penyebut=st.integers(1, 400), data=st.data())
def test_reach_is_the_least_number_that_takes_a_parameter_out_of_red(penyebut: int, data: st.DataObject) -> None:
    n = data.draw(st.integers(0, penyebut))
    least = next(helped for helped in range(n + 1) if not is_red(n - helped, penyebut))
    assert add_reach(counts((n, penyebut)))["jangkauan"].tolist() == [least]


def test_the_nearest_to_leaving_red_comes_first_and_those_red_only_in_a_kecamatan_last() -> None:
    kabupaten = shares(
        ("A", 60, 100), ("B", 52, 100), ("C", 10, 100), ("D", 30, 100), ("E", 51, 100), ("F", None, None)
    )
    kecamatan = shares(
        *(("A", 30, 50), ("A", 30, 50), ("B", 40, 50), ("B", 12, 50), ("C", 5, 50), ("C", 5, 50)),
        *(("D", 28, 50), ("D", 2, 50), ("E", 26, 50), ("E", 25, 50), ("F", None, None)),
    )
    ranked = rank_reach(kabupaten, kecamatan)
    table = ranked.table.set_index("parameter")
    assert ranked.ruang == "rapat" and list(ranked.table.columns) == RANKED
    assert table.index.tolist() == ["E", "B", "A", "D"]
    assert table["jangkauan"].tolist() == [1, 2, 10, 0]
    assert table["kecamatan_merah"].tolist() == [1, 1, 2, 1]
    assert table["tersebar"].tolist() == [1, 15, 10, 3]
    assert rank_reach(kabupaten, kecamatan, nearest=False).table["parameter"].tolist() == ["A", "B", "E", "D"]


def test_tables_of_two_rooms_are_not_mixed() -> None:
    with pytest.raises(ValueError, match="ruang"):
        rank_reach(shares(("A", 1, 2)), shares(("A", 1, 2), ruang="petugas"))
