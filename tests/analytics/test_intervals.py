"""Wilson and Newcombe limits against the values printed in Newcombe's papers and against scipy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from analytics.intervals import newcombe, wilson

# Newcombe (1998) Stat Med 17:857-872, table I, method 3.
PRINTED_WILSON = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
]
# Newcombe (1998) Stat Med 17:873-890, table II, method 10: difference of the first minus the second group.
PRINTED_NEWCOMBE = [
    (56, 70, 48, 80, 0.0524, 0.3339),
    (9, 10, 3, 10, 0.1705, 0.8090),
    (6, 7, 2, 7, 0.0582, 0.8062),
    (5, 56, 0, 29, -0.0381, 0.1926),
    (0, 10, 0, 20, -0.1611, 0.2775),
    (10, 10, 0, 20, 0.6791, 1.0000),
]


@pytest.mark.parametrize(("cases", "total", "lower", "upper"), PRINTED_WILSON)
def test_wilson_gives_the_printed_limits(cases: int, total: int, lower: float, upper: float) -> None:
    low, high = wilson(cases, total)
    assert (round(float(low), 4), round(float(high), 4)) == (lower, upper)


@given(total=st.integers(1, 20_000), share=st.floats(0, 1))
def test_wilson_equals_scipy(total: int, share: float) -> None:
    cases = round(share * total)
    expected = binomtest(cases, total).proportion_ci(0.95, method="wilson")
    low, high = wilson(cases, total)
    assert low == pytest.approx(expected.low, abs=1e-9)
    assert high == pytest.approx(expected.high, abs=1e-9)


def test_wilson_of_nobody_is_missing() -> None:
    assert np.isnan(wilson(0, 0)).all()


@pytest.mark.parametrize(("x1", "n1", "x0", "n0", "lower", "upper"), PRINTED_NEWCOMBE)
def test_newcombe_gives_the_printed_limits(x1: int, n1: int, x0: int, n0: int, lower: float, upper: float) -> None:
    low, high = newcombe(x0, n0, x1, n1)
    assert (round(float(low), 4), round(float(high), 4)) == (lower, upper)
