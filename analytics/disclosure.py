"""Decides what may leave for a room. Everything drawn, shown or written takes a `Cleared` table, made only here.

Counts hang together: a place is part of the place above it, very short children are part of short ones. All levels are
therefore cleared in one pass, and a hidden cell looks the same whether it is small itself or protects a small one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from analytics.place_tree import Bools, Bounds, Floats, Ints, Tree, grow_tree
from config.values import RoomMinima

WITHHELD = "disamarkan: jumlah kecil, atau melindungi jumlah kecil yang lain"
NEARLY_ALL = "hampir semua"
LEVELS = ("kabupaten", "kecamatan", "desa")
KELOMPOK = "kelompok"


@dataclass(frozen=True)
class Cleared:
    """A table that may be shown in `ruang`; withheld cells are already empty, with the reason in `catatan`."""

    table: pd.DataFrame
    ruang: str

    def where(self, **values: object) -> "Cleared":
        """Return the rows whose columns have these values."""
        rows = np.ones(len(self.table), dtype=bool)
        for name, value in values.items():
            rows &= (self.table[name] == value).to_numpy(bool)
        return Cleared(self.table[rows], self.ruang)

    def within(self, wilayah: str | None) -> "Cleared":
        """Return the rows of places within `wilayah`, all for None or empty text."""
        if not wilayah:
            return self
        kode = self.table["kode"].astype("str")
        rows = (kode == wilayah) | kode.str.startswith(f"{wilayah}.")
        return Cleared(self.table[rows].reset_index(drop=True), self.ruang)

    def rework(self, change: Callable[[pd.DataFrame], pd.DataFrame]) -> "Cleared":
        """Return what `change` makes of the cleared table: order, roundings, names beside it; nothing uncleared."""
        return Cleared(change(self.table), self.ruang)

    def pick(self, columns: Sequence[str]) -> "Cleared":
        """Return the table with these columns only."""
        return Cleared(self.table[list(columns)], self.ruang)


def as_printed(table: pd.DataFrame) -> Cleared:
    """Return figures of the printed report: they are public as they stand."""
    return Cleared(table, "publik")


def join_cleared(parts: Sequence[Cleared]) -> Cleared:
    """Return cleared tables of one room as one; raises ValueError when the rooms differ."""
    (ruang,) = {part.ruang for part in parts}
    return Cleared(pd.concat([part.table for part in parts], ignore_index=True), ruang)


@dataclass(frozen=True)
class Levels:
    """Tables of the same kind for several levels, laid out as values[place, column]; a column is a value of `keys`."""

    tables: Mapping[str, pd.DataFrame]
    keys: Sequence[str]
    kelompok: pd.DataFrame | None = None

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The rows of all levels, one under the other."""
        return pd.concat(self.tables.values(), ignore_index=True)

    @cached_property
    def tree(self) -> Tree:
        """The places as a tree."""
        return grow_tree(self.rows["kode"].unique().tolist(), self.kelompok)

    @cached_property
    def column(self) -> Ints:
        """The column of each row."""
        return np.asarray(self.rows.groupby(list(self.keys), dropna=False, sort=False).ngroup(), dtype=np.int64)

    @cached_property
    def heads(self) -> pd.DataFrame:
        """The keys of each column, and its number as `column`."""
        return self.rows[list(self.keys)].assign(column=self.column).drop_duplicates("column")

    @cached_property
    def place(self) -> Ints:
        """The place of each row, as a position in the tree."""
        return np.asarray(pd.Index(self.tree.kode).get_indexer(pd.Index(self.rows["kode"])), dtype=np.int64)

    def spread(self, values: Floats, missing: float = np.nan) -> Floats:
        """Return values of rows as [place, column]."""
        grid = np.full((len(self.tree.kode), int(self.column.max(initial=-1)) + 1), missing)
        grid[self.place, self.column] = values
        return grid

    def spread_some(self, values: Floats, chosen: Bools) -> Floats:
        """Return values of the chosen rows as [place, column], NaN where no row is chosen."""
        grid = np.full((len(self.tree.kode), int(self.column.max(initial=-1)) + 1), np.nan)
        grid[self.place[chosen], self.column[chosen]] = values[chosen]
        return grid

    def back(self, grid: Bools) -> Bools:
        """Return a mask over [place, column] as one over the rows."""
        return grid[self.place, self.column]

    def split(self, rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
        """Return changed `rows` by level again."""
        return {level: rows[rows["tingkat"] == level].set_axis(table.index) for level, table in self.tables.items()}


def label_bounds(n: Floats, penyebut: Floats, starts: Floats, minima: RoomMinima) -> tuple[Bounds, Bools]:
    """Return what a class shown beside a hidden count tells of it, and where a class may be shown at all.

    starts[class, place, column]: the least count of each class, lowest class first. A class is shown only where every
    class leaves at least minima.kelas counts and the lowest all small ones: that depends on the denominator alone, so
    its absence tells nothing.
    """
    ends = np.concatenate([starts[1:] - 1, penyebut[None]])
    with np.errstate(invalid="ignore"):
        shown = ((ends - starts + 1) >= minima.kelas).all(axis=0) & (ends[0] >= minima.cacah - 1)
        mine = np.clip((starts <= n).sum(axis=0) - 1, 0, len(starts) - 1)[None]
    low = np.where(shown, np.take_along_axis(starts, mine, 0)[0], 0.0)
    high = np.where(shown, np.take_along_axis(ends, mine, 0)[0], np.nan_to_num(penyebut))
    return Bounds(low, high), shown
