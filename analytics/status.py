"""Nutritional status from z-scores: the terms of Permenkes 2/2020, the implausible values of WHO.

Scores are handled as whole hundredths here: a z-score is rounded to two decimals before any limit is applied, so
every class and every flag is one look-up in a short table.
"""

from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

Codes = npt.NDArray[np.int8]
Floats = npt.NDArray[np.float64]

INDICES = ("tbu", "bbu", "bbtb", "imtu")
"""TB/U length/height-for-age, BB/U weight-for-age, BB/TB weight-for-length/height, IMT/U BMI-for-age."""

_GIZI = ("Gizi buruk", "Gizi kurang", "Gizi baik", "Berisiko gizi lebih", "Gizi lebih", "Obesitas")

STATUS_TERMS = {
    "tbu": ("Sangat pendek", "Pendek", "Normal", "Tinggi"),
    "bbu": ("Berat badan sangat kurang", "Berat badan kurang", "Berat badan normal", "Risiko berat badan lebih"),
    "bbtb": _GIZI,
    "imtu": _GIZI,
}
"""Terms by index, from the lowest class up (Permenkes 2/2020)."""

_LOW_LIMITS = (-300, -200)
_HIGH_LIMITS = {"tbu": (300,), "bbu": (100,), "bbtb": (100, 200, 300), "imtu": (100, 200, 300)}

PLAUSIBLE = {"tbu": (-600, 600), "bbu": (-600, 500), "bbtb": (-500, 500), "imtu": (-500, 500)}
"""Lowest and highest plausible z in hundredths (WHO 2006); beyond them a score is flagged."""

LOWEST, MISSING, IMPLAUSIBLE = 0, -1, -2
_EDGE = 601
"""One hundredth beyond the widest plausible z: further out nothing changes any more."""


def classify(index: str, hundredths: Floats) -> Codes:
    """Return the class of each score, given in whole hundredths of z (float, NaN where there is no score; any shape).

    The class is the position in `STATUS_TERMS[index]`, IMPLAUSIBLE, or MISSING where there is no score.
    """
    # minimum keeps NaN, fmin then turns it into the row above all scores; clipping brings -7 to the first row.
    row = np.fmin(np.minimum(hundredths, _EDGE), _EDGE + 1)
    row += _EDGE
    return np.asarray(np.take(_classes(index), row.astype(np.intp), mode="clip"))


def flags(classes: Codes) -> pd.arrays.IntegerArray:
    """Return, as Int8, 1 for implausible, 0 for plausible, missing where there is no score."""
    return pd.arrays.IntegerArray((classes == IMPLAUSIBLE).astype(np.int8), classes == MISSING)


def status(index: str, classes: Codes) -> pd.Categorical:
    """Return the terms of Permenkes 2/2020 as an ordered categorical.

    Missing where there is no score or an implausible one: such a row leaves numerator and denominator.
    """
    codes = np.maximum(classes, np.int8(MISSING))
    return pd.Categorical.from_codes(codes, dtype=_status_type(index), validate=False)


@cache
def _classes(index: str) -> Codes:
    """Return the class of each hundredth from -6.01 to 6.01 and of "no score"."""
    z = np.arange(-_EDGE, _EDGE + 2)
    # A score on a limit belongs to the class nearer zero.
    lower = [z >= limit for limit in _LOW_LIMITS]
    upper = [z > limit for limit in _HIGH_LIMITS[index]]
    classes: Codes = np.sum([*lower, *upper], axis=0, dtype=np.int8, keepdims=False)
    lowest, highest = PLAUSIBLE[index]
    classes[(z < lowest) | (z > highest)] = IMPLAUSIBLE
    classes[-1] = MISSING
    return classes


@cache
def _status_type(index: str) -> pd.CategoricalDtype:
    return pd.CategoricalDtype(STATUS_TERMS[index], ordered=True)
