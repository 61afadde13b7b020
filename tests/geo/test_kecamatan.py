"""Schematic kecamatan: one polygon each, no overlap, no gap, around their own villages."""

import pandas as pd
import pytest
import shapely

from config.places import load_desa, load_kecamatan
from geo.kecamatan import build_schematic_kecamatan


@pytest.fixture(scope="module")
def shapes() -> pd.DataFrame:
    return build_schematic_kecamatan(load_desa(), load_kecamatan())


def test_each_kecamatan_is_one_valid_polygon(shapes: pd.DataFrame) -> None:
    assert list(shapes["kode"]) == sorted(load_kecamatan()["kode"])
    for shape in shapes["geometri"]:
        assert isinstance(shape, shapely.Polygon)
        assert shape.is_valid
        assert not shape.interiors


def test_they_neither_overlap_nor_leave_gaps(shapes: pd.DataFrame) -> None:
    polygons = shapes["geometri"].to_numpy()
    assert shapely.coverage_is_valid(polygons)
    whole = shapely.coverage_union_all(polygons)
    assert isinstance(whole, shapely.Polygon)
    assert not whole.interiors
    assert whole.area == pytest.approx(shapely.area(polygons).sum(), rel=1e-9)


def test_nearly_every_village_point_lies_in_its_own_kecamatan(shapes: pd.DataFrame) -> None:
    """Simplified borders may leave out a point near them, not more than one in twenty."""
    desa = load_desa()
    outline = shapes.set_index("kode")["geometri"]
    points = shapely.points(desa[["lon", "lat"]].to_numpy())
    inside = [outline[kode].contains(point) for kode, point in zip(desa["kode_kecamatan"], points, strict=True)]
    assert sum(inside) / len(inside) > 0.95


def test_names_lie_on_their_kecamatan(shapes: pd.DataFrame) -> None:
    assert all(place.geometri.contains(place.label) for place in shapes.itertuples())


def test_a_village_point_inside_another_kecamatan_makes_no_island() -> None:
    """Given one village of A in the midst of B, A and B still are one polygon each and cover the same land."""
    grid = [(lon, lat) for lon in range(10) for lat in range(6)]
    desa = pd.DataFrame(
        {
            "kode_kecamatan": ["A" if lon < 5 else "B" for lon, _ in grid],
            "lon": [115 + lon / 50 for lon, _ in grid],
            "lat": [-2.4 + lat / 50 for _, lat in grid],
        }
    )
    kecamatan = pd.DataFrame({"kode": ["A", "B"], "nama": ["A", "B"]})
    calm = build_schematic_kecamatan(desa, kecamatan)
    desa.loc[grid.index((8, 3)), "kode_kecamatan"] = "A"
    stirred = build_schematic_kecamatan(desa, kecamatan)
    assert [shape.geom_type for shape in stirred["geometri"]] == ["Polygon", "Polygon"]
    assert [s.area for s in stirred["geometri"]] == pytest.approx([s.area for s in calm["geometri"]], rel=0.02)
