"""Builds e-PPGBM export files for the tests: three generations, every format, the same invented children."""

import csv
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import openpyxl

Table = list[list[object]]

GENERATION_1 = [
    "NIK", "Nama", "JK", "Tgl Lahir", "BB Lahir", "TB Lahir", "Nama Ortu", "Prov", "Kab/Kota", "Kec", "Pukesmas",
    "Desa/Kel", "Posyandu", "RT", "RW", "Alamat", "Usia Saat Ukur", "Tanggal Pengukuran", "Berat", "Tinggi", "LiLA",
    "BB/U", "ZS BB/U", "TB/U", "ZS TB/U", "BB/TB", "ZS BB/TB", "Naik Berat Badan", "PMT Diterima (kg)", "Jml Vit A",
    "KPSP", "KIA",
]  # fmt: skip
GENERATION_2 = [
    "NIK", "Nama", "JK", "Tgl Lahir", "BB Lahir", "TB Lahir", "Nama Ortu", "Prov", "Kab/Kota", "Kec", "Pukesmas",
    "Desa/Kel", "Posyandu", "RT", "RW", "Alamat", "Usia Saat Ukur", "Tanggal Pengukuran", "Berat", "Tinggi",
    "Cara Ukur", "LiLA", "BB/U", "ZS BB/U", "TB/U", "ZS TB/U", "BB/TB", "ZS BB/TB", "Naik Berat Badan", "Jml Vit A",
    "KPSP", "KIA", "Detail",
]  # fmt: skip
GENERATION_3 = [
    "No", "NIK", "Nama", "JK", "Tgl Lahir", "BB Lahir", "TB Lahir", "Nama Ortu", "Prov", "Kab/Kota", "Kec",
    "Pukesmas", "Desa/Kel", "Posyandu", "RT", "RW", "Alamat", "Total Pengukuran", "Usia Saat Ukur",
    "Tanggal Pengukuran", "Berat", "Tinggi", "Cara Ukur", "LiLA", "BB/U", "ZS BB/U", "TB/U", "ZS TB/U", "BB/TB",
    "ZS BB/TB", "Naik Berat Badan", "Jml Vit A", "KPSP", "KIA", "Kelas Ibu Balita", "MBG", "Detail",
]  # fmt: skip
GENERATIONS = {1: GENERATION_1, 2: GENERATION_2, 3: GENERATION_3}
# Columns that every generation has, by their names in the standardized table.
ALWAYS_THERE = [
    "nik", "nama", "jk", "tgl_lahir", "berat_lahir_kg", "tinggi_lahir_cm", "nama_ortu", "provinsi", "kabupaten",
    "kecamatan", "puskesmas", "desa", "posyandu", "rt", "rw", "alamat", "usia_teks", "tgl_ukur", "berat_kg",
    "tinggi_cm", "lila_cm", "status_bbu_asal", "zs_bbu_asal", "status_tbu_asal", "zs_tbu_asal", "status_bbtb_asal",
    "zs_bbtb_asal", "naik_berat", "vitamin_a", "kpsp", "kia", "kode_desa",
]  # fmt: skip
NUMBERS = {"BB Lahir", "TB Lahir", "Berat", "Tinggi", "LiLA", "ZS BB/U", "ZS TB/U", "ZS BB/TB"}
DATES = {"Tgl Lahir", "Tanggal Pengukuran"}

_LINES = """
NIK              Nama          JK Tgl_Lahir  Kec              Desa/Kel         Tanggal_P  Berat Tinggi Cara_Ukur  LiLA
9963110101200001 Anak_Contoh_A L  2020-07-17 Juai             Galumbang        2022-06-04 10.6  81.5   Berdiri    14
9963110101200002 Anak_Contoh_B P  2021-02-02 Halong           Hauwai           2022-06-05 8.2   73     Terlentang 13.5
9963110101200003 Anak_Contoh_C L  2021-09-30 Awayan           Sei_Pumpung      2022-06-06 7.8   67     Terlentang 0
9963110101200004 Anak_Contoh_D P  2018-01-01 Batumandi        Lok_Batu         2022-06-07 14.2  98.4   Berdiri    15
02022**********  Anak_Contoh_E L  2019-11-11 Paringin         Lok_Batung       2022-06-08 12    89.9   Berdiri    -
9963110101200006 Anak_Contoh_F P  2022-05-20 Tebing_Tinggi    Ju'uh            2022-06-09 4.1   53.2   Telentang  -
9963110101200007 Anak_Contoh_G L  2020-02-29 Paringin_Selatan Galumbang        2022-06-10 11.3  84.0   Berdiri    14
9963110101200008 Anak_Contoh_H P  2017-06-20 Lampihong        Lampihong_Kanan  2022-06-11 15.9  104.5  Berdiri    15.5
"""
_THE_SAME_FOR_ALL = {
    "BB Lahir": "3.1", "TB Lahir": "49", "Nama Ortu": "AYAH CONTOH / IBU RENÉE", "Prov": "KALIMANTAN SELATAN",
    "Kab/Kota": "BALANGAN", "Pukesmas": "CONTOH", "Posyandu": "MELATI", "RT": "1", "RW": "-", "Alamat": "JL. CONTOH NO 1",
    "Usia Saat Ukur": "1 Tahun - 10 Bulan - 18 Hari", "BB/U": "Berat Badan Normal", "ZS BB/U": "-1.04", "TB/U": "Pendek",
    "ZS TB/U": "-2.54", "BB/TB": "Gizi Baik", "ZS BB/TB": "0.39", "Naik Berat Badan": "N", "PMT Diterima (kg)": "-",
    "Jml Vit A": "1", "KPSP": "Tidak", "KIA": "Ya", "Kelas Ibu Balita": "Tidak", "MBG": "Tidak", "Detail": "-",
}  # fmt: skip


