"""Tables of pregnant women: planted errors found, LiLA judged strictly, corrections replace."""

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.answers import find_moved, identify_sasaran, name_sasaran
from data.bumil import BUMIL_COLUMNS, as_sasaran, merge_bumil, to_bumil
from data.findings import Finding
from tests.builders import write_csv, write_xlsx
from tests.sasaran_tables import BUMIL, WRITERS, Row, as_table, places, refused, take_bumil

TODAY = dt.date(2022, 10, 1)
KEY = bytes(32)
# changed cells, then what is found: column, rule (None: nothing)
PLANTED: list[tuple[Row, tuple[str, str] | None]] = [
    ({"id_sasaran": ""}, ("id_sasaran", "id_sasaran_kosong")),
    ({"tanggal": "31/06/2022"}, ("tanggal", "tanggal_tidak_ada")),
    ({"tanggal": ""}, ("tanggal", "tanggal_tidak_ada")),
    ({"tanggal": "kemarin"}, ("tanggal", "tanggal_tidak_ada")),
    ({"tanggal": "2022-10-02"}, ("tanggal", "tanggal_di_masa_depan")),
    ({"desa": "Atlantis"}, ("desa", "desa_tidak_dikenal")),
    ({"kecamatan": ""}, ("desa", "desa_meragukan")),
    ({"lila_cm": "235"}, ("lila_cm", "lila_mungkin_milimeter")),
    ({"lila_cm": "100"}, ("lila_cm", "lila_mungkin_milimeter")),
    ({"lila_cm": "60", "status": "hamil_normal"}, ("lila_cm", "angka_tidak_wajar")),
    ({"lila_cm": "9,9", "status": "keluar"}, ("lila_cm", "angka_tidak_wajar")),
    ({"lila_cm": "", "status": ""}, ("lila_cm", "status_tidak_diketahui")),
    ({"lila_cm": "0"}, ("lila_cm", "status_tidak_diketahui")),
    ({"lila_cm": "", "status": "melahirkan_normal"}, None),
    ({"lila_cm": "10"}, None),
    ({"lila_cm": "45"}, None),
    ({"hb_g_dl": "109"}, ("hb_g_dl", "angka_tidak_wajar")),
    ({"hb_g_dl": "rendah"}, ("hb_g_dl", "angka_tidak_terbaca")),
    ({"hb_g_dl": ""}, None),
    ({"usia_kehamilan_minggu": "44"}, ("usia_kehamilan_minggu", "angka_tidak_wajar")),
    ({"usia_kehamilan_minggu": "0"}, ("usia_kehamilan_minggu", "angka_tidak_wajar")),
    ({"usia_kehamilan_minggu": "43 minggu"}, None),
    ({"status": "sehat"}, ("status", "isian_tidak_dikenal")),
    ({"status": "hamil_normal"}, ("status", "status_lila_berbeda")),
    ({"status": "Melahirkan Normal", "lila_cm": "22"}, None),
    ({"status": "dalam pemantauan", "lila_cm": "24"}, None),
]  # fmt: skip


def plant(changes: list[Row]) -> list[Row]:
    """Return a clean woman before and after every changed one."""
    rows: list[Row] = []
    for number, change in enumerate(changes):
        rows += [{"id_sasaran": f"A-{number}"}, {"id_sasaran": f"B-{number}"} | change]
    return [*rows, {"id_sasaran": "C"}]


@pytest.mark.parametrize("writer", WRITERS)
def test_every_planted_error_is_found_at_its_row_and_column(tmp_path: Path, writer: str) -> None:
    rows = plant([change for change, _ in PLANTED])
    path = WRITERS[writer](tmp_path / "a", as_table(rows, BUMIL))
    accepted, findings, sheet = take_bumil(path, hari_ini=TODAY)
    expected = [(2 * number + 3, *found) for number, (_, found) in enumerate(PLANTED) if found]
    assert places(findings) == sorted(expected)
    assert len(accepted) + len(refused(findings)) == len(sheet.rows) == len(rows)


def store(accepted: pd.DataFrame) -> pd.DataFrame:
    """Return the stored table of accepted rows."""
    rows = as_sasaran(accepted)
    return to_bumil(rows, identify_sasaran(rows, KEY))


def take_rows(folder: Path, *rows: Row, **options: object) -> tuple[pd.DataFrame, list[Finding]]:
    accepted, findings, _ = take_bumil(
        write_csv(folder / "a.csv", as_table(list(rows), BUMIL)), hari_ini=TODAY, **options
    )
    return accepted, findings


def test_a_clean_row_is_read_as_written(tmp_path: Path) -> None:
    accepted, findings = take_rows(tmp_path, {"status": "Dalam Pemantauan", "lila_cm": "22,8 cm"})
    assert findings == []
    row = accepted.loc[0]
    assert (row["lila_cm"], row["hb_g_dl"], row["usia_kehamilan_minggu"]) == (22.8, 10.9, 20)
    assert (row["status"], row["kode_desa"]) == ("dalam_pemantauan", "63.11.02.2020")


def test_lila_in_millimetres_is_never_converted(tmp_path: Path) -> None:
    for written in ("235", "235 mm", "228,5 mm"):
        accepted, findings = take_rows(tmp_path, {"lila_cm": written})
        assert accepted.empty
        assert "lila_mungkin_milimeter" in {finding.aturan for finding in findings}


@pytest.mark.parametrize(
    ("lila", "status"),
    [("23.4", "dalam_pemantauan"), ("23.49", "dalam_pemantauan"), ("23.5", "hamil_normal"), ("23,6", "hamil_normal")],
)
def test_an_empty_status_is_judged_from_lila_strictly_below(tmp_path: Path, lila: str, status: str) -> None:
    accepted, findings = take_rows(tmp_path, {"lila_cm": lila})
    assert findings == []
    assert store(accepted)["status"].tolist() == [status]


