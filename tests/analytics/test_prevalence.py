"""Rates are pooled, parts sum to wholes, places without data stay visible."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.prevalence import NO_DATA, classify_percent, list_places, tabulate_prevalence
from config.places import load_desa

CODES = load_desa()["kode"].tolist()
row = st.tuples(st.sampled_from(CODES), st.integers(0, 40), st.integers(0, 40), st.integers(0, 60))


def kubus(rows: list[tuple[str, int, int, int]]) -> pd.DataFrame:
    """A kubus of one month: desa, severely stunted, stunted, others."""
    made = [
        {"bulan": "2022-09", "kode_desa": kode, "tbu_sangat_pendek": a, "tbu_pendek": b, "tbu_z": a + b + c}
        for kode, a, b, c in rows
    ]
    return pd.DataFrame(made)


@settings(deadline=None)
@given(st.lists(row, min_size=1, max_size=40))
def test_kecamatan_and_desa_sum_to_the_kabupaten_and_the_rate_is_pooled(rows: list[tuple[str, int, int, int]]) -> None:
    tables = {
        level: tabulate_prevalence(kubus(rows), ["stunting"], level) for level in ("kabupaten", "kecamatan", "desa")
    }
    whole = tables["kabupaten"].iloc[0]
    total = sum(a + b + c for _, a, b, c in rows)
    if total == 0:
        assert whole["catatan"] == NO_DATA
        return
    for level in ("kecamatan", "desa"):
        assert tables[level]["n"].sum() == whole["n"]
        assert tables[level]["penyebut"].sum() == whole["penyebut"]
    assert whole["persen"] == pytest.approx(100 * sum(a + b for _, a, b, _ in rows) / total)


def test_a_place_without_data_is_kept_and_says_so() -> None:
    table = tabulate_prevalence(kubus([(CODES[0], 1, 2, 30)]), ["stunting"], "kecamatan")
    assert len(table) == 8
    assert (table["catatan"] == NO_DATA).sum() == 7


@pytest.mark.parametrize(
    ("percent", "expected"), [(0, "<10"), (9.999, "<10"), (10, "10-20"), (20, "20-30"), (30, ">=30"), (100, ">=30")]
)
def test_the_lower_bound_belongs_to_the_class(percent: float, expected: str) -> None:
    assert classify_percent(pd.Series([percent])).tolist() == [expected]
    assert classify_percent(pd.Series([np.nan])).isna().all()


def test_an_area_limits_the_places_and_an_unknown_one_is_refused() -> None:
    assert len(list_places("desa", "63.11.08")) == 12
    assert list_places("kecamatan", "63.11.08")["nama"].tolist() == ["Tebing Tinggi"]
    with pytest.raises(ValueError, match=r"99\.99"):
        list_places("desa", "99.99")
