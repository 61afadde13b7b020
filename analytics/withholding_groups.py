"""Which groups of a comparison (stayers, leavers, entrants, changes, verdicts) must stay hidden beside shown shares."""

import numpy as np
import pandas as pd

from analytics.withholding import Bools, HiddenCells, Ints, floats, hide_counts
from config.values import RoomMinima

# Fewest stayers that must have changed net in one direction before a verdict can be certain (five against none).
FEWEST_CERTAIN = 5
# Sasaran with the problem, and the group among which they are counted.
GROUPS = {"tetap_n_awal": "tetap", "tetap_n_kini": "tetap", "keluar_n_awal": "keluar", "masuk_n_kini": "masuk"}
SIZES = ("tetap", "keluar", "masuk")


def hide_sizes(table: pd.DataFrame, rounds: list[HiddenCells], total: Ints, minima: RoomMinima) -> Bools:
    """Return where tetap, keluar and masuk are hidden: always together, because each follows from another.

    One of them and the denominators, which are shown, give the other two.
    """
    sizes = [floats(table[name]) for name in SIZES]
    hidden = rounds[0].few | rounds[0].without_total | rounds[1].few | rounds[1].without_total
    for size in sizes:
        hidden = hidden | ((size > 0) & (size < minima.cacah))
    for size in sizes:
        hidden = hide_counts(size, hidden, total, minima)
    return hidden


def hide_parts(table: pd.DataFrame, hidden: Bools, total: Ints, minima: RoomMinima) -> Bools:
    """Return where the parts of a difference are hidden: they give the share of each group away, so each must pass."""
    for name, whole in GROUPS.items():
        count, size = floats(table[name]), floats(table[whole])
        small = (size < minima.penyebut) | ((count > 0) & (count < minima.cacah))
        hidden = hidden | ((size > 0) & (small | ((count == size) & (size < minima.hampir_semua))))
    for name in GROUPS:
        hidden = hide_counts(floats(table[name]), hidden, total, minima)
    return hidden


def hide_changes(table: pd.DataFrame, hidden: Bools, total: Ints, minima: RoomMinima) -> Bools:
    """Return where the counts of stayers who changed, and the mid-p that gives them away, are hidden.

    A zero beside a short count is hidden as well: were it shown, hiding (1, 7) would tell it apart from (0, 6), since
    their difference and the verdict are shown.
    """
    b, c = floats(table["b"]), floats(table["c"])
    fewer, more = np.minimum(b, c), np.maximum(b, c)
    hidden = hidden | ((fewer < minima.cacah) & (more > 0) & ((fewer > 0) | (more < 2 * minima.cacah)))
    for count in (b, c):
        hidden = hide_counts(count, hidden, total, minima)
    return hidden


def verdict_tells(table: pd.DataFrame, hidden_sizes: Bools, minima: RoomMinima) -> Bools:
    """Return where a verdict beside shown shares could give away a hidden group.

    A verdict tells the net change of the stayers (none, or at least FEWEST_CERTAIN); with the shown difference of
    counts that bounds entrants less leavers with the problem. They follow when only one pair is left. The answer must
    depend on shown numbers only, whatever the verdict is, or withholding it would tell the verdict. Where the sizes
    are hidden a reader knows them to be small, so the largest that they may be stand for them.
    """
    stay, left, came = (floats(table[name]) for name in SIZES)
    change = floats(table["n_kini"]) - floats(table["n_awal"])
    growth = floats(table["penyebut_kini"]) - floats(table["penyebut_awal"])
    largest = minima.cacah - 1
    left = np.where(hidden_sizes, largest + np.maximum(-growth, 0), left)
    came = np.where(hidden_sizes, largest + np.maximum(growth, 0), came)
    one_pair = (left == 0) | (came == 0) | (change == came) | (change == -left)
    one_pair = one_pair | (came - change == FEWEST_CERTAIN) | (left + change == FEWEST_CERTAIN)
    tells: Bools = (stay > 0) & ((stay < minima.penyebut) | one_pair)
    return tells
