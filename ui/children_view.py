"""The page on nutritional status: the children followed, where they moved; all children by age and sex."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from analytics.disclosure import Cleared
from analytics.sasaran import INDICES, UNKNOWN_FLOW, WINDOW_MONTHS
from analytics.status import STATUS_TERMS
from config.colours import colour
from config.indicators import indicator
from config.text import text
from ui import cuts, frame, session
from ui.bars import Part, show_stack
from ui.charts.age_sex import age_sex_chart
from ui.filters import choose_month
from ui.format import MISSING, moment, month, number, percent
from ui.session import Source

# From the gravest term up; what lies above the good class is set apart in grey.
COLOURS = {
    "tbu": ("prev4", "prev3", "prev1", "garis"),
    "bbu": ("prev4", "prev3", "prev1", "garis"),
    "bbtb": ("prev4", "prev3", "prev1", "prev2", "garis", "tinta3"),
}
PROBLEMS = ("stunting", "underweight", "wasting", "gizi_lebih")
RECOVERED = ("Normal", "Tinggi")


@dataclass(frozen=True)
class Choice:
    """The two rounds and what is shown of the children followed in them."""

    awal: str
    kini: str
    tables: dict[str, Cleared]

    def size(self, name: str) -> tuple[int, int]:
        """How many children in both rounds: "sasaran" (all) or "terukur" (with a measurement)."""
        before, now = self.tables["banyak"].table[name]
        return int(before), int(now)


def choose(families: Source, measured: Source) -> Choice | None:
    """Show the filter bar; None when one of the two tables is missing."""
    rounds = cuts.rounds(families)
    if not rounds or not measured.versi:
        frame.show_head(text("gizi.tanya"), text("gizi.utama_nihil"), text("gizi.perlu"))
        return None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        awal = choose_month("awal", text("gizi.awal"), rounds, rounds[0])
        kini = choose_month("kini", text("gizi.kini"), rounds, rounds[-1])
    session.keep_in_url(awal=awal, kini=kini, default_awal=rounds[0], default_kini=rounds[-1])
    awal, kini = min(awal, kini), max(awal, kini)
    return Choice(awal, kini, cuts.followed(families, measured, awal, kini))


def show_headline(choice: Choice) -> None:
    """Show question, headline and what is counted."""
    flow = choice.tables["aliran"].table
    recovered = flow.loc[flow["status_kini"].isin(RECOVERED), "jumlah"]
    linked = choice.size("terukur")
    if recovered.isna().any() or recovered.empty:
        headline = text("gizi.utama_samar", semua=linked[0], kini=linked[1])
    else:
        headline = text("gizi.utama", banyak=int(recovered.sum()), semua=linked[0])
    frame.show_head(text("gizi.tanya"), headline, text("gizi.sub", bulan=WINDOW_MONTHS))


def show_status(choice: Choice) -> None:
    """Show the status of the children of both rounds, three indices side by side."""
    all_children, linked = choice.size("sasaran"), choice.size("terukur")
    note = text(
        "gizi.kartu_status_ket",
        awal=month(choice.awal),
        n_awal=linked[0],
        kini=month(choice.kini),
        n_kini=linked[1],
        s_kini=all_children[1],
    )
    with st.container(border=True):
        frame.show_card_title(text("gizi.kartu_status"), note)
        for column, index in zip(st.columns(3, gap="medium"), INDICES, strict=True):
            with column:
                frame.show_card_title(text(f"gizi.indeks_{index}"))
                for periode in (choice.awal, choice.kini):
                    _show_bar(choice.tables["status"].table, index, periode)
                terms = zip(COLOURS[index], STATUS_TERMS[index], strict=True)
                frame.show_legend([(colour(name), term) for name, term in terms])


def _show_bar(table: pd.DataFrame, index: str, periode: str) -> None:
    rows = table[(table["indeks"] == index) & (table["periode"] == periode)]
    parts = [
        Part(row.status, None if pd.isna(row.jumlah) else int(row.jumlah), hue)
        for row, hue in zip(rows.itertuples(), COLOURS[index], strict=True)
    ]
    show_stack(text("gizi.batang", periode=month(periode), n=number(rows["penyebut"].iloc[0])), parts)


def show_movements(choice: Choice) -> None:
    """Show where the linked children of the first round stand now, and why the list changed."""
    left, right = st.columns(2, gap="medium")
    with left, st.container(border=True, height="stretch"):
        note = text("gizi.kartu_aliran_ket", awal=month(choice.awal), kini=month(choice.kini))
        frame.show_card_title(text("gizi.kartu_aliran"), note)
        _show_flow(choice.tables["aliran"].table)
    with right, st.container(border=True, height="stretch"):
        frame.show_card_title(text("gizi.kartu_alasan"), text("gizi.kartu_alasan_ket"))
        _show_reasons(choice.tables["alasan"].table)


def _show_flow(flow: pd.DataFrame) -> None:
    hues = dict(zip(STATUS_TERMS["tbu"], COLOURS["tbu"], strict=True)) | {UNKNOWN_FLOW: "tinta3"}
    names = {UNKNOWN_FLOW: text("gizi.tanpa_pengukuran")}
    for start in STATUS_TERMS["tbu"]:
        rows = flow[flow["status_awal"] == start].set_index("status_kini")
        if len(rows):
            counts = {term: rows.at[term, "jumlah"] for term in hues if term in rows.index}
            parts = [
                Part(names.get(term, term), None if pd.isna(n) else int(n), hues[term]) for term, n in counts.items()
            ]
            show_stack(text("gizi.aliran_dari", status=start.lower()), parts)
    frame.show_legend([(colour(hue), names.get(term, term)) for term, hue in hues.items()])


def _show_reasons(reasons: pd.DataFrame) -> None:
    for direction in ("keluar", "masuk"):
        rows = reasons[(reasons["arah"] == direction) & ~(reasons["jumlah"] == 0).fillna(False)]
        frame.show_card_title(text(f"gizi.arah_{direction}"))
        frame.show_figures(
            [
                (
                    text(f"gizi.alasan_{row.alasan}"),
                    text("kek.samar") if pd.isna(row.jumlah) else number(row.jumlah),
                    "",
                )
                for row in rows.itertuples()
            ]
        )
    st.caption(text("gizi.alasan_laporan"))


def show_all_children(measured: Source) -> None:
    """Show all measured children of the newest month: stunting by age group and sex, and the other problems."""
    periode = session.months(measured)[-1]
    left, right = st.columns([3, 1], gap="medium")
    with left, st.container(border=True, height="stretch"):
        frame.show_card_title(text("gizi.kartu_umur"), text("gizi.kartu_umur_ket", periode=month(periode)))
        table = cuts.by_age_and_sex(measured, "stunting", periode)
        spec = session.drawn(lambda: age_sex_chart(table), measured.versi, periode, "umur")
        st.vega_lite_chart(spec=spec, width="stretch", theme=None, key="umur", alt=text("gizi.kartu_umur"))
        frame.show_legend([("kotak", text("gizi.laki")), ("bulat", text("gizi.perempuan"))])
    with right, st.container(border=True, height="stretch"):
        frame.show_card_title(text("gizi.kartu_masalah"), text("gizi.kartu_masalah_ket", periode=month(periode)))
        frame.show_figures([_problem(measured, name, periode) for name in PROBLEMS])


def _problem(measured: Source, name: str, periode: str) -> tuple[str, str, str]:
    table = session.prevalence(measured, name, "kabupaten").table
    row = table[table["periode"] == periode].iloc[0]
    note = (
        MISSING if pd.isna(row["n"]) else text("ringkasan.dari", n=number(row["n"]), penyebut=number(row["penyebut"]))
    )
    return indicator(name).nama, percent(row["persen"], 1), note


def show_table(choice: Choice) -> None:
    """Show the counts behind the bars."""
    names = ("indeks", "periode", "status", "jumlah", "penyebut", "catatan")
    columns = {name: text(f"gizi.kol_{name}") for name in names}
    frame.show_table(choice.tables["status"], columns, "tabel_gizi")


def show_stamp(choice: Choice, families: Source, measured: Source) -> None:
    """Show where the numbers come from."""
    own = text("umum.cap_sumber_gizi")
    parts = [
        text("umum.cap_sumber_contoh_gizi") if families.contoh else own,
        text("umum.cap_data", periode=f"{month(choice.awal)} dan {month(choice.kini)}"),
        text("umum.cap_n_anak", n=" dan ".join(map(str, choice.size("terukur")))),
        text("umum.cap_impor", waktu=moment(families.waktu)),
        text("umum.cap_ruang", ruang=session.room()),
        text("umum.cap_versi", versi=f"{families.sha256[:8]} · {measured.sha256[:8]}"),
    ]
    frame.show_stamp(parts, text("umum.cip_contoh") if families.contoh else "")
