"""Decides what may leave for a room. Everything drawn, shown or written takes a `Cleared` table, made only here."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.prevalence import classify_percent, code_at_level
from config.values import room_minima

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
    shown = table.copy()
    n, total = table["n"], table["penyebut"]
    known = total.notna()
    few = (known & (total < minima.penyebut)).fillna(False).astype(bool)
    small = (known & ~few & (n > 0) & (n < minima.cacah)).fillna(False).astype(bool)
    nearly = (known & ~few & ~small & (n == total) & (total < minima.hampir_semua)).fillna(False).astype(bool)
    extra = _complement(table, few | small | nearly)
    for mask, reason in ((few, SMALL_TOTAL), (small, SMALL_COUNT), (nearly, NEARLY_ALL), (extra, COMPLEMENT)):
        shown.loc[mask, WITHHELD] = pd.NA
        shown.loc[mask, "catatan"] = reason
    shown.loc[few, "penyebut"] = pd.NA
    vague = few | extra | nearly | (small & ~_class_is_safe(table, minima.cacah, minima.kelas))
    shown["kelas"] = shown["kelas"].mask(vague)
    return Cleared(keep_within(shown, wilayah), ruang)


def keep_within(table: pd.DataFrame, wilayah: str | None) -> pd.DataFrame:
    """Return the rows of places within `wilayah`, all for None. Only after clearing: a part hides too little."""
    if wilayah is None:
        return table
    kode = table["kode"].astype("str")
    return table[(kode == wilayah) | kode.str.startswith(f"{wilayah}.")].reset_index(drop=True)


def _complement(table: pd.DataFrame, withheld: pd.Series) -> pd.Series:
    """Mark the smallest shown cell beside each cell that is the only one withheld of its parent's total."""
    extra = pd.Series(False, index=table.index)
    if table.empty or table["tingkat"].iloc[0] == "kabupaten":
        return extra
    above = "kecamatan" if table["tingkat"].iloc[0] == "desa" else "kabupaten"
    parent = code_at_level(table["kode"], above) if above == "kecamatan" else pd.Series("", index=table.index)
    for _, group in table.groupby([table["periode"], table["indikator"], parent], sort=False):
        hidden = withheld.loc[group.index]
        candidates = group[~hidden & group["penyebut"].notna() & (group["n"] > 0).fillna(False)]
        if hidden.sum() == 1 and len(candidates):
            extra.loc[candidates["n"].astype("int64").idxmin()] = True
    return extra


def _class_is_safe(table: pd.DataFrame, smallest_shown: int, needed: int) -> pd.Series:
    """True where the class of a withheld count still leaves at least `needed` possible counts."""
    possible = pd.Series(0, index=table.index)
    total = table["penyebut"].to_numpy("float64", na_value=np.nan)
    for count in range(1, smallest_shown):
        with np.errstate(divide="ignore", invalid="ignore"):
            percent = pd.Series(100 * count / total, index=table.index)
        possible += (classify_percent(percent) == table["kelas"]).astype(int)
    return possible >= needed
