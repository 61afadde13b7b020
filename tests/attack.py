"""What a reader can work out: every published number is an equation, every hidden one an unknown; bounds by linear programs."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import linprog
from scipy.sparse import csr_array

from analytics.disclosure import NEARLY_ALL

Cell = tuple[object, ...]
Terms = Mapping[Cell, float]
Range = tuple[float, float]
Floats = npt.NDArray[np.float64]
NOWHERE = 1e6
NEAR = 1e-6
LEAST, WHOLE = 3, 30  # counts that a withheld cell leaves at least; denominators below say "nearly all"


@dataclass
class Attack:
    """Shown cells are numbers, hidden ones unknowns between bounds; sums and orders tie them together."""

    shown: dict[Cell, float] = field(default_factory=dict)
    hidden: dict[Cell, Range] = field(default_factory=dict)
    equations: list[tuple[Terms, float]] = field(default_factory=list)
    orders: list[tuple[Terms, float]] = field(default_factory=list)

    def see(self, cell: Cell, value: float | None, low: float = 0.0, high: float = NOWHERE) -> None:
        """Note what is published of a cell: its value, or the bounds that its label gives away."""
        if value is None:
            self.hidden[cell] = (low, high)
        else:
            self.shown[cell] = float(value)

    def sums(self, whole: Cell, parts: Iterable[Cell], beyond: float = 0.0) -> None:
        """Note that the parts and a known number beyond them add up to the whole; unseen cells are left out."""
        self.equal({whole: -1.0} | dict.fromkeys(parts, 1.0), -beyond)

    def at_most(self, small: Cell, large: Cell) -> None:
        """Note that one cell is never more than another."""
        self.limit({small: 1.0, large: -1.0}, 0.0)

    def equal(self, terms: Terms, total: float) -> None:
        """Note that a weighted sum of cells is a known number."""
        self._note(self.equations, terms, total)

    def limit(self, terms: Terms, total: float) -> None:
        """Note that a weighted sum of cells is at most a known number."""
        self._note(self.orders, terms, total)

    def _note(self, where: list[tuple[Terms, float]], terms: Terms, total: float) -> None:
        known = sum(weight * self.shown[cell] for cell, weight in terms.items() if cell in self.shown)
        unknown = {cell: weight for cell, weight in terms.items() if cell in self.hidden}
        if unknown:
            where.append((unknown, total - known))
        elif all(cell in self.shown for cell in terms):
            wrong = known - total if where is self.orders else abs(known - total)
            assert wrong < NEAR, (terms, total)  # what is published contradicts itself

    def contradicts(self, truth: Mapping[Cell, float]) -> list[str]:
        """Return what is noted of hidden cells that their true values break: then the attack itself is wrong."""
        wrong = [
            f"{c}: {truth[c]} not in {ends}" for c, ends in self.hidden.items() if not ends[0] <= truth[c] <= ends[1]
        ]
        for notes, equal in ((self.equations, True), (self.orders, False)):
            for terms, total in notes:
                gap = sum(weight * truth[cell] for cell, weight in terms.items()) - total
                if gap > NEAR or (equal and gap < -NEAR):
                    wrong.append(f"{terms}: {total}, not {total + gap}")
        return wrong

    def tight(self, needed: Mapping[Cell, Range], least: Mapping[Cell, float]) -> dict[Cell, Range]:
        """Return the range of each cell that does not reach `needed`, or holds fewer counts than `least`.

        A cell is looked at no further once the solutions found for others already show enough of it.
        """
        found: dict[Cell, Range] = {}
        for block in self._blocks():
            asked = [cell for cell in block if cell in needed or cell in least]
            if asked:
                found |= _Program(self, block).tight(asked, needed, least)
        return found

    def intervals(self) -> dict[Cell, Range]:
        """Return the least and the most that each hidden cell can be, as whole numbers."""
        found = {}
        for block in self._blocks():
            program = _Program(self, block)
            found |= {cell: program.range_of(cell) for cell in block}
        return found

    def range_of(self, cell: Cell) -> Range:
        """Return the least and the most that one hidden cell can be."""
        (block,) = (block for block in self._blocks() if cell in block)
        return _Program(self, block).range_of(cell)

    def _blocks(self) -> list[list[Cell]]:
        """Return the hidden cells in groups that no equation ties to another group."""
        head = {cell: cell for cell in self.hidden}

        def top(cell: Cell) -> Cell:
            while head[cell] != cell:
                head[cell] = head[head[cell]]
                cell = head[cell]
            return cell

        for terms, _ in (*self.equations, *self.orders):
            first, *others = terms
            for other in others:
                head[top(other)] = top(first)
        groups: dict[Cell, list[Cell]] = {}
        for cell in self.hidden:
            groups.setdefault(top(cell), []).append(cell)
        return list(groups.values())


class _Program:
    """The linear programs over one block of hidden cells, and the extremes seen in their solutions so far."""

    def __init__(self, attack: Attack, cells: list[Cell]) -> None:
        self.place = {cell: number for number, cell in enumerate(cells)}
        self.limits = [attack.hidden[cell] for cell in cells]
        self.lines = [*self._matrix(attack.orders), *self._matrix(attack.equations)]
        self.low, self.high = np.full(len(cells), np.inf), np.full(len(cells), -np.inf)

    def _matrix(self, notes: list[tuple[Terms, float]]) -> tuple[csr_array | None, Floats | None]:
        mine = [(terms, total) for terms, total in notes if next(iter(terms)) in self.place]
        if not mine:
            return None, None
        triples = [
            (row, self.place[cell], weight) for row, (terms, _) in enumerate(mine) for cell, weight in terms.items()
        ]
        rows, columns, weights = zip(*triples, strict=True)
        return csr_array((weights, (rows, columns)), shape=(len(mine), len(self.place))), np.array([b for _, b in mine])

    def end(self, number: int, sign: int) -> float:
        """Return the least (sign 1) or the most (-1) that a cell can be."""
        aim = np.zeros(len(self.place))
        aim[number] = sign
        answer = linprog(aim, *self.lines, bounds=self.limits, method="highs-ds")
        assert answer.status == 0, (list(self.place)[number], answer.message)  # what is published contradicts itself
        np.minimum(self.low, answer.x, out=self.low)
        np.maximum(self.high, answer.x, out=self.high)
        return float(answer.x[number])

    def range_of(self, cell: Cell) -> Range:
        number = self.place[cell]
        low, high = (self.end(number, sign) for sign in (1, -1))
        return float(np.ceil(low - NEAR)), float(np.floor(high + NEAR))

    def tight(self, asked: list[Cell], needed: Mapping[Cell, Range], least: Mapping[Cell, float]) -> dict[Cell, Range]:
        found = {}
        for cell in asked:
            number = self.place[cell]
            want, counts = needed.get(cell, (np.inf, -np.inf)), least.get(cell, 0)
            seen = self.low[number] - NEAR, self.high[number] + NEAR
            if seen[0] <= want[0] and seen[1] >= want[1] and np.floor(seen[1]) - np.ceil(seen[0]) + 1 >= counts:
                continue
            low, high = self.range_of(cell)
            if low > want[0] or high < want[1] or high - low + 1 < counts:
                found[cell] = (low, high)
        return found


class Told:
    """What must stay possible of each hidden cell, and which cells are told more closely than that."""

    def __init__(self) -> None:
        self.true: dict[Cell, float] = {}
        self.small: dict[Cell, Range] = {}
        self.least: dict[Cell, float] = {}

    def note(self, cell: Cell, true: float, small: int, least: int, fewest: int = 1) -> None:
        """Note a hidden cell: of one below `small` all counts from `fewest` on must stay possible, `least` always."""
        self.true[cell], self.least[cell] = true, least
        if 0 < true < small:
            self.small[cell] = fewest, small - 1

    def found(self, system: Attack) -> dict[Cell, tuple[float, ...]]:
        """Return {cell: true value, least, most} where a reader knows more than allowed; labels alone never count."""
        ends = {cell: system.hidden[cell] for cell in self.true}
        needed = {c: (max(low, ends[c][0]), min(high, ends[c][1])) for c, (low, high) in self.small.items()}
        least = {c: min(count, ends[c][1] - ends[c][0] + 1) for c, count in self.least.items()}
        return {cell: (self.true[cell], *ends) for cell, ends in system.tight(needed, least).items()}

    def beyond(self, system: Attack, without: Attack) -> dict[Cell, tuple[float, ...]]:
        """Return the cells of `found` that a smaller part of what is published does not tell as closely already."""
        again = Told()
        found = self.found(system)
        for cell in found:
            low, high = without.range_of(cell)
            again.true[cell], again.least[cell] = self.true[cell], min(self.least[cell], high - low + 1)
            if cell in self.small:
                again.small[cell] = max(self.small[cell][0], low), min(self.small[cell][1], high)
        return again.found(system) if found else {}


def inside(codes: Iterable[str], kode: str, kelompok: pd.DataFrame | None = None) -> list[str]:
    """Return the desa among `codes` that lie in a place."""
    members = set() if kelompok is None else set(kelompok.loc[kelompok["kode"] == kode, "kode_desa"])
    return [
        desa for desa in codes if len(desa) == len("63.11.01.2001") and (desa in members or desa.startswith(f"{kode}."))
    ]


def places_above(codes: list[str], kelompok: pd.DataFrame | None = None) -> list[tuple[str, list[str]]]:
    """Return every way a place is the sum of others: the kabupaten of kecamatan, these of desa and of kelompok, etc."""
    group_of = {} if kelompok is None else dict(zip(kelompok["kode_desa"], kelompok["kode"], strict=True))
    sums: dict[tuple[str, object], list[str]] = {}
    for kode in codes:
        above, _, last = kode.rpartition(".")
        sums.setdefault((above, last[:1] == "K"), []).append(kode)
        if kode in group_of:
            sums.setdefault((group_of[kode], "anggota"), []).append(kode)
    return [(whole, parts) for (whole, _), parts in sums.items() if whole in codes]


def hidden_range(row: Any, label: object, label_of: Callable[[Floats], npt.NDArray[Any]]) -> Range:
    """Return the bounds of a withheld count that its row gives away: denominator, "nearly all", class or colour.

    `label` is the class or colour shown (or missing); `label_of` gives those of percentages. The numbers are the rule
    of room publik, written again on purpose: the attack does not believe the code it attacks.
    """
    if pd.isna(row.penyebut):
        return 0, NOWHERE
    if row.catatan == NEARLY_ALL:
        return row.penyebut - LEAST + 1, row.penyebut
    if pd.isna(label):
        return 0, row.penyebut
    possible = np.flatnonzero(label_of(100 * np.arange(row.penyebut + 1) / row.penyebut) == label)
    return possible.min(), min(possible.max(), row.penyebut - LEAST if row.penyebut < WHOLE else row.penyebut)
