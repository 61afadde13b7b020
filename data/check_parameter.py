"""Reads and checks a table of family parameters: one row a sasaran and round, one column a parameter code."""

import datetime as dt
import re

import pandas as pd

from config.parameters import TARGET_GROUPS, load_parameters, parameters_of
from data.findings import Finding, make_finding, refuse
from data.row_rules import (
    accept,
    check_cells,
    check_copies,
    check_place,
    find_cell,
    find_twice,
    has_value,
    rows_where,
    sure_rows,
)
from data.sheet import BLANKS, RawSheet
from data.standardize import standardize_sheet

CODE_SHAPED = re.compile(r"[A-Za-z]{2}\s*\d{1,3}\b.*")


def standardize_parameter(sheet: RawSheet) -> tuple[pd.DataFrame, list[Finding]]:
    """Return the standardized table of a parameter sheet and what was found while reading its cells.

    Columns: baris, id_sasaran, id_keluarga, jenis_sasaran, nama, desa, kecamatan, periode, the parameter codes that the
    file has ("1", "0", "TB" or missing), kode_desa. Raises FileRefused when the file has no parameter at all.
    Findings: kolom_tidak_dikenal (at the header's row), jawaban_tidak_dikenal (not stored), teks_mirip_rumus.
    """
    codes = [parameter.kode for parameter in load_parameters()]
    if not any(kode in sheet.positions for kode in codes):
        raise refuse("bukan_tabel_ini", sheet.berkas, "kurang_kolom", f"parameter ({_known_codes()})")
    table, findings = standardize_sheet(sheet, left_to_check=("jenis_sasaran",))
    lacking = [kode for kode in codes if kode not in sheet.positions]
    return table.drop(columns=lacking), [*report_unknown_columns(sheet), *findings]


def answered_codes(table: pd.DataFrame) -> list[str]:
    """Return the parameter codes that a standardized table has as columns."""
    return [parameter.kode for parameter in load_parameters() if parameter.kode in table]


def report_unknown_columns(sheet: RawSheet) -> list[Finding]:
    """Report every titled column that is not read, once, at the row of the header."""
    known = set(sheet.positions.values())
    return [
        make_finding(
            "kolom_tidak_dikenal",
            sheet.header_row,
            label,
            label,
            "kode" if sheet.jenis == "parameter" and CODE_SHAPED.fullmatch(label) else "",
            daftar=_known_codes(),
        )
        for position, label in enumerate(sheet.header)
        if label not in BLANKS and position not in known
    ]


def check_parameter(
    table: pd.DataFrame, sheet: RawSheet, periode: str | None = None, hari_ini: dt.date | None = None
) -> tuple[pd.DataFrame, list[Finding]]:
    """Return the accepted rows (same columns, new index) and the findings of all rows, by row and column.

    `table` is `standardize_parameter(sheet)`; rows of another month than `periode` and of a month after `hari_ini`
    (default: today) are marked. Answers to parameters that do not concern the sasaran are marked and taken out.
    `table` rows = accepted + refused. Not checked here, because it may need stored rows: desa_berubah.
    """
    findings = check_cells(sheet)
    sure = sure_rows(table, sheet)
    findings += check_identity(sure, sheet, "id_sasaran")
    findings += _check_choice(sure, sheet, "jenis_sasaran", "jenis_sasaran_tidak_dikenal")
    findings += _check_choice(sure, sheet, "periode", "periode_tidak_sah")
    findings += check_place(sure, sheet)
    findings += check_copies(sure, sheet, ["id_sasaran", "periode"])
    findings += _check_months(sure, sheet, periode, f"{hari_ini or dt.date.today():%Y-%m}")
    findings += _check_belonging(sure, sheet)
    for baris, pertama in find_twice(sure, findings, ["jenis_sasaran", "id_sasaran", "periode"], "id_sasaran"):
        moment = sheet.shown(baris, "periode")
        findings.append(find_cell(sheet, "sasaran_kembar", baris, "id_sasaran", pertama=pertama, waktu=moment))
    accepted, findings = accept(table, sheet, findings)
    return _drop_foreign(accepted), findings


def check_identity(table: pd.DataFrame, sheet: RawSheet, nama: str) -> list[Finding]:
    """Find rows that do not say whose they are."""
    empty = table[nama].isna() & has_value(table, sheet, [nama])
    return [find_cell(sheet, "id_sasaran_kosong", baris, nama) for baris in rows_where(table, empty)]


def _check_choice(table: pd.DataFrame, sheet: RawSheet, nama: str, aturan: str) -> list[Finding]:
    found = []
    for baris in rows_where(table, table[nama].isna() & has_value(table, sheet, [nama])):
        varian = "kosong" if sheet.shown(baris, nama) in BLANKS else ""
        found.append(find_cell(sheet, aturan, baris, nama, varian))
    return found


def _check_months(table: pd.DataFrame, sheet: RawSheet, periode: str | None, now: str) -> list[Finding]:
    known = table["periode"].notna()
    later = rows_where(table, known & (table["periode"] > now))
    found = [find_cell(sheet, "tanggal_di_masa_depan", baris, "periode", "periode") for baris in later]
    if periode is not None:
        for baris in rows_where(table, known & (table["periode"] != periode)):
            found.append(find_cell(sheet, "di_luar_periode", baris, "periode", "putaran", periode=periode))
    return found


def _check_belonging(table: pd.DataFrame, sheet: RawSheet) -> list[Finding]:
    """Find 0 or 1 answered to a parameter that is not asked of this kind of sasaran."""
    found = []
    for jenis, codes in _foreign_codes(table).items():
        for kode in codes:
            answered = (table["jenis_sasaran"] == jenis) & table[kode].isin(["0", "1"])
            for baris in rows_where(table, answered):
                found.append(find_cell(sheet, "parameter_bukan_sasaran", baris, kode, jenis=jenis))
    return found


def _drop_foreign(accepted: pd.DataFrame) -> pd.DataFrame:
    """Return the rows without answers to parameters that do not concern the sasaran."""
    accepted = accepted.copy()
    for jenis, codes in _foreign_codes(accepted).items():
        accepted.loc[accepted["jenis_sasaran"] == jenis, codes] = pd.NA
    return accepted


def _foreign_codes(table: pd.DataFrame) -> dict[str, list[str]]:
    """Return {jenis_sasaran: codes among the columns that are not asked of it}."""
    theirs = {jenis: {parameter.kode for parameter in parameters_of(jenis)} for jenis in TARGET_GROUPS}
    return {jenis: [kode for kode in answered_codes(table) if kode not in theirs[jenis]] for jenis in TARGET_GROUPS}


def _known_codes() -> str:
    """Return the codes of the catalogue as ranges: SP01-SP12, ..."""
    groups: dict[str, list[str]] = {}
    for parameter in load_parameters():
        groups.setdefault(parameter.kode[:2], []).append(parameter.kode)
    return ", ".join(f"{codes[0]}-{codes[-1]}" for codes in groups.values())
