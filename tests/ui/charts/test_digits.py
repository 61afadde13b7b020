"""The picture of digit preference: ten bars of the shares written, 0 and 5 dark, the even share as a line."""

import json
from typing import Any

import pandas as pd
import pytest

from analytics.disclosure import Cleared
from analytics.disclosure_quality import clear_digits
from analytics.quality_sums import build_quality
from config.colours import colour
from tests.quality_tables import measured, posyandu
from ui.charts.digits import digit_chart
from ui.format import MISSING


def chart(round_share: float) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the specification and the rows behind the bars."""
    sums = build_quality(measured(posyandu("MELATI", 50, round_share)))
    spec = digit_chart(clear_digits(sums, "petugas", "kabupaten").where(ukuran="tinggi_akhir"))
    [rows] = [data for data in spec["datasets"].values() if "digit" in data[0]]
    return spec, rows


def test_ten_bars_with_the_share_of_each_digit() -> None:
    _, rows = chart(0.6)
    assert [row["digit"] for row in rows] == list(range(10))
    assert sum(row["persen"] for row in rows) == pytest.approx(100)
    assert {row["digit"]: row["label"] for row in rows if row["bulat"]} == {0: "30", 5: "30"}


def test_the_line_is_at_ten_percent_and_the_scale_begins_at_nothing_and_holds_every_bar() -> None:
    spec, _ = chart(1.0)
    bars, line = spec["layer"][:2]
    assert bars["encoding"]["y"]["scale"]["domain"][0] == 0 and bars["encoding"]["y"]["scale"]["domain"][1] > 50
    assert [row for data in spec["datasets"].values() for row in data if "harapan" in row] == [{"harapan": 10.0}]
    assert line["mark"]["type"] == "rule"
    even, _ = chart(0.2)
    assert even["layer"][0]["encoding"]["y"]["scale"]["domain"][1] >= 20  # an even picture stays low, not stretched


def test_colours_come_from_the_palette() -> None:
    text = json.dumps(chart(0.6)[0])
    assert colour("tinta") in text and colour("garis") in text


def test_without_measurements_there_are_no_bars_and_no_zero_percent() -> None:
    nothing = pd.DataFrame({"digit": range(10), "persen": [float("nan")] * 10})
    spec = digit_chart(Cleared(nothing, "petugas"))
    [rows] = [data for data in spec["datasets"].values() if "digit" in data[0]]
    assert all(row["persen"] is None and row["label"] == MISSING for row in rows)
