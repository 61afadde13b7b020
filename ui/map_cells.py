"""Turns a cleared prevalence table into what the map paints: class colour, pattern and card texts of each place."""

from typing import Any

import pandas as pd

from analytics.change import compare_months
from analytics.disclosure import Cleared
from analytics.prevalence import NO_DATA
from config.indicators import class_labels, class_screen_labels, load_scales
from config.places import load_lokus
from config.text import text
from ui.format import number, signed

SCALE = "bkkbn"
LOKUS_YEAR = 2022


def class_colours() -> dict[str, str]:
    """Return {class code: palette name}, lowest class first."""
    return dict(zip(class_labels(SCALE), load_scales()[SCALE].warna, strict=True))


def make_cells(cleared: Cleared, periode: str, awal: str, kini: str) -> Cleared:
    """Return one row a place for the map of `periode`: kode, warna, pola, angka, bintang and the texts of the card.

    The change always speaks of `awal` to `kini`, on both maps.
    """
    month = cleared.table[cleared.table["periode"] == periode].set_index("kode")
    change = compare_months(cleared, awal, kini).table.set_index("kode")["selisih"].reindex(month.index)
    lokus = month.index.isin(load_lokus().query("tahun == @LOKUS_YEAR")["kode"])
    shown = month["n"].notna()
    classes = month["kelas"].map(dict(zip(class_labels(SCALE), class_screen_labels(SCALE), strict=True)))
    cells = pd.DataFrame(
        {
            "kode": month.index,
            "warna": month["kelas"].map(class_colours()).fillna(""),
            "pola": [_pattern(row) for row in month.itertuples()],
            "angka": month["persen"].map(lambda v: number(v, 1)).where(shown),
            "n": month["n"].map(number).where(shown),
            "penyebut": month["penyebut"].map(number).where(shown),
            "persen": month["persen"].map(lambda v: number(v, 1)).where(shown),
            "bawah": month["bawah95"].map(lambda v: number(v, 0)).where(shown),
            "atas": month["atas95"].map(lambda v: number(v, 0)).where(shown),
            "kelas": classes.where(~shown & classes.notna()),
            "catatan": month["catatan"].where(~shown & classes.isna()),
            "ubah": change.map(lambda v: signed(v, 1)).where(change.notna()),
            "lokus": pd.Series(["SK Bupati 188.45/498" if hit else None for hit in lokus], index=month.index),
            "bintang": lokus,
        }
    )
    return cleared.rework(lambda _: cells.reset_index(drop=True))


def card_lines(month_name: str) -> list[tuple[str, str]]:
    """Return the lines of the hover card: label and template over the columns of `make_cells`."""
    return [
        (month_name, text("peta.kartu_nilai", n="{n}", penyebut="{penyebut}", persen="{persen}")),
        (text("peta.kartu_rentang_nama"), text("peta.kartu_rentang", bawah="{bawah}", atas="{atas}")),
        (text("peta.kartu_kelas_nama"), text("peta.kartu_kelas", kelas="{kelas}")),
        (month_name, text("peta.kartu_catatan", catatan="{catatan}")),
        (text("peta.kartu_ubah_nama"), text("peta.kartu_ubah", ubah="{ubah}")),
        (text("peta.kartu_lokus_nama"), text("peta.kartu_lokus", lokus="{lokus}")),
    ]


def _pattern(row: Any) -> str:
    if row.catatan == NO_DATA:
        return "kosong"
    return "samar" if pd.isna(row.kelas) else ""
