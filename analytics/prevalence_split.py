"""Prevalence in the whole kabupaten by age group and sex, from the kubus."""

import numpy as np
import pandas as pd

from analytics.disclosure import Cleared
from analytics.growth import AGE_GROUPS
from analytics.intervals import wilson
from analytics.prevalence import NO_DATA
from analytics.withholding import (
    NO_TOTAL,
    UNBOUNDED,
    Bools,
    Floats,
    Guarded,
    floats,
    hide_more,
    hide_rates,
)
from config.indicators import indicator
from config.values import RoomMinima, room_minima

SEXES = ("L", "P")
WHOLE = "semua"
WITHHELD = "disamarkan"


def split_prevalence(kubus: pd.DataFrame, indikator: str, periode: str, ruang: str) -> Cleared:
    """Return one row an age group (and WHOLE) and sex (and WHOLE) of a month, cleared for a room.

    Columns: kelompok_umur, jk, n, penyebut, persen, bawah95, atas95 (percent, Wilson), catatan.
    """
    chosen = indicator(indikator)
    month = kubus[kubus["bulan"] == periode]
    counts = month.assign(n=month[list(chosen.pembilang)].sum(axis="columns"), penyebut=month[chosen.penyebut])
    parts = []
    for keys in (["kelompok_umur", "jk"], ["kelompok_umur"], ["jk"], []):
        grouped = counts.groupby(keys)[["n", "penyebut"]].sum().reset_index() if keys else _whole(counts)
        parts.append(grouped)
    table = pd.concat(parts).fillna({"kelompok_umur": WHOLE, "jk": WHOLE})
    grid = pd.MultiIndex.from_product([(*AGE_GROUPS, WHOLE), (*SEXES, WHOLE)], names=["kelompok_umur", "jk"])
    table = table.set_index(["kelompok_umur", "jk"]).reindex(grid).reset_index()
    return _clear(table, ruang)


def _whole(counts: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame([counts[["n", "penyebut"]].sum()])


def _clear(table: pd.DataFrame, ruang: str) -> Cleared:
    empty = ~(table["penyebut"] > 0)
    n, total = floats(table["n"].mask(empty)), floats(table["penyebut"].mask(empty))
    shape = (len(AGE_GROUPS) + 1, len(SEXES) + 1)
    hidden = _hide(n.reshape(shape), total.reshape(shape), room_minima(ruang, "umur")).ravel()
    lower, upper = wilson(n, total)
    rates = {"persen": 100 * n / total, "bawah95": 100 * lower, "atas95": 100 * upper}
    shown = table.assign(**{name: np.where(hidden, np.nan, values) for name, values in rates.items()})
    for name, counts in (("n", n), ("penyebut", total)):
        shown[name] = pd.Series(counts, index=table.index).astype("Int64").mask(hidden)
    return Cleared(shown.assign(catatan=np.select([empty, hidden], [NO_DATA, WITHHELD], default="")), ruang)


def _hide(n: Floats, total: Floats, minima: RoomMinima) -> Bools:
    """Return what to hide of counts[age, sex] whose last row and column are the wholes.

    The sexes of an age group add up to its whole, the age groups of a sex to its whole, and so do the wholes.
    """
    hidden = np.zeros(n.shape, dtype=bool)
    hidden[-1, -1] = _hide_parts(n[-1:, -1], total[-1:, -1], minima, NO_TOTAL)[0]
    if hidden[-1, -1]:
        return ~np.isnan(total)
    hidden[:-1, -1] = _hide_parts(n[:-1, -1], total[:-1, -1], minima, 0)
    hidden[-1, :-1] = _hide_parts(n[-1, :-1], total[-1, :-1], minima, 0)
    pairs = _hide_pairs(n, total, hidden[:, -1], minima)
    hidden[:, :-1] |= pairs[:, None] | hidden[-1, :-1].any()
    return hidden & ~np.isnan(total)


def _hide_parts(n: Floats, total: Floats, minima: RoomMinima, whole: int) -> Bools:
    """Return which rates to hide by themselves and, unless `whole` is NO_TOTAL, as parts of one shown whole."""
    told = (np.ones_like(n), np.full_like(n, max(minima.cacah - 1.0, 1.0)))
    return hide_rates(n, total, np.full(len(n), whole), minima, told).any


def _hide_pairs(n: Floats, total: Floats, whole_hidden: Bools, minima: RoomMinima) -> Bools:
    """Return the age groups of which both sexes are hidden: one alone would follow from the whole of the age group.

    The last place, that of the wholes of the sexes, is true when hiding every age group is not enough.
    """
    by_itself = _hide_parts(n[:-1, :-1].ravel(), total[:-1, :-1].ravel(), minima, NO_TOTAL).reshape(-1, len(SEXES))
    hidden: Bools = whole_hidden | np.append(by_itself.any(axis=1), False)
    alone = np.isnan(total[:, :-1]).any(axis=1)  # with one sex only its count is the whole: that protects nothing
    for counts in (n, total):
        most = np.where(whole_hidden, UNBOUNDED, counts[:, -1])
        least = np.where(alone & ~whole_hidden, most, 0.0)
        most[-1], least[-1] = UNBOUNDED, 0.0
        for sex in range(len(SEXES)):
            parts = np.append(counts[:-1, sex], 0.0)  # the last is chosen last, and only if no age group is left
            hidden = hide_more(Guarded(parts, least, most, np.full(len(parts), sex)), hidden)
    return hidden
