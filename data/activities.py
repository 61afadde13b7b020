"""Reads, checks and merges the table of activities: one row an activity and the day of which it tells."""

import datetime as dt

import pandas as pd

from data.check_parameter import report_unknown_columns
from data.findings import Finding
from data.row_rules import (
    accept,
    check_cells,
    check_copies,
    check_date,
    check_future,
    check_period,
    find_cell,
    find_twice,
    has_value,
    rows_where,
    sure_rows,
)
from data.sheet import BLANKS, RawSheet
from data.standardize import standardize_sheet

COUNTS = ("target_kali", "terlaksana_kali")
ACTIVITY_COLUMNS = ["kode", "kegiatan", "target_kali", "terlaksana_kali", "per_tanggal", "tujuan", "output"]
KEY = ["kode", "per_tanggal"]


def standardize_activities(sheet: RawSheet) -> tuple[pd.DataFrame, list[Finding]]:
    """Return the standardized table of a sheet of activities and what was found while reading its cells.

    Columns: baris, then `ACTIVITY_COLUMNS`: texts, counts (float), per_tanggal (datetime64). Findings as in
    `standardize_sheet`, but for counts, which refuse their row; and kolom_tidak_dikenal.
    """
    table, findings = standardize_sheet(sheet)
    counts = {sheet.header_of(nama) for nama in COUNTS}
    kept = [each for each in findings if each.aturan != "angka_tidak_terbaca" or each.kolom not in counts]
    return table.drop(columns="kode_desa", errors="ignore"), [*report_unknown_columns(sheet), *kept]


def check_activities(
    table: pd.DataFrame, sheet: RawSheet, periode: str | None = None, hari_ini: dt.date | None = None
) -> tuple[pd.DataFrame, list[Finding]]:
    """Return the accepted rows (same columns, new index) and the findings of all rows, by row and column.

    `table` is `standardize_activities(sheet)`; `periode` ("YYYY-MM") marks days of other months, `hari_ini` (default:
    today) days still to come. `table` rows = accepted + refused.
    """
    findings = check_cells(sheet)
    sure = sure_rows(table, sheet)
    for nama in ("kode", "kegiatan"):
        empty = sure[nama].isna() & has_value(sure, sheet, [nama])
        findings += [find_cell(sheet, "isian_wajib_kosong", baris, nama) for baris in rows_where(sure, empty)]
    for nama in COUNTS:
        findings += _check_count(sure, sheet, nama)
    findings += check_date(sure, sheet, "per_tanggal")
    findings += check_copies(sure, sheet, KEY)
    findings += check_future(sure, sheet, "per_tanggal", hari_ini or dt.date.today(), "kegiatan")
    findings += check_period(sure, sheet, "per_tanggal", periode, "kegiatan")
    beyond = sure["terlaksana_kali"] > sure["target_kali"]
    findings += [
        find_cell(sheet, "melebihi_target", baris, "terlaksana_kali", target=sheet.shown(baris, "target_kali"))
        for baris in rows_where(sure, beyond)
    ]
    for baris, pertama in find_twice(sure, findings, KEY, "kode"):
        moment = sheet.shown(baris, "per_tanggal")
        findings.append(find_cell(sheet, "kegiatan_kembar", baris, "kode", pertama=pertama, waktu=moment))
    return accept(table, sheet, findings)


def _check_count(table: pd.DataFrame, sheet: RawSheet, nama: str) -> list[Finding]:
    """Find counts that are missing or no whole number from 0 on."""
    counts = table[nama]
    odd = (counts.isna() | (counts < 0) | (counts % 1 != 0)) & has_value(table, sheet, [nama])
    return [
        find_cell(sheet, "cacah_tidak_sah", baris, nama, "kosong" if sheet.shown(baris, nama) in BLANKS else "")
        for baris in rows_where(table, odd)
    ]


def to_activities(accepted: pd.DataFrame) -> pd.DataFrame:
    """Return accepted rows as the stored table: `ACTIVITY_COLUMNS`, counts as whole numbers."""
    table = accepted[ACTIVITY_COLUMNS].assign(kode=accepted["kode"].str.upper())
    return _in_order(table.astype(dict.fromkeys(COUNTS, "int64")))


def merge_activities(stored: pd.DataFrame | None, fresh: pd.DataFrame) -> pd.DataFrame:
    """Return the stored activities with those of a file added; the same code and day replaces the earlier row."""
    if stored is None:
        return fresh
    return _in_order(pd.concat([stored, fresh]).drop_duplicates(KEY, keep="last"))


def _in_order(table: pd.DataFrame) -> pd.DataFrame:
    return table.sort_values(["per_tanggal", "kode"], ignore_index=True)
