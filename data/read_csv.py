"""Reads text tables (.csv): encoding and separator are found from the content."""

import csv
import io

from data.find_table import find_almost_header, find_header
from data.sheet import Grid

SEPARATORS = (";", ",", "\t")
LOOK_AT = 1 << 16


def decode(content: bytes) -> tuple[str, bool]:
    """Return the text and whether it was read whole: UTF-16 or UTF-8 by their marks, UTF-8, else Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace"), True
    try:
        return content.decode("utf-8-sig"), True
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
        return text, "\ufffd" not in text


def read_csv(content: bytes) -> list[Grid] | None:
    """Return the records of a text table as one grid, or None when the content is no text.

    The separator is the one under which a header is found. A record counts as one row, as a spreadsheet numbers it; a
    first line `sep=;` (a note for Excel) is not counted. Numbers stay text.
    """
    text, clean = decode(content)
    if not clean or "\0" in text:
        return None
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep="):
        text = rest
    separator = _find_separator(text)
    try:
        rows: list[list[object]] = [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)]
    except csv.Error:
        return None
    return [Grid("", rows, ragged=True, cut_off=not text.endswith(("\n", "\r")))]


def _find_separator(text: str) -> str:
    """Return the separator under which the start of the text has a header, at best a whole one."""
    start = text[:LOOK_AT]
    for finder in (find_header, find_almost_header):
        for separator in SEPARATORS:
            reader = csv.reader(io.StringIO(start, newline=""), delimiter=separator)
            try:
                grid = Grid("", [list(row) for row in reader])
            except csv.Error:
                continue
            if finder(grid) is not None:
                return separator
    return max(SEPARATORS, key=start.count)
