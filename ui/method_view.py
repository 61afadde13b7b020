"""Methods and sources: definitions, thresholds, the printed figures, the contradictions and how they are read."""

from functools import partial

import pandas as pd
import streamlit as st

from config.indicators import load_indicators
from config.parameters import load_parameters
from config.published import load_contradictions, load_published, load_ranges
from config.text import text
from config.values import Value, load_targets, load_thresholds
from data.templates import TEMPLATES, template_bytes, template_name
from ui import frame, session
from ui.format import number
from ui.session import Source

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_definitions() -> None:
    """Show how each indicator is counted, and every threshold and target with its source."""
    frame.show_card_title(text("metode.bagian_definisi"))
    rows = [
        {"Indikator": known.nama, "Definisi": known.definisi, "Sumber": known.sumber} for known in load_indicators()
    ]
    frame.show_texts(pd.DataFrame(rows), {name: name for name in rows[0]})
    with st.expander(text("metode.bagian_target"), key="ambang"):
        values: list[tuple[str, Value]] = [(target.nama, target) for target in load_targets()]
        values += [(name.replace("_", " "), value) for name, value in load_thresholds().items()]
        st.dataframe(
            pd.DataFrame([_value_row(name, value) for name, value in values]), hide_index=True, width="stretch"
        )


def _value_row(name: str, value: Value) -> dict[str, str]:
    decimals = 0 if float(value.nilai).is_integer() else 2
    return {
        "Nama": name,
        "Nilai": f"{number(value.nilai, decimals)} {value.satuan}",
        "Berlaku": value.berlaku,
        "Sumber": value.sumber,
        "Keterangan": value.keterangan,
    }


def show_contradictions() -> None:
    """Show where the report disagrees with itself, what we read, and what the dashboard does."""
    rows = load_contradictions()
    frame.show_card_title(text("metode.bagian_kontradiksi"), text("metode.kontradiksi_ket", jumlah=len(rows)))
    names = {"pokok": "Pokok", "tertulis": "Tercetak", "bacaan": "Bacaan kami", "perlakuan": "Yang dilakukan dasbor"}
    frame.show_texts(rows, names)


def show_printed() -> None:
    """Show every printed figure exactly as printed, and what follows from them."""
    rows = load_published()
    frame.show_card_title(text("metode.bagian_terbitan"), text("metode.terbitan_ket", jumlah=len(rows)))
    names = {
        "id": "No.",
        "indikator": "Indikator",
        "wilayah": "Wilayah",
        "periode_tercetak": "Waktu",
        "tercetak": text("metode.kol_angka"),
        "bagian": "Bagian",
        "catatan": "Catatan",
    }
    readable = rows.assign(indikator=rows["indikator"].str.replace("_", " "))
    st.dataframe(readable[list(names)].rename(columns=names), hide_index=True, width="stretch", height=420)
    with st.expander(text("metode.bagian_turunan"), key="turunan"):
        st.caption(text("metode.turunan_ket"))
        derived = load_ranges().assign(indikator=lambda table: table["indikator"].str.replace("_", " "))
        names = {
            "id": "No.",
            "indikator": "Indikator",
            "wilayah": "Wilayah",
            "periode": "Waktu",
            "bawah": "Dari",
            "atas": "Sampai",
            "satuan": "Satuan",
            "turunan": "Cara",
            "catatan": "Catatan",
        }
        st.dataframe(derived[list(names)].rename(columns=names), hide_index=True, width="stretch")


def show_catalogue() -> None:
    """Show the parameters with definition, owner and source, and offer the blank tables."""
    known = load_parameters()
    frame.show_card_title(text("metode.bagian_parameter"), text("metode.parameter_ket", jumlah=len(known)))
    names = {
        "kode": "Kode",
        "nama": "Parameter",
        "jenis": "Jenis",
        "definisi": "Yang dihitung",
        "penanggung_jawab": "Penanggung jawab",
        "sumber": "Sumber",
        "status": "Status",
    }
    table = pd.DataFrame([{name: getattr(each, name) for name in names} for each in known])
    st.dataframe(table.rename(columns=names), hide_index=True, width="stretch", height=420)
    frame.show_card_title(text("metode.bagian_templat"), text("metode.templat_ket"))
    with st.container(horizontal=True):
        for jenis, group in TEMPLATES:
            label = "_".join(filter(None, [jenis, group]))
            file = template_name(jenis, group)
            data = session.drawn(partial(template_bytes, jenis, group), file)
            st.download_button(text(f"metode.templat_{label}"), data, file, mime=XLSX, key=f"templat_{label}")


def show_sources(source: Source) -> None:
    """Show credits and the stamp."""
    frame.show_card_title(text("metode.bagian_sumber"))
    st.markdown(text("metode.kredit"))
    parts = [text("umum.cap_sumber_terbitan"), text("umum.cap_ruang", ruang="publik")]
    frame.show_stamp(parts, text("umum.cip_contoh") if source.contoh else "")
