"""Prevalence by age and sex: parts add up to the whole, and from no shown cell does a withheld one follow."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from analytics.growth import AGE_GROUPS
from analytics.intervals import wilson
from analytics.prevalence import NO_DATA, tabulate_prevalence
from analytics.prevalence_split import SEXES, WHOLE, WITHHELD, split_prevalence
from config.indicators import indicator
from config.values import room_minima
from data.store import current_version, open_store, read_table, reading
from tests.answer_tables import CODES

MONTH = "2022-09"
MINIMA = room_minima("publik", "umur")
STUNTING = indicator("stunting")
SHAPE = (len(AGE_GROUPS) + 1, len(SEXES) + 1)
Cells = list[tuple[int, int]]
"""(cases, children) of every age group and sex, the sexes of an age group side by side."""


def kubus_of(cells: Cells, month: str = MONTH) -> pd.DataFrame:
    """Return a kubus of one desa with these cells; cells without children have no row, as in a real one."""
    grid = [(age, sex) for age in AGE_GROUPS for sex in SEXES]
    rows = [(month, age, sex, n, total) for (age, sex), (n, total) in zip(grid, cells, strict=True) if total]
    table = pd.DataFrame(rows, columns=["bulan", "kelompok_umur", "jk", "n", STUNTING.penyebut])
    columns = list(STUNTING.pembilang)
    return table.assign(kode_desa=CODES[0], **dict.fromkeys(columns[1:], 0)).rename(columns={"n": columns[0]})


def split(cells: Cells, ruang: str = "publik") -> pd.DataFrame:
    return split_prevalence(kubus_of(cells), "stunting", MONTH, ruang).table


def grids(table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return cases and children as [age, sex], the wholes last; missing where withheld or without data."""
    return tuple(table[name].to_numpy("float64", na_value=np.nan).reshape(SHAPE) for name in ("n", "penyebut"))


def withheld(table: pd.DataFrame) -> set[tuple[str, str]]:
    rows = table[table["catatan"] == WITHHELD]
    return set(zip(rows["kelompok_umur"], rows["jk"], strict=True))


LARGE: Cells = [(20, 100)] * 12


@pytest.mark.parametrize("indikator", ["stunting", "wasting", "underweight"])
def test_the_whole_is_that_of_the_kabupaten_and_the_parts_add_up(penyimpanan_contoh: Path, indikator: str) -> None:
    store = open_store(penyimpanan_contoh / "contoh")
    with reading(store) as connection:
        version = current_version(connection, "eppgbm")
    assert version
    kubus = read_table(store, version, "kubus")
    table = split_prevalence(kubus, indikator, MONTH, "rapat").table
    assert list(table) == ["kelompok_umur", "jk", "n", "penyebut", "persen", "bawah95", "atas95", "catatan"]
    for counts in grids(table):
        assert (counts[:, :2].sum(axis=1) == counts[:, 2]).all()
        assert (counts[:-1].sum(axis=0) == counts[-1]).all()
    whole = table.iloc[-1]
    theirs = tabulate_prevalence(kubus, [indikator], "kabupaten", MONTH).iloc[0]
    for name in ("n", "penyebut", "persen", "bawah95", "atas95"):
        assert whole[name] == pytest.approx(theirs[name])


def test_rates_are_of_counts_with_their_wilson_interval() -> None:
    row = split([(7, 40), *LARGE[1:]]).iloc[0]
    lower, upper = wilson(7, 40)
    assert row[["kelompok_umur", "jk", "n", "penyebut"]].tolist() == [AGE_GROUPS[0], "L", 7, 40]
    assert row[["persen", "bawah95", "atas95"]].tolist() == pytest.approx([17.5, 100 * lower, 100 * upper])


def test_groups_without_children_say_so() -> None:
    table = split([(0, 0), (20, 100), (0, 0), (0, 0), *LARGE[4:]])
    rows = table.set_index(["kelompok_umur", "jk"])
    for place in ((AGE_GROUPS[0], "L"), (AGE_GROUPS[1], "P"), (AGE_GROUPS[1], WHOLE)):
        assert rows.loc[place, "catatan"] == NO_DATA
        assert rows.loc[place, ["n", "penyebut", "persen", "bawah95", "atas95"]].isna().all()
    nothing = split_prevalence(kubus_of(LARGE), "stunting", "2019-01", "publik").table
    assert len(nothing) == len(table) and (nothing["catatan"] == NO_DATA).all()


def test_a_small_count_hides_the_other_sex_and_a_second_age_group() -> None:
    table = split([(3, 100), *LARGE[1:]])
    ages = {age for age, _ in withheld(table)}
    assert len(ages) == 2 and AGE_GROUPS[0] in ages
    assert withheld(table) == {(age, sex) for age in ages for sex in SEXES}  # the wholes stay
    hidden = table["catatan"] == WITHHELD
    assert table.loc[hidden, ["n", "persen", "bawah95", "atas95"]].isna().all(axis=None)
    assert table.loc[~hidden, ["n", "penyebut", "persen", "bawah95", "atas95"]].notna().all(axis=None)


