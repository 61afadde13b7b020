"""The checks of a place: judged only when sure, the verdict in one of four words, who is visited first."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.intervals import wilson
from analytics.quality import COLUMNS, POSYANDU, add_up, judge_quality, tabulate_digits
from analytics.quality_sums import build_quality
from analytics.quality_verdict import add_verdicts, rank_visits
from config.quality import load_checks
from tests.quality_tables import DESA, OTHER_DESA, measured, posyandu

MONTH = "2022-06"


def judge(rows: list[dict[str, Any]], tingkat: str = "desa") -> pd.DataFrame:
    return judge_quality(add_up(build_quality(measured(rows)), tingkat), tingkat)


def check(judged: pd.DataFrame, name: str) -> pd.Series:
    found = judged[judged["pemeriksaan"] == name]
    assert len(found) == 1
    return found.iloc[0]


def test_every_check_has_its_row_in_order_with_the_columns_of_the_contract() -> None:
    judged = judge(posyandu("MELATI", 40, 0.2))
    assert list(judged.columns[:8]) == COLUMNS
    assert judged["pemeriksaan"].tolist() == list(load_checks())
    assert set(judged[["periode", "tingkat", "kode", "nama"]].itertuples(index=False, name=None)) == {
        (MONTH, "desa", DESA, "Muara Ninian")
    }


@pytest.mark.parametrize(
    ("count", "round_share", "expected"),
    [
        (19, 1.0, "terlalu_sedikit"),  # below the minimum, however bad
        (20, 0.2, "baik"),
        (20, 0.4, "belum_pasti"),  # 8 of 20: over 30 %, but the interval begins at 22 %
        (200, 0.4, "perhatian"),  # 80 of 200: from 33 % on
        (20, 0.6, "perhatian"),  # 12 of 20: from 39 % on, 50 % is not sure
        (200, 0.7, "masalah"),
    ],
)
def test_a_share_is_called_bad_only_when_the_whole_interval_is(count: int, round_share: float, expected: str) -> None:
    found = check(judge(posyandu("MELATI", count, round_share)), "tinggi_0_5")
    low, high = wilson([round(round_share * count)], [count])
    assert found["nilai"] == pytest.approx(100 * round(round_share * count) / count)
    assert (found["bawah"], found["atas"]) == pytest.approx((100 * low[0], 100 * high[0]))
    assert found["penilaian"] == expected


def test_coverage_is_the_measured_of_the_registered_and_unknown_in_the_first_month() -> None:
    """Given twelve children of whom nine come again in June: 75 % of the registered, below 80."""
    rows = [{"id_anak": f"a{number}", "tgl_ukur": "2022-05-05"} for number in range(12)]
    rows += [{"id_anak": f"a{number}", "tinggi_cm": 85.1} for number in range(9)]
    judged = judge(rows)
    months = judged[judged["pemeriksaan"] == "cakupan"].set_index("periode")
    assert months.loc["2022-05", "penilaian"] == "tidak_ada_data" and np.isnan(months.loc["2022-05", "nilai"])
    assert (months.loc[MONTH, "nilai"], months.loc[MONTH, "penilaian"]) == (75, "perhatian")


def test_the_sex_ratio_and_the_spread_are_judged_both_ways() -> None:
    boys = [{"jk": "LLLP"[number % 4], "zs_tbu": 0.01 * (number % 7)} for number in range(120)]
    judged = judge(boys)
    assert check(judged, "rasio_jk")["nilai"] == 3 and check(judged, "rasio_jk")["penilaian"] == "masalah"
    assert check(judged, "sd_tbu")["penilaian"] == "masalah"  # nearly all alike
    wide = [{"zs_tbu": -3.4 if number % 2 else 3.4, "jk": "LP"[number % 2]} for number in range(120)]
    assert check(judge(wide), "sd_tbu")["penilaian"] == "masalah"


def test_dates_of_birth_on_the_first_and_fifteenth_are_noticed() -> None:
    rows = [{"tgl_lahir": f"2020-{1 + number % 12:02}-{(1, 15, 7)[number % 3]:02}"} for number in range(60)]
    found = check(judge(rows), "tgl_lahir_bulat")
    assert found["nilai"] == pytest.approx(200 / 3) and found["penilaian"] == "masalah"


def test_the_digits_of_a_place_add_up() -> None:
    digits = tabulate_digits(add_up(build_quality(measured(posyandu("MELATI", 50, 0.6))), "desa"))
    heights = digits[digits["ukuran"] == "tinggi_akhir"].set_index("digit")
    assert heights.loc[[0, 5], "n"].tolist() == [15, 15] and heights["n"].sum() == 50
    assert heights["persen"].sum() == pytest.approx(100)


def verdict(rows: list[dict[str, Any]]) -> pd.Series:
    return add_verdicts(judge(rows)).iloc[0]


def test_the_verdict_counts_groups_not_checks() -> None:
    usable = verdict(posyandu("MELATI", 60, 0.2))
    assert (usable["putusan"], usable["alasan"], usable["masalah"]) == ("dapat", "", 0)
    rounded = verdict(posyandu("MELATI", 200, 0.8))  # share and score of the same digits are one matter
    assert (rounded["putusan"], rounded["masalah"]) == ("hati_hati", 1)
    assert rounded["alasan"].split()[0] == "tinggi_0_5"
    twice = [row | {"berat_kg": 9 + number % 3 / 2} for number, row in enumerate(posyandu("MELATI", 200, 0.8))]
    assert verdict(twice)["putusan"] == "periksa" and verdict(twice)["masalah"] >= 2
    assert verdict(posyandu("MELATI", 8, 1.0))["putusan"] == "belum"


def test_the_worst_reason_stands_first() -> None:
    rows = [
        row | ({"status_tbu_asal": "Tinggi"} if number % 3 == 0 else {})
        for number, row in enumerate(posyandu("MELATI", 200, 0.42))
    ]
    assert verdict(rows)["alasan"].split() == ["status_berbeda", "tinggi_0_5"]  # masalah before perhatian


def test_visits_go_first_where_most_is_sure() -> None:
    """Given a tiny posyandu all rounded, a large one rounding often, a middling one nearly always, and a careful one."""
    rows = posyandu("KECIL", 12, 1.0) + posyandu("BESAR", 120, 0.42, 1) + posyandu("BURUK", 60, 0.9, 2)
    rows += [row | {"kode_desa": OTHER_DESA} for row in posyandu("TELITI", 60, 0.2, 3)]
    ranked = rank_visits(judge(rows, POSYANDU))
    assert [kode.rsplit(".", 1)[1] for kode in ranked["kode"]] == ["BURUK", "BESAR"]
    assert ranked["urut"].tolist() == [1, 2] and (ranked["terdampak"] > 0).all()
    assert ranked.loc[0, "nama"] == "Posyandu Buruk, Muara Ninian"


@settings(max_examples=15)
@given(st.integers(0, 10_000))
def test_small_posyandu_do_not_lead_by_chance(seed: int) -> None:
    """Given posyandu of 6 to 60 children that all round alike (a quarter), hardly any is on the list."""
    random = np.random.default_rng(seed)
    sizes = [6, 12, 20, 25, 30, 45, 60] * 3
    shares = [random.binomial(size, 0.25) / size for size in sizes]
    rows = [
        row
        for place, (size, part) in enumerate(zip(sizes, shares, strict=True))
        for row in posyandu(f"P{place:02}", size, part, place)
    ]
    judged = judge(rows, POSYANDU)
    heights = judged[judged["pemeriksaan"].isin(["tinggi_0_5", "angka_akhir_tinggi"])]
    accused = heights[heights["penilaian"].isin(["perhatian", "masalah"])]
    assert accused["kode"].nunique() <= 2
    assert not accused["penyebut"].lt(20).any()
