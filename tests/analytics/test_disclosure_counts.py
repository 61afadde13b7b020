"""What of counts of one total leaves for publik: every completion of what is shown is tried on thousands of groups."""

import itertools
import random

import pandas as pd
import pytest

from analytics.disclosure import COMPLEMENT, NEARLY_ALL, SMALL_COUNT, SMALL_TOTAL
from analytics.disclosure_counts import clear_counts
from config.values import room_minima

MINIMA = room_minima("publik", "status")
COUNTS = (0, 1, 2, 3, 4, 5, 6, 9, 30)


def table_of(groups: list[tuple[int, ...]]) -> pd.DataFrame:
    """Return one row a count; the counts of one group add up to its `penyebut`."""
    rows = [(number, count, sum(group)) for number, group in enumerate(groups) for count in group]
    return pd.DataFrame(rows, columns=["kelompok", "jumlah", "penyebut"])


def cleared(*counts: int, ruang: str = "publik") -> tuple[list[int | None], list[str]]:
    """Return what is shown of one group, and why the rest is not."""
    table = clear_counts(table_of([counts]), ruang, "status", ["kelompok"]).table
    return [None if pd.isna(count) else int(count) for count in table["jumlah"]], table["catatan"].tolist()


@pytest.mark.parametrize(
    ("counts", "shown", "notes"),
    [
        ((20, 13, 0), [20, 13, 0], ["", "", ""]),
        ((20, 13, 3), [20, None, None], ["", COMPLEMENT, SMALL_COUNT]),
        ((20, 3, 2), [20, None, None], ["", SMALL_COUNT, SMALL_COUNT]),
        ((20, 1, 1), [None, None, None], [COMPLEMENT, SMALL_COUNT, SMALL_COUNT]),  # 1 + 1: told by the rest
        ((20, 4, 4), [None, None, None], [COMPLEMENT, SMALL_COUNT, SMALL_COUNT]),
        ((5, 4, 0), [None, None, None], [SMALL_TOTAL] * 3),
        ((5, 5, 0), [5, 5, 0], ["", "", ""]),
        ((4, 4, 4), [None, None, None], [SMALL_TOTAL] * 3),  # nothing could protect them
        ((12, 0, 0), [None, None, None], [NEARLY_ALL] * 3),
        ((29, 0, 0), [None, None, None], [NEARLY_ALL] * 3),
        ((30, 0, 0), [30, 0, 0], ["", "", ""]),
        ((0, 0, 0), [0, 0, 0], ["", "", ""]),
    ],
)
def test_what_is_shown(counts: tuple[int, ...], shown: list[int | None], notes: list[str]) -> None:
    assert cleared(*counts) == (shown, notes)


@pytest.mark.parametrize("ruang", ["rapat", "petugas"])
def test_a_meeting_sees_every_count(ruang: str) -> None:
    assert cleared(1, 2, 0, ruang=ruang) == ([1, 2, 0], ["", "", ""])


def test_a_denominator_that_is_too_small_is_withheld_with_its_group() -> None:
    table = clear_counts(table_of([(5, 4), (30, 3), (12, 0)]), "publik", "status", ["kelompok"]).table
    assert table["penyebut"].isna().tolist() == [True, True, False, False, False, False]


def test_groups_are_told_apart_by_all_their_columns_and_the_order_of_rows_stays() -> None:
    rows = [("a", "x", 3), ("b", "x", 30), ("a", "y", 30), ("b", "y", 7), ("a", "x", 20), ("b", "x", 20), ("b", "y", 8)]
    table = pd.DataFrame(rows, columns=["satu", "dua", "jumlah"], index=range(7, 0, -1))
    shown = clear_counts(table, "publik", "status", ["satu", "dua"]).table
    assert shown["jumlah"].isna().tolist() == [True, False, False, False, True, False, False]
    pd.testing.assert_frame_equal(shown[["satu", "dua"]], table[["satu", "dua"]])
    assert "penyebut" not in shown


def test_an_unknown_room_is_refused_and_an_empty_table_passes() -> None:
    empty = table_of([])
    assert clear_counts(empty, "publik", "status", ["kelompok"]).table.empty
    with pytest.raises(ValueError, match="Ruang"):
        clear_counts(empty, "dapur", "status", ["kelompok"])


def groups_to_attack() -> list[tuple[int, ...]]:
    """Return every group of two to six counts out of COUNTS, whatever their order, in a random order."""
    groups = [group for size in range(2, 7) for group in itertools.combinations_with_replacement(COUNTS, size)]
    random.Random(1).shuffle(groups)
    return groups


def completions(shown: list[int | None], notes: list[str], total: int) -> list[set[int]]:
    """Return for each cell all counts that it can have, knowing the total, the shown cells and what the notes mean."""
    if NEARLY_ALL in notes:
        return [{0, total} for _ in shown]
    any_count = set(range(total + 1))
    meaning = {
        SMALL_COUNT: {count for count in any_count if 0 < count < MINIMA.cacah},
        COMPLEMENT: {count for count in any_count if count == 0 or count >= MINIMA.cacah},
        SMALL_TOTAL: any_count,
    }
    domains = [{count} if count is not None else meaning[note] for count, note in zip(shown, notes, strict=True)]
    before, after = [{0}], [{0}]
    for domain in domains[:-1]:
        before.append({a + b for a in before[-1] for b in domain if a + b <= total})
    for domain in domains[:0:-1]:
        after.append({a + b for a in after[-1] for b in domain if a + b <= total})
    return [
        {count for count in domain if any(total - count - left in right for left in lefts)}
        for domain, lefts, right in zip(domains, before, after[::-1], strict=True)
    ]


def test_no_hidden_count_can_be_worked_out_from_its_group() -> None:
    groups = groups_to_attack()
    table = clear_counts(table_of(groups), "publik", "status", ["kelompok"]).table
    counts = [None if pd.isna(count) else int(count) for count in table["jumlah"]]
    notes, start = table["catatan"].tolist(), 0
    for group in groups:
        shown, why = counts[start : start + len(group)], notes[start : start + len(group)]
        start += len(group)
        possible = completions(shown, why, sum(group))
        for truth, count, values in zip(group, shown, possible, strict=True):
            assert truth in values, (group, shown, why)  # the attack itself is sound
            assert count is not None or truth == 0 or len(values) >= 2, (group, shown, why)
            assert count == truth or count is None
            assert count is None or not 0 < count < MINIMA.cacah, (group, shown)


def test_nothing_is_hidden_without_need() -> None:
    for group in groups_to_attack():
        harmless = not any(0 < count < MINIMA.cacah for count in group)
        if harmless and sum(group) >= MINIMA.hampir_semua:
            shown, _ = cleared(*group)
            assert shown == list(group)
        if len(group) == 3:
            break
    for group in itertools.combinations_with_replacement((0, 5, 6, 9, 30), 4):
        if sum(group) >= MINIMA.penyebut and max(group) < sum(group):
            assert cleared(*group)[0] == list(group)
