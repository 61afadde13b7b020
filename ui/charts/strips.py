"""All desa at a glance: each parameter one strip of small cells, ordered by kecamatan; colour and shape, no numbers."""

import json
from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import groupby
from urllib.parse import quote

from config.colours import colour
from config.text import text
from ui.charts.heatmap import EMPTY, Column, Line, Panel, bodies, label, shorten
from ui.charts.heatmap_cells import CHANGE_LOOKS, STATUS_LOOKS
from ui.charts.heatmap_legend import draw_legend

GAP = 1  # cells left free between two groups
HEIGHT = 2.2  # of a strip, in cell widths
# Full bars are certain, dots are not, thin lines stand for places without a number.
BARS = {
    "merah": ("m", "r", "ms"),
    "kuning": ("k", "kh", "ks"),
    "hijau": ("h", "hk", "hs"),
    "samar": ("s",),
    "turun": ("tu", "tuf"),
    "naik": ("nk", "nkf"),
}
DOTS = {
    "merah": ("mb",),
    "kuning": ("kb",),
    "hijau": ("hb",),
    "tinta3": ("td", "nd", "nol", "su", "te"),
    "samar": ("tv", "nv", "ov"),
}
LINES = {"kosong": ("x", "q")}
SHAPES = (
    (BARS, f"transform='translate(0 {HEIGHT / 2:g})' stroke-width='{HEIGHT - 0.2:g}' stroke-dasharray='.86 .14'"),
    (LINES, f"transform='translate(0 {HEIGHT / 2:g})' stroke-width='.14' stroke-dasharray='.86 .14'"),
    (
        DOTS,  # dashes of no length with round ends, in the middle of each cell
        f"transform='translate(-.07 {HEIGHT / 2:g})' stroke-width='.86' stroke-linecap='round' stroke-dasharray='0 1' "
        "stroke-dashoffset='-.5'",
    ),
)
CORNERS = {"kh", "hk"}  # too small to see here
# What the column at the end counts, and what the words for the picture count; the rest has no number.
RED, RED_SURE = ("m", "mb", "r", "ms"), ("m", "r", "ms")
TOLD = {
    "bentang": {"m": RED_SURE, "mb": ("mb",), "k": ("k", "kh", "ks", "kb"), "h": ("h", "hk", "hs", "hb")},
    "bentang_ubah": {"tu": BARS["turun"], "nk": BARS["naik"], "td": DOTS["tinta3"]},
}


def draw_strips(
    key: str,
    lines: Sequence[Line],
    places: Sequence[Column],
    panel: Panel,
    link: Callable[[str], str],
    open_group: Callable[[str], str],
) -> str:
    """Return the HTML of the strips of one panel.

    `places` stand together by `kelompok`. `link` and `open_group` give the addresses that a parameter code and the
    heading of a group lead to. `key`: letters, its own on the page.
    """
    groups = [(name, len(list(members))) for name, members in groupby(places, lambda place: place.kelompok)]
    starts = list(_starts(groups))
    names = json.dumps([f"{place.nama} ({place.kelompok})" for place in places], ensure_ascii=False)
    sizes = ",".join(str(size) for _, size in groups)
    known, words = (CHANGE_LOOKS, "bentang_ubah") if panel.perubahan else (STATUS_LOOKS, "bentang")
    legend = f".bl-{key} .status{{display:none}}" if panel.perubahan else ""

    def row(line: Line) -> str:
        looks = [panel.marks.get((line.kode, place.kode), EMPTY).look for place in places]
        strip = _strip(looks, starts, "".join(chr(ord("a") + known.index(look)) for look in looks), _told(looks, words))
        return f"{label(line, link(line.kode))}{strip}{_count(looks, panel.perubahan)}"

    seen = {mark.look for mark in panel.marks.values()} - CORNERS
    return (
        f'<div class="bl-panas bl-bentang bl-{key}"><style>.bl-{key}{{--lebar:{starts[-1] + 1}}}{legend}</style>'
        f"{draw_legend(seen, any(line.usulan for line in lines))}"
        f'<table data-nama="{escape(names)}" data-grup="{sizes}" data-rupa="{",".join(known)}">'
        f"<caption>{escape(text('panas.ket', panel=panel.judul))}</caption>"
        f'<thead><tr class="judul"><td></td><th><b>{escape(panel.judul)}</b><small>{escape(panel.catatan)}</small></th>'
        f"<th><b>{escape(text(f'panas.{words}_judul'))}</b></th></tr>"
        f'<tr class="grup"><td></td><td><div>{_heads(groups, open_group)}</div></td>'
        f"<td>{escape(text(f'panas.{words}_ket'))}</td></tr></thead>{bodies(lines, row)}</table></div>"
    )


def _starts(groups: Sequence[tuple[str, int]]) -> Iterator[int]:
    """Yield where each cell begins, in cell widths."""
    at = 0
    for _, size in groups:
        yield from (at + number for number in range(size))
        at += size + GAP


def _heads(groups: Sequence[tuple[str, int]], open_group: Callable[[str], str]) -> str:
    codes = shorten([name for name, _ in groups])
    return "".join(
        f'<a style="flex-grow:{size}" href="{escape(open_group(name))}" target="_self" title="{escape(name)}">'
        f"<span>{escape(name)}</span><abbr>{code}</abbr></a>"
        for (name, size), code in zip(groups, codes, strict=True)
    )


def _strip(looks: Sequence[str], starts: Sequence[int], letters: str, told: str) -> str:
    """Return the cell with the strip as a picture, the words for it and, for the card, one letter a place."""
    drawn = ""
    for shapes, style in SHAPES:
        paths = "".join(_path(looks, starts, members, name) for name, members in shapes.items())
        drawn += f"<g {style}>{paths}</g>" if paths else ""
    box = f"viewBox='0 0 {starts[-1] + 1} {HEIGHT}' preserveAspectRatio='none'"
    source = quote(f"<svg xmlns='http://www.w3.org/2000/svg' {box}>{drawn}</svg>", safe=" =:/'.,")
    return f'<td class=lajur data-s={letters}><img src="data:image/svg+xml,{source}" alt="{escape(told)}">'


def _path(looks: Sequence[str], starts: Sequence[int], members: Sequence[str], name: str) -> str:
    """Return a line for each run of neighbouring cells whose look is one of `members`; dashes cut it into cells.

    Each line begins relative to the end of the one before: short numbers, a third fewer bytes.
    """
    at, steps = 0, []
    hits = [start for start, look in zip(starts, looks, strict=True) if look in members]
    for _, run in groupby(enumerate(hits), lambda pair: pair[1] - pair[0]):
        cells = [start for _, start in run]
        steps.append(f"m{cells[0] - at} 0h{len(cells)}")
        at = cells[-1] + 1
    return f"<path d='{''.join(steps)}' stroke='{colour(name)}'/>" if steps else ""


def _count(looks: Sequence[str], change: bool) -> str:
    pair = (BARS["turun"], BARS["naik"]) if change else (RED_SURE, RED)
    first, second = (sum(look in kinds for look in looks) for kinds in pair)
    return f"<td>{first} / {second}</td>"


def _told(looks: Sequence[str], words: str) -> str:
    """Return the words that stand for the picture."""
    kinds = TOLD[words]
    counts = {name: sum(look in members for look in looks) for name, members in kinds.items()}
    rest = len(looks) - sum(counts.values())
    return text(f"panas.{words}_alt", lain=rest, **counts)
