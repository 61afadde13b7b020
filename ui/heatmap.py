"""Shows the heatmap or the strips of family parameters and tells which row was chosen, by click or by keyboard."""

import hashlib
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from config.text import text
from ui.charts.heatmap_cells import CHANGE_FACTS, CHANGE_LOOKS, FACTS, STATUS_LOOKS

STYLE = Path(__file__).with_name("heatmap.css")
SCRIPT = Path(__file__).resolve().parents[1] / "static" / "panas.js"
# Only this travels with every rerun; the browser keeps the script itself. On one line Streamlit takes it for a path.
LOADER = """export default async (component) =>
  (await import(new URL("app/static/{}", document.baseURI))).default(component);
"""
CHOSEN = (
    ".bl-panas tr[data-baris={0}]{{outline:2px solid var(--merek);outline-offset:1px}}"
    ".bl-panas tr[data-baris={0}] a{{font-weight:700}}"
)
CODE = re.compile(r"[A-Za-z0-9]+")


def show_heatmap(html: str, key: str, chosen: str = "", on_choose: Callable[[str], None] | None = None) -> None:
    """Show what `draw_heatmap` or `draw_strips` returned; `chosen` is the parameter whose row is outlined.

    `on_choose` is called with the parameter code of a clicked row before the rerun. `key`: for the widget, its own on
    the page. The same HTML is not sent again, so choosing a row costs little.
    """

    def report() -> None:
        code = st.session_state[key].baris
        if code and on_choose is not None:
            on_choose(str(code))

    st.html(STYLE)
    st.html(html)
    if CODE.fullmatch(chosen):
        st.html(
            f"<style>.bl-panas tr[data-baris={chosen}]{{outline:2px solid var(--merek);outline-offset:1px}}</style>"
        )
    _behaviour()(key=key, data={"kata": _words()}, height="content", on_baris_change=report)


@cache
def _behaviour() -> Any:
    """The part that runs in the browser: the card of a cell and the choice of a row (static/panas.js)."""
    version = hashlib.sha256(SCRIPT.read_bytes()).hexdigest()[:12]
    script = LOADER.format(f"{SCRIPT.name}?v={version}")
    return st.components.v2.component("balanting_panas", js=script, isolate_styles=False)


@cache
def _words() -> dict[str, Any]:
    """Return the texts of the card; {names} are filled in the browser with the facts of a cell."""
    facts, changes = ({name: f"{{{name}}}" for name in names} for names in (FACTS, (*CHANGE_FACTS, "putusan")))
    return {
        "nama_nilai": FACTS,
        "nama_ubah": CHANGE_FACTS,
        "rupa": {look: text(f"panas.rupa_{look}") for look in dict.fromkeys((*STATUS_LOOKS, *CHANGE_LOOKS))},
        "ubah": [look for look in CHANGE_LOOKS if look not in STATUS_LOOKS],
        "nilai": text("panas.kartu_nilai", **facts),
        "kosong": text("panas.kartu_kosong", **facts),
        "selisih": text("panas.kartu_selisih", **changes),
        "uraian": text("panas.kartu_uraian", **changes),
        "jumlah": text("panas.kartu_jumlah", **changes),
    }
