"""The overview: one sentence, the targets, the kecamatan slopes; from the data or as the report printed it."""

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from analytics.change import compare_months
from analytics.overview import (
    INCONSISTENT,
    printed_contradiction,
    printed_variants,
    slopes_as_printed,
    slopes_from_data,
)
from config.places import load_region
from config.published import kabupaten_levels
from config.text import text
from config.values import targets
from ui import frame, session
from ui.charts.slope import PANELS, shared_domain, slope_chart
from ui.charts.targets import target_chart
from ui.filters import choose_month, choose_one
from ui.format import join_names, moment, number, percent, short_months, signed
from ui.overview_sentences import View, headline, risers_line, targets_line
from ui.session import Source

PRINTED, COMPUTED = "laporan", "data"
PRINTED_MONTHS = "2021-12", "2022-09"


def choose_view(source: Source) -> View:
    """Show the filter bar and return what to speak of. Without own data the printed figures come first."""
    periods = session.months(source)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        own = text("ringkasan.sumber_contoh" if source.contoh else "ringkasan.sumber_data")
        names = {PRINTED: text("ringkasan.sumber_terbitan"), COMPUTED: own}
        options = list(names) if periods else [PRINTED]
        first = PRINTED if source.contoh or not periods else COMPUTED
        kind = choose_one("angka", "", options, names.__getitem__, first)
        if kind == PRINTED:
            session.keep_in_url(angka=kind, default_angka=first)
            return printed_view()
        awal = choose_month("awal", text("ringkasan.awal"), periods, periods[0])
        kini = choose_month("kini", text("ringkasan.kini"), periods, periods[-1])
        defaults = {"default_angka": first, "default_awal": periods[0], "default_kini": periods[-1]}
        session.keep_in_url(angka=kind, awal=awal, kini=kini, **defaults)
    return computed_view(source, awal, kini)


def printed_view() -> View:
    """Return the overview as the report prints it: 2021 and September 2022."""
    levels = kabupaten_levels().set_index("tahun")["nilai"]
    return View(levels[2022], levels[2021], *PRINTED_MONTHS, slopes_as_printed(), printed=True)


def computed_view(source: Source, awal: str, kini: str) -> View:
    """Return the overview of two months of the data."""
    whole = compare_months(session.prevalence(source, "stunting", "kabupaten"), awal, kini).table
    slopes = slopes_from_data(session.prevalence(source, "stunting", "kecamatan"), awal, kini)
    row = whole.iloc[0] if len(whole) else pd.Series({"persen_kini": None, "persen_awal": None, "pasti": False})
    before = None if awal == kini else _float(row["persen_awal"])
    return View(_float(row["persen_kini"]), before, awal, kini, slopes, False, bool(row["pasti"]))


def show_headline(view: View) -> None:
    """Show question, headline sentence and the line about risers and targets."""
    frame.show_head(
        text("ringkasan.tanya"), headline(view), " ".join(filter(None, [risers_line(view), targets_line(view)]))
    )


def show_pictures(view: View, source: Source) -> None:
    """Show the target line and the slopes of all kecamatan, with their legend."""
    left, right = st.columns([1, 2], gap="medium")
    with left, st.container(border=True, height="stretch"):
        frame.show_card_title(text("ringkasan.kartu_target"), text("ringkasan.kartu_target_ket"))
        if view.kini is not None:
            table = pd.DataFrame([{"nama": target.nama, "nilai": target.nilai} for target in targets()])
            decimals = 1 if view.printed else 2
            build = partial(target_chart, table, view.awal, view.kini, view.months, decimals)
            spec = session.drawn(build, source.versi, view.key, "target")
            st.vega_lite_chart(spec=spec, width="stretch", theme=None, key="target", alt=headline(view))
    with right, st.container(border=True, height="stretch"):
        title = text("ringkasan.kartu_kecamatan", awal=view.months[0], kini=view.months[1])
        frame.show_card_title(title, text("ringkasan.kartu_kecamatan_ket", persen=percent(view.kini, 2)))
        _show_slopes(view, source)
    _show_slope_legend(view)


