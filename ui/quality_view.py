"""The page on data quality: can the numbers of a month be trusted, why, where, and which posyandu to visit first."""

from functools import partial

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.quality import DIGIT_VIEWS
from config.colours import colour
from config.places import load_kecamatan
from config.quality import load_checks, load_smart
from config.text import text
from ui import frame, quality_data, session
from ui import quality_sentences as words
from ui.charts.digits import ROUND, digit_chart
from ui.filters import choose_month, choose_one, choose_place
from ui.format import month, number
from ui.quality_data import Choice
from ui.session import Source

WHO, SMART = "who", "smart"
WORST_FIRST = ("masalah", "perhatian", "belum_pasti", "baik", "terlalu_sedikit", "tidak_ada_data")


def choose(source: Source) -> Choice | None:
    """Show the filter bar; None when nothing was measured."""
    months = session.months(source)
    if not months:
        frame.show_head(text("mutu.tanya"), text("mutu.utama_nihil"), text("umum.belum_ada"))
        return None
    ways = {WHO: text("mutu.cara_who"), SMART: text("mutu.cara_smart")}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        periode = choose_month("periode", text("mutu.bulan"), months, months[-1])
        wilayah = choose_place(dict(zip(load_kecamatan()["kode"], load_kecamatan()["nama"], strict=True)))
        cara = choose_one("cara", text("mutu.cara"), tuple(ways), ways.__getitem__, WHO)
    session.keep_in_url(
        periode=periode, wilayah=wilayah, cara=cara, default_periode=months[-1], default_wilayah="", default_cara=WHO
    )
    return Choice(source, periode, wilayah, cara)


def show_headline(choice: Choice) -> None:
    """Show the question, the verdict in one line, and how it was reached."""
    found = choice.here(quality_data.verdicts(choice.source, choice.tingkat)).table
    if found.empty:
        empty = text("mutu.utama_belum", wilayah=choice.nama, bulan=month(choice.periode))
        frame.show_head(text("mutu.tanya"), empty)
        return
    verdict = found.iloc[0]
    values = quality_data.values_of(quality_data.values(choice.source, choice.tingkat), choice.periode, choice.kode)
    sub = text(
        "mutu.sub",
        n=number(verdict["n"]),
        semua=len({check.kelompok for check in load_checks().values()}),
        masalah=verdict["masalah"],
        perhatian=verdict["perhatian"],
    )
    frame.show_head(text("mutu.tanya"), words.headline(verdict, choice.nama, values), sub)


def columns() -> list[DeltaGenerator]:
    """Return the places of the checks and of the posyandu to visit, side by side where the screen is wide."""
    return st.columns([3, 2], gap="medium")


def show_checks(choice: Choice) -> None:
    """Show what was checked, one row a group of checks, or SMART's score."""
    with st.container(border=True):
        if choice.cara == SMART:
            _show_smart(choice)
            return
        frame.show_card_title(text("mutu.kartu_periksa"), text("mutu.kartu_periksa_ket"))
        checks = load_checks()
        rows = choice.here(quality_data.checks(choice.source, choice.tingkat)).table.assign(
            hal=lambda table: table["pemeriksaan"].map(lambda name: checks[name].kelompok),
            buruk=lambda table: table["penilaian"].map(WORST_FIRST.index),
        )
        worst = rows.sort_values("buruk", kind="stable").drop_duplicates("hal")
        frame.show_texts(_check_texts(worst), _titles("hal", "pemeriksaan", "nilai", "batas", "penilaian"))


def _check_texts(rows: pd.DataFrame) -> pd.DataFrame:
    checks = [load_checks()[name] for name in rows["pemeriksaan"]]
    return pd.DataFrame(
        {
            "hal": [text(f"mutu.hal_{check.kelompok}") for check in checks],
            "pemeriksaan": [check.nama for check in checks],
            "nilai": [words.show_value(check, value) for check, value in zip(checks, rows["nilai"], strict=True)],
            "batas": [words.show_limits(check) for check in checks],
            "penilaian": [text(f"mutu.penilaian_{name}") for name in rows["penilaian"]],
        }
    )


def _show_smart(choice: Choice) -> None:
    rows = quality_data.smart(choice).table.set_index("kriteria")
    if rows.empty or pd.isna(rows.loc["jumlah", "nilai"]):
        frame.show_card_title(text("mutu.kartu_smart_kosong"))
    else:
        total = rows.loc["jumlah"]
        title = text("mutu.kartu_smart", jumlah=number(total["nilai"]), kelas=text(f"mutu.smart_kelas_{total['poin']}"))
        frame.show_card_title(title, text("mutu.kartu_smart_ket", n=number(total["n"])))
    parts = rows.drop(index="jumlah", errors="ignore")
    criteria = [load_smart()[str(name)] for name in parts.index]
    shown = pd.DataFrame(
        {
            "pemeriksaan": [each.nama for each in criteria],
            "nilai": [words.show_criterion(each, value) for each, value in zip(criteria, parts["nilai"], strict=True)],
            "poin": [number(points) for points in parts["poin"]],
        }
    )
    frame.show_texts(shown, _titles("pemeriksaan", "nilai", "poin"))
    st.caption(text("mutu.smart_catatan"))


def show_digits(choice: Choice) -> None:
    """Show how often each last digit was written, three pictures."""
    here = quality_data.digits(choice)
    for column, view in zip(st.columns(len(DIGIT_VIEWS), gap="medium"), DIGIT_VIEWS, strict=True):
        rows = here.where(ukuran=view)
        if rows.table["n"].sum():
            with column, st.container(border=True):
                share = rows.table.loc[rows.table["digit"].isin(ROUND), "persen"].sum()
                note = text(f"mutu.kartu_{view}_ket", bagian=words.part(share))
                frame.show_card_title(text(f"mutu.kartu_{view}"), note)
                spec = session.drawn(partial(digit_chart, rows), "digit", view, *_where(choice))
                alt = f"{text(f'mutu.kartu_{view}')}: {note}"
                st.vega_lite_chart(spec=spec, width="stretch", theme=None, key=f"angka_{view}", alt=alt)
    items = [(colour("tinta"), "bulat"), (colour("garis"), "lain"), ("ragu", "harapan")]
    frame.show_legend([(mark, text(f"mutu.leg_{name}")) for mark, name in items], text("mutu.sumbu_digit"))


def _where(choice: Choice) -> tuple[str, str, str]:
    return choice.source.versi, choice.periode, choice.kode


def _titles(*columns: str) -> dict[str, str]:
    return {name: text(f"mutu.kol_{name}") for name in columns}
