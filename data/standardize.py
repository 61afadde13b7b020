"""Turns the raw cells of a table, for e-PPGBM of any generation, into one with fixed names, types and units."""

from collections.abc import Callable
from functools import partial

import pandas as pd

from config.columns import Column, header_key, load_kinds
from data.findings import Finding, make_finding
from data.match_place import match_places
from data.parse import (
    DistinctCells,
    is_mistaken_unit,
    is_rounded_nik,
    looks_like_formula,
    month_typed_in_excel,
    parse_answer,
    parse_date,
    parse_month,
    parse_nik,
    parse_number,
)
from data.sheet import BLANKS, RawSheet

BIRTH_SIZES = ("berat_lahir_kg", "tinggi_lahir_cm")
LONG_NUMBER = 16
TEXT_PARSERS: dict[str, Callable[[str], str | None]] = {
    "nik": parse_nik,
    "periode": parse_month,
    "jawaban": parse_answer,
}


def standardize_eppgbm(sheet: RawSheet) -> tuple[pd.DataFrame, list[Finding]]:
    """Return the standardized table of an e-PPGBM sheet and what was found while reading its cells.

    One row a row of `sheet.rows`, with a plain 0-based index: `baris` (int, row in the file), then the columns of
    `config/kolom_eppgbm.csv` in that order: texts (str), dates (datetime64), numbers (float; kg and cm as their names
    say), `jk` "L" or "P", `cara_ukur` "terlentang" or "berdiri"; at the end `kode_desa` (Kemendagri code). Blank
    cells, `-`, columns the file lacks and cells that could not be read are missing values.

    Findings (all peringatan or info; refusing rows is `data.check`'s): angka_tidak_terbaca, isian_tidak_dikenal,
    ukuran_lahir_salah_satuan, nik_dibulatkan, teks_mirip_rumus. Rows whose cells may have moved get none.
    """
    return standardize_sheet(sheet, left_to_check=("jk",))


def standardize_sheet(sheet: RawSheet, left_to_check: tuple[str, ...] = ()) -> tuple[pd.DataFrame, list[Finding]]:
    """Return the standardized table of a sheet of any kind and what was found while reading its cells.

    As `standardize_eppgbm`, with the columns of the sheet's kind. Unknown words in `left_to_check` are not reported
    here: they refuse the row.
    """
    columns: dict[str, pd.Series] = {"baris": pd.Series(sheet.rows.index, index=sheet.rows.index, dtype="int64")}
    findings: list[Finding] = []
    for column in load_kinds()[sheet.jenis].kolom:
        if column.jenis == "abaikan":
            continue
        raw = _cells(sheet, column.nama)
        cells = DistinctCells(raw.map(month_typed_in_excel) if column.jenis == "periode" else raw)
        values = _convert(column, cells)
        if column.nama not in left_to_check:
            findings += _report_unreadable(sheet, column, cells, values)
        findings += _report_cells(sheet, column, cells, values)
        columns[column.nama], found = _keep_possible(sheet, column, values)
        findings += found
    if "desa" in columns:
        columns["kode_desa"] = match_places(columns["kecamatan"], columns["desa"])
    table = pd.DataFrame(columns).reset_index(drop=True)
    return table, [found for found in findings if found.baris not in sheet.cell_counts]


def _cells(sheet: RawSheet, nama: str) -> pd.Series:
    """Return the raw cells of a column; cells whose formula has no value, and columns the file lacks, are blank."""
    if nama not in sheet.positions:
        return pd.Series("", index=sheet.rows.index, dtype=object)
    cells = sheet.rows[sheet.positions[nama]]
    unknown = sheet.without_value(nama)
    if unknown:
        cells = cells.copy()
        cells.loc[unknown] = ""
    return cells


def _convert(column: Column, cells: DistinctCells) -> pd.Series:
    """Return the cells as the type of their column."""
    match column.jenis:
        case "tanggal":
            return cells.map(parse_date, "datetime64[us]")
        case "angka" | "ukuran":
            return cells.map(partial(parse_number, satuan=column.satuan), "float64")
        case "pilihan":
            choices = {header_key(word): value for value, words in column.nilai.items() for word in words}
            return cells.map(lambda text: choices.get(header_key(text)), "str")
        case _:
            return cells.map(TEXT_PARSERS.get(column.jenis, str), "str")


def _report_unreadable(sheet: RawSheet, column: Column, cells: DistinctCells, values: pd.Series) -> list[Finding]:
    """Report filled cells that could not be read. Dates, months and numbers of people are left to the row checks."""
    rules = {
        "angka": "angka_tidak_terbaca",
        "ukuran": "angka_tidak_terbaca",
        "pilihan": "isian_tidak_dikenal",
        "jawaban": "jawaban_tidak_dikenal",
    }
    if column.jenis not in rules:
        return []
    missing = cells.rows_where(lambda _, text: text not in BLANKS).intersection(values.index[values.isna()])
    return _find_all(sheet, rules[column.jenis], missing, column, daftar=" atau ".join(column.nilai))


def _report_cells(sheet: RawSheet, column: Column, cells: DistinctCells, values: pd.Series) -> list[Finding]:
    """Report negative sizes, rounded long numbers, and texts a spreadsheet might run.

    A NIK kept as text by `="..."` is no formula.
    """
    found = []
    if column.jenis == "ukuran":
        found += _find_all(sheet, "angka_tidak_terbaca", values.index[values < 0], column, "negatif")
    if column.jenis == "identitas":
        rounded = cells.rows_where(lambda cell, text: len(text) >= LONG_NUMBER and is_rounded_nik(cell, text))
        found += _find_all(sheet, "nik_dibulatkan", rounded, column, "identitas")
    if column.jenis == "nik":
        found += _find_all(sheet, "nik_dibulatkan", cells.rows_where(is_rounded_nik), column)
        alike = cells.rows_where(lambda _, text: looks_like_formula(text) and parse_nik(text) == text)
    else:
        alike = cells.rows_where(lambda cell, text: isinstance(cell, str) and looks_like_formula(text))
    return found + _find_all(sheet, "teks_mirip_rumus", alike, column)


def _keep_possible(sheet: RawSheet, column: Column, values: pd.Series) -> tuple[pd.Series, list[Finding]]:
    """Return the values without sizes of 0 (not measured) or less and without birth sizes in the wrong unit.

    A birth weight in grams or length in metres is reported and left out, never converted; the row itself stays usable,
    because birth sizes take no part in any score.
    """
    if column.jenis != "ukuran":
        return values, []
    values = values.where(values > 0)
    if column.nama not in BIRTH_SIZES:
        return values, []
    mistaken = is_mistaken_unit(values, column.satuan)
    found = _find_all(sheet, "ukuran_lahir_salah_satuan", values.index[mistaken], column, satuan=column.satuan)
    return values.mask(mistaken), found


def _find_all(
    sheet: RawSheet, aturan: str, rows: pd.Index, column: Column, varian: str = "", **isi: object
) -> list[Finding]:
    """Return one finding a row, for the cell of this column."""
    label = sheet.header_of(column.nama)
    return [make_finding(aturan, int(baris), label, sheet.shown(baris, column.nama), varian, **isi) for baris in rows]
