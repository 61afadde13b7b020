"""The fast map: a Leaflet base that never changes, and a layer of colours and card texts that is all a filter sends."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, Literal, NewType

import folium
import pandas as pd
import streamlit as st
from folium.template import Template
from streamlit_folium import st_folium

from analytics.disclosure import Cleared
from config.colours import colour
from ui.format import MINUS

STATIC = Path(__file__).resolve().parents[1] / "static"
# From the frame of the component (<base>/component/streamlit_folium.st_folium/index.html) to our own static files.
STATIC_URL = "../../app/static"

Layer = Literal["desa", "kecamatan"]
EncodedCells = NewType("EncodedCells", str)  # only of cleared cells
Card = Sequence[tuple[str, str]]  # lines of label and template
# What each layer fetches: the places to colour, then (where they are not the same) the outlines with the names.
SHAPES: dict[str, tuple[str, ...]] = {
    "desa": ("dibuat/geo/heksagon_desa.geojson", "dibuat/geo/heksagon_kecamatan.geojson"),
    "kecamatan": ("dibuat/geo/kecamatan_skematik.geojson",),
}
CRS = {"desa": "Simple", "kecamatan": "EPSG3857"}
PALETTE = ("putih", "tinta", "tinta2", "garis", "turun", "samar", "kosong", "prev1", "prev2", "prev3", "prev4")
POLA = ("", "kosong", "samar", "arsir")
PAINTED = {"desa": ("warna_arsir", "bintang"), "kecamatan": ("warna_arsir", "angka", "rentang")}
WORDS = {
    "peta": "Peta: panah untuk berpindah, Enter untuk memilih",
    "perbesar": "Perbesar",
    "perkecil": "Perkecil",
    "seluruh": "Seluruh peta",
    "kecamatan": "Kecamatan",
    "gagal": "Peta tidak dapat dimuat. Muat ulang halaman.",
}
FIELD = re.compile(r"\{(\w+)\}")
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def show_map(
    layer: Layer,
    cells: EncodedCells,
    key: str,
    height: int,
    selected: str | None = None,
    *,
    focus: str | None = None,
    on_click: Callable[[str], None] | None = None,
) -> str | None:
    """Draw one map and return the kode of the last click ("" after the choice was lifted, None before any click).

    `selected`: kode of the outlined place. `focus`: kode of the kecamatan to zoom to, the others fade.
    `on_click` is called with the kode before the rerun.
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
        feature_group_to_add=CellLayer(cells, {"pilih": selected or "", "fokus": focus or ""}),
        on_change=report,
    )
    kode: str | None = value.get("kode")
    return kode


class CellLayer(folium.FeatureGroup):
    """The changing part of the map: one call of static/peta.js with the cells as JSON."""

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "var {{ this.get_name() }} = balantingPeta.lapis({{ this.cells }}, {{ this.choice }});"
        "{% endmacro %}"
    )

    def __init__(self, cells: str, choice: dict[str, str]) -> None:
        super().__init__()
        self.cells = cells
        self.choice = _script_json(choice)

    def add_to(self, *_: Any, **__: Any) -> "CellLayer":
        """Stay outside the base map: as its child this layer would change the base and make the browser remount it."""
        return self

    def render(self, **_: Any) -> str:
        """Add nothing: streamlit-folium takes the script of the template itself."""
        return ""


class BaseMap(folium.Map):
    """A folium map that takes Leaflet from our own server and sends little: its whole script is three lines.

    Zooming is not animated: Leaflet forgets a view that is asked for while another zoom still runs, and a change of
    focus would then show the wrong kecamatan.
    """

    _template = Template(
        "{% macro script(this, kwargs) %}"
        "var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, "
        "{center: [0, 0], zoom: 4, crs: L.CRS.{{ this.crs }}, zoomSnap: 0, zoomDelta: 0.6, zoomAnimation: false, "
        "zoomControl: false, attributionControl: false, scrollWheelZoom: false});\n"
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


def encode_cells(layer: Layer, cells: Cleared, card: Card) -> EncodedCells:
    """Return what one change of filter sends, as a JavaScript literal; ValueError for an unknown warna or pola.

    `cells`, one row a place: `kode`; `warna` (a name of the palette); `pola` ("" plain, "kosong" no data, "samar"
    withheld, "arsir" hatched in `warna_arsir`); optional `bintang` (lokus: thick outline and star); in layer kecamatan
    `angka` (large) or `rentang` (small) over the name; any other text column serves the card. A place without a row
    is drawn as no data. Only the columns leave that the layer paints with or a card line names.
    `card`: (label, template) lines such as ("Sep 2022", "{n} dari {penyebut}"); a line with an empty field is left out.
    """
    used = {"kode", "warna", "pola", *PAINTED[layer], *(field for _, line in card for field in FIELD.findall(line))}
    ordered = cells.table.sort_values("kode")
    columns = {name: _texts(ordered[name]) for name in ordered.columns if name in used}
    unknown = set(columns["pola"]).difference(POLA) | set(columns["warna"]).difference(PALETTE, [""])
    if unknown:
        raise ValueError(f"unknown pola or warna: {sorted(unknown)}")
    codes = columns.pop("kode")
    told = {
        "kode": _runs(codes),
        "kolom": {name: _short(texts) for name, texts in columns.items() if any(texts)},
        "kartu": [list(line) for line in card],
    }
    return EncodedCells(_script_json(told))


def _texts(column: pd.Series) -> list[str]:
    """Return a column as texts: missing is empty, a flag is "1" or empty, and the separator never occurs.

    A leading minus travels as "-", a sixth of its size in the escaped message; the browser writes the true minus.
    """
    if column.dtype == bool:
        return ["1" if flag else "" for flag in column]
    texts = [str(value).replace("|", "/") if kept else "" for value, kept in zip(column, column.notna(), strict=True)]
    return ["-" + text[1:] if text.startswith(MINUS) else text for text in texts]


def _runs(codes: list[str]) -> list[list[Any]]:
    """Return codes as runs of [first code, how many follow by one]: desa are numbered through inside a kecamatan."""
    runs: list[list[Any]] = []
    follower = ""
    for code in codes:
        if code == follower:
            runs[-1][1] += 1
        else:
            runs.append([code, 1])
        head, dot, number = code.rpartition(".")
        follower = f"{head}{dot}{int(number) + 1:0{len(number)}}"
    return runs


def _short(texts: list[str]) -> str | list[Any]:
    """Return texts joined by "|", or, where that is shorter, [the different texts, their runs].

    A run is two base-36 digits: which text, and how many rows long.
    """
    joined = "|".join(texts)
    different = list(dict.fromkeys(texts))
    if len(different) > len(DIGITS):
        return joined
    runs = "".join(DIGITS[different.index(text)] + DIGITS[length] for text, length in _lengths(texts))
    return [different, runs] if sum(map(len, different)) + 6 * len(different) + len(runs) < len(joined) else joined


def _lengths(texts: list[str]) -> Iterator[tuple[str, int]]:
    longest = len(DIGITS) - 1
    for text, same in groupby(texts):
        left = len(list(same))
        while left:
            yield text, min(left, longest)
            left -= min(left, longest)


def _script_json(value: Any) -> str:
    """Return JSON as JavaScript source that cannot end a script element."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
