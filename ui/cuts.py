"""The cleared tables that the pages on families, children followed and pregnant women show, kept for all sessions."""

import pandas as pd
import streamlit as st

from analytics.by_name import list_followed
from analytics.disclosure import Cleared
from analytics.disclosure_counts import clear_counts, clear_flow, clear_flow_of_status, clear_kek, clear_sizes
from analytics.disclosure_parameters import clear_comparison, clear_parameters
from analytics.intake_links import read_links, read_pairs
from analytics.prevalence_split import split_prevalence
from analytics.sasaran import count_status, explain_entries, explain_exits, flow_status, status_at
from analytics.serving import open_active
from analytics.verification import as_one_child, one_id, undecided, undecided_children, verify
from data.decisions import count_decisions, read_decisions
from ui import session
from ui.session import KEPT_VERSIONS, Source, groups, read_once, stored


@st.cache_data(max_entries=KEPT_VERSIONS, show_spinner=False)
def rounds(source: Source) -> list[str]:
    """Return the rounds of family parameters, oldest first."""
    return sorted(stored(source, "jawaban")["periode"].unique()) if source.versi else []


def parameters(source: Source, tingkat: str) -> Cleared:
    """Return the shares of all parameters, rounds and places of a level, cleared for the room of this session."""
    return _parameters(source, session.room())[tingkat]


@st.cache_data(max_entries=KEPT_VERSIONS, show_spinner=False)
def _parameters(source: Source, ruang: str) -> dict[str, Cleared]:
    return clear_parameters(stored(source, "jawaban"), ruang, kelompok=groups(source))


def comparison(source: Source, awal: str, kini: str, tingkat: str) -> Cleared:
    """Return the comparison of two rounds for all parameters and places of a level, cleared for this session's room."""
    return _comparison(source, awal, kini, tingkat, session.room())


@st.cache_data(max_entries=KEPT_VERSIONS, show_spinner=False)
def _comparison(source: Source, awal: str, kini: str, tingkat: str, ruang: str) -> Cleared:
    answers = stored(source, "jawaban")
    return clear_comparison(answers, (awal, kini), tingkat, _parameters(source, ruang), groups(source))


def women(source: Source, tingkat: str) -> Cleared:
    """Return the pregnant women by status, all months and places of a level, cleared for the room of this session."""
    return _women(source, session.current_source(session.FAMILIES), session.room())[tingkat]


@st.cache_data(max_entries=KEPT_VERSIONS, show_spinner=False)
def _women(source: Source, families: Source, ruang: str) -> dict[str, Cleared]:
    return clear_kek(stored(source, "bumil"), ruang, kelompok=groups(families))


def women_flow(source: Source, awal: str, kini: str) -> Cleared:
    """Return where the women registered by `awal` stand at `kini`."""
    return _women_flow(source, awal, kini, session.room())


@st.cache_data(max_entries=KEPT_VERSIONS, show_spinner=False)
def _women_flow(source: Source, awal: str, kini: str, ruang: str) -> Cleared:
    return clear_flow(stored(source, "bumil"), awal, kini, ruang)


def children_of(families: Source, measured: Source) -> pd.DataFrame:
    """Return which measured child each sasaran balita is, and how sure that is; see `verify`. Ids alone, no names."""
    return _links(families, measured, count_decisions(open_active()))["anak"]


def doubtful(families: Source, measured: Source) -> dict[str, pd.DataFrame]:
    """Return what people should decide: `sasaran` (see `undecided`) and `anak` (see `undecided_children`)."""
    links = _links(families, measured, count_decisions(open_active()))
    return {name: links[f"ragu_{name}"] for name in ("sasaran", "anak")}


def followed_people(families: Source, measured: Source, women: Source) -> pd.DataFrame:
    """Return `list_followed`, the sasaran of the newest rounds without names."""
    return _followed_people(families, measured, women, count_decisions(open_active()))


@st.cache_data(max_entries=KEPT_VERSIONS, show_spinner=False)
def _followed_people(families: Source, measured: Source, women: Source, keputusan: int) -> pd.DataFrame:
    children, weighed = None, None
    if measured.versi:
        children, weighed = _links(families, measured, keputusan)["anak"], measurements(measured)
    bumil = read_once(women, "bumil") if women.versi else None
    return list_followed(stored(families, "jawaban"), children, weighed, bumil)


def measurements(measured: Source) -> pd.DataFrame:
    """Return all measurements, those of one child under one id; a large table, not kept."""
    store = open_active()
    same = one_id(read_pairs(store, measured.versi), read_decisions(store))
    return as_one_child(read_once(measured, "pengukuran"), same)


@st.cache_data(max_entries=KEPT_VERSIONS, show_spinner=False)
def _links(families: Source, measured: Source, keputusan: int) -> dict[str, pd.DataFrame]:
    """Return the links of two versions after so many decisions: their number is what this is kept by."""
    store = open_active()
    decided, pairs = read_decisions(store), read_pairs(store, measured.versi)
    same, links = one_id(pairs, decided), read_links(store, families.versi, measured.versi)
    return {
        "anak": verify(links, decided, same),
        "ragu_sasaran": undecided(links, decided, same),
        "ragu_anak": undecided_children(pairs, decided),
    }


@st.cache_data(max_entries=KEPT_VERSIONS, show_spinner=False)
def _status(families: Source, measured: Source, periode: str, keputusan: int) -> pd.DataFrame:
    links = _links(families, measured, keputusan)["anak"][["id_sasaran", "id_anak"]].dropna()
    return status_at(stored(families, "jawaban"), links, measurements(measured), periode)


def followed(families: Source, measured: Source, awal: str, kini: str) -> dict[str, Cleared]:
    """Return of the children followed in two rounds: status, flow, exits and entries, and how many (`banyak`)."""
    return _followed(families, measured, awal, kini, session.room(), count_decisions(open_active()))


@st.cache_data(max_entries=KEPT_VERSIONS, show_spinner=False)
def _followed(
    families: Source, measured: Source, awal: str, kini: str, ruang: str, keputusan: int
) -> dict[str, Cleared]:
    before, now = (_status(families, measured, periode, keputusan) for periode in (awal, kini))
    weighed = measurements(measured)
    counts = pd.concat([count_status(before, awal), count_status(now, kini)], ignore_index=True)
    counts = counts.drop_duplicates(ignore_index=True)  # one round twice is one round
    size = {"periode": [awal, kini], "sasaran": [len(before), len(now)]}
    size["terukur"] = [int(side["status_tbu"].notna().sum()) for side in (before, now)]
    exits = explain_exits(before, now, weighed, kini).assign(arah="keluar")
    entries = explain_entries(before, now, weighed, awal).assign(arah="masuk")
    reasons = pd.concat([exits, entries], ignore_index=True)
    status = clear_counts(counts, ruang, "status", ["periode", "indeks"])
    return {
        "status": status,
        "aliran": clear_flow_of_status(flow_status(before, weighed, kini), status, awal),
        "alasan": clear_counts(reasons, ruang, "alasan", ["arah"]),
        "banyak": clear_sizes(pd.DataFrame(size), ruang, ["sasaran", "terukur"]),
    }


def by_age_and_sex(measured: Source, indikator: str, periode: str) -> Cleared:
    """Return the prevalence of all children of a month by age group and sex, and of each alone."""
    return _by_age_and_sex(measured, indikator, periode, session.room())


@st.cache_data(max_entries=KEPT_VERSIONS, show_spinner=False)
def _by_age_and_sex(measured: Source, indikator: str, periode: str, ruang: str) -> Cleared:
    return split_prevalence(stored(measured, "kubus"), indikator, periode, ruang)
