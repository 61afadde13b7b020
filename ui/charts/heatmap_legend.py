"""The legend of the heatmap, drawn with the same cells: colours, certainty, what is missing, what changed."""

import json
from collections.abc import Collection
from html import escape

from config.text import text
from ui.charts.heatmap_cells import limits
from ui.format import number

ALWAYS = ("m", "k", "h", "kb")
# Look of the cell shown, name of its words, looks it stands for beside its own.
STATUS = (
    ("m", "merah", ()),
    ("k", "kuning", ()),
    ("h", "hijau", ()),
    ("kb", "bulat", ("mb", "hb")),
    ("kh", "sudut", ("hk",)),
)
CHANGE = (
    ("tu", "membaik", ("tuf",)),
    ("nk", "memburuk", ("nkf",)),
    ("td", "ragu", ("nd", "nol")),
    ("tv", "tanpa_putusan", ("nv", "ov")),
    ("su", "susunan", ()),
    ("te", "tetap", ()),
)
BLANK = (("s", "samar", ("ms", "ks", "hs")), ("x", "kosong", ()), ("q", "tanya", ()), ("t", "berlaku", ()))
STRONG = "bulat"  # the one thing a reader must know
INSIDE = {"kb": "<b></b>", "su": "<b></b>"}


def draw_legend(looks: Collection[str], proposed: bool = False) -> str:
    """Return the HTML of the legend of a heatmap with these looks; `proposed`: some parameters carry the ° mark."""
    yellow, red = (number(limit) for limit in limits())
    parts = []
    for kind, items in (("status", STATUS), ("ubah", CHANGE), ("kosong", BLANK)):
        for look, name, others in items:
            if look in (*ALWAYS, *looks) or not set(others).isdisjoint(looks):
                parts.append(_item(kind, look, name, text(f"panas.leg_{name}", kuning=yellow, merah=red)))
    if proposed:
        parts.append(f"<span>{escape(text('panas.leg_usulan'))}</span>")
    return f'<div class="bl-panas-leg">{"".join(parts)}</div>'


def spoken_words(key: str, looks: Collection[str]) -> str:
    """Return the CSS rules that give a screen reader the words of each look; sighted readers see shape and colour."""
    words = {look: json.dumps(f" {text(f'panas.rupa_{look}')}", ensure_ascii=False) for look in sorted(looks)}
    return "".join(f".bl-{key} .{look}{{--kata:{word}}}" for look, word in words.items())


def _item(kind: str, look: str, name: str, words: str) -> str:
    inside = escape(text("panas.tetap")) if look == "te" else INSIDE.get(look, "")
    shown = f"<strong>{escape(words)}</strong>" if name == STRONG else escape(words)
    return f'<span class="{kind}"><i class="bl-sel {look}" aria-hidden="true">{inside}</i>{shown}</span>'
