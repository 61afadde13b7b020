"""Which rows are data: sums, repeated headers and empty lines are not; rows with too few or too many cells are pointed out."""

from pathlib import Path

import pytest

from data.find_table import find_header
from data.read import RawSheet, read_sheet
from data.sheet import Grid
from tests.builders import (
    GENERATION_2,
    GENERATION_3,
    Table,
    make_children,
    make_table,
    write_csv,
    write_html,
    write_xlsx,
)

WIDTH = len(GENERATION_2)
TOTAL = GENERATION_3.index("Total Pengukuran")


@pytest.fixture
def table() -> Table:
    return make_table(2, make_children())


def sheet_of(path: Path, table: Table) -> RawSheet:
    return read_sheet(write_csv(path / "a.csv", table))


def line(*cells: str) -> list[object]:
    """Return a row of the table's width that starts with these cells."""
    return [*cells, *[""] * (WIDTH - len(cells))]


@pytest.mark.parametrize(
    "extra",
    [
        line(), line("-", "", "\xa0"), line("Jumlah", "", "", "", "24.1"), line("", "TOTAL :", "", "", "12"), line("Rata-rata"),
        line("Mengetahui,"), line("Jumlah balita: 8"), line("Dicetak 04-06-2022"),
    ],
)  # fmt: skip
def test_footers_are_neither_read_nor_counted(tmp_path: Path, table: Table, extra: list[object]) -> None:
    sheet = sheet_of(tmp_path, [*table[:4], extra, *table[4:], extra])
    assert list(sheet.rows.index) == [2, 3, 4, 6, 7, 8, 9, 10]
    assert sheet.cell_counts == {}


def test_a_child_whose_dates_are_missing_is_still_a_row(tmp_path: Path, table: Table) -> None:
    sheet = sheet_of(tmp_path, [*table, line("", "Anak Contoh X"), line("", "Jumlahwati")])
    assert len(sheet.rows) == len(table) - 1 + 2


def test_a_child_called_total_with_a_date_is_still_a_row(tmp_path: Path, table: Table) -> None:
    sheet = sheet_of(tmp_path, [*table, line("", "Total", "L", "2022-01-01")])
    assert len(sheet.rows) == len(table)


def test_rows_with_nothing_but_a_running_number_are_empty(tmp_path: Path) -> None:
    table = make_table(3, make_children())
    numbered: Table = [[number, *[""] * (len(GENERATION_3) - 1)] for number in range(9, 30)]
    assert len(read_sheet(write_xlsx(tmp_path / "a.xlsx", [*table, *numbered])).rows) == len(table) - 1


def test_repeated_headers_and_their_titles_are_no_rows(tmp_path: Path, table: Table) -> None:
    shouted: list[object] = [str(label).upper() for label in table[0]]
    sheet = sheet_of(tmp_path, [*table[:5], line("LAPORAN HALAMAN 2"), line("Bulan", "Juni"), shouted, *table[5:]])
    assert list(sheet.rows.index) == [2, 3, 4, 5, 9, 10, 11, 12]


def test_a_line_that_numbers_the_columns_is_no_row(tmp_path: Path, table: Table) -> None:
    numbers: list[object] = [f"({place})" for place in range(1, WIDTH + 1)]
    assert sheet_of(tmp_path, [table[0], numbers, *table[1:]]).rows.index.min() == 3


def test_the_header_is_found_below_titles_only() -> None:
    grid = Grid("", [["Laporan"], [], list(GENERATION_2)])
    assert find_header(grid) == (2, "eppgbm")
    assert find_header(Grid("", [["Laporan"], ["x"] * 9])) is None


@pytest.mark.parametrize("shape", ["html", "xlsx", "csv"])
def test_rows_without_total_pengukuran_are_put_right(tmp_path: Path, shape: str) -> None:
    """The .xls has 36 cells under 37 headers; saved again by a spreadsheet program its rows stay shifted."""
    children = make_children()
    whole = make_table(3, children)
    if shape == "html":
        sheet = read_sheet(write_html(tmp_path / "a.xls", whole, without_total=True))
    else:
        shifted: Table = [whole[0], *([*row[:TOTAL], *row[TOTAL + 1 :], ""] for row in whole[1:])]
        writer = write_xlsx if shape == "xlsx" else write_csv
        sheet = read_sheet(writer(tmp_path / "a", shifted))
    assert sheet.cell_counts == {}
    for label in ("Usia Saat Ukur", "Tanggal Pengukuran", "Berat", "Cara Ukur", "MBG"):
        found = [str(cell).strip() for cell in sheet.rows[GENERATION_3.index(label)]]
        assert found == [child[label] for child in children]


