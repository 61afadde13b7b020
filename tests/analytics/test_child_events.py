"""What happened to a sasaran: rounds, KRS, moves, problems solved or new, measured twice, given, in order and once."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.child_events import (
    AGAIN,
    BACK,
    CAME,
    GIVEN,
    KINDS,
    KRS,
    LEFT,
    MEASURED_ELSEWHERE,
    MOVED,
    NEW,
    SINCE,
    SOLVED,
    events_of,
)
from config.parameters import parameter
from config.places import place_names

GALUMBANG, MARAJAI = "63.11.01.2001", "63.11.02.2001"
ROUNDS = ("2022-02", "2022-05", "2022-09")
NONE = pd.DataFrame()


def answers(*rows: tuple[str, str, str, str | None, str]) -> pd.DataFrame:
    """Return stored answers of (sasaran, round, parameter, answer, desa), with another family in every round."""
    others = [("lain", periode, "SP01", "0", GALUMBANG) for periode in ROUNDS]
    table = pd.DataFrame(
        [*rows, *others], columns=["id_sasaran", "periode", "parameter", "jawaban", "kode_desa"]
    ).astype("str")
    return table.assign(jenis_sasaran="balita", jawaban=table["jawaban"].where(table["jawaban"] != "None"))


def measured(*rows: tuple[str, str, dict[str, object]]) -> pd.DataFrame:
    """Return measurements of one child (day, desa, further columns)."""
    days = [{"tgl_ukur": pd.Timestamp(day), "kode_desa": desa, "bulan": day[:7]} | more for day, desa, more in rows]
    return pd.DataFrame(days).assign(baris=range(len(rows)))


def told(jawaban: pd.DataFrame, pengukuran: pd.DataFrame = NONE) -> list[tuple[str, str, list[str]]]:
    return list(events_of(jawaban, pengukuran, "a").itertuples(index=False, name=None))


def test_who_is_there_from_the_first_round_leaves_and_comes_back() -> None:
    first, _, last = (("a", periode, "SP01", "1", GALUMBANG) for periode in ROUNDS)
    assert told(answers(first, last)) == [("2022-02", SINCE, []), ("2022-05", LEFT, []), ("2022-09", BACK, [])]
    assert told(answers(last)) == [("2022-09", CAME, [])]


def test_problems_that_went_and_came_are_named_against_the_last_answer_known() -> None:
    rows = [("a", "2022-02", "SP01", "1", GALUMBANG), ("a", "2022-02", "SS06", "0", GALUMBANG),
            ("a", "2022-05", "SP01", None, GALUMBANG), ("a", "2022-05", "SP05", "1", GALUMBANG),
            ("a", "2022-09", "SP01", "0", GALUMBANG), ("a", "2022-09", "SS06", "1", GALUMBANG)]  # fmt: skip
    assert told(answers(*rows))[1:] == [
        ("2022-09", SOLVED, [parameter("SP01").nama]),
        ("2022-09", NEW, [parameter("SS06").nama]),
    ]


def test_a_family_known_from_the_krs_alone_did_not_come_into_a_round() -> None:
    rows = [("a", "2022-03", "SS06", "1", GALUMBANG), ("a", "2022-05", "SP01", "0", GALUMBANG)]
    assert told(answers(*rows)) == [("2022-03", KRS, []), ("2022-05", CAME, []), ("2022-09", LEFT, [])]


def test_a_month_of_krs_alone_is_no_round_that_anybody_could_miss() -> None:
    rows = [("a", periode, "SP01", "1", GALUMBANG) for periode in ROUNDS]
    krs = ("lain", "2022-07", "SS06", "1", GALUMBANG)
    assert told(answers(*rows, krs)) == [("2022-02", SINCE, [])]


def test_a_move_is_told_with_both_desa_by_the_rounds_and_by_the_measurements() -> None:
    rows = [("a", "2022-02", "SP01", "1", GALUMBANG), ("a", "2022-05", "SP01", "1", MARAJAI),
            ("a", "2022-09", "SP01", "1", MARAJAI)]  # fmt: skip
    history = measured(("2022-06-05", GALUMBANG, {}), ("2022-08-05", MARAJAI, {}))
    both = [place_names()[GALUMBANG], place_names()[MARAJAI]]
    assert told(answers(*rows), history)[1:] == [("2022-05", MOVED, both), ("2022-08", MEASURED_ELSEWHERE, both)]


def test_measured_anew_in_one_month_and_what_was_given() -> None:
    history = measured(
        ("2022-02-04", GALUMBANG, {"vitamin_a": "1", "pmt_kg": float("nan"), "mbg": "Tidak"}),
        ("2022-02-20", GALUMBANG, {"vitamin_a": None, "pmt_kg": 1.5, "mbg": "Ya"}),
        ("2022-05-04", GALUMBANG, {"vitamin_a": "0", "pmt_kg": 0.0, "mbg": None}),
    )
    assert told(answers(), history) == [("2022-02", AGAIN, ["2"]), ("2022-02", GIVEN, ["pmt_kg", "vitamin_a", "mbg"])]


def test_a_sasaran_without_a_single_answer_has_no_story() -> None:
    assert told(answers()) == [] and told(answers(("a", "2022-03", "SP01", None, GALUMBANG))) == []


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["2022-01", *ROUNDS, "2022-11"]), st.sampled_from(["SP01", "SS06", "SS16"]),
        st.sampled_from(["0", "1", "TB", None]), st.sampled_from([GALUMBANG, MARAJAI]),
    ),
    unique_by=lambda row: row[:2],
)  # fmt: skip


@given(ROWS)
def test_events_are_in_order_and_coming_and_leaving_take_turns(rows: list[tuple[str, str, str | None, str]]) -> None:
    jawaban = answers(*(("a", *row) for row in rows))
    found = events_of(jawaban, NONE, "a")
    assert found["bulan"].is_monotonic_increasing and set(found["peristiwa"]) <= set(KINDS)
    turns = ["keluar" if kind == LEFT else "masuk" for kind in found["peristiwa"] if kind in (SINCE, CAME, BACK, LEFT)]
    assert turns == [("masuk", "keluar")[place % 2] for place in range(len(turns))]


@pytest.mark.parametrize("value", ["", "Tidak", "0", float("nan"), None, "-"])
def test_an_empty_or_refused_gift_was_not_given(value: object) -> None:
    assert told(answers(), measured(("2022-02-04", GALUMBANG, {"vitamin_a": value}))) == []
