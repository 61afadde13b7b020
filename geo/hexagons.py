"""The hexagon map: one equal hexagon a desa in an abstract plane, kecamatan as their union, places for kecamatan names.

The plane has no unit on the ground: two hexagons of one row lie 1 apart, x grows to the right and y upwards.
"""

import math
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import shapely

# A pointed-top hexagon of width 1: every corner lies on a lattice of half steps in x and this step in y.
LATTICE_STEP_Y = 1 / (2 * math.sqrt(3))
CORNERS = ((0, 2), (1, 1), (1, -1), (0, -2), (-1, -1), (-1, 1))  # clockwise from the top, in lattice steps
DECIMALS = 4

# A name of the map is set in about 0.3 units a letter (16 px letters at 39 px a unit, 12 px at 20 px on a phone).
LETTER_WIDTH, NAME_HEIGHT = 0.3, 0.8
NAME_STEP = 0.25
NAME_MARGIN_X, NAME_MARGIN_Y = 0.3, 0.9  # how far a name may stand out of the box of the hexagons: width is dear
NAME_REACH = 0.75  # a name farther than this from its kecamatan would be read as the name of nothing


def hexagon(heks_x: float, heks_baris: int) -> shapely.Polygon:
    """Return the hexagon around (heks_x, row heks_baris).

    Corners are rounded from whole lattice numbers, so two neighbours share the very same floating point corners.
    """
    steps = [(round(heks_x * 2) + dx, 3 * heks_baris + dy) for dx, dy in CORNERS]
    return shapely.Polygon([(x / 2, round(y * LATTICE_STEP_Y, DECIMALS)) for x, y in steps])


def build_desa_hexagons(desa: pd.DataFrame) -> pd.DataFrame:
    """Return one row a desa: kode, nama, kecamatan, geometri (shapely polygon), ordered by kode.

    `desa` has the columns of `config.places.load_desa`.
    """
    shapes = desa[["kode", "nama", "kecamatan"]].copy()
    shapes["geometri"] = [hexagon(x, row) for x, row in zip(desa["heks_x"], desa["heks_baris"], strict=True)]
    return shapes.sort_values("kode", ignore_index=True)


def build_kecamatan_outlines(desa: pd.DataFrame, kecamatan: pd.DataFrame) -> pd.DataFrame:
    """Return one row a kecamatan: kode, nama, kecamatan, geometri (union of its hexagons), label (point of its name).

    Raises ValueError where the hexagons of a kecamatan do not touch: its outline would be read as two places.
    """
    hexagons = build_desa_hexagons(desa)
    shapes = kecamatan[["kode", "nama"]].sort_values("kode", ignore_index=True)
    shapes["kecamatan"] = shapes["nama"]
    shapes["geometri"] = [_union(name, hexagons) for name in shapes["nama"]]
    shapes["label"] = place_names_around(shapes["nama"].tolist(), shapes["geometri"].tolist())
    return shapes


def _union(name: str, hexagons: pd.DataFrame) -> shapely.Polygon:
    own = hexagons.loc[hexagons["kecamatan"] == name, "geometri"].to_numpy()
    outline = shapely.coverage_union_all(own)
    if not isinstance(outline, shapely.Polygon):
        raise ValueError(f"Segi enam kecamatan {name} tidak bersambung: periksa heks_x dan heks_baris.")
    return outline


def place_names_around(names: list[str], outlines: list[Any]) -> list[shapely.Point]:
    """Return the middle of each name: outside all hexagons beside its own kecamatan where there is room, else inside.

    Greedy in the given order: a name keeps clear of the names placed before it.
    """
    whole = shapely.union_all(outlines)
    taken: list[shapely.Polygon] = []
    points = []
    for index, name in enumerate(names):
        centres = _grid(whole, len(name) * LETTER_WIDTH)
        boxes = _boxes(centres, len(name) * LETTER_WIDTH)
        free = shapely.disjoint(boxes, whole) & ~_touches_any(boxes, taken)
        reach = shapely.distance(boxes, outlines[index])
        others = [outline for other, outline in enumerate(outlines) if other != index]
        nearest_is_own = reach <= np.min([shapely.distance(boxes, other) for other in others], axis=0)
        free &= nearest_is_own & (reach <= NAME_REACH)
        if free.any():
            far = shapely.distance(centres, shapely.centroid(outlines[index])) + reach
            best = int(np.argmin(np.where(free, far, np.inf)))
            points.append(centres[best])
            taken.append(boxes[best])
        else:
            points.append(middle_of(outlines[index]))
    return points


def middle_of(outline: shapely.Polygon) -> shapely.Point:
    """Return the point of a polygon farthest from its border: the roomiest place for a text."""
    return shapely.Point(shapely.maximum_inscribed_circle(outline, tolerance=0.01).coords[0])


def _grid(whole: Any, width: float) -> Any:
    left, bottom, right, top = whole.bounds
    across = np.arange(left - NAME_MARGIN_X + width / 2, right + NAME_MARGIN_X - width / 2 + NAME_STEP, NAME_STEP)
    upwards = np.arange(bottom - NAME_MARGIN_Y + NAME_HEIGHT / 2, top + NAME_MARGIN_Y - NAME_HEIGHT / 2, NAME_STEP)
    return shapely.points(list(product(across, upwards)))


def _boxes(centres: Any, width: float) -> Any:
    x, y = shapely.get_x(centres), shapely.get_y(centres)
    return shapely.box(x - width / 2, y - NAME_HEIGHT / 2, x + width / 2, y + NAME_HEIGHT / 2)


def _touches_any(boxes: Any, taken: list[shapely.Polygon]) -> Any:
    return np.any([shapely.intersects(boxes, box) for box in taken], axis=0) if taken else np.zeros(len(boxes), bool)
