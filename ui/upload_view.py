"""The page of uploads: files are read and shown first, and stored only when named staff say so."""

import datetime as dt
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from analytics.upload import Overtaken, Prepared, prepare, store_prepared
from config.text import text
from data.dictionary import FILE, dictionary_bytes
from data.pseudonymize import hide_numbers
from data.read import Upload
from data.templates import TEMPLATES, template_bytes, template_name
from data.unusable import StoreUnusable
from ui import access, downloads, frame, session
from ui.format import join_names, month, number
from ui.gate import own_store

STAFF = "petugas"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PREPARED, TURN, TOLD, STORED = "unggah_siap", "unggah_giliran", "unggah_pesan", "unggah_tersimpan"
MONTHS_BACK = 96
STYLE = Path(__file__).with_name("upload.css")


def choose() -> Prepared | None:
    """Show where files are dropped; return what they would become, None while there are none."""
    words = "".join(f'--teks-{name}:"{text(f"unggah.{name}")}";' for name in ("pilih", "batas", "gagal"))
    st.html(f"<style>:root{{{words}}}{STYLE.read_text(encoding='utf-8')}</style>")
    with st.container(horizontal=True, vertical_alignment="top", key="unggah_pilih"):
        files = st.file_uploader(
            text("unggah.berkas"), accept_multiple_files=True, key=f"berkas_{session.kept(TURN) or 0}"
        )
        periode = st.selectbox(
            text("unggah.bulan"), _months(), format_func=_name_month, key="bulan_unggah", width=240,
            help=text("unggah.bulan_ket"),
        )  # fmt: skip
    if not files:
        session.keep(PREPARED, None)
        return None
    session.keep(STORED, None)
    return _prepared(files, periode or None)


def _months() -> list[str]:
    newest = pd.Period(dt.date.today(), "M")
    return ["", *(str(newest - back) for back in range(MONTHS_BACK))]


def _name_month(periode: str) -> str:
    return month(periode) if periode else text("unggah.bulan_tidak")


def _prepared(files: Sequence[Any], periode: str | None) -> Prepared:
    """Return the files as read; they are read again only when the files, or the month, are others."""
    stamp = (tuple(file.file_id for file in files), periode)
    seen = session.kept(PREPARED)
    if seen is None or seen[0] != stamp:
        session.keep(PREPARED, None)
        uploads = [Upload(file.name, file.getvalue()) for file in files]
        place = st.empty()
        bar = place.progress(0.0)

        def tell(done: int, name: str) -> None:
            bar.progress(done / len(uploads), _progress(done, len(uploads), name))

        seen = stamp, prepare(own_store(), uploads, periode, session.room(), tell)
        place.empty()
        session.keep(PREPARED, seen)
    return seen[1]


def _progress(done: int, count: int, name: str) -> str:
    if not name:
        return text("unggah.banding")
    return text("unggah.baca", ke=done + 1, jumlah=count, nama=hide_numbers(name))


def accepted_rows(prepared: Prepared) -> int:
    """Return how many rows would be stored."""
    return sum(result.diterima for result, _, _ in prepared.pending)


def show_headline(prepared: Prepared | None) -> None:
    """Show the question and where the visitor stands: nothing chosen, read, or stored."""
    headline, sub = text("unggah.utama"), text("unggah.sub")
    if prepared and prepared.pending:
        read = sum(file.result.baris for file in prepared.files)
        headline = text("unggah.utama_periksa", diterima=number(accepted_rows(prepared)), baris=number(read))
        sub = text("unggah.sub_periksa")
    elif prepared and any(file.brings_nothing for file in prepared.files):
        headline, sub = text("unggah.utama_sama"), text("unggah.sub_sama")
    elif prepared:
        headline, sub = text("unggah.utama_tiada"), text("unggah.sub_tiada")
    elif stored := session.kept(STORED):
        headline = text("unggah.utama_simpan", diterima=number(stored[0]))
        sub = text("unggah.sub_simpan", daftar=join_names(stored[1]))
    frame.show_head(text("unggah.tanya"), headline, sub)
    if told := session.kept(TOLD):
        st.warning(told)
        session.keep(TOLD, None)


def show_confirmation(prepared: Prepared) -> None:
    """Show the button that stores, and what it will be recorded as."""
    if not prepared.pending:
        if not any(file.brings_nothing for file in prepared.files):
            st.info(text("unggah.kosong_simpan"))
        return
    if session.current_source().contoh:
        st.info(text("unggah.ganti_contoh"))
    st.button(
        text("unggah.simpan", jumlah=len(prepared.pending)), type="primary", key="simpan_unggahan",
        on_click=_store, args=(prepared,),
    )  # fmt: skip
    st.caption(text("unggah.simpan_ket", diterima=number(accepted_rows(prepared)), siapa=access.who()))


def _store(prepared: Prepared) -> None:
    """Store what was shown; only for somebody who is staff at this very moment."""
    if not access.may_see(STAFF):
        session.keep(TOLD, text("unggah.tidak_boleh"))
        return
    try:
        store_prepared(own_store(), prepared, access.who(), session.room())
    except Overtaken:
        session.keep(PREPARED, None)
        session.keep(TOLD, text("unggah.didahului"))
        return
    except StoreUnusable as error:
        session.keep(TOLD, str(error))
        return
    names = [hide_numbers(result.berkas) for result, _, _ in prepared.pending]
    session.keep(STORED, (accepted_rows(prepared), names))
    session.keep(PREPARED, None)
    session.keep(TURN, (session.kept(TURN) or 0) + 1)


def show_templates() -> None:
    """Offer blank tables and the data dictionary; made only once this is opened."""
    folded = st.expander(text("unggah.templat"), key="templat", on_change="rerun")
    if not folded.open:
        return
    with folded:
        st.caption(text("unggah.templat_ket"))
        with st.container(horizontal=True):
            for kind in TEMPLATES:
                name = template_name(*kind)
                label = text("unggah." + "_".join(["templat", *filter(None, kind)]))
                content = session.drawn(partial(template_bytes, *kind), name)
                downloads.offer(name, content, XLSX, f"unduh_{name}", label)
            content = session.drawn(dictionary_bytes, FILE)
            downloads.offer(FILE, content, XLSX, f"unduh_{FILE}", text("unggah.kamus"))
