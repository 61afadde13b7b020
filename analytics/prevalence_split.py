"""Prevalence in the whole kabupaten by age group and sex, from the kubus."""

from dataclasses import replace

import numpy as np
import pandas as pd

from analytics.disclosure import WITHHELD, Cleared
from analytics.disclosure_prevalence import clear_prevalence
from analytics.growth import AGE_GROUPS
from analytics.intervals import wilson
from analytics.place_tree import Bools, Floats
from analytics.prevalence import NO_DATA
from analytics.withholding import floats
from analytics.withholding_sums import Counts, grid_sums, hide_sums
from config.indicators import indicator
from config.values import RoomMinima, room_minima

SEXES = ("L", "P")
WHOLE = "semua"


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
    whole = clear_prevalence(kubus, [indikator], ruang, periode)["kabupaten"].table
    return _clear(table, ruang, whole_hidden=bool(whole["n"].isna().any()))


def _whole(counts: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame([counts[["n", "penyebut"]].sum()])


def _clear(table: pd.DataFrame, ruang: str, whole_hidden: bool) -> Cleared:
    minima = room_minima(ruang, "umur")
    empty = (~(table["penyebut"] > 0)).to_numpy()
    n, total = (floats(table[name].mask(empty)) for name in ("n", "penyebut"))
    hidden, without_total = np.zeros_like(empty), np.zeros_like(empty)
    if whole_hidden:
        hidden, without_total = ~empty, ~empty
    elif minima.cacah:
        hidden, without_total = _hide(np.nan_to_num(n), np.nan_to_num(total), minima)
    lower, upper = wilson(n, total)
    rates = {"persen": 100 * n / total, "bawah95": 100 * lower, "atas95": 100 * upper}
    shown = table.assign(**{name: np.where(hidden, np.nan, values) for name, values in rates.items()})
    for name, counts, mask in (("n", n, hidden), ("penyebut", total, without_total)):
        shown[name] = pd.Series(counts, index=table.index).astype("Int64").mask(mask)
    return Cleared(shown.assign(catatan=np.select([empty, hidden], [NO_DATA, WITHHELD], default="")), ruang)


def _hide(n: Floats, total: Floats, minima: RoomMinima) -> tuple[Bools, Bools]:
    """Return which counts and which denominators to hide of [age and WHOLE, sex and WHOLE], flattened.

    The sexes of an age group add up to its whole, the age groups of a sex to its whole, and so do the wholes.
    """
    sums = grid_sums(len(AGE_GROUPS) + 1, len(SEXES) + 1)
    grand = np.full_like(total, total[-1])
    of_totals = replace(minima, cacah=minima.penyebut)
    without_total = hide_sums(Counts(total, sums, np.where(total > 0, grand, 0.0)), np.zeros(len(n), bool), of_totals)
    full = (n > total - max(minima.kelas, 1)) & (total < minima.hampir_semua) & (total > 0)
    most = np.where(without_total, grand, total)
    hidden = without_total | full
    while True:
        before = hidden
        hidden = hide_sums(Counts(n, sums, most), hidden, minima)
        hidden = hide_sums(Counts(total - n, sums, most), hidden, replace(minima, cacah=0))
        if np.array_equal(before, hidden):
            return hidden, without_total
