"""Reads the ".xls" that the e-PPGBM web page gives out, which is really one HTML table."""

import io
import re

from lxml import etree

from data.findings import refuse
from data.read_csv import decode
from data.sheet import Grid

WIDEST_SPAN = 100


def looks_like_html(content: bytes) -> bool:
    """Say whether the file is an HTML page with a table, whatever its name."""
    start = content[: 1 << 16].replace(b"\0", b"").lower()
    return (
        start.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")
        and re.search(rb"<(table|tr)\b", start) is not None
    )


def read_html(content: bytes, berkas: str) -> list[Grid]:
    """Return the rows of all tables of the page as one grid, numbered in order; cells are texts, `<br>` is a space.

    Rows keep their own number of cells: what a missing cell means is decided where the header is known. Raises
    FileRefused where the reader gave up inside the page (too deeply nested): the rows after that place would be lost.
    """
    text, _ = decode(content)
    source = io.BytesIO(text.encode("utf-8", "replace"))
    rows: list[list[object]] = []
    page = etree.iterparse(source, tag="tr", html=True, encoding="utf-8", huge_tree=True)
    for _, row in page:
        rows.append([part for cell in row.iterchildren("td", "th") for part in _cell_texts(cell)])
        row.clear()
    if any(problem.level == etree.ErrorLevels.FATAL for problem in page.error_log):
        raise refuse("berkas_tidak_terbaca", berkas)
    return [Grid("", rows, ragged=True, exact_cells=True)]


def _cell_texts(cell: etree._Element) -> list[object]:
    """Return the text of a cell, followed by empty cells where it spans several columns."""
    text = (cell.text or "") if len(cell) == 0 else "".join(_pieces(cell))
    span = cell.get("colspan", "1")
    width = min(int(span), WIDEST_SPAN) if span.isdecimal() else 1
    return [text, *[""] * (width - 1)]


def _pieces(cell: etree._Element) -> list[str]:
    pieces = [cell.text or ""]
    for child in cell:
        pieces.append(" " if child.tag == "br" else "")
        if isinstance(child.tag, str):
            pieces.extend(_pieces(child))
        pieces.append(child.tail or "")
    return pieces