def test_a_row_without_age_and_total_is_put_right_by_its_date(tmp_path: Path) -> None:
    children = [child | {"Usia Saat Ukur": "-"} for child in make_children()]
    sheet = read_sheet(write_html(tmp_path / "a.xls", make_table(3, children), without_total=True))
    assert sheet.cell_counts == {}
    assert str(sheet.rows[GENERATION_3.index("Berat")].iloc[0]).strip() == "10.6"


@pytest.mark.parametrize("left_out", ["LiLA", "RW", "Usia Saat Ukur", "NIK", "Tgl Lahir", "Tanggal Pengukuran"])
def test_another_missing_cell_is_never_put_right_silently(tmp_path: Path, left_out: str) -> None:
    place = GENERATION_3.index(left_out)
    table = make_table(3, make_children())
    table[4] = [*table[4][:place], *table[4][place + 1 :]]
    sheet = read_sheet(write_html(tmp_path / "a.xls", table))
    assert sheet.cell_counts == {5: 36}


def test_two_missing_cells_are_never_put_right_silently(tmp_path: Path) -> None:
    table = make_table(3, make_children())
    table[4] = [cell for place, cell in enumerate(table[4]) if place not in (TOTAL, TOTAL + 5)]
    assert read_sheet(write_html(tmp_path / "a.xls", table)).cell_counts == {5: 35}


def test_text_tables_may_leave_out_empty_cells_at_the_end_but_not_more(tmp_path: Path, table: Table) -> None:
    height = GENERATION_2.index("Tinggi")
    table[2], table[3] = table[2][: height + 1], table[3][:height]
    assert sheet_of(tmp_path, table).cell_counts == {4: height}


def test_a_decimal_comma_that_splits_a_cell_is_pointed_out(tmp_path: Path, table: Table) -> None:
    weight = GENERATION_2.index("Berat")
    table[2] = [*table[2][:weight], "8", "2", *table[2][weight + 1 :]]
    assert sheet_of(tmp_path, table).cell_counts == {3: WIDTH + 1}
    table = [[*row[:-1], ""] for row in table]
    assert sheet_of(tmp_path, table).cell_counts == {3: WIDTH + 1}


def test_empty_cells_behind_the_table_do_not_matter(tmp_path: Path, table: Table) -> None:
    sheet = sheet_of(tmp_path, [[*row, "", ""] for row in table])
    assert (len(sheet.header), sheet.cell_counts) == (WIDTH, {})


def test_a_torn_last_line_is_pointed_out(tmp_path: Path, table: Table) -> None:
    path = write_csv(tmp_path / "a.csv", table)
    path.write_bytes(path.read_bytes().rstrip()[:-12])
    assert list(read_sheet(path).cell_counts) == [9]


@pytest.mark.parametrize("sums", [(17, "Jumlah", 18, "37.5"), (1, "Jumlah", 3, "3"), (0, "Total:", 17, "12")])
def test_a_sum_under_any_column_is_no_row(tmp_path: Path, table: Table, sums: tuple[int, str, int, str]) -> None:
    place, word, other, number = sums
    row = line()
    row[place], row[other] = word, number
    assert len(sheet_of(tmp_path, [*table, row]).rows) == len(table) - 1


def test_a_child_called_sumber_without_dates_is_not_lost(tmp_path: Path, table: Table) -> None:
    header, first, *rest = table
    row = list(first)
    for name, value in (("NIK", ""), ("Nama", "Sumber Rejeki"), ("Tgl Lahir", ""), ("Tanggal Pengukuran", "")):
        row[header.index(name)] = value
    assert len(sheet_of(tmp_path, [header, row, *rest]).rows) == len(table) - 1


@pytest.mark.parametrize(
    ("column", "value"), [("Tgl Lahir", ""), ("Tgl Lahir", "15 Januari 2020"), ("Tanggal Pengukuran", "")]
)
def test_a_date_that_is_missing_does_not_hide_the_missing_total(tmp_path: Path, column: str, value: str) -> None:
    table = make_table(3, make_children())
    place = table[0].index(column)
    table[1][place] = value
    sheet = read_sheet(write_html(tmp_path / "a.xls", table, without_total=True))
    assert not sheet.cell_counts
    assert sheet.shown(int(sheet.rows.index[0]), "berat_kg") == str(table[1][table[0].index("Berat")])