def test_zero_cases_may_be_shown() -> None:
    assert withheld(split([(0, 100), *LARGE[1:]])) == set()


def test_a_small_age_group_is_hidden_whole_with_another_one() -> None:
    table = split([(2, 100), (2, 100), *LARGE[2:]])
    ages = {age for age, sex in withheld(table) if sex == WHOLE}
    assert len(ages) == 2 and AGE_GROUPS[0] in ages


@pytest.mark.parametrize("ruang", ["rapat", "petugas"])
def test_a_meeting_sees_everything(ruang: str) -> None:
    assert withheld(split([(1, 3), *LARGE[1:]], ruang)) == set()


def test_a_kabupaten_with_hardly_anybody_shows_nothing() -> None:
    table = split([(1, 4), *[(0, 0)] * 11])
    assert table["n"].isna().all() and table["penyebut"].isna().all()
    few_boys = split([(1, 4) if place % 2 == 0 else (9, 40) for place in range(2)] + [(0, 0), (9, 40)] * 5)
    assert few_boys.loc[few_boys["jk"] != WHOLE, "n"].isna().all()


def reach(table: pd.DataFrame, name: str, cell: int) -> float:
    """Return how far apart the smallest and the largest value of a withheld count are, given all that is shown.

    Unknown are cases and children of every cell; the sums of both and cases <= children hold.
    """
    size = SHAPE[0] * SHAPE[1]
    places = np.arange(size).reshape(SHAPE)
    sums = [(places[age, :2], places[age, 2]) for age in range(SHAPE[0])]
    sums += [(places[:-1, sex], places[-1, sex]) for sex in range(SHAPE[1])]
    equations = np.zeros((2 * len(sums), 2 * size))
    for line, (parts, whole) in enumerate(sums):
        for half, offset in enumerate((0, size)):
            equations[2 * line + half, offset + parts] = 1
            equations[2 * line + half, offset + whole] = -1
    at_most = np.hstack([np.eye(size), -np.eye(size)])
    bounds = []
    for column in ("n", "penyebut"):
        for count, note in zip(table[column], table["catatan"], strict=True):
            known = 0 if note == NO_DATA else count
            bounds.append((0, None) if pd.isna(known) else (known, known))
    target = np.zeros(2 * size)
    target[cell + (size if name == "penyebut" else 0)] = 1
    ends = []
    for sign in (1, -1):
        found = linprog(sign * target, at_most, np.zeros(size), equations, np.zeros(len(equations)), bounds)
        assert found.status in (0, 3)
        ends.append(np.inf if found.status == 3 else found.fun)
    return -ends[1] - ends[0] if np.inf not in ends else np.inf


COUNTS = st.tuples(st.sampled_from([0, 0, 1, 3, 4, 5, 8, 25]), st.sampled_from([0, 6, 9, 10, 28, 100])).map(
    lambda pair: (min(pair), pair[1])
)
BACKGROUND = st.sampled_from([(0, 100), (5, 100), (20, 100)])


@st.composite
def grids_with_odd_cells(draw: st.DrawFn) -> Cells:
    """Draw twelve cells: large ones of one kind with a few odd ones in between, or odd ones all over."""
    odd = draw(st.dictionaries(st.integers(0, 11), COUNTS, min_size=1, max_size=draw(st.sampled_from([1, 2, 4, 12]))))
    usual = draw(BACKGROUND)
    return [odd.get(place, usual) for place in range(12)]


@settings(deadline=None, max_examples=60)
@given(grids_with_odd_cells())
@example([(3, 100), (8, 100), *[(0, 100)] * 10])  # no other age group has cases to hide behind
@example([(0, 100), (3, 100), (20, 100), (0, 0), *[(30, 100)] * 8])
@example([(0, 0), *[(0, 100)] * 2, (0, 0), (0, 6), *[(0, 100)] * 7])  # boys only: their count is the whole
@example([*[(0, 0)] * 5, (0, 100), (0, 0), (0, 100), (0, 0), (0, 100), (0, 100), (0, 6)])  # boys in one age group only
def test_no_small_count_follows_from_what_is_shown(cells: Cells) -> None:
    n, total = grids(split(cells, "rapat"))
    table = split(cells)
    shown = table["n"].notna().to_numpy()
    small = ((n > 0) & (n < MINIMA.cacah)).ravel()
    few = ((total > 0) & (total < MINIMA.penyebut)).ravel()
    assert not (shown & (small | few)).any()
    for name, secret in (("n", small), ("penyebut", few)):
        for cell in np.flatnonzero(secret)[:3]:
            assert reach(table, name, int(cell)) >= 1 - 1e-6, (name, cell)


def test_a_table_of_large_counts_is_shown_whole() -> None:
    assert withheld(split(LARGE)) == set()
