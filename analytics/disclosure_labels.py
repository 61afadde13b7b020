"""What a share in whole percent and its judgement tell of the count behind them; both show only where that is little.

Whether they may be shown depends on the denominator alone, so that their absence tells nothing of the count.
"""

import numpy as np

from analytics.place_tree import Bools, Floats
from analytics.quality import judge
from analytics.quality_stats import Estimate, sex_ratio, share
from config.quality import load_checks
from config.values import RoomMinima

WHOLE_PERCENT, VERDICT, NOTHING = 2, 1, 0  # how much of a check is shown
RATIO, COVERAGE = "rasio_jk", "cakupan"


def label_of(check: str, count: float, total: float, minima: RoomMinima) -> tuple[int, float, float]:
    """Return how much of a check may be shown, and the least and most the count can be beside that.

    The whole percent and the judgement, else the judgement alone, else nothing: each only if every one of them leaves
    at least minima.kelas counts of that denominator, and all small counts look the same.
    """
    for much in (WHOLE_PERCENT, VERDICT):
        if much == VERDICT or check != RATIO:
            labels, free = _labels(check, int(total), much, minima)
            if free:
                other = np.flatnonzero(labels != labels[int(count)])  # too low and too high may be one judgement
                below, above = other[other < count], other[other > count]
                return much, float(below.max(initial=-1) + 1), float(above.min(initial=int(total) + 1) - 1)
    return NOTHING, 0.0, total


def _labels(check: str, total: int, much: int, minima: RoomMinima) -> tuple[Floats, bool]:
    """Return a number for what each count 0 to `total` looks like, and whether all of them tell little."""
    counts = np.arange(total + 1.0)
    estimate = _estimate(check, counts, total)
    verdicts = judge(load_checks()[check], estimate, np.full(total + 1, float(total)))
    percent = whole_percent(estimate[0]) if much == WHOLE_PERCENT else np.zeros(total + 1)
    labels: Floats = percent * 10 + np.unique(verdicts, return_inverse=True)[1]
    ends = np.flatnonzero(np.diff(labels)) + 1
    widths = np.diff([0, *ends, total + 1])
    small: Bools = labels[1 : minima.cacah] == labels[1:2]
    return labels, bool(total >= minima.cacah and widths.min() >= max(minima.kelas, 1) and small.all())


def _estimate(check: str, counts: Floats, total: int) -> Estimate:
    if check == RATIO:
        value, lower, upper = sex_ratio(counts, total - counts)
        return np.where(counts == total, np.inf, value), lower, upper
    estimate = share(counts, np.full(len(counts), float(total)))
    return (estimate[0],) * 3 if check == COVERAGE else estimate


def whole_percent(value: Floats) -> Floats:
    """Return percentages without decimals."""
    rounded: Floats = np.round(value)
    return rounded
