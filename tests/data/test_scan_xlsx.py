"""What a value reader hides: formulas without a value, Excel errors, cells far outside, workbooks that unpack to too much."""

import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

from data.read import FileRefused, read_sheet
from data.scan_xlsx import scan_part
from tests.builders import GENERATION_2, make_children, make_table, write_xlsx

WEIGHT = GENERATION_2.index("Berat")


def change_sheet(path: Path, pattern: str, replacement: str) -> Path:
    """Rewrite the XML of the first sheet of a workbook in place."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    text, count = re.subn(pattern, replacement, parts[name].decode(), count=1, flags=re.DOTALL)
    assert count == 1
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in (parts | {name: text.encode()}).items():
            archive.writestr(part, content)
    return path


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return write_xlsx(tmp_path / "a.xlsx", make_table(2, make_children()))


def test_formulas_without_a_value_are_found_at_their_cells(workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    book.active["S3"], book.active["D5"] = '=IF(1<2,"a",10+0.5)', "=TODAY()"
    book.save(workbook)
    assert GENERATION_2[18:19] == ["Berat"]
    assert read_sheet(workbook).formulas == {(3, 18): '=IF(1<2,"a",10+0.5)', (5, 3): "=TODAY()"}


def test_positions_are_right_in_a_sheet_that_starts_elsewhere(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row, cells in enumerate(make_table(2, make_children()), start=4):
        for column, cell in enumerate(cells, start=3):
            book.active.cell(row, column, cell)
    book.active.cell(6, 3 + WEIGHT, "=1+1")
    book.save(tmp_path / "a.xlsx")
    sheet = read_sheet(tmp_path / "a.xlsx")
    assert (sheet.header_row, sheet.formulas) == (4, {(6, WEIGHT): "=1+1"})


CELLS = [
    ('<c r="S3"><f>1+1</f><v>2</v></c>', {}),
    ('<c r="S3"><f>1+1</f></c>', {(3, 19): "=1+1"}),
    ('<c r="S3"><f>1+1</f><v/></c>', {(3, 19): "=1+1"}),
    ('<c r="S3"><f t="shared" si="0"/><v></v></c>', {(3, 19): "="}),
    ('<c r="S3" t="str"><f>""</f><v></v></c>', {}),
    ('<c r="S3" t="str"><f>A1</f></c>', {(3, 19): "=A1"}),
    ('<c r="S3" t="e"><f>1/0</f><v>#DIV/0!</v></c>', {(3, 19): "#DIV/0!"}),
    ("<c r='S3' t='e'><v>#N/A</v></c>", {(3, 19): "#N/A"}),
    ('<c r="R3" s="1"/><c r="S3"><f>1+1</f></c><c r="T3" s="1"/>', {(3, 19): "=1+1"}),
    ('<c r="S3" t="inlineStr"><is><t>&lt;f>2</t></is></c>', {}),
    ('<x:c r="S3"><x:f>1+1</x:f></x:c><x:c r="T3"><x:v>2</x:v></x:c>', {(3, 19): "=1+1"}),
]


@pytest.mark.parametrize(("xml", "found"), CELLS)
def test_cells_with_and_without_a_value(tmp_path: Path, xml: str, found: dict[tuple[int, int], str]) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("sheet.xml", f"<sheetData><row>{xml}</row></sheetData>")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert scan_part(archive, "sheet.xml") == found


def test_formulas_are_found_across_the_pieces_of_a_large_sheet(tmp_path: Path) -> None:
    rows = 60_000
    cells = (
        f'<c r="A{row}"><f>{row}</f>{"" if row % 1000 == 0 else f"<v>{row}</v>"}</c>' for row in range(1, rows + 1)
    )
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sheet.xml", "".join(cells))
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.getinfo("sheet.xml").file_size > 2 << 20
        assert scan_part(archive, "sheet.xml") == {(row, 1): f"={row}" for row in range(1000, rows + 1, 1000)}


@pytest.mark.parametrize("place", ["XFD9", "AAA9", "DA9", "A600000", "AA1048576", "xfd9"])
def test_a_cell_far_outside_is_refused_before_it_takes_memory(workbook: Path, place: str) -> None:
    change_sheet(workbook, "</sheetData>", f'<row><c r="{place}"><v>1</v></c></row></sheetData>')
    with pytest.raises(FileRefused, match="jauh di luar tabel"):
        read_sheet(workbook)


@pytest.mark.parametrize("place", ["CZ9", "A599999", "BA9"])
def test_cells_within_the_limits_are_read(workbook: Path, place: str) -> None:
    change_sheet(workbook, "</sheetData>", f'<row><c r="{place}"><v>1</v></c></row></sheetData>')
    with zipfile.ZipFile(workbook) as archive:
        assert scan_part(archive, "xl/worksheets/sheet1.xml") == {}


def test_far_cells_that_only_carry_a_style_do_not_matter(workbook: Path) -> None:
    change_sheet(workbook, "</sheetData>", '<row><c r="XFD9" s="0"/></row></sheetData>')
    assert len(read_sheet(workbook).rows) == len(make_children())


def test_a_bomb_is_refused_by_the_directory_of_the_archive(workbook: Path) -> None:
    change_sheet(workbook, "</sheetData>", "</sheetData>" + " " * 60_000_000)
    assert workbook.stat().st_size < 200_000
    with pytest.raises(FileRefused) as caught:
        read_sheet(workbook)
    assert caught.value.aturan == "berkas_terlalu_besar"


def test_a_directory_that_lies_about_the_size_is_refused(workbook: Path) -> None:
    content = bytearray(workbook.read_bytes())
    directory = content.index(b"PK\x01\x02")
    size = (
        content.index(b"xl/worksheets/sheet1.xml", directory) - 46 + 24
    )  # the field "uncompressed size" of this entry
    content[size : size + 4] = (100).to_bytes(4, "little")
    workbook.write_bytes(content)
    with pytest.raises(FileRefused) as caught:
        read_sheet(workbook)
    assert caught.value.aturan == "berkas_tidak_terbaca"
