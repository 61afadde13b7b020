"""The file of refused rows: what stood there comes back, a corrected row is accepted, nothing in it runs."""

import datetime as dt
import io
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from analytics.intake import Importer
from config.columns import REFUSAL_COLUMN
from data.read import Upload, read_sheet
from data.refused import refused_bytes
from data.row_rules import refused_rows
from data.store import open_store, reading
from tests.builders import as_typed, make_children, make_table, write_csv, write_html, write_xlsx
from tests.sasaran_tables import BUMIL, PARAMETER, as_table

WRITERS = {"x.csv": write_csv, "x.xls": write_html, "x.xlsx": write_xlsx}


def take(folder: Path, *files: Path | Upload) -> tuple[list[object], list[bytes]]:
    """Return what files become in an empty store, and their refused rows as files."""
    store = open_store(folder / "penyimpanan")
    with reading(store) as connection:
        importer = Importer(store, connection, None)
        results = [importer.take(file) for file in files]
    parts = zip(importer.refused, results, strict=True)
    return results, [refused_bytes(sheet, result.temuan) if sheet is not None else b"" for sheet, result in parts]


def open_page(content: bytes) -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(content)).active


def saved(page: Worksheet) -> Upload:
    buffer = io.BytesIO()
    page.parent.save(buffer)
    return Upload("perbaikan.xlsx", buffer.getvalue())


def column_of(page: Worksheet, label: str) -> int:
    return [cell.value for cell in page[1]].index(label) + 1


@pytest.mark.parametrize("generation", [1, 2, 3])
@pytest.mark.parametrize("name", WRITERS)
def test_rows_corrected_in_the_file_are_accepted(tmp_path: Path, generation: int, name: str) -> None:
    children = make_children()
    children[1] |= {"Berat": "8200"}
    children[4] |= {"Desa/Kel": "Desa Entah", "Nama": "=HYPERLINK(1)"}
    path = WRITERS[name](tmp_path / name, make_table(generation, children))
    [first], [content] = take(tmp_path, path)
    assert (first.diterima, first.ditolak) == (6, 2)
    page = open_page(content)
    assert page.max_row == 3
    messages = [page.cell(row, column_of(page, REFUSAL_COLUMN.label)).value for row in (2, 3)]
    assert messages[0].startswith("Baris 3: Berat 8200 terlalu besar") and "Desa Entah" in messages[1]
    assert page.cell(3, column_of(page, "Nama")).value == "'=HYPERLINK(1)"
    assert not any(cell.data_type == "f" for line in page.iter_rows() for cell in line)
    [unchanged], _ = take(tmp_path, Upload("x.xlsx", content))
    assert (unchanged.diterima, unchanged.ditolak) == (0, 2)
    page.cell(2, column_of(page, "Berat")).value = 8.2
    page.cell(3, column_of(page, "Desa/Kel")).value = "Lok Batung"
    [again], _ = take(tmp_path, saved(page))
    assert (again.diterima, again.ditolak) == (2, 0)
    assert {each.aturan for each in again.temuan} == {"teks_mirip_rumus", "status_berbeda"}


def test_a_file_refused_twice_keeps_one_column_of_messages(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "x.csv", make_table(2, [make_children()[0] | {"Berat": "8200"}]))
    _, [content] = take(tmp_path, path)
    _, [content] = take(tmp_path, Upload("x.xlsx", content))
    labels = [cell.value for cell in open_page(content)[1]]
    assert labels.count(REFUSAL_COLUMN.label) == 1 and labels[-1] == REFUSAL_COLUMN.label


def test_numbers_and_dates_stay_what_they_are(tmp_path: Path) -> None:
    table = as_typed(make_table(2, [make_children()[0] | {"Berat": "8200", "JK": "L"}]))
    _, [content] = take(tmp_path, write_xlsx(tmp_path / "x.xlsx", table))
    page = open_page(content)
    assert page.cell(2, column_of(page, "Berat")).value == 8200
    assert page.cell(2, column_of(page, "Tgl Lahir")).value == dt.datetime(2020, 7, 17)
    assert page.cell(2, column_of(page, "ZS TB/U")).value == -2.54
    assert page.cell(2, column_of(page, "NIK")).value == "9963110101200001"


def test_a_month_that_excel_made_a_date_of_is_read_again(tmp_path: Path) -> None:
    table = as_table([{"desa": "Desa Entah", "periode": "2022-05"}], PARAMETER)
    place = table[0].index("periode")
    table[1][place] = dt.date(2022, 5, 1)
    _, [content] = take(tmp_path, write_xlsx(tmp_path / "x.xlsx", table))
    page = open_page(content)
    page.cell(2, column_of(page, "desa")).value = "Galumbang"
    [again], _ = take(tmp_path, saved(page))
    assert again.diterima == 1 and again.temuan == []


def test_the_column_of_messages_is_no_unknown_column_and_makes_no_copy_another_row(tmp_path: Path) -> None:
    header, *rows = as_table([{}, {}], BUMIL)
    table = [[*header, REFUSAL_COLUMN.label], [*rows[0], "pesan satu"], [*rows[1], "pesan dua"]]
    sheet = read_sheet(write_csv(tmp_path / "x.csv", table))
    assert REFUSAL_COLUMN.nama in sheet.positions
    [result], _ = take(tmp_path, tmp_path / "x.csv")
    assert [each.aturan for each in result.temuan] == ["baris_kembar"]
    assert refused_rows(result.temuan) == [3]
