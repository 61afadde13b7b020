"""The history: what was brought in and by whom, who looked at names, and whether that record is whole."""

import pandas as pd
import streamlit as st

from analytics.serving import open_active
from analytics.version_changes import COMPARED
from config.columns import load_kinds
from config.text import text
from data.audit import acts, check_audit, newest_seal, read_audit
from data.store import lineage, reading
from ui import frame, session
from ui.filters import choose_from
from ui.format import moment, number
from ui.gate import own_store

SHOWN = 500  # rows of the log
IMPORTS = ("berkas", "jenis", "waktu", "pengimpor", "baris", "diterima", "ditolak", "sha256")
LOG = ("waktu", "siapa", "perbuatan", "objek", "rincian", "ruang", "nomor")


def show_headline(imports: pd.DataFrame) -> None:
    """Show question, headline and whether the audit log is whole."""
    if imports.empty:
        headline = text("riwayat.utama_nihil")
    else:
        newest = imports["waktu"].max()
        headline = text("riwayat.utama", jumlah=number(len(imports)), waktu=moment(newest))
    frame.show_head(text("riwayat.tanya"), headline, _wholeness())


def _wholeness() -> str:
    store = own_store()
    count, seal = newest_seal(store)
    broken = check_audit(store)
    if broken is not None:
        return text("riwayat.putus", nomor=number(broken))
    return text("riwayat.utuh", jumlah=number(count), segel=seal[:8]) if count else text("riwayat.audit_kosong")


def show_imports() -> pd.DataFrame:
    """Show the imports that make up what is shown now, newest first; return them."""
    store = open_active()
    with reading(store) as connection:
        chains = [lineage(connection, chain) for chain in COMPARED]
    imports = pd.concat(chains).sort_values("waktu", ascending=False, kind="stable", ignore_index=True)
    with st.container(border=True):
        frame.show_card_title(text("riwayat.kartu_impor"), text("riwayat.kartu_impor_ket"))
        if imports.empty:
            st.caption(text("riwayat.impor_kosong"))
        else:
            _show_rows(_import_texts(imports), IMPORTS, "impor")
    return imports


def _import_texts(imports: pd.DataFrame) -> pd.DataFrame:
    kinds = load_kinds()
    counts = {name: imports[name].map(number) for name in ("baris", "diterima", "ditolak")}
    return imports.assign(
        **counts,
        waktu=imports["waktu"].map(moment),
        jenis=imports["jenis"].map(lambda kind: kinds[kind].nama if kind in kinds else kind),
        sha256=imports["sha256"].str[:8],
    )


def show_audit() -> None:
    """Show the newest rows of the audit log, of one kind of act or of all."""
    store = own_store()
    with st.container(border=True):
        frame.show_card_title(text("riwayat.kartu_audit"), text("riwayat.kartu_audit_ket", jumlah=SHOWN))
        kinds = ["", *acts(store)]
        perbuatan = choose_from("perbuatan", text("riwayat.kol_perbuatan"), kinds, _act, "", 220)
        rows = read_audit(store, SHOWN, perbuatan)
        if rows.empty:
            st.caption(text("riwayat.audit_kosong"))
            return
        texts = rows.assign(waktu=rows["waktu"].map(moment), perbuatan=rows["perbuatan"].map(_act))
        with frame.scrolled(len(texts)):
            _show_rows(texts.assign(nomor=rows["nomor"].map(number)), LOG, "audit")


def show_stamp() -> None:
    """Show the room, and whether the imports above are those of sample data."""
    chip = text("umum.cip_contoh") if open_active().is_sample else ""
    frame.show_stamp([text("umum.cap_ruang", ruang=session.room())], chip)


def _act(name: str) -> str:
    return name.replace("_", " ") if name else text("riwayat.semua")


def _show_rows(table: pd.DataFrame, columns: tuple[str, ...], name: str) -> None:
    frame.show_texts(table, {column: text(f"riwayat.kol_{column}") for column in columns})
