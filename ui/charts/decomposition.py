"""The story of one parameter as bars: then, who left, who stayed, who came, now. The steps add up exactly."""

from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from analytics.comparison import BETTER, WORSE
from analytics.disclosure import Cleared
from config.text import text
from ui.charts.heatmap_cells import brief_signed, limits
from ui.format import number, percent

HEADROOM = 1.12  # of the highest bar, so that its number has room
WHOLE, MIX, UNSURE, WITHHELD = "jumlah", "susunan", "ragu", "samar"
STAYERS = {BETTER: "turun", WORSE: "naik"}
NEEDED = ["n_awal", "penyebut_awal", "n_kini", "penyebut_kini"]
PARTS = ["dari_keluar", "dari_tetap", "dari_masuk"]


@dataclass(frozen=True)
class Bar:
    """One bar from `start` to `end` (percent of sasaran): its kind (class of heatmap.css), number, name and counts."""

    kind: str
    start: float
    end: float
    figure: str
    name: str
    counts: str


def draw_decomposition(cleared: Cleared, kode: str) -> str:
    """Return the HTML of the bars for one place of a cleared comparison of one parameter; empty where nothing is known.

    The table has one row a place with the columns of `compare_parameters`. Only the families in both rounds can have
    become better or worse, so only their bar has a colour, and only where that is certain; who left and who came is
    grey. Where the groups are withheld or the rounds not linked, the bars between then and now stay away.
    """
    row = cleared.table.set_index("kode").loc[kode]
    if row[NEEDED].isna().any():
        return ""
    bars = _bars(row)
    red = limits()[1]
    top = HEADROOM * max(red, *(max(bar.start, bar.end) for bar in bars))
    line = (
        f'<p class="ambang" style="bottom:{100 * red / top:.2f}%"><span>'
        f"{escape(text('panas.urai_ambang', merah=number(red)))}</span></p>"
    )
    columns = "".join(_column(bar, top) for bar in bars)
    return f'<div class="bl-urai" style="--batang:{len(bars)}"><div class="bidang">{line}</div>{columns}</div>'


def _bars(row: Any) -> list[Bar]:
    before, after = 100 * row.n_awal / row.penyebut_awal, 100 * row.n_kini / row.penyebut_kini
    first = _whole("awal", before, row.n_awal, row.penyebut_awal)
    last = _whole("kini", after, row.n_kini, row.penyebut_kini)
    if row[PARTS].isna().any():
        return [first, last]
    stayed_before, stayed_after = before + row.dari_keluar, after - row.dari_masuk
    kind = STAYERS.get(row.putusan, UNSURE)
    stayed = text("panas.urai_berubah", awal=_count(row.tetap_n_awal), kini=_count(row.tetap_n_kini), tetap=row.tetap)
    return [
        first,
        _step(MIX, before, stayed_before, row.dari_keluar, "keluar", _of(row.keluar_n_awal, row.keluar)),
        _step(kind, stayed_before, stayed_after, row.dari_tetap, "tetap", stayed),
        _step(MIX, stayed_after, after, row.dari_masuk, "masuk", _of(row.masuk_n_kini, row.masuk)),
        last,
    ]


def _whole(side: str, value: float, n: int, total: int) -> Bar:
    return Bar(WHOLE, 0, value, percent(value, 1), text(f"panas.urai_{side}"), _of(n, total))


def _step(kind: str, start: float, end: float, size: float, name: str, counts: str) -> Bar:
    return Bar(kind, start, end, brief_signed(size, 1), text(f"panas.urai_{name}"), counts)


def _of(n: Any, total: Any) -> str:
    """Return `31 dari 53`; only the size of the group where the number with the problem is withheld."""
    if pd.isna(n):
        return text("panas.urai_keluarga", n=_count(total))
    return text("panas.urai_dari", n=number(n), penyebut=_count(total))


def _count(value: Any) -> str:
    return text("panas.urai_samar") if pd.isna(value) else number(value)


def _column(bar: Bar, top: float) -> str:
    low, high = sorted((bar.start, bar.end))
    joint = "0" if bar.end >= bar.start else "100%"  # where the line to the next bar leaves
    style = f"bottom:{100 * low / top:.2f}%;height:{100 * (high - low) / top:.2f}%;--sambung:{joint}"
    inside = " dalam" if (high - low) / top > 0.12 else ""
    return (
        f'<section class="{bar.kind}{inside}"><div class="ruang"><div class="batang" style="{style}">'
        f"<b>{escape(bar.figure)}</b></div></div>"
        f"<h3>{escape(bar.name)}</h3><p>{escape(bar.counts)}</p></section>"
    )
