"""The card of one sasaran: who it is, the child's growth on the WHO curves, what was done. Printable."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics.by_name import Named, for_staff
from analytics.child_card import NEW, SOLVED, STILL, answers_of, by_office, measurements_of
from analytics.child_events import events_of
from analytics.growth_curves import CURVE_INDICES
from analytics.pairs_by_name import child_facts
from config.text import text
from data.audit import AuditNotWritten, write_audit
from ui import access, child_events_view, cuts, frame, session, styles
from ui.charts.growth_curve import growth_curve
from ui.format import MISSING, day, moment, month, number, signed
from ui.gate import own_store
from ui.session import Source

OPENED, PICKED = "_kartu", "pilih_kartu"
MEASURED = ("tanggal", "umur", "berat", "tinggi", "tbu", "bbu", "bbtb")
SHORT_ID = 12  # signs of a pseudonym in the log


def choose_child(shown: Named) -> None:
    """Offer to open the card of one of the people shown."""
    names = dict(zip(shown.table["id_sasaran"], _spoken(shown.table), strict=True))

    def open_card() -> None:
        session.set_choices(**{OPENED: session.chosen(PICKED)})

    st.selectbox(
        text("kartu.pilih"), list(names), None, names.__getitem__, PICKED,
        on_change=open_card, placeholder=text("kartu.pilih_ket"), width=420,
    )  # fmt: skip


def _spoken(people: pd.DataFrame) -> list[str]:
    named = people["nama"].fillna(text("sasaran.tanpa_nama"))
    return [f"{name} · {desa}" for name, desa in zip(named, people["desa"], strict=True)]


def opened() -> str:
    """Return the pseudonym of the sasaran whose card is open, empty when none is."""
    opened = session.chosen(OPENED)
    return "" if opened == "None" else opened


def close() -> None:
    """Close the card; a callback."""
    session.set_choices(**{OPENED: ""})


def show_card(found: Named, families: Source, measured: Source) -> None:
    """Show the card of the opened sasaran, once the log has it."""
    rows = found.table[found.table["id_sasaran"] == opened()]
    with st.container(horizontal=True, vertical_alignment="center", key="kartu-palang"):
        st.button(text("kartu.kembali"), on_click=close, key="kembali")
        st.caption(text("kartu.cetak_ket"))
    if rows.empty:
        st.info(text("kartu.tidak_ada"))
        return
    person = rows.iloc[0]
    what = text("kartu.catat", sasaran=person["id_sasaran"][:SHORT_ID])
    try:
        session.once_a_look(
            lambda: write_audit(own_store(), access.who(), session.room(), "buka_kartu", "sasaran", what), what
        )
    except AuditNotWritten as error:
        st.error(str(error))
        return
    styles.dress("print", "card")
    history, facts = _child(person, measured)
    answers = session.stored(families, "jawaban")
    events = events_of(answers, history, person["id_sasaran"])
    _show_head(person, history, facts)
    _show_curves(history, child_events_view.marks_on_curves(events, history))
    _show_measurements(history)
    with st.container(key="kartu-tindakan"):
        _show_done(answers_of(answers, person["id_sasaran"]))
        child_events_view.show_events(events)
    _show_stamp(families, measured)


def _child(person: pd.Series, measured: Source) -> tuple[pd.DataFrame, pd.Series | None]:
    """Return the measurements of the child and its facts by name; none of either where no child is certain."""
    if not measured.versi or pd.isna(person["id_anak"]):
        return pd.DataFrame(), None
    every = cuts.measurements(measured)
    history = measurements_of(every, person["id_anak"])
    facts = for_staff(child_facts(session.read_once(measured, "nama"), history), session.room())
    return history, facts.table.loc[person["id_anak"]] if person["id_anak"] in facts.table.index else None


def _show_head(person: pd.Series, history: pd.DataFrame, facts: pd.Series | None) -> None:
    name = person["nama"] if pd.notna(person["nama"]) else text("sasaran.tanpa_nama")
    last = history.iloc[-1] if len(history) else None
    headline = text("kartu.utama_tanpa", nama=name)
    if last is not None and pd.notna(last["status_tbu"]):
        status, z = str(last["status_tbu"]).lower(), signed(last["zs_tbu"])
        headline = text("kartu.utama", nama=name, status=status, z=z, tanggal=day(last["tgl_ukur"]))
    frame.show_head(text("kartu.tanya"), headline, " · ".join(_about(person, last, facts)))


def _about(person: pd.Series, last: pd.Series | None, facts: pd.Series | None) -> list[str]:
    """Return what is known of the person, in short parts."""
    parts = [f"{person['desa']}, {person['kecamatan']}"]
    if last is not None:
        born = day(last["tgl_lahir"])
        parts.append(text("kartu.lahir", tanggal=born, jk=text(f"kartu.jk_{last['jk']}")))
        parts += [text("kartu.posyandu", nama=last["posyandu"])] if pd.notna(last["posyandu"]) else []
    if facts is not None and pd.notna(facts["ortu"]):
        parts.append(text("kartu.ortu", nama=facts["ortu"]))
    if person["keadaan"]:
        parts.append(text("kartu.keadaan", keadaan=text(f"sasaran.keadaan_{person['keadaan']}").lower()))
    return parts


def _show_curves(history: pd.DataFrame, events: pd.DataFrame) -> None:
    if history.empty:
        st.info(text("kartu.tanpa_ukur"))
        return
    jk = str(history.iloc[-1]["jk"])
    for place, index in zip(st.columns(len(CURVE_INDICES), gap="medium"), CURVE_INDICES, strict=True):
        with place, st.container(border=True):
            frame.show_card_title(text(f"kartu.judul_{index}"), text(f"kartu.ket_{index}"))
            spec = growth_curve(history, jk, index, events)
            st.vega_lite_chart(
                spec=spec, width="stretch", theme=None, key=f"tumbuh_{index}", alt=text(f"kartu.judul_{index}")
            )
    marks = ("garis-anak", "garis-tidak_wajar", "garis-kurang", "garis-sangat", "garis-peristiwa")
    frame.show_legend([(mark, text(f"kartu.leg_{mark.removeprefix('garis-')}")) for mark in marks])


def _show_measurements(history: pd.DataFrame) -> None:
    if history.empty:
        return
    rows = history.iloc[::-1]
    table = pd.DataFrame(
        {
            "tanggal": rows["tgl_ukur"].map(day),
            "umur": [text("kartu.bulan", bulan=int(days // 30.4375)) for days in rows["umur_hari"]],
            "berat": [f"{number(each, 1)} kg" if pd.notna(each) else MISSING for each in rows["berat_kg"]],
            "tinggi": [f"{number(each, 1)} cm" if pd.notna(each) else MISSING for each in rows["tinggi_cm"]],
        }
        | {index: [_scored(*each) for each in zip(rows[f"zs_{index}"], rows[f"status_{index}"], strict=True)]
           for index in CURVE_INDICES}
    )  # fmt: skip
    with st.container(border=True):
        frame.show_card_title(text("kartu.kartu_ukur"))
        frame.show_texts(table, {name: text(f"kartu.kol_{name}") for name in MEASURED})


def _scored(z: float, status: object) -> str:
    if pd.isna(z):
        return MISSING
    return f"{status} ({signed(z)})" if pd.notna(status) else text("kartu.tidak_wajar", z=signed(z))


def _show_done(answers: pd.DataFrame) -> None:
    """Show what is still a problem and whose job it is, what was solved, which services reached the family."""
    still, solved = answers["keadaan"].isin([STILL, NEW]), answers["keadaan"] == SOLVED
    wide, middle, narrow = st.columns([2, 1, 1], gap="medium")
    with wide, st.container(border=True):
        frame.show_card_title(text("kartu.bagian_masih"), number(int(still.sum())))
        offices = by_office(answers)
        texts = pd.DataFrame({"kantor": offices["kantor"], "masalah": [_problems(row) for row in offices.itertuples()]})
        if len(offices):
            frame.show_texts(texts, {name: text(f"kartu.kol_{name}") for name in ("kantor", "masalah")})
        else:
            st.caption(text("kartu.nihil_masih"))
    received = answers[answers["layanan"] & ~still]
    services = [(text(f"layanan.{row.kode}"), month(row.kini), "") for row in received.itertuples()]
    repaired = [(row.nama, month(row.kini), "") for row in answers[solved & ~answers["layanan"]].itertuples()]
    for place, name, lines in ((middle, "layanan", services), (narrow, "teratasi", repaired)):
        with place, st.container(border=True):
            frame.show_card_title(text(f"kartu.bagian_{name}"), number(len(lines)))
            if lines:
                frame.show_figures(lines)
            else:
                st.caption(text(f"kartu.nihil_{name}"))


def _problems(row: Any) -> str:
    marked = zip(row.masalah, row.baru, strict=True)
    return "; ".join(text("kartu.baru", nama=name) if new else name for name, new in marked)


def _show_stamp(families: Source, measured: Source) -> None:
    newest = max(source.waktu for source in (families, measured))
    frame.show_stamp(
        [
            text("umum.cap_sumber_contoh_gizi") if families.contoh else text("umum.cap_sumber_gizi"),
            text("kartu.cap_kurva"),
            text("umum.cap_impor", waktu=moment(newest)),
            text("umum.cap_ruang", ruang=session.room()),
            text("sasaran.cap_audit"),
        ],
        text("umum.cip_contoh") if families.contoh else "",
    )
