"""The cleared tables that the pages on families, children followed and pregnant women show, kept for all sessions."""

import pandas as pd
import streamlit as st

from analytics.comparison import compare_parameters
from analytics.disclosure import Cleared
from analytics.disclosure_counts import clear_counts
from analytics.disclosure_parameters import clear_comparison, clear_flow, clear_kek, clear_parameters
from analytics.kek import kek_flow, tabulate_kek
from analytics.parameters import tabulate_parameters
from analytics.prevalence_split import split_prevalence
from analytics.sasaran import count_status, explain_entries, explain_exits, flow_status, status_at
from data.link_children import link_children
from ui.session import KEPT_VERSIONS, ROOM, Source, read_once, stored


@st.cache_data(max_entries=KEPT_VERSIONS, show_spinner=False)
def rounds(source: Source) -> list[str]:
    """Return the rounds of family parameters, oldest first."""
    return sorted(stored(source, "jawaban")["periode"].unique()) if source.versi else []


@st.cache_data(max_entries=KEPT_VERSIONS, show_spinner=False)
def parameters(source: Source, tingkat: str) -> Cleared:
    """Return the shares of all parameters, rounds and places of a level."""
    return clear_parameters(tabulate_parameters(stored(source, "jawaban"), tingkat), ROOM)


@st.cache_data(max_entries=KEPT_VERSIONS, show_spinner=False)
def comparison(source: Source, awal: str, kini: str, tingkat: str) -> Cleared:
    """Return the comparison of two rounds for all parameters and places of a level."""
    return clear_comparison(compare_parameters(stored(source, "jawaban"), awal, kini, tingkat), ROOM)


@st.cache_data(max_entries=KEPT_VERSIONS, show_spinner=False)
def women(source: Source, tingkat: str) -> Cleared:
    """Return the pregnant women by status, all months and places of a level."""
    return clear_kek(tabulate_kek(stored(source, "bumil"), tingkat), ROOM)


@st.cache_data(max_entries=KEPT_VERSIONS, show_spinner=False)
def women_flow(source: Source, awal: str, kini: str) -> Cleared:
    """Return where the women registered by `awal` stand at `kini`."""
    return clear_flow(kek_flow(stored(source, "bumil"), awal, kini), ROOM)


@st.cache_data(max_entries=KEPT_VERSIONS, show_spinner=False)
def _status(families: Source, measured: Source, periode: str) -> pd.DataFrame:
    links = link_children(read_once(families, "nama"), read_once(measured, "nama"))
    return status_at(stored(families, "jawaban"), links, read_once(measured, "pengukuran"), periode)


@st.cache_data(max_entries=KEPT_VERSIONS, show_spinner=False)
def followed(families: Source, measured: Source, awal: str, kini: str) -> dict[str, Cleared]:
    """Return of the children followed in two rounds: status, flow, exits, entries; and how many (`banyak`)."""
    before, now = _status(families, measured, awal), _status(families, measured, kini)
    measurements = read_once(measured, "pengukuran")
    counts = pd.concat([count_status(before, awal), count_status(now, kini)])
    size = {"periode": [awal, kini], "sasaran": [len(before), len(now)]}
    size["terukur"] = [int(side["status_tbu"].notna().sum()) for side in (before, now)]
    flow = flow_status(before, measurements, kini)
    exits = explain_exits(before, now, measurements, kini).assign(arah="keluar")
    entries = explain_entries(before, now, measurements, awal).assign(arah="masuk")
    return {
        "status": clear_counts(counts, ROOM, "status", ["periode", "indeks"]),
        "aliran": clear_counts(flow, ROOM, "aliran", ["status_awal"]),
        "alasan": clear_counts(pd.concat([exits, entries]), ROOM, "alasan", ["arah"]),
        "banyak": Cleared(pd.DataFrame(size), ROOM),
    }


@st.cache_data(max_entries=KEPT_VERSIONS, show_spinner=False)
def by_age_and_sex(measured: Source, indikator: str, periode: str) -> Cleared:
    """Return the prevalence of all children of a month by age group and sex, and of each alone."""
    return split_prevalence(stored(measured, "kubus"), indikator, periode, ROOM)
