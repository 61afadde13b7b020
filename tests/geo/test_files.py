"""GeoJSON files: small, clockwise, nothing in them but places, replaced whole."""

import json
from pathlib import Path

import pytest
import shapely
from shapely.geometry import shape

from config.places import load_desa, load_kecamatan, place_names
from geo.files import FILES, HEKSAGON_DESA, HEKSAGON_KECAMATAN, KECAMATAN_SKEMATIK, write_geojson

LARGEST = {HEKSAGON_DESA: 40_000, HEKSAGON_KECAMATAN: 6_000, KECAMATAN_SKEMATIK: 7_000}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("peta") / "geo"
    write_geojson(target)
    return target


def features(path: Path) -> list[dict]:
    return json.loads(path.read_text(encoding="utf-8"))["features"]


def test_three_small_files_and_nothing_unfinished(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)
    for name, largest in LARGEST.items():
        assert (folder / name).stat().st_size < largest


@pytest.mark.parametrize("name", FILES)
def test_properties_are_code_name_and_kecamatan_in_order_of_code(folder: Path, name: str) -> None:
    places = [feature["properties"] for feature in features(folder / name)]
    expected = load_desa() if name == HEKSAGON_DESA else load_kecamatan()
    assert [place["kode"] for place in places] == sorted(expected["kode"])
    for place in places:
        assert set(place) == {"kode", "nama", "kecamatan"}
        assert place["nama"] == place_names()[place["kode"]]
        assert place["kecamatan"] == place_names()[place["kode"][:8]]


@pytest.mark.parametrize("name", FILES)
def test_exterior_rings_run_clockwise(folder: Path, name: str) -> None:
    """Vega paints everything outside a counter-clockwise ring."""
    for feature in features(folder / name):
        assert not shapely.is_ccw(shape(feature["geometry"]).exterior)


@pytest.mark.parametrize("name", FILES)
def test_rounded_shapes_still_fit_together(folder: Path, name: str) -> None:
    assert shapely.coverage_is_valid([shape(feature["geometry"]) for feature in features(folder / name)])


def test_names_have_a_place_on_both_kecamatan_files(folder: Path) -> None:
    for name in (HEKSAGON_KECAMATAN, KECAMATAN_SKEMATIK):
        assert all(len(feature["label"]) == 2 for feature in features(folder / name))


def test_schematic_shapes_are_in_degrees_over_balangan(folder: Path) -> None:
    whole = shapely.union_all([shape(feature["geometry"]) for feature in features(folder / KECAMATAN_SKEMATIK)])
    assert shapely.box(115.2, -2.7, 116.0, -2.0).contains(whole)


def test_writing_again_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    for path in write_geojson(tmp_path):
        assert path.read_bytes() == (folder / path.name).read_bytes()
