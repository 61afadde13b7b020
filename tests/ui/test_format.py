"""Numbers as Indonesians write them: decimal comma, thousands point, a true minus, school rounding, missing as a dash."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.format import MINUS, MISSING, join_names, moment, month, number, percent, short_months, signed


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (10453, 0, "10.453"),
        (1234567.5, 1, "1.234.567,5"),
        (999, 0, "999"),
        (14.91, 2, "14,91"),
        (14.9, 2, "14,90"),
        (0, 0, "0"),
        (0.5, 0, "1"),  # half goes up, to the even neighbour never
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (2.675, 2, "2,68"),  # stored as 2.67499999...
        (1.005, 2, "1,01"),
        (12.35, 1, "12,4"),
        (12.345, 2, "12,35"),
        (0.05, 1, "0,1"),
        (0.0499, 1, "0,0"),
        (-2.5, 1, "\u22122,5"),
        (-2.5, 0, "\u22123"),  # away from zero, like its positive twin
        (-1234.5, 1, "\u22121.234,5"),
        (np.float64(7.25), 1, "7,3"),
        (np.int64(1500), 0, "1.500"),
    ],
)
def test_a_number(value: float, decimals: int, text: str) -> None:
    assert number(value, decimals) == text


@pytest.mark.parametrize(("value", "decimals"), [(-0.3, 0), (-0.0, 0), (-0.04, 1), (-0.004, 2), (0.0, 2)])
def test_nothing_is_minus_zero(value: float, decimals: int) -> None:
    for write in (number, percent, signed):
        assert MINUS not in write(value, decimals)
        assert "+" not in write(value, decimals)


@pytest.mark.parametrize("value", [None, float("nan"), pd.NA, pd.NaT, np.nan])
def test_missing_is_a_dash_and_no_zero(value: object) -> None:
    assert {number(value), number(value, 2), percent(value), signed(value)} == {MISSING}


def test_a_percentage_has_its_sign_after_a_space() -> None:
    assert percent(14.91) == "14,9 %"
    assert percent(14.91, 2) == "14,91 %"
    assert percent(100, 0) == "100 %"


@pytest.mark.parametrize(
    ("value", "text"),
    [(2.55, "+2,55"), (-9.92, "\u22129,92"), (0, "0,00"), (0.004, "0,00"), (0.005, "+0,01"), (-0.005, "\u22120,01")],
)
def test_a_difference_has_its_sign(value: float, text: str) -> None:
    assert signed(value) == text


@given(st.integers(-(10**7), 10**7), st.integers(0, 3))
def test_what_is_written_reads_back_as_the_number(units: int, decimals: int) -> None:
    value = units / 10**decimals
    back = number(value, decimals).replace(".", "").replace(",", ".").replace(MINUS, "-")
    assert float(back) == value
    assert "-" not in number(value, decimals)


def test_months_are_short_and_indonesian() -> None:
    assert [month(f"2022-{number:02}") for number in (1, 5, 8, 10, 12)] == [
        "Jan 2022",
        "Mei 2022",
        "Agu 2022",
        "Okt 2022",
        "Des 2022",
    ]
    assert short_months("2021-12", "2022-09") == ("2021", "2022")
    assert short_months("2022-02", "2022-09") == ("Feb", "Sep")


def test_a_moment_has_a_point_between_hour_and_minute() -> None:
    assert moment("2026-11-24T11:05:09+08:00") == "24 Nov 2026 11.05"


def test_names_are_joined() -> None:
    assert [join_names(list("ABC"[:size])) for size in range(4)] == ["", "A", "A dan B", "A, B, dan C"]
