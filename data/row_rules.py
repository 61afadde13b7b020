"""What the row checks of every kind of table share: findings for cells, dates, places, copies, and who is accepted."""

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from config.columns import REFUSAL_COLUMN
from data.findings import Finding, make_finding, sort_findings
from data.match_place import match_place
from data.parse import is_date_shaped, parse_nik
from data.sheet import BLANKS, RawSheet, show_cell

NOT_COMPARED = ("no", "total_pengukuran", REFUSAL_COLUMN.nama)


def find_cell(sheet: RawSheet, aturan: str, baris: int, nama: str, varian: str = "", **isi: object) -> Finding:
    """Return a finding for one cell, with its header and its value as the user sees them."""
    return make_finding(aturan, baris, sheet.header_of(nama), sheet.shown(baris, nama), varian, **isi)


def rows_where(table: pd.DataFrame, mask: pd.Series) -> list[int]:
    """Return the numbers of the rows where `mask` holds."""
    return [int(baris) for baris in table.loc[mask, "baris"]]


def has_value(table: pd.DataFrame, sheet: RawSheet, names: Sequence[str]) -> pd.Series:
    """Return a mask of rows where none of these cells is a formula without a value (that has a finding of its own)."""
    without = [baris for nama in names for baris in sheet.without_value(nama)]
    return ~table["baris"].isin(without)


def accept(table: pd.DataFrame, sheet: RawSheet, findings: list[Finding]) -> tuple[pd.DataFrame, list[Finding]]:
    """Return the rows without a "tolak" (new index) and all findings by row and column."""
    accepted = table[~table["baris"].isin(refused_rows(findings))].reset_index(drop=True)
    return accepted, sort_findings(findings, sheet.header)


def refused_rows(findings: list[Finding]) -> list[int]:
    """Return the numbers of the rows that one of the findings refuses."""
    return sorted({finding.baris for finding in findings if finding.tingkat == "tolak"})


def check_cells(sheet: RawSheet) -> list[Finding]:
    """Find rows whose number of cells does not fit the header, and formulas without a value."""
    width = len(sheet.header)
    found = [
        make_finding("jumlah_sel_berbeda", baris, "", str(count), kolom_tabel=width)
        for baris, count in sheet.cell_counts.items()
    ]
    names = {position: nama for nama, position in sheet.positions.items()}
    return found + [
        find_cell(sheet, "rumus_tanpa_nilai", baris, names[position], "" if text.startswith("=") else "galat")
        for (baris, position), text in sheet.formulas.items()
        if position in names and names[position] not in NOT_COMPARED
    ]


def sure_rows(table: pd.DataFrame, sheet: RawSheet) -> pd.DataFrame:
    """Return the rows whose cells stand where they belong; the others have one finding already."""
    return table[~table["baris"].isin(list(sheet.cell_counts))]


def check_date(table: pd.DataFrame, sheet: RawSheet, nama: str) -> list[Finding]:
    """Find dates that are missing, do not exist, or are none."""
    found = []
    for baris in rows_where(table, table[nama].isna() & has_value(table, sheet, [nama])):
        text = sheet.shown(baris, nama)
        varian = "kosong" if text in BLANKS else "" if is_date_shaped(text) else "tidak_terbaca"
        found.append(find_cell(sheet, "tanggal_tidak_ada", baris, nama, varian))
    return found


def check_place(table: pd.DataFrame, sheet: RawSheet) -> list[Finding]:
    """Find rows whose desa is not known for sure."""
    unsure = table[table["kode_desa"].isna() & has_value(table, sheet, ["desa", "kecamatan"])]
    found = []
    written = zip(unsure["baris"], unsure["kecamatan"].fillna(""), unsure["desa"].fillna(""), strict=True)
    for baris, kecamatan, desa in written:
        match = match_place(kecamatan, desa)
        names = {"kecamatan": match.kecamatan, "daftar": match.daftar}
        found.append(find_cell(sheet, match.aturan, int(baris), "desa", match.varian, **names))
    return found


def check_copies(table: pd.DataFrame, sheet: RawSheet, marks: Sequence[str]) -> list[Finding]:
    """Find rows whose cells all equal an earlier row's, the running number aside. The first of them is no copy.

    Only rows alike in `marks` are compared cell by cell.
    """
    alike = rows_where(table, table.duplicated(subset=list(marks), keep=False))
    left_out = [sheet.positions[nama] for nama in NOT_COMPARED if nama in sheet.positions]
    first: dict[tuple[str, ...], int] = {}
    found = []
    for baris, *cells in sheet.rows.loc[alike].drop(columns=left_out).itertuples():
        original = first.setdefault(tuple(map(show_cell, cells)), baris)
        if original != baris:
            found.append(make_finding("baris_kembar", baris, "", str(original)))
    return found


def check_future(table: pd.DataFrame, sheet: RawSheet, nama: str, hari_ini: dt.date, varian: str = "") -> list[Finding]:
    """Find dates that are still to come."""
    later = table[nama] > pd.Timestamp(hari_ini)
    return [find_cell(sheet, "tanggal_di_masa_depan", baris, nama, varian) for baris in rows_where(table, later)]


def check_period(
    table: pd.DataFrame, sheet: RawSheet, nama: str, periode: str | None, varian: str = ""
) -> list[Finding]:
    """Find dates of another month than the one that was asked for, if one was."""
    if periode is None:
        return []
    other = table[nama].notna() & (table[nama].dt.strftime("%Y-%m") != periode)
    rows = rows_where(table, other)
    return [find_cell(sheet, "di_luar_periode", baris, nama, varian, periode=periode) for baris in rows]


def find_twice(table: pd.DataFrame, findings: list[Finding], keys: Sequence[str], nama: str) -> list[tuple[int, int]]:
    """Return (row, first row) of the rows about the same sasaran and time as an earlier row that is not refused.

    `keys` are the columns that say who and when, `nama` the one of them that is the number of a sasaran or family.
    """
    left = table[~table["baris"].isin(refused_rows(findings))]
    same = left[list(keys)].assign(**{nama: left[nama].map(identity_key)})
    first = left.groupby([same[key] for key in keys], sort=False)["baris"].transform("first")
    again = left["baris"] != first
    return list(zip(rows_where(left, again), first[again].astype(int), strict=True))


def identity_key(text: str) -> str:
    """Return the number of a sasaran or family as it is compared: in capitals, without quotes put around it."""
    return parse_nik(text).upper()
