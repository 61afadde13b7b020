"""The only room that caches and touches session state: which data is shown, and the tables cut from it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from analytics.disclosure import Cleared, clear_prevalence
from analytics.prevalence import tabulate_coverage, tabulate_prevalence
from analytics.serving import open_active
from data.store import lineage, read_table, reading
from ui.format import month
from ui.map_cells import card_lines, make_cells
from ui.maps import encode_cells

KEPT_VERSIONS = 64
MEASURED, FAMILIES, WOMEN = "eppgbm", "parameter", "bumil"  # the chains of tables
ROOM = "publik"  # the only room there is so far


@dataclass(frozen=True)
class Source:
    """What the screen shows: the version that counts now, and where it came from. Empty version: no data."""

    versi: str
    berkas: str
    sha256: str
    waktu: str
    contoh: bool


def current_source(rantai: str = MEASURED) -> Source:
    """Return what counts now of a chain of tables: one short query, so that an import elsewhere is soon seen."""
    store = open_active()
    with reading(store) as connection:
        imports = lineage(connection, rantai)
    if imports.empty:
        return Source("", "", "", "", store.is_sample)
    newest = imports.iloc[0]
    return Source(newest["id"], newest["berkas"], newest["sha256"], newest["waktu"], store.is_sample)


@st.cache_data(max_entries=KEPT_VERSIONS, show_spinner=False)
def stored(source: Source, name: str) -> pd.DataFrame:
    """Return a small stored table of a version, kept in memory."""
    return read_once(source, name)


def read_once(source: Source, name: str) -> pd.DataFrame:
    """Return a stored table of a version without keeping it: for large ones that only a kept result is cut from."""
    return read_table(open_active(), source.versi, name)


def months(source: Source) -> list[str]:
    """Return the months that hold measurements, oldest first."""
    return sorted(stored(source, "kubus")["bulan"].unique()) if source.versi else []


@st.cache_data(max_entries=KEPT_VERSIONS, show_spinner=False)
def prevalence(source: Source, indikator: str, tingkat: str, ruang: str) -> Cleared:
    """Return the cleared prevalence of one indicator at one level, all months."""
    return clear_prevalence(tabulate_prevalence(stored(source, "kubus"), [indikator], tingkat), ruang)


@st.cache_data(max_entries=KEPT_VERSIONS, show_spinner=False)
def coverage(source: Source, periode: str) -> pd.Series:
    """Return measured and registered children of the kabupaten in a month: diukur, terdaftar, persen."""
    return tabulate_coverage(stored(source, "cakupan"), "kabupaten", periode).iloc[0]


@st.cache_data(max_entries=KEPT_VERSIONS, show_spinner=False)
def left_out(source: Source, periode: str) -> dict[str, int]:
    """Return how many measured children of a month have no height-for-age, and how many an implausible one."""
    month = stored(source, "kubus").query("bulan == @periode")
    odd = int(month["tbu_tidak_wajar"].sum())
    return {"tidak_wajar": odd, "tanpa_z": int(month["diukur"].sum() - month["tbu_z"].sum()) - odd}


@st.cache_data(max_entries=256, show_spinner=False)
def drawn(_build: Callable[[], Any], *parts: Any) -> Any:
    """Return a finished chart or picture, kept by `parts`; `_build` runs only when it is not kept yet."""
    return _build()


@st.cache_data(max_entries=512, show_spinner=False)
def painted(source: Source, indikator: str, lapis: str, periode: str, awal: str, kini: str) -> str:
    """Return the map of one month as the browser takes it: colours and card texts of every place."""
    cells = make_cells(prevalence(source, indikator, lapis, ROOM), periode, awal, kini)
    return encode_cells(lapis, cells, card_lines(month(periode)))


def recall(name: str) -> str:
    """Return what the URL says of `name`, empty when it says nothing."""
    return str(st.query_params.get(name, ""))


def adopt_url(name: str, options: Sequence[str], default: str) -> None:
    """Set widget `name` to what the URL says, when the URL is new to this session (a link, or back and forward).

    An unknown value counts as the default; later changes come from the widget itself.
    """
    said = st.query_params.get(name)
    if name not in st.session_state or said != st.session_state.get(_seen(name)):
        st.session_state[name] = said if said in options else default
        st.session_state[_seen(name)] = said
    elif st.session_state[name] not in options:  # an import took the chosen month away
        st.session_state[name] = default


def keep_in_url(**choices: str) -> None:
    """Write all choices of a page into the URL once one of them left its default; before that the URL stays clean.

    Called with the defaults under `default_<name>`.
    """
    names = [name for name in choices if not name.startswith("default_")]
    if all(choices[name] == choices[f"default_{name}"] for name in names) and not any(map(recall, names)):
        return
    for name in names:
        remember(name, choices[name])
        st.session_state[_seen(name)] = st.query_params.get(name)


def remember(name: str, value: str) -> None:
    """Write a choice into the URL; an empty value removes it."""
    if value and recall(name) != value:
        st.query_params[name] = value
    elif not value and name in st.query_params:
        del st.query_params[name]


def set_choices(**choices: str) -> None:
    """Set widgets by key; only inside a callback, before they are drawn again."""
    for name, value in choices.items():
        st.session_state[name] = value


def _seen(name: str) -> str:
    return f"_url_{name}"
