"""The command `contoh`: writes the deterministic sample data as the files a user would upload."""

import datetime as dt
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from data.sample import as_export, sample_rounds
from data.sample_activities import PER_DAY, as_activities_file, sample_activities
from data.sample_bumil import as_bumil_file, sample_bumil
from data.sample_parameter import as_parameter_file, sample_answers

TITLE = "DATA CONTOH - bukan data anak sungguhan"
READ_ME = "BACA_DAHULU.txt"
# A fixed moment instead of the clock: the same sample is the same file, byte for byte.
MADE = dt.datetime(2022, 9, 30)

EXPLANATION = """{title}

Berkas di folder ini dibuat oleh program. Semua anak, ibu, orang tua, NIK, ukuran, dan jawaban di dalamnya karangan:
NIK diawali 99 (bukan kode provinsi mana pun) dan nama setiap anak dan ibu berakhir dengan kata Contoh.

{files}

Berkas eppgbm berbentuk seperti ekspor e-PPGBM (susunan kolom generasi kedua), dengan satu baris judul di atasnya.
Angka tiap kecamatan dan kabupaten menuruti angka yang tercetak di laporan BALANTING; {exactness}
Rincian per desa, dan putaran Februari dan Agustus 2022, tidak tercetak di mana pun: karangan yang masuk akal.
Puskesmas diberi nama kecamatannya; posyandu, RT, dan RW karangan.

Berkas kegiatan memuat lima kegiatan dari Tabel 2 laporan dengan angkanya; tujuan dan hasilnya diringkas.
Berkas parameter dan bumil berbentuk seperti templatnya. Banyaknya sasaran (171 balita pada Mei 2022 dan 245 sekarang,
65 ibu hamil KEK) dan yang dikatakan laporan tentang parameternya dipenuhi; jawaban tiap keluarga karangan.

Cara memakai:
  python3 balanting.py impor NAMA_BERKAS
Data contoh tidak boleh dicampur dengan data sungguhan.
"""
EXACT = "cacahnya tepat."
SCALED = "karena jumlah anak diubah (--banyak), hanya kira-kira."


@dataclass(frozen=True)
class SampleFile:
    """One file to write: its name, the one line that explains it, the table as a user would upload it."""

    nama: str
    isi: str
    tabel: pd.DataFrame


def run(keluar: Path, banyak: int | None) -> int:
    """Write the sample files and `READ_ME` into `keluar` (made if missing); return 0, or 2 where that is impossible."""
    try:
        keluar.mkdir(parents=True, exist_ok=True)
        lines = []
        for file in sample_files(banyak):
            write_xlsx(file.tabel, keluar / file.nama)
            lines.append(f"- {file.nama}: {file.isi}")
            print(f"{file.nama}: {file.isi}", flush=True)
        exactness = SCALED if banyak else EXACT
        text = EXPLANATION.format(title=TITLE, files="\n".join(lines), exactness=exactness)
        (keluar / READ_ME).write_text(text, encoding="utf-8", newline="\n")
    except (OSError, FileCreateError):
        print(f"Tidak dapat menulis ke {keluar}. Tutup berkas yang terbuka atau pilih folder lain.", file=sys.stderr)
        return 2
    print(f"Data contoh ditulis ke {keluar}. Baca {READ_ME}.")
    return 0


def sample_files(banyak: int | None) -> Iterator[SampleFile]:
    """Yield the files of the sample; `banyak` changes only the number of measured children."""
    for periode, table in sample_rounds(banyak).items():
        rows = f"{len(table):,}".replace(",", ".")
        name, content = f"eppgbm_{periode}_CONTOH.xlsx", f"pengukuran balita {periode}, {rows} baris"
        yield SampleFile(name, content, as_export(table))
    for periode, table in sample_answers().items():
        name, content = f"parameter_{periode}_CONTOH.xlsx", f"parameter keluarga {periode}, {len(table)} sasaran"
        yield SampleFile(name, content, as_parameter_file(table))
    for periode, table in sample_bumil().items():
        name, content = f"bumil_{periode}_CONTOH.xlsx", f"ibu hamil KEK {periode}, {len(table)} ibu"
        yield SampleFile(name, content, as_bumil_file(table))
    activities = sample_activities()
    name, content = f"kegiatan_{PER_DAY[:7]}_CONTOH.xlsx", f"{len(activities)} kegiatan sampai akhir {PER_DAY[:4]}"
    yield SampleFile(name, content, as_activities_file(activities))


def write_xlsx(table: pd.DataFrame, path: Path) -> None:
    """Write a table of texts and numbers as .xlsx: title, header, rows; no cell becomes a formula or a link.

    XlsxWriter and not openpyxl: twice as fast on these tables, and its files hold no time of writing.
    """
    plain = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, plain) as book:
        book.set_properties({"title": TITLE, "created": MADE})
        sheet = book.add_worksheet("Data contoh")
        sheet.write_string(0, 0, TITLE)
        sheet.write_row(1, 0, table.columns)
        for number, row in enumerate(table.itertuples(index=False, name=None), start=2):
            sheet.write_row(number, 0, row)
