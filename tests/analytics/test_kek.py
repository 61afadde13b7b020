"""Pregnant women with KEK: the LiLA limit, the latest status, sums by place, the flow of the first ones registered."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.kek import (
    BORN,
    COLUMNS,
    FLOW_COLUMNS,
    LEFT,
    NORMAL,
    NOT_YET,
    STATUSES,
    WATCHED,
    judge_status,
    kek_flow,
    tabulate_kek,
)
from analytics.notes import NO_WOMAN, SOME_UNJUDGED
from tests.answer_tables import AWAYAN, HALONG, JUAI, women


@pytest.mark.parametrize(
    ("status", "lila_cm", "expected"),
    [
        (None, 23.4, WATCHED),
        (None, 23.5, NORMAL),
        (None, 23.6, NORMAL),
        (BORN, 20.0, BORN),
        (LEFT, None, LEFT),
        (WATCHED, 25.0, WATCHED),
    ],
)
def test_a_missing_status_is_judged_strictly_below_the_limit(
    status: str | None, lila_cm: float | None, expected: str
) -> None:
    judged = judge_status(pd.Series([status], dtype="str"), pd.Series([lila_cm], dtype="float64"))
    assert judged.tolist() == [expected]


def test_without_status_and_lila_nothing_is_judged() -> None:
    assert judge_status(pd.Series([None], dtype="str"), pd.Series([None], dtype="float64")).isna().all()


def report() -> pd.DataFrame:
    """65 women watched in May 2022; in December 17 are normal, 27 have given birth normally, 21 are still watched."""
    now = [NORMAL] * 17 + [BORN] * 27
    rows = [(f"ibu-{number}", JUAI[number % 5], "2022-05-10", WATCHED, 22.0) for number in range(65)]
    rows += [(f"ibu-{number}", JUAI[number % 5], "2022-12-05", status, 24.0) for number, status in enumerate(now)]
    return women(rows)


def test_a_woman_once_registered_stays_counted_with_her_latest_status() -> None:
    table = tabulate_kek(report(), "kabupaten")
    assert list(table.columns) == COLUMNS
    assert table[["periode", *STATUSES, "jumlah"]].to_numpy().tolist() == [
        ["2022-05", 0, 0, 65, 0, 65],
        ["2022-12", 17, 27, 21, 0, 65],
    ]


def test_the_flow_follows_the_women_of_the_first_period() -> None:
    late = women([("baru", JUAI[0], "2022-11-01", None, 23.0)])
    flow = kek_flow(pd.concat([report(), late]), "2022-05", "2022-12")
    assert list(flow.columns) == FLOW_COLUMNS
    counts = flow.set_index(["status_awal", "status_kini"])["jumlah"]
    assert counts[WATCHED].to_dict() == {NORMAL: 17, BORN: 27, WATCHED: 21, LEFT: 0}
    assert counts[NOT_YET].to_dict() == {NORMAL: 0, BORN: 0, WATCHED: 1, LEFT: 0}
    assert (counts.sum(), len(flow)) == (66, 20)


def test_the_flow_of_an_area_and_the_wrong_order() -> None:
    assert kek_flow(report(), "2022-05", "2022-12", "63.11.01")["jumlah"].sum() == 65
    assert kek_flow(report(), "2022-05", "2022-12", "63.11.02")["jumlah"].sum() == 0
    assert kek_flow(report(), "2022-05", "2022-12", JUAI[0])["jumlah"].sum() == 13
    with pytest.raises(ValueError, match="lebih awal"):
        kek_flow(report(), "2022-12", "2022-05")


def test_a_woman_who_moves_is_counted_where_her_latest_record_lies() -> None:
    rows = [("a", JUAI[0], "2022-05-01", WATCHED, 22.0), ("a", HALONG[0], "2022-09-01", WATCHED, 22.5)]
    table = tabulate_kek(women(rows), "kecamatan").set_index(["periode", "kode"])
    assert table["jumlah"].dropna().to_dict() == {("2022-05", "63.11.01"): 1, ("2022-09", "63.11.02"): 1}
    assert len(table) == 16
    assert set(table.loc[table["jumlah"].isna(), "catatan"]) == {NO_WOMAN}


def test_of_two_records_of_one_day_the_later_row_counts_and_an_empty_one_takes_nothing_away() -> None:
    rows = [
        ("a", JUAI[0], "2022-05-01", WATCHED, 22.0), ("a", JUAI[0], "2022-05-01", NORMAL, 24.0),
        ("a", JUAI[0], "2022-05-20", None, None), ("b", JUAI[0], "2022-05-20", None, None),
    ]  # fmt: skip
    row = tabulate_kek(women(rows), "kabupaten").iloc[0]
    assert row[[*STATUSES, "jumlah"]].tolist() == [1, 0, 0, 0, 1]
    assert row["catatan"] == SOME_UNJUDGED


def test_a_period_without_records_gives_no_row() -> None:
    assert tabulate_kek(report(), "kabupaten", "2022-12")["periode"].tolist() == ["2022-12"]
    empty = tabulate_kek(report(), "kabupaten", "2030-01")
    assert empty.empty and list(empty.columns) == COLUMNS
    with pytest.raises(ValueError, match=r"99\.99"):
        tabulate_kek(report(), "kecamatan", wilayah="99.99")


record = st.tuples(
    st.integers(0, 15).map(str),
    st.sampled_from([JUAI[0], JUAI[1], HALONG[0], AWAYAN[0]]),
    st.sampled_from(["2022-05-03", "2022-09-10", "2022-12-20"]),
    st.sampled_from([*STATUSES, None]),
    st.sampled_from([21.0, 23.5, 26.0]),
)


@settings(deadline=None, max_examples=60)
@given(st.lists(record, min_size=1, max_size=40))
def test_statuses_sum_to_all_women_and_places_to_the_kabupaten(rows: list[tuple[str, str, str, str, float]]) -> None:
    table = women(rows)
    whole = tabulate_kek(table, "kabupaten").set_index("periode")
    for periode, row in whole.iterrows():
        assert row[STATUSES].sum() == row["jumlah"] == table[table["periode"] <= periode]["id_sasaran"].nunique()
    for level in ("kecamatan", "desa"):
        sums = tabulate_kek(table, level).groupby("periode")[[*STATUSES, "jumlah"]].sum()
        assert (sums == whole[[*STATUSES, "jumlah"]]).all(axis=None)
    first, last = whole.index[0], whole.index[-1]
    flow = kek_flow(table, first, last)
    known = flow[flow["status_awal"] != NOT_YET]
    assert (
        known.groupby("status_awal")["jumlah"].sum().reindex(STATUSES).tolist() == whole.loc[first, STATUSES].tolist()
    )
    assert flow.groupby("status_kini")["jumlah"].sum().reindex(STATUSES).tolist() == whole.loc[last, STATUSES].tolist()
