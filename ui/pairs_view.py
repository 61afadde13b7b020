"""Doubtful pairs, for named staff to decide: the same child or not. Each look and each decision goes into the log."""

import html
from functools import partial

import pandas as pd
import streamlit as st

from analytics.by_name import Named
from analytics.pairs_by_name import child_facts, name_pairs, sasaran_facts
from analytics.serving import open_active
from config.text import text
from data.audit import AuditNotWritten, write_audit
from data.decisions import DIFFERENT, SAME, UNDECIDED, write_decision
from ui import access, cuts, frame, session
from ui.filters import choose_from
from ui.format import MISSING, day, month, number
from ui.gate import own_store
from ui.session import Source

PAGE = 8  # people shown at once
LAST = "_putusan_terakhir"
SHORT_ID = 12


def find_pairs(families: Source, measured: Source) -> Named:
    """Return every pair to decide on, with names: sasaran and child first, then two records of children."""
    if not measured.versi:
        empty = pd.DataFrame(columns=["id_kiri", "id_kanan", "skor"], dtype="str")
        return name_pairs(empty, empty, empty, "sasaran", session.room())
    todo = cuts.doubtful(families, measured)
    children = child_facts(session.read_once(measured, "nama"), session.read_once(measured, "pengukuran"))
    people = sasaran_facts(session.read_once(families, "nama"), session.stored(families, "jawaban"))
    named = todo["sasaran"].rename(columns={"id_sasaran": "id_kiri", "id_anak": "id_kanan"})
    parts = (name_pairs(named, people, children, "sasaran", session.room()),
             name_pairs(todo["anak"], children, children, "anak", session.room()))  # fmt: skip
    return parts[0].joined(parts[1])


def show_headline(pairs: Named) -> None:
    """Show how many people wait for a decision, and what a decision does."""
    people = pairs.table["id_kiri"].nunique()
    headline = text("pasangan.utama", jumlah=number(people)) if people else text("pasangan.utama_nihil")
    frame.show_head(text("pasangan.tanya"), headline, text("pasangan.sub"))


def show_pairs(pairs: Named) -> None:
    """Show the pairs page by page, each with its two buttons, once the log has the look."""
    _offer_undo()
    people = list(dict.fromkeys(pairs.table["id_kiri"]))
    if not people:
        return
    pages = [str(page) for page in range(1, -(-len(people) // PAGE) + 1)]
    bar, body = frame.slots(2)
    with bar:
        page = 1 if len(pages) == 1 else int(choose_from("lembar", text("pasangan.lembar"), pages, str, "1", 120))
    shown = people[PAGE * (page - 1) : PAGE * page]
    what = text("pasangan.catat", jumlah=len(shown), lembar=page)
    try:
        session.once_a_look(lambda: _record("lihat_pasangan", what), what)
    except AuditNotWritten as error:
        st.error(str(error))
        return
    with body:
        for each in shown:
            _show_person(pairs.table[pairs.table["id_kiri"] == each])


def _show_person(rows: pd.DataFrame) -> None:
    first = rows.iloc[0]
    with st.container(border=True):
        ours, theirs = st.columns([1, 2], gap="medium")
        with ours:
            frame.show_card_title(_name(first["nama_kiri"]), text(f"pasangan.sisi_{first['jenis']}"))
            st.html(_facts(first, "kiri"))
        with theirs:
            for row in rows.to_dict("records"):
                _show_candidate(pd.Series(row))


def _show_candidate(row: pd.Series) -> None:
    facts, buttons = st.columns([3, 2], gap="small", vertical_alignment="center")
    with facts:
        frame.show_card_title(_name(row["nama_kanan"]), text("pasangan.skor", skor=number(100 * row["skor"])))
        st.html(_facts(row, "kanan"))
    with buttons, st.container(horizontal=True):
        for verdict in (SAME, DIFFERENT):
            key = f"{verdict}_{row['id_kiri'][:SHORT_ID]}_{row['id_kanan'][:SHORT_ID]}"
            decide = partial(_decide, row["jenis"], row["id_kiri"], row["id_kanan"], verdict)
            st.button(text(f"pasangan.{verdict}"), key=key, on_click=decide)


def _facts(row: pd.Series, side: str) -> str:
    """Return the facts of one side as a line of short parts."""
    born, sex, parents = row[f"tgl_lahir_{side}"], row[f"jk_{side}"], row[f"ortu_{side}"]
    moment = row[f"waktu_{side}"]
    parts = [
        row[f"tempat_{side}"],
        text("pasangan.lahir", tanggal=day(born)) if pd.notna(born) else "",
        text(f"kartu.jk_{sex}") if isinstance(sex, str) and sex else "",
        text("pasangan.ortu", nama=parents) if isinstance(parents, str) and parents else "",
        text("pasangan.waktu", bulan=month(moment)) if isinstance(moment, str) else "",
        text("pasangan.pindah") if side == "kanan" and row["kode_desa_kiri"] != row["kode_desa_kanan"] else "",
    ]
    return f'<p class="bl-sisi">{html.escape(" · ".join(part for part in parts if part) or MISSING)}</p>'


def _name(name: object) -> str:
    return name if isinstance(name, str) and name else text("sasaran.tanpa_nama")


def _decide(jenis: str, kiri: str, kanan: str, keputusan: str) -> None:
    """Keep a decision, if the visitor may and the log has it; a callback."""
    if not access.may_see("petugas"):
        return
    try:
        _record("putuskan_pasangan", f"{jenis} {kiri[:SHORT_ID]} {kanan[:SHORT_ID]}: {keputusan}")
    except AuditNotWritten:
        session.set_choices(**{LAST: text("pasangan.tidak_tercatat")})
        return
    write_decision(open_active(), jenis, kiri, kanan, keputusan, access.who())
    session.set_choices(**{LAST: "" if keputusan == UNDECIDED else f"{jenis}|{kiri}|{kanan}|{keputusan}"})


def _offer_undo() -> None:
    """Say what was decided last in this session, with a button that takes it back."""
    last = session.chosen(LAST)
    if last.count("|") != 3:
        if last:
            st.error(last)
        return
    jenis, kiri, kanan, keputusan = last.split("|")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="bl-sisi">{html.escape(text(f"pasangan.tersimpan_{keputusan}"))}</p>', width="content")
        st.button(text("pasangan.batal"), key="batal_putusan", on_click=partial(_decide, jenis, kiri, kanan, UNDECIDED))


def _record(perbuatan: str, what: str) -> None:
    write_audit(own_store(), access.who(), session.room(), perbuatan, "sasaran", what)
