"""Checks every row of a standardized e-PPGBM table: accepted or refused, exactly once, with all that was found."""

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from config.rules import limit
from data.findings import Finding, make_finding, sort_findings
from data.match_place import match_place
from data.parse import is_date_shaped, is_mistaken_unit
from data.sheet import BLANKS, RawSheet, show_cell

DATES = ("tgl_lahir", "tgl_ukur")
COPY_MARKS = ["nik", "nama", "tgl_lahir", "tgl_ukur", "berat_kg", "tinggi_cm"]
NOT_COMPARED = ("no", "total_pengukuran")


def check_rows(
    table: pd.DataFrame, sheet: RawSheet, periode: str | None = None, hari_ini: dt.date | None = None
) -> tuple[pd.DataFrame, list[Finding]]:
    """Return the accepted rows (same columns, new index) and the findings of all rows, by row and column.

    `table` is `standardize_eppgbm(sheet)`; `periode` ("YYYY-MM") marks measurements of other months, `hari_ini`
    (default: today) measurements still to come. A row is refused when one of its findings is "tolak"; `table` rows =
    accepted + refused. Not checked here, because they need scores or stored rows: tidak_wajar, status_berbeda,
    tinggi_menyusut, ukur_ganda_sebulan.
    """
    findings = [_wrong_cell_count(sheet, baris, count) for baris, count in sheet.cell_counts.items()]
    sure = table[~table["baris"].isin(list(sheet.cell_counts))]
    findings += _check_formulas(sheet)
    for nama in DATES:
        findings += _check_date(sure, sheet, nama)
    findings += _check_age(sure, sheet)
    findings += _check_sex(sure, sheet)
    findings += _check_unit(sure, sheet, "berat_kg", "kg", "berat_mungkin_gram")
    findings += _check_unit(sure, sheet, "tinggi_cm", "cm", "tinggi_mungkin_meter")
    findings += _check_place(sure, sheet)
    findings += _check_copies(sure, sheet)
    findings += _check_measured(sure, sheet)
    findings += _check_future(sure, sheet, hari_ini or dt.date.today())
    if periode is not None:
        findings += _check_period(sure, sheet, periode)
    refused = {finding.baris for finding in findings if finding.tingkat == "tolak"}
    accepted = table[~table["baris"].isin(list(refused))].reset_index(drop=True)
    return accepted, sort_findings(findings, sheet.header)


def _find(sheet: RawSheet, aturan: str, baris: int, nama: str, varian: str = "", **isi: object) -> Finding:
    return make_finding(aturan, baris, sheet.header_of(nama), sheet.shown(baris, nama), varian, **isi)


def _rows(table: pd.DataFrame, mask: pd.Series) -> list[int]:
    return [int(baris) for baris in table.loc[mask, "baris"]]


def _has_value(table: pd.DataFrame, sheet: RawSheet, names: Sequence[str]) -> pd.Series:
    """Return a mask of rows where none of these cells is a formula without a value (that has a finding of its own)."""
    without = [baris for nama in names for baris in sheet.without_value(nama)]
    return ~table["baris"].isin(without)


def _wrong_cell_count(sheet: RawSheet, baris: int, count: int) -> Finding:
    return make_finding("jumlah_sel_berbeda", baris, "", str(count), kolom_tabel=len(sheet.header))


def _check_formulas(sheet: RawSheet) -> list[Finding]:
    names = {position: nama for nama, position in sheet.positions.items()}
    return [
        _find(sheet, "rumus_tanpa_nilai", baris, names[position], "" if text.startswith("=") else "galat")
        for (baris, position), text in sheet.formulas.items()
        if position in names and names[position] not in NOT_COMPARED
    ]


def _check_date(table: pd.DataFrame, sheet: RawSheet, nama: str) -> list[Finding]:
    found = []
    for baris in _rows(table, table[nama].isna() & _has_value(table, sheet, [nama])):
        text = sheet.shown(baris, nama)
        varian = "kosong" if text in BLANKS else "" if is_date_shaped(text) else "tidak_terbaca"
        found.append(_find(sheet, "tanggal_tidak_ada", baris, nama, varian))
    return found


