"""A page with the heatmap or the strips alone, for the browser tests; `?jenis=` kecamatan, desa, semua."""

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from config.parameters import parameters_of
from config.places import load_desa, load_kecamatan
from ui import frame, heatmap
from ui.charts.heatmap import Column, Line, Panel, draw_heatmap, shorten
from ui.charts.heatmap_cells import Mark
from ui.charts.strips import draw_strips

NOTE = "disamarkan: kelompok tetap, keluar atau masuk terlalu kecil"
LOOKS = ("m", "mb", "kb", "hk")


def draw(kind: str) -> str:
    """Return the HTML of the picture."""
    lines = [Line(p.kode, p.nama, p.jenis.upper(), p.status == "usulan") for p in parameters_of("balita")]
    desa = load_desa()
    places = (
        load_kecamatan() if kind == "kecamatan" else desa if kind == "semua" else desa[desa["kecamatan"] == "Halong"]
    )
    codes = ["63.11", *places["kode"]]
    marks = {
        (line.kode, kode): Mark(
            LOOKS[(row + n) % 4], str(10 + row + n), (str(row + 1), str(n + 30), "41,5", "20", "60")
        )
        for row, line in enumerate(lines)
        for n, kode in enumerate(codes)
    }
    now = Panel("Kini", "Jun 2023", marks, {})
    if kind == "semua":
        known = [Column(row.kode, row.nama, "", row.kecamatan) for row in desa.itertuples()]
        return draw_strips("uji", lines, known, now, "?parameter={}".format, "?wilayah={}".format)
    change = {key: Mark("td", "5", ("−5,0", "−4,0", "−2,0", "+1,0", "12", "8", "3")) for key in marks}
    change["SS01", codes[1]] = Mark("s", note=NOTE)
    names = places["nama"].tolist()
    columns = [Column("63.11", "Kabupaten", "KAB.")]
    columns += [Column(*each) for each in zip(places["kode"], names, shorten(names), strict=True)]
    panels = [Panel("Awal", "Mei 2022", marks, {}), now, Panel("Perubahan", "poin persen", change, {}, perubahan=True)]
    return draw_heatmap("uji", lines, columns, panels, "?parameter={}".format, first=1)


def choose(kode: str) -> None:
    """Keep the chosen row."""
    st.session_state["dipilih"] = kode


st.set_page_config(layout="wide")
frame.dress()
chosen = st.session_state.get("dipilih", "")
heatmap.show_heatmap(draw(st.query_params.get("jenis", "kecamatan")), "panas", chosen, choose)
st.write(f"Dipilih: {chosen or '-'}")
