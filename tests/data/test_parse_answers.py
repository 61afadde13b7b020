"""Answers and months as people and exports write them: golden cases, and no text that breaks the reader."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.parse import (
    month_typed_in_excel,
    parse_answer,
    parse_month,
)


@pytest.mark.parametrize(
    ("text", "answer"),
    [("1", "1"), ("0", "0"), ("1.0", "1"), ("0,0", "0"), ("1.00", "1"), ("TB", "TB"), ("tb", "TB"), ("T.B.", "TB")],
)
def test_answers_as_people_write_them(text: str, answer: str) -> None:
    assert parse_answer(text) == answer


@pytest.mark.parametrize(
    "text", ["2", "9", "-1", "0.5", "1.5", "01", "10", "ya", "tidak", "x", "TBC", "T B", "TRUE", "=1", "1?"]
)
def test_what_is_no_answer_is_not_guessed(text: str) -> None:
    assert parse_answer(text) is None


@pytest.mark.parametrize("text", ["2022-05", "1999-12", "2099-01"])
def test_months_are_year_and_month(text: str) -> None:
    assert parse_month(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "2022-13",
        "2022-00",
        "2022-5",
        "2022/05",
        "05-2022",
        "Mei 2022",
        "202205",
        "2022-05-01",
        "22-05",
        " 2022-05",
        "0000-01",
    ],
)
def test_what_is_no_month_is_not_guessed(text: str) -> None:
    assert parse_month(text) is None


def test_a_month_that_excel_made_a_date_is_that_month() -> None:
    assert month_typed_in_excel(dt.datetime(2022, 5, 1)) == month_typed_in_excel(dt.date(2022, 5, 1)) == "2022-05"
    assert month_typed_in_excel(dt.date(2022, 5, 2)) == dt.date(2022, 5, 2)
    assert month_typed_in_excel("2022-05-01") == "2022-05-01"


@given(st.text(max_size=12))
def test_no_text_breaks_the_reader_of_answers_and_months(text: str) -> None:
    assert parse_answer(text) in ("1", "0", "TB", None)
    assert parse_month(text) in (text, None)


@given(st.sampled_from(["1", "0", "TB"]), st.sampled_from(["", ".0", ",00"]))
def test_an_answer_is_its_own_answer(answer: str, tail: str) -> None:
    written = answer + (tail if answer != "TB" else "")
    assert parse_answer(parse_answer(written) or "") == answer
