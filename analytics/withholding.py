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
    vague = inside & (cells.count > 0) & (cells.least < cells.most)
    while True:
        lowest, highest = _narrow(cells, hidden)
        told = hidden & vague & (highest <= lowest)
        open_cells = np.flatnonzero(inside & ~hidden & np.isin(cells.total, cells.total[told]))
        if not len(open_cells):
            return hidden
        count, ids = cells.count[open_cells], cells.total[open_cells]
        order = np.lexsort((count, count == 0, ids))
        _, first = np.unique(ids[order], return_index=True)
        hidden[open_cells[order[first]]] = True


def _narrow(cells: Guarded, hidden: Bools) -> tuple[Floats, Floats]:
    """Return the bounds of hidden cells, narrowed by what their total leaves when the shown cells are taken off."""
    part = hidden & ~np.isnan(cells.count) & (cells.total >= 0)
    ids = np.where(part, cells.total, 0)
    left, least, most = (
        np.bincount(ids, weights=np.where(part, w, 0), minlength=1)[ids] for w in (cells.count, cells.least, cells.most)
    )
    lowest = np.where(part, np.maximum(cells.least, left - (most - cells.most)), cells.least)
    highest = np.where(part, np.minimum(cells.most, left - (least - cells.least)), cells.most)
    return lowest, highest


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
    totals = (np.broadcast_to(row_total[:, None], count.shape).ravel(), column_total.ravel())
    cells = [Guarded(count.ravel(), least.ravel(), most.ravel(), total) for total in totals]
    told_of = (_told_by_bounds, _told_by_equations)
    flat = hidden.ravel()
    while True:
        for told in told_of:
            more = _beside(told(cells, flat), cells, flat)
            if len(more):
                break
        else:
            return flat.reshape(count.shape)
        flat[more] = True


def _told_by_bounds(cells: list[Guarded], hidden: Bools) -> Bools:
    """Return the hidden counts that the totals of rows and columns leave one value, bound after bound."""
    first = cells[0]
    least, most = first.least, first.most
    while True:
        before = least, most
        for axis in cells:
            least, most = _narrow(Guarded(first.count, least, most, axis.total), hidden)
        if np.array_equal(before[0], least, equal_nan=True) and np.array_equal(before[1], most, equal_nan=True):
            return hidden & (first.count > 0) & (first.least < first.most) & (most <= least)


def _told_by_equations(cells: list[Guarded], hidden: Bools) -> Bools:
    """Return the hidden counts that the totals fix together: those that lie in the row space of the equations."""
    told = np.zeros_like(hidden)
    places = np.flatnonzero(hidden & ~np.isnan(cells[0].count))
    equations = [axis.total[places] == total for axis in cells for total in np.unique(axis.total[axis.total >= 0])]
    matrix = np.array([line for line in equations if line.any()], dtype=float)
    if matrix.size:
        told[places] = np.einsum("ij,ji->i", np.linalg.pinv(matrix), matrix) > 1 - 1e-9
    return told & (cells[0].count > 0)


def _beside(told: Bools, cells: list[Guarded], hidden: Bools) -> Ints:
    """Return for each told cell the smallest shown one of its row and column, a zero only if nothing else is left.

    Where both are wholly hidden, of the rows and columns of those hidden cells, and so on.
    """
    count = cells[0].count
    shown = ~hidden & ~np.isnan(count)
    chosen: set[int] = set()
    for place in np.flatnonzero(told):
        near, wider = np.zeros_like(told), np.arange(len(told)) == place
        while not (wider & shown).any() and (wider != near).any():
            near = wider
            wider = near | np.any([np.isin(axis.total, axis.total[near & (axis.total >= 0)]) for axis in cells], axis=0)
        open_cells = np.flatnonzero(wider & shown)
        if len(open_cells) and not chosen & set(open_cells):
            values = count[open_cells]
            chosen.add(int(open_cells[np.lexsort((values, values == 0))[0]]))
    return np.array(sorted(chosen), dtype=np.int64)
