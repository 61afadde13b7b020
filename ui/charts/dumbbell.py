"""One parameter place by place: then and now on one line from 0 to 100 %, with the verdict on the same families."""

from html import escape
from typing import Any

import pandas as pd

from analytics.disclosure import Cleared
from config.text import text
from ui.charts.heatmap import inside
from ui.charts.heatmap_cells import Mark, change_marks, limits, short_percent
from ui.format import MISSING, number

COLUMNS = ("wilayah", "rentang", "awal", "kini", "ubah", "putusan", "tetap")


def draw_places(cleared: Cleared, periods: tuple[str, str]) -> str:
    """Return the HTML table of a cleared comparison of one parameter, one row a place in the order of the table.

    `periods`: the texts of both rounds. Withheld cells show that they are withheld.
    """
    marks = change_marks(cleared)
    yellow, red = limits()
    heads = "".join(_head(name, periods) for name in COLUMNS)
    rows = "".join(_row(row, marks[row.parameter, row.kode]) for row in cleared.table.itertuples())
    return (
        f'<table class="bl-halter" style="--kuning-di:{yellow:g}%;--merah-di:{red:g}%">'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _head(name: str, periods: tuple[str, str]) -> str:
    words = text(f"panas.halter_kol_{name}", awal=periods[0], kini=periods[1])
    return f'<th scope="col" class="{name}">{escape(words)}</th>'


def _row(row: Any, mark: Mark) -> str:
    before, after = _percent(row.n_awal, row.penyebut_awal), _percent(row.n_kini, row.penyebut_kini)
    return (
        f'<tr><th scope="row">{escape(row.nama)}</th><td class="rentang">{_track(before, after, mark.look)}</td>'
        f'<td class="awal">{_figure(before, row.n_awal, row.penyebut_awal)}</td>'
        f'<td class="kini">{_figure(after, row.n_kini, row.penyebut_kini)}</td>'
        f'<td class="ubah"><span class="bl-sel {mark.look}">{inside(mark)}</span></td>'
        f'<td class="putusan" title="{escape(mark.note)}">{escape(text(f"panas.putusan_{mark.look}"))}</td>'
        f'<td class="tetap">{escape(_stayers(row))}</td></tr>'
    )


def _percent(n: Any, total: Any) -> float | None:
    return None if pd.isna(n) or pd.isna(total) or not total else 100 * n / total


def _track(before: float | None, after: float | None, look: str) -> str:
    dots = [(name, value) for name, value in (("awal", before), ("kini", after)) if value is not None]
    line = ""
    if before is not None and after is not None:
        low, high = sorted((before, after))
        line = f'<i class="garis {look}" style="left:{low:.1f}%;width:{high - low:.1f}%"></i>'
    points = "".join(f'<i class="{name} {look}" style="left:{value:.1f}%"></i>' for name, value in dots)
    return f'<div aria-hidden="true">{line}{points}</div>'


def _figure(value: float | None, n: Any, total: Any) -> str:
    if value is None:
        return MISSING
    counts = escape(text("panas.urai_dari", n=number(n), penyebut=number(total)))
    return f"<b>{escape(short_percent(value))} %</b> <small>{counts}</small>"


def _stayers(row: Any) -> str:
    if pd.isna(row.tetap_n_awal) or pd.isna(row.tetap_n_kini) or pd.isna(row.tetap):
        return MISSING
    return text("panas.halter_tetap", awal=row.tetap_n_awal, kini=row.tetap_n_kini, tetap=row.tetap)
