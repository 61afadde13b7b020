"""Which cells must stay hidden: small ones, and more of the same total until none can be worked out from it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.prevalence import code_at_level
from config.values import RoomMinima

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

NO_TOTAL = -1
UNBOUNDED = 1e9


@dataclass(frozen=True)
class Guarded:
    """Counts of which some are hidden, with what a reader knows of a hidden one.

    count: missing where nothing was counted. least, most: bounds that its label gives away. total: an id of the shown
    total that a cell is part of, or NO_TOTAL.
    """

    count: Floats
    least: Floats
    most: Floats
    total: Ints


@dataclass(frozen=True)
class HiddenCells:
    """Why a cell of a rate is hidden (at most one is true): few asked, small count, all of them, to protect another.

    without_total: cells of `extra` whose denominator is hidden as well.
    """

    few: Bools
    small: Bools
    nearly: Bools
    extra: Bools
    without_total: Bools

    @property
    def any(self) -> Bools:
        return self.few | self.small | self.nearly | self.extra


def floats(values: pd.Series) -> Floats:
    """Return counts as floats, missing ones as NaN."""
    return np.asarray(values.to_numpy("float64", na_value=np.nan))


def totals_of(table: pd.DataFrame, also: list[str]) -> Ints:
    """Return for each row the id of the total it is part of: its parent place, apart for each value of `also`.

    The parent of a desa is its kecamatan, of a kecamatan the kabupaten; the kabupaten has none (NO_TOTAL).
    """
    level = table["tingkat"].astype("str")
    kecamatan = code_at_level(table["kode"].astype("str"), "kecamatan")
    parent = pd.Series("", index=table.index, dtype="str").mask(level == "desa", kecamatan)
    ids = table.assign(_parent=parent).groupby(["tingkat", "_parent", *also], dropna=False).ngroup().to_numpy("int64")
    return np.where(level == "kabupaten", NO_TOTAL, ids)


def hide_more(cells: Guarded, hidden: Bools) -> Bools:
    """Return `hidden` with further cells until no hidden count above zero follows from its total.

    A hidden count follows when total minus shown cells and the bounds of the other hidden ones leave one value. The
    smallest shown cell of that total is hidden then, a zero only if nothing else is left. Where every cell of a total
    is hidden already nothing more can be done here: two places in all, both hidden, may still follow from their sum.
    """
    hidden = hidden.copy()
    inside = ~np.isnan(cells.count) & (cells.total >= 0)
    ids = np.where(inside, cells.total, 0)
    size = int(ids.max(initial=0)) + 1
    vague = inside & (cells.count > 0) & (cells.least < cells.most)
    while True:
        part = hidden & inside
        sums = [
            np.bincount(ids[part], weights=w[part], minlength=size)[ids] for w in (cells.count, cells.least, cells.most)
        ]
        lowest = np.maximum(cells.least, sums[0] - (sums[2] - cells.most))
        highest = np.minimum(cells.most, sums[0] - (sums[1] - cells.least))
        told = part & vague & (highest <= lowest)
        open_cells = np.flatnonzero(inside & ~hidden & np.isin(ids, ids[told]))
        if not len(open_cells):
            return hidden
        count = cells.count[open_cells]
        order = open_cells[np.lexsort((count, count == 0, ids[open_cells]))]
        _, first = np.unique(ids[order], return_index=True)
        hidden[order[first]] = True


def hide_rates(
    n: Floats, penyebut: Floats, total: Ints, minima: RoomMinima, told_of_small: tuple[Floats, Floats]
) -> HiddenCells:
    """Return which cells of a table of rates a room withholds; places without an answer are never hidden.

    n, penyebut: NaN where nobody answered. told_of_small: the least and the most count that the table still tells of
    a small one, by the class it shows.
    """
    known = ~np.isnan(penyebut)
    few = known & (penyebut < minima.penyebut)
    small = known & ~few & (n > 0) & (n < minima.cacah)
    nearly = known & ~few & ~small & (n == penyebut) & (penyebut < minima.hampir_semua)
    fewest, mostly = np.where(few, 1.0, minima.penyebut), np.where(few, minima.penyebut - 1.0, UNBOUNDED)
    without_total = hide_more(Guarded(penyebut, fewest, mostly, total), few) & ~few
    least = np.select([few | (n == 0), small, nearly], [0.0, told_of_small[0], n], default=float(minima.cacah))
    most = np.select([small, nearly], [told_of_small[1], n], default=penyebut)
    hidden = hide_more(Guarded(n, least, most, total), few | small | nearly | without_total)
    small, nearly = small & ~without_total, nearly & ~without_total
    return HiddenCells(few, small, nearly, hidden & ~few & ~small & ~nearly, without_total)


def hide_counts(count: Floats, hidden: Bools, total: Ints, minima: RoomMinima) -> Bools:
    """Return which of plain counts to hide: `hidden` ones, small ones, and more until none follows from its total."""
    small = (count > 0) & (count < minima.cacah)
    least = np.select([small & ~hidden, hidden | (count == 0)], [1.0, 0.0], default=float(minima.cacah))
    most = np.where(small & ~hidden, minima.cacah - 1.0, UNBOUNDED)
    return hide_more(Guarded(count, least, most, total), hidden | small)


def hide_crossed(count: Floats, rows: Bools, row_total: Ints, column_total: Ints, minima: RoomMinima) -> Bools:
    """Return which cells of count[row, column] to hide where the totals of rows and of columns are shown.

    rows: rows to hide whole. row_total[row]: id of its shown total or NO_TOTAL; column_total[row, column] likewise.
    """
    small = (count > 0) & (count < minima.cacah)
    hidden = small | rows[:, None]
    whole = np.broadcast_to(np.nansum(count, axis=1)[:, None], count.shape)
    apart = small & ~rows[:, None]
    least = np.select([apart, rows[:, None] | (count == 0)], [1.0, 0.0], default=float(minima.cacah))
    most = np.where(apart, minima.cacah - 1.0, whole)
    by_row = np.broadcast_to(row_total[:, None], count.shape)
    flat, bounds = count.ravel(), (least.ravel(), most.ravel())
    while True:
        before = hidden.sum()
        for total in (by_row, column_total):
            hidden = hide_more(Guarded(flat, *bounds, total.ravel()), hidden.ravel()).reshape(count.shape)
        hidden = _hide_beside_told(count, hidden, by_row, column_total)
        if hidden.sum() == before:
            return hidden


def _hide_beside_told(count: Floats, hidden: Bools, by_row: Ints, by_column: Ints) -> Bools:
    """Hide one more cell of each row that holds a hidden count which the totals of rows and columns fix together.

    The totals are linear equations in the hidden cells; a cell is fixed by them when it lies in their row space.
    """
    row, column = np.nonzero(hidden & ~np.isnan(count))
    equations = [ids[row, column] == wanted for ids in (by_row, by_column) for wanted in np.unique(ids[ids >= 0])]
    matrix = np.array([line for line in equations if line.any()], dtype=float)
    if not matrix.size:
        return hidden
    fixed = np.einsum("ij,ji->i", np.linalg.pinv(matrix), matrix) > 1 - 1e-9
    told = np.unique(row[fixed & (count[row, column] > 0)])
    shown = np.where(hidden | np.isnan(count), np.inf, np.where(count > 0, count, UNBOUNDED))[told]
    hidden = hidden.copy()
    hidden[told, shown.argmin(axis=1)] = True
    return hidden
