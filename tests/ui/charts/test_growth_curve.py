"""The growth chart: zones, six curves named at their end, the child's track, hollow points for implausible values."""

import json

import pandas as pd
import pytest

from config.colours import colour
from tests.analytics.test_growth_curves import history
from ui.charts.growth_curve import growth_curve

ROWS = [(600, 9.0, 76.0, "terlentang"), (700, 9.6, 50.0, "terlentang"), (800, 10.2, 82.0, "berdiri")]


def rows_of(spec: dict, layer: dict) -> list[dict]:
    return spec["datasets"][layer["data"]["name"]]


def marks(spec: dict, kind: str) -> list[dict]:
    return [layer for layer in spec["layer"] if layer["mark"]["type"] == kind]


@pytest.mark.parametrize("index", ["tbu", "bbu", "bbtb"])
def test_every_index_draws_zones_curves_and_the_child(index: str) -> None:
    spec = growth_curve(history(ROWS), "P", index)
    assert [layer["mark"]["color"] for layer in marks(spec, "area")] == [colour("zona_merah"), colour("zona_kuning")]
    names = rows_of(spec, marks(spec, "text")[0])
    assert [row["nama"] for row in names] == ["−3", "−2", "−1", "median", "+2", "+3"]
    assert len(marks(spec, "line")) == 6 + 1


def test_implausible_values_are_hollow_and_the_newest_score_is_written() -> None:
    spec = growth_curve(history(ROWS), "P", "tbu")
    assert len(rows_of(spec, marks(spec, "circle")[0])) == 2 and len(rows_of(spec, marks(spec, "point")[0])) == 1
    newest = rows_of(spec, marks(spec, "text")[-1])
    assert len(newest) == 1 and newest[0]["Skor"].startswith("−")


def test_a_child_without_measurements_has_curves_alone_and_no_name_is_in_a_chart() -> None:
    empty = history(ROWS).iloc[:0]
    assert len(marks(growth_curve(empty, "L", "bbtb"), "circle")) == 0
    named = history(ROWS).assign(nama="Siti", id_anak="abc")
    assert not {"Siti", "abc"} & set(pd.Series(json.dumps(growth_curve(named, "P", "bbu")).split('"')))


def test_months_in_which_something_happened_stand_on_the_axis_of_age_alone() -> None:
    events = pd.DataFrame({"x": [21.0, 99.0], "Bulan": ["Sep 2021", "x"], "Peristiwa": ["Masuk pemantauan", "x"]})
    for index in ("tbu", "bbu"):
        spec = growth_curve(history(ROWS), "P", index, events)
        [mark] = [layer for layer in marks(spec, "point") if layer["mark"].get("shape") == "triangle-up"]
        assert [row["x"] for row in rows_of(spec, mark)] == [21.0] and len(marks(spec, "rule")) == 1
        assert {each["field"] for each in mark["encoding"]["tooltip"]} == {"Bulan", "Peristiwa"}
    assert not marks(growth_curve(history(ROWS), "P", "bbtb", events), "rule")