def test_an_unknown_status_is_said_and_then_judged(tmp_path: Path) -> None:
    accepted, [finding] = take_rows(tmp_path, {"status": "sehat"})
    assert (finding.nilai, finding.tingkat) == ("sehat", "peringatan")
    assert store(accepted)["status"].tolist() == ["dalam_pemantauan"]


def test_a_status_as_written_is_kept_even_where_lila_says_otherwise(tmp_path: Path) -> None:
    accepted, [finding] = take_rows(tmp_path, {"status": "hamil_normal", "lila_cm": "23.4"})
    assert (finding.tingkat, "23.4" in finding.pesan, "23,5" in finding.pesan) == ("peringatan", True, True)
    assert store(accepted)["status"].tolist() == ["hamil_normal"]


def test_two_records_of_a_woman_on_one_day_and_copies(tmp_path: Path) -> None:
    accepted, findings = take_rows(
        tmp_path, {}, {"tanggal": "18/05/2022"}, {"lila_cm": "23"}, {"id_sasaran": "X"}, {"id_sasaran": "X"}
    )
    assert places(findings) == [(4, "id_sasaran", "sasaran_kembar"), (6, "", "baris_kembar")]
    assert accepted["baris"].tolist() == [2, 3, 5]


def test_other_months_are_marked_when_a_month_is_given(tmp_path: Path) -> None:
    accepted, [finding] = take_rows(tmp_path, {}, {"id_sasaran": "X", "tanggal": "2022-06-01"}, periode="2022-05")
    assert (finding.baris, finding.aturan, finding.tingkat) == (3, "di_luar_periode", "peringatan")
    assert len(accepted) == 2


def test_real_dates_and_numbers_of_a_workbook(tmp_path: Path) -> None:
    rows: list[Row] = [{"tanggal": dt.date(2022, 5, 17), "lila_cm": 22.8, "usia_kehamilan_minggu": 20}]
    accepted, findings, _ = take_bumil(write_xlsx(tmp_path / "a.xlsx", as_table(rows, BUMIL)), hari_ini=TODAY)
    assert findings == []
    assert (accepted["tanggal"][0], accepted["lila_cm"][0]) == (pd.Timestamp("2022-05-17"), 22.8)


def test_columns_that_are_not_read_are_said(tmp_path: Path) -> None:
    _, findings = take_rows(tmp_path, {"tekanan_darah": "120/80"})
    assert places(findings) == [(1, "tekanan_darah", "kolom_tidak_dikenal")]


def test_the_stored_table_has_no_name_and_knows_the_woman_of_the_parameters(tmp_path: Path) -> None:
    accepted, _ = take_rows(tmp_path, {})
    stored = store(accepted)
    assert list(stored) == BUMIL_COLUMNS
    assert "Contoh" not in stored.to_csv() and "BML-0001" not in stored.to_csv()
    asked = pd.DataFrame({"id_sasaran": ["bml-0001"], "jenis_sasaran": ["bumil"]}, dtype="str")
    assert identify_sasaran(asked, KEY)["id_sasaran"].tolist() == stored["id_sasaran"].tolist()
    assert stored["periode"].tolist() == ["2022-05"]


def test_a_correction_of_the_same_day_replaces_and_another_day_is_added(tmp_path: Path) -> None:
    first, _ = take_rows(tmp_path, {}, {"id_sasaran": "X"})
    second, _ = take_rows(tmp_path, {"lila_cm": "23.9"}, {"tanggal": "2022-09-01", "lila_cm": "24"})
    tables = [store(rows) for rows in (first, second)]
    merged = merge_bumil(merge_bumil(None, tables[0]), tables[1])
    assert sorted(merged["lila_cm"]) == [22.8, 23.9, 24.0]
    pd.testing.assert_frame_equal(merge_bumil(merged, tables[1]), merged)


def test_names_stay_apart_and_a_change_of_desa_is_said(tmp_path: Path) -> None:
    stored = store(take_rows(tmp_path, {})[0])
    rows = as_sasaran(take_rows(tmp_path, {"tanggal": "2022-09-01", "desa": "Galumbang", "kecamatan": "Juai"})[0])
    keys = identify_sasaran(rows, KEY)
    [finding] = find_moved(rows, keys, stored, lambda name: name)
    assert (finding.baris, finding.aturan, "Marajai" in finding.pesan) == (2, "desa_berubah", True)
    [name] = name_sasaran(rows, keys).to_dict("records")
    assert (name["nama"], name["nomor"], name["jenis_sasaran"]) == ("Ibu Contoh", "BML-0001", "bumil")


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=10) | st.sampled_from(
    ["235", "22,8", "-5", "2022-02-30", "2022-05-01", "hamil_normal", "Juai", "63.11.01.2006", "=A1", "-", "B-1"]
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(st.sampled_from([*BUMIL]), CELLS, max_size=6), min_size=1, max_size=6))
def test_whatever_the_cells_hold_every_row_is_accepted_or_refused(tmp_path: Path, changes: list[Row]) -> None:
    path = write_csv(tmp_path / "a.csv", as_table(plant(changes), BUMIL))
    accepted, findings, sheet = take_bumil(path, periode="2022-05", hari_ini=TODAY)
    rows = set(sheet.rows.index)
    assert set(accepted["baris"]) | refused(findings) == rows
    assert not set(accepted["baris"]) & refused(findings)
    assert {finding.baris for finding in findings} <= rows
    stored = store(accepted)
    assert stored[["id_sasaran", "kode_desa", "tanggal", "periode", "status"]].notna().all(axis=None)
    assert stored["lila_cm"].dropna().between(10, 45).all()
