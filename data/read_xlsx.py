"""Reads workbooks (.xlsx, .xlsm): values by calamine, what it hides by `scan_xlsx`."""

import io
import zipfile
import zlib
from typing import cast

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum, load_workbook

from data.findings import refuse
from data.scan_xlsx import Formulas, TooLarge, check_unpacked_size, scan_archive, sheet_parts
from data.sheet import Grid

# What the zip and XML modules raise on damaged archives, found by trying some thousand damaged files.
DAMAGE = (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, EOFError, KeyError, ValueError, RuntimeError)


def read_xlsx(berkas: str, content: bytes) -> list[Grid]:
    """Return the sheets of an .xlsx file, visible ones first.

    Raises FileRefused: berkas_terlalu_besar before anything is unpacked into memory, berkas_tidak_terbaca for a
    damaged file.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            check_unpacked_size(archive)
            scanned = scan_archive(archive)
            formulas = {name: scanned.get(path, {}) for name, path in sheet_parts(archive).items()}
    except TooLarge as problem:
        raise refuse("berkas_terlalu_besar", berkas, problem.varian) from problem
    except DAMAGE as problem:
        raise refuse("berkas_tidak_terbaca", berkas) from problem
    return _read_sheets(berkas, content, formulas)


def _read_sheets(berkas: str, content: bytes, formulas: dict[str, Formulas]) -> list[Grid]:
    try:
        workbook = load_workbook(io.BytesIO(content))
        order = sorted(workbook.sheets_metadata, key=lambda sheet: sheet.visible is not SheetVisibleEnum.Visible)
        return [_read_grid(workbook, sheet.name, formulas.get(sheet.name, {})) for sheet in order]
    except CalamineError as problem:
        raise refuse("berkas_tidak_terbaca", berkas) from problem


def _read_grid(workbook: CalamineWorkbook, name: str, formulas: Formulas) -> Grid:
    sheet = workbook.get_sheet_by_name(name)
    if sheet.start is None:
        return Grid(name, [])
    first_row, first_column = sheet.start
    places = {(row, column - 1 - first_column): text for (row, column), text in formulas.items()}
    rows = cast(list[list[object]], sheet.to_python(skip_empty_area=True))
    return Grid(name, rows, first_row + 1, formulas=places)
