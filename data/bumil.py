"""Reads, checks and merges the table of pregnant women: one row a woman and date."""

import datetime as dt
import re

import pandas as pd

from config.columns import load_kinds
from config.rules import limit
from config.values import threshold
from data.check_parameter import check_identity, report_unknown_columns
from data.findings import Finding
from data.row_rules import (
    accept,
    check_cells,
    check_copies,
    check_date,
    check_future,
    check_period,
    check_place,
    find_cell,
    find_twice,
    has_value,
    rows_where,
    sure_rows,
)
from data.sheet import RawSheet
from data.standardize import standardize_sheet

WATCHED, NORMAL = "dalam_pemantauan", "hamil_normal"
RANGES = ("lila_cm", "hb_g_dl", "usia_kehamilan_minggu")
MILLIMETRES = re.compile(r"\d+([.,]\d+)?\s*(mm|milimeter)\.?", re.IGNORECASE)
BUMIL_COLUMNS = [
    "id_sasaran", "kode_desa", "tanggal", "periode", "usia_kehamilan_minggu", "lila_cm", "hb_g_dl", "status",
]  # fmt: skip


def standardize_bumil(sheet: RawSheet) -> tuple[pd.DataFrame, list[Finding]]:
    """Return the standardized table of a sheet of pregnant women and what was found while reading its cells.

    Columns: baris, id_sasaran, nama, desa, kecamatan (texts), tanggal (datetime64), usia_kehamilan_minggu, lila_cm,
    hb_g_dl (float), status (one of four or missing), kode_desa. Numbers that no woman can have are missing and
    reported (angka_tidak_wajar), except a LiLA in millimetres, which refuses its row. Further findings as in
    `standardize_sheet`, and kolom_tidak_dikenal.
    """
    table, findings = standardize_sheet(sheet)
    findings = report_unknown_columns(sheet) + findings
    units = {column.nama: column.satuan for column in load_kinds()["bumil"].kolom}
    for nama in RANGES:
        low, high = limit(f"{nama}_dari"), limit(f"{nama}_sampai")
        outside = table[nama].notna() & ~table[nama].between(low, high)
        if nama == "lila_cm":
            outside &= table[nama] < limit("lila_milimeter_mulai")
        shown = {"dari": f"{low:g}", "sampai": f"{high:g}", "satuan": units[nama]}
        findings += [
            find_cell(sheet, "angka_tidak_wajar", baris, nama, **shown)
            for baris in rows_where(table, outside)
            if baris not in sheet.cell_counts
        ]
        table[nama] = table[nama].mask(outside)
    return table, findings


def check_bumil(
    table: pd.DataFrame, sheet: RawSheet, periode: str | None = None, hari_ini: dt.date | None = None
) -> tuple[pd.DataFrame, list[Finding]]:
    """Return the accepted rows (same columns, new index) and the findings of all rows, by row and column.

    `table` is `standardize_bumil(sheet)`; `periode` ("YYYY-MM") marks dates of other months, `hari_ini` (default:
    today) dates still to come. `table` rows = accepted + refused. Not checked here: desa_berubah.
    """
    findings = check_cells(sheet)
    sure = sure_rows(table, sheet)
    findings += check_identity(sure, sheet, "id_sasaran")
    findings += check_date(sure, sheet, "tanggal")
    findings += check_place(sure, sheet)
    findings += check_copies(sure, sheet, ["id_sasaran", "tanggal"])
    findings += check_future(sure, sheet, "tanggal", hari_ini or dt.date.today())
    findings += check_period(sure, sheet, "tanggal", periode)
    findings += _check_lila(sure, sheet)
    findings += _check_status(sure, sheet)
    for baris, pertama in find_twice(sure, findings, ["id_sasaran", "tanggal"], "id_sasaran"):
        moment = sheet.shown(baris, "tanggal")
        findings.append(find_cell(sheet, "sasaran_kembar", baris, "id_sasaran", pertama=pertama, waktu=moment))
    return accept(table, sheet, findings)


def _check_lila(table: pd.DataFrame, sheet: RawSheet) -> list[Finding]:
    """Find LiLA in millimetres, and rows that tell neither LiLA nor status."""
    unread = table["lila_cm"].isna()
    in_mm = [baris for baris in rows_where(table, unread) if MILLIMETRES.fullmatch(sheet.shown(baris, "lila_cm"))]
    mistaken = (table["lila_cm"] >= limit("lila_milimeter_mulai")) | table["baris"].isin(in_mm)
    silent = unread & ~mistaken & table["status"].isna() & has_value(table, sheet, ["lila_cm", "status"])
    return [
        *(find_cell(sheet, "lila_mungkin_milimeter", baris, "lila_cm") for baris in rows_where(table, mistaken)),
        *(find_cell(sheet, "status_tidak_diketahui", baris, "lila_cm") for baris in rows_where(table, silent)),
    ]


def _check_status(table: pd.DataFrame, sheet: RawSheet) -> list[Finding]:
    """Find women called normal whose LiLA is still below the limit."""
    below = threshold("lila_kek").nilai
    odd = (table["status"] == NORMAL) & (table["lila_cm"] < below)
    shown = {"batas": f"{below:g}".replace(".", ",")}
    return [
        find_cell(sheet, "status_lila_berbeda", baris, "status", lila=sheet.shown(baris, "lila_cm"), **shown)
        for baris in rows_where(table, odd)
    ]


def as_sasaran(accepted: pd.DataFrame) -> pd.DataFrame:
    """Return accepted rows with jenis_sasaran and periode, as `data.answers` expects rows of sasaran.

    A woman gets the same pseudonym there as in the table of parameters.
    """
    return accepted.assign(
        jenis_sasaran=pd.Series("bumil", index=accepted.index, dtype="str"),
        periode=accepted["tanggal"].dt.strftime("%Y-%m").astype("str"),
    )


def to_bumil(rows: pd.DataFrame, keys: pd.DataFrame) -> pd.DataFrame:
    """Return the stored table of `as_sasaran(accepted)` and its pseudonyms: `BUMIL_COLUMNS`, without names.

    A missing status is judged from LiLA: strictly below the limit "dalam_pemantauan", else "hamil_normal".
    """
    below = threshold("lila_kek").nilai
    judged = pd.Series(NORMAL, index=rows.index, dtype="str").mask(rows["lila_cm"] < below, WATCHED)
    table = rows.assign(
        id_sasaran=keys["id_sasaran"],
        status=rows["status"].fillna(judged.where(rows["lila_cm"].notna())),
    )
    return _in_order(table[BUMIL_COLUMNS])


def merge_bumil(stored: pd.DataFrame | None, fresh: pd.DataFrame) -> pd.DataFrame:
    """Return the stored women with those of a file added; the same woman and date again replaces the earlier row."""
    if stored is None:
        return fresh
    return _in_order(pd.concat([stored, fresh]).drop_duplicates(["id_sasaran", "tanggal"], keep="last"))


def _in_order(table: pd.DataFrame) -> pd.DataFrame:
    return table.sort_values(["tanggal", "id_sasaran"], ignore_index=True)
