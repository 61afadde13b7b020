"""Which counts must stay hidden beside small ones, until no sum over places or kinds gives a hidden one away."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.place_tree import Bools, Bounds, Floats, Ints, Sum, Tree, learn, narrow
from config.values import RoomMinima

LAST = 1e6  # rank of a cell that is hidden only when no better one is left


@dataclass(frozen=True)
class Secret:
    """Counts[place, column], or [place, kind, column], of which some are hidden, and what must remain possible of them.

    prior: what the label of a hidden one tells. need: bounds that must remain possible; empty (low above high) where
    only `least` different counts must. sums: kinds that add up to another; the last part of each is never shown.
    published: how many kinds may be shown, the others only follow from sums; all where there is no kind.
    """

    count: Floats
    prior: Bounds
    need: Bounds
    least: int
    sums: Sequence[Sum] = ()
    published: int = 0

    def columns(self, chosen: Ints) -> "Secret":
        """Return some columns."""
        prior, need = self.prior.columns(chosen), self.need.columns(chosen)
        return Secret(self.count[..., chosen], prior, need, self.least, self.sums, self.published)

    def bounds(self, tree: Tree, hidden: Bools) -> tuple[Bounds, Bounds, Bounds]:
        """Return what is told of each count: by the parts of a place only, by all places, by other kinds as well."""
        below, alone = narrow(tree, self.count, self.prior.where(hidden, self.count))
        return below, alone, learn(tree, self.count, alone, self.sums) if self.sums else alone

    def too_tight(self, hidden: Bools, bounds: Bounds) -> Bools:
        """Return the hidden counts of which bounds leave less possible than is needed."""
        asked = self.need.low <= self.need.high
        tight = asked & ((bounds.low > self.need.low) | (bounds.high < self.need.high))
        few = bounds.width < np.minimum(self.least, self.prior.width)
        if self.sums:
            few[:, self.published :] = False
        found: Bools = hidden & (tight | few)
        return found

    def may_hide(self, hidden: Bools, bounds: Bounds) -> Bools:
        """Return the shown counts of which enough would be possible if they were hidden, as far as other kinds tell."""
        low, high = self.prior.low.copy(), self.prior.high.copy()
        for parts, whole in self.sums:
            shown = list(parts[:-1])
            least = bounds.low[:, shown]
            high[:, shown] = np.minimum(high[:, shown], bounds.high[:, [whole]] - (least.sum(1, keepdims=True) - least))
            low[:, whole] = np.maximum(low[:, whole], least.sum(axis=1))
        free: Bools = ~hidden & (high - low + 1 >= self.least)
        return free


def floats(values: pd.Series) -> Floats:
    """Return counts as floats, missing ones as NaN."""
    return np.asarray(values.to_numpy("float64", na_value=np.nan))


def is_small(count: Floats, minima: RoomMinima) -> Bools:
    """True for counts that a room does not show; zero is shown."""
    return (count > 0) & (count < minima.cacah)


def hide_more(tree: Tree, secret: Secret, hidden: Bools) -> Bools:
    """Return `hidden` with further cells until enough remains possible of every hidden one.

    Of the places beside a told one the smallest shown count is hidden, a zero only if nothing else is left; then the
    place above. A place whose parts tell it loses one of its parts; what only other kinds tell loses one of these.
    """
    hidden = hidden.copy()
    columns = np.flatnonzero(hidden.reshape(-1, hidden.shape[-1]).any(axis=0))
    while len(columns):
        more = _choose(tree, secret.columns(columns), hidden[..., columns])
        hidden[..., columns] |= more
        columns = columns[more.reshape(-1, len(columns)).any(axis=0)]
    return hidden


def told(tree: Tree, secret: Secret, hidden: Bools) -> Bools:
    """Return the hidden counts of which what is shown leaves less possible than is needed."""
    return secret.too_tight(hidden, secret.bounds(tree, hidden)[2])


def _choose(tree: Tree, secret: Secret, hidden: Bools) -> Bools:
    """Return what to hide next: a cell or more of each column in which something is told."""
    below, alone, bounds = secret.bounds(tree, hidden)
    tight = secret.too_tight(hidden, bounds)
    if not tight.any():
        return np.zeros_like(hidden)
    free = secret.may_hide(hidden, bounds)
    rank = secret.count + np.where(secret.count == 0, LAST, 0.0) + np.where(below.width < secret.least, LAST / 2, 0.0)
    by_places = secret.too_tight(hidden, alone)
    from_below = by_places & secret.too_tight(hidden, below)
    more = _along_places(tree, by_places & ~from_below, from_below, hidden, free, rank)
    if secret.sums:
        jointly = tight & ~by_places
        more |= _smallest_kind(rank, free, np.asarray(jointly.any(axis=1)))
        every = np.broadcast_to(tight.any(axis=1, keepdims=True), tight.shape).copy()
        every[:, secret.published :] = False
        nothing = np.zeros_like(hidden)
        for asked in (jointly, every):  # where the place itself has no other left
            stuck = tight.any(axis=(0, 1)) & ~more.any(axis=(0, 1))
            more |= _along_places(tree, asked & stuck, nothing, hidden, free, rank)
    return more


def _along_places(tree: Tree, wanting: Bools, from_below: Bools, hidden: Bools, free: Bools, rank: Floats) -> Bools:
    """Return at most one cell beside each place that is `wanting`, and one under each that is told from below."""
    more, wanting = np.zeros_like(hidden), wanting.copy()
    for parent, kids in reversed(tree.groups):
        asked: Bools = np.asarray(from_below[parent] | wanting[kids].any(axis=0))
        flat = (len(kids), -1)
        picked = _smallest(rank[kids].reshape(flat), free[kids].reshape(flat), asked.reshape(-1))
        more[kids] |= picked.reshape(len(kids), *asked.shape)
        left = asked & ~picked.any(axis=0).reshape(asked.shape) & ~from_below[parent]
        more[parent] |= left & free[parent]
        wanting[parent] |= left & hidden[parent]
    return more


def _smallest_kind(rank: Floats, free: Bools, asked: Bools) -> Bools:
    """Return for each asked [place, column] the free kind of the lowest rank, none where no kind is free."""
    places, kinds, columns = rank.shape
    flat = (kinds, places * columns)
    order: Floats = rank.swapaxes(0, 1).reshape(flat)
    picked = _smallest(order, np.asarray(free.swapaxes(0, 1).reshape(flat)), asked.reshape(-1))
    return picked.reshape(kinds, places, columns).swapaxes(0, 1)


def _smallest(rank: Floats, free: Bools, asked: Bools) -> Bools:
    """Return for each asked column the free cell of the lowest rank, none where no cell is free."""
    order = np.where(free, rank, np.inf)
    first = order.argmin(axis=0)
    columns = np.flatnonzero(asked & free.any(axis=0))
    picked = np.zeros_like(free)
    picked[first[columns], columns] = True
    return picked
