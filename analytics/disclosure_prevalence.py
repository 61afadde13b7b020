"""What of the prevalence tables may leave for a room."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.disclosure import KELOMPOK, LEVELS, NEARLY_ALL, WITHHELD, Cleared, Levels, label_bounds
from analytics.place_tree import Bounds, Ints
from analytics.prevalence import tabulate_prevalence
from analytics.withholding import floats
from analytics.withholding_rates import Rates, hide_rates, hide_totals
from config.indicators import class_lower_bounds, indicator, load_indicators
from config.values import RoomMinima, room_minima

RATE = ["n", "persen", "bawah95", "atas95"]


def clear_prevalence(
    kubus: pd.DataFrame,
    indikator: Sequence[str],
    ruang: str,
    periode: str | None = None,
    kelompok: pd.DataFrame | None = None,
) -> dict[str, Cleared]:
    """Return the prevalence of `tabulate_prevalence` by level, cleared for a room.

    `kubus`: all places. Indicators of one index are cleared together, whichever are asked: some are part of others. A
    hidden count keeps its class where every class leaves at least minima.kelas counts of that denominator. Raises
    ValueError for a room that does not exist.
    """
    minima = room_minima(ruang, "prevalensi")
    indices = {indicator(name).indeks for name in indikator}
    family = [known.id for known in load_indicators() if known.indeks in indices] if minima.cacah else [*indikator]
    levels = LEVELS if kelompok is None else (*LEVELS, KELOMPOK)
    tables = {level: _tabulate(kubus, family, level, periode, kelompok) for level in levels}
    if minima.cacah:
        tables = _withhold(Levels(tables, ["periode", "indikator"], kelompok), minima)
    return {
        level: Cleared(table[table["indikator"].isin(indikator)].reset_index(drop=True), ruang)
        for level, table in tables.items()
    }


def _tabulate(
    kubus: pd.DataFrame, indikator: list[str], level: str, periode: str | None, kelompok: pd.DataFrame | None
) -> pd.DataFrame:
    if level == KELOMPOK:
        return tabulate_prevalence(kubus, indikator, level, periode, kelompok=kelompok)
    return tabulate_prevalence(kubus, indikator, level, periode)


def _withhold(levels: Levels, minima: RoomMinima) -> dict[str, pd.DataFrame]:
    rows = levels.rows
    if rows.empty:
        return dict(levels.tables)
    n, total = (levels.spread(floats(rows[name])) for name in ("n", "penyebut"))
    starts = np.array([np.ceil(np.round(bound * total / 100, 6)) for bound in class_lower_bounds()])
    label, labelled = label_bounds(n, total, starts, minima)
    count, nearly, without_total = (np.zeros(n.shape, dtype=bool) for _ in range(3))
    for family in _families(levels):
        for part in {part for parts in family.wholes.values() for part in parts}:  # in a shown whole a class tells much
            chosen = family.columns[part]
            label.low[:, chosen], label.high[:, chosen] = 0.0, np.nan_to_num(total[:, chosen])
            labelled[:, chosen] = False
        mine = family.columns
        bounds = Bounds(label.low[:, mine], label.high[:, mine])
        rates = Rates(n[:, mine], total[:, mine[0]], bounds, family.wholes)
        hidden = hide_rates(levels.tree, rates, hide_totals(levels.tree, rates.penyebut, minima), minima)
        count[:, mine], nearly[:, mine], without_total[:, mine] = hidden.count, hidden.nearly, hidden.total[:, None]
        labelled[:, mine] &= hidden.labelled
    count, nearly, without_total, labelled = map(levels.back, (count, nearly, without_total, labelled))
    cleared = rows.copy()
    for name in RATE:
        cleared[name] = cleared[name].mask(count)
    cleared["penyebut"] = cleared["penyebut"].mask(without_total)
    cleared["kelas"] = cleared["kelas"].mask(count & (without_total | ~labelled))
    cleared.loc[count, "catatan"] = WITHHELD
    cleared.loc[nearly, "catatan"] = NEARLY_ALL
    return levels.split(cleared)


@dataclass(frozen=True)
class Family:
    """Indicators of one denominator: columns[kind, month] among those of `Levels`; wholes as in `Rates`."""

    columns: Ints
    wholes: dict[int, tuple[int, ...]]


def _families(levels: Levels) -> list[Family]:
    of_name = levels.heads.pivot(index="indikator", columns="periode", values="column")
    names = of_name.index.tolist()
    families = []
    for total in dict.fromkeys(indicator(name).penyebut for name in names):
        mine = [name for name in names if indicator(name).penyebut == total]
        cases = [frozenset(indicator(name).pembilang) for name in mine]
        inside = [{other for other, more in enumerate(cases) if some < more} for some in cases]
        wholes = {
            kind: tuple(part for part, around in enumerate(inside) if kind in around)
            for kind, around in enumerate(inside)
            if not around
        }
        families.append(Family(of_name.loc[mine].to_numpy(), wholes))
    return families
