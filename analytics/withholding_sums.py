"""Which of a few counts tied by any sums (rows, columns, flows) must stay hidden beside small ones."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.place_tree import Bools, Bounds, Floats, Ints, Sum
from analytics.withholding import is_small
from config.values import RoomMinima


@dataclass(frozen=True)
class Counts:
    """A few counts, each part or whole of some of the `sums`; at_most: what each can be when nothing is known of it."""

    count: Floats
    sums: Sequence[Sum]
    at_most: Floats

    def bounds(self, hidden: Bools) -> Bounds:
        """Return what the sums leave possible of each count, bound after bound."""
        low = np.where(hidden, 0.0, self.count)
        high = np.where(hidden, self.at_most, self.count)
        while True:
            before = low.copy(), high.copy()
            for parts, whole in self.sums:
                place = np.array(parts)
                low[whole], high[whole] = max(low[whole], low[place].sum()), min(high[whole], high[place].sum())
                least, most = low[place], high[place]
                low[place] = np.maximum(least, low[whole] - (most.sum() - most))
                high[place] = np.minimum(most, high[whole] - (least.sum() - least))
            if np.array_equal(before[0], low) and np.array_equal(before[1], high):
                return Bounds(low, high)

    def fixed(self, hidden: Bools) -> Bools:
        """Return the hidden counts that the sums fix together: those that lie in the row space of the equations."""
        places = np.flatnonzero(hidden)
        lines = np.zeros((len(self.sums), len(self.count)))
        for line, (parts, whole) in zip(lines, self.sums, strict=True):
            line[list(parts)], line[whole] = 1.0, -1.0
        matrix = lines[:, places]
        told = np.zeros_like(hidden)
        if matrix.any():
            told[places] = np.einsum("ij,ji->i", np.linalg.pinv(matrix), matrix) > 1 - 1e-9
        return told


def hide_sums(counts: Counts, hidden: Bools, minima: RoomMinima) -> Bools:
    """Return `hidden`, the small counts and more, until the sums leave enough possible of every hidden one.

    Of all cells in a sum with a told one the smallest shown count is hidden, a zero only if nothing else is left.
    """
    small = is_small(counts.count, minima)
    hidden = hidden | small
    while (tight := _told(counts, hidden, small, minima)).any():
        chosen = _beside(counts, hidden, tight)
        if chosen is None:
            return hidden
        hidden[chosen] = True
    return hidden


def _told(counts: Counts, hidden: Bools, small: Bools, minima: RoomMinima) -> Bools:
    bounds = counts.bounds(hidden)
    most = np.minimum(minima.cacah - 1.0, counts.at_most)
    narrow = small & ((bounds.low > 1) | (bounds.high < most))
    narrow = narrow | (bounds.width < np.minimum(max(minima.kelas, 1), counts.at_most + 1))
    told: Bools = hidden & (narrow | counts.fixed(hidden))
    return told


def _beside(counts: Counts, hidden: Bools, tight: Bools) -> int | None:
    """Return the cell to hide next: in a sum with a told cell, or further along the sums where those are all hidden."""
    near = tight.copy()
    while True:
        wider = near.copy()
        for parts, whole in counts.sums:
            cells = [*parts, whole]
            if near[cells].any():
                wider[cells] = True
        free = np.flatnonzero(wider & ~hidden & (counts.at_most > 0))
        if len(free):
            values = counts.count[free]
            return int(free[np.lexsort((values, values == 0))[0]])
        if np.array_equal(wider, near):
            return None
        near = wider


def grid_sums(rows: int, columns: int) -> list[Sum]:
    """Return the sums of a table [rows, columns], flattened, whose last row and last column are the wholes."""
    place: Ints = np.arange(rows * columns).reshape(rows, columns)
    down = [(place[:-1, column].tolist(), int(place[-1, column])) for column in range(columns)]
    across = [(place[row, :-1].tolist(), int(place[row, -1])) for row in range(rows)]
    return down + across


def hide_row(count: Floats, minima: RoomMinima) -> tuple[Bools, bool]:
    """Return which parts of one total to hide, and whether the total is hidden as well: it is only if too small.

    Nearly all in one part hides every part; the total itself is known from elsewhere then.
    """
    whole = count.sum()
    few = bool(0 < whole < minima.penyebut)
    same = 0 < whole < minima.hampir_semua and bool((count > whole - max(minima.kelas, 1)).any())
    start = np.append(np.full(len(count), few or same), few)
    if not whole:
        return start[:-1], few
    parts = Counts(np.append(count, whole), [(range(len(count)), len(count))], np.full(len(count) + 1, whole))
    hidden = hide_sums(parts, start, minima)
    return hidden[:-1], bool(hidden[-1])


def margins_tell(table: Floats, minima: RoomMinima) -> bool:
    """True when the totals of the rows and columns of a table alone leave too little possible of one of its counts."""
    rows, columns, whole = table.sum(axis=1, keepdims=True), table.sum(axis=0, keepdims=True), table.sum()
    low, high = np.maximum(rows + columns - whole, 0), np.minimum(rows, columns)
    small = is_small(table, minima) & ((low > 1) | (high < np.minimum(minima.cacah - 1, high)))
    return bool(((small | (high - low + 1 < max(minima.kelas, 1))) & (high > 0)).any())
