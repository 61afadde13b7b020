"""What of the tables of family parameters, of their comparison and of KEK may leave for a room.

Cells hang together: a place is part of its parent, a round of a comparison, a group (stayers, leavers, entrants) of a
round. Clear whole levels: a table already limited to a part of the places lacks the siblings that protect each other,
so give the part as `wilayah` here instead.
"""

import numpy as np
import pandas as pd

from analytics.disclosure import COMPLEMENT, NEARLY_ALL, SMALL_COUNT, SMALL_TOTAL, Cleared
from analytics.kek import STATUSES
from analytics.notes import ALL_THE_SAME, SMALL_CHANGE, SMALL_GROUP, note_rounds
from analytics.paired import benjamini_hochberg
from analytics.parameters import colour_of
from analytics.withholding import (
    NO_TOTAL,
    UNBOUNDED,
    Bools,
    Floats,
    Guarded,
    HiddenCells,
    Ints,
    floats,
    hide_counts,
    hide_crossed,
    hide_more,
    hide_rates,
    totals_of,
)
from analytics.withholding_groups import hide_changes, hide_parts, hide_sizes, verdict_tells
from config.values import RoomMinima, room_minima


def clear_parameters(table: pd.DataFrame, ruang: str, wilayah: str | None = None) -> Cleared:
    """Clear a table of `tabulate_parameters` (a whole level) for a room; `wilayah` keeps the places within it.

    A small count keeps its colour where that leaves at least minima.kelas counts possible; "hampir semua" stays merah.
    Raises ValueError for a room that does not exist.
    """
    minima = room_minima(ruang, "parameter")
    total = totals_of(table, ["periode", "jenis_sasaran", "parameter"])
    n, asked = floats(table["n"]), floats(table["penyebut"])
    hidden = _hide_share(n, asked, total, minima)
    shown = table.copy()
    for name in ("n", "persen", "bawah95", "atas95", "pasti"):
        shown[name] = shown[name].mask(hidden.any)
    without_total = hidden.few | hidden.without_total
    shown["penyebut"] = shown["penyebut"].mask(without_total)
    told = _possible_counts(n, asked, minima).sum(axis=0) >= minima.kelas
    shown["warna"] = shown["warna"].mask(hidden.few | hidden.extra | (hidden.small & ~told))
    shown["catatan"] = shown["catatan"].mask(hidden.any, pd.Series(_reasons(hidden), index=table.index))
    for name in ("tidak_berlaku", "tidak_ditanya"):
        shown[name] = shown[name].mask(hide_counts(floats(table[name]), without_total, total, minima))
    return Cleared(_within(shown, wilayah), ruang)


def clear_comparison(table: pd.DataFrame, ruang: str, wilayah: str | None = None) -> Cleared:
    """Clear a table of `compare_parameters` (a whole level) or `tell_parameter` for a room.

    A cell withheld from `clear_parameters` is withheld here, with everything derived from it. The parts of a difference
    are shown only if each group they are made of could be shown by itself; the mid-p only if the counts of changes
    could; a verdict unless it would tell such a group. q_bh is corrected over the values shown.
    """
    minima = room_minima(ruang, "perbandingan")
    total = totals_of(table, ["jenis_sasaran", "parameter"])
    rounds = [_hide_round(table, side, total, ruang) for side in ("awal", "kini")]
    shown = table.copy()
    for side, hidden in zip(("awal", "kini"), rounds, strict=True):
        shown[f"n_{side}"] = shown[f"n_{side}"].mask(hidden.any)
        shown[f"penyebut_{side}"] = shown[f"penyebut_{side}"].mask(hidden.few | hidden.without_total)
    cell = rounds[0].any | rounds[1].any
    sizes = hide_sizes(table, rounds, total, minima)
    parts = hide_parts(table, cell | sizes, total, minima)
    changes = hide_changes(table, parts, total, minima)
    verdict = cell | (parts & verdict_tells(table, sizes, minima))
    withheld = {
        "selisih bawah95 atas95": cell,
        "tetap keluar masuk": sizes,
        "dari_tetap dari_masuk dari_keluar tetap_n_awal tetap_n_kini keluar_n_awal masuk_n_kini": parts,
        "p_mcnemar b c": changes,
        "putusan": verdict,
    }
    for names, mask in withheld.items():
        for name in names.split():
            shown[name] = shown[name].mask(mask)
    if "q_bh" in shown and changes.any():
        groups = shown.groupby(["tingkat", "kode", "jenis_sasaran"], sort=False)["p_mcnemar"]
        shown["q_bh"] = groups.transform(lambda p: benjamini_hochberg(p.to_numpy("float64")))
    shown["catatan"] = _comparison_notes(table, rounds, parts & ~cell, changes & ~parts)
    return Cleared(_within(shown, wilayah), ruang)


