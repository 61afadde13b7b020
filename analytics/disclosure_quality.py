"""What of the checks of data quality may leave for a room.

In `publik` the shares are counts of children like any others, on denominators that are not shown: they are told by
whole percent and judgement, where that leaves enough counts possible, and of large places only.
"""

import numpy as np
import pandas as pd

from analytics.disclosure import KELOMPOK, LEVELS, Cleared, Levels
from analytics.disclosure_labels import NOTHING, RATIO, WHOLE_PERCENT, label_of, whole_percent
from analytics.place_tree import Bools, Bounds, Floats, narrow
from analytics.prevalence import list_places
from analytics.quality import COLUMNS, NO_DATA, POSYANDU, TOO_FEW, add_up, judge_quality, tabulate_digits
from analytics.quality_sums import INDICES, KEYS
from analytics.quality_verdict import add_verdicts, rank_visits
from analytics.smart import tabulate_smart
from analytics.withholding import floats, is_small
from analytics.withholding_rates import hide_totals
from config.quality import load_checks
from config.values import RoomMinima, room_minima

HIDDEN = "disamarkan"
SHOWN = ("kabupaten", "kecamatan")  # the levels of which publik sees anything
PLAUSIBLE = [f"{index}_z" for index in INDICES]  # the denominators that the prevalence tables show or withhold


def clear_quality(
    sums: pd.DataFrame, ruang: str, tingkat: str, periode: str | None = None, kelompok: pd.DataFrame | None = None
) -> Cleared:
    """Return the checks of `judge_quality` of one level, cleared for a room: `COLUMNS`, places without data included.

    In `publik` a check has a judgement in a kabupaten or kecamatan with enough children only, and a share a nilai in
    whole percent where that tells little as well; elsewhere penilaian is `disamarkan`. Exact shares would tell their
    denominators, and from these follow small counts of other checks and of prevalence. Raises ValueError for an
    unknown room and PermissionError for posyandu in publik.
    """
    minima = room_minima(ruang, "mutu")
    if tingkat == POSYANDU and minima.cacah:
        raise PermissionError("Mutu data menurut posyandu tidak dibuka di ruang publik.")
    chosen = sums[sums["bulan"] == periode] if periode else sums
    table = judge_quality(add_up(chosen, tingkat, kelompok), tingkat)
    if minima.cacah and tingkat in SHOWN and len(table):
        levels = Levels({level: _counted(chosen, level) for level in SHOWN}, ["periode", "pemeriksaan"])
        table = _withhold(levels, _tied(chosen, kelompok), minima)[tingkat]
    elif minima.cacah:
        table = _hide(table, np.ones(len(table), dtype=bool))
    table = table[COLUMNS]
    return Cleared(table if tingkat == POSYANDU else _fill(table, tingkat, kelompok), ruang)


def _counted(sums: pd.DataFrame, level: str) -> pd.DataFrame:
    """Return the judged checks of a level; n of the sex ratio is the number of boys."""
    totals = add_up(sums, level)
    table = judge_quality(totals, level)
    table.loc[table["pemeriksaan"] == RATIO, "n"] = totals["laki"].to_numpy(float)
    return table


def _hide(table: pd.DataFrame, hidden: Bools) -> pd.DataFrame:
    """Return the table without what is hidden; that a place has no data may be said."""
    masked = hidden & (table["penilaian"] != NO_DATA).to_numpy()
    return table.assign(nilai=table["nilai"].mask(masked), penilaian=table["penilaian"].mask(masked, HIDDEN))


def _tied(sums: pd.DataFrame, kelompok: pd.DataFrame | None) -> pd.MultiIndex:
    """Return the months and places (periode, kode) of which the prevalence tables withhold a denominator."""
    minima = room_minima("publik", "prevalensi")
    named = LEVELS if kelompok is None else (*LEVELS, KELOMPOK)
    counts = sums[[*KEYS, *PLAUSIBLE]]
    tables = {
        level: add_up(counts, level, kelompok).melt(["periode", "kode"], PLAUSIBLE, "indeks", "penyebut")
        for level in named
    }
    levels = Levels(tables, ["periode", "indeks"], kelompok)
    total = floats(levels.rows["penyebut"])
    hidden, _ = hide_totals(levels.tree, levels.spread(np.where(total > 0, total, np.nan)), minima)
    return pd.MultiIndex.from_frame(levels.rows.loc[levels.back(hidden), ["periode", "kode"]])


def _withhold(levels: Levels, tied: pd.MultiIndex, minima: RoomMinima) -> dict[str, pd.DataFrame]:
    """Return the tables with what may be shown of each check; labels of a kecamatan only where they do not add up."""
    rows = levels.rows
    count, total = (np.nan_to_num(floats(rows[name])) for name in ("n", "penyebut"))
    counted = rows["n"].notna().to_numpy()
    apart = pd.MultiIndex.from_frame(rows[["periode", "kode"]]).isin(tied)
    few = apart | (rows["penilaian"] == TOO_FEW).to_numpy()
    asked = counted & ~few & (total > 0)
    told = [
        label_of(check, n, of, minima) if ask else (NOTHING, 0.0, of)
        for check, n, of, ask in zip(rows["pemeriksaan"], count, total, asked, strict=True)
    ]
    much, low, high = (np.array(each, dtype=float) for each in zip(*told, strict=True))
    alone = _add_up(levels, count, Bounds(low, high), minima) & (rows["tingkat"] != SHOWN[0]).to_numpy()
    much = np.where(alone, NOTHING, much)
    hidden = few | (counted & (much == NOTHING))
    percent = np.where(much == WHOLE_PERCENT, whole_percent(floats(rows["nilai"])), np.nan)
    return levels.split(_hide(rows.assign(nilai=percent), hidden))


def _add_up(levels: Levels, count: Floats, known: Bounds, minima: RoomMinima) -> Bools:
    """True for the rows of checks of which the labels of all places together tell too much of one."""
    grid, low, high = (levels.spread(each, 0.0) for each in (count, known.low, known.high))
    bounds = narrow(levels.tree, grid, Bounds(low, high))[1]
    most = np.minimum(minima.cacah - 1.0, high)
    small = is_small(grid, minima) & ((bounds.low > 1) | (bounds.high < most))
    told = small | (bounds.width < np.minimum(max(minima.kelas, 1), high - low + 1))
    return levels.back(np.broadcast_to(told.any(axis=0), told.shape))


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
