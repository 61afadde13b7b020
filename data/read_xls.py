"""Reads the old binary .xls. Runs in the child process (`data.read_child`)."""

import io
from collections.abc import Iterator

from python_calamine import CalamineError, PasswordError, load_workbook

from data.child_sheets import CannotRead, Sheet
from data.read_xlsx import visible_first
from data.scan_xls import BrokenChain, check_chains

ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
DOCUMENTS = tuple(name.encode("utf-16-le") for name in ("WordDocument", "PowerPoint Document"))


def read_xls(content: bytes) -> Iterator[Sheet]:
    """Yield the sheets of an old binary .xls file, visible ones first; dates are ISO texts.

    Raises CannotRead, also for an .xlsx with a password (packed in the same way) and for old Word and PowerPoint files.
    """
    if ENCRYPTED in content:
        raise CannotRead("sandi")
    if any(mark in content for mark in DOCUMENTS):
        raise CannotRead("dokumen")
    try:
        check_chains(content)
        workbook = load_workbook(io.BytesIO(content))
        for name in visible_first(workbook):
            sheet = workbook.get_sheet_by_name(name)
            if sheet.start is not None:
                rows = sheet.to_python(skip_empty_area=True)
                yield {"nama": name, "first_row": sheet.start[0] + 1}, ([_plain(cell) for cell in row] for row in rows)
    except PasswordError as problem:
        raise CannotRead("sandi") from problem
    except (BrokenChain, CalamineError) as problem:
        raise CannotRead from problem


def _plain(cell: object) -> object:
    return cell if isinstance(cell, str | float | int) else str(cell)
