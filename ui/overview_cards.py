"""The three cards under the overview: who was measured, other nutrition problems, our figures beside printed ones."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics.disclosure import Cleared
from analytics.overview import printed_beside
from config.indicators import load_indicators
from config.text import text
from ui import frame, session
from ui.format import MISSING, month, number, percent, signed
from ui.overview_sentences import View
from ui.session import ROOM, Source

BESIDE = ("underweight", "wasting", "gizi_lebih")


def show_cards(view: View, source: Source) -> None:
    """Show who was measured, the other nutrition problems, and our figures beside the printed ones."""
    if not source.versi:
        return
    periode = view.periode_kini if view.periode_kini in session.months(source) else session.months(source)[-1]
    for column, card in zip(st.columns(3, gap="medium"), (_card_measured, _card_nutrition, _card_printed), strict=True):
        with column, st.container(border=True, height="stretch"):
            card(source, periode)


def _card_measured(source: Source, periode: str) -> None:
    frame.show_card_title(text("ringkasan.kartu_diukur"), text("ringkasan.kartu_diukur_ket", periode=month(periode)))
    covered, left_out = session.coverage(source, periode), session.left_out(source, periode)
    frame.show_big(number(covered["diukur"]), text("ringkasan.diukur"))
    note = text("ringkasan.diukur_pertama")
    if pd.notna(covered["terdaftar"]):
        shown = percent(covered["persen"], 1)
        note = text("ringkasan.diukur_dari", terdaftar=number(covered["terdaftar"]), persen=shown)
    frame.show_figures(
        [
            (note, "", ""),
            (text("ringkasan.tidak_wajar"), number(left_out["tidak_wajar"]), ""),
            (text("ringkasan.tanpa_z"), number(left_out["tanpa_z"]), ""),
        ]
    )


def _card_nutrition(source: Source, periode: str) -> None:
    frame.show_card_title(text("ringkasan.kartu_gizi"), text("ringkasan.kartu_gizi_ket", periode=month(periode)))
    rows = []
    for indicator in load_indicators():
        if indicator.id not in BESIDE:
            continue
        table = session.prevalence(source, indicator.id, "kabupaten", ROOM).table
        row = table[table["periode"] == periode].iloc[0]
        note = MISSING if pd.isna(row["n"]) else f"{number(row['n'])} dari {number(row['penyebut'])}"
        rows.append((indicator.nama, percent(row["persen"], 1), note))
    frame.show_figures(rows)


def _card_printed(source: Source, periode: str) -> None:
    frame.show_card_title(text("ringkasan.kartu_beda"), text("ringkasan.kartu_beda_ket", periode=month(periode)))
    beside = _beside(source, periode)
    if beside.empty:
        frame.show_figures([(text("ringkasan.beda_tak_ada"), "", "")])
        return
    same = int((beside["selisih"].abs() < 0.005).sum())
    frame.show_big(f"{same}/{len(beside)}", text("ringkasan.beda_sama"))
    worst = beside.reindex(beside["selisih"].abs().sort_values(ascending=False).index).head(2)
    frame.show_figures(
        [
            (row.nama, signed(row.selisih, 2) if abs(row.selisih) >= 0.005 else "=", _printed_beside_text(row))
            for row in worst.itertuples()
        ]
    )


def _printed_beside_text(row: Any) -> str:
    low, high = row.laporan_bawah, row.laporan_atas
    printed = percent(low, 2) if low == high else f"{number(low, 2)}–{percent(high, 2)}"
    return text("ringkasan.beda_rinci", laporan=printed, hitungan=percent(row.hitungan, 2))


def _beside(source: Source, periode: str) -> pd.DataFrame:
    levels = [session.prevalence(source, "stunting", level, ROOM) for level in ("kabupaten", "kecamatan")]
    return printed_beside(Cleared(pd.concat([level.table for level in levels]), ROOM), periode).table
