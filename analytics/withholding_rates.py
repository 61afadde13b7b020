"""Which rates (counts of a denominator) a room withholds: counts that are part of each other are hidden together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analytics.place_tree import UNBOUNDED, Bools, Bounds, Floats, Sum, Tree, narrow
from analytics.withholding import Secret, hide_more, is_small, told
from config.values import RoomMinima


@dataclass(frozen=True)
class Rates:
    """Counts n[place, kind, column] of penyebut[place, column]; NaN where nobody answered.

    label: the counts that the class or colour shown beside a hidden count leaves possible. wholes: {kind: the kinds
    that are part of it}; no case is counted in two wholes.
    """

    n: Floats
    penyebut: Floats
    label: Bounds
    wholes: Mapping[int, Sequence[int]]

    def with_rest(self) -> tuple[Floats, list[Sum]]:
        """Return n with the kinds that it lacks to add up, the denominator last, and the sums.

        The others of each whole that has parts, those in no whole, those of the denominator who are not in a kind.
        """
        n, total = np.nan_to_num(self.n), np.nan_to_num(self.penyebut)
        sums: list[Sum] = [(list(parts), whole) for whole, parts in self.wholes.items() if parts]
        apart = dict.fromkeys([tuple(self.wholes), *((kind,) for kind in range(n.shape[1]))])
        sums += [(list(parts), -1) for parts in apart]
        wholes = [total if whole < 0 else n[:, whole] for _, whole in sums]
        lacking = [of - n[:, list(parts)].sum(axis=1) for (parts, _), of in zip(sums, wholes, strict=True)]
        first, last = n.shape[1], n.shape[1] + len(sums)
        numbered: list[Sum] = [
            ([*parts, first + at], last if whole < 0 else whole) for at, (parts, whole) in enumerate(sums)
        ]
        return np.concatenate([n, np.stack([*lacking, total], axis=1)], axis=1), numbered


@dataclass(frozen=True)
class HiddenRates:
    """What is hidden: the count and where "nearly all" is said instead [place, kind, column], the denominator too.

    labelled: the columns in which a label may stand beside a hidden count.
    """

    count: Bools
    nearly: Bools
    total: Bools
    labelled: Bools


def hide_rates(tree: Tree, rates: Rates, totals: tuple[Bools, Floats], minima: RoomMinima) -> HiddenRates:
    """Return which rates a room withholds, for all places of a tree at once; where nobody answered nothing is hidden.

    totals: of `hide_totals`. In columns of which the labels themselves would tell too much even with every place
    hidden, no label is left.
    """
    hidden_total, most = totals
    bare = np.zeros(most.shape[1], dtype=bool)
    shown = rates.n.shape[1]
    while True:
        prior, why = _priors(rates, hidden_total, most, bare, minima)
        secret = _secret(rates, prior, _needed(prior, why, minima), (hidden_total, most), minima)
        start = np.ones(secret.count.shape, dtype=bool)
        start[:, :shown] = np.any(why, axis=0)
        hidden = hide_more(tree, secret, start)
        stuck = told(tree, secret, hidden).any(axis=(0, 1)) & ~bare
        if not stuck.any():
            return HiddenRates(hidden[:, :shown], why[1], hidden_total, ~bare)
        bare |= stuck


def _secret(rates: Rates, prior: Bounds, need: Bounds, totals: tuple[Bools, Floats], minima: RoomMinima) -> Secret:
    """Return the counts with the kinds they lack to add up: small others of a whole must remain possible as well."""
    count, sums = rates.with_rest()
    hidden_total, most = totals
    shown = rates.n.shape[1]
    beside = count[:, shown:]
    low, high = np.zeros_like(beside), np.broadcast_to(most[:, None], beside.shape).copy()
    low[:, -1] = np.where(hidden_total, 0.0, np.nan_to_num(rates.penyebut))
    asked = is_small(beside, minima) & ~hidden_total[:, None]  # with a shown part they would be told
    asked[:, sum(whole < shown for _, whole in sums) :] = False
    small = Bounds(np.where(asked, 1.0, np.inf), np.where(asked, minima.cacah - 1.0, -np.inf))
    bounds = (prior.and_kinds(Bounds(low, high)), need.and_kinds(small))
    return Secret(count, *bounds, max(minima.kelas, 1), sums, shown)


def _priors(
    rates: Rates, hidden_total: Bools, most: Floats, bare: Bools, minima: RoomMinima
) -> tuple[Bounds, tuple[Bools, Bools, Bools]]:
    """Return what the labels tell of each count if it is hidden, and which are small, nearly all, or of too few.

    A hidden count without "nearly all" is not nearly all; beside nearly all of a denominator there is hardly anybody.
    """
    n, least = np.nan_to_num(rates.n), max(minima.kelas, 1)
    total, top, unknown = np.nan_to_num(rates.penyebut)[:, None], most[:, None], hidden_total[:, None]
    short = (total > 0) & ~unknown & (total < minima.hampir_semua)
    full = short & (n > total - least)
    nearly = full & ~bare
    high = np.where(short & ~full, np.minimum(rates.label.high, total - least), rates.label.high)
    for whole, parts in rates.wholes.items():
        apart = [other for other in rates.wholes if other != whole]
        beside = np.where(nearly[:, apart].any(axis=1, keepdims=True), least - 1.0, UNBOUNDED)
        high[:, [whole, *parts]] = np.minimum(high[:, [whole, *parts]], beside)
    low: Floats = np.where(nearly, total - least + 1, np.where(unknown | bare, 0.0, rates.label.low))
    high = np.where(unknown, top, np.where(nearly | bare, total, high))
    return Bounds(low, high), (is_small(n, minima), nearly, unknown | full)


def _needed(prior: Bounds, why: tuple[Bools, Bools, Bools], minima: RoomMinima) -> Bounds:
    """Return the counts that must remain possible: all small ones of a small one, all that "nearly all" may mean."""
    small, nearly, few = why
    few = few & ~small & ~nearly
    low = np.select([small, nearly, few], [1.0, prior.low, 1.0], np.inf)
    high = np.select([small, nearly, few], [minima.cacah - 1.0, prior.high, 1.0], -np.inf)
    asked = low <= high
    return Bounds(np.where(asked, np.maximum(low, prior.low), low), np.where(asked, np.minimum(high, prior.high), high))


def hide_totals(tree: Tree, total: Floats, minima: RoomMinima) -> tuple[Bools, Floats]:
    """Return which denominators [place, column] are hidden, and the most that each may be; NaN where nobody is."""
    empty, count = np.isnan(total), np.nan_to_num(total)
    few = ~empty & (total < minima.penyebut)
    prior = Bounds(np.where(empty, 0.0, 1.0), np.where(empty, 0.0, UNBOUNDED))
    fewest = narrow(tree, count, prior)[0].low  # a place has at least one for each place in it that has any
    need = Bounds(np.where(few, fewest, np.inf), np.where(few, minima.penyebut - 1.0, -np.inf))
    secret = Secret(count, prior, need, max(minima.kelas, 1))
    hidden = hide_more(tree, secret, few)
    return hidden, secret.bounds(tree, hidden)[1].high
