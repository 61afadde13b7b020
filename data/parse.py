"""Turns cells into numbers, dates and tidy texts; whole columns by doing so once for every distinct value."""

import datetime as dt
import re
from collections.abc import Callable

import numpy as np
import pandas as pd

from config.rules import limit
from data.sheet import BLANKS, show_cell

EXCEL_DAY_ZERO = dt.date(1899, 12, 30)
NUMBER = r"([+-]?)(\d+(?:[.,]\d+)*|[.,]\d+)"
# What may stand behind a number: its own unit, or the unit it is often given in by mistake.
UNITS = {
    "": r"()()",
    "kg": r"\s*(?:(kg|kilo|kilogram)|(g|gr|gram))\.?",
    "cm": r"\s*(?:(cm|sentimeter|centimeter)|(m|meter))\.?",
    "minggu": r"\s*(minggu|mgg)\.?()",
    "kali": r"\s*(kali|x)()",
    "g/dL": r"\s*(gr?/dl|gr?%)()",
}
NUMBERS = {satuan: re.compile(rf"{NUMBER}(?:{suffix})?") for satuan, suffix in UNITS.items()}
SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
YEAR_FIRST = re.compile(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?:[ T]\d{1,2}:\d{2}.*)?")
DAY_FIRST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:[ T]\d{1,2}:\d{2}.*)?")
MONTH = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])")
ANSWER = re.compile(r"([01])(?:[.,]0+)?|(t\.?b\.?)", re.IGNORECASE)
NIK_WRAPPING = re.compile(r"[='\"\s.-]")
NIK_DIGITS = re.compile(r"[\d*xX]{8,}")
NIK_ROUNDED = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d{1,2}")


def parse_number(text: str, satuan: str = "") -> float | None:
    """Return the number a text stands for, or None.

    Point and comma alone are both decimal marks ("10,6" = "10.6"); with both, or one repeated, all but a last
    different one group thousands ("1.234,5" = 1234.5). The column's own unit may follow ("10,6 kg"). The unit mistaken
    for it may follow only where the number gives the mistake away ("8500 gram", "0,85 m"), so that the row is refused
    and nothing is converted.
    """
    match = NUMBERS[satuan].fullmatch(text.strip().lower())
    if match is None or len(match[2]) > 20:
        return None
    plain = _plain_digits(match[2])
    if plain is None:
        return None
    number = float(match[1] + plain)
    if match[4] and not is_mistaken_unit(number, satuan):
        return None
    return number


def is_mistaken_unit(number: float, satuan: str) -> bool:
    """Say whether a number (or each of a Series) can only be grams where `satuan` is "kg", metres where it is "cm"."""
    if satuan == "kg":
        return number >= limit("berat_gram_mulai")
    return (number > 0) & (number < limit("tinggi_meter_sampai"))


def _plain_digits(digits: str) -> str | None:
    """Return the digits with a point as decimal mark, or None where the marks do not fit together."""
    marks = re.sub(r"\d", "", digits)
    if len(marks) <= 1:
        return digits.replace(",", ".")
    *groups, tail = re.split(r"[.,]", digits)
    if len(set(marks)) == 1:
        groups, tail = [*groups, tail], ""
    elif len(set(marks[:-1])) != 1 or marks[-1] == marks[0]:
        return None
    if not 1 <= len(groups[0]) <= 3 or any(len(group) != 3 for group in groups[1:]):
        return None
    return "".join(groups) + (f".{tail}" if tail else "")


def parse_date(text: str) -> dt.date | None:
    """Return the date a text stands for, or None where there is no such date or the text is no date.

    Read are year-month-day and day-month-year with - or / (day first also with points), each with or without a time,
    and Excel's day numbers of about 1982 to 2064. The month never comes first.
    """
    if (match := SERIAL.fullmatch(text)) is not None:
        serial = int(match[1])
        if limit("seri_excel_awal") <= serial <= limit("seri_excel_akhir"):
            return EXCEL_DAY_ZERO + dt.timedelta(days=serial)
        return None
    if (match := YEAR_FIRST.fullmatch(text)) is not None:
        year, month, day = match[1], match[3], match[4]
    elif (match := DAY_FIRST.fullmatch(text)) is not None:
        day, month, year = match[1], match[3], match[4]
    else:
        return None
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def is_date_shaped(text: str) -> bool:
    """Say whether a text has the form of a date, existing or not (31/06/2022)."""
    return (YEAR_FIRST.fullmatch(text) or DAY_FIRST.fullmatch(text)) is not None


def parse_month(text: str) -> str | None:
    """Return a month written "YYYY-MM", or None; nothing else is taken for a month."""
    return text if MONTH.fullmatch(text) else None


def month_typed_in_excel(cell: object) -> object:
    """Return "YYYY-MM" for a date cell on the first of a month (Excel makes one of 2022-05), other cells as is."""
    return f"{cell:%Y-%m}" if isinstance(cell, dt.date) and cell.day == 1 else cell


def parse_answer(text: str) -> str | None:
    """Return "1" (has the problem), "0" (has not) or "TB" (does not apply), or None for everything else.

    "Ya" and "tidak" are not taken: under "Belum menerima PMT" nobody can tell what they answer.
    """
    match = ANSWER.fullmatch(text)
    return None if match is None else match[1] or "TB"


def parse_nik(text: str) -> str:
    """Return a NIK as digits (and the stars of a masked one); other texts stay as they are.

    Undone are what spreadsheets and people put around it: `'6311...`, `="6311..."`, 6311 0112 ..., 6.3110112E+15.
    """
    if NIK_ROUNDED.fullmatch(text) is not None:
        return f"{float(text.replace(',', '.')):.0f}"
    bare = NIK_WRAPPING.sub("", text)
    return bare if NIK_DIGITS.fullmatch(bare) else text


def is_rounded_nik(cell: object, text: str) -> bool:
    """Say whether a NIK went through a number and ends in 0: Excel keeps 15 of its 16 digits."""
    as_number = isinstance(cell, int | float) or (
        isinstance(cell, str) and NIK_ROUNDED.fullmatch(cell.strip()) is not None
    )
    return as_number and parse_nik(show_cell(cell)).endswith("0")


def looks_like_formula(text: str) -> bool:
    """Say whether a spreadsheet might run a text: it starts with = + - or @ and is neither a number nor a dash."""
    return text[:1] in {"=", "+", "-", "@"} and text not in BLANKS and parse_number(text) is None


class DistinctCells:
    """A column of cells of which every distinct one is looked at once; `texts` are those as the user sees them."""

    def __init__(self, cells: pd.Series) -> None:
        self.index = cells.index
        self.codes, self.cells = pd.factorize(cells.to_numpy(dtype=object), use_na_sentinel=False)
        self.texts = [show_cell(cell) for cell in self.cells]

    def map(self, parse: Callable[[str], object], dtype: str) -> pd.Series:
        """Return `parse` of the text of every cell as a column of `dtype`; None and blank cells become missing."""
        results = np.empty(len(self.texts), dtype=object)
        results[:] = [None if text in BLANKS else parse(text) for text in self.texts]
        return pd.Series(results, dtype=dtype).take(self.codes).set_axis(self.index)

    def rows_where(self, is_meant: Callable[[object, str], bool]) -> pd.Index:
        """Return the row numbers where `is_meant(cell, text)` holds."""
        pairs = zip(self.cells, self.texts, strict=True)
        chosen = np.fromiter((is_meant(cell, text) for cell, text in pairs), dtype=bool, count=len(self.texts))
        return self.index[chosen[self.codes]]
