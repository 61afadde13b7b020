"""Indicators add up columns the kubus really has; classes are the agreed ones and fit together."""

from dataclasses import replace

import pytest

from config.colours import load_colours
from config.indicators import (
    class_labels,
    class_lower_bounds,
    class_screen_labels,
    indicator,
    load_indicators,
    load_scales,
)

WEIGHT_FOR = ("gizi_buruk", "gizi_kurang", "gizi_baik", "berisiko_lebih", "gizi_lebih", "obesitas")
STATUSES = {
    "tbu": ("sangat_pendek", "pendek", "normal", "tinggi"),
    "bbu": ("sangat_kurang", "kurang", "normal", "risiko_lebih"),
    "bbtb": WEIGHT_FOR,
    "imtu": WEIGHT_FOR,
}
KUBUS_COUNTS = {f"{index}_{status}" for index, statuses in STATUSES.items() for status in statuses}


@pytest.mark.parametrize(
    ("name", "cases", "denominator"),
    [
        ("stunting", {"tbu_sangat_pendek", "tbu_pendek"}, "tbu_z"),
        ("sangat_pendek", {"tbu_sangat_pendek"}, "tbu_z"),
        ("underweight", {"bbu_sangat_kurang", "bbu_kurang"}, "bbu_z"),
        ("bb_sangat_kurang", {"bbu_sangat_kurang"}, "bbu_z"),
        ("wasting", {"bbtb_gizi_buruk", "bbtb_gizi_kurang"}, "bbtb_z"),
        ("gizi_buruk", {"bbtb_gizi_buruk"}, "bbtb_z"),
        ("gizi_lebih", {"bbtb_gizi_lebih", "bbtb_obesitas"}, "bbtb_z"),
        ("risiko_bb_lebih", {"bbu_risiko_lebih"}, "bbu_z"),
    ],
)
def test_what_an_indicator_counts(name: str, cases: set[str], denominator: str) -> None:
    chosen = indicator(name)
    assert set(chosen.pembilang) == cases
    assert chosen.penyebut == denominator


def test_every_indicator_is_listed_once_and_uses_columns_of_its_index() -> None:
    names = [known.id for known in load_indicators()]
    assert len(names) == len(set(names)) == 8
    assert names[0] == "stunting"
    for known in load_indicators():
        assert set(known.pembilang) <= KUBUS_COUNTS
        assert all(column.startswith(f"{known.indeks}_") for column in (*known.pembilang, known.penyebut))


def test_an_indicator_without_source_is_refused() -> None:
    with pytest.raises(ValueError, match="stunting"):
        replace(indicator("stunting"), sumber=" ")


def test_classes_known_to_leaders() -> None:
    assert class_lower_bounds() == [0, 10, 20, 30]
    assert class_labels() == ["<10", "10-20", "20-30", ">=30"]
    assert class_screen_labels() == ["< 10", "10 – < 20", "20 – < 30", "≥ 30"]
    assert set(load_scales()["bkkbn"].warna) <= set(load_colours())


def test_levels_of_who() -> None:
    assert class_lower_bounds("who_stunting") == [0, 2.5, 10, 20, 30]
    assert class_lower_bounds("who_wasting") == [0, 2.5, 5, 10, 15]
    assert class_screen_labels("who_stunting") == ["sangat rendah", "rendah", "sedang", "tinggi", "sangat tinggi"]


def test_every_scale_is_meant_for_an_indicator_that_exists() -> None:
    names = {known.id for known in load_indicators()}
    assert all(set(scale.indikator) <= names and scale.indikator for scale in load_scales().values())


@pytest.mark.parametrize(
    "bad",
    [
        {"batas": (0, 10, 20)},
        {"batas": (5, 10, 20, 30)},
        {"batas": (0, 20, 10, 30)},
        {"label": ("rendah",)},
        {"warna": ("prev1",)},
        {"sumber": ""},
        {"satuan": ""},
        {"berlaku": "kini"},
    ],
)
def test_classes_that_do_not_fit_together_are_refused(bad: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        replace(load_scales()["bkkbn"], **bad)
