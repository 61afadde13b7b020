"""Tables of parameters: every planted error found at its row and column, every row accepted or refused, nothing lost."""

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.parameters import load_parameters
from data.findings import FileRefused, Finding
from data.read import read_sheet
from tests.builders import Table, write_csv, write_xlsx
from tests.sasaran_tables import PARAMETER, WRITERS, Row, as_table, places, refused, take_parameter

TODAY = dt.date(2022, 10, 1)
# changed cells, then what is found: column, rule (None: nothing)
PLANTED: list[tuple[Row, tuple[str, str] | None]] = [
    ({"id_sasaran": ""}, ("id_sasaran", "id_sasaran_kosong")),
    ({"id_sasaran": " - "}, ("id_sasaran", "id_sasaran_kosong")),
    ({"jenis_sasaran": "lansia"}, ("jenis_sasaran", "jenis_sasaran_tidak_dikenal")),
    ({"jenis_sasaran": ""}, ("jenis_sasaran", "jenis_sasaran_tidak_dikenal")),
    ({"periode": "Mei 2022"}, ("periode", "periode_tidak_sah")),
    ({"periode": "2022-13"}, ("periode", "periode_tidak_sah")),
    ({"periode": ""}, ("periode", "periode_tidak_sah")),
    ({"periode": "2022-11"}, ("periode", "tanggal_di_masa_depan")),
    ({"desa": "Galumbng"}, ("desa", "desa_tidak_dikenal")),
    ({"desa": ""}, ("desa", "desa_tidak_dikenal")),
    ({"desa": "Marajai"}, ("desa", "desa_tidak_dikenal")),
    ({"kecamatan": ""}, ("desa", "desa_meragukan")),
    ({"desa": "63.11.01.2006", "kecamatan": ""}, None),
    ({"SP01": "ya"}, ("SP01", "jawaban_tidak_dikenal")),
    ({"SP01": "2"}, ("SP01", "jawaban_tidak_dikenal")),
    ({"SS06": "belum ditanya"}, ("SS06", "jawaban_tidak_dikenal")),
    ({"SP05": "=1+1"}, ("SP05", "jawaban_tidak_dikenal")),
    ({"SH01": "1"}, ("SH01", "parameter_bukan_sasaran")),
    ({"SH01": "0"}, ("SH01", "parameter_bukan_sasaran")),
    ({"SH01": "TB"}, None),
    ({"jenis_sasaran": "Ibu Hamil KEK", "SP01": "", "SP05": "", "SH01": "1"}, None),
    ({"nama": ""}, None),
    ({"SP01": "tb", "SP05": "1.0"}, None),
]  # fmt: skip


def plant(changes: list[Row]) -> list[Row]:
    """Return a clean sasaran before and after every changed one, no two of them alike."""
    rows: list[Row] = []
    for number, change in enumerate(changes):
        rows.append({"id_sasaran": f"A-{number}"})
        rows.append({"id_sasaran": f"B-{number}"} | change)
    return [*rows, {"id_sasaran": "C"}]


@pytest.mark.parametrize("writer", WRITERS)
def test_every_planted_error_is_found_at_its_row_and_column(tmp_path: Path, writer: str) -> None:
    rows = plant([change for change, _ in PLANTED])
    path = WRITERS[writer](tmp_path / "a", as_table(rows, PARAMETER))
    accepted, findings, sheet = take_parameter(path, hari_ini=TODAY)
    expected = [(2 * number + 3, *found) for number, (_, found) in enumerate(PLANTED) if found]
    assert [place for place in places(findings) if place[2] != "teks_mirip_rumus"] == sorted(expected)
    assert len(accepted) + len(refused(findings)) == len(sheet.rows) == len(rows)
    assert not refused(findings) & set(accepted["baris"])


def take_rows(folder: Path, *rows: Row, **options: object) -> tuple[pd.DataFrame, list[Finding]]:
    accepted, findings, _ = take_parameter(
        write_csv(folder / "a.csv", as_table(list(rows), PARAMETER)), hari_ini=TODAY, **options
    )
    return accepted.set_index("baris"), findings


def test_a_clean_row_is_read_as_written(tmp_path: Path) -> None:
    accepted, findings = take_rows(tmp_path, {})
    assert findings == []
    row = accepted.loc[2]
    assert list(row[["id_sasaran", "jenis_sasaran", "periode", "kode_desa"]]) == [
        "BLT-0001", "balita", "2022-05", "63.11.01.2006",
    ]  # fmt: skip
    assert (row["SP01"], row["SP05"], row["SS01"]) == ("1", "0", "TB")
    assert pd.isna(row["SS06"])
    assert [code for code in accepted if code[:2] in ("SP", "SH", "SS")] == ["SP01", "SP05", "SH01", "SS01", "SS06"]


