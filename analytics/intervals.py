"""Intervals for proportions and their difference, vectorised; percentages are never made here."""

import numpy as np
import numpy.typing as npt

Z95 = 1.959963984540054  # standard normal quantile at 97.5 %

Array = npt.NDArray[np.float64]


def wilson(cases: npt.ArrayLike, total: npt.ArrayLike, z: float = Z95) -> tuple[Array, Array]:
    """Return the lower and upper Wilson score limits of cases / total, as proportions in 0..1.

    Missing where total is 0. Source: Wilson (1927), J Am Stat Assoc 22:209-212, without continuity correction.
    """
    x, n = np.broadcast_arrays(np.asarray(cases, dtype=float), np.asarray(total, dtype=float))
    with np.errstate(divide="ignore", invalid="ignore"):
        p = x / n
        middle = (p + z**2 / (2 * n)) / (1 + z**2 / n)
        half = z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    lower = np.where(x == 0, np.where(n > 0, 0.0, np.nan), middle - half)
    upper = np.where(x == n, np.where(n > 0, 1.0, np.nan), middle + half)
    return lower, upper


def newcombe(
    cases0: npt.ArrayLike, total0: npt.ArrayLike, cases1: npt.ArrayLike, total1: npt.ArrayLike, z: float = Z95
) -> tuple[Array, Array]:
    """Return the limits of the difference p1 - p0 of two independent groups, as proportions.

    Source: Newcombe (1998), Stat Med 17:873-890, method 10 (score intervals combined).
    """
    lower0, upper0 = wilson(cases0, total0, z)
    lower1, upper1 = wilson(cases1, total1, z)
    with np.errstate(divide="ignore", invalid="ignore"):
        p0 = np.asarray(cases0, dtype=float) / np.asarray(total0, dtype=float)
        p1 = np.asarray(cases1, dtype=float) / np.asarray(total1, dtype=float)
    difference = p1 - p0
    lower = difference - np.sqrt((p1 - lower1) ** 2 + (upper0 - p0) ** 2)
    upper = difference + np.sqrt((upper1 - p1) ** 2 + (p0 - lower0) ** 2)
    return lower, upper
