"""Blank tables to fill in (.xlsx): drop-downs and notes, made from the column lists and the catalogue."""

import datetime as dt
import io
from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from config.colours import load_colours
from config.columns import Column, load_kinds
from config.parameters import parameters_of
from config.places import load_desa, load_kecamatan
from config.rules import limit

TEMPLATES = (("parameter", "balita"), ("parameter", "bumil"), ("bumil", None), ("kegiatan", None))
"""The kinds of table there is a template for, with the group of sasaran whose parameters it asks."""

ROWS = 2000  # with drop-downs
TABLE_SHEET, HELP_SHEET, DESA_SHEET = "Isian", "Petunjuk", "Daftar desa"
MADE = dt.datetime(2022, 1, 1)  # not the clock: the same template is the same file, byte for byte
EARLIEST = dt.date(2015, 1, 1)
LONGEST_TITLE, LONGEST_MESSAGE = 32, 255  # what Excel shows beside a cell
WIDTHS = {"nama": 26, "kegiatan": 40, "tujuan": 40, "output": 40, "desa": 22, "kecamatan": 18, "jawaban": 7}
WIDTH = 14
ANSWERS = ["1", "0", "TB"]


def template_name(jenis: str, jenis_sasaran: str | None = None) -> str:
    """Return the file name of a template."""
    return "_".join(["templat", jenis, *([jenis_sasaran] if jenis_sasaran else [])]) + ".xlsx"


def template_bytes(jenis: str, jenis_sasaran: str | None = None) -> bytes:
    """Return a blank table of a kind as an .xlsx file, always the same bytes.

    `jenis_sasaran` ("balita" or "bumil") leaves out the parameters of the other group. Raises KeyError for an unknown
    kind, ValueError for a kind without template or an unknown group.
    """
    columns = _columns(jenis, jenis_sasaran)
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"title": f"Templat {load_kinds()[jenis].nama}", "created": MADE})
        formats = _formats(book)
        table = book.add_worksheet(TABLE_SHEET)
        _write_help(book.add_worksheet(HELP_SHEET), columns, formats)
        if any(column.nama == "desa" for column in columns):
            _write_desa(book.add_worksheet(DESA_SHEET), formats)
        for position, column in enumerate(columns):
            _write_column(table, position, column, formats)
            _restrict(table, position, column, jenis_sasaran)
        table.freeze_panes(1, 1)
    return buffer.getvalue()


def _columns(jenis: str, jenis_sasaran: str | None) -> list[Column]:
    """Return the columns that a user fills in."""
    if jenis not in {known for known, _ in TEMPLATES}:
        raise ValueError(f"Tidak ada templat untuk {load_kinds()[jenis].nama}.")
    left_out: set[str] = set()
    if jenis_sasaran is not None:
        asked = {parameter.kode for parameter in parameters_of(jenis_sasaran)}
        left_out = {column.nama for column in load_kinds()[jenis].kolom if column.jenis == "jawaban"} - asked
    return [column for column in load_kinds()[jenis].kolom if column.jenis != "abaikan" and column.nama not in left_out]


def _formats(book: xlsxwriter.Workbook) -> dict[str, Format]:
    colours = load_colours()
    head = {"bold": True, "font_color": "white", "valign": "vcenter", "border": 1}
    return {
        "wajib": book.add_format(head | {"bg_color": colours["merek"].hex}),
        "bebas": book.add_format(head | {"bg_color": colours["tinta2"].hex}),
        "teks": book.add_format({"num_format": "@"}),
        "tanggal": book.add_format({"num_format": "dd/mm/yyyy"}),
        "petunjuk": book.add_format({"text_wrap": True, "valign": "top"}),
    }


def _write_column(sheet: Worksheet, position: int, column: Column, formats: dict[str, Format]) -> None:
    """Write the header with its note, and the width and type of the cells below."""
    sheet.write_string(0, position, column.label, formats["wajib" if column.wajib else "bebas"])
    sheet.write_comment(0, position, _note(column), {"x_scale": 2, "y_scale": 1.4})
    width = WIDTHS.get(column.nama, WIDTHS.get(column.jenis, WIDTH))
    kind = "tanggal" if column.jenis == "tanggal" else "teks"
    plain = column.jenis in ("angka", "ukuran", "jawaban")
    sheet.set_column(position, position, width, None if plain else formats[kind])


def _note(column: Column) -> str:
    duty = "Kolom wajib. " if column.wajib else ""
    choices = f" Isi {', '.join(column.nilai)}." if column.nilai else ""
    if column.jenis == "jawaban":
        choices = " Isi 1 bila mengalami, 0 bila tidak, TB bila tidak berlaku; kosong bila tidak ditanyakan."
    return f"{duty}{column.keterangan.rstrip('.')}.{choices}"


