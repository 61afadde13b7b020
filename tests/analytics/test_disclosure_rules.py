"""The rules of the rooms on hand-made tables: what each withholds, what it leaves, and what every room but publik sees."""

from collections.abc import Callable

import pandas as pd
import pytest

from analytics.comparison import MIX_ONLY
from analytics.disclosure import NEARLY_ALL, WITHHELD
from analytics.disclosure_parameters import clear_comparison, clear_parameters
from analytics.disclosure_prevalence import clear_prevalence
from tests.answer_tables import AWAL, HALONG, JUAI, KINI, answers, rounds_of


def children(counts: list[tuple[int, int]], ruang: str = "publik") -> pd.DataFrame:
    """The cleared stunting of the first desa of Juai, in their order: (stunted, plausible) each."""
    rows = [("2022-09", kode, 0, n, total) for kode, (n, total) in zip(JUAI, counts, strict=False)]
    kubus = pd.DataFrame(rows, columns=["bulan", "kode_desa", "tbu_sangat_pendek", "tbu_pendek", "tbu_z"])
    table = clear_prevalence(kubus, ["stunting"], ruang)["desa"].table.set_index("kode")
    return table.loc[JUAI[: len(counts)]].reset_index()


def shares(counts: list[tuple[int, int]], ruang: str = "publik") -> pd.DataFrame:
    """The cleared shares of one parameter in the first desa of Juai: (with the problem, asked) each."""
    rows = [
        (f"{kode}-{who}", kode, AWAL, "SP01", "1" if who < n else "0")
        for kode, (n, asked) in zip(JUAI, counts, strict=False)
        for who in range(asked)
    ]
    table = clear_parameters(answers(rows), ruang)["desa"].table.set_index("kode")
    return table.loc[JUAI[: len(counts)]].reset_index()


@pytest.mark.parametrize("table", [children, shares])
@pytest.mark.parametrize(
    ("cell", "note", "with_total"),
    [((3, 60), WITHHELD, True), ((4, 66), WITHHELD, True), ((2, 9), WITHHELD, False), ((12, 12), NEARLY_ALL, True),
     ((11, 12), NEARLY_ALL, True), ((10, 12), NEARLY_ALL, True)],
)  # fmt: skip
def test_a_small_count_a_small_denominator_and_nearly_all_are_withheld(
    table: Callable[..., pd.DataFrame], cell: tuple[int, int], note: str, with_total: bool
) -> None:
    row = table([cell, (0, 40), (20, 70), (15, 80), (14, 70)]).iloc[0]
    assert row["catatan"] == note
    assert row[["n", "persen", "bawah95", "atas95"]].isna().all()
    assert pd.notna(row["penyebut"]) == with_total


@pytest.mark.parametrize("cell", [(0, 40), (5, 40), (9, 12), (30, 30), (28, 30), (40, 41)])
def test_other_counts_are_shown(cell: tuple[int, int]) -> None:
    for table in (children, shares):
        row = table([cell, (20, 70), (15, 80)]).iloc[0]
        assert (row["n"], row["penyebut"], row["catatan"]) == (*cell, "")


def test_a_withheld_cell_looks_the_same_whether_it_is_small_or_protects_a_small_one() -> None:
    table = children([(3, 60), (0, 40), (25, 70), (9, 60), (30, 70)])
    assert table["catatan"].tolist() == [WITHHELD, "", "", WITHHELD, ""]  # zero stays, the smallest other goes along
    assert table["kelas"].tolist()[0] == "<10"


def test_a_class_or_colour_stands_beside_a_withheld_count_only_if_every_one_leaves_enough() -> None:
    table = children([(3, 60), (3, 20), (2, 40), (20, 70)])
    assert table["kelas"].isna().tolist()[:3] == [False, True, True]
    coloured = shares([(3, 60), (2, 12), (20, 70), (15, 70)])
    assert coloured["warna"].tolist()[0] == "hijau" and pd.isna(coloured["warna"].tolist()[1])


@pytest.mark.parametrize("ruang", ["rapat", "petugas"])
def test_the_other_rooms_see_every_count(ruang: str) -> None:
    cells = [(3, 60), (2, 9), (12, 12), (0, 40)]
    for table in (children, shares):
        assert table(cells, ruang)[["n", "penyebut"]].to_numpy().tolist() == [list(cell) for cell in cells]


def test_an_unknown_room_is_refused() -> None:
    for table in (children, shares):
        with pytest.raises(ValueError, match="Ruang"):
            table([(3, 60)], "dapur")


def test_room_publik_is_told_that_new_families_alone_changed_a_share() -> None:
    jawaban = rounds_of({"11": 103, "00": 68}, enter=(18, 56))
    row = clear_comparison(jawaban, (AWAL, KINI), "kabupaten", clear_parameters(jawaban, "publik")).table.iloc[0]
    assert (row["n_awal"], row["penyebut_awal"], row["n_kini"], row["penyebut_kini"]) == (103, 171, 121, 245)
    assert (row["putusan"], row["dari_tetap"], row["tetap"], row["masuk"]) == (MIX_ONLY, 0, 171, 74)


def test_who_stayed_left_and_came_is_told_of_the_kabupaten_only_and_of_every_place_in_a_meeting() -> None:
    parts = [
        rounds_of({"11": 30, "10": 15, "01": 6, "00": 30}, (12, 20), (14, 20), kode) for kode in (JUAI[0], HALONG[0])
    ]
    jawaban = pd.concat(parts)
    groups = ["tetap", "keluar", "masuk", "dari_tetap", "putusan"]
    for ruang, hidden in (("publik", True), ("rapat", False)):
        known = clear_parameters(jawaban, ruang)
        whole, places = (clear_comparison(jawaban, (AWAL, KINI), t, known).table for t in ("kabupaten", "kecamatan"))
        assert whole[groups].notna().all(axis=None)
        asked = places[places["selisih"].notna()]
        assert len(asked) == 2 and asked[groups].isna().all(axis=None) == hidden
