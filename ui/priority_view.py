"""The page on priorities: which parameters are red, how many families take them out, where, and whose job it is."""

import html
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from analytics.disclosure import Cleared
from analytics.reach import rank_reach, with_reach
from config.parameters import parameter
from config.places import load_kecamatan
from config.text import text
from ui import cuts, frame, session
from ui.filters import choose_one
from ui.format import MISSING, moment, month, number, percent
from ui.session import Source

GROUP = "balita"
NEAREST, MOST = "terdekat", "terbanyak"
NO_BREAK = "\u00a0"


@dataclass(frozen=True)
class Choice:
    """The newest round of balita: ranked parameters of the kabupaten, and the reach in each kecamatan."""

    periode: str
    urut: str
    ranked: Cleared
    places: Cleared


def choose(source: Source) -> Choice | None:
    """Show the filter bar; None when there is no table of parameters."""
    whole = cuts.parameters(source, "kabupaten") if source.versi else None
    rounds = [] if whole is None else sorted(whole.where(jenis_sasaran=GROUP).table["periode"].unique())
    if whole is None or not rounds:
        frame.show_head(text("prioritas.tanya"), text("prioritas.utama_nihil"), text("parameter.perlu"))
        return None
    names = {order: text(f"prioritas.urut_{order}") for order in (MOST, NEAREST)}
    order = choose_one("urut", text("prioritas.urut"), tuple(names), names.__getitem__, MOST)
    session.keep_in_url(urut=order, default_urut=MOST)
    newest = {"jenis_sasaran": GROUP, "periode": rounds[-1]}
    places = cuts.parameters(source, "kecamatan").where(**newest)
    ranked = rank_reach(whole.where(**newest), places, nearest=order == NEAREST)
    return Choice(rounds[-1], order, ranked, with_reach(places))


def show_headline(choice: Choice) -> None:
    """Show question, headline and what the numbers mean."""
    ranked = choice.ranked.table
    red = ranked[ranked["jangkauan"] > 0]
    if len(red):
        nearest = red.loc[red["jangkauan"].idxmin()]
        about, need = parameter(nearest["parameter"]).nama, number(nearest["jangkauan"])
        headline = text("prioritas.utama", jumlah=len(red), nama=about, keluarga=need)
    elif len(ranked):
        headline = text("prioritas.utama_kecamatan", jumlah=len(ranked))
    else:
        headline = text("prioritas.utama_tanpa", periode=month(choice.periode))
    frame.show_head(text("prioritas.tanya"), headline, text("prioritas.sub", periode=month(choice.periode)))


def show_matrix(choice: Choice) -> None:
    """Show one row a parameter: whose job, families to help in the kabupaten, and in each kecamatan."""
    if choice.ranked.table.empty:
        return
    names = dict(zip(load_kecamatan()["kode"], load_kecamatan()["nama"], strict=True))
    titles = [text("prioritas.kol_parameter"), text("prioritas.kol_kabupaten"), *names.values()]
    head = "".join(f'<th scope="col">{html.escape(title)}</th>' for title in titles)
    by_parameter = dict(list(choice.places.table.groupby("parameter")))
    rows = "".join(_row(row, by_parameter[row.parameter]) for row in choice.ranked.table.itertuples())
    st.html(f'<table class="bl-jangkau"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>')
    marks = [("merah", "merah"), ("condong", "condong"), ("tanpa", "bukan"), ("tanpa", "kosong")]
    frame.show_legend([(mark, text(f"prioritas.leg_{words}")) for mark, words in marks])


def _row(row: Any, places: pd.DataFrame) -> str:
    about = parameter(row.parameter)
    head = f'<th scope="row">{html.escape(about.nama)}<small>{html.escape(about.penanggung_jawab)}</small></th>'
    is_red = pd.notna(row.jangkauan) and row.jangkauan > 0
    need = f"<b>{number(row.jangkauan)}</b>" if is_red else text("prioritas.bukan_merah")
    unsure = f", {text('prioritas.belum_pasti')}" if is_red and row.pasti != "ya" else ""
    red = places[places["jangkauan"] > 0]
    where = ", ".join(f"{nama} {number(reach)}" for nama, reach in zip(red["nama"], red["jangkauan"], strict=True))
    phone = f'<small class="bl-hp">{html.escape(text("prioritas.di", daftar=where))}</small>' if where else ""
    cells = "".join(_cell(place) for place in places.itertuples())
    return f"<tr>{head}<td>{need}<small>{html.escape(_share(row))}{unsure}</small>{phone}</td>{cells}</tr>"


def _cell(place: Any) -> str:
    if pd.isna(place.jangkauan):
        words, mark, figure = place.catatan, "", MISSING
    elif place.jangkauan == 0:
        words, mark, figure = f"{_share(place)}, {text('prioritas.bukan_merah')}", "", "·"
    else:
        certain = place.pasti == "ya"
        words = _share(place) + ("" if certain else f", {text('prioritas.belum_pasti')}")
        mark, figure = "bl-merah" if certain else "bl-condong", number(place.jangkauan)
    told = html.escape(f"{place.nama}: {words}", quote=True)
    return f'<td class="{mark}" title="{told}">{figure}</td>'


def _share(row: Any) -> str:
    share = percent(row.persen).replace(" ", NO_BREAK)
    return text("prioritas.bagian", n=number(row.n), penyebut=number(row.penyebut), persen=share)


def show_table(choice: Choice) -> None:
    """Show the numbers behind the matrix."""
    names = ("nama", "parameter", "n", "penyebut", "persen", "jangkauan", "catatan")
    rounded = choice.places.rework(lambda table: table.round(1))
    frame.show_table(rounded, {name: text(f"prioritas.tabel_{name}") for name in names}, "tabel_prioritas")


def show_stamp(choice: Choice, source: Source) -> None:
    """Show where the numbers come from."""
    frame.show_stamp(
        [
            text("umum.cap_sumber_contoh_parameter") if source.contoh else text("umum.cap_sumber_parameter"),
            text("sasaran.cap_putaran", periode=month(choice.periode)),
            text("umum.cap_saring", saring=text("parameter.jenis_balita")),
            text("umum.cap_impor", waktu=moment(source.waktu)),
            text("umum.cap_ruang", ruang=choice.ranked.ruang),
            text("umum.cap_versi", versi=source.sha256[:8]),
        ],
        text("umum.cip_contoh") if source.contoh else "",
    )
