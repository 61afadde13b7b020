"""Mid-p McNemar against printed values and scipy, Benjamini-Hochberg against scipy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import binom, false_discovery_control

from analytics.paired import benjamini_hochberg, mid_p_mcnemar

# Fagerland, Lydersen, Laake (2013), table 6: mid-p of the airway hyper-responsiveness study (Bentur et al. 2009);
# exact conditional 0.070. Complete response before and after consolidation therapy (Cavo et al. 2012); exact 0.053.
PRINTED = [(1, 7, 0.039), (6, 16, 0.035)]


@pytest.mark.parametrize(("b", "c", "printed"), PRINTED)
def test_mid_p_gives_the_printed_values(b: int, c: int, printed: float) -> None:
    assert round(float(mid_p_mcnemar(b, c)), 3) == printed
    assert round(float(mid_p_mcnemar(c, b)), 3) == printed


def test_mid_p_of_the_first_study_is_exactly_ten_of_256() -> None:
    assert float(mid_p_mcnemar(1, 7)) == pytest.approx(10 / 256, abs=1e-12)


@given(st.integers(0, 3000), st.integers(0, 3000))
def test_mid_p_equals_the_exact_p_less_the_point_probability(b: int, c: int) -> None:
    fewer, pairs = min(b, c), b + c
    point = binom.pmf(fewer, pairs, 0.5)
    expected = 2 * binom.cdf(fewer, pairs, 0.5) - point if b != c else 1 - point / 2
    assert float(mid_p_mcnemar(b, c)) == pytest.approx(expected if pairs else 1, abs=1e-9)


def test_no_changed_pair_proves_nothing() -> None:
    assert float(mid_p_mcnemar(0, 0)) == 1


def test_many_tables_at_once_keep_their_places() -> None:
    b, c = np.array([[1, 0], [6, 2]]), np.array([[7, 0], [16, 2]])
    together = mid_p_mcnemar(b, c)
    for place in np.ndindex(2, 2):
        assert together[place] == mid_p_mcnemar(b[place], c[place])
    assert mid_p_mcnemar([], []).shape == (0,)


def test_five_changes_in_one_direction_are_the_fewest_that_are_certain() -> None:
    assert mid_p_mcnemar(0, 5) < 0.05 < mid_p_mcnemar(0, 4)
    assert all(mid_p_mcnemar(b, b + 4) > 0.05 for b in range(200))


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="negatif"):
        mid_p_mcnemar(-1, 3)


@given(arrays(float, st.integers(1, 40), elements=st.floats(0, 1)))
def test_benjamini_hochberg_equals_scipy(p: np.ndarray) -> None:
    assert benjamini_hochberg(p) == pytest.approx(false_discovery_control(p), abs=1e-12)


def test_each_row_is_corrected_by_itself_and_missing_values_stay_out() -> None:
    p = np.array([[0.01, np.nan, 0.04], [0.5, 0.02, 0.03], [np.nan, np.nan, np.nan]])
    q = benjamini_hochberg(p)
    assert q[0] == pytest.approx([0.02, np.nan, 0.04], nan_ok=True)
    assert q[1] == pytest.approx(false_discovery_control(p[1]))
    assert np.isnan(q[2]).all()
