"""The curves are those of the score: a child put on a curve scores it; points stand where their score says."""

import numpy as np
import pandas as pd
import pytest

from analytics.child_card import NEVER, NEW, SOLVED, STILL, answers_of, by_office, measurements_of
from analytics.growth import DAYS_PER_MONTH, score
from analytics.growth_curves import CURVE_INDICES, SDS, child_points, curves, window


def history(rows: list[tuple[int, float, float, str]], jk: str = "P") -> pd.DataFrame:
    """Return measurements (age in days, kg, cm, position) as stored, scored."""
    table = pd.DataFrame(rows, columns=["umur_hari", "berat_kg", "tinggi_cm", "cara_ukur"])
    table["tgl_ukur"] = pd.Timestamp("2020-01-01") + pd.to_timedelta(table["umur_hari"], unit="D")
    scored = score(
        np.full(len(table), jk), table["umur_hari"], table["berat_kg"], table["tinggi_cm"], table["cara_ukur"]
    )
    return pd.concat([table, scored], axis="columns")


@pytest.mark.parametrize("jk", ["L", "P"])
@pytest.mark.parametrize("index", ["tbu", "bbu"])
def test_a_child_on_a_curve_scores_that_curve(index: str, jk: str) -> None:
    lines = curves(index, jk, 0, 60, False)
    assert tuple(lines["sd"].unique()) == SDS and lines["x"].between(0, 60).all()
    days = np.rint(lines["x"] * DAYS_PER_MONTH)
    height, weight = (
        (lines["y"], np.full(len(lines), 10.0)) if index == "tbu" else (np.full(len(lines), 80.0), lines["y"])
    )
    z = score(np.full(len(lines), jk), days, weight, height)[f"zs_{index}"]
    assert np.abs(z - lines["sd"]).max() <= 0.01


@pytest.mark.parametrize(("standing", "day"), [(False, 400), (True, 1000)])
def test_weight_for_height_is_by_length_or_by_height(standing: bool, day: int) -> None:
    lines = curves("bbtb", "L", 70, 100, standing)
    z = score(np.full(len(lines), "L"), np.full(len(lines), day), lines["y"], lines["x"])["zs_bbtb"]
    assert np.abs(z - lines["sd"]).max() <= 0.01
    assert curves("bbtb", "L", 45, 120, True)["x"].min() == 65 and curves("bbtb", "L", 45, 120, False)["x"].max() == 110


def test_points_stand_where_their_score_says_also_in_the_other_position() -> None:
    mine = history(
        [
            (500, 9.0, 76.0, "berdiri"),
            (600, 9.4, 78.0, "terlentang"),
            (900, 11.0, 86.0, "terlentang"),
            (1200, 12.0, 92.0, "berdiri"),
        ]
    )
    for index in ("tbu", "bbu"):
        for point in child_points(mine, index).itertuples():
            lines = curves(index, "P", 0, 60, False)
            near = lines[(lines["x"] - point.x).abs() < 0.3].groupby("sd")["y"].mean()
            expected = np.interp(point.y, near.to_numpy(), near.index.to_numpy(dtype=float))
            if -3 < point.z < 3:
                assert abs(expected - point.z) < 0.15
    assert child_points(mine, "tbu")["y"].tolist() == pytest.approx([76.7, 78, 85.3, 92])
    assert child_points(mine, "bbtb")["x"].tolist() == pytest.approx([76.7, 78, 85.3, 92])


def test_what_has_no_score_has_no_point_and_what_is_implausible_says_so() -> None:
    mine = history([(400, np.nan, 74.0, ""), (430, 9.0, 50.0, "")])
    assert child_points(mine, "bbu")["y"].tolist() == [9.0]
    assert child_points(mine, "tbu")["wajar"].tolist() == [True, False]


@pytest.mark.parametrize(
    ("index", "xs", "expected"),
    [("tbu", [], (0, 60)), ("tbu", [1.0], (0, 24)), ("tbu", [20, 29], (12, 36)), ("tbu", [58], (36, 60)), ("tbu", [2, 58], (0, 60)),
     ("bbtb", [80.0, 84.0], (75, 95)), ("bbtb", [119.0], (100, 120))],
)  # fmt: skip
def test_the_window_holds_the_child_and_is_never_narrow(
    index: str, xs: list[float], expected: tuple[float, float]
) -> None:
    start, end = window(pd.DataFrame({"x": xs}, dtype="float64"), index)
    assert (start, end) == expected
    assert all(start <= x <= end for x in xs)


def test_every_index_has_curves_over_its_whole_window() -> None:
    for index in CURVE_INDICES:
        lines = curves(index, "L", *window(pd.DataFrame({"x": []}, dtype="float64"), index), True)
        assert lines["y"].notna().all() and (lines.groupby("x")["y"].diff().dropna() > 0).all()


def test_answers_say_what_is_left_what_was_solved_and_whose_job_it_is() -> None:
    given = {"SP01": "11", "SP05": "10", "SP06": "01", "SS06": "00", "SS08": "T1", "SS01": "1T"}
    words = {"T": "TB", "1": "1", "0": "0"}
    rows = [
        ("s", kode, month, words[mark])
        for kode, marks in given.items()
        for month, mark in zip(("2022-05", "2022-09"), marks, strict=True)
    ]
    table = pd.DataFrame(
        [*rows, ("t", "SP01", "2022-05", "1")], columns=["id_sasaran", "parameter", "periode", "jawaban"], dtype="str"
    )
    found = answers_of(table, "s").set_index("kode")
    assert found["keadaan"].to_dict() == {
        "SP01": STILL,
        "SP05": SOLVED,
        "SP06": NEW,
        "SS01": STILL,
        "SS06": NEVER,
        "SS08": STILL,
    }
    assert found.loc["SS08", ["awal", "kini"]].tolist() == ["2022-09"] * 2 and found.loc["SS01", "kini"] == "2022-05"
    offices = by_office(found.reset_index())
    assert offices["kantor"].iloc[0] == "Dinas Kesehatan PPKB (puskesmas)" and offices["banyak"].sum() == 4
    assert answers_of(table, "nobody").empty and by_office(answers_of(table, "nobody")).empty


def test_measurements_of_one_child_come_oldest_first() -> None:
    days = pd.to_datetime(["2022-09-01", "2022-02-01", "2022-03-01"], format="%Y-%m-%d")
    table = pd.DataFrame({"id_anak": ["a", "a", "b"], "tgl_ukur": days, "baris": [1, 2, 3]})
    assert measurements_of(table, "a")["baris"].tolist() == [2, 1]
