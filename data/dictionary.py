"""The data dictionary (.xlsx): every column of every table, and every rule a row is checked against, from `config/`."""

import datetime as dt
import io

import xlsxwriter
from xlsxwriter.format import Format

from config.colours import load_colours
from config.columns import REFUSAL_COLUMN, Column, Kind, load_kinds
from config.rules import load_rules

FILE = "kamus_data.xlsx"
MADE = dt.datetime(2022, 1, 1)  # not the clock: the same dictionary is the same file
COLUMNS = {"kolom": 26, "wajib": 8, "isi": 14, "satuan": 10, "pilihan": 44, "judul lain yang dikenal": 50, "arti": 80}
RULES = {"aturan": 30, "untuk": 10, "tingkat": 12, "kalimat": 120}
KINDS_OF_CELL = {
    "teks": "teks", "nik": "nomor 16 angka", "identitas": "nomor, sebagai teks", "angka": "angka", "ukuran": "angka",
    "tanggal": "hari/bulan/tahun", "periode": "tahun-bulan", "pilihan": "pilihan", "jawaban": "1, 0, atau TB",
    "abaikan": "tidak dibaca",
}  # fmt: skip


def dictionary_bytes() -> bytes:
    """Return the dictionary as an .xlsx file, always the same bytes: one sheet a kind of table, then the rules."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": "Kamus data BALANTING", "created": MADE})
        head = book.add_format({"bold": True, "font_color": "white", "bg_color": load_colours()["merek"].hex})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        for kind in load_kinds().values():
            if kind.didukung:
                _write(book, kind.id, COLUMNS, _columns(kind), (head, wrap))
        _write(book, "aturan", RULES, _rules(), (head, wrap))
    return buffer.getvalue()


def _columns(kind: Kind) -> list[list[str]]:
    return [_describe(column) for column in kind.kolom if column != REFUSAL_COLUMN]


def _describe(column: Column) -> list[str]:
    duty = "ya" if column.wajib else "tidak"
    choices, spellings = ", ".join(column.nilai), ", ".join(column.ejaan)
    return [column.label, duty, KINDS_OF_CELL[column.jenis], column.satuan, choices, spellings, column.keterangan]


def _rules() -> list[list[str]]:
    """Return one line a sentence; what the program fills in stands as {isian}."""
    return [
        [rule.id, rule.lingkup, rule.tingkat, sentence]
        for rule in load_rules().values()
        for sentence in rule.pesan.values()
    ]


def _write(
    book: xlsxwriter.Workbook, name: str, titles: dict[str, int], rows: list[list[str]], formats: tuple[Format, Format]
) -> None:
    sheet = book.add_worksheet(name)
    for position, (title, width) in enumerate(titles.items()):
        sheet.set_column(position, position, width, formats[1])
        sheet.write_string(0, position, title, formats[0])
    for number, row in enumerate(rows, start=1):
        for position, cell in enumerate(row):
            sheet.write_string(number, position, cell)
    sheet.freeze_panes(1, 1)