def _restrict(sheet: Worksheet, position: int, column: Column, jenis_sasaran: str | None) -> None:
    """Give the cells of a column their drop-down or limits, and the note that appears beside a cell."""
    title = column.keterangan.split(".")[0] if column.jenis == "jawaban" else column.label
    rule: dict[str, object] = {
        "validate": "any",
        "input_title": _cut(title, LONGEST_TITLE),
        "input_message": _cut(_note(column), LONGEST_MESSAGE),
        "error_title": _cut(column.label, LONGEST_TITLE),
    }
    rule |= _limits(position, column, jenis_sasaran)
    sheet.data_validation(1, position, ROWS, position, rule)


def _limits(position: int, column: Column, jenis_sasaran: str | None) -> dict[str, object]:
    """Return what a cell of the column may hold, in the words of XlsxWriter."""
    if column.nama == "desa":
        message = f"Pilih nama dari daftar, atau tulis kode Kemendagri desa (lembar {DESA_SHEET})."
        source = f"='{DESA_SHEET}'!$A$2:$A${1 + len(_desa_names())}"
        return {"validate": "list", "source": source, "error_type": "information", "error_message": message}
    if choices := _choices(column, jenis_sasaran):
        message = f"Isi {', '.join(choices)}; kosongkan bila tidak ada."
        return {"validate": "list", "source": choices, "error_message": _cut(message, LONGEST_MESSAGE)}
    if column.jenis == "periode":
        cell = f"{xl_col_to_name(position)}2"
        formula = f'=AND(LEN({cell})=7,MID({cell},5,1)="-",ISNUMBER(-LEFT({cell},4)),ISNUMBER(-RIGHT({cell},2)))'
        return {"validate": "custom", "value": formula, "error_message": "Tulis tahun-bulan, misalnya 2022-05."}
    if column.jenis == "tanggal":
        message = "Tulis tanggal dengan urutan hari/bulan/tahun."
        return {"validate": "date", "criteria": ">=", "value": EARLIEST, "error_message": message}
    return _number_limits(column) if column.jenis in ("angka", "ukuran") else {}


def _number_limits(column: Column) -> dict[str, object]:
    if column.satuan == "kali":
        message = "Isi bilangan bulat mulai dari 0."
        return {"validate": "integer", "criteria": ">=", "value": 0, "error_message": message}
    low, high = limit(f"{column.nama}_dari"), limit(f"{column.nama}_sampai")
    message = f"Isi angka antara {low:g} dan {high:g} {column.satuan}."
    bounds = {"criteria": "between", "minimum": low, "maximum": high}
    return {"validate": "decimal", **bounds, "error_message": message}


def _choices(column: Column, jenis_sasaran: str | None) -> list[str]:
    """Return the words of a drop-down, none for a column without one."""
    if column.jenis == "jawaban":
        return ANSWERS
    if column.nama == "kecamatan":
        names: list[str] = load_kecamatan()["nama"].tolist()
        return names
    return [jenis_sasaran] if column.nama == "jenis_sasaran" and jenis_sasaran else list(column.nilai)


def _desa_names() -> list[str]:
    """Return every name of a desa once, in alphabetical order."""
    names: list[str] = load_desa()["nama"].unique().tolist()
    return sorted(names)


def _write_help(sheet: Worksheet, columns: Sequence[Column], formats: dict[str, Format]) -> None:
    for position, (label, width) in enumerate([("kolom", 24), ("wajib", 8), ("isi", 110)]):
        sheet.write_string(0, position, label, formats["bebas"])
        sheet.set_column(position, position, width, formats["petunjuk"])
    for number, column in enumerate(columns, start=1):
        sheet.write_row(number, 0, [column.label, "ya" if column.wajib else "tidak", _note(column)])


def _write_desa(sheet: Worksheet, formats: dict[str, Format]) -> None:
    """Write the names for the drop-down, and beside them every desa with its code."""
    desa = load_desa().sort_values(["kecamatan", "nama"])
    labels = ["nama (untuk pilihan)", "", "kecamatan", "desa", "kode desa"]
    columns = [_desa_names(), [], *(desa[name].tolist() for name in ("kecamatan", "nama", "kode"))]
    for position, (label, texts) in enumerate(zip(labels, columns, strict=True)):
        if label:
            sheet.write_string(0, position, label, formats["bebas"])
        sheet.write_column(1, position, texts)
        sheet.set_column(position, position, 24)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
