"""`angka`: one table of the dashboard as CSV on standard output, cleared for the asked room."""

import argparse
import csv
import sys
from collections.abc import Callable

import pandas as pd

from analytics.disclosure import Cleared, clear_prevalence
from analytics.prevalence import list_places, tabulate_prevalence
from analytics.serving import open_active
from config.indicators import load_indicators
from config.published import PUBLISHED_COLUMNS, load_published
from data.store import current_version, read_table, reading


def run(asked: argparse.Namespace) -> int:
    """Write the asked table; return 0, or 2 with one sentence when the place is unknown."""
    try:
        list_places("kabupaten", asked.wilayah)
    except ValueError:
        print(f"Kode wilayah {asked.wilayah} tidak dikenal. Contoh: 63.11.01 (kecamatan).", file=sys.stderr)
        return 2
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
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def _prevalence(asked: argparse.Namespace) -> Cleared:
    store = open_active()
    with reading(store) as connection:
        version = current_version(connection, "eppgbm")
    kubus = read_table(store, version, "kubus") if version else pd.DataFrame(columns=["bulan", "kode_desa"])
    indicators = [indicator.id for indicator in load_indicators()]
    table = tabulate_prevalence(kubus, indicators, asked.tingkat, asked.periode, asked.wilayah)
    return clear_prevalence(table, asked.ruang)


def _published(_asked: argparse.Namespace) -> Cleared:
    return Cleared(load_published()[PUBLISHED_COLUMNS], "publik")


TABLES: dict[str, Callable[[argparse.Namespace], Cleared]] = {"prevalensi": _prevalence, "terbitan": _published}
