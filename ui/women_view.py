"""The page on pregnant women with KEK: what became of them, where, and which of their homes' problems remain."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from analytics.disclosure import Cleared
from analytics.kek import STATUSES
from config.text import text
from config.values import threshold
from ui import cuts, frame, parameter_view, session
from ui.bars import show_pairs, show_people
from ui.filters import choose_month
from ui.format import moment, month, number, percent
from ui.maps import EncodedCells, encode_cells, show_map
from ui.session import Source

WATCHED, DELIVERED, PREGNANT, LEFT = "dalam_pemantauan", "melahirkan_normal", "hamil_normal", "keluar"
COLOURS = {DELIVERED: "merek", PREGNANT: "turun", WATCHED: "naik", LEFT: "tinta3"}
MAP_HEIGHT = 300


@dataclass(frozen=True)
class Choice:
    """The two months compared and the women by kecamatan."""

    awal: str
    kini: str
    flow: Cleared
    places: Cleared

    def now(self, status: str) -> int | None:
        """Return how many of the women registered at the start have this status now; None: withheld."""
        rows = self.flow.table[self.flow.table["status_awal"] != "belum_terdaftar"]
        counts = rows.loc[rows["status_kini"] == status, "jumlah"]
        return None if counts.isna().any() else int(counts.sum())

    @property
    def all(self) -> int:
        """All women registered at the start, as far as they are shown."""
        return sum(self.now(status) or 0 for status in STATUSES)

    def by_place(self, periode: str) -> pd.DataFrame:
        """The women of a month by kecamatan."""
        return self.places.table[self.places.table["periode"] == periode].set_index("kode")


def choose(source: Source) -> Choice | None:
    """Show the filter bar; None when there is no table of women."""
    if not source.versi:
        frame.show_head(text("kek.tanya_nihil"), text("kek.utama_nihil"), text("kek.perlu"))
        return None
    places = cuts.women(source, "kecamatan")
    periods = sorted(places.table["periode"].unique())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        awal = choose_month("awal", text("kek.awal"), periods, periods[0])
        kini = choose_month("kini", text("kek.kini"), periods, periods[-1])
    session.keep_in_url(awal=awal, kini=kini, default_awal=periods[0], default_kini=periods[-1])
    awal, kini = min(awal, kini), max(awal, kini)
    return Choice(awal, kini, cuts.women_flow(source, awal, kini), places)


def show_headline(choice: Choice) -> None:
    """Show question, headline and what KEK means."""
    gone = (choice.now(DELIVERED) or 0) + (choice.now(PREGNANT) or 0)
    watched = choice.now(WATCHED)
    headline = text(
        "kek.utama", keluar=gone, semua=choice.all, dipantau=text("kek.samar") if watched is None else watched
    )
    limit = number(threshold("lila_kek").nilai, 1)
    sub = text("kek.sub", batas=limit, awal=month(choice.awal), kini=month(choice.kini))
    frame.show_head(text("kek.tanya", semua=choice.all), headline, sub)


def show_groups(choice: Choice) -> None:
    """Show the women in groups by what became of them."""
    shown = [status for status in COLOURS if status != LEFT or choice.now(LEFT)]
    for column, status in zip(st.columns(len(shown), gap="medium"), shown, strict=True):
        count = choice.now(status)
        share = text("kek.samar")
        if count is not None and choice.all:
            share = text("kek.bagian", persen=percent(100 * count / choice.all, 1), semua=choice.all)
        with column:
            show_people(count, text(f"kek.status_{status}"), share, COLOURS[status])


def show_places(choice: Choice) -> None:
    """Show the kecamatan as bars and as a map."""
    start, now = choice.by_place(choice.awal), choice.by_place(choice.kini)
    table = start[["nama", "jumlah"]].join(now[[WATCHED]])
    order = table.sort_values("jumlah", ascending=False, na_position="last")
    left, middle, right = st.columns([4, 3, 3], gap="medium")
    with left, st.container(border=True, height="stretch"):
        note = text("kek.kartu_kecamatan_ket", awal=month(choice.awal), kini=month(choice.kini))
        frame.show_card_title(text("kek.kartu_kecamatan"), note)
        rows = [(row.nama, _count(row.jumlah), _count(getattr(row, WATCHED))) for row in order.itertuples()]
        show_pairs(rows, text("kek.samar"))
    sides = ((middle, "awal", choice.awal, start["jumlah"]), (right, "kini", choice.kini, now[WATCHED]))
    for column, side, periode, counts in sides:
        with column, st.container(border=True, height="stretch"):
            title = text(f"kek.kartu_peta_{side}", bulan=month(periode))
            frame.show_card_title(title, text("kek.kartu_peta_ket"))
            show_map("kecamatan", _map_cells(choice, counts, title), f"peta_kek_{side}", MAP_HEIGHT)


def _map_cells(choice: Choice, counts: pd.Series, title: str) -> EncodedCells:
    hidden = counts.isna().to_numpy()
    known = ["" if pd.isna(value) else number(value) for value in counts]
    cells = pd.DataFrame(
        {
            "kode": counts.index,
            "warna": np.select([hidden, (counts > 0).fillna(False).to_numpy(bool)], ["", "garis"], "putih"),
            "pola": np.where(hidden, "samar", ""),
            "angka": known,
            "keadaan": np.where(hidden, text("kek.samar"), known),
        }
    )
    return encode_cells("kecamatan", choice.places.rework(lambda _: cells), [(title, "{keadaan}")])


def _count(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)


def show_parameters(choice: Choice, families: Source) -> None:
    """Show the homes' problems of these women in the same heatmap as the families'."""
    shown = parameter_view.for_women(families, choice.awal, choice.kini)
    if shown:
        frame.show_card_title(text("kek.kartu_parameter"))
        parameter_view.show_picture(shown, families)


def show_table(choice: Choice) -> None:
    """Show the numbers behind bars and map."""
    start = choice.by_place(choice.awal)[["nama", "jumlah"]].rename(columns={"jumlah": "awal"})
    table = choice.places.rework(lambda _: start.join(choice.by_place(choice.kini)[[*STATUSES, "catatan"]]))
    columns = {"nama": text("kek.kol_wilayah"), "awal": text("kek.kol_awal", awal=month(choice.awal))}
    columns |= {status: text(f"kek.status_{status}") for status in STATUSES}
    frame.show_table(table, columns | {"catatan": text("kek.kol_catatan")}, "tabel_kek")


def show_stamp(choice: Choice, source: Source) -> None:
    """Show where the numbers come from."""
    parts = [
        text("umum.cap_sumber_contoh_bumil") if source.contoh else text("umum.cap_sumber_bumil"),
        text("umum.cap_data", periode=f"{month(choice.awal)} dan {month(choice.kini)}"),
        text("umum.cap_n_ibu", n=number(choice.all)),
        text("umum.cap_impor", waktu=moment(source.waktu)),
        text("umum.cap_ruang", ruang=session.room()),
        text("umum.cap_versi", versi=source.sha256[:8]),
    ]
    frame.show_stamp(parts, text("umum.cip_contoh") if source.contoh else "")
