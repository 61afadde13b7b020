"""The palette is readable (WCAG 2.1) and stays apart for colour-blind eyes (Machado 2009)."""

import itertools
import re

import numpy as np
import pytest

from config.colours import colour, load_colours

# Machado, Oliveira & Fernandes 2009, severity 1.0, applied to linear RGB.
EYES = {
    "normal": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
WHITE = TO_XYZ.sum(axis=1)
SIDE_BY_SIDE = [
    ("merah", "kuning"),
    ("kuning", "hijau"),
    ("merah", "hijau"),
    ("turun", "naik"),
    ("naik", "merah"),
    ("prev1", "prev2"),
    ("prev2", "prev3"),
    ("prev3", "prev4"),
    ("hijau", "samar"),
]
TEXT_PAIRS = [(text, ground) for ground, known in load_colours().items() for text in known.teks]


def linear(hexcode: str) -> np.ndarray:
    parts = np.array([int(hexcode[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((float(linear(c) @ [0.2126, 0.7152, 0.0722]) for c in (one, other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def lab(hexcode: str, eye: str) -> np.ndarray:
    ratio = TO_XYZ @ np.clip(EYES[eye] @ linear(hexcode), 0, 1) / WHITE
    x, y, z = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def distance(one: str, other: str, eye: str) -> float:
    return float(np.linalg.norm(lab(colour(one), eye) - lab(colour(other), eye)))


def test_the_measures_themselves() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert lab("#FFFFFF", "deutan") == pytest.approx([100, 0, 0], abs=0.01)
    assert lab("#FF0000", "normal") == pytest.approx([53.24, 80.09, 67.20], abs=0.05)


def test_colours_are_written_one_way_and_each_has_its_meaning() -> None:
    palette = load_colours()
    assert all(re.fullmatch("#[0-9A-F]{6}", known.hex) and known.arti for known in palette.values())
    assert len({known.hex for known in palette.values()}) == len(palette)
    assert colour("merek") == "#0F4C4A"
    with pytest.raises(KeyError):
        colour("ungu")


def test_pairs_of_text_and_ground_are_named_in_the_palette() -> None:
    assert {text for text, _ in TEXT_PAIRS} <= set(load_colours())
    assert {
        ("putih", "merah"),
        ("tinta", "kuning"),
        ("tinta", "hijau"),
        ("putih", "prev3"),
        ("tinta2", "kertas"),
    } <= set(TEXT_PAIRS)


@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_is_readable_on_its_ground(text: str, ground: str) -> None:
    assert contrast(colour(text), colour(ground)) >= 4.5


def test_the_pale_status_colours_are_never_text() -> None:
    texts = {text for text, _ in TEXT_PAIRS}
    assert not texts & {"kuning", "hijau", "samar", "kosong", "garis", "prev1", "prev2"}


def test_the_stroke_of_a_cell_without_data_is_seen_on_white() -> None:
    assert contrast(colour("kosong"), colour("putih")) >= 3


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize(("one", "other"), SIDE_BY_SIDE)
def test_neighbours_stay_apart(one: str, other: str, eye: str) -> None:
    assert distance(one, other, eye) >= 19


@pytest.mark.parametrize("eye", EYES)
def test_each_prevalence_class_is_darker_than_the_one_below(eye: str) -> None:
    lightness = [lab(colour(f"prev{level}"), eye)[0] for level in (1, 2, 3, 4)]
    assert all(lower - higher >= 15 for lower, higher in itertools.pairwise(lightness))
