"""The overview: one sentence, the targets, the kecamatan slopes; from the data or as the report printed it."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from analytics.change import compare_months
from analytics.disclosure import Cleared
from analytics.overview import (
    INCONSISTENT,
    printed_beside,
    printed_contradiction,
    slopes_as_printed,
    slopes_from_data,
)
from config.indicators import load_indicators
from config.places import load_region
from config.published import kabupaten_levels
from config.text import text
from config.values import targets
from ui import frame, session
from ui.charts.slope import PANELS, shared_domain, slope_chart
from ui.charts.targets import target_chart
from ui.filters import choose_month, choose_one
from ui.format import MISSING, join_names, moment, month, number, percent, signed
from ui.session import Source

ROOM = "publik"
PRINTED, COMPUTED = "laporan", "data"
BESIDE = ["underweight", "wasting", "gizi_lebih"]


@dataclass(frozen=True)
class View:
    """What the overview speaks of: kabupaten level now and before (percent), slopes, months, and whether it is printed."""

    kini: float | None
    awal: float | None
    bulan_awal: str
    bulan_kini: str
    slopes: Cleared
    printed: bool
    periode: str = ""
    pasti: bool = True

    @property
    def kind(self) -> str:
        """Key of what the charts are cached by, besides the version."""
        return PRINTED if self.printed else f"{self.bulan_awal}-{self.bulan_kini}"


def choose_view(source: Source) -> View:
    """Show the filter bar and return what to speak of. Without own data the printed figures come first."""
    periods = session.months(source)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        own = text("ringkasan.sumber_contoh" if source.contoh else "ringkasan.sumber_data")
        names = {PRINTED: text("ringkasan.sumber_terbitan"), COMPUTED: own}
        options = list(names) if periods else [PRINTED]
        first = PRINTED if source.contoh or not periods else COMPUTED
        kind = choose_one("angka", text("ringkasan.sumber"), options, names.__getitem__, first)
        if kind == PRINTED:
            return printed_view()
        awal = choose_month("awal", text("ringkasan.awal"), periods, periods[0])
        kini = choose_month("kini", text("ringkasan.kini"), periods, periods[-1])
    return computed_view(source, awal, kini)


def printed_view() -> View:
    """Return the overview as the report prints it: 2021 and September 2022."""
    levels = kabupaten_levels().set_index("tahun")["nilai"]
    return View(levels[2022], levels[2021], "Des 2021", "Sep 2022", slopes_as_printed(), printed=True)


def computed_view(source: Source, awal: str, kini: str) -> View:
    """Return the overview of two months of the data."""
    whole = compare_months(session.prevalence(source, "stunting", "kabupaten", ROOM), awal, kini).table
    slopes = slopes_from_data(session.prevalence(source, "stunting", "kecamatan", ROOM), awal, kini)
    row = whole.iloc[0] if len(whole) else pd.Series({"persen_kini": None, "persen_awal": None, "pasti": False})
    before = None if awal == kini else _float(row["persen_awal"])
    return View(_float(row["persen_kini"]), before, month(awal), month(kini), slopes, False, kini, bool(row["pasti"]))


def show_headline(view: View) -> None:
    """Show question, headline sentence and the line about risers and targets."""
    frame.show_head(text("ringkasan.tanya"), headline(view), " ".join(filter(None, [_risers(view), _targets(view)])))


def headline(view: View) -> str:
    """Return the sentence of the overview; every word of it follows from the numbers of the view."""
    place = load_region().nama_pendek
    if view.kini is None:
        return text("ringkasan.utama_nihil", wilayah=place)
    shown = percent(view.kini, 2)
    if view.awal is None:
        return text("ringkasan.utama_satu", wilayah=place, persen=shown, periode=view.bulan_kini)
    difference = round(view.kini - view.awal, 2)
    if difference == 0:
        return text("ringkasan.utama_tetap", wilayah=place, persen=shown, anak="")
    rising = len(_rising(view))
    tail = "" if view.pasti else text("ringkasan.anak_belum_pasti")
    if rising:
        tail += text("ringkasan.anak_naik" if difference < 0 else "ringkasan.anak_naik_juga", jumlah=rising)
    direction = "turun ke" if difference < 0 else "naik ke"
    return text("ringkasan.utama", wilayah=place, arah=direction, persen=shown, anak=tail)


def _rising(view: View) -> pd.DataFrame:
    return view.slopes.table[view.slopes.table["arah"] == "naik"]


def _risers(view: View) -> str:
    rising = _rising(view)
    if rising.empty:
        return ""
    line = text("ringkasan.naik", daftar=join_names(sorted(rising["nama"])))
    unsure = int((~rising["pasti"].astype(bool)).sum())
    if unsure:
        line += " " + text("ringkasan.naik_belum_pasti", jumlah=unsure, semua=len(rising))
    return line


def _targets(view: View) -> str:
    if view.kini is None:
        return ""
    reached = [target for target in targets() if view.kini < target.nilai]
    missed = [target for target in targets() if view.kini >= target.nilai]
    parts = []
    if reached:
        best = min(reached, key=lambda target: target.nilai)
        parts.append(text("ringkasan.target_di_bawah", nama=_target_name(best.nama), nilai=percent(best.nilai, 0)))
    if missed:
        nearest = max(missed, key=lambda target: target.nilai)
        gap = number(view.kini - nearest.nilai, 2)
        parts.append(
            text(
                "ringkasan.target_di_atas",
                selisih=gap,
                nama=_target_name(nearest.nama),
                nilai=percent(nearest.nilai, 0),
            )
        )
    sentence = ", ".join(parts)
    return sentence[:1].upper() + sentence[1:] + "."


def _target_name(nama: str) -> str:
    return (
        f"target {nama[0].lower()}{nama[1:]}"
        if not nama.isupper() and nama.startswith("Nasional")
        else f"target {nama}"
    )


def show_pictures(view: View, source: Source) -> None:
    """Show the target line and the slopes of all kecamatan, with their legend."""
    left, right = st.columns([1, 2], gap="medium")
    with left, st.container(border=True, height="stretch"):
        frame.show_card_title(text("ringkasan.kartu_target"), text("ringkasan.kartu_target_ket"))
        if view.kini is not None:
            table = pd.DataFrame([{"nama": target.nama, "nilai": target.nilai} for target in targets()])
            arguments = {
                "targets": table,
                "awal": view.awal,
                "kini": view.kini,
                "months": (view.bulan_awal, view.bulan_kini),
            }
            spec = session.drawn(target_chart, source.versi, view.kind, "target", **arguments)
            st.vega_lite_chart(spec=spec, width="stretch", theme=None, key="target", alt=headline(view))
    with right, st.container(border=True, height="stretch"):
        title = text("ringkasan.kartu_kecamatan", awal=view.bulan_awal, kini=view.bulan_kini)
        frame.show_card_title(title, text("ringkasan.kartu_kecamatan_ket", persen=percent(view.kini, 2)))
        _show_slopes(view, source)
    _show_slope_legend(view)


def _show_slopes(view: View, source: Source) -> None:
    domain = shared_domain(view.slopes, view.kini)
    places = view.slopes.table.reset_index(drop=True)
    for number_of, column in enumerate(st.columns(2, gap=None)):
        part = Cleared(places.iloc[PANELS * number_of : PANELS * (number_of + 1)], view.slopes.ruang)
        arguments = {
            "cleared": part,
            "level": view.kini,
            "domain": domain,
            "months": (view.bulan_awal, view.bulan_kini),
        }
        spec = session.drawn(slope_chart, source.versi, view.kind, number_of, **arguments)
        names = join_names(part.table["nama"].tolist())
        with column:
            st.vega_lite_chart(
                spec=spec, width="stretch", theme=None, key=f"lereng{number_of}", alt=f"{names}. {_risers(view)}"
            )


def _show_slope_legend(view: View) -> None:
    point = "ringkasan.leg_titik_terbit" if view.printed else "ringkasan.leg_titik_hitung"
    items = [("titik", text(point)), ("turun", text("ringkasan.leg_turun")), ("naik", text("ringkasan.leg_naik"))]
    items.insert(
        1, ("rentang", text("ringkasan.leg_rentang")) if view.printed else ("ragu", text("ringkasan.leg_ragu"))
    )
    marked = view.slopes.table[view.slopes.table["tanda"].str.contains(INCONSISTENT)]
    notes = [text("ringkasan.leg_satuan")]
    for nama in marked["nama"]:
        printed, computed = printed_contradiction(nama) or (None, None)
        notes.append(
            text("ringkasan.catatan_lampihong", nama=nama, tercetak=signed(printed, 2), terhitung=signed(computed, 2))
        )
    frame.show_legend(items + [("tanpa", note) for note in notes])


def show_cards(view: View, source: Source) -> None:
    """Show who was measured, the other nutrition problems, and our figures beside the printed ones."""
    if not source.versi:
        return
    periode = view.periode or session.months(source)[-1]
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
    frame.show_card_title(text("ringkasan.kartu_beda"), text("ringkasan.kartu_beda_ket"))
    beside = _beside(source, periode)
    if beside.empty:
        frame.show_figures([(text("ringkasan.beda_tak_ada"), "", "")])
        return
    same = int((beside["selisih"].abs() < 0.005).sum())
    frame.show_big(f"{same}/{len(beside)}", text("ringkasan.beda_sama", jumlah=same, semua=len(beside)))
    worst = beside.reindex(beside["selisih"].abs().sort_values(ascending=False).index).head(3)
    frame.show_figures(
        [
            (row.nama, signed(row.selisih, 2) if abs(row.selisih) >= 0.005 else "=", _printed_beside_text(row))
            for row in worst.itertuples()
        ]
    )


def _printed_beside_text(row: object) -> str:
    low, high = row.laporan_bawah, row.laporan_atas  # type: ignore[attr-defined]
    printed = percent(low, 2) if low == high else f"{number(low, 2)}–{percent(high, 2)}"
    return f"laporan {printed}, hitungan {percent(row.hitungan, 2)}"  # type: ignore[attr-defined]


def _beside(source: Source, periode: str) -> pd.DataFrame:
    levels = [session.prevalence(source, "stunting", level, ROOM) for level in ("kabupaten", "kecamatan")]
    return printed_beside(Cleared(pd.concat([level.table for level in levels]), ROOM), periode).table


def show_table(view: View) -> None:
    """Show the numbers behind the slopes."""
    columns = {"nama": text("ringkasan.kol_wilayah")}
    for side, name in (("awal", view.bulan_awal), ("kini", view.bulan_kini)):
        columns |= {f"nilai_{side}": name, f"bawah_{side}": f"{name}, bawah", f"atas_{side}": f"{name}, atas"}
    columns |= {"selisih": text("ringkasan.kol_selisih"), "arah": text("ringkasan.kol_arah")}
    frame.show_table(view.slopes.table.round(2), columns, "tabel_ringkasan")


def show_stamp(view: View, source: Source) -> None:
    """Show where the numbers of this view come from."""
    if view.printed:
        parts = [text("umum.cap_sumber_terbitan"), text("umum.cap_n_terbitan"), text("umum.cap_ruang", ruang=ROOM)]
        frame.show_stamp(parts, text("umum.cip_terbitan"))
        return
    covered = session.coverage(source, view.periode)
    parts = [
        text("umum.cap_sumber_contoh") if source.contoh else text("umum.cap_sumber", berkas=source.berkas),
        text("umum.cap_data", periode=f"{view.bulan_awal} dan {view.bulan_kini}"),
        text("umum.cap_n", n=number(covered["diukur"])),
        text("umum.cap_impor", waktu=moment(source.waktu)),
        text("umum.cap_ruang", ruang=ROOM),
        text("umum.cap_versi", versi=source.sha256[:8]),
    ]
    frame.show_stamp(parts, text("umum.cip_contoh") if source.contoh else "")


def _float(value: object) -> float | None:
    return None if value is None or pd.isna(value) else float(value)  # type: ignore[call-overload, arg-type]
