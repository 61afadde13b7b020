"""Why followed children leave the list or enter it: each reason, and nobody is lost."""

import pytest

from analytics.sasaran import (
    EARLIER,
    ENTRY_REASONS,
    EXIT_REASONS,
    FIRST_SEEN,
    NEWLY,
    NOT_LINKED,
    OVER_AGE,
    RECOVERED,
    STILL,
    UNMEASURED,
    explain_entries,
    explain_exits,
)
from tests.followed import AWAL, KINI, NORMAL, SHORT, TALL, VERY_SHORT, Child, Visit, both_rounds


def exits(
    children: dict[str, Child], awal: str = "a", links: str | None = None, born: str = "2020-01-01"
) -> dict[str, int]:
    before, now, table = both_rounds(children, awal, "", links, born)
    found = explain_exits(before, now, table, KINI)
    assert tuple(found["alasan"]) == EXIT_REASONS
    return {row.alasan: row.jumlah for row in found.itertuples() if row.jumlah}


def entries(children: dict[str, Child], kini: str = "a", links: str | None = None) -> dict[str, int]:
    before, now, table = both_rounds(children, "", kini, links)
    found = explain_entries(before, now, table, AWAL)
    assert tuple(found["alasan"]) == ENTRY_REASONS
    return {row.alasan: row.jumlah for row in found.itertuples() if row.jumlah}


THEN: Visit = ("2022-05-01", SHORT)


@pytest.mark.parametrize(
    ("visits", "born", "reason"),
    [
        ([THEN, ("2022-09-01", NORMAL)], "2020-01-01", RECOVERED),
        ([THEN, ("2022-09-01", TALL)], "2020-01-01", RECOVERED),
        ([THEN, ("2022-09-01", SHORT)], "2020-01-01", STILL),
        ([THEN, ("2022-09-01", VERY_SHORT)], "2020-01-01", STILL),
        ([("2022-03-01", SHORT)], "2020-01-01", UNMEASURED),
        ([THEN, ("2022-09-01", None)], "2020-01-01", UNMEASURED),  # an implausible height tells nothing
        ([THEN, ("2022-09-01", SHORT)], "2017-09-30", OVER_AGE),  # 1826 days on 30 September 2022: 59.99 months
        ([THEN], "2017-01-01", OVER_AGE),
    ],
)
def test_each_reason_to_leave(visits: Child, born: str, reason: str) -> None:
    if born == "2017-09-30":
        assert exits({"a": visits}, born=born) == {STILL: 1}
        born = "2017-09-29"
    assert exits({"a": visits}, born=born) == {reason: 1}


def test_who_is_not_linked_left_for_no_known_reason() -> None:
    assert exits({"a": [THEN, ("2022-09-01", NORMAL)]}, links="") == {NOT_LINKED: 1}
    assert exits({"a": [THEN, ("2022-09-01", NORMAL)], "b": [THEN]}, awal="ab", links="a") == {
        RECOVERED: 1,
        NOT_LINKED: 1,
    }


NOW: Visit = ("2022-09-01", SHORT)


@pytest.mark.parametrize(
    ("visits", "reason"),
    [
        ([THEN, NOW], EARLIER),
        ([("2022-05-01", VERY_SHORT), NOW], EARLIER),
        ([("2022-05-01", NORMAL), NOW], NEWLY),
        ([("2021-06-01", NORMAL), NOW], NEWLY),  # twelve months up to the first round
        ([("2021-05-31", NORMAL), NOW], UNMEASURED),  # known before, but too long ago to say
        ([("2022-05-01", None), NOW], UNMEASURED),
        ([("2022-06-01", NORMAL), NOW], FIRST_SEEN),
        ([NOW], FIRST_SEEN),
        ([("2022-05-01", NORMAL), ("2022-09-01", None)], UNMEASURED),
        ([THEN, ("2022-09-01", None)], UNMEASURED),
        ([("2022-01-01", SHORT)], UNMEASURED),
    ],
)
def test_each_way_to_enter(visits: Child, reason: str) -> None:
    assert entries({"a": visits}) == {reason: 1}


def test_who_is_not_linked_entered_from_nowhere() -> None:
    assert entries({"a": [THEN, NOW]}, links="") == {NOT_LINKED: 1}


def test_who_stays_neither_leaves_nor_enters() -> None:
    children: dict[str, Child] = {"a": [THEN, NOW], "b": [THEN], "c": [NOW]}
    before, now, table = both_rounds(children, "ab", "ac")
    assert explain_exits(before, now, table, KINI)["jumlah"].sum() == 1
    assert explain_entries(before, now, table, AWAL)["jumlah"].sum() == 1
