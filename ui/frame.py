"""The frame of every page: question, headline, band, cards, legend, table, stamp. Text is always escaped here."""

import html
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.disclosure import Cleared
from config.colours import load_colours
from config.text import text
from ui import downloads, session

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
LONG_TABLE = 10  # rows
STYLE = Path(__file__).with_name("style.css")


def dress() -> None:
    """Put the style sheet and the palette (as CSS variables) on the page; once a run, from the main script."""
    palette = "".join(f"--{name}:{colour.hex};" for name, colour in load_colours().items())
    st.html(f"<style>:root{{{palette}}}{STYLE.read_text(encoding='utf-8')}</style>")


def show_band(contoh: bool) -> None:
    """Show the band that says the data is sample data."""
    if contoh:
        st.html(f'<div class="bl-pita" role="note">{html.escape(text("umum.pita_contoh"))}</div>')


def show_head(question: str, headline: str, sub: str = "") -> None:
    """Show the question, the headline sentence (`*...*` is emphasised) and one line under it."""
    strong = re.sub(r"\*(.+?)\*", r"<em>\1</em>", html.escape(headline))
    line = f'<p class="bl-sub">{html.escape(sub)}</p>' if sub else ""
    st.html(f'<div class="bl-kepala"><p class="bl-tanya">{html.escape(question)}</p><h1>{strong}</h1>{line}</div>')


def show_card_title(title: str, note: str = "") -> None:
    """Show the title of a card with a quiet note behind it."""
    st.html(f'<h2 class="bl-kartu">{html.escape(title)} <small>{html.escape(note)}</small></h2>')


def show_legend(items: list[tuple[str, str]], title: str = "") -> None:
    """Show a legend; each item is (mark, words), the mark a class `bl-i-...` of the style sheet or `#rrggbb`."""
    parts = [f"<b>{html.escape(title)}</b>"] if title else []
    for mark, words in items:
        style = f' style="background:{mark}"' if mark.startswith("#") else ""
        name = "bl-i-petak" if mark.startswith("#") else f"bl-i-{mark}"
        parts.append(f'<span><i class="{name}"{style} aria-hidden="true"></i>{html.escape(words)}</span>')
    st.html(f'<div class="bl-legenda">{"".join(parts)}</div>')


def show_figures(rows: list[tuple[str, str, str]]) -> None:
    """Show a short list of figures: words, number, and a quiet note (may be empty) in each row."""
    lines = "".join(
        f"<tr><th scope='row'>{html.escape(words)}{f'<small>{html.escape(note)}</small>' if note else ''}</th>"
        f"<td>{html.escape(figure)}</td></tr>"
        for words, figure, note in rows
    )
    st.html(f'<table class="bl-angka">{lines}</table>')


def show_big(figure: str, words: str) -> None:
    """Show one big number with its words."""
    st.html(f'<p class="bl-besar"><b>{html.escape(figure)}</b> <span>{html.escape(words)}</span></p>')


def show_table(cleared: Cleared | Callable[[], Cleared], columns: dict[str, str], key: str) -> None:
    """Show the numbers behind a picture as a table; `columns` gives the title of each column shown.

    Folded away, and made (where it is given as a function) and sent to the browser only once it is opened.
    """
    folded = st.expander(text("umum.tabel"), key=key, on_change="rerun")
    if folded.open:
        shown = cleared() if callable(cleared) else cleared
        titled = shown.table[list(columns)].rename(columns=columns)
        folded.dataframe(titled, hide_index=True, width="stretch")
        file = f"balanting_{key}_{shown.ruang}"
        if session.current_source().contoh:  # a file leaves the band behind, so it says it itself
            chip = text("umum.cip_contoh")
            titled, file = titled.assign(**{chip: chip}), f"{file}_CONTOH"
        if shown.ruang != "publik":
            titled = titled.assign(**{text("umum.ruang"): text(f"umum.batas_{shown.ruang}")})
        with folded:
            downloads.offer(f"{file}.csv", as_csv(titled), "text/csv", f"unduh_{key}", text("umum.unduh"))


def as_csv(table: pd.DataFrame) -> bytes:
    """Return a table as an Indonesian Excel opens it: semicolons, decimal comma; formula-like text is escaped."""
    texts = table.select_dtypes(["str", "object"])
    safe = texts.map(lambda cell: f"'{cell}" if isinstance(cell, str) and cell[:1] in FORMULA_STARTS else cell)
    text_of = str(table.assign(**safe).to_csv(index=False, sep=";", decimal=","))
    return text_of.encode("utf-8-sig")


def show_facts(facts: dict[str, str]) -> None:
    """Show names and what they are, as a list of definitions."""
    rows = "".join(f"<dt>{html.escape(name)}</dt><dd>{html.escape(what)}</dd>" for name, what in facts.items())
    st.html(f'<dl class="bl-fakta">{rows}</dl>')


def show_quote(sentence: str) -> None:
    """Show one sentence that is made to be read aloud."""
    st.html(f'<p class="bl-ucap">{html.escape(sentence)}</p>')


def show_texts(table: pd.DataFrame, columns: dict[str, str]) -> None:
    """Show a table of sentences, wrapped; on a phone each row becomes a block, headed by its first column."""
    titles = "".join(f'<th scope="col">{html.escape(title)}</th>' for title in columns.values())
    lines = []
    for row in table[list(columns)].itertuples(index=False):
        head, *rest = (html.escape(str(value)) for value in row)
        names = [html.escape(title, quote=True) for title in list(columns.values())[1:]]
        cells = "".join(f'<td data-kol="{name}">{value}</td>' for name, value in zip(names, rest, strict=True))
        lines.append(f'<tr><th scope="row">{head}</th>{cells}</tr>')
    st.html(f'<table class="bl-tabel"><thead><tr>{titles}</tr></thead><tbody>{"".join(lines)}</tbody></table>')


def scrolled(rows: int) -> DeltaGenerator:
    """Return a place for a table of `rows` rows: a long one scrolls in it, a short one takes the room it needs."""
    return st.container(height=420 if rows > LONG_TABLE else "content", border=False)


def show_stamp(parts: list[str], chip: str = "") -> None:
    """Show where the numbers come from: a chip when they are not the district's own, then short parts."""
    mark = f'<b class="bl-cip">{html.escape(chip)}</b>' if chip else ""
    words = "".join(f"<span>{html.escape(part)}</span>" for part in parts if part)
    st.html(f'<footer class="bl-cap">{mark}{words}</footer>')


def slots(count: int) -> list[DeltaGenerator]:
    """Return empty places in order, so that a headline can stand above the filters it depends on."""
    return [st.container() for _ in range(count)]
