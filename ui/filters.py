"""The filter bar. Every choice lives in the URL under a stable name, so a link reproduces the view."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from config.text import text
from ui import session
from ui.format import month


def choose_one(name: str, label: str, options: Sequence[str], show: Callable[[str], str], default: str) -> str:
    """Show a segmented control for URL parameter `name`; return the choice. An empty label stays hidden."""
    session.adopt_url(name, options, default)
    chosen = st.segmented_control(
        label or name,
        options,
        format_func=show,
        key=name,
        required=True,
        label_visibility="visible" if label else "collapsed",
    )
    return str(chosen or default)


def choose_from(
    name: str, label: str, options: Sequence[str], show: Callable[[str], str], default: str, width: int
) -> str:
    """Show a drop-down list for URL parameter `name`, `width` pixels wide; return the choice."""
    session.adopt_url(name, options, default)
    return str(st.selectbox(label, options, format_func=show, key=name, width=width))


def choose_month(name: str, label: str, options: Sequence[str], default: str) -> str:
    """Show a list of months (YYYY-MM) for URL parameter `name`; return the choice."""
    return choose_from(name, label, options, month, default, 130)


def choose_place(places: Mapping[str, str]) -> str:
    """Show the list of kecamatan {kode: nama}; return the code chosen, empty for the whole kabupaten."""
    whole = {"": text("peta.semua")}
    return choose_from("wilayah", text("peta.wilayah"), ["", *places], lambda kode: (whole | {**places})[kode], "", 190)
