"""Scoring meets 600 scores computed from outside."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.growth import score
from analytics.status import INDICES

GOLDEN = Path(__file__).parents[1] / "acuan" / "acuan_zskor.csv"


@pytest.fixture(scope="module")
def golden() -> pd.DataFrame:
    return pd.read_csv(GOLDEN)


@pytest.fixture(scope="module")
def scored(golden: pd.DataFrame) -> pd.DataFrame:
    inputs = ["jk", "umur_hari", "berat_kg", "tinggi_cm", "cara_ukur", "edema"]
    return score(*(golden[name] for name in inputs))


@pytest.mark.parametrize("index", INDICES)
def test_meets_the_golden_rows(golden: pd.DataFrame, scored: pd.DataFrame, index: str) -> None:
    """Missing for missing, flag for flag, and no score further away than 0.005."""
    expected, actual = golden[f"zs_{index}"], scored[f"zs_{index}"]
    assert len(expected) == 600
    assert (expected.isna() == actual.isna()).all()
    infinite = np.isinf(expected)
    assert (expected[infinite] == actual[infinite]).all()
    assert (expected - actual)[~infinite].abs().max() <= 0.005
    flags = golden[f"tanda_{index}"].astype("Int8")
    pd.testing.assert_series_equal(flags, scored[f"tanda_{index}"])
