"""Schematic kecamatan: the village points divide the land (Voronoi), dissolved by kecamatan. Not an official boundary.

Against the true villages of Balangan such shapes agree at a mean intersection-over-union of about 0.7 a kecamatan:
enough to recognise the district, not enough to call it a border. Every screen says "skematik, bukan batas resmi".
"""

import math
from typing import Any

import numpy as np
import pandas as pd
import shapely

from geo.hexagons import middle_of

KM_A_DEGREE_LON, KM_A_DEGREE_LAT = 111.320, 110.574  # at the equator (WGS 84); lon shrinks by cos(lat)

# The outer border: a concave hull of the points, let out and smoothed. Chosen by eye and by agreement in area.
HULL_RATIO = 0.4
GROW_KM, SMOOTH_KM = 3.0, 1.5
SIMPLIFY_KM = 0.35
DECIMALS = 4  # about 11 m


def build_schematic_kecamatan(desa: pd.DataFrame, kecamatan: pd.DataFrame) -> pd.DataFrame:
    """Return one row a kecamatan: kode, nama, kecamatan, geometri (lon/lat polygon), label (lon/lat point of the name).

    `desa` needs kode_kecamatan, lon, lat (degrees); `kecamatan` kode, nama. The polygons neither overlap nor leave
    gaps, and each kecamatan is one polygon.
    """
    to_km = np.array([KM_A_DEGREE_LON * math.cos(math.radians(desa["lat"].mean())), KM_A_DEGREE_LAT])
    points = shapely.points(desa[["lon", "lat"]].to_numpy() * to_km)
    cells = _voronoi_inside_hull(points)
    shapes = kecamatan[["kode", "nama"]].sort_values("kode", ignore_index=True)
    shapes["kecamatan"] = shapes["nama"]
    owners = desa["kode_kecamatan"].to_numpy()
    dissolved = [shapely.coverage_union_all(cells[owners == kode]) for kode in shapes["kode"]]
    outlines = shapely.coverage_simplify(_one_polygon_each(dissolved), SIMPLIFY_KM)
    shapes["geometri"] = [_to_degrees(outline, to_km) for outline in outlines]
    shapes["label"] = [_to_degrees(middle_of(outline), to_km) for outline in outlines]
    return shapes


def _voronoi_inside_hull(points: Any) -> Any:
    """Return the Voronoi cell of each point, in the order of the points, clipped to the smoothed hull."""
    cloud = shapely.multipoints(points)
    hull = shapely.concave_hull(cloud, ratio=HULL_RATIO)
    hull = shapely.buffer(shapely.buffer(hull, GROW_KM), -SMOOTH_KM)
    cells = shapely.voronoi_polygons(cloud, extend_to=shapely.buffer(hull, GROW_KM), ordered=True)
    return shapely.intersection(shapely.get_parts(cells), hull)


def _one_polygon_each(dissolved: list[Any]) -> list[shapely.Polygon]:
    """Keep the largest part of each shape; a detached part goes to the neighbour with the longest common border.

    A village point that lies wrongly inside another kecamatan would else draw an island there.
    """
    parts = [sorted(shapely.get_parts(shape), key=shapely.area) for shape in dissolved]
    main = [own[-1] for own in parts]
    for island in (part for own in parts for part in own[:-1]):
        shared = [shapely.length(shapely.intersection(island, shape)) for shape in main]
        host = int(np.argmax(shared))
        main[host] = shapely.coverage_union_all([main[host], island])
    return main


def _to_degrees(shape: Any, to_km: Any) -> Any:
    return shapely.transform(shape, lambda xy: np.round(xy / to_km, DECIMALS))
