"""The statistics of data quality against hand-computed and independent values, and what must hold for any data."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analytics.intervals import wilson
from analytics.quality_stats import digit_score, dissimilarity, moments, p_of_ratio, sex_ratio, share

COUNTS = st.lists(st.integers(0, 400), min_size=10, max_size=10).filter(lambda counts: sum(counts) > 0)
SCORES = st.lists(st.floats(-6, 6).map(lambda z: round(z, 2)), min_size=4, max_size=80)


def row(*values: float) -> np.ndarray:
    return np.array([values], dtype=float)


def test_even_digits_score_nothing_and_one_digit_alone_a_hundred() -> None:
    assert digit_score(row(*[7] * 10))[0][0] == 0
    assert digit_score(row(0, 0, 0, 55, 0, 0, 0, 0, 0, 0))[0][0] == pytest.approx(100)


def test_the_digit_score_by_hand() -> None:
    """Given 100 heights, 40 of them ending in 0, 24 in 5, the other digits 4 or 5 each.

    Then chi2 = (30^2 + 14^2 + 4 * 5^2 + 4 * 6^2) / 10 = 134, and the score 100 sqrt(134 / (100 * 9)) = 38.586.
    """
    counts = row(40, 5, 5, 4, 4, 24, 5, 5, 4, 4)
    assert digit_score(counts)[0][0] == pytest.approx(100 * math.sqrt(134 / 900))


@given(COUNTS)
def test_the_digit_score_is_that_of_scipys_chi_square_whatever_the_order(counts: list[int]) -> None:
    score, lower, upper = digit_score(row(*counts))
    assert score[0] == pytest.approx(100 * math.sqrt(stats.chisquare(counts).statistic / (sum(counts) * 9)))
    assert score[0] == pytest.approx(digit_score(row(*reversed(counts)))[0][0])
    assert 0 <= lower[0] <= score[0] == upper[0] <= 100 + 1e-9


def test_chance_alone_rarely_leaves_anything_of_the_scores() -> None:
    random = np.random.default_rng(7)
    for size in (20, 60, 500):
        digits = random.multinomial(size, np.full(10, 0.1), 4000).astype(float)
        assert (digit_score(digits)[1] > 0).mean() < 0.05
        ages = random.multinomial(size, np.full(60, 1 / 60), 4000).astype(float)
        assert (dissimilarity(ages, np.full(60, 1 / 60))[1] > 0).mean() < 0.05


def test_dissimilarity_by_hand() -> None:
    """Given 30 and 10 where 20 and 20 are expected, 10 of 40 would have to move."""
    value, lower, upper = dissimilarity(row(30, 10), np.array([0.5, 0.5]))
    assert value[0] == upper[0] == pytest.approx(25)
    assert 0 < lower[0] < 25


@given(COUNTS)
def test_dissimilarity_is_how_many_must_move(counts: list[int]) -> None:
    even = np.full(10, 0.1)
    value = dissimilarity(row(*counts), even)[0][0]
    surplus = sum(max(count - sum(counts) / 10, 0) for count in counts)
    assert value == pytest.approx(100 * surplus / sum(counts), abs=1e-9)


@given(SCORES)
def test_moments_from_power_sums_are_those_of_the_values(values: list[float]) -> None:
    z = np.array(values)
    sd, skewness, kurtosis = moments(row(len(z))[0], np.array([[np.sum(z**power)] for power in (1, 2, 3, 4)]))
    assert sd[0][0] == pytest.approx(np.std(z, ddof=1), abs=1e-4)
    if np.std(z) > 0.05:
        assert skewness[0][0] == pytest.approx(stats.skew(z), abs=1e-4)
        assert kurtosis[0][0] == pytest.approx(stats.kurtosis(z), abs=1e-3)


def test_the_interval_of_the_sd_covers_the_truth() -> None:
    random = np.random.default_rng(11)
    z = random.normal(-1, 1.2, (2000, 120))
    sd, skewness, kurtosis = moments(np.full(2000, 120.0), np.array([(z**power).sum(axis=1) for power in (1, 2, 3, 4)]))
    for (_, lower, upper), truth in ((sd, 1.2), (skewness, 0), (kurtosis, 0)):
        assert ((lower <= truth) & (truth <= upper)).mean() > 0.9


@given(st.integers(0, 300), st.integers(1, 300))
def test_the_p_of_a_ratio_is_scipys(first: int, second: int) -> None:
    for expected in (1.0, 0.85):
        hoped = [(first + second) * part / (1 + expected) for part in (expected, 1)]
        theirs = stats.chisquare([first, second], hoped).pvalue
        assert p_of_ratio([first], [second], expected)[0] == pytest.approx(theirs, abs=1e-12)


def test_shares_and_ratios_carry_the_wilson_interval() -> None:
    value, lower, upper = share([4, 0, 0], [10, 10, 0])
    low, high = wilson([4], [10])
    assert (value[0], lower[0], upper[0]) == pytest.approx((40, 100 * low[0], 100 * high[0]))
    assert np.isnan([value[2], lower[2], upper[2]]).all()
    ratio, lower, upper = sex_ratio([105, 3], [100, 0])
    assert ratio[0] == pytest.approx(1.05) and lower[0] < 1.05 < upper[0]
    assert np.isnan(ratio[1])
