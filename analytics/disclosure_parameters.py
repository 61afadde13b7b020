"""What of the tables of family parameters and of their comparison may leave for a room.

Cells hang together: a place is part of its parent, a round of a comparison, a group (stayers, leavers, entrants) of a
round. All levels are therefore cleared together, and a comparison hides what the shares of its rounds hide.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analytics.comparison import compare_parameters
from analytics.disclosure import KELOMPOK, LEVELS, NEARLY_ALL, WITHHELD, Cleared, Levels, label_bounds
from analytics.notes import NOT_BY_GROUP, NOT_LINKED, SMALL_CHANGE, SMALL_GROUP, note_rounds
from analytics.paired import benjamini_hochberg
from analytics.parameters import tabulate_parameters
from analytics.place_tree import Bools
from analytics.withholding import floats
from analytics.withholding_groups import Groups, Moves, hide_groups, sizes_tell
from analytics.withholding_rates import Rates, hide_rates, hide_totals
from config.values import RoomMinima, room_minima, threshold

RATE = ["n", "persen", "bawah95", "atas95", "pasti"]
BY_GROUP = "kabupaten"  # the level at which publik sees who stayed, left and entered
SIZES = ["tetap", "keluar", "masuk"]
PARTS = ["dari_tetap", "dari_masuk", "dari_keluar", "tetap_n_awal", "tetap_n_kini", "keluar_n_awal", "masuk_n_kini"]
CHANGES = ["p_mcnemar", "b", "c"]


def clear_parameters(
    jawaban: pd.DataFrame, ruang: str, periode: str | None = None, kelompok: pd.DataFrame | None = None
) -> dict[str, Cleared]:
    """Return the shares of `tabulate_parameters` by level, cleared for a room.

    A hidden count keeps its colour where every colour leaves at least minima.kelas counts of that denominator; "hampir
    semua" stays merah. How many were not asked is not told in publik, and `sasaran` is the largest denominator shown:
    with another parameter's denominator they would give a hidden one away. Raises ValueError for a room that does not
    exist.
    """
    minima = room_minima(ruang, "parameter")
    levels = LEVELS if kelompok is None else (*LEVELS, KELOMPOK)
    tables = {level: tabulate_parameters(jawaban, level, periode, kelompok=kelompok) for level in levels}
    if minima.cacah and len(tables["kabupaten"]):
        tables = _withhold(Levels(tables, ["periode", "jenis_sasaran", "parameter"], kelompok), minima)
    return {level: Cleared(table, ruang) for level, table in tables.items()}


def _withhold(levels: Levels, minima: RoomMinima) -> dict[str, pd.DataFrame]:
    n, total = (levels.spread(floats(levels.rows[name])) for name in ("n", "penyebut"))
    limits = [threshold("parameter_kuning").nilai, threshold("parameter_merah").nilai]
    above = [np.floor(np.round(limit * total / 100, 6)) + 1 for limit in limits]  # a limit belongs to the milder colour
    label, shown = label_bounds(n, total, np.array([np.zeros_like(total), *above]), minima)
    alone = Rates(n[:, None], total, label.as_kind(), {0: ()})
    hidden = hide_rates(levels.tree, alone, hide_totals(levels.tree, total, minima), minima)
    masks = (hidden.count[:, 0], hidden.nearly[:, 0], hidden.total)
    count, nearly, without_total = (levels.back(mask) for mask in masks)
    cleared = levels.rows.copy()
    for name in RATE:
        cleared[name] = cleared[name].mask(count)
    cleared["penyebut"] = cleared["penyebut"].mask(without_total)
    unlabelled = without_total | ~(levels.back(shown & hidden.labelled) | nearly)
    cleared["warna"] = cleared["warna"].mask(count & unlabelled)
    cleared["catatan"] = cleared["catatan"].mask(count, WITHHELD).mask(nearly, NEARLY_ALL)
    for name in ("tidak_berlaku", "tidak_ditanya"):
        cleared[name] = cleared[name].mask(np.ones(len(cleared), dtype=bool))
    cleared["sasaran"] = cleared.groupby(["periode", "jenis_sasaran", "kode"])["penyebut"].transform("max")
    return levels.split(cleared)


def clear_comparison(
    jawaban: pd.DataFrame,
    rounds: tuple[str, str],
    tingkat: str,
    shares: Mapping[str, Cleared],
    kelompok: pd.DataFrame | None = None,
) -> Cleared:
    """Return the comparison of two rounds (`compare_parameters`) at a level, cleared for the room of `shares`.

    `shares`: `clear_parameters` of the same answers, both rounds in it. What it withholds is withheld here, with
    everything derived from it. In publik the groups are told for the kabupaten only; the parts of a difference and the
    verdict are shown only if each group they are made of could be shown by itself, the mid-p only if the counts of
    changes could. q_bh is corrected over the values shown.
    """
    ruang = shares[tingkat].ruang
    minima = room_minima(ruang, "perbandingan")
    table = compare_parameters(jawaban, *rounds, tingkat, kelompok=kelompok)
    if not minima.cacah or table.empty:
        return Cleared(table, ruang)
    sides = [_hidden_in(table, shares[tingkat].table, side) for side in ("awal", "kini")]
    telling = _sizes_tell(table, jawaban, kelompok, minima) if tingkat == BY_GROUP else None
    return Cleared(_withhold_groups(table, sides, telling, minima), ruang)


def _sizes_tell(table: pd.DataFrame, jawaban: pd.DataFrame, kelompok: pd.DataFrame | None, minima: RoomMinima) -> Bools:
    """Return the rows of the kabupaten whose group sizes would tell a denominator that a place within it withholds."""
    keys = ["jenis_sasaran", "parameter"]
    named = LEVELS if kelompok is None else (*LEVELS, KELOMPOK)
    tables = {level: tabulate_parameters(jawaban, level, kelompok=kelompok) for level in named}
    levels = Levels(tables, keys, kelompok)
    total, moments = floats(levels.rows["penyebut"]), levels.rows["periode"]
    rounds = [
        levels.spread_some(np.where(total > 0, total, np.nan), (moments == table[side].iloc[0]).to_numpy())
        for side in ("awal", "kini")
    ]
    hidden = [hide_totals(levels.tree, each, room_minima("publik", "parameter"))[0] for each in rounds]
    mine = pd.MultiIndex.from_frame(table[keys])
    order = mine.get_indexer(pd.MultiIndex.from_frame(levels.heads.sort_values("column")[keys]))
    left, came = (floats(table[name])[order] for name in ("keluar", "masuk"))
    height = levels.rows.drop_duplicates("kode").set_index("kode")["tingkat"].reindex(levels.tree.kode)
    moves = Moves((rounds[0], rounds[1]), (hidden[0], hidden[1]), left, came, pd.factorize(height)[0])
    tells = np.zeros(len(table), dtype=bool)
    tells[order] = sizes_tell(levels.tree, moves, minima)
    return tells


def _hidden_in(rows: pd.DataFrame, shares: pd.DataFrame, side: str) -> pd.DataFrame:
    """Return for each row what its round withholds: n, penyebut (bool), catatan (empty where nothing)."""
    keys = ["periode", "jenis_sasaran", "kode", "parameter"]
    mine = rows.assign(periode=rows[side])[keys]
    found = shares.set_index(keys)[["n", "penyebut", "catatan"]].reindex(pd.MultiIndex.from_frame(mine))
    answered = rows[f"penyebut_{side}"].notna().to_numpy()
    hidden = found["n"].isna().to_numpy() & answered
    without_total = found["penyebut"].isna().to_numpy() & answered
    notes = np.where(hidden, found["catatan"].fillna(WITHHELD), "")
    return pd.DataFrame({"n": hidden, "penyebut": without_total, "catatan": notes}, index=rows.index)


def _withhold_groups(
    table: pd.DataFrame, sides: list[pd.DataFrame], telling: Bools | None, minima: RoomMinima
) -> pd.DataFrame:
    by_group = telling is not None
    cleared = table.copy()
    for name, side in zip(("awal", "kini"), sides, strict=True):
        cleared[f"n_{name}"] = cleared[f"n_{name}"].mask(side["n"])
        cleared[f"penyebut_{name}"] = cleared[f"penyebut_{name}"].mask(side["penyebut"])
    cell = (sides[0]["n"] | sides[1]["n"]).to_numpy()
    sizes, parts, changes = (np.ones(len(table), dtype=bool),) * 3
    if telling is not None:
        hidden = {
            f"{name}_{side}": sides[at][name].to_numpy()
            for at, side in enumerate(("awal", "kini"))
            for name in ("n", "penyebut")
        }
        counts = {name: np.nan_to_num(floats(table[name])) for name in (*SIZES, *PARTS[3:], "b", "c", *hidden)}
        sizes, parts, changes = hide_groups(Groups(counts, hidden, telling), minima)
    parts, changes = parts | cell, changes | cell
    unlinked = cell if by_group else np.ones(len(table), dtype=bool)  # an interval is there only without a link
    for names, mask in (
        (["selisih"], cell),
        (["bawah95", "atas95"], unlinked),
        (SIZES, sizes),
        ([*PARTS, "putusan"], parts),
        (CHANGES, changes),
    ):
        for name in names:
            cleared[name] = cleared[name].mask(mask)
    shown = cleared.groupby(["kode", "jenis_sasaran"], sort=False)["p_mcnemar"]
    cleared["q_bh"] = shown.transform(lambda p: benjamini_hochberg(p.to_numpy("float64")))
    cleared["catatan"] = _notes(table, sides, parts & ~cell, changes & ~parts, by_group)
    return cleared


def _notes(rows: pd.DataFrame, sides: list[pd.DataFrame], parts: Bools, changes: Bools, by_group: bool) -> list[str]:
    """Return the remarks: what was noted, what a round withholds, else what is withheld of the groups.

    Where groups are not told it is not said either whether there is anybody in both rounds.
    """
    periods = zip(rows["awal"], rows["kini"], strict=True)
    reasons = zip(sides[0]["catatan"], sides[1]["catatan"], strict=True)
    cells = [note_rounds(pair, names) for pair, names in zip(reasons, periods, strict=True)]
    told = rows["catatan"] if by_group else rows["catatan"].mask(rows["catatan"] == NOT_LINKED, "")
    linked, both = floats(rows["tetap"]) > 0, rows["selisih"].notna().to_numpy()
    small, there = (SMALL_GROUP, linked) if by_group else (NOT_BY_GROUP, both)
    groups = np.select([parts & there, changes & there], [small, SMALL_CHANGE], default="")
    withheld = [cell or group for cell, group in zip(cells, groups, strict=True)]
    return ["; ".join(filter(None, pair)) for pair in zip(told, withheld, strict=True)]