def test_free_text_in_a_cell_loses_only_that_answer(tmp_path: Path) -> None:
    accepted, [finding] = take_rows(tmp_path, {"SP01": "belum tahu"})
    assert (finding.baris, finding.kolom, finding.nilai, finding.tingkat) == (2, "SP01", "belum tahu", "peringatan")
    assert "belum tahu" in finding.pesan
    assert pd.isna(accepted.loc[2, "SP01"])
    assert accepted.loc[2, "SP05"] == "0"


def test_an_answer_that_does_not_concern_the_sasaran_is_taken_out(tmp_path: Path) -> None:
    accepted, [finding] = take_rows(tmp_path, {"SH01": "1"}, {"id_sasaran": "X", "jenis_sasaran": "bumil", "SH01": "1", "SP01": "", "SP05": ""})  # fmt: skip
    assert (finding.baris, finding.tingkat) == (2, "peringatan")
    assert pd.isna(accepted.loc[2, "SH01"])
    assert accepted.loc[3, "SH01"] == "1"


def test_unknown_columns_are_said_once_at_the_header_and_not_read(tmp_path: Path) -> None:
    table: Table = [["Rekap Mei"], *as_table([{"SP99": "1", "XX01": "1", "catatan": "x"}], PARAMETER)]
    accepted, findings, _ = take_parameter(write_csv(tmp_path / "a.csv", table), hari_ini=TODAY)
    assert places(findings) == [(2, name, "kolom_tidak_dikenal") for name in ("SP99", "XX01", "catatan")]
    assert "SP01-SP12, SH01-SH06, SS01-SS20" in findings[0].pesan
    assert "SP01" not in findings[2].pesan
    assert {finding.tingkat for finding in findings} == {"peringatan"}
    assert not {"SP99", "XX01", "catatan"} & set(accepted)


def test_a_second_row_for_a_sasaran_and_round_is_refused_and_named(tmp_path: Path) -> None:
    accepted, findings = take_rows(
        tmp_path, {}, {"periode": "2022-09"}, {"id_sasaran": "blt-0001", "SP01": "0"}, {"id_sasaran": "BLT-0002"}
    )
    assert places(findings) == [(4, "id_sasaran", "sasaran_kembar")]
    assert "baris 2" in findings[0].pesan and "2022-05" in findings[0].pesan
    assert list(accepted.index) == [2, 3, 5]
    assert accepted.loc[2, "SP01"] == "1"


def test_an_exact_copy_is_called_a_copy_and_the_first_stays(tmp_path: Path) -> None:
    accepted, [finding] = take_rows(tmp_path, {}, {"id_sasaran": "X"}, {})
    assert (finding.baris, finding.aturan, finding.nilai) == (4, "baris_kembar", "2")
    assert list(accepted.index) == [2, 3]


def test_the_second_row_stands_when_the_first_is_refused_for_something_else(tmp_path: Path) -> None:
    accepted, findings = take_rows(tmp_path, {"desa": "Atlantis"}, {"SP01": "0"})
    assert places(findings) == [(2, "desa", "desa_tidak_dikenal")]
    assert list(accepted.index) == [3]


def test_the_same_number_for_a_child_and_a_mother_means_two_people(tmp_path: Path) -> None:
    accepted, findings = take_rows(tmp_path, {}, {"jenis_sasaran": "bumil", "SP01": "", "SP05": ""})
    assert (len(accepted), findings) == (2, [])


def test_another_month_than_asked_for_is_marked_and_stored(tmp_path: Path) -> None:
    accepted, [finding] = take_rows(tmp_path, {}, {"id_sasaran": "X", "periode": "2022-09"}, periode="2022-05")
    assert (finding.baris, finding.kolom, finding.nilai, finding.tingkat) == (3, "periode", "2022-09", "peringatan")
    assert len(accepted) == 2


def test_the_message_of_a_wrong_month_says_how_to_write_it(tmp_path: Path) -> None:
    accepted, [finding] = take_rows(tmp_path, {"periode": "05/2022"})
    assert finding == Finding(
        baris=2,
        kolom="periode",
        nilai="05/2022",
        aturan="periode_tidak_sah",
        tingkat="tolak",
        pesan='Periode "05/2022" tidak sah. Tulis tahun-bulan pada kolom periode, misalnya 2022-05 '
        "(di Excel jadikan kolomnya teks lebih dahulu).",
    )
    assert accepted.empty


