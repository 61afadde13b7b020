"""Checks every row of a standardized e-PPGBM table: accepted or refused, exactly once, with all that was found."""

import datetime as dt

import pandas as pd

from config.rules import limit
from data.findings import Finding
from data.parse import is_mistaken_unit
from data.row_rules import (
    accept,
    check_cells,
    check_copies,
    check_date,
    check_future,
    check_period,
    check_place,
    find_cell,
    has_value,
    rows_where,
    sure_rows,
)
from data.sheet import BLANKS, RawSheet

DATES = ("tgl_lahir", "tgl_ukur")
COPY_MARKS = ("nik", "nama", "tgl_lahir", "tgl_ukur", "berat_kg", "tinggi_cm")


def check_rows(
    table: pd.DataFrame, sheet: RawSheet, periode: str | None = None, hari_ini: dt.date | None = None
) -> tuple[pd.DataFrame, list[Finding]]:
    """Return the accepted rows (same columns, new index) and the findings of all rows, by row and column.

    `table` is `standardize_eppgbm(sheet)`; `periode` ("YYYY-MM") marks measurements of other months, `hari_ini`
    (default: today) measurements still to come. A row is refused when one of its findings is "tolak"; `table` rows =
    accepted + refused. Not checked here, because they need scores or stored rows: tidak_wajar, status_berbeda,
    tinggi_menyusut, ukur_ganda_sebulan.
    """
    findings = check_cells(sheet)
    sure = sure_rows(table, sheet)
    for nama in DATES:
        findings += check_date(sure, sheet, nama)
    findings += _check_age(sure, sheet)
    findings += _check_sex(sure, sheet)
    findings += _check_unit(sure, sheet, "berat_kg", "kg", "berat_mungkin_gram")
    findings += _check_unit(sure, sheet, "tinggi_cm", "cm", "tinggi_mungkin_meter")
    findings += check_place(sure, sheet)
    findings += check_copies(sure, sheet, COPY_MARKS)
    findings += _check_measured(sure, sheet)
    findings += check_future(sure, sheet, "tgl_ukur", hari_ini or dt.date.today())
    findings += check_period(sure, sheet, "tgl_ukur", periode)
    return accept(table, sheet, findings)


def _check_age(table: pd.DataFrame, sheet: RawSheet) -> list[Finding]:
    umur_hari = (table["tgl_ukur"] - table["tgl_lahir"]).dt.days
    umur_bulan = umur_hari / limit("hari_per_bulan")
    found = [
        find_cell(sheet, "umur_negatif", baris, "tgl_ukur", tgl_lahir=sheet.shown(baris, "tgl_lahir"))
        for baris in rows_where(table, umur_hari < 0)
    ]
    old = umur_bulan >= limit("umur_bulan")
    months = umur_bulan[old].astype(int)
    for baris, bulan in zip(rows_where(table, old), months, strict=True):
        found.append(find_cell(sheet, "umur_di_atas_59_bulan", baris, "tgl_lahir", umur_bulan=bulan))
    return found


def _check_sex(table: pd.DataFrame, sheet: RawSheet) -> list[Finding]:
    found = []
    for baris in rows_where(table, table["jk"].isna() & has_value(table, sheet, ["jk"])):
        varian = "" if sheet.shown(baris, "jk") in BLANKS else "tidak_dikenal"
        found.append(find_cell(sheet, "jk_kosong", baris, "jk", varian))
    return found


def _check_unit(table: pd.DataFrame, sheet: RawSheet, nama: str, satuan: str, aturan: str) -> list[Finding]:
    return [find_cell(sheet, aturan, baris, nama) for baris in rows_where(table, is_mistaken_unit(table[nama], satuan))]


def _check_measured(table: pd.DataFrame, sheet: RawSheet) -> list[Finding]:
    nothing = table["berat_kg"].isna() & table["tinggi_cm"].isna()
    rows = rows_where(table, nothing & has_value(table, sheet, ["berat_kg", "tinggi_cm"]))
    return [find_cell(sheet, "ukuran_kosong", baris, "berat_kg") for baris in rows]
