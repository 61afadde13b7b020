"""Run by `data.read_xls` as a program of its own: prints the sheets of the .xls on standard input as JSON.

A damaged .xls can make the reader panic, hang, or ask for any amount of memory; here only this process ends. Imports
nothing of the project, so that it starts fast and its memory limit stays small.
"""

import contextlib
import io
import json
import sys

from python_calamine import PasswordError, SheetVisibleEnum, load_workbook

MEMORY_BYTES = 2 << 30
PASSWORD = 3


def main() -> int:
    """Write [{nama, baris_awal, rows}] (visible sheets first; dates as ISO texts); return 3 for a password."""
    _limit_memory()
    try:
        workbook = load_workbook(io.BytesIO(sys.stdin.buffer.read()))
    except PasswordError:
        return PASSWORD
    sheets = []
    for entry in sorted(workbook.sheets_metadata, key=lambda entry: entry.visible is not SheetVisibleEnum.Visible):
        sheet = workbook.get_sheet_by_name(entry.name)
        if sheet.start is not None:
            rows = [[_plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=True)]
            sheets.append({"nama": entry.name, "baris_awal": sheet.start[0] + 1, "rows": rows})
    sys.stdout.buffer.write(json.dumps(sheets).encode())
    return 0


def _plain(cell: object) -> object:
    return cell if isinstance(cell, str | float | int) else str(cell)


def _limit_memory() -> None:
    """Limit the memory of this process where the system can (not on Windows)."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


if __name__ == "__main__":
    sys.exit(main())
