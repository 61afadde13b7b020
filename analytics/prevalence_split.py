"""Prevalence in the whole kabupaten by age group and sex, from the kubus."""

import numpy as np
import pandas as pd

from analytics.disclosure import Cleared
from analytics.growth import AGE_GROUPS
from analytics.intervals import wilson
from analytics.withholding import floats, hide_rates
from config.indicators import indicator
from config.values import room_minima

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
    return _clear(table, ruang)


def _whole(counts: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame([counts[["n", "penyebut"]].sum()])


def _clear(table: pd.DataFrame, ruang: str) -> Cleared:
    n, total = floats(table["n"].astype("float64")), floats(table["penyebut"].astype("float64"))
    # Both sexes of an age group add up to the row of both, all age groups of a sex to its column.
    group = np.where(table["jk"] == WHOLE, -1, table.groupby("kelompok_umur").ngroup()).astype("int64")
    minima = room_minima(ruang, "umur")
    told = (np.ones_like(n), np.full_like(n, max(minima.cacah - 1.0, 1.0)))
    hidden = hide_rates(n, total, group, minima, told).any
    lower, upper = wilson(n, total)
    with np.errstate(divide="ignore", invalid="ignore"):
        rates = {"persen": 100 * n / total, "bawah95": 100 * lower, "atas95": 100 * upper}
    shown = table.assign(**{name: np.where(hidden, np.nan, values) for name, values in rates.items()})
    shown["n"] = shown["n"].astype("Int64").mask(hidden)
    shown["penyebut"] = shown["penyebut"].astype("Int64").mask(hidden)
    return Cleared(shown.assign(catatan=np.where(hidden, "disamarkan", "")), ruang)
