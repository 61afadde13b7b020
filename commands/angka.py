"""`angka`: one table of the dashboard as CSV on standard output, cleared for the asked room."""

import argparse
import csv
import sys
from collections.abc import Callable

import pandas as pd

from analytics.comparison import compare_parameters
from analytics.disclosure import Cleared, clear_prevalence
from analytics.disclosure_parameters import clear_comparison, clear_kek, clear_parameters
from analytics.kek import tabulate_kek
from analytics.parameters import tabulate_parameters
from analytics.prevalence import list_places, tabulate_prevalence
from analytics.serving import open_active
from config.indicators import load_indicators
from config.published import PUBLISHED_COLUMNS, load_published
from data.answers import ANSWER_COLUMNS
from data.store import current_version, read_table, reading

ANSWERS = ("parameter", "jawaban", ANSWER_COLUMNS)
PARAMETER_COLUMNS = [
    "periode", "jenis_sasaran", "tingkat", "kode", "nama", "parameter", "n", "penyebut", "persen", "bawah95", "atas95",
    "warna", "pasti", "catatan",
]  # fmt: skip
COMPARISON_COLUMNS = [
    "parameter", "jenis_sasaran", "tingkat", "kode", "nama", "awal", "kini", "n_awal", "penyebut_awal", "n_kini",
    "penyebut_kini", "tetap", "keluar", "masuk", "selisih", "dari_tetap", "dari_masuk", "dari_keluar", "p_mcnemar",
    "putusan",
]  # fmt: skip


def run(asked: argparse.Namespace) -> int:
    """Write the asked table; return 0, or 2 with one sentence when the place is unknown."""
    try:
        list_places("kabupaten", asked.wilayah)
    except ValueError:
        print(f"Kode wilayah {asked.wilayah} tidak dikenal. Contoh: 63.11.01 (kecamatan).", file=sys.stderr)
        return 2
    if asked.nama != "terbitan" and open_active().is_sample:
        print("DATA CONTOH: dibuat program, bukan data anak sungguhan.", file=sys.stderr)
    write_csv(TABLES[asked.nama](asked).table)
    return 0


def write_csv(table: pd.DataFrame) -> None:
    """Write a table to standard output: header first, point as decimal sign, empty for missing."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([_cell(value) for value in row] for row in table.itertuples(index=False))


def _cell(value: object) -> str:
    if pd.isna(value):
        return ""
    return f"{value + 0.0:.15g}" if isinstance(value, float) else str(value)  # the sum turns minus zero into zero


def _prevalence(asked: argparse.Namespace) -> Cleared:
    indicators = load_indicators()
    counts = list(dict.fromkeys(name for known in indicators for name in (*known.pembilang, known.penyebut)))
    kubus = _stored("eppgbm", "kubus", ["bulan", "kode_desa", *counts]).astype(dict.fromkeys(counts, "int64"))
    table = tabulate_prevalence(kubus, [known.id for known in indicators], asked.tingkat, asked.periode)
    return clear_prevalence(table, asked.ruang, asked.wilayah)


def _parameter(asked: argparse.Namespace) -> Cleared:
    table = tabulate_parameters(_stored(*ANSWERS), asked.tingkat, asked.periode)
    cleared = clear_parameters(table, asked.ruang, asked.wilayah)
    return Cleared(cleared.table[PARAMETER_COLUMNS], cleared.ruang)


def _comparison(asked: argparse.Namespace) -> Cleared:
    answers = _stored(*ANSWERS)
    rounds = sorted(answers["periode"].unique()) or [""]
    awal, kini = asked.awal or rounds[0], asked.kini or rounds[-1]
    table = compare_parameters(answers, awal, kini, asked.tingkat)
    cleared = clear_comparison(table, asked.ruang, asked.wilayah)
    return Cleared(cleared.table[[*COMPARISON_COLUMNS, "catatan"]], cleared.ruang)


def _kek(asked: argparse.Namespace) -> Cleared:
    women = _stored("bumil", "bumil", ["id_sasaran", "kode_desa", "tanggal", "periode", "lila_cm", "status"])
    table = tabulate_kek(women, asked.tingkat, asked.periode)
    return clear_kek(table, asked.ruang, asked.wilayah)


def _published(_asked: argparse.Namespace) -> Cleared:
    return Cleared(load_published()[PUBLISHED_COLUMNS], "publik")


def _stored(rantai: str, name: str, columns: list[str]) -> pd.DataFrame:
    """Return a stored table of the current version; an empty one with `columns` where nothing is stored."""
    store = open_active()
    with reading(store) as connection:
        version = current_version(connection, rantai)
    return read_table(store, version, name) if version else pd.DataFrame(columns=columns)


TABLES: dict[str, Callable[[argparse.Namespace], Cleared]] = {
    "prevalensi": _prevalence,
    "parameter": _parameter,
    "perbandingan": _comparison,
    "kek": _kek,
    "terbitan": _published,
}
