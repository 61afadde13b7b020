"""The cells of one table as they stand in the file, before anything is interpreted."""

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from config.columns import load_kinds, map_header
from config.rules import limit
from data.findings import refuse

BLANKS = frozenset({"", "-", "–", "—"})
FORMULA_STARTS = frozenset("=+-@")
ZERO_WIDTH = "\u200b\ufeff"


@dataclass
class Grid:
    """One sheet as read: rows of python objects, the user's number of the first row, what is special about its cells.

    `ragged`: rows may differ in length. `exact_cells`: a ragged row with fewer cells than the header is damaged
    (HTML), not just shortened (CSV). `cut_off`: the last line has no end, so the file may be torn. `formulas`: {(row
    number, position): text} of cells whose formula has no usable value.
    """

    nama: str
    rows: list[list[object]]
    first_row: int = 1
    ragged: bool = False
    exact_cells: bool = False
    cut_off: bool = False
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)


class Size:
    """Counts the rows and cells of a file while it is read, so that reading stops before memory is full."""

    def __init__(self, berkas: str) -> None:
        self.berkas, self.rows, self.cells = berkas, 0, 0

    def add(self, rows: list[list[object]]) -> None:
        """Count rows; raises FileRefused berkas_terlalu_besar where they are too many or too wide."""
        lengths = [*map(len, rows)]
        self.rows, self.cells = self.rows + len(rows), self.cells + sum(lengths)
        if max(lengths) > limit("baca_sel_sebaris"):
            raise refuse("berkas_terlalu_besar", self.berkas, "sel_jauh")
        if self.rows > limit("baca_baris") or self.cells > limit("baca_sel_juta") * 1e6:
            raise refuse("berkas_terlalu_besar", self.berkas)


@dataclass(frozen=True)
class RawSheet:
    """The table found in a file.

    `header` as in the file; `rows`: object cells, columns numbered from 0, index = row number as the user sees it
    (first row of the sheet is 1); sums, repeated headers and empty lines are already left out. `cell_counts`: {row:
    cells} for rows whose number of cells does not fit the header. `formulas`: {(row, position): text} without a value.
    """

    berkas: str
    header: list[str]
    header_row: int
    rows: pd.DataFrame
    jenis: str = "eppgbm"
    lembar: str = ""
    cell_counts: dict[int, int] = field(default_factory=dict)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)

    @cached_property
    def positions(self) -> dict[str, int]:
        """{column name: position} of the columns that this file has."""
        return {name: found[0] for name, found in map_header(self.header, self.jenis).items()}

    def header_of(self, nama: str) -> str:
        """Return the header of a column as in the file; the export's usual header when the file lacks it."""
        if nama in self.positions:
            return show_cell(self.header[self.positions[nama]])
        return next((column.label for column in load_kinds()[self.jenis].kolom if column.nama == nama), "")

    def shown(self, baris: int, nama: str) -> str:
        """Return a cell as the user sees it; "" for a column that the file lacks."""
        if nama not in self.positions:
            return ""
        position = self.positions[nama]
        return self.formulas.get((baris, position)) or show_cell(self.rows.at[baris, position])

    def without_value(self, nama: str) -> list[int]:
        """Return the rows whose cell in this column is a formula without a value."""
        position = self.positions.get(nama)
        return [baris for baris, place in self.formulas if place == position]


def show_cell(cell: object) -> str:
    """Return one cell as text: spaces tidied, whole numbers without ".0", dates ISO."""
    if isinstance(cell, str):
        text = " ".join(cell.strip(ZERO_WIDTH).split())
        return text[1:] if text[:1] == "'" and text[1:2] in FORMULA_STARTS else text  # our own exports put it there
    if cell is None or cell != cell:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e16 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ") if cell.time() != dt.time() else cell.date().isoformat()
    return str(cell)


def is_blank(cell: object) -> bool:
    """Say whether a cell holds nothing: empty, only spaces, or a lone dash."""
    if not isinstance(cell, str):
        return cell is None or cell != cell
    return not cell[:1].isalnum() and show_cell(cell) in BLANKS
