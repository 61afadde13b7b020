"""Hexagons: one a desa, neighbours share whole edges, each kecamatan is one outline, names stand clear."""

import math

import pandas as pd
import pytest
import shapely

from config.places import load_desa, load_kecamatan
from geo.hexagons import (
    LETTER_WIDTH,
    NAME_HEIGHT,
    build_desa_hexagons,
    build_kecamatan_outlines,
    hexagon,
    place_names_around,
)

AREA = math.sqrt(3) / 2  # of a hexagon of width 1


@pytest.fixture(scope="module")
def hexagons() -> pd.DataFrame:
    return build_desa_hexagons(load_desa())


@pytest.fixture(scope="module")
def outlines() -> pd.DataFrame:
    return build_kecamatan_outlines(load_desa(), load_kecamatan())


def test_one_equal_hexagon_for_each_desa(hexagons: pd.DataFrame) -> None:
    assert sorted(hexagons["kode"]) == sorted(load_desa()["kode"])
    assert len(hexagons) == 157
    assert shapely.area(hexagons["geometri"].to_numpy()) == pytest.approx(AREA, abs=1e-4)


def test_a_hexagon_stands_on_its_corner() -> None:
    assert hexagon(0, 0).bounds == pytest.approx((-0.5, -1 / math.sqrt(3), 0.5, 1 / math.sqrt(3)), abs=1e-4)


@pytest.mark.parametrize(("x", "row"), [(1.0, 0), (0.5, 1), (-0.5, 1), (-1.0, 0), (-0.5, -1), (0.5, -1)])
def test_neighbours_share_a_whole_edge(x: float, row: int) -> None:
    """Given two neighbours anywhere on the grid, their common border is one edge with the very same two corners."""
    first, second = hexagon(7.5, 4), hexagon(7.5 + x, 4 + row)
    assert len(set(first.exterior.coords) & set(second.exterior.coords)) == 2
    assert shapely.intersection(first, second).length == pytest.approx(1 / math.sqrt(3), abs=2e-4)


def test_no_two_hexagons_overlap_and_edges_match(hexagons: pd.DataFrame) -> None:
    assert shapely.coverage_is_valid(hexagons["geometri"].to_numpy())


def test_each_kecamatan_is_one_polygon_made_of_its_own_hexagons(outlines: pd.DataFrame, hexagons: pd.DataFrame) -> None:
    assert set(outlines["kode"]) == set(load_kecamatan()["kode"])
    for place in outlines.itertuples():
        own = hexagons[hexagons["kecamatan"] == place.nama]
        assert isinstance(place.geometri, shapely.Polygon)
        assert place.geometri.area == pytest.approx(AREA * len(own), rel=1e-4)


def test_a_kecamatan_in_two_pieces_is_refused() -> None:
    """Given a desa moved away from its kecamatan, building names the kecamatan."""
    desa = load_desa().copy()
    desa.loc[desa["nama"] == "Hauwai", "heks_baris"] += 40
    with pytest.raises(ValueError, match="Halong"):
        build_kecamatan_outlines(desa, load_kecamatan())


@pytest.mark.parametrize("case", ["balangan", "two small neighbours", "a small one beside a large one"])
def test_names_are_near_their_own_kecamatan_and_do_not_cross(outlines: pd.DataFrame, case: str) -> None:
    """Every name box is clear of all others, and its kecamatan is the nearest; one that is inside lies inside its own."""
    if case != "balangan":
        shapes = [shapely.box(0, 0, 2, 2), shapely.box(2, 0, 4 if case.startswith("two") else 12, 2)]
        names = ["Nama Panjang", "Nama Panjang"] if case.startswith("two") else ["Nama Panjang", "Pendek"]
        labels = place_names_around(names, shapes)
        outlines = pd.DataFrame({"nama": names, "geometri": shapes, "label": labels})
    boxes = [
        shapely.box(
            p.x - len(n) * LETTER_WIDTH / 2,
            p.y - NAME_HEIGHT / 2,
            p.x + len(n) * LETTER_WIDTH / 2,
            p.y + NAME_HEIGHT / 2,
        )
        for n, p in zip(outlines["nama"], outlines["label"], strict=True)
    ]
    assert not any(a.intersects(b) for i, a in enumerate(boxes) for b in boxes[:i])
    shapes = outlines["geometri"].tolist()
    for index, (box, point) in enumerate(zip(boxes, outlines["label"], strict=True)):
        distances = [shape.distance(box) for shape in shapes]
        inside = [shape.contains(point) for shape in shapes]
        assert inside[index] or (not any(inside) and distances[index] == min(distances) and distances[index] > 0)


def test_a_name_without_room_outside_stands_inside() -> None:
    """Given a place that others enclose, its name lies on it."""
    ring = shapely.Point(0, 0).buffer(6).difference(shapely.Point(0, 0).buffer(2))
    core = shapely.Point(0, 0).buffer(2)
    points = place_names_around(["Luar", "Dalam"], [ring, core])
    assert core.contains(points[1])
    assert not ring.union(core).contains(points[0])


def test_a_name_never_stands_nearer_to_another_place() -> None:
    """Given a place set back between two others, the free space before it belongs to them: its name lies on it."""
    back = shapely.box(2, 0.5, 3, 2.5)
    points = place_names_around(["Panjang", "A", "B"], [back, shapely.box(0, 0, 2, 3), shapely.box(3, 0, 5, 3)])
    assert back.contains(points[0])
