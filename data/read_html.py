"""Reads the ".xls" that the e-PPGBM web page gives out, which is really one HTML table. Runs in the child process."""

import io
from collections.abc import Iterator

from lxml import etree

from data.child_sheets import CannotRead, Row, Sheet
from data.decode import decode

WIDEST_SPAN = 100


def read_html(content: bytes) -> Iterator[Sheet]:
    """Yield the rows of all tables of the page as one sheet, numbered in order; cells are texts, `<br>` is a space.

    Rows keep their own number of cells: what a missing cell means is decided where the header is known. Raises
    CannotRead where the parser gave up inside the page (too deeply nested): the rows after that place would be lost.
    """
    yield {"nama": "", "ragged": True, "exact_cells": True}, _rows(decode(content)[0].encode("utf-8", "replace"))


def _rows(page: bytes) -> Iterator[Row]:
    parsed = etree.iterparse(io.BytesIO(page), tag="tr", html=True, encoding="utf-8", huge_tree=True)
    for _, row in parsed:
        yield [part for cell in row.iterchildren("td", "th") for part in _cell_texts(cell)]
        row.clear()
    fatal = [problem for problem in parsed.error_log if problem.level == etree.ErrorLevels.FATAL]
    if any(problem.type == etree.ErrorTypes.ERR_NO_MEMORY for problem in fatal):
        raise MemoryError
    if fatal:
        raise CannotRead


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
