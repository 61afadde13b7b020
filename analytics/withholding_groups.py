"""Which groups of a comparison (stayers, leavers, entrants, changes) must stay hidden beside shown shares."""

from dataclasses import dataclass

import numpy as np

from analytics.place_tree import UNBOUNDED, Bools, Bounds, Floats, Ints, Sum, Tree, narrow
from analytics.withholding import Secret, hide_more, is_small
from config.values import RoomMinima

PASSES = 3  # of both rounds and the tree in turn; more found nothing else
SIZES, PARTS, CHANGES = slice(0, 3), slice(3, 7), slice(7, 9)
KINDS = ["tetap", "keluar", "masuk", "tetap_n_awal", "tetap_n_kini", "keluar_n_awal", "masuk_n_kini", "b", "c"]
BESIDE = ["selalu", "tidak_pernah", "tetap_sehat_awal", "tetap_sehat_kini", "keluar_sehat", "masuk_sehat"]
SIDES = ["penyebut_awal", "penyebut_kini", "n_awal", "n_kini"]
ADD_UP = {
    "penyebut_awal": [("tetap", "keluar")],
    "penyebut_kini": [("tetap", "masuk")],
    "n_awal": [("tetap_n_awal", "keluar_n_awal")],
    "n_kini": [("tetap_n_kini", "masuk_n_kini")],
    "tetap": [("tetap_n_awal", "tetap_sehat_awal"), ("tetap_n_kini", "tetap_sehat_kini")],
    "keluar": [("keluar_n_awal", "keluar_sehat")],
    "masuk": [("masuk_n_kini", "masuk_sehat")],
    "tetap_n_awal": [("c", "selalu")],
    "tetap_n_kini": [("b", "selalu")],
    "tetap_sehat_awal": [("b", "tidak_pernah")],
    "tetap_sehat_kini": [("c", "tidak_pernah")],
}
ORDER = {name: place for place, name in enumerate([*KINDS, *BESIDE, *SIDES])}
SUMS: list[Sum] = [([ORDER[part] for part in parts], ORDER[whole]) for whole, ways in ADD_UP.items() for parts in ways]


@dataclass(frozen=True)
class Groups:
    """Counts of a comparison in one place by their column name, each as [row]; zero where nobody answered.

    hidden: which of `SIDES` the shares withhold. telling: rows of which the sizes would tell too much (`sizes_tell`).
    """

    counts: dict[str, Floats]
    hidden: dict[str, Bools]
    telling: Bools


def hide_groups(groups: Groups, minima: RoomMinima) -> tuple[Bools, Bools, Bools]:
    """Return where the sizes of the groups, their parts with the problem, and the changes are hidden.

    Each hides the next with it. tetap, keluar and masuk follow from each other, and so do the parts of a difference:
    they give the share of each group away, so each group must pass by itself.
    """
    secret = _secret(groups, minima)
    hidden = np.ones(secret.count.shape, dtype=bool)
    hidden[:, : len(KINDS)] = _primary(groups, minima)
    for number, name in enumerate(SIDES, start=-len(SIDES)):
        hidden[0, number] = groups.hidden[name]
    nowhere = Tree(["63"], [])
    while True:
        before = hidden.copy()
        for outer, inner in ((SIZES, PARTS), (PARTS, CHANGES)):
            hidden[:, outer] = hidden[:, outer].any(axis=1, keepdims=True)
            hidden[:, inner] |= hidden[:, outer].any(axis=1, keepdims=True)
        hidden[:, CHANGES] = hidden[:, CHANGES].any(axis=1, keepdims=True)
        hidden = hide_more(nowhere, secret, hidden)
        if np.array_equal(hidden, before):
            return hidden[0, SIZES][0], hidden[0, PARTS][0], hidden[0, CHANGES][0]


def _secret(groups: Groups, minima: RoomMinima) -> Secret:
    """Return every count that belongs to a comparison as [one place, kind, row]."""
    known = groups.counts
    count = dict(known)
    count["selalu"] = known["tetap_n_awal"] - known["c"]
    count["tetap_sehat_awal"], count["tetap_sehat_kini"] = (
        known["tetap"] - known[name] for name in ("tetap_n_awal", "tetap_n_kini")
    )
    count["tidak_pernah"] = count["tetap_sehat_awal"] - known["b"]
    count["keluar_sehat"] = known["keluar"] - known["keluar_n_awal"]
    count["masuk_sehat"] = known["masuk"] - known["masuk_n_kini"]
    grid = np.array([count[name] for name in ORDER])
    low, high = np.zeros_like(grid), np.full_like(grid, UNBOUNDED)
    linked = known["tetap"] > 0  # whether there is anybody in both rounds is said
    for name in ("tetap", "tetap_n_awal", "tetap_n_kini", "b", "c"):
        high[ORDER[name]] = np.where(linked, UNBOUNDED, 0.0)
    low[ORDER["tetap"]] = linked
    small = is_small(grid, minima)
    small[len(KINDS) :] = False
    need = Bounds(np.where(small, 1.0, np.inf)[None], np.where(small, minima.cacah - 1.0, -np.inf)[None])
    return Secret(grid[None], Bounds(low[None], high[None]), need, max(minima.kelas, 1), SUMS, len(KINDS))


