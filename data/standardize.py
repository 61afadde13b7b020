"""Turns the raw cells of an e-PPGBM export, of any generation, into one table with fixed names, types and units."""

from functools import partial

import pandas as pd

from config.columns import Column, header_key, load_columns
from data.findings import Finding, make_finding
from data.match_place import match_places
from data.parse import (
    is_mistaken_unit,
    is_rounded_nik,
    looks_like_formula,
    map_distinct,
    parse_date,
    parse_nik,
    parse_number,
    to_text,
)
from data.sheet import BLANKS, RawSheet, show_cell

BIRTH_SIZES = ("berat_lahir_kg", "tinggi_lahir_cm")
TEXT_TYPES = ("teks", "nik")


def standardize_eppgbm(sheet: RawSheet) -> tuple[pd.DataFrame, list[Finding]]:
    """Return the standardized table of an e-PPGBM sheet and what was found while reading its cells.

    One row a row of `sheet.rows`, with a plain 0-based index: `baris` (int, row in the file), then the columns of
    `config/kolom_eppgbm.csv` in that order: texts (str), dates (datetime64), numbers (float; kg and cm as their names say),
    `jk` "L" or "P", `cara_ukur` "terlentang" or "berdiri"; at the end `kode_desa` (Kemendagri code). Blank cells, `-`, columns
    the file lacks and cells that could not be read are missing values.

    Findings (all peringatan or info; refusing rows is `data.check`'s): angka_tidak_terbaca, isian_tidak_dikenal,
    ukuran_lahir_salah_satuan, nik_dibulatkan, teks_mirip_rumus. Rows whose cells may have moved get none.
    """
    columns: dict[str, pd.Series] = {"baris": pd.Series(sheet.rows.index, index=sheet.rows.index, dtype="int64")}
    findings: list[Finding] = []
    for column in load_columns():
        if column.jenis == "abaikan":
            continue
        cells = _cells(sheet, column.nama)
        values = _convert(column, cells)
        findings += _report_unread(sheet, column, cells, values)
        findings += _report_formula_texts(sheet, column, cells)
        columns[column.nama], found = _keep_possible(sheet, column, values)
        findings += found
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


def _convert(column: Column, cells: pd.Series) -> pd.Series:
    """Return the cells as the type of their column."""
    match column.jenis:
        case "tanggal":
            return map_distinct(cells, read_date).astype("datetime64[us]")
        case "angka" | "ukuran":
            return map_distinct(cells, partial(_read_number, satuan=column.satuan)).astype("float64")
        case "pilihan":
            choices = {header_key(word): value for value, words in column.nilai.items() for word in words}
            return map_distinct(cells, lambda cell: choices.get(header_key(cell))).astype("str")
        case "nik":
            return map_distinct(cells, _read_nik).astype("str")
        case _:
            return to_text(cells)


def read_date(cell: object) -> pd.Timestamp | None:
    """Return the date of a cell (text, day number of Excel, or a date), or None."""
    date = parse_date(show_cell(cell))
    return None if date is None else pd.Timestamp(date)


def _read_number(cell: object, satuan: str) -> float | None:
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return float(cell)
    return parse_number(show_cell(cell), satuan)


def _read_nik(cell: object) -> str | None:
    text = show_cell(cell)
    return None if text in BLANKS else parse_nik(text)


def _report_unread(sheet: RawSheet, column: Column, cells: pd.Series, values: pd.Series) -> list[Finding]:
    """Report filled cells of number and choice columns that could not be read, negative sizes, and rounded NIK."""
    if column.jenis == "nik":
        rounded = map_distinct(cells, is_rounded_nik).astype(bool)
        return [_find(sheet, "nik_dibulatkan", baris, column) for baris in cells.index[rounded]]
    if column.jenis not in ("angka", "ukuran", "pilihan") or column.nama == "jk":
        return []
    unread = cells.index[values.isna() & map_distinct(cells, _is_filled).astype(bool)]
    if column.jenis == "pilihan":
        words = " atau ".join(column.nilai)
        return [_find(sheet, "isian_tidak_dikenal", baris, column, daftar=words) for baris in unread]
    found = [_find(sheet, "angka_tidak_terbaca", baris, column) for baris in unread]
    if column.jenis == "ukuran":
        negative = cells.index[values < 0]
        found += [_find(sheet, "angka_tidak_terbaca", baris, column, "negatif") for baris in negative]
    return found


def _is_filled(cell: object) -> bool:
    return show_cell(cell) not in BLANKS


def _report_formula_texts(sheet: RawSheet, column: Column, cells: pd.Series) -> list[Finding]:
    """Report texts a spreadsheet might run as a formula; a NIK kept as text by `="..."` is not one."""
    alike = map_distinct(cells, lambda cell: isinstance(cell, str) and looks_like_formula(show_cell(cell)))
    found = cells.index[alike.astype(bool)]
    if column.jenis == "nik":
        found = [baris for baris in found if parse_nik(show_cell(cells.at[baris])) == show_cell(cells.at[baris])]
    return [_find(sheet, "teks_mirip_rumus", baris, column) for baris in found]


def _keep_possible(sheet: RawSheet, column: Column, values: pd.Series) -> tuple[pd.Series, list[Finding]]:
    """Return the values without sizes of 0 or less (0 stands for not measured) and without birth sizes in the wrong unit.

    A birth weight in grams or length in metres is reported and left out, never converted; the row itself stays usable, because
    birth sizes take no part in any score.
    """
    if column.jenis != "ukuran":
        return values, []
    values = values.where(values > 0)
    if column.nama not in BIRTH_SIZES:
        return values, []
    mistaken = is_mistaken_unit(values, column.satuan)
    found = [
        _find(sheet, "ukuran_lahir_salah_satuan", baris, column, satuan=column.satuan)
        for baris in values.index[mistaken]
    ]
    return values.mask(mistaken), found


def _find(sheet: RawSheet, aturan: str, baris: int, column: Column, varian: str = "", **isi: object) -> Finding:
    return make_finding(
        aturan, int(baris), sheet.header_of(column.nama), sheet.shown(baris, column.nama), varian, **isi
    )
