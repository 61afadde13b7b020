"""The command line in Indonesian: commands, options, help, and one sentence for a mistake. Standard library only."""

import argparse
import re
import sys
from pathlib import Path
from typing import Any, NoReturn

ROOMS = ("publik", "rapat", "petugas")
TABLES = ("prevalensi", "parameter", "perbandingan", "kek", "kegiatan", "mutu", "terbitan")
LEVELS = ("kabupaten", "kecamatan", "kelompok", "desa")
SMALLEST = "posyandu"  # of the table mutu only
KINDS = ("eppgbm", "parameter", "bumil", "krs", "kegiatan")

# What argparse says of a mistake, and what we say instead; {0}, {1} are the groups.
MISTAKES = [
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", "{0}: {1} tidak dikenal. Pilihannya: {2}."),
    (r"argument (.+?): invalid (?:int|Path|.+?) value: (.+)", "{0}: nilai {1} tidak sah."),
    (r"argument (.+?): expected .*argument.*", "{0}: nilainya belum ditulis."),
    (r"the following arguments are required: (.+)", "Belum lengkap, masih perlu: {0}."),
    (r"unrecognized arguments: (.+)", "Tidak dikenal: {0}."),
]


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Indonesian and exits 2 with one line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=Formatter, **options)
        self._positionals.title = "Masukan"
        self._optionals.title = "Pilihan"
        self.add_argument("-h", "--help", "--bantuan", action="help", help="tampilkan bantuan ini")

    def error(self, message: str) -> NoReturn:
        """Say in one line what is wrong and how to see the help."""
        for pattern, sentence in MISTAKES:
            if found := re.fullmatch(pattern, message):
                message = sentence.format(*found.groups())
                break
        print(f"{message} Lihat: python3 {self.prog} --help", file=sys.stderr)
        raise SystemExit(2)


class Formatter(argparse.HelpFormatter):
    """Help with an Indonesian usage line."""

    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """Write the usage line with our own prefix."""
        super().add_usage(usage, actions, groups, "Pemakaian: " if prefix is None else prefix)


def parse(arguments: list[str]) -> argparse.Namespace:
    """Return the asked command and its options; exit 2 with a sentence for a mistake."""
    if arguments[:1] == ["uji"] and not {"-h", "--help", "--bantuan"} & set(arguments[1:2]):
        return argparse.Namespace(perintah="uji", pytest=arguments[1:])  # everything after it belongs to pytest
    return build_parser().parse_args(arguments)


def build_parser() -> Parser:
    """Return the parser of every command."""
    parser = Parser(prog="balanting.py", description="BALANTING: dasbor Balangan Lawan Stunting.")
    commands = parser.add_subparsers(dest="perintah", title="Perintah", metavar="PERINTAH", required=True)
    _add_serving(commands)
    _add_tables(commands)
    _add_keeping(commands)
    return parser


def _add_serving(commands: "argparse._SubParsersAction[Parser]") -> None:
    run = commands.add_parser("jalankan", help="jalankan dasbor; tanpa data sendiri yang tampil data contoh")
    run.add_argument("--port", type=_port, default=8501, metavar="N", help="nomor port (bawaan 8501)")
    run.add_argument(
        "--alamat", default="127.0.0.1", metavar="A", help="alamat yang dilayani (bawaan hanya komputer ini)"
    )
    run.add_argument("--tanpa-browser", action="store_true", help="jangan buka peramban")
    test = commands.add_parser("uji", help="jalankan semua pemeriksaan dan uji")
    test.add_argument("pytest", nargs=argparse.REMAINDER, metavar="...", help="pilihan untuk pytest")


def _add_tables(commands: "argparse._SubParsersAction[Parser]") -> None:
    take = commands.add_parser("impor", help="baca, periksa, dan simpan tabel")
    take.add_argument("berkas", nargs="+", type=Path, metavar="BERKAS", help="berkas xlsx, xls, atau csv")
    take.add_argument("--jenis", choices=KINDS, metavar="J", help=f"jenis tabel: {', '.join(KINDS)}")
    take.add_argument("--periode", type=_month, metavar="TTTT-BB", help="bulan data, untuk memeriksa tanggal")
    take.add_argument("--lapor", type=Path, metavar="OUT.json", help="tulis laporan temuan ke berkas ini")
    take.add_argument("--uji-coba", action="store_true", help="periksa saja, tidak menyimpan apa pun")
    score = commands.add_parser("zskor", help="hitung z-skor tabel pengukuran")
    score.add_argument("masuk", type=Path, metavar="MASUK.csv", help="tabel pengukuran")
    score.add_argument("keluar", type=Path, metavar="KELUAR.csv", help="berkas hasil")
    table = commands.add_parser("angka", help="tulis satu tabel dasbor sebagai CSV")
    table.add_argument("nama", choices=TABLES, metavar="NAMA", help=f"nama tabel: {', '.join(TABLES)}")
    levels = (*LEVELS, SMALLEST)
    table.add_argument("--tingkat", choices=levels, default="kabupaten", metavar="T", help=", ".join(levels))
    table.add_argument("--periode", type=_month, metavar="TTTT-BB", help="satu bulan; tanpa ini semua bulan")
    table.add_argument("--awal", type=_month, metavar="TTTT-BB", help="bulan awal perbandingan")
    table.add_argument("--kini", type=_month, metavar="TTTT-BB", help="bulan kini perbandingan")
    table.add_argument("--ruang", choices=ROOMS, default="publik", metavar="R", help=", ".join(ROOMS))
    table.add_argument("--wilayah", metavar="KODE", help="kode kabupaten, kecamatan, kelompok, atau desa")
    sample = commands.add_parser("contoh", help="tulis data contoh sebagai berkas yang dapat diimpor")
    sample.add_argument("--banyak", type=_count, metavar="N", help="jumlah balita (bawaan sekitar 10.500)")
    sample.add_argument("--keluar", type=Path, required=True, metavar="DIR", help="folder tujuan")


def _add_keeping(commands: "argparse._SubParsersAction[Parser]") -> None:
    keep = commands.add_parser("cadangkan", help="simpan seluruh penyimpanan ke satu berkas (memuat nama)")
    keep.add_argument("berkas", type=Path, metavar="BERKAS.zip", help="berkas baru; yang sudah ada tidak ditimpa")
    bring = commands.add_parser("pulihkan", help="pulihkan seluruh penyimpanan dari berkas cadangan")
    bring.add_argument("berkas", type=Path, metavar="BERKAS.zip", help="berkas yang ditulis cadangkan")


def _month(text: str) -> str:
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        raise ValueError(text)
    return text


def _port(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 65535:
        raise ValueError(text)
    return number


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number
