"""The lower half of the page on data quality: by place, month by month, which posyandu first, definitions, table."""

import pandas as pd
import streamlit as st

from analytics.quality import POSYANDU
from config.quality import load_checks
from config.text import text
from ui import frame, quality_data, session
from ui import quality_sentences as words
from ui.format import moment, month, number
from ui.quality_data import Choice

VISITS_SHOWN, REASONS_SHOWN = 10, 3
TABLE = ("nama", "pemeriksaan", "nilai", "batas", "penilaian")


def show_visits(choice: Choice) -> None:
    """Show the posyandu to visit first and why."""
    rows = quality_data.visits(choice).table.head(VISITS_SHOWN)
    with st.container(border=True):
        note = text("mutu.kartu_kunjungan_ket", bulan=month(choice.periode))
        frame.show_card_title(text("mutu.kartu_kunjungan"), note)
        if rows.empty:
            st.caption(text("mutu.kunjungan_tanpa"))
            return
        shown = _told(choice, rows, POSYANDU)
        names = [f"{place}. {name}" for place, name in enumerate(rows["nama"], start=1)]
        _show(shown.assign(posyandu=names), "posyandu", "alasan", "n")


def show_places(choice: Choice) -> None:
    """Show the kecamatan, or the desa of the kecamatan looked at, and the place itself month by month."""
    below = "desa" if choice.wilayah else "kecamatan"
    left, right = st.columns(2, gap="medium")
    with left, st.container(border=True):
        rows = quality_data.verdicts(choice.source, below).within(choice.kode).where(periode=choice.periode).table
        frame.show_card_title(text(f"mutu.kartu_tempat_{below}", bulan=month(choice.periode)))
        _show(_told(choice, rows, below).assign(wilayah=rows["nama"]), "wilayah", "putusan", "alasan", "n")
    with right, st.container(border=True):
        rows = quality_data.verdicts(choice.source, choice.tingkat).where(kode=choice.kode).table
        rows = rows.sort_values("periode", ascending=False)
        frame.show_card_title(text("mutu.kartu_bulan", wilayah=choice.nama))
        shown = _told(choice, rows, choice.tingkat).assign(periode=rows["periode"].map(month))
        _show(shown, "periode", "putusan", "alasan", "n")


def _told(choice: Choice, rows: pd.DataFrame, tingkat: str) -> pd.DataFrame:
    """Return putusan, alasan and n of verdicts in words."""
    values = quality_data.values(choice.source, tingkat)
    why = [
        words.reasons(alasan, quality_data.values_of(values, periode, kode), REASONS_SHOWN)
        for alasan, periode, kode in zip(rows["alasan"], rows["periode"], rows["kode"], strict=True)
    ]
    putusan = [text(f"mutu.putusan_{name}") for name in rows["putusan"]]
    return pd.DataFrame({"putusan": putusan, "alasan": why, "n": rows["n"].map(number)}, index=rows.index)


def _show(table: pd.DataFrame, *columns: str) -> None:
    frame.show_texts(table, {name: text(f"mutu.kol_{name}") for name in columns})


def show_meaning() -> None:
    """Show what each check means, its limits and their source, folded away."""
    with st.expander(text("mutu.arti"), key="mutu_arti"):
        frame.show_facts(
            {
                check.nama: text(
                    "mutu.arti_isi",
                    keterangan=check.keterangan,
                    batas=words.show_limits(check),
                    sumber=check.sumber,
                )
                for check in load_checks().values()
            }
        )


def show_table(choice: Choice) -> None:
    """Show every check of the month: of the place looked at, the places in it, and their posyandu."""
    frame.show_table(
        lambda: quality_data.everything(choice).rework(_round),
        {name: text(f"mutu.kol_{'wilayah' if name == 'nama' else name}") for name in TABLE},
        "tabel_mutu",
    )


def _round(table: pd.DataFrame) -> pd.DataFrame:
    checks = load_checks()
    return table.assign(
        nilai=table["nilai"].round(2),
        pemeriksaan=table["pemeriksaan"].map(lambda name: checks[name].nama),
        penilaian=table["penilaian"].map(lambda name: text(f"mutu.penilaian_{name}").lower()),
    )


def show_stamp(choice: Choice) -> None:
    """Show where the numbers come from."""
    source = choice.source
    measured = choice.here(quality_data.verdicts(source, choice.tingkat)).table["n"]
    parts = [
        text("umum.cap_sumber_contoh") if source.contoh else text("umum.cap_sumber"),
        text("umum.cap_data", periode=month(choice.periode)),
        text("umum.cap_n", n=number(measured.sum())),
        text("umum.cap_saring", saring=choice.nama),
        text("umum.cap_impor", waktu=moment(source.waktu)),
        text("umum.cap_ruang", ruang=session.room()),
        text("umum.cap_versi", versi=source.sha256[:8]),
    ]
    frame.show_stamp(parts, text("umum.cip_contoh") if source.contoh else "")
