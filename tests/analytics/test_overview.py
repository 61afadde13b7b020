"""The table behind the overview: computed from the data, or as the report prints it with its contradictions marked."""

from pathlib import Path

import pandas as pd
import pytest

from analytics.disclosure import Cleared
from analytics.disclosure_prevalence import clear_prevalence
from analytics.overview import (
    INCONSISTENT,
    SLOPE_COLUMNS,
    printed_beside,
    printed_contradiction,
    printed_variants,
    slopes_as_printed,
    slopes_from_data,
)
from config.places import load_kecamatan, load_region
from data.store import current_version, open_store, read_table, reading


@pytest.fixture(scope="module")
def kubus(penyimpanan_contoh: Path) -> pd.DataFrame:
    store = open_store(penyimpanan_contoh / "contoh")
    with reading(store) as connection:
        version = current_version(connection, "eppgbm")
    assert version
    return read_table(store, version, "kubus")


def prevalence(kubus: pd.DataFrame, tingkat: str) -> Cleared:
    return clear_prevalence(kubus, ["stunting"], "publik")[tingkat]


def test_slopes_of_the_data_run_from_highest_to_lowest_now(kubus: pd.DataFrame) -> None:
    cleared = prevalence(kubus, "kecamatan")
    table = slopes_from_data(cleared, "2021-12", "2022-09").table
    assert list(table) == SLOPE_COLUMNS
    assert set(table["kode"]) == set(load_kecamatan()["kode"])
    assert table["nilai_kini"].is_monotonic_decreasing
    now = cleared.table.query("periode == '2022-09'").set_index("kode")
    assert table.set_index("kode")["nilai_kini"].to_dict() == pytest.approx(now["persen"].to_dict())
    assert table["selisih"].tolist() == pytest.approx((table["nilai_kini"] - table["nilai_awal"]).tolist())
    assert (table["bawah_kini"] < table["nilai_kini"]).all() and (table["nilai_kini"] < table["atas_kini"]).all()
    assert not table[["rentang_awal", "rentang_kini"]].any(axis=None)


def test_the_printed_slopes_keep_points_ranges_and_directions_apart() -> None:
    table = slopes_as_printed().table.set_index("nama")
    assert list(table.reset_index()[SLOPE_COLUMNS]) == SLOPE_COLUMNS
    assert len(table) == 8
    assert table.index[0] == "Lampihong" and table.index[-1] == "Paringin"
    assert table.loc["Awayan", ["nilai_awal", "nilai_kini", "selisih"]].tolist() == [20.85, 10.93, -9.92]
    assert table.loc["Juai", ["bawah_awal", "atas_awal", "bawah_kini", "atas_kini"]].tolist() == [
        12.36,
        19.15,
        14.91,
        21.70,
    ]
    ranges = table["rentang_kini"].astype(bool)
    assert table["nilai_kini"].isna().tolist() == ranges.tolist()
    assert set(table.index[~ranges]) == {"Lampihong", "Awayan", "Paringin"}
    assert set(table.index[table["arah"] == "naik"]) == {"Juai", "Paringin", "Tebing Tinggi"}
    assert table["pasti"].all()


def test_a_contradicted_change_is_marked_and_not_shown() -> None:
    table = slopes_as_printed().table.set_index("nama")
    marked = table[table["tanda"].str.contains(INCONSISTENT)]
    assert marked.index.tolist() == ["Lampihong"]
    assert pd.isna(marked["selisih"].item())
    assert table.loc["Juai", "selisih"] == 2.55
    assert printed_contradiction("Lampihong") == (-2.49, -4.86)
    assert printed_contradiction("Awayan") is None
    assert printed_contradiction("Juai") is None


def test_every_printing_of_the_kabupaten_is_named_the_working_value_first() -> None:
    assert printed_variants() == [17.90, 17.89, 17.91]


@pytest.mark.parametrize("periode", ["2021-12", "2022-09"])
def test_the_sample_agrees_with_every_printed_figure(kubus: pd.DataFrame, periode: str) -> None:
    levels = [prevalence(kubus, level).table for level in ("kabupaten", "kecamatan")]
    beside = printed_beside(Cleared(pd.concat(levels), "publik"), periode).table
    assert len(beside) == 9
    assert beside["hitungan"].notna().all()
    assert beside["selisih"].abs().max() < 0.005


def test_our_figure_beside_a_point_or_a_range() -> None:
    codes = dict(zip(load_kecamatan()["nama"], load_kecamatan()["kode"], strict=True))
    ours = {
        load_region().kode: 15.41, codes["Paringin"]: 8.0, codes["Juai"]: 22.2, codes["Halong"]: 14.0,
        codes["Batumandi"]: 10.0, codes["Awayan"]: 10.9349,
    }  # fmt: skip
    table = pd.DataFrame({"periode": "2022-09", "kode": list(ours), "persen": list(ours.values())})
    beside = printed_beside(Cleared(table, "publik"), "2022-09").table.set_index("kode")["selisih"]
    found = beside.reindex(list(ours)).round(6).tolist()
    assert found == [0.5, -0.24, 0.5, -0.91, 0, 0]  # point, point, above and below a range, inside, equal when rounded
    assert beside.drop(list(ours)).isna().all()


def test_months_that_the_report_does_not_print_have_nothing_beside(kubus: pd.DataFrame) -> None:
    assert printed_beside(prevalence(kubus, "kecamatan"), "2022-08").table.empty
