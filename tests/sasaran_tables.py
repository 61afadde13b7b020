"""Builds files of family parameters, pregnant women and families at risk for the tests; nobody in them is real."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from data.bumil import check_bumil, standardize_bumil
from data.check_parameter import check_parameter, standardize_parameter
from data.findings import Finding
from data.krs import check_krs, standardize_krs
from data.read import read_sheet
from data.sheet import RawSheet
from tests.builders import Table, write_csv, write_xlsx

Row = dict[str, object]
Checked = tuple[pd.DataFrame, list[Finding], RawSheet]
WRITERS: dict[str, Callable[[Path, Table], Path]] = {"csv": write_csv, "xlsx": write_xlsx}

PARAMETER: Row = {
    "id_sasaran": "BLT-0001", "id_keluarga": "KEL-0001", "jenis_sasaran": "balita", "nama": "Anak Contoh",
    "desa": "Galumbang", "kecamatan": "Juai", "periode": "2022-05", "SP01": "1", "SP05": "0", "SH01": "", "SS01": "TB",
    "SS06": "",
}  # fmt: skip
BUMIL: Row = {
    "id_sasaran": "BML-0001", "nama": "Ibu Contoh", "desa": "Marajai", "kecamatan": "Halong", "tanggal": "2022-05-17",
    "usia_kehamilan_minggu": "20", "lila_cm": "22.8", "hb_g_dl": "10.9", "status": "",
}  # fmt: skip
KRS: Row = {
    "No. Kartu Keluarga": "9963110101200001", "NIK Kepala Keluarga": "9963110101200001",
    "Nama Kepala Keluarga": "Ayah Contoh", "NIK Istri": "9963110101200002", "Nama Istri": "Ibu Contoh",
    "Kecamatan": "Juai", "Desa": "Galumbang", "Punya Anak 0-23 Bulan": "1", "Punya Anak 24-59 Bulan": "2", "PUS": "1",
    "PUS Hamil": "2", "Keluarga Tidak Mempunyai Sumber Air Minum Utama yang Layak": "1",
    "Keluarga Tidak Mempunyai Jamban yang Layak": "2", "PUS 4 Terlalu Muda (Umur Istri < 20 Tahun)": "2",
    "PUS 4 Terlalu Tua (Umur Istri 35 sd 40 Tahun)": "2", "PUS 4 Terlalu Dekat (< 2 Tahun)": "2",
    "PUS 4 Terlalu Banyak (≥ 3 Anak)": "2", "Bukan Peserta KB Modern": "1", "Jenis Pendampingan yang Diterima": "3,7",
}  # fmt: skip


def as_table(rows: list[Row], base: Row) -> Table:
    """Return header and rows; every row is `base` with its changes, further columns at the end."""
    header = list(dict.fromkeys([*base, *(label for row in rows for label in row)]))
    return [list(header), *([(base | row).get(label, "") for label in header] for row in rows)]


def take_parameter(path: Path, **options: object) -> Checked:
    """Return accepted rows, all findings and the sheet of a file of parameters."""
    sheet = read_sheet(path)
    table, found = standardize_parameter(sheet)
    accepted, more = check_parameter(table, sheet, **options)
    return accepted, found + more, sheet


def take_bumil(path: Path, **options: object) -> Checked:
    """Return accepted rows, all findings and the sheet of a file of pregnant women."""
    sheet = read_sheet(path)
    table, found = standardize_bumil(sheet)
    accepted, more = check_bumil(table, sheet, **options)
    return accepted, found + more, sheet


def take_krs(path: Path, periode: str | None = "2022-05") -> Checked:
    """Return accepted families, all findings and the sheet of a KRS file."""
    sheet = read_sheet(path)
    table, found = standardize_krs(sheet, periode)
    accepted, more = check_krs(table, sheet)
    return accepted, found + more, sheet


def places(findings: list[Finding]) -> list[tuple[int, str, str]]:
    """Return (row, header, rule) of every finding, sorted."""
    return sorted((finding.baris, finding.kolom, finding.aturan) for finding in findings)


def refused(findings: list[Finding]) -> set[int]:
    """Return the rows that are kept out."""
    return {finding.baris for finding in findings if finding.tingkat == "tolak"}
