"""What a cell of the heatmap looks like: certainty, withheld, not asked, and the changes."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.disclosure import NEARLY_ALL, WITHHELD
from analytics.prevalence import NO_DATA
from config.text import text
from tests.ui.charts.heatmap_tables import HALONG, JUAI, KAB, change_row, change_table, status_row, status_table
from ui.charts.heatmap_cells import (
    CHANGE_LOOKS,
    STATUS_LOOKS,
    brief,
    change_marks,
    count_sasaran,
    count_stayers,
    short_percent,
    status_marks,
)
from ui.format import number


def mark_of(*row: Any, **more: Any) -> Any:
    return status_marks(status_table(status_row("SS01", HALONG, *row, **more)))["SS01", HALONG]


@pytest.mark.parametrize(
    ("n", "total", "look"),
    [
        (116, 171, "m"),  # 60-74 %: all above 50
        (17, 31, "mb"),  # 55 % of 31: 38-71 %, red or not
        (14, 31, "kb"),  # 45 % of 31: 29-62 %
        (3, 9, "kb"),  # crosses both limits: the red line decides the shape
        (70, 200, "k"),  # 29-42 %: inside kuning
        (55, 200, "kh"),  # 22-34 %: never red, perhaps hijau
        (45, 200, "hk"),  # 17-29 %: never red, perhaps kuning
        (0, 40, "h"),  # 0-9 %
        (1, 4, "hb"),  # 5-70 %
    ],
)
def test_the_shape_tells_how_certain_the_colour_is(n: int, total: int, look: str) -> None:
    assert mark_of(n, total).look == look


@pytest.mark.parametrize(
    ("lower", "upper", "look"),
    [
        (50.0, 70.0, "kb"),  # 50 % itself is not red, a little more is
        (50.1, 70.0, "k"),
        (30.0, 50.0, "k"),
        (30.0, 50.1, "kb"),
        (25.0, 40.0, "kh"),  # 25 % itself is hijau
        (25.1, 40.0, "k"),
    ],
)
def test_a_limit_belongs_to_the_milder_colour(lower: float, upper: float, look: str) -> None:
    assert mark_of(20, 50, bawah95=lower, atas95=upper).look == look


@pytest.mark.parametrize(
    ("note", "look"),
    [
        (WITHHELD, "s"),
        (NEARLY_ALL, "r"),
        (NO_DATA, "x"),
        ("tidak ditanyakan", "q"),
        ("tidak berlaku", "t"),
    ],
)
def test_a_cell_without_a_number_says_why(note: str, look: str) -> None:
    mark = mark_of(None, None, note)
    assert (mark.look, mark.note) == (look, note)
    assert mark.text == (text("panas.hampir") if look == "r" else "")


def test_a_withheld_count_keeps_the_colour_that_may_be_shown() -> None:
    assert mark_of(None, 40, WITHHELD, warna="hijau").look == "hs"


def test_the_card_gets_counts_interval_and_who_was_not_counted() -> None:
    mark = mark_of(19, 31, tidak_berlaku=3, tidak_ditanya=2)
    assert mark.facts == ("19", "31", "61,3", "44", "76", "3", "2")
    assert mark_of(19, 31).facts[5:] == ("", "")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (48.2, "48"),
        (49.7, "49,7"),
        (50.0, "50"),
        (50.3, "50,3"),
        (25.3, "25,3"),
        (24.97, "<25"),
        (50.02, ">50"),
        (0.2, "0"),
        (49.4, "49"),
    ],
)
def test_a_rounded_number_never_stands_on_a_limit_it_is_not_on(value: float, shown: str) -> None:
    assert short_percent(value) == shown


@given(st.floats(-5000, 5000), st.integers(0, 2))
def test_the_quick_number_is_the_usual_number(value: float, decimals: int) -> None:
    usual = number(value, decimals)
    assert brief(value, decimals) == (usual if usual.strip("−0,") else usual.lstrip("−"))


@pytest.mark.parametrize(
    ("difference", "verdict", "look", "shown"),
    [
        (-22.3, "membaik", "tu", "22"),
        (3.2, "memburuk", "nk", "3"),
        (2.0, "membaik", "tuf", "2"),  # the stayers became better, yet the share rose
        (-2.0, "memburuk", "nkf", "2"),
        (-5.0, "belum_pasti", "td", "5"),
        (4.6, "belum_pasti", "nd", "5"),
        (0.3, "belum_pasti", "nol", "0"),
        (-0.4, "membaik", "tu", "<1"),
        (-18.4, "hanya_susunan", "su", "−18"),
        (0.0, "tidak_berubah", "te", "tetap"),
        (-30.0, None, "tv", "30"),  # the verdict is withheld, the difference is not: nothing certain is claimed
    ],
)
def test_a_change_looks_like_its_verdict(difference: float, verdict: str | None, look: str, shown: str) -> None:
    mark = change_marks(change_table(change_row("SS01", HALONG, difference, verdict)))["SS01", HALONG]
    assert (mark.look, mark.text) == (look, shown)


def test_a_change_tells_its_parts_and_the_sizes_of_the_groups() -> None:
    row = change_row("SS01", HALONG, -20.0, "membaik", dari_tetap=-25.0, dari_masuk=6.0, dari_keluar=-1.0)
    mark = change_marks(change_table(row))["SS01", HALONG]
    assert mark.facts == ("−20,0", "−25,0", "+6,0", "−1,0", "30", "20", "10")


@pytest.mark.parametrize(
    ("note", "look"),
    [
        ("disamarkan: kelompok tetap, keluar atau masuk terlalu kecil", "s"),
        (NEARLY_ALL, "s"),
        ("tidak ada data pada 2022-05", "x"),
        ("tidak ditanyakan pada 2022-05", "q"),
        ("tidak berlaku", "t"),
    ],
)
def test_a_change_that_is_not_known_says_why(note: str, look: str) -> None:
    table = change_table(change_row("SS01", HALONG, None, None, catatan=note))
    assert change_marks(table)["SS01", HALONG].look == look


def test_below_a_place_stands_its_number_of_sasaran_unless_that_is_withheld() -> None:
    """Given a place with answers, one whose sasaran are withheld, one never asked, one without anybody."""
    table = status_table(
        status_row("SS01", KAB, 100, 171, sasaran=171),
        status_row("SP08", KAB, 20, 60, tidak_berlaku=111, sasaran=171),
        status_row("SS01", HALONG, None, None, WITHHELD, sasaran=None),
        status_row("SS01", "63.11.03", None, None, "tidak ditanyakan", tidak_ditanya=22, sasaran=22),
        status_row("SS01", JUAI, None, None, NO_DATA, sasaran=None),
    )
    assert count_sasaran(table) == {KAB: "171", HALONG: "••", "63.11.03": "22", JUAI: "–"}


def test_below_a_place_stands_its_number_of_stayers() -> None:
    table = change_table(
        change_row("SS01", KAB, -3.0, "belum_pasti"),
        change_row("SP08", KAB, -3.0, "belum_pasti", tetap=12),
        change_row("SS01", HALONG, None, None, catatan=WITHHELD),
    )
    assert count_stayers(table) == {KAB: "30", HALONG: ""}


def test_a_parameter_that_was_not_asked_does_not_make_the_stayers_zero() -> None:
    unasked = change_row("SS02", HALONG, None, None, tetap=0)
    assert count_stayers(change_table(change_row("SS01", HALONG, -5.0, "belum_pasti", tetap=None), unasked)) == {
        HALONG: ""
    }


def test_every_look_has_its_words() -> None:
    for look in {*STATUS_LOOKS, *CHANGE_LOOKS}:
        assert text(f"panas.rupa_{look}")
    for look in CHANGE_LOOKS:
        assert text(f"panas.putusan_{look}")
