"""`angka`: one table of the dashboard as CSV on standard output, cleared for the asked room."""

import argparse
import csv
import sys
from collections.abc import Callable

import pandas as pd

from analytics.activities import tabulate_activities
from analytics.disclosure import Cleared, as_printed
from analytics.disclosure_counts import clear_kek
from analytics.disclosure_parameters import clear_comparison, clear_parameters
from analytics.disclosure_prevalence import clear_prevalence
from analytics.disclosure_quality import clear_quality
from analytics.intake_activities import ACTIVITIES
from analytics.prevalence import GROUP, list_places
from analytics.quality import POSYANDU
from analytics.quality_sums import empty_quality
from analytics.serving import open_active, read_groups, read_quality
from config.indicators import load_indicators
from config.places import load_region
from config.published import PUBLISHED_COLUMNS, load_published
from data.activities import ACTIVITY_COLUMNS
from data.answers import ANSWER_COLUMNS
from data.store import Store, current_version, read_table, reading

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
    """Write the asked table; return 0, or 2 with one sentence when the place is unknown or has no kelompok desa."""
    if mistake := _mistake(asked):
        print(mistake, file=sys.stderr)
        return 2
    if asked.nama != "terbitan" and open_active().is_sample:
        print("DATA CONTOH: dibuat program, bukan data anak sungguhan.", file=sys.stderr)
    write_csv(TABLES[asked.nama](asked).table)
    return 0


def _mistake(asked: argparse.Namespace) -> str:
    """Return what is wrong with the asked places, empty where nothing is."""
    printed = asked.nama == "terbitan"  # needs nothing stored
    kelompok = None if printed else _groups()
    try:
        list_places("kabupaten", asked.wilayah, kelompok)
    except ValueError:
        return f"Kode wilayah {asked.wilayah} tidak dikenal. Contoh: 63.11.01 (kecamatan)."
    if asked.tingkat == GROUP and kelompok is None and not printed:
        return "Kelompok desa dibentuk dari tabel parameter keluarga; impor tabel itu dahulu."
    if asked.tingkat == POSYANDU and not printed and (asked.nama != "mutu" or asked.ruang == "publik"):
        return "Tingkat posyandu hanya ada untuk tabel mutu, di ruang rapat dan petugas."
    return ""


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
    names = [known.id for known in indicators]
    return clear_prevalence(kubus, names, asked.ruang, asked.periode, _groups())[asked.tingkat].within(asked.wilayah)


def _parameter(asked: argparse.Namespace) -> Cleared:
    levels = clear_parameters(_stored(*ANSWERS), asked.ruang, asked.periode, _groups())
    return levels[asked.tingkat].within(asked.wilayah).pick(PARAMETER_COLUMNS)


def _comparison(asked: argparse.Namespace) -> Cleared:
    answers, kelompok = _stored(*ANSWERS), _groups()
    rounds = sorted(answers["periode"].unique()) or [""]
    pair = asked.awal or rounds[0], asked.kini or rounds[-1]
    shares = clear_parameters(answers, asked.ruang, kelompok=kelompok)
    compared = clear_comparison(answers, pair, asked.tingkat, shares, kelompok)
    return compared.within(asked.wilayah).pick([*COMPARISON_COLUMNS, "catatan"])


def _kek(asked: argparse.Namespace) -> Cleared:
    women = _stored("bumil", "bumil", ["id_sasaran", "kode_desa", "tanggal", "periode", "lila_cm", "status"])
    return clear_kek(women, asked.ruang, asked.periode, _groups())[asked.tingkat].within(asked.wilayah)


def _activities(asked: argparse.Namespace) -> Cleared:
    table = _stored(ACTIVITIES, ACTIVITIES, ACTIVITY_COLUMNS).astype({"per_tanggal": "datetime64[us]"})
    done = tabulate_activities(table, asked.ruang, asked.periode)
    whole = asked.tingkat == "kabupaten" and asked.wilayah in (None, load_region().kode)
    return done if whole else done.rework(lambda rows: rows.iloc[:0])  # activities are those of the whole kabupaten


def _quality(asked: argparse.Namespace) -> Cleared:
    store, version = _current("eppgbm")
    sums = read_quality(store, version) if version else empty_quality()
    return clear_quality(sums, asked.ruang, asked.tingkat, asked.periode, _groups()).within(asked.wilayah)


def _published(_asked: argparse.Namespace) -> Cleared:
    return as_printed(load_published()[PUBLISHED_COLUMNS])


def _stored(rantai: str, name: str, columns: list[str]) -> pd.DataFrame:
    """Return a stored table of the current version; an empty one with `columns` where nothing is stored."""
    store, version = _current(rantai)
    return read_table(store, version, name) if version else pd.DataFrame(columns=columns)


def _groups() -> pd.DataFrame | None:
    """Return the kelompok desa, None where no family parameters are stored."""
    store, version = _current("parameter")
    return read_groups(store, version) if version else None


def _current(rantai: str) -> tuple[Store, str | None]:
    store = open_active()
    with reading(store) as connection:
        return store, current_version(connection, rantai)


TABLES: dict[str, Callable[[argparse.Namespace], Cleared]] = {
    "prevalensi": _prevalence,
    "parameter": _parameter,
    "perbandingan": _comparison,
    "kek": _kek,
    "kegiatan": _activities,
    "mutu": _quality,
    "terbitan": _published,
}
