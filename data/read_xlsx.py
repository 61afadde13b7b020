"""Reads workbooks (.xlsx, .xlsm): values by calamine, what it hides by `scan_xlsx`. Runs in the child process."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import cast

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum, load_workbook

from data.child_sheets import CannotRead, Row, Sheet
from data.scan_xlsx import Formulas, TooLarge, check_unpacked_size, scan_archive, sheet_parts

CELLS_AT_ONCE = 5_000_000
# What the zip and XML modules raise on damaged archives, found by trying some thousand damaged files.
DAMAGE = (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, EOFError, KeyError, ValueError, RuntimeError)


def read_xlsx(content: bytes) -> Iterator[Sheet]:
    """Yield the sheets of an .xlsx file, visible ones first.

    Raises CannotRead: berkas_terlalu_besar before anything is unpacked into memory, berkas_tidak_terbaca for a damaged
    file.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            check_unpacked_size(archive)
            scanned = scan_archive(archive)
            formulas = {name: scanned.get(path, {}) for name, path in sheet_parts(archive).items()}
    except TooLarge as problem:
        raise CannotRead(problem.varian, "berkas_terlalu_besar") from problem
    except DAMAGE as problem:
        raise CannotRead from problem
    try:
        workbook = load_workbook(io.BytesIO(content))
        for name in visible_first(workbook):
            yield _read_sheet(workbook, name, formulas.get(name, {}))
    except CalamineError as problem:
        raise CannotRead from problem


def visible_first(workbook: CalamineWorkbook) -> list[str]:
    """Return the names of the sheets, hidden ones last."""
    order = sorted(workbook.sheets_metadata, key=lambda sheet: sheet.visible is not SheetVisibleEnum.Visible)
    return [sheet.name for sheet in order]


def _read_sheet(workbook: CalamineWorkbook, name: str, formulas: Formulas) -> Sheet:
    sheet = workbook.get_sheet_by_name(name)
    if sheet.start is None:
        return {"nama": name}, []
    first_row, first_column = sheet.start
    places = {(row, column - 1 - first_column): text for (row, column), text in formulas.items()}
    head: dict[str, object] = {"nama": name, "first_row": first_row + 1, "formulas": places}
    if sheet.height * sheet.width <= CELLS_AT_ONCE:
        return head, cast(list[Row], sheet.to_python(skip_empty_area=True))
    # Slower, in a third of the memory.
    return head, islice(cast(Iterator[Row], sheet.iter_rows()), first_row, None)
