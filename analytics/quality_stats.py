"""The statistics of data quality, vectorised over places: digit score, dissimilarity, moments, with what chance leaves.

Each function takes one row a place. `lower` and `upper` are what holds for sure; a check is judged by them, not by the
value alone, so that a small posyandu is never called bad by chance.
"""

import math

import numpy as np
import numpy.typing as npt

from analytics.intervals import Z95, wilson

Floats = npt.NDArray[np.float64]
Estimate = tuple[Floats, Floats, Floats]
"""Value, lower and upper limit."""

_erfc = np.frompyfunc(math.erfc, 1, 1)


def share(cases: npt.ArrayLike, total: npt.ArrayLike) -> Estimate:
    """Return cases in percent of total with the Wilson interval; missing where total is 0."""
    x, n = np.asarray(cases, dtype=float), np.asarray(total, dtype=float)
    lower, upper = wilson(x, n)
    with np.errstate(divide="ignore", invalid="ignore"):
        return 100 * x / n, 100 * lower, 100 * upper


def digit_score(counts: Floats) -> Estimate:
    """Return the digit preference score of counts[place, digit]: 100 sqrt(chi2 / (n df)), 0 even, 100 one digit only.

    lower: what is left after what chance alone gives in 19 of 20 places (chi2 less df + 2 sqrt(2 df)). Source: MONICA
    quality assessment (Kuulasmaa et al. 1998).
    """
    n, df = counts.sum(axis=1), counts.shape[1] - 1
    with np.errstate(divide="ignore", invalid="ignore"):
        even = (n / counts.shape[1])[:, None]
        chi2 = ((counts - even) ** 2 / even).sum(axis=1)
        score = 100 * np.sqrt(chi2 / (n * df))
        lower = 100 * np.sqrt(np.maximum(chi2 - df - 2 * math.sqrt(2 * df), 0) / (n * df))
    return score, lower, score


def dissimilarity(counts: Floats, expected: Floats) -> Estimate:
    """Return half the sum of absolute differences from the expected shares, in percent: who would have to move.

    counts[place, cell]; `expected` adds up to 1. lower: less what chance alone gives (mean + 2 SD, cells taken as
    independent), not below 0.
    """
    n = counts.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = 50 * np.abs(counts / n[:, None] - expected).sum(axis=1)
        mean = 50 * np.sqrt(2 * expected * (1 - expected) / (np.pi * n[:, None])).sum(axis=1)
        spread = 50 * np.sqrt((1 - 2 / np.pi) / n)
    return value, np.maximum(value - mean - 2 * spread, 0), value


def sex_ratio(boys: npt.ArrayLike, girls: npt.ArrayLike) -> Estimate:
    """Return boys a girl, limits from the Wilson interval of the share of boys; missing where there is no girl."""
    b, g = np.asarray(boys, dtype=float), np.asarray(girls, dtype=float)
    lower, upper = wilson(b, b + g)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(g > 0, b / g, np.nan)
        return ratio, lower / (1 - lower), upper / (1 - upper)


def moments(n: Floats, sums: Floats) -> tuple[Estimate, Estimate, Estimate]:
    """Return SD (n - 1), skewness and excess kurtosis of values known by their power sums[power - 1, place].

    Limits are large-sample: SE of the SD from the kurtosis itself, of skewness sqrt(6/n), of kurtosis sqrt(24/n).
    Missing below two values; shape missing where all are equal.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        m1, m2, m3, m4 = sums / n
        second = np.maximum(m2 - m1**2, 0)
        second = np.where(second < 1e-9, 0, second)  # what is left of equal values is rounding
        third = m3 - 3 * m1 * m2 + 2 * m1**3
        fourth = m4 - 4 * m1 * m3 + 6 * m1**2 * m2 - 3 * m1**4
        sd = np.where(n > 1, np.sqrt(second * n / (n - 1)), np.nan)
        skewness = third / second**1.5
        kurtosis = fourth / second**2 - 3
        wide = sd * np.sqrt(np.maximum(np.nan_to_num(kurtosis) + 2, 0.5) / (4 * n))
        return _around(sd, wide), _around(skewness, np.sqrt(6 / n)), _around(kurtosis, np.sqrt(24 / n))


def _around(value: Floats, error: Floats) -> Estimate:
    return value, value - Z95 * error, value + Z95 * error


def p_of_ratio(first: npt.ArrayLike, second: npt.ArrayLike, expected: float) -> Floats:
    """Return the p of the chi-square test (df 1) that first : second is `expected`; missing where nobody is there."""
    a, b = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        hoped = (a + b) * expected / (1 + expected)
        chi2 = (a - hoped) ** 2 / hoped + (b - (a + b - hoped)) ** 2 / (a + b - hoped)
    p: Floats = _erfc(np.sqrt(chi2 / 2)).astype(float)
    return p
