"""What leaves for room publik: small counts, small denominators, nearly all, and no cell that a total gives away."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.disclosure import COMPLEMENT, NEARLY_ALL, SMALL_COUNT, SMALL_TOTAL, clear_prevalence
from analytics.prevalence import tabulate_prevalence
from config.places import load_desa

JUAI = load_desa().query("kode_kecamatan == '63.11.01'")["kode"].tolist()


def kubus_of(counts: list[tuple[int, int]]) -> pd.DataFrame:
    """A kubus of one month in the first desa of Juai: (stunted, plausible) each."""
    rows = [
        {"bulan": "2022-09", "kode_desa": kode, "tbu_sangat_pendek": 0, "tbu_pendek": n, "tbu_z": total}
        for kode, (n, total) in zip(JUAI, counts, strict=False)
    ]
    return pd.DataFrame(rows)


def cleared(counts: list[tuple[int, int]], ruang: str = "publik") -> pd.DataFrame:
    table = tabulate_prevalence(kubus_of(counts), ["stunting"], "desa", wilayah="63.11.01")
    return clear_prevalence(table, ruang).table.head(len(counts)).reset_index(drop=True)


@pytest.mark.parametrize(
    ("cell", "reason", "with_total"),
    [
        ((3, 60), SMALL_COUNT, True),
        ((2, 9), SMALL_TOTAL, False),
        ((12, 12), NEARLY_ALL, True),
        ((4, 66), SMALL_COUNT, True),
    ],
)
def test_each_rule_withholds_with_its_reason(cell: tuple[int, int], reason: str, with_total: bool) -> None:
    row = cleared([cell, (0, 40), (20, 70), (15, 80)]).iloc[0]
    assert row["catatan"] == reason
    assert pd.isna(row["n"]) and pd.isna(row["persen"])
    assert pd.notna(row["penyebut"]) == with_total


def test_beside_a_withheld_cell_another_is_withheld_and_zero_may_stay() -> None:
    table = cleared([(3, 60), (0, 40), (20, 70), (15, 80)])
    assert table["catatan"].tolist() == [SMALL_COUNT, "", "", COMPLEMENT]


def test_the_class_of_a_withheld_count_is_shown_only_if_three_counts_remain_possible() -> None:
    table = cleared([(3, 60), (3, 20), (4, 66)])
    assert table["kelas"].tolist()[0] == "<10"  # 1 to 4 of 60 all lie under 10 %
    assert pd.isna(table["kelas"].tolist()[1])  # only 2 and 3 of 20 lie in 10-20 %


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(10, 80)), min_size=2, max_size=21))
def test_no_single_cell_is_withheld_alone_in_a_kecamatan(pairs: list[tuple[int, int]]) -> None:
    counts = [(min(n, total - 1), total) for n, total in pairs]  # "hampir semua" says itself what it hides
    table = cleared(counts)
    others = [n for (n, _), hidden in zip(counts, table["n"].isna(), strict=True) if not hidden]
    assert table["n"].isna().sum() != 1 or all(n == 0 for n in others)


def test_the_meeting_room_sees_every_count() -> None:
    table = cleared([(3, 60), (2, 9), (12, 12)], "rapat")
    assert table["n"].tolist() == [3, 2, 12]
    assert COMPLEMENT not in table["catatan"].tolist()


def test_an_unknown_room_is_refused() -> None:
    with pytest.raises(ValueError, match="Ruang"):
        cleared([(3, 60)], "dapur")
