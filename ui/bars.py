"""Bars made of HTML: they wrap on a phone, are read by screen readers, and cost the browser nothing."""

import html
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from config.colours import load_colours
from ui.format import number

UNKNOWN = "••"


@dataclass(frozen=True)
class Part:
    """One piece of a bar: words, count (None: withheld) and the name of its colour."""

    words: str
    count: int | None
    warna: str


def show_stack(title: str, parts: Sequence[Part]) -> None:
    """Show one bar whose pieces are as long as their counts; withheld ones share what is left in equal parts."""
    shown = sum(part.count or 0 for part in parts)
    least = max(1.0, 0.04 * shown)
    pieces = "".join(_piece(part, part.count if part.count is not None else least) for part in parts if part.count != 0)
    st.html(f'<div class="bl-tumpuk"><p>{html.escape(title)}</p><div class="bl-batang">{pieces}</div></div>')


def _piece(part: Part, size: float) -> str:
    known = part.count is not None
    colour = load_colours()[part.warna if known else "samar"]
    ink = load_colours()[colour.teks[0] if colour.teks else "putih"].hex
    figure = number(part.count) if known else UNKNOWN
    words = html.escape(f"{part.words}: {figure if known else 'disamarkan'}", quote=True)
    look = f"flex:{size:.3f};background:{colour.hex};color:{ink}"
    return f'<span style="{look}" title="{words}" aria-label="{words}">{figure}</span>'


def show_people(count: int | None, words: str, note: str, warna: str) -> None:
    """Show a group of people: the number, what they are, and one small figure for each."""
    hue = load_colours()[warna].hex
    figures = f'<i class="bl-orang" style="--isi:{hue}"></i>' * (count or 0)
    figure = number(count) if count is not None else UNKNOWN
    st.html(
        f'<div class="bl-kelompok" style="border-color:{hue}"><p><b style="color:{hue}">{figure}</b>'
        f"<span>{html.escape(words)}<small>{html.escape(note)}</small></span></p>"
        f'<div aria-hidden="true">{figures}</div></div>'
    )


def show_pairs(rows: Sequence[tuple[str, int | None, int | None]], withheld: str) -> None:
    """Show for each name a pale bar (first count) with a strong one (second count) inside it; None is withheld."""
    longest = max([first or 0 for _, first, _ in rows], default=0) or 1
    lines = "".join(_pair(name, first, second, longest, withheld) for name, first, second in rows)
    st.html(f'<table class="bl-pasang">{lines}</table>')


def _pair(name: str, first: int | None, second: int | None, longest: int, withheld: str) -> str:
    head = f'<th scope="row">{html.escape(name)}</th>'
    if first is None:
        return f'<tr>{head}<td><i class="bl-i-samar"></i> <small>{html.escape(withheld)}</small></td></tr>'
    inner = (
        ""
        if second is None
        else f'<b style="width:{100 * second / max(first, 1):.1f}%">{number(second) if second else ""}</b>'
    )
    hidden = f" <small>{html.escape(withheld)}</small>" if second is None else ""
    bar = f'<div style="width:{82 * first / longest:.1f}%">{inner}</div>'
    return f"<tr>{head}<td>{bar}<span>{number(first)}{hidden}</span></td></tr>"