def _show_slopes(view: View, source: Source) -> None:
    domain = shared_domain(view.slopes, view.kini)
    for number_of, column in enumerate(st.columns(2, gap=None)):
        part = view.slopes.rework(partial(_panels, PANELS * number_of))
        ends = short_months(view.periode_awal, view.periode_kini)
        spec = session.drawn(partial(slope_chart, part, view.kini, domain, ends), source.versi, view.key, number_of)
        names = join_names(part.table["nama"].tolist())
        with column:
            st.vega_lite_chart(
                spec=spec, width="stretch", theme=None, key=f"lereng{number_of}", alt=f"{names}. {risers_line(view)}"
            )


def _panels(first: int, table: pd.DataFrame) -> pd.DataFrame:
    return table.iloc[first : first + PANELS]


def _show_slope_legend(view: View) -> None:
    point = "ringkasan.leg_titik_terbit" if view.printed else "ringkasan.leg_titik_hitung"
    items = [("titik", text(point)), ("turun", text("ringkasan.leg_turun")), ("naik", text("ringkasan.leg_naik"))]
    items.insert(
        1, ("rentang", text("ringkasan.leg_rentang")) if view.printed else ("ragu", text("ringkasan.leg_ragu"))
    )
    marked = view.slopes.table[view.slopes.table["tanda"].str.contains(INCONSISTENT)]
    notes = [text("ringkasan.leg_satuan")]
    if view.printed:
        variants = printed_variants()
        listed = join_names([number(value, 2) for value in variants])
        place = load_region().nama_pendek
        notes.append(
            text("ringkasan.catatan_varian", wilayah=place, tahun=2021, daftar=listed, pakai=number(variants[0], 2))
        )
    for nama in marked["nama"]:
        printed, computed = printed_contradiction(nama) or (None, None)
        notes.append(
            text("ringkasan.catatan_lampihong", nama=nama, tercetak=signed(printed, 2), terhitung=signed(computed, 2))
        )
    frame.show_legend(items + [("tanpa", note) for note in notes])


def show_table(view: View) -> None:
    """Show the numbers behind the slopes."""
    columns = {"nama": text("ringkasan.kol_wilayah")}
    for name, side in dict(zip(view.months, ("awal", "kini"), strict=True)).items():  # one month twice is one column
        columns[f"nilai_{side}"] = name
        columns[f"bawah_{side}"] = text("ringkasan.kol_bawah", bulan=name)
        columns[f"atas_{side}"] = text("ringkasan.kol_atas", bulan=name)
    columns |= {"selisih": text("ringkasan.kol_selisih"), "arah": text("ringkasan.kol_arah")}
    frame.show_table(view.slopes.rework(lambda table: table.round(2)), columns, "tabel_ringkasan")


def show_stamp(view: View, source: Source) -> None:
    """Show where the numbers of this view come from."""
    if view.printed:
        parts = [text("umum.cap_sumber_terbitan"), text("umum.cap_n_terbitan")]
        parts += [text("umum.cap_ruang", ruang=session.room())]
        parts += [text("ringkasan.cap_kartu_contoh")] if source.contoh else []
        frame.show_stamp(parts, text("umum.cip_terbitan"))
        return
    covered = session.coverage(source, view.periode_kini)
    parts = [
        text("umum.cap_sumber_contoh") if source.contoh else text("umum.cap_sumber"),
        text("umum.cap_data", periode=f"{view.months[0]} dan {view.months[1]}"),
        text("umum.cap_n", n=number(covered["diukur"])),
        text("umum.cap_impor", waktu=moment(source.waktu)),
        text("umum.cap_ruang", ruang=session.room()),
        text("umum.cap_versi", versi=source.sha256[:8]),
    ]
    frame.show_stamp(parts, text("umum.cip_contoh") if source.contoh else "")


def _float(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else float(value)