def test_months_and_answers_that_excel_made_dates_and_numbers_are_read(tmp_path: Path) -> None:
    rows: list[Row] = [{"periode": dt.date(2022, 5, 1), "SP01": 1, "SP05": 0.0, "id_sasaran": 17}]
    accepted, findings, _ = take_parameter(write_xlsx(tmp_path / "a.xlsx", as_table(rows, PARAMETER)), hari_ini=TODAY)
    assert findings == []
    assert list(accepted.loc[0, ["id_sasaran", "periode", "SP01", "SP05"]]) == ["17", "2022-05", "1", "0"]


def test_a_date_within_a_month_is_no_month(tmp_path: Path) -> None:
    rows: list[Row] = [{"periode": dt.date(2022, 5, 17)}]
    _, findings, _ = take_parameter(write_xlsx(tmp_path / "a.xlsx", as_table(rows, PARAMETER)), hari_ini=TODAY)
    assert places(findings) == [(2, "periode", "periode_tidak_sah")]


def test_long_numbers_that_excel_rounded_are_marked(tmp_path: Path) -> None:
    rows: list[Row] = [{"id_sasaran": 6311010101200000, "id_keluarga": 20}]
    _, findings, _ = take_parameter(write_xlsx(tmp_path / "a.xlsx", as_table(rows, PARAMETER)), hari_ini=TODAY)
    assert places(findings) == [(2, "id_sasaran", "nik_dibulatkan")]


def test_formulas_without_a_value_refuse_their_row_alone(tmp_path: Path) -> None:
    table = as_table([{}, {"id_sasaran": "X", "SP01": "=A1"}, {"id_sasaran": "=B1"}], PARAMETER)
    accepted, findings, _ = take_parameter(write_xlsx(tmp_path / "a.xlsx", table, formulas=True), hari_ini=TODAY)
    assert places(findings) == [(3, "SP01", "rumus_tanpa_nilai"), (4, "id_sasaran", "rumus_tanpa_nilai")]
    assert list(accepted["baris"]) == [2]


def test_sums_and_notes_are_no_rows_and_short_rows_are_pointed_out(tmp_path: Path) -> None:
    table = as_table([{}, {"id_sasaran": "X"}], PARAMETER)
    table += [["Jumlah", "", "", "", "", "", "", "2"], ["Mengetahui, Kepala Puskesmas"], [], ["Y", "K", "balita", "Z"]]
    accepted, findings, sheet = take_parameter(write_csv(tmp_path / "a.csv", table), hari_ini=TODAY)
    assert list(sheet.rows.index) == [2, 3, 7]
    assert places(findings) == [(7, "", "jumlah_sel_berbeda")]
    assert list(accepted["baris"]) == [2, 3]


def test_a_file_without_any_parameter_is_refused_whole(tmp_path: Path) -> None:
    table: Table = [["id_sasaran", "jenis_sasaran", "desa", "periode", "SP99"], ["1", "balita", "Juai", "2022-05", "1"]]
    with pytest.raises(FileRefused) as caught:
        take_parameter(write_csv(tmp_path / "a.csv", table))
    assert caught.value.aturan == "bukan_tabel_ini"
    assert "SP01-SP12" in caught.value.pesan


def test_every_code_of_the_catalogue_can_be_a_column(tmp_path: Path) -> None:
    codes = {parameter.kode: "0" for parameter in load_parameters() if "balita" in parameter.sasaran}
    accepted, findings = take_rows(tmp_path, dict(codes))
    assert findings == []
    assert (accepted.loc[2, list(codes)] == "0").all()


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=10) | st.sampled_from(
    [
        "1",
        "0",
        "TB",
        "2022-05",
        "2022-13",
        "balita",
        "bumil",
        "Juai",
        "Halong",
        "63.11.01.2006",
        "=A1",
        "-",
        "B-1",
        "#N/A",
    ]
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(st.sampled_from([*PARAMETER]), CELLS, max_size=6), min_size=1, max_size=6))
def test_whatever_the_cells_hold_every_row_is_accepted_or_refused(tmp_path: Path, changes: list[Row]) -> None:
    path = write_csv(tmp_path / "a.csv", as_table(plant(changes), PARAMETER))
    accepted, findings, sheet = take_parameter(path, periode="2022-05", hari_ini=TODAY)
    rows = set(sheet.rows.index)
    assert set(accepted["baris"]) | refused(findings) == rows
    assert not set(accepted["baris"]) & refused(findings)
    assert {finding.baris for finding in findings} <= rows
    assert accepted[["id_sasaran", "jenis_sasaran", "periode", "kode_desa"]].notna().all(axis=None)
    assert accepted[["SP01", "SP05", "SH01", "SS01", "SS06"]].isin(["1", "0", "TB", None]).all(axis=None)
    assert read_sheet(path).jenis == "parameter"