def clear_kek(table: pd.DataFrame, ruang: str, wilayah: str | None = None) -> Cleared:
    """Clear a table of `tabulate_kek` (a whole level) for a room: statuses add up to jumlah, places to their parent."""
    minima = room_minima(ruang, "kek")
    count, whole = np.column_stack([floats(table[name]) for name in STATUSES]), floats(table["jumlah"])
    total = totals_of(table, ["periode"])
    few = whole < minima.penyebut
    least, most = np.where(few, 1.0, minima.penyebut), np.where(few, minima.penyebut - 1.0, UNBOUNDED)
    rows = hide_more(Guarded(whole, least, most, total), few)
    same = (count == whole[:, None]).any(axis=1) & (whole < minima.hampir_semua) & ~rows
    row_total = np.where(rows, NO_TOTAL, np.arange(len(table)))
    columns = np.where(total[:, None] == NO_TOTAL, NO_TOTAL, total[:, None] * len(STATUSES) + np.arange(len(STATUSES)))
    hidden = np.zeros(count.shape, dtype=bool)
    for period in table.groupby("periode", sort=False).indices.values():
        hidden[period] = hide_crossed(count[period], (rows | same)[period], row_total[period], columns[period], minima)
    small = (hidden & (count > 0) & (count < minima.cacah)).any(axis=1)
    shown = table.copy()
    for place, name in enumerate(STATUSES):
        shown[name] = shown[name].mask(hidden[:, place])
    shown["jumlah"] = shown["jumlah"].mask(rows)
    reasons = [few, rows, same, small, hidden.any(axis=1)]
    labels = [SMALL_TOTAL, COMPLEMENT, ALL_THE_SAME, SMALL_COUNT, COMPLEMENT]
    shown["catatan"] = np.select(reasons, labels, default=table["catatan"].to_numpy(object))
    return Cleared(_within(shown, wilayah), ruang)


def clear_flow(flow: pd.DataFrame, ruang: str) -> Cleared:
    """Clear a table of `kek_flow` for a room: the totals of both its statuses are known from `clear_kek`."""
    minima = room_minima(ruang, "kek")
    count = floats(flow["jumlah"]).reshape(-1, len(STATUSES))
    whole = count.sum(axis=1)
    few = (whole > 0) & (whole < minima.penyebut)
    same = (count == whole[:, None]).any(axis=1) & (whole > 0) & (whole < minima.hampir_semua)
    columns = np.broadcast_to(np.arange(len(STATUSES)), count.shape)
    hidden = hide_crossed(count, few | same, np.arange(len(count)), columns, minima)
    small = (count > 0) & (count < minima.cacah)
    rows = [np.repeat(mask, len(STATUSES)) for mask in (few, same)]
    labels = [SMALL_TOTAL, ALL_THE_SAME, SMALL_COUNT, COMPLEMENT]
    notes = np.select([*rows, small.ravel(), hidden.ravel()], labels, default="")
    return Cleared(flow.assign(jumlah=flow["jumlah"].astype("Int64").mask(hidden.ravel()), catatan=notes), ruang)


def _within(table: pd.DataFrame, wilayah: str | None) -> pd.DataFrame:
    if wilayah is None:
        return table
    kode = table["kode"].astype("str")
    return table[(kode == wilayah) | kode.str.startswith(f"{wilayah}.")].reset_index(drop=True)


def _possible_counts(n: Floats, asked: Floats, minima: RoomMinima) -> Bools:
    """Return [count - 1, row]: whether a small count would have the colour of the row."""
    with np.errstate(divide="ignore", invalid="ignore"):
        mine = colour_of(100 * n / asked)
        return np.array([colour_of(100 * count / asked) == mine for count in range(1, max(minima.cacah, 2))])


def _hide_share(n: Floats, asked: Floats, total: Ints, minima: RoomMinima) -> HiddenCells:
    """Return what is withheld of shares whose colour is shown beside a small count where that is safe."""
    possible = _possible_counts(n, asked, minima)
    told = possible.sum(axis=0) >= minima.kelas
    lowest = np.where(told, 1.0 + possible.argmax(axis=0), 1.0)
    highest = np.where(told, len(possible) - possible[::-1].argmax(axis=0), len(possible))
    return hide_rates(n, asked, total, minima, (lowest, highest.astype(float)))


def _hide_round(table: pd.DataFrame, side: str, total: Ints, ruang: str) -> HiddenCells:
    """Return what is withheld of one round: by the rules of the parameter table and by those of the comparison."""
    n, asked = floats(table[f"n_{side}"]), floats(table[f"penyebut_{side}"])
    one, two = (_hide_share(n, asked, total, room_minima(ruang, name)) for name in ("parameter", "perbandingan"))
    masks = {name: getattr(one, name) | getattr(two, name) for name in HiddenCells.__dataclass_fields__}
    return HiddenCells(**masks)


def _reasons(hidden: HiddenCells) -> np.ndarray:
    masks = [hidden.few, hidden.small, hidden.nearly, hidden.extra]
    return np.select(masks, [SMALL_TOTAL, SMALL_COUNT, NEARLY_ALL, COMPLEMENT], default="").astype(object)


def _comparison_notes(table: pd.DataFrame, rounds: list[HiddenCells], parts: Bools, changes: Bools) -> list[str]:
    """Return the remarks: what a round withholds first, else what is withheld of the groups, after what was noted."""
    periods = list(zip(table["awal"], table["kini"], strict=True))
    reasons = zip(*(_reasons(hidden) for hidden in rounds), strict=True)
    cells = [note_rounds(pair, names) for pair, names in zip(reasons, periods, strict=True)]
    linked = floats(table["tetap"]) > 0
    groups = np.select([parts & linked, changes & linked], [SMALL_GROUP, SMALL_CHANGE], default="")
    withheld = [cell or group for cell, group in zip(cells, groups, strict=True)]
    return ["; ".join(filter(None, pair)) for pair in zip(table["catatan"], withheld, strict=True)]
