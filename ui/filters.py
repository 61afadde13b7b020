"""The filter bar. Every choice lives in the URL, so a link reproduces the view."""

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from config.indicators import indicator
from config.text import text
from ui.format import month


def choose_one(name: str, label: str, options: Sequence[str], show: Callable[[str], str], default: str) -> str:
    """Show a segmented control bound to URL parameter `name`; return the choice."""
    chosen = st.segmented_control(
        label, options, default=default, format_func=show, key=name, required=True, bind="query-params"
    )
    return str(chosen or default)


def choose_month(name: str, label: str, options: Sequence[str], default: str) -> str:
    """Show a list of months bound to URL parameter `name`; return the choice as YYYY-MM."""
    place = list(options).index(default)
    chosen = st.selectbox(label, options, index=place, format_func=month, key=name, bind="query-params", width=130)
    return str(chosen or default)


def choose_indicator(options: Sequence[str]) -> str:
    """Show the list of indicators bound to the URL; return the id chosen."""
    chosen = st.selectbox(
        text("peta.indikator"),
        options,
        format_func=lambda name: indicator(name).nama,
        key="ukuran",
        bind="query-params",
        width=230,
    )
    return str(chosen or options[0])


def choose_place(kecamatan: pd.DataFrame) -> str:
    """Show the list of kecamatan bound to the URL; return the code chosen, empty for the whole kabupaten."""
    names = dict(zip(kecamatan["kode"], kecamatan["nama"], strict=True))
    chosen = st.selectbox(
        text("peta.wilayah"),
        ["", *names],
        format_func=lambda kode: names.get(kode, text("peta.semua")),
        key="wilayah",
        bind="query-params",
        width=190,
    )
    return str(chosen or "")
