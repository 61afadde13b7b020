"""What of plain counts that add up to a total may leave for a room: women by status, flows, reasons, age by sex."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analytics.disclosure import KELOMPOK, LEVELS, WITHHELD, Cleared, Levels
from analytics.kek import STATUSES, kek_flow, tabulate_kek
from analytics.notes import NOT_BY_STATUS
from analytics.place_tree import Bools, Floats, Ints
from analytics.withholding import floats
from analytics.withholding_rates import hide_totals
from analytics.withholding_sums import hide_row, margins_tell
from config.values import RoomMinima, room_minima

BY_STATUS = ("kabupaten", "kecamatan")  # the levels at which publik sees what became of the women


def clear_kek(
    bumil: pd.DataFrame, ruang: str, periode: str | None = None, kelompok: pd.DataFrame | None = None
) -> dict[str, Cleared]:
    """Return the women of `tabulate_kek` by level, cleared for a room.

    In publik their statuses are told down to the kecamatan; statuses add up to jumlah, places to their parent. Raises
    ValueError for a room that does not exist.
    """
    minima = room_minima(ruang, "kek")
    levels = LEVELS if kelompok is None else (*LEVELS, KELOMPOK)
    tables = {level: tabulate_kek(bumil, level, periode, kelompok=kelompok) for level in levels}
    if minima.cacah and len(tables["kabupaten"]):
        tables = _withhold_kek(Levels(tables, ["periode"], kelompok), minima)
    return {level: Cleared(table, ruang) for level, table in tables.items()}


def _withhold_kek(levels: Levels, minima: RoomMinima) -> dict[str, pd.DataFrame]:
    whole = levels.spread(floats(levels.rows["jumlah"]))
    hidden_whole, _ = hide_totals(levels.tree, whole, minima)
    status = np.array([levels.spread(floats(levels.rows[name])) for name in STATUSES])
    kabupaten, kecamatan = (_places_of(levels, level) for level in BY_STATUS)
    hidden = np.ones(status.shape, dtype=bool)
    for moment in range(whole.shape[1]):
        table = np.nan_to_num(status[:, kecamatan, moment].T)
        top, below = _hide_statuses(table, hidden_whole[kabupaten[0], moment], hidden_whole[kecamatan, moment], minima)
        hidden[:, kabupaten[0], moment], hidden[:, kecamatan, moment] = top, below.T
    cleared = levels.rows.copy()
    answered = cleared["jumlah"].notna().to_numpy()
    masks = [levels.back(mask) & answered for mask in hidden]
    for name, mask in zip(STATUSES, masks, strict=True):
        cleared[name] = cleared[name].mask(mask)
    without_whole = levels.back(hidden_whole) & answered
    cleared["jumlah"] = cleared["jumlah"].mask(without_whole)
    by_status = cleared["tingkat"].isin(BY_STATUS).to_numpy()
    cases = [without_whole | (np.any(masks, axis=0) & by_status), np.any(masks, axis=0)]
    cleared["catatan"] = np.select(cases, [WITHHELD, NOT_BY_STATUS], default=cleared["catatan"].to_numpy(object))
    return levels.split(cleared)


def _places_of(levels: Levels, level: str) -> Ints:
    return np.unique(levels.place[(levels.rows["tingkat"] == level).to_numpy()])


def _hide_statuses(table: Floats, whole: bool, wholes: Bools, minima: RoomMinima) -> tuple[Bools, Bools]:
    """Return which statuses of the kabupaten and of the kecamatan to hide; `table`: counts[kecamatan, status].

    whole, wholes: where all women of the kabupaten, or of a kecamatan, are hidden. The kecamatan are shown all or none.
    """
    count = table.sum(axis=0)
    top = np.ones(len(count), dtype=bool) if whole else hide_row(count, minima)[0]
    if (count > 0).sum() == 1 and not top.any():  # all have one status: in each kecamatan that is all women
        return top, wholes[:, None] & (count > 0)
    closed = top.any() or wholes.any() or _needs_hiding(table, minima)
    if closed and margins_tell(table, minima):
        top = np.ones(len(count), dtype=bool)
    return top, np.broadcast_to(closed & (top | (count > 0)), table.shape)


def _needs_hiding(table: Floats, minima: RoomMinima) -> bool:
    """True when a part of a table cannot be shown: then none is, because its totals would tell more of the others."""
    return any(hide_row(row, minima)[0].any() for row in table)


def clear_flow(bumil: pd.DataFrame, awal: str, kini: str, ruang: str) -> Cleared:
    """Return the flow of `kek_flow` cleared for a room: the totals of both its statuses are known from `clear_kek`.

    Where all started in one status the flow is the later statuses themselves. Otherwise it is shown whole or not.
    """
    minima = room_minima(ruang, "kek")
    flow = kek_flow(bumil, awal, kini)
    if not minima.cacah:
        return Cleared(flow, ruang)
    table = floats(flow["jumlah"]).reshape(-1, len(STATUSES))
    known = [clear_kek(bumil, ruang, moment)["kabupaten"].table[STATUSES] for moment in (awal, kini)]
    hidden = np.zeros(table.shape, dtype=bool)
    if known[0].isna().any(axis=None):
        hidden[:] = True
    elif (table.sum(axis=1) > 0).sum() == 1:
        hidden[:] = known[1].isna().to_numpy() & (table.sum(axis=1, keepdims=True) > 0)
    elif known[1].isna().any(axis=None) or _needs_hiding(table, minima):
        hidden[:] = (table.sum(axis=1, keepdims=True) > 0) & (known[1].isna().to_numpy() | (table.sum(axis=0) > 0))
    shown = flow["jumlah"].astype("Int64").mask(hidden.ravel())
    return Cleared(flow.assign(jumlah=shown, catatan=np.where(hidden.ravel(), WITHHELD, "")), ruang)


def clear_counts(table: pd.DataFrame, ruang: str, tabel: str, kelompok: Sequence[str]) -> Cleared:
    """Clear a table with the column `jumlah`; rows of one `kelompok` add up to a total that is known.

    Every row of a group must be there, zeros too: which rows are missing would tell. Adds catatan with the reason. In
    `publik`: whole groups that are too small (their `penyebut` with them) or nearly all in one row, small counts, and
    more of the same group until none can be worked out.
    """
    minima = room_minima(ruang, tabel)
    count = floats(table["jumlah"])
    shown = table.assign(jumlah=table["jumlah"].astype("Int64"), catatan="")
    if not minima.cacah:
        return Cleared(shown, ruang)
    for rows in table.groupby(list(kelompok), dropna=False, sort=False).indices.values():
        hidden, few = hide_row(count[rows], minima)
        places = table.index[rows]
        shown.loc[places[hidden], "jumlah"] = pd.NA
        shown.loc[places[hidden], "catatan"] = WITHHELD
        if "penyebut" in shown and few:
            shown["penyebut"] = shown["penyebut"].astype("Int64")
            shown.loc[places, "penyebut"] = pd.NA
    return Cleared(shown, ruang)


def clear_flow_of_status(flow: pd.DataFrame, status: Cleared, awal: str) -> Cleared:
    """Return the flow of `flow_status` cleared for the room of `status`, the cleared counts of both rounds.

    The rows of one status at the start add up to its count by TB/U in `awal`: where that is withheld, they all are.
    """
    counts = status.where(periode=awal, indeks="tbu").table
    withheld = set(counts.loc[counts["jumlah"].isna(), "status"])
    shown = clear_counts(flow, status.ruang, "aliran", ["status_awal"]).table
    hidden = shown["status_awal"].isin(withheld)
    catatan = shown["catatan"].mask(hidden, WITHHELD)
    return Cleared(shown.assign(jumlah=shown["jumlah"].mask(hidden), catatan=catatan), status.ruang)


def clear_sizes(table: pd.DataFrame, ruang: str, columns: Sequence[str]) -> Cleared:
    """Return a table of whole groups with those too small for a room withheld; zero is shown."""
    least = room_minima(ruang, "banyak").penyebut
    sizes = table[list(columns)].astype("Int64")
    return Cleared(table.assign(**sizes.mask((sizes > 0) & (sizes < least))), ruang)
