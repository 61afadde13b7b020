"""What of the checks of data quality may leave for a room.

In `publik` the shares are counts of children like any others: all levels are cleared together, and a posyandu, which is
smaller than a desa and belongs to no tree of places there, is not shown at all.
"""

import numpy as np
import pandas as pd

from analytics.disclosure import KELOMPOK, LEVELS, Cleared, Levels
from analytics.place_tree import Bounds
from analytics.prevalence import list_places
from analytics.quality import COLUMNS, NO_DATA, POSYANDU, add_up, judge_quality, tabulate_digits
from analytics.quality_verdict import add_verdicts, rank_visits
from analytics.smart import tabulate_smart
from analytics.withholding import floats
from analytics.withholding_rates import Rates, hide_rates, hide_totals
from config.quality import load_checks
from config.values import RoomMinima, room_minima

HIDDEN = "disamarkan"


def clear_quality(
    sums: pd.DataFrame, ruang: str, tingkat: str, periode: str | None = None, kelompok: pd.DataFrame | None = None
) -> Cleared:
    """Return the checks of `judge_quality` of one level, cleared for a room: `COLUMNS`, places without data included.

    In `publik` a share that is withheld has neither nilai nor what it means: penilaian is `disamarkan`; other figures
    are withheld on too few children. Raises ValueError for an unknown room and PermissionError for posyandu in publik.
    """
    minima = room_minima(ruang, "mutu")
    if tingkat == POSYANDU and minima.cacah:
        raise PermissionError("Mutu data menurut posyandu tidak dibuka di ruang publik.")
    chosen = sums[sums["bulan"] == periode] if periode else sums
    levels = LEVELS if kelompok is None else (*LEVELS, KELOMPOK)
    asked = levels if minima.cacah else (tingkat,)
    tables = {level: judge_quality(add_up(chosen, level, kelompok), level) for level in asked}
    if minima.cacah and len(tables["kabupaten"]):
        tables = _withhold(Levels(tables, ["periode", "pemeriksaan"], kelompok), minima)
    table = tables[tingkat][COLUMNS]
    return Cleared(table if tingkat == POSYANDU else _fill(table, tingkat, kelompok), ruang)


def _withhold(levels: Levels, minima: RoomMinima) -> dict[str, pd.DataFrame]:
    rows = levels.rows
    share = rows["n"].notna().to_numpy()
    few = ~share & (rows["penyebut"] > 0).to_numpy() & (rows["penyebut"] < minima.penyebut).to_numpy()
    total = levels.spread(np.where(share, floats(rows["penyebut"]), np.nan))
    n = levels.spread(floats(rows["n"]))
    total = np.where(total == 0, np.nan, total)
    n = np.where(np.isnan(total), np.nan, n)
    bare = Bounds(np.zeros_like(total), np.nan_to_num(total))
    hidden = hide_rates(
        levels.tree,
        Rates(n[:, None], total, bare.as_kind(), {0: ()}),
        hide_totals(levels.tree, total, minima),
        minima,
    )
    mask = few | (share & levels.back(hidden.count[:, 0] | hidden.total))
    return levels.split(rows.assign(nilai=rows["nilai"].mask(mask), penilaian=rows["penilaian"].mask(mask, HIDDEN)))


def _fill(table: pd.DataFrame, tingkat: str, kelompok: pd.DataFrame | None) -> pd.DataFrame:
    """Return the table with a row for every place, month and check; those without children say so."""
    places = list_places(tingkat, kelompok=kelompok)
    months, checks = sorted(table["periode"].unique()), load_checks()
    keys = ["periode", "kode", "pemeriksaan"]
    grid = pd.MultiIndex.from_product([months, places["kode"], list(checks)], names=keys)
    filled = table.set_index(keys).reindex(grid).reset_index()
    filled = filled.assign(tingkat=tingkat, nama=filled["kode"].map(places.set_index("kode")["nama"]))
    filled = filled.assign(batas=filled["pemeriksaan"].map({check.id: check.batas for check in checks.values()}))
    return filled.fillna({"penilaian": NO_DATA})[COLUMNS]


def clear_verdicts(sums: pd.DataFrame, ruang: str, tingkat: str) -> Cleared:
    """Return the verdicts of `add_verdicts` of one level, all months, with n; PermissionError in `publik`."""
    judged, size = _judged(sums, ruang, tingkat)
    return Cleared(add_verdicts(judged).join(size, on=list(size.index.names)), ruang)


def clear_visits(sums: pd.DataFrame, ruang: str, periode: str) -> Cleared:
    """Return the posyandu of a month to visit first, `rank_visits`, with n; PermissionError in `publik`."""
    judged, size = _judged(sums[sums["bulan"] == periode], ruang, POSYANDU)
    return Cleared(rank_visits(judged).join(size, on=list(size.index.names)), ruang)


def clear_digits(sums: pd.DataFrame, ruang: str, tingkat: str) -> Cleared:
    """Return how often each last digit was written, `tabulate_digits`; PermissionError in `publik`."""
    _require_staff(ruang)
    return Cleared(tabulate_digits(add_up(sums, tingkat)), ruang)


def clear_smart(measurements: pd.DataFrame, ruang: str, tingkat: str) -> Cleared:
    """Return SMART's score, `tabulate_smart`; PermissionError in `publik`."""
    _require_staff(ruang)
    return Cleared(tabulate_smart(measurements, tingkat), ruang)


def _judged(sums: pd.DataFrame, ruang: str, tingkat: str) -> tuple[pd.DataFrame, pd.Series]:
    """Return the judged checks, and the children measured (n) by month and place."""
    _require_staff(ruang)
    totals = add_up(sums, tingkat)
    return judge_quality(totals, tingkat), totals.set_index(["periode", "kode"])["n"].astype(int)


def _require_staff(ruang: str) -> None:
    if room_minima(ruang, "mutu").cacah:
        raise PermissionError(f"Rincian mutu data tidak dibuka di ruang {ruang!r}.")
