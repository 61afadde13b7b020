"""What the checks of data quality tell a room: everything to staff, no small count to anybody else, at any level."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.disclosure_quality import (
    HIDDEN,
    clear_digits,
    clear_quality,
    clear_smart,
    clear_verdicts,
    clear_visits,
)
from analytics.prevalence import list_places
from analytics.quality import COLUMNS, POSYANDU, add_up, judge_quality
from analytics.quality_sums import build_quality, empty_quality
from config.places import load_desa
from config.quality import load_checks
from data.store import SAMPLE_FOLDER, current_version, open_store, read_table, reading
from tests.quality_tables import measured, posyandu

LEVELS = ("kabupaten", "kecamatan", "desa")
MONTH = "2022-09"


@pytest.fixture(scope="module")
def sums(penyimpanan_contoh: Path) -> pd.DataFrame:
    store = open_store(penyimpanan_contoh / SAMPLE_FOLDER)
    with reading(store) as connection:
        return read_table(store, str(current_version(connection, "eppgbm")), "mutu")


@pytest.fixture(scope="module")
def publik(sums: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The public tables of a month, with what they were made of."""
    shown = {}
    for level in LEVELS:
        raw = judge_quality(add_up(sums[sums["bulan"] == MONTH], level), level)
        known = clear_quality(sums, "publik", level, MONTH).table
        shown[level] = known.merge(raw[["kode", "pemeriksaan", "n", "penyebut"]], on=["kode", "pemeriksaan"])
    return shown


def test_staff_see_every_value_of_every_place(sums: pd.DataFrame) -> None:
    for ruang in ("rapat", "petugas"):
        cleared = clear_quality(sums, ruang, "desa")
        assert cleared.ruang == ruang and list(cleared.table.columns) == COLUMNS
        assert HIDDEN not in set(cleared.table["penilaian"])
        months = sums["bulan"].nunique()
        assert len(cleared.table) == months * len(load_desa()) * len(load_checks())
    raw = judge_quality(add_up(sums, POSYANDU), POSYANDU)
    pd.testing.assert_frame_equal(clear_quality(sums, "petugas", POSYANDU).table, raw[COLUMNS])


def test_a_small_count_is_told_by_a_whole_percent_at_most(publik: dict[str, pd.DataFrame]) -> None:
    for table in publik.values():
        few = table[(table["penyebut"] > 0) & (table["penyebut"] < 10)]
        assert few["nilai"].isna().all() and (few["penilaian"] == HIDDEN).all()
        shown = table["nilai"].dropna()
        assert (shown == shown.round()).all()
    assert publik["kecamatan"]["nilai"].notna().any() and (publik["kecamatan"]["penilaian"] == HIDDEN).any()


def test_below_the_kecamatan_nothing_is_told(publik: dict[str, pd.DataFrame]) -> None:
    assert publik["desa"]["nilai"].isna().all()
    assert set(publik["desa"]["penilaian"]) == {HIDDEN}


def test_figures_of_few_children_are_withheld(penyimpanan: Path) -> None:
    few = build_quality(measured(posyandu("MELATI", 7, 0.5)))
    shown = clear_quality(few, "publik", "kabupaten").table
    assert shown["nilai"].isna().all() and set(shown["penilaian"]) <= {HIDDEN, "tidak_ada_data"}


def test_posyandu_and_details_are_not_for_publik(sums: pd.DataFrame) -> None:
    with pytest.raises(PermissionError):
        clear_quality(sums, "publik", POSYANDU)
    with pytest.raises(PermissionError):
        clear_verdicts(sums, "publik", "kabupaten")
    with pytest.raises(PermissionError):
        clear_visits(sums, "publik", MONTH)
    with pytest.raises(PermissionError):
        clear_digits(sums, "publik", "kabupaten")
    with pytest.raises(PermissionError):
        clear_smart(measured([{}]), "publik", "kabupaten")
    with pytest.raises(ValueError, match="dapur"):
        clear_quality(sums, "dapur", "kabupaten")


def test_without_data_every_level_is_an_empty_table() -> None:
    for ruang in ("publik", "petugas"):
        for level in LEVELS:
            assert clear_quality(empty_quality(), ruang, level).table.empty


def test_a_place_without_children_says_so() -> None:
    one = clear_quality(build_quality(measured(posyandu("MELATI", 40, 0.5))), "petugas", "kecamatan").table
    assert set(one["kode"]) == set(list_places("kecamatan")["kode"])
    others = one[one["kode"] != "63.11.01"]
    assert (others["penilaian"] == "tidak_ada_data").all() and np.isnan(others["nilai"]).all()
    assert others["batas"].notna().all() and others["nama"].notna().all()