def make_children() -> list[dict[str, str]]:
    """Return the invented children, each {export header: text}; every one would be accepted."""
    header, *lines = (line.split() for line in _LINES.strip().splitlines())
    labels = [label.replace("_P", " Pengukuran").replace("Tanggal_", "Tanggal ").replace("_", " ") for label in header]
    return [
        dict(zip(labels, (cell.replace("_", " ") for cell in line), strict=True)) | _THE_SAME_FOR_ALL for line in lines
    ]


def make_table(generation: int, children: Sequence[dict[str, str]]) -> Table:
    """Return header and rows as a generation of the export writes them, every cell a text."""
    header = GENERATIONS[generation]
    rows: Table = [
        [child.get(label, {"No": str(number), "Total Pengukuran": "7"}.get(label, "-")) for label in header]
        for number, child in enumerate(children, start=1)
    ]
    return [list(header), *rows]


def as_typed(table: Table) -> Table:
    """Return the table with numbers and ISO dates as numbers and dates, as a spreadsheet program would keep them."""
    header, *rows = table
    return [header, *([_typed(str(label), cell) for label, cell in zip(header, row, strict=True)] for row in rows)]


def _typed(label: str, cell: object) -> object:
    try:
        if label in NUMBERS:
            return float(str(cell))
        return dt.date.fromisoformat(str(cell)) if label in DATES else cell
    except ValueError:
        return cell


def write_xlsx(
    path: Path, table: Table, titles: Sequence[str] = (), cover: bool = False, formulas: bool = False
) -> Path:
    """Write a workbook; `titles` stand above the header, `cover` puts a sheet without a table before it.

    Texts with `=` stay texts unless `formulas` makes them formulas (without a value: nothing here calculates).
    """
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    if cover:
        sheet.title = "Sampul"
        sheet["B2"] = "Laporan bulanan"
        sheet = workbook.create_sheet("Data")
    for row in [*([title] for title in titles), *table]:
        sheet.append(row)
    for cell in () if formulas else (cell for line in sheet.iter_rows() for cell in line):
        if cell.data_type == "f":
            cell.data_type = "s"
    workbook.save(path)
    return path


def write_csv(path: Path, table: Table, separator: str = ",", encoding: str = "utf-8-sig", comma: bool = False) -> Path:
    """Write a text table; `comma` writes the decimal mark of numbers as a comma."""
    header, *rows = table
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=separator)
        writer.writerow(header)
        for row in rows:
            writer.writerow(_with_commas(header, row) if comma else row)
    return path


def _with_commas(header: list[object], row: list[object]) -> list[object]:
    return [str(cell).replace(".", ",") if label in NUMBERS else cell for label, cell in zip(header, row, strict=True)]


def write_html(path: Path, table: Table, without_total: bool = False) -> Path:
    """Write the web page that the export calls ".xls"; `without_total` leaves that cell out of the rows, not of the header."""
    header, *rows = table
    left_out = header.index("Total Pengukuran") if without_total else None
    lines = [_html_row("th", [str(label).replace(" ", "<br>") for label in header])]
    for row in rows:
        lines.append(_html_row("td", [cell for place, cell in enumerate(row) if place != left_out]))
    page = f"<html><head><meta charset='utf-8'></head><body><table border=1>\n{chr(10).join(lines)}\n</table></body></html>"
    path.write_text(page, encoding="utf-8")
    return path


def _html_row(tag: str, cells: Sequence[object]) -> str:
    return "<tr>" + "".join(f"<{tag}>&nbsp;{'' if cell == '-' else cell}</{tag}>" for cell in cells) + "</tr>"
