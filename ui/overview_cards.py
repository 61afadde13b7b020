"""The cards under the overview: who was measured, families, pregnant women, our figures beside the printed ones."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from analytics.disclosure import join_cleared
from analytics.overview import printed_beside
from config.text import text
from ui import cuts, frame, session
from ui.format import month, number, percent, signed
from ui.overview_sentences import View
from ui.parameter_sentences import parameter_names
from ui.session import Source

NEAREST = 2  # parameters named as the highest


def show_cards(view: View, source: Source) -> None:
    """Show who was measured, the families' worst problems, the pregnant women, and the printed figures beside ours."""
    months = session.months(source)
    cards = []
    if months:
        periode = view.periode_kini if view.periode_kini in months else months[-1]
        cards += [partial(_card_measured, source, periode), partial(_card_printed, source, periode)]
    families, women = (session.current_source(chain) for chain in (session.FAMILIES, session.WOMEN))
    if families.versi:
        cards.insert(1, partial(_card_families, families))
    if women.versi:
        cards.insert(-1 if months else len(cards), partial(_card_women, women))
    for column, card in zip(st.columns(max(len(cards), 1), gap="medium"), cards, strict=False):
        with column, st.container(border=True, height="stretch"):
            card()


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


def _card_families(families: Source) -> None:
    periode = cuts.rounds(families)[-1]
    table = cuts.parameters(families, "kabupaten").table
    rows = table[(table["periode"] == periode) & (table["jenis_sasaran"] == "balita") & table["persen"].notna()]
    frame.show_card_title(
        text("ringkasan.kartu_parameter"), text("ringkasan.kartu_parameter_ket", periode=month(periode))
    )
    red = number((rows["warna"] == "merah").sum())
    frame.show_big(red, text("ringkasan.parameter_merah", semua=len(rows)))
    worst = rows.sort_values("persen", ascending=False).head(NEAREST)
    names = parameter_names()
    frame.show_figures(
        [
            (
                names[row.parameter],
                percent(row.persen, 0),
                text("ringkasan.dari", n=number(row.n), penyebut=number(row.penyebut)),
            )
            for row in worst.itertuples()
        ]
    )


def _card_women(women: Source) -> None:
    table = cuts.women(women, "kabupaten").table
    awal, kini = table.iloc[0], table.iloc[-1]
    note = text("ringkasan.kartu_kek_ket", awal=month(awal["periode"]), kini=month(kini["periode"]))
    frame.show_card_title(text("ringkasan.kartu_kek"), note)
    frame.show_big(number(kini["dalam_pemantauan"]), text("ringkasan.kek_dipantau", semua=number(kini["jumlah"])))
    outcomes = ("melahirkan_normal", "hamil_normal", "keluar")
    frame.show_figures(
        [(text(f"kek.status_{status}"), number(kini[status]), "") for status in outcomes if kini[status] != 0]
    )


def _card_printed(source: Source, periode: str) -> None:
    frame.show_card_title(text("ringkasan.kartu_beda"), text("ringkasan.kartu_beda_ket", periode=month(periode)))
    beside = _beside(source, periode)
    if beside.empty:
        frame.show_figures([(text("ringkasan.beda_tak_ada"), "", "")])
        return
    same = int((beside["selisih"].abs() < 0.005).sum())
    frame.show_big(f"{same}/{len(beside)}", text("ringkasan.beda_sama"))
    worst = beside.reindex(beside["selisih"].abs().sort_values(ascending=False).index).head(1)
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
    levels = [session.prevalence(source, "stunting", level) for level in ("kabupaten", "kecamatan")]
    return printed_beside(join_cleared(levels), periode).table
