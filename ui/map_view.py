"""The map page: two months side by side with one legend, kecamatan opening into desa, the same numbers as a table."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from analytics.change import compare_months
from analytics.disclosure import Cleared
from config.colours import colour
from config.indicators import class_labels, class_lower_bounds, class_screen_labels, indicator, load_indicators
from config.places import load_desa, load_kecamatan, load_region, place_names
from config.text import text
from ui import frame, session
from ui.filters import choose_from, choose_month, choose_one, choose_place
from ui.format import join_names, moment, month, number, percent
from ui.map_cells import LOKUS_YEAR, class_colours
from ui.maps import Layer, show_map
from ui.session import Source

DESA, KECAMATAN = "desa", "kecamatan"
STUNTING = "stunting"
HEIGHT = 530
BOUND = 20  # percent: the class bound the desa headline speaks of (BKKBN yellow)


@dataclass(frozen=True)
class Choice:
    """What the filter bar says; `wilayah` is a kecamatan code or empty for the whole kabupaten."""

    lapis: Layer
    indikator: str
    awal: str
    kini: str
    wilayah: str
    cleared: Cleared

    @property
    def places(self) -> pd.DataFrame:
        """The rows of the present month inside the chosen area."""
        now = self.cleared.table[self.cleared.table["periode"] == self.kini]
        return now[now["kode"].str.startswith(self.wilayah)]


def choose(source: Source) -> Choice | None:
    """Show the filter bar; None when there is nothing to map."""
    periods = session.months(source)
    if not periods:
        frame.show_head(text("peta.tanya"), text("peta.utama_nihil"), text("umum.belum_ada"))
        return None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        names = {KECAMATAN: text("peta.lapis_kecamatan"), DESA: text("peta.lapis_desa")}
        layer = choose_one("lapis", text("peta.lapis"), list(names), names.__getitem__, DESA)
        lapis: Layer = "kecamatan" if layer == KECAMATAN else "desa"
        known = {each.id: each.nama for each in load_indicators()}
        indikator = choose_from("ukuran", text("peta.indikator"), list(known), known.__getitem__, STUNTING, 230)
        awal = choose_month("awal", text("peta.awal"), periods, periods[0])
        kini = choose_month("kini", text("peta.kini"), periods, periods[-1])
        kecamatan = dict(zip(load_kecamatan()["kode"], load_kecamatan()["nama"], strict=True))
        wilayah = choose_place(kecamatan) if lapis == DESA else ""
    defaults = {"default_lapis": DESA, "default_ukuran": STUNTING, "default_wilayah": ""}
    defaults |= {"default_awal": periods[0], "default_kini": periods[-1]}
    session.keep_in_url(lapis=lapis, ukuran=indikator, awal=awal, kini=kini, wilayah=wilayah, **defaults)
    return Choice(lapis, indikator, awal, kini, wilayah, session.prevalence(source, indikator, lapis))


def show_headline(choice: Choice, source: Source) -> None:
    """Show question, headline and the line under it."""
    name = indicator(choice.indikator).nama
    question = text("peta.tanya") if choice.indikator == STUNTING else text("peta.tanya_lain", indikator=name)
    if choice.lapis == DESA:
        headline, sub = _desa_sentences(choice)
    else:
        headline, sub = _kecamatan_sentences(choice, _kabupaten(choice, source).at[choice.kini, "persen"])
    frame.show_head(question, headline, sub)


def _kecamatan_sentences(choice: Choice, level: float) -> tuple[str, str]:
    sure = choice.places[choice.places["bawah95"].astype("float64") > level].sort_values("persen", ascending=False)
    name = ("peta.utama_belum", "peta.utama_pasti_satu", "peta.utama_pasti")[min(len(sure), 2)]
    return text(name, daftar=join_names(sure["nama"].tolist())), text("peta.sub_kecamatan", persen=percent(level, 2))


def _desa_sentences(choice: Choice) -> tuple[str, str]:
    places = choice.places
    high = [code for code, lower in zip(class_colours(), class_lower_bounds(), strict=True) if lower >= BOUND]
    area = place_names()[choice.wilayah] if choice.wilayah else text("peta.semua").lower()
    count = int(places["kelas"].isin(high).sum())
    sure = int((places["bawah95"].astype("float64") >= BOUND).sum())
    headline = text("peta.utama_desa", jumlah=f"*{count}*", semua=len(places), wilayah=area, batas=BOUND)
    return headline, f"{text('peta.sub_desa_pasti', jumlah=sure, batas=BOUND)} {text('peta.sub_desa')}"


def show_maps(choice: Choice, source: Source) -> None:
    """Show the legend and the two maps; a click on a kecamatan opens its desa, a click on a desa selects it."""
    _show_legend(choice)
    selected = session.recall("pilih")
    whole = _kabupaten(choice, source)
    for column, side, periode in zip(
        st.columns(2, gap="medium"), ("kiri", "kanan"), (choice.awal, choice.kini), strict=True
    ):
        with column:
            row = whole.loc[periode]
            note = f"{row['nama']} {percent(row['persen'], 2)} ({number(row['n'])} dari {number(row['penyebut'])})"
            frame.show_card_title(month(periode), note)
            cells = session.painted(source, choice.indikator, choice.lapis, periode, choice.awal, choice.kini)
            show_map(
                choice.lapis,
                cells,
                f"peta_{choice.lapis}_{side}",
                HEIGHT,
                selected,
                focus=choice.wilayah or None,
                on_click=_open_kecamatan if choice.lapis == KECAMATAN else _select,
            )


def _kabupaten(choice: Choice, source: Source) -> pd.DataFrame:
    return session.prevalence(source, choice.indikator, "kabupaten").table.set_index("periode")


def _open_kecamatan(kode: str) -> None:
    if kode:
        session.set_choices(lapis=DESA, wilayah=kode)


def _select(kode: str) -> None:
    session.remember("pilih", kode)


def _show_legend(choice: Choice) -> None:
    hues = [colour(name) for name in class_colours().values()]
    items = list(zip(hues, class_screen_labels(), strict=True))
    items += [("samar", text("peta.leg_samar")), ("kosong", text("peta.leg_kosong"))]
    if choice.lapis == DESA:
        items.append(("lokus", text("peta.leg_lokus", tahun=LOKUS_YEAR)))
    items.append(("tanpa", text("peta.leg_batas")))
    frame.show_legend(items, text("peta.leg_judul", indikator=indicator(choice.indikator).nama))


def show_selected(choice: Choice) -> None:
    """Show the selected place as one line, for those who cannot hover."""
    rows = choice.places[choice.places["kode"] == session.recall("pilih")]
    for row in rows.itertuples():
        frame.show_figures([(row.nama, _value_of(row), month(choice.kini))])


def _value_of(row: Any) -> str:
    if not row.catatan:
        return text("peta.kartu_nilai", n=number(row.n), penyebut=number(row.penyebut), persen=number(row.persen, 1))
    if pd.isna(row.kelas):
        return str(row.catatan)
    return text("peta.kartu_kelas", kelas=class_screen_labels()[class_labels().index(row.kelas)])


def show_table(choice: Choice) -> None:
    """Show the numbers behind both maps."""
    now = choice.places.set_index("kode")[["kelas", "catatan"]]
    kecamatan = load_desa().set_index("kode")["kecamatan"]

    def arrange(table: pd.DataFrame) -> pd.DataFrame:
        inside = table[table["kode"].str.startswith(choice.wilayah)].round(2)
        return inside.join(now, on="kode").assign(kecamatan=inside["kode"].map(kecamatan))

    change = compare_months(choice.cleared, choice.awal, choice.kini).rework(arrange)
    columns = {"kode": text("peta.kol_kode"), "nama": text("peta.kol_nama")}
    if choice.lapis == DESA:
        columns["kecamatan"] = text("peta.kol_kecamatan")
    for periode, side in {choice.awal: "awal", choice.kini: "kini"}.items():  # one month twice is one column
        for name in ("n", "penyebut", "persen"):
            columns[f"{name}_{side}"] = text(f"peta.kol_{name}", bulan=month(periode))
    columns |= {
        "selisih": text("peta.kol_selisih"),
        "kelas": text("peta.kol_kelas"),
        "catatan": text("peta.kol_catatan"),
    }
    frame.show_table(change, columns, "tabel_peta")


def show_stamp(choice: Choice, source: Source) -> None:
    """Show where the numbers come from and which filter is on."""
    place = place_names()[choice.wilayah] if choice.wilayah else text("peta.semua")
    frame.show_stamp(
        [
            text("umum.cap_sumber_contoh") if source.contoh else text("umum.cap_sumber"),
            text("umum.cap_data", periode=f"{month(choice.awal)} dan {month(choice.kini)}"),
            text("umum.cap_n", n=number(_size(choice, source))),
            text("umum.cap_saring", saring=f"{indicator(choice.indikator).nama}, {choice.lapis}, {place}"),
            text("umum.cap_impor", waktu=moment(source.waktu)),
            text("umum.cap_ruang", ruang=session.room()),
            text("umum.cap_versi", versi=source.sha256[:8]),
        ],
        text("umum.cip_contoh") if source.contoh else "",
    )


def _size(choice: Choice, source: Source) -> float:
    """Return how many children the maps speak of now; the places do not add up to it where some are withheld."""
    level, kode = ("kecamatan", choice.wilayah) if choice.wilayah else ("kabupaten", load_region().kode)
    rows = session.prevalence(source, choice.indikator, level).table
    return float(rows.loc[(rows["periode"] == choice.kini) & (rows["kode"] == kode), "penyebut"].sum(min_count=1))
