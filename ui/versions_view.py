"""The versions of each kind of data: which counts, what differs between two of them, bringing an earlier one back."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from analytics.disclosure import Cleared
from analytics.serving import open_active
from analytics.version_changes import COMPARED, KINDS, clear_changes, compare_versions
from config.columns import load_kinds
from config.text import text
from data.store import Store, find_table, lineage, reading
from data.unusable import StoreUnusable
from data.versions import NotBroughtBack, bring_back, list_versions
from ui import access, frame, session
from ui.filters import choose_from
from ui.format import moment, month, number

STAFF = "petugas"
WIDE = 500  # pixels that name a version whole
SHORT = 4  # letters of a version's id that tell it from its neighbours
LISTED = ("berkas", "tanda", "keadaan", "waktu", "pengimpor", "diterima")
COUNTS = ("tempat", "bulan", *KINDS)


def show_versions() -> None:
    """Show the versions of one kind of data, the comparison of two, and the form that brings one back."""
    store = open_active()
    held = {rantai: list_versions(store, rantai) for rantai in COMPARED}
    held = {rantai: versions for rantai, versions in held.items() if len(versions)}
    if not held:
        return
    with st.container(border=True):
        frame.show_card_title(text("riwayat.kartu_versi"), text("riwayat.kartu_versi_ket"))
        first = next(iter(held))
        rantai = choose_from("rantai", text("riwayat.kol_jenis"), list(held), _kind, first, 330)
        session.keep_in_url(rantai=rantai, default_rantai=first)
        listed, compared, form = frame.slots(3)
        with form:
            _show_form(store, held[rantai])
        versions = list_versions(store, rantai)  # as they stand after the form
        with listed:
            _show_list(store, rantai, versions)
        with compared:
            _show_comparison(store, rantai, versions)


def _kind(rantai: str) -> str:
    kinds = load_kinds()
    return kinds[rantai].nama if rantai in kinds else rantai


def _show_list(store: Store, rantai: str, versions: pd.DataFrame) -> None:
    with reading(store) as connection:
        parts = set(lineage(connection, rantai)["id"])
    state = versions["id"].map(lambda version: text("riwayat.dipakai" if version in parts else "riwayat.dilewati"))
    texts = versions.assign(
        tanda=versions["id"].str[-SHORT:],
        keadaan=state.mask(versions["kini"], text("riwayat.berlaku")),
        waktu=versions["waktu"].map(moment),
        diterima=versions["diterima"].map(number),
    )
    frame.show_texts(texts, {name: text(f"riwayat.kol_{name}") for name in LISTED})


def _show_comparison(store: Store, rantai: str, versions: pd.DataFrame) -> None:
    if len(versions) < 2:
        return
    ids = versions["id"].tolist()
    now = versions[versions["kini"]].iloc[0]
    before = now["induk"] if now["induk"] in ids else next(each for each in ids if each != now["id"])
    with st.container(horizontal=True, vertical_alignment="bottom"):
        awal = choose_from("versi_awal", text("riwayat.versi_awal"), ids, _label(versions), before, WIDE)
        kini = choose_from("versi_kini", text("riwayat.versi_kini"), ids, _label(versions), now["id"], WIDE)
    changes = session.drawn(lambda: _compare(store, rantai, awal, kini), "versi", rantai, awal, kini)
    sums = {kind: number(changes.table[kind].sum()) for kind in KINDS}
    frame.show_quote(text("riwayat.beda", **sums) if awal != kini else text("riwayat.beda_nihil"))
    moved = changes.rework(lambda table: table[table[["baru", "berubah", "hilang"]].sum(axis=1) > 0])
    if len(moved.table):
        with frame.scrolled(len(moved.table)):
            frame.show_texts(_as_texts(moved), {name: text(f"riwayat.kol_{name}") for name in COUNTS})


def _compare(store: Store, rantai: str, awal: str, kini: str) -> Cleared:
    """Return the changes between two versions, without a name."""
    before, after = (find_table(store, version, COMPARED[rantai]) for version in (awal, kini))
    if after is None:
        raise FileNotFoundError(f"{kini}/{COMPARED[rantai]}")
    return clear_changes(compare_versions(rantai, before, after), session.room())


def _as_texts(changes: Cleared) -> pd.DataFrame:
    table = changes.table
    counts = {kind: table[kind].map(number) for kind in KINDS}
    return pd.DataFrame({"tempat": table["nama"], "bulan": table["bulan"].map(month), **counts})


def _label(versions: pd.DataFrame) -> Callable[[str], str]:
    """Return what names a version; it never changes, or the browser would keep showing the words of before."""
    moments = versions["waktu"].map(moment)
    marks = versions["id"].str[-SHORT:]  # a corrected file often has the name of the one before
    names = dict(zip(versions["id"], marks + " · " + versions["berkas"] + ", " + moments, strict=True))
    return names.__getitem__


def _show_form(store: Store, versions: pd.DataFrame) -> None:
    """Show what brings another version back; only in the user's own store, and never without a reason."""
    others = versions[~versions["kini"]]
    if others.empty:
        return
    if store.is_sample:
        st.caption(text("riwayat.kembali_contoh"))
        return
    now = str(versions.loc[versions["kini"], "id"].iloc[0])
    place = st.empty()
    with place.container(horizontal=True, vertical_alignment="bottom"):
        ids = others["id"].tolist()
        chosen = choose_from("versi_kembali", text("riwayat.kembali_versi"), ids, _label(versions), ids[0], WIDE)
        reason = st.text_input(text("riwayat.alasan"), key="alasan_kembali", max_chars=200, width=300)
        asked = st.button(text("riwayat.kembalikan"), key="kembalikan_versi")
    if not asked:
        return
    if not access.may_see(STAFF):
        st.error(text("akses.tertutup_judul"))
        return
    try:
        bring_back(store, chosen, now, access.who(), session.room(), reason)
    except (NotBroughtBack, StoreUnusable) as error:
        st.error(str(error))
    else:
        place.success(text("riwayat.dikembalikan", versi=_label(versions)(chosen)))
