"""SMART's score: the points by its printed limits, a place by hand, flags from the observed mean, other ages left out."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analytics.smart import COLUMNS, give_points, tabulate_smart
from config.quality import load_smart
from tests.quality_tables import DESA, OTHER_DESA, measured

# criterion: value -> points, as the plausibility report prints its limits
POINTS = {
    "penanda": [(0, 0), (2.5, 0), (2.6, 5), (5, 5), (7.5, 10), (7.6, 20)],
    "jenis_kelamin": [(0.8, 0), (0.1, 2), (0.06, 2), (0.05, 4), (0.002, 4), (0.001, 10), (0, 10)],
    "umur": [(0.11, 0), (0.09, 2), (0.01, 4), (0.0001, 10)],
    "akhir_berat": [(0, 0), (7.99, 0), (8, 2), (12, 4), (19.9, 4), (20, 10), (100, 10)],
    "akhir_tinggi": [(7, 0), (9, 2), (16.62, 4), (38.586, 10)],
    "sd": [(1, 0), (1.09, 0), (0.91, 0), (1.1, 5), (0.86, 5), (1.15, 10), (0.81, 10), (1.2, 20), (0.5, 20)],
    "kemencengan": [(0.19, 0), (-0.2, 1), (0.4, 3), (-0.6, 5)],
    "keruncingan": [(-0.1, 0), (0.3, 1), (-0.5, 3), (2, 5)],
    "jumlah": [(0, 0), (9, 0), (10, 1), (14, 1), (15, 2), (24, 2), (25, 3), (90, 3)],
}


@pytest.mark.parametrize("name", POINTS)
def test_the_points_are_those_of_the_printed_limits(name: str) -> None:
    values, points = zip(*POINTS[name], strict=True)
    assert give_points(load_smart()[name], np.array(values, dtype=float)).tolist() == list(points)
    assert np.isnan(give_points(load_smart()[name], np.array([np.nan]))[0])


def children(count: int, **usual: Any) -> list[dict[str, Any]]:
    """Return children of 6-59 months: as many girls as boys, even digits, scores spread like a normal curve."""
    z = stats.norm.ppf((np.arange(count) + 0.5) / count)
    return [
        {
            "jk": "LP"[number % 2],
            "tgl_lahir": f"{2020 if number % 20 < 9 else 2018}-09-05",
            "tinggi_cm": 80 + number % 10 / 10,
            "berat_kg": 10 + number % 10 / 10,
            "zs_bbtb": round(float(score), 2),
        }
        | usual
        for number, score in enumerate(z)
    ]


def score(rows: list[dict[str, Any]], tingkat: str = "kabupaten") -> pd.DataFrame:
    return tabulate_smart(measured(rows)[COLUMNS], tingkat)


def values(table: pd.DataFrame, column: str = "nilai") -> dict[str, float]:
    return dict(zip(table["kriteria"], table[column], strict=True))


def test_a_careful_survey_has_no_point() -> None:
    table = score(children(2000))
    assert values(table, "poin") == dict.fromkeys(load_smart(), 0)
    assert (table["n"] == 2000).all() and values(table)["jumlah"] == 0


def test_a_bad_survey_by_hand() -> None:
    """Given 200 boys alone, all heights ending in 0, every tenth child far below the rest.

    Then p of the sex ratio is that of chi2 = 200 (10 points), the digit score of heights 100 (10), 10 % are flagged
    (20), and the sum is theirs and that of the other criteria.
    """
    rows = children(200, jk="L", tinggi_cm=81.0)
    rows = [row | {"zs_bbtb": -5.0 if number % 10 == 0 else row["zs_bbtb"] / 2} for number, row in enumerate(rows)]
    found, points = values(score(rows)), values(score(rows), "poin")
    assert found["jenis_kelamin"] == pytest.approx(stats.chi2.sf(200, 1)) and points["jenis_kelamin"] == 10
    assert found["akhir_tinggi"] == pytest.approx(100) and points["akhir_tinggi"] == 10
    assert found["penanda"] == pytest.approx(10) and points["penanda"] == 20
    assert found["jumlah"] == sum(point for name, point in points.items() if name != "jumlah")


def test_flags_are_counted_from_the_observed_mean_and_their_children_left_out_of_the_shape() -> None:
    """Given a mean near 1: a child at -2.5 is flagged, although it is not 3 from 0."""
    z = [1.0, 1.2, 0.8, 1.1, 0.9, 1.0, 1.3, 0.7, 1.0, 1.0, 1.4, 0.6, -2.5]
    found = values(score([{"zs_bbtb": each} for each in z]))
    assert found["penanda"] == pytest.approx(100 / 13)
    assert found["sd"] == pytest.approx(np.std(z[:-1], ddof=1), abs=1e-6)
    assert found["kemencengan"] == pytest.approx(stats.skew(z[:-1]), abs=1e-6)
    assert found["keruncingan"] == pytest.approx(stats.kurtosis(z[:-1]), abs=1e-6)


def test_children_under_six_months_are_no_part_of_it() -> None:
    infants = [{"tgl_lahir": "2022-03-01", "jk": "L", "tinggi_cm": 60.0}] * 50
    pd.testing.assert_frame_equal(score(children(100) + infants), score(children(100)))


def test_places_are_scored_apart_and_one_without_scores_has_no_sum() -> None:
    unknown = {"kode_desa": OTHER_DESA, "zs_bbtb": np.nan, "tanda_bbtb": pd.NA}
    table = score([*children(100), unknown, unknown], "kecamatan").set_index(["kode", "kriteria"])
    assert table.loc[(DESA[:8], "jumlah"), "nilai"] == values(score(children(100)))["jumlah"]
    assert np.isnan(table.loc[(OTHER_DESA[:8], "jumlah"), "nilai"]) and pd.isna(
        table.loc[(OTHER_DESA[:8], "jumlah"), "poin"]
    )
