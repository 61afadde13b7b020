"""Writes the refused rows of a file as .xlsx, as they stood, with why: to be corrected there and uploaded again."""

import datetime as dt
import io
from collections import defaultdict
from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from config.columns import REFUSAL_COLUMN, header_key
from data.findings import Finding
from data.parse import looks_like_formula, parse_number
from data.sheet import BLANKS, RawSheet, is_blank, show_cell

NAMES = ("nama", "nama_ortu", "nama_kepala", "nama_istri")
MESSAGE_WIDTH, WIDTH = 90, 16
FIRST_EXCEL_YEAR = 1900


def refused_bytes(sheet: RawSheet, findings: Sequence[Finding]) -> bytes:
    """Return an .xlsx file of the rows of `sheet`: its own header, a column of messages behind it.

    `sheet` holds the refused rows only. Read again, a corrected row is a row like any other. Numbers and dates stay
    what they are; text that a spreadsheet might run gets an apostrophe in front, which reading takes off again.
    """
    told: dict[int, list[str]] = defaultdict(list)
    for finding in findings:
        if finding.tingkat == "tolak":
            told[finding.baris].append(finding.pesan)
    labels = [show_cell(label) for label in sheet.header]
    own = header_key(REFUSAL_COLUMN.label)
    place = next((position for position, label in enumerate(labels) if header_key(label) == own), len(labels))
    buffer = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, plain) as book:
        page = book.add_worksheet()
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        page.write_row(0, 0, labels, bold)
        page.write_string(0, place, REFUSAL_COLUMN.label, bold)
        page.set_column(0, len(labels), WIDTH)
        page.set_column(place, place, MESSAGE_WIDTH)
        page.freeze_panes(1, 0)
        for number, (baris, *cells) in enumerate(sheet.rows.itertuples(), start=1):
            for position, cell in enumerate(cells):
                _write(page, number, position, sheet.formulas.get((int(baris), position), cell), day)
            page.write_string(number, place, f"Baris {baris}: {' '.join(told[int(baris)])}")
    return buffer.getvalue()


def count_named(sheet: RawSheet) -> int:
    """Return how many rows of a sheet name somebody."""
    held = [sheet.positions[name] for name in NAMES if name in sheet.positions]
    return int((~sheet.rows[held].map(is_blank)).any(axis="columns").sum()) if held else 0


def escape(text: str) -> str:
    """Return a text with an apostrophe in front where a spreadsheet might run it."""
    return f"'{text}" if looks_like_formula(text) or (text[:1] in {"=", "+", "@"}) else text


def _write(page: Worksheet, row: int, column: int, cell: object, day: Format) -> None:
    if isinstance(cell, dt.date) and cell.year > FIRST_EXCEL_YEAR:
        page.write_datetime(row, column, cell, day)
    elif isinstance(cell, int | float) and not isinstance(cell, bool) and cell == cell:
        page.write_number(row, column, cell)
    else:
        text = show_cell(cell)
        below_zero = parse_number(text) if text[:1] == "-" and text not in BLANKS else None
        if below_zero is not None:
            page.write_number(row, column, below_zero)
        else:
            page.write_string(row, column, escape(text))
