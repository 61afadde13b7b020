"""Reads text tables (.csv): encoding and separator are found from the content.

In this process and not in a child: the csv module is no parser that a file can make hang or reserve memory. Its time
and memory grow with the size of the file only, and the rows are counted as they are read. A child would cost more than
the reading itself.
"""

import csv
import io

from data.child_sheets import share_texts
from data.decode import decode
from data.find_table import find_almost_header, find_header
from data.sheet import Grid, Size

SEPARATORS = (";", ",", "\t")
LOOK_AT = 1 << 16


def read_csv(berkas: str, content: bytes) -> list[Grid] | None:
    """Return the records of a text table as one grid, or None when the content is no text.

    The separator is the one under which a header is found. A record counts as one row, as a spreadsheet numbers it; a
    first line `sep=;` (a note for Excel) is not counted. Numbers stay text. Raises FileRefused for too many cells.
    """
    text, encoding, clean = decode(content)
    if not clean or "\0" in text:
        return None
    grid = Grid("", [], ragged=True, cut_off=not text.endswith(("\n", "\r")))
    start = text[:LOOK_AT]
    del text  # read again as a stream: the text of a large file takes as much memory as its rows
    lines = io.TextIOWrapper(io.BytesIO(content), encoding, "replace", newline="")
    first, _, rest = start.partition("\n")
    if first.strip().lower().startswith("sep="):
        lines.readline()
        start = rest
    size = Size(berkas)
    try:
        for rows in share_texts(csv.reader(lines, delimiter=_find_separator(start))):
            size.add(rows)
            grid.rows.extend(rows)
    except csv.Error:
        return None
    return [grid]


def _find_separator(start: str) -> str:
    """Return the separator under which the text starts with a header, at best a whole one."""
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