def _check_age(table: pd.DataFrame, sheet: RawSheet) -> list[Finding]:
    umur_hari = (table["tgl_ukur"] - table["tgl_lahir"]).dt.days
    umur_bulan = umur_hari / limit("hari_per_bulan")
    found = [
        _find(sheet, "umur_negatif", baris, "tgl_ukur", tgl_lahir=sheet.shown(baris, "tgl_lahir"))
        for baris in _rows(table, umur_hari < 0)
    ]
    old = umur_bulan >= limit("umur_bulan")
    months = umur_bulan[old].astype(int)
    for baris, bulan in zip(_rows(table, old), months, strict=True):
        found.append(_find(sheet, "umur_di_atas_59_bulan", baris, "tgl_lahir", umur_bulan=bulan))
    return found


def _check_sex(table: pd.DataFrame, sheet: RawSheet) -> list[Finding]:
    found = []
    for baris in _rows(table, table["jk"].isna() & _has_value(table, sheet, ["jk"])):
        varian = "" if sheet.shown(baris, "jk") in BLANKS else "tidak_dikenal"
        found.append(_find(sheet, "jk_kosong", baris, "jk", varian))
    return found


def _check_unit(table: pd.DataFrame, sheet: RawSheet, nama: str, satuan: str, aturan: str) -> list[Finding]:
    return [_find(sheet, aturan, baris, nama) for baris in _rows(table, is_mistaken_unit(table[nama], satuan))]


def _check_place(table: pd.DataFrame, sheet: RawSheet) -> list[Finding]:
    unsure = table[table["kode_desa"].isna() & _has_value(table, sheet, ["desa", "kecamatan"])]
    found = []
    written = zip(unsure["baris"], unsure["kecamatan"].fillna(""), unsure["desa"].fillna(""), strict=True)
    for baris, kecamatan, desa in written:
        match = match_place(kecamatan, desa)
        names = {"kecamatan": match.kecamatan, "daftar": match.daftar}
        found.append(_find(sheet, match.aturan, int(baris), "desa", match.varian, **names))
    return found


def _check_copies(table: pd.DataFrame, sheet: RawSheet) -> list[Finding]:
    """Find rows whose cells all equal an earlier row's, the running number aside. The first of them is no copy."""
    alike = _rows(table, table.duplicated(subset=COPY_MARKS, keep=False))
    left_out = [sheet.positions[nama] for nama in NOT_COMPARED if nama in sheet.positions]
    first: dict[tuple[str, ...], int] = {}
    found = []
    for baris, *cells in sheet.rows.loc[alike].drop(columns=left_out).itertuples():
        original = first.setdefault(tuple(map(show_cell, cells)), baris)
        if original != baris:
            found.append(make_finding("baris_kembar", baris, "", str(original)))
    return found


def _check_measured(table: pd.DataFrame, sheet: RawSheet) -> list[Finding]:
    nothing = table["berat_kg"].isna() & table["tinggi_cm"].isna()
    rows = _rows(table, nothing & _has_value(table, sheet, ["berat_kg", "tinggi_cm"]))
    return [_find(sheet, "ukuran_kosong", baris, "berat_kg") for baris in rows]


def _check_future(table: pd.DataFrame, sheet: RawSheet, hari_ini: dt.date) -> list[Finding]:
    later = table["tgl_ukur"] > pd.Timestamp(hari_ini)
    return [_find(sheet, "tanggal_di_masa_depan", baris, "tgl_ukur") for baris in _rows(table, later)]


def _check_period(table: pd.DataFrame, sheet: RawSheet, periode: str) -> list[Finding]:
    other = table["tgl_ukur"].notna() & (table["tgl_ukur"].dt.strftime("%Y-%m") != periode)
    return [_find(sheet, "di_luar_periode", baris, "tgl_ukur", periode=periode) for baris in _rows(table, other)]
