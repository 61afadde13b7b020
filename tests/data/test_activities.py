"""Activities: which rows are refused and why, what replaces what, and that the sample is the printed Tabel 2."""

from pathlib import Path

import pandas as pd
import pytest

from config.published import load_published, load_ranges, published_number
from data.activities import check_activities, merge_activities, standardize_activities, to_activities
from data.findings import Finding
from data.read import read_sheet
from data.sample_activities import as_activities_file, sample_activities
from tests.builders import write_csv
from tests.sasaran_tables import Row, as_table

ACTIVITY: Row = {
    "kode": "K1", "kegiatan": "Pertemuan desa", "target_kali": "5", "terlaksana_kali": "4", "per_tanggal": "31/12/2022",
    "tujuan": "", "output": "",
}  # fmt: skip
PRINTED = ("pertemuan_desa", "pertemuan_kecamatan", "pertemuan_kabupaten", "FGD_sasaran", "monev_bulanan")


def take(folder: Path, *rows: Row, periode: str | None = None) -> tuple[pd.DataFrame, list[Finding]]:
    sheet = read_sheet(write_csv(folder / "kegiatan.csv", as_table(list(rows), ACTIVITY)))
    table, found = standardize_activities(sheet)
    accepted, more = check_activities(table, sheet, periode)
    return accepted, found + more


@pytest.mark.parametrize(
    ("change", "aturan", "tingkat"),
    [
        ({"kode": ""}, "isian_wajib_kosong", "tolak"),
        ({"kegiatan": "-"}, "isian_wajib_kosong", "tolak"),
        ({"target_kali": ""}, "cacah_tidak_sah", "tolak"),
        ({"terlaksana_kali": "belum"}, "cacah_tidak_sah", "tolak"),
        ({"terlaksana_kali": "-1"}, "cacah_tidak_sah", "tolak"),
        ({"target_kali": "4,5"}, "cacah_tidak_sah", "tolak"),
        ({"per_tanggal": "31/06/2022"}, "tanggal_tidak_ada", "tolak"),
        ({"per_tanggal": "31/12/2092"}, "tanggal_di_masa_depan", "peringatan"),
        ({"terlaksana_kali": "6"}, "melebihi_target", "peringatan"),
        ({"tujuan": "=1+1"}, "teks_mirip_rumus", "info"),
        ({"catatan": "x"}, "kolom_tidak_dikenal", "peringatan"),
    ],
)
def test_each_rule_finds_its_row(tmp_path: Path, change: Row, aturan: str, tingkat: str) -> None:
    accepted, [found] = take(tmp_path, change, {"kode": "K2"})
    assert (found.aturan, found.tingkat) == (aturan, tingkat)
    assert list(accepted["kode"].dropna()) == (["K2"] if tingkat == "tolak" else ["K1", "K2"])
    assert found.baris == (1 if aturan == "kolom_tidak_dikenal" else 2)
    assert "pengukuran" not in found.pesan


@pytest.mark.parametrize("written", ["4", "4,0", "4 kali", "4x"])
def test_counts_are_read_as_people_write_them_and_none_done_is_no_missing(tmp_path: Path, written: str) -> None:
    accepted, found = take(tmp_path, {"terlaksana_kali": written}, {"kode": "K2", "terlaksana_kali": "0"})
    assert found == [] and list(to_activities(accepted)["terlaksana_kali"]) == [4, 0]


def test_the_same_activity_and_day_twice_is_refused_as_copy_or_as_contradiction(tmp_path: Path) -> None:
    accepted, found = take(tmp_path, {}, {}, {"kode": "k1", "terlaksana_kali": "5"}, {"per_tanggal": "30/06/2022"})
    assert [(each.baris, each.aturan) for each in found] == [(3, "baris_kembar"), (4, "kegiatan_kembar")]
    assert len(accepted) == 2


def test_another_month_than_asked_is_marked(tmp_path: Path) -> None:
    _, [found] = take(tmp_path, {}, periode="2022-09")
    assert found.aturan == "di_luar_periode"


def test_a_correction_replaces_and_another_day_stands_beside(tmp_path: Path) -> None:
    stored = to_activities(take(tmp_path, {}, {"kode": "K2"})[0])
    fresh = to_activities(take(tmp_path, {"terlaksana_kali": "5"}, {"kode": "K2", "per_tanggal": "2023-06-30"})[0])
    merged = merge_activities(stored, fresh)
    shown = merged[["kode", "terlaksana_kali"]].assign(per=merged["per_tanggal"].dt.strftime("%Y-%m"))
    assert shown.to_numpy().tolist() == [["K1", 5, "2022-12"], ["K2", 4, "2022-12"], ["K2", 4, "2023-06"]]


def test_the_sample_is_the_printed_table() -> None:
    figures = load_published().set_index("indikator")["nilai"].astype("str")
    sample = sample_activities()
    for row, name in zip(sample.itertuples(), PRINTED, strict=True):
        assert (row.target_kali, row.terlaksana_kali) == (
            int(figures[f"target_{name}"]),
            int(figures[f"realisasi_{name}"]),
        )
        assert round(100 * row.terlaksana_kali / row.target_kali, 2) == float(figures[f"progress_{name}"])
    done, planned = sample["terlaksana_kali"].sum(), sample["target_kali"].sum()
    total = load_ranges().set_index("id").loc["D13"]
    assert (done, planned) == (22, 29) and round(100 * done / planned, 2) == total["bawah"] == 75.86
    assert published_number("S069") == 5


def test_the_sample_comes_back_from_its_file_without_a_finding(tmp_path: Path) -> None:
    written = as_activities_file(sample_activities())
    path = write_csv(tmp_path / "x.csv", [list(written.columns), *written.astype("str").to_numpy().tolist()])
    sheet = read_sheet(path)
    table, found = standardize_activities(sheet)
    accepted, more = check_activities(table, sheet, "2022-12")
    assert found + more == []
    pd.testing.assert_frame_equal(to_activities(accepted), sample_activities())