def _primary(groups: Groups, minima: RoomMinima) -> Bools:
    """Return as [kind, row] what is hidden for its own sake.

    A zero beside a short count of changes is hidden as well: were it shown, hiding (1, 7) would tell it apart from
    (0, 6), since their difference and the verdict are shown.
    """
    known = groups.counts
    hidden = is_small(np.array([known[name] for name in KINDS]), minima)
    hidden[0] |= groups.hidden["penyebut_awal"] | groups.hidden["penyebut_kini"] | groups.telling
    hidden[3] |= groups.hidden["n_awal"] | groups.hidden["n_kini"]
    for number, size in zip(range(3, 7), ("tetap", "tetap", "keluar", "masuk"), strict=True):
        whole, count = known[size], known[KINDS[number]]
        same = (count == whole) & (whole < minima.hampir_semua)
        hidden[number] |= (whole > 0) & ((whole < minima.penyebut) | same)
    fewer, more = np.minimum(known["b"], known["c"]), np.maximum(known["b"], known["c"])
    hidden[7] |= (fewer < minima.cacah) & (more > 0) & ((fewer > 0) | (more < 2 * minima.cacah))
    return hidden


@dataclass(frozen=True)
class Moves:
    """Denominators[place, column] of two rounds, NaN where nobody answered, and what the whole says of each column.

    hidden: which are withheld. keluar, masuk: [column], how many left and entered. level: [place], places of one level
    share these.
    """

    rounds: tuple[Floats, Floats]
    hidden: tuple[Bools, Bools]
    keluar: Floats
    masuk: Floats
    level: Ints

    def across(self, before: Bounds, after: Bounds) -> tuple[Bounds, Bounds]:
        """Return the bounds of both rounds narrowed by how many can have left and entered each place."""
        left, came = (
            self._spare(first.low - second.high, most)
            for first, second, most in ((before, after, self.keluar), (after, before, self.masuk))
        )
        return (
            Bounds(np.maximum(before.low, after.low - came), np.minimum(before.high, after.high + left)),
            Bounds(np.maximum(after.low, before.low - left), np.minimum(after.high, before.high + came)),
        )

    def _spare(self, least: Floats, most: Floats) -> Floats:
        """Return how many can have left each place, if at least `least` left the others of its level."""
        sure = np.maximum(least, 0.0)
        spare = np.empty_like(sure)
        for level in np.unique(self.level):
            mine = self.level == level
            spare[mine] = most - (sure[mine].sum(axis=0) - sure[mine])
        return spare


def sizes_tell(tree: Tree, moves: Moves, minima: RoomMinima) -> Bools:
    """Return the columns in which how many left and entered the whole leaves too little of a hidden denominator.

    Measured against what the denominators of each round tell by themselves.
    """
    counts = [np.nan_to_num(total) for total in moves.rounds]
    free = [Bounds(np.where(of > 0, 1.0, 0.0), np.where(of > 0, UNBOUNDED, 0.0)) for of in counts]
    alone = [
        narrow(tree, of, bounds.where(hidden, of))[1]
        for of, bounds, hidden in zip(counts, free, moves.hidden, strict=True)
    ]
    both = alone
    for _ in range(PASSES):
        across = moves.across(*both)
        both = [narrow(tree, of, bounds)[1] for of, bounds in zip(counts, across, strict=True)]
    tells = np.zeros(counts[0].shape[1], dtype=bool)
    for of, before, now, hidden, prior in zip(counts, alone, both, moves.hidden, free, strict=True):
        fewest = np.maximum(narrow(tree, of, prior)[0].low, before.low)
        most = np.minimum(minima.penyebut - 1.0, before.high)
        tight = (of < minima.penyebut) & ((now.low > fewest) | (now.high < most))
        few = now.width < np.minimum(max(minima.kelas, 1), before.width)
        tells |= (hidden & (tight | few)).any(axis=0)
    return tells
