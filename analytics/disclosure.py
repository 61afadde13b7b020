"""Decides what may leave for a room. Everything drawn, shown or written takes a `Cleared` table, made only here."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.prevalence import classify_percent
from analytics.withholding import Bools, Floats, floats, hide_rates, totals_of
from config.values import RoomMinima, room_minima

WITHHELD = ["n", "persen", "bawah95", "atas95"]
SMALL_TOTAL = "disamarkan: penyebut terlalu kecil"
SMALL_COUNT = "disamarkan: jumlah kecil"
NEARLY_ALL = "hampir semua"
COMPLEMENT = "disamarkan: agar sel lain tidak dapat dihitung"


@dataclass(frozen=True)
class Cleared:
    """A table that may be shown in `ruang`; withheld cells are already empty, with the reason in `catatan`."""

    table: pd.DataFrame
    ruang: str


def clear_prevalence(table: pd.DataFrame, ruang: str, wilayah: str | None = None) -> Cleared:
    """Clear a prevalence table (`tabulate_prevalence`, a whole level) for a room; `wilayah` keeps the places within.

    Raises ValueError for a room that does not exist. In `publik`: denominators and counts under the minima are
    withheld, and one more cell of the same total where a single withheld one could be worked out.
    """
    minima = room_minima(ruang, "prevalensi")
    n, total = floats(table["n"]), floats(table["penyebut"])
    least, most, safe = _counts_of_class(table, total, minima)
    hidden = hide_rates(n, total, totals_of(table, ["periode", "indikator"]), minima, (least, most))
    shown = table.copy()
    reasons = (
        (hidden.few, SMALL_TOTAL),
        (hidden.small, SMALL_COUNT),
        (hidden.nearly, NEARLY_ALL),
        (hidden.extra, COMPLEMENT),
    )
    for mask, reason in reasons:
        shown.loc[mask, WITHHELD] = pd.NA
        shown.loc[mask, "catatan"] = reason
    shown.loc[hidden.few | hidden.without_total, "penyebut"] = pd.NA
    shown["kelas"] = shown["kelas"].mask(hidden.any & ~(hidden.small & safe))
    return Cleared(keep_within(shown, wilayah), ruang)


def keep_within(table: pd.DataFrame, wilayah: str | None) -> pd.DataFrame:
    """Return the rows of places within `wilayah`, all for None. Only after clearing: a part hides too little."""
    if wilayah is None:
        return table
    kode = table["kode"].astype("str")
    return table[(kode == wilayah) | kode.str.startswith(f"{wilayah}.")].reset_index(drop=True)


def _counts_of_class(table: pd.DataFrame, total: Floats, minima: RoomMinima) -> tuple[Floats, Floats, Bools]:
    """Return the least and the most small count of each row's class, and whether enough remain to show the class."""
    least, most = np.ones(len(table)), np.full(len(table), max(minima.cacah - 1.0, 1.0))
    possible = np.zeros(len(table), dtype="int64")
    lowest = np.full(len(table), np.inf)
    highest = np.zeros(len(table))
    for count in range(1, minima.cacah):
        with np.errstate(divide="ignore", invalid="ignore"):
            percent = pd.Series(100 * count / total, index=table.index)
        fits = (classify_percent(percent) == table["kelas"]).to_numpy(bool)
        possible += fits
        lowest, highest = np.where(fits, np.minimum(lowest, count), lowest), np.where(fits, count, highest)
    safe = possible >= minima.kelas
    return np.where(safe, lowest, least), np.where(safe, highest, most), safe
