"""Writes the shapes of places as small GeoJSON files: the browser fetches each once and keeps it."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import shapely

from config.places import load_desa, load_kecamatan
from geo.hexagons import build_desa_hexagons, build_kecamatan_outlines
from geo.kecamatan import build_schematic_kecamatan

HEKSAGON_DESA = "heksagon_desa.geojson"
HEKSAGON_KECAMATAN = "heksagon_kecamatan.geojson"
KECAMATAN_SKEMATIK = "kecamatan_skematik.geojson"
FILES = (HEKSAGON_DESA, HEKSAGON_KECAMATAN, KECAMATAN_SKEMATIK)
DECIMALS = 4


def feature_collection(shapes: pd.DataFrame) -> dict[str, Any]:
    """Return a GeoJSON feature collection with the properties kode, nama, kecamatan and nothing else.

    `shapes`: columns kode, nama, kecamatan, geometri (shapely) and, where names are drawn, label (shapely point,
    kept as the foreign member "label": [x, y]). Exterior rings run clockwise, against RFC 7946: Vega paints the
    whole plane where they do not, and Leaflet does not mind.
    """
    features = []
    for place in shapes.to_dict("records"):
        outline = shapely.orient_polygons(place["geometri"], exterior_cw=True)
        feature = {
            "type": "Feature",
            "properties": {"kode": place["kode"], "nama": place["nama"], "kecamatan": place["kecamatan"]},
            "geometry": _rounded(shapely.geometry.mapping(outline)),
        }
        if "label" in place:
            feature["label"] = [round(xy, DECIMALS) for xy in place["label"].coords[0]]
        features.append(feature)
    return {"type": "FeatureCollection", "features": features}


def _rounded(geometry: dict[str, Any]) -> dict[str, Any]:
    def short(part: Any) -> Any:
        return round(part, DECIMALS) if isinstance(part, float) else [short(inner) for inner in part]

    return {"type": geometry["type"], "coordinates": short(geometry["coordinates"])}


def write_geojson(folder: Path) -> list[Path]:
    """Write the three files into `folder` (made where missing), each whole or not at all, and return their paths."""
    desa, kecamatan = load_desa(), load_kecamatan()
    shapes = {
        HEKSAGON_DESA: build_desa_hexagons(desa),
        HEKSAGON_KECAMATAN: build_kecamatan_outlines(desa, kecamatan),
        KECAMATAN_SKEMATIK: build_schematic_kecamatan(desa, kecamatan),
    }
    folder.mkdir(parents=True, exist_ok=True)
    return [_write(folder / name, feature_collection(shapes[name])) for name in FILES]


def _write(path: Path, collection: dict[str, Any]) -> Path:
    unfinished = path.with_suffix(".sementara")
    text = json.dumps(collection, ensure_ascii=False, separators=(",", ":"))
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(path)
    return path
