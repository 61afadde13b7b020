"""Places as a tree (kabupaten, kecamatan, kelompok desa, desa) and what its sums tell of counts that are hidden."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Sum = tuple[Sequence[int], int]  # positions of the parts, position of their whole

UNBOUNDED = 1e9


@dataclass(frozen=True)
class Tree:
    """Places by code; `groups` holds (parent, its children) as positions, from the root downwards."""

    kode: list[str]
    groups: list[tuple[int, Ints]]


@dataclass(frozen=True)
class Bounds:
    """What is known of counts[place, column]: each lies between `low` and `high`."""

    low: Floats
    high: Floats

    @property
    def width(self) -> Floats:
        """How many counts are possible."""
        width: Floats = self.high - self.low + 1
        return width

    def columns(self, chosen: Ints) -> "Bounds":
        """Return some columns."""
        return Bounds(self.low[..., chosen], self.high[..., chosen])

    def as_kind(self) -> "Bounds":
        """Return bounds[place, column] as those of a single kind."""
        return Bounds(self.low[:, None], self.high[:, None])

    def and_kinds(self, more: "Bounds") -> "Bounds":
        """Return these bounds[place, kind, column] and those of more kinds."""
        both = zip((self.low, self.high), (more.low, more.high), strict=True)
        return Bounds(*(np.concatenate(pair, axis=1) for pair in both))

    def where(self, hidden: Bools, count: Floats) -> "Bounds":
        """Return these bounds where a count is hidden and the count itself where it is shown."""
        return Bounds(np.where(hidden, self.low, count), np.where(hidden, self.high, count))


def grow_tree(kode: Sequence[str], kelompok: pd.DataFrame | None = None) -> Tree:
    """Return the tree of the places in `kode` (any order, any levels).

    A place lies in the place whose code is its own without the last part (63.11.01.2001 in 63.11.01), a desa in its
    kelompok (kode_desa, kode) where that is one of the places.
    """
    position = {name: place for place, name in enumerate(kode)}
    group_of = {} if kelompok is None else dict(zip(kelompok["kode_desa"], kelompok["kode"], strict=True))
    children: dict[int, list[int]] = {}
    for name, place in position.items():
        above = group_of.get(name, "")
        parent = position.get(above if above in position else name.rpartition(".")[0])
        if parent is not None:
            children.setdefault(parent, []).append(place)
    order = sorted(children, key=lambda place: (len(_ancestors(place, children)), place))
    return Tree(list(kode), [(place, np.array(children[place], dtype=np.int64)) for place in order])


def _ancestors(place: int, children: dict[int, list[int]]) -> list[int]:
    above = [parent for parent, kids in children.items() if place in kids]
    return above + [further for parent in above for further in _ancestors(parent, children)]


def narrow(tree: Tree, count: Floats, known: Bounds) -> tuple[Bounds, Bounds]:
    """Return `known` narrowed by the sums of the tree: from below only, and from every side.

    Each parent is the sum of its children plus what `count` has beyond it (sasaran who moved among them); in a tree two
    passes find the tightest bounds there are.
    """
    low, high = known.low.copy(), known.high.copy()
    for parent, kids in reversed(tree.groups):
        beyond = count[parent] - count[kids].sum(axis=0)
        low[parent] = np.maximum(low[parent], low[kids].sum(axis=0) + beyond)
        high[parent] = np.minimum(high[parent], high[kids].sum(axis=0) + beyond)
    below = Bounds(low.copy(), high.copy())
    for parent, kids in tree.groups:
        beyond = count[parent] - count[kids].sum(axis=0)
        least, most = low[kids], high[kids]
        low[kids] = np.maximum(least, low[parent] - beyond - (most.sum(axis=0) - most))
        high[kids] = np.minimum(most, high[parent] - beyond - (least.sum(axis=0) - least))
    return below, Bounds(low, high)


def learn(tree: Tree, count: Floats, known: Bounds, sums: Sequence[Sum]) -> Bounds:
    """Return bounds of counts[place, kind, column] as narrow as the sums of places and kinds make them, one by one."""
    while True:
        low, high = known.low.copy(), known.high.copy()
        for parts, whole in sums:
            chosen = list(parts)
            least, most = low[:, chosen], high[:, chosen]
            low[:, whole] = np.maximum(low[:, whole], least.sum(axis=1))
            high[:, whole] = np.minimum(high[:, whole], most.sum(axis=1))
            low[:, chosen] = np.maximum(least, low[:, [whole]] - (most.sum(axis=1, keepdims=True) - most))
            high[:, chosen] = np.minimum(most, high[:, [whole]] - (least.sum(axis=1, keepdims=True) - least))
        if np.array_equal(low, known.low) and np.array_equal(high, known.high):
            return known
        known = narrow(tree, count, Bounds(low, high))[1]
