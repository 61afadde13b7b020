"""The only room that caches and touches session state: which data is shown, and the tables cut from it."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from analytics.disclosure import Cleared
from analytics.disclosure_counts import clear_counts, clear_sizes
from analytics.disclosure_prevalence import clear_prevalence
from analytics.prevalence import count_left_out, tabulate_coverage
from analytics.serving import open_active, read_groups
from data.store import lineage, read_table, reading
from ui.format import month
from ui.map_cells import card_lines, make_cells
from ui.maps import EncodedCells, Layer, encode_cells

KEPT_VERSIONS = 64
MEASURED, FAMILIES, WOMEN = "eppgbm", "parameter", "bumil"  # the chains of tables
_ROOM, _LOOK, _VISIT, _KEPT = "_ruang", "_dilihat", "_halaman", "_simpan_"
LOOK_LASTS = 600  # seconds after which the same view is a new look


@dataclass(frozen=True)
class Source:
    """What the screen shows: the version that counts now, and where it came from. Empty version: no data."""

    versi: str
    sha256: str
    waktu: str
    contoh: bool


def current_source(rantai: str = MEASURED) -> Source:
    """Return what counts now of a chain of tables: one short query, so that an import elsewhere is soon seen."""
    store = open_active()
    with reading(store) as connection:
        imports = lineage(connection, rantai)
    if imports.empty:
        return Source("", "", "", store.is_sample)
    newest = imports.iloc[0]
    return Source(newest["id"], newest["sha256"], newest["waktu"], store.is_sample)


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


def groups(families: Source) -> pd.DataFrame | None:
    """Return the kelompok desa of the family parameters, None where none are stored."""
    return stored_groups(families) if families.versi else None


@st.cache_data(max_entries=KEPT_VERSIONS, show_spinner=False)
def stored_groups(families: Source) -> pd.DataFrame:
    """Return the kelompok desa of stored family parameters."""
    return read_groups(open_active(), families.versi)


def prevalence(source: Source, indikator: str, tingkat: str) -> Cleared:
    """Return the prevalence of one indicator at one level, all months, cleared for the room of this session."""
    return _prevalence(source, current_source(FAMILIES), indikator, room())[tingkat]


@st.cache_data(max_entries=KEPT_VERSIONS, show_spinner=False)
def _prevalence(source: Source, families: Source, indikator: str, ruang: str) -> dict[str, Cleared]:
    return clear_prevalence(stored(source, "kubus"), [indikator], ruang, kelompok=groups(families))


def coverage(source: Source, periode: str) -> pd.Series:
    """Return measured and registered children of the kabupaten in a month: diukur, terdaftar, persen."""
    return _coverage(source, periode, room()).table.iloc[0]


@st.cache_data(max_entries=KEPT_VERSIONS, show_spinner=False)
def _coverage(source: Source, periode: str, ruang: str) -> Cleared:
    table = tabulate_coverage(stored(source, "cakupan"), "kabupaten", periode)
    return clear_sizes(table, ruang, ["diukur", "terdaftar"])


def left_out(source: Source, periode: str) -> pd.Series:
    """Return how many measured children of a month have no height-for-age that counts; see `count_left_out`."""
    return _left_out(source, periode, room()).table.set_index("sebab")["jumlah"]


@st.cache_data(max_entries=KEPT_VERSIONS, show_spinner=False)
def _left_out(source: Source, periode: str, ruang: str) -> Cleared:
    return clear_counts(count_left_out(stored(source, "kubus"), periode), ruang, "tidak_dihitung", ["bulan"])


def drawn(build: Callable[[], Any], *parts: Any) -> Any:
    """Return a finished chart or picture, kept by room and `parts`; `build` runs only when it is not kept yet."""
    return _drawn(build, room(), *parts)


@st.cache_data(max_entries=256, show_spinner=False)
def _drawn(_build: Callable[[], Any], *parts: Any) -> Any:
    return _build()


def painted(source: Source, indikator: str, lapis: Layer, periode: str, awal: str, kini: str) -> EncodedCells:
    """Return the map of one month as the browser takes it: colours and card texts of every place."""
    cleared = prevalence(source, indikator, lapis)
    return _painted(cleared.ruang, source, cleared, indikator, lapis, periode, awal, kini)


@st.cache_data(max_entries=512, show_spinner=False)
def _painted(
    ruang: str, source: Source, _cleared: Cleared, indikator: str, lapis: Layer, periode: str, awal: str, kini: str
) -> EncodedCells:
    return encode_cells(lapis, make_cells(_cleared, periode, awal, kini), card_lines(month(periode)))


def room() -> str:
    """Return the room that this browser session sees now: publik, rapat or petugas."""
    return str(st.session_state.get(_ROOM, "publik"))


def set_room(ruang: str) -> None:
    """Say which room this browser session sees; only the main script does, after it asked who is looking."""
    st.session_state[_ROOM] = ruang


def forget() -> None:
    """Drop every choice of this browser session: its login has ended."""
    st.session_state.clear()


def once_a_look(record: Callable[[], None], *view: str) -> None:
    """Call `record` before this browser session is shown a view: not again on a rerun of the same view soon after."""
    last, moment = st.session_state.get(_LOOK, ((), 0.0))
    if last != view or time.monotonic() - moment > LOOK_LASTS:
        record()
        st.session_state[_LOOK] = (view, time.monotonic())


def keep(name: str, value: object) -> None:
    """Keep a value for this browser session alone, until it opens another page or its login ends; None drops it."""
    if value is None:
        st.session_state.pop(f"{_KEPT}{name}", None)
    else:
        st.session_state[f"{_KEPT}{name}"] = value


def kept(name: str) -> Any:
    """Return what this browser session keeps under `name`, None where it keeps nothing."""
    return st.session_state.get(f"{_KEPT}{name}")


def recall(name: str) -> str:
    """Return what the URL says of `name`, empty when it says nothing."""
    return str(st.query_params.get(name, ""))


def open_page(name: str) -> None:
    """Say which page this run shows; only the main script does. What the page before kept goes."""
    last, visit = _visit()
    st.session_state[_VISIT] = (name, visit + (name != last))
    if name != last:
        for key in [str(key) for key in st.session_state if str(key).startswith(_KEPT)]:
            del st.session_state[key]


def adopt_url(name: str, options: Sequence[str], default: str) -> None:
    """Set widget `name` to what the URL says, when the page or its URL is new to this session (a link, or back).

    The menu leads to a page without saying anything: then what was chosen on the page before goes on where it can.
    An unknown value counts as the default; later changes come from the widget itself.
    """
    visit, said = _visit(), st.query_params.get(name)
    last_visit, _ = last = st.session_state.get(_seen(name), (None, None))
    if name not in st.session_state or (visit, said) != last:
        wanted = st.session_state.get(_carried(name)) if said is None and visit != last_visit else said
        st.session_state[name] = wanted if wanted in options else default
        st.session_state[_seen(name)] = (visit, said)
    elif st.session_state[name] not in options:  # an import took the chosen month away
        st.session_state[name] = default


def keep_in_url(**choices: str) -> None:
    """Write all choices of a page into the URL once one of them left its default; before that the URL stays clean.

    Called with the defaults under `default_<name>`.
    """
    names = [name for name in choices if not name.startswith("default_")]
    moved = {name: choices[name] for name in names if choices[name] != choices[f"default_{name}"]}
    for name in names:
        st.session_state[_carried(name)] = moved.get(name)
    if not moved and not any(map(recall, names)):
        return
    for name in names:
        remember(name, choices[name])
        st.session_state[_seen(name)] = (_visit(), st.query_params.get(name))


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


def chosen(name: str) -> str:
    """Return what `set_choices` last set under `name` in this browser session, empty when it set nothing."""
    return str(st.session_state.get(name, ""))


def _visit() -> tuple[str, int]:
    """Return the page on screen and how many pages this browser session opened before it."""
    page, number = st.session_state.get(_VISIT, ("", 0))
    return page, number


def _seen(name: str) -> str:
    return f"_url_{name}"


def _carried(name: str) -> str:
    return f"_pilihan_{name}"
