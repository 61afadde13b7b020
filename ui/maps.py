"""The fast map: a Leaflet base that never changes, and a layer of colours and card texts that is all a filter sends."""

import hashlib
import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

import folium
import pandas as pd
import streamlit as st
from folium.template import Template
from streamlit_folium import st_folium

from config.colours import colour
from config.places import load_region

STATIC = Path(__file__).resolve().parents[1] / "static"
# From the frame of the component (<base>/component/streamlit_folium.st_folium/index.html) to our own static files.
STATIC_URL = "../../app/static"

Layer = Literal["desa", "kecamatan"]
# What each layer fetches: the places to colour, then (where they are not the same) the outlines with the names.
SHAPES: dict[str, tuple[str, ...]] = {
    "desa": ("dibuat/geo/heksagon_desa.geojson", "dibuat/geo/heksagon_kecamatan.geojson"),
    "kecamatan": ("dibuat/geo/kecamatan_skematik.geojson",),
}
CRS = {"desa": "Simple", "kecamatan": "EPSG3857"}
PALETTE = ("putih", "tinta", "tinta2", "garis", "turun", "samar", "kosong", "prev1", "prev2", "prev3", "prev4")
POLA = ("", "kosong", "samar", "arsir")
WORDS = {
    "peta": "Peta. Tab untuk masuk, panah untuk berpindah tempat, Enter untuk memilih.",
    "perbesar": "Perbesar",
    "perkecil": "Perkecil",
    "seluruh": "Tampilkan seluruh peta",
    "kecamatan": "Kecamatan",
    "gagal": "Bentuk wilayah tidak dapat dimuat. Muat ulang halaman ini.",
}
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def show_map(
    layer: Layer,
    cells: pd.DataFrame,
    key: str,
    height: int,
    selected: str | None = None,
    *,
    card: Sequence[tuple[str, str]] = (),
    focus: str | None = None,
    on_click: Callable[[str], None] | None = None,
) -> str | None:
    """Draw one map and return the kode of the last click ("" after the choice was lifted, None before any click).

    `cells`, one row a place: `kode`; `warna` (a name of the palette); `pola` ("" plain, "kosong" no data, "samar"
    withheld, "arsir" hatched in `warna_arsir`); optional `bintang` (lokus: thick outline and star); in layer kecamatan
    `angka` (large) or `rentang` (small) over the name; any other text column serves the card. A place without a row
    is drawn as no data.
    `card`: (label, template) lines such as ("Sep 2022", "{n} dari {penyebut}"); a line with an empty field is left out.
    `focus`: kode of the kecamatan to zoom to, the others fade. `on_click` is called with the kode before the rerun.
    """

    def report() -> None:
        if on_click is not None:
            on_click(st.session_state[key].get("kode", ""))

    value = st_folium(
        base_map(layer),
        key=key,
        height=height,
        use_container_width=True,
        returned_objects=["kode"],  # a name of ours: panning and zooming never rerun the page
        feature_group_to_add=CellLayer(encode_cells(cells, card, selected, focus)),
        on_change=report,
    )
    return value.get("kode")


class CellLayer(folium.FeatureGroup):
    """The changing part of the map: one call of static/peta.js with the cells as JSON."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "var {{ this.get_name() }} = balantingPeta.lapis({{ this.cells }});"
        "{% endmacro %}"
    )

    def __init__(self, cells: str) -> None:
        super().__init__()
        self.cells = cells

    def add_to(self, *_: Any, **__: Any) -> "CellLayer":
        """Stay outside the base map: as its child this layer would change the base and make the browser remount it."""
        return self

    def render(self, **_: Any) -> None:
        """Do nothing: streamlit-folium takes the script of the template itself."""


class BaseMap(folium.Map):
    """A folium map that takes Leaflet from our own server and sends little: its whole script is three lines."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, "
        "{center: [0, 0], zoom: 4, crs: L.CRS.{{ this.crs }}, zoomSnap: 0, zoomDelta: 0.6, zoomControl: false, "
        "attributionControl: false, scrollWheelZoom: false});\n"
        "balantingPeta.dasar({{ this.get_name() }}, {{ this.settings }});"
        "{% endmacro %}"
    )

    def __init__(self, crs: str, settings: str) -> None:
        super().__init__(tiles=None, crs=crs)
        self.settings = settings
        self.default_js = [(file, _url(file)) for file in ("dibuat/leaflet/leaflet.js", "peta.js", "peta_kartu.js")]
        self.default_css = [(file, _url(file)) for file in ("dibuat/leaflet/leaflet.css", "peta.css")]
        self._id = "div"  # the name streamlit-folium gives it anyway; from the start, the shared map never changes


@cache
def base_map(layer: Layer) -> folium.Map:
    """Return the constant base of a layer, one for all sessions: nothing changes it after the first rendering."""
    settings = {
        "lapis": layer,
        "berkas": [_url(file) for file in SHAPES[layer]],
        "warna": {name: colour(name) for name in PALETTE},
        "kata": WORDS,
    }
    return BaseMap(CRS[layer], _script_json(settings))


@cache
def _url(file: str) -> str:
    """Return the address of a static file, with its content hash: the browser may keep it for ever."""
    return f"{STATIC_URL}/{file}?v={hashlib.sha256((STATIC / file).read_bytes()).hexdigest()[:8]}"


def encode_cells(cells: pd.DataFrame, card: Sequence[tuple[str, str]], selected: str | None, focus: str | None) -> str:
    """Return what one change of filter sends, as a JavaScript literal; ValueError for an unknown warna or pola."""
    columns = {name: _texts(cells[name]) for name in cells.columns}
    unknown = set(columns["pola"]).difference(POLA) | set(columns["warna"]).difference(PALETTE, [""])
    if unknown:
        raise ValueError(f"unknown pola or warna: {sorted(unknown)}")
    prefix = load_region().kode + "."
    columns["kode"] = [code.removeprefix(prefix) for code in columns["kode"]]
    return _script_json(
        {
            "awalan": prefix,
            "kolom": {name: _short(texts) for name, texts in columns.items() if any(texts)},
            "kartu": [list(line) for line in card],
            "pilih": selected or "",
            "fokus": focus or "",
        }
    )


def _texts(column: pd.Series) -> list[str]:
    """Return a column as texts: missing is empty, a flag is "1" or empty, and the separator never occurs."""
    if column.dtype == bool:
        return ["1" if flag else "" for flag in column]
    known = column.notna()
    return [str(value).replace("|", "/") if kept else "" for value, kept in zip(column, known, strict=True)]


def _short(texts: list[str]) -> str | list[Any]:
    """Return texts joined by "|", or, where that is shorter, [the different texts, one digit a row]."""
    different = list(dict.fromkeys(texts))
    joined = "|".join(texts)
    if len(different) > len(DIGITS) or sum(map(len, different)) + len(texts) + 6 * len(different) >= len(joined):
        return joined
    return [different, "".join(DIGITS[different.index(text)] for text in texts)]


def _script_json(value: Any) -> str:
    """Return JSON as JavaScript source that cannot end a script element."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
