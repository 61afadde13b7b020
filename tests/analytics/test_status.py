"""Every limit of every class and flag, one hundredth on either side."""

import numpy as np
import pytest

from analytics.status import INDICES, STATUS_TERMS, classify, flags, status

BELOW, ABOVE = -100_000.0, 100_000.0

# The hundredths between which each class lies, from the lowest up (Permenkes 2/2020); both ends belong to it.
CLASSES = {
    "tbu": [(-600, -301), (-300, -201), (-200, 300), (301, 600)],
    "bbu": [(-600, -301), (-300, -201), (-200, 100), (101, 500)],
    "bbtb": [(-500, -301), (-300, -201), (-200, 100), (101, 200), (201, 300), (301, 500)],
    "imtu": [(-500, -301), (-300, -201), (-200, 100), (101, 200), (201, 300), (301, 500)],
}


@pytest.mark.parametrize("index", INDICES)
def test_both_ends_of_every_class(index: str) -> None:
    assert len(CLASSES[index]) == len(STATUS_TERMS[index])
    for term, ends in zip(STATUS_TERMS[index], CLASSES[index], strict=True):
        classes = classify(index, np.array(ends, dtype=float))
        assert list(status(index, classes)) == [term, term]
        assert flags(classes).tolist() == [0, 0]


@pytest.mark.parametrize("index", INDICES)
def test_beyond_the_outermost_classes_a_score_is_implausible(index: str) -> None:
    lowest, highest = CLASSES[index][0][0], CLASSES[index][-1][-1]
    outside = np.array([BELOW, lowest - 1, highest + 1, ABOVE])
    classes = classify(index, outside)
    assert flags(classes).tolist() == [1, 1, 1, 1]
    assert status(index, classes).isna().all()


@pytest.mark.parametrize("index", INDICES)
def test_no_score_has_neither_flag_nor_status(index: str) -> None:
    classes = classify(index, np.array([np.nan, 0.0]))
    assert flags(classes).isna().tolist() == [True, False]
    assert status(index, classes).isna().tolist() == [True, False]
