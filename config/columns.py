"""The columns of the tables that can be uploaded, their header spellings, and the kinds of table known by them."""

import csv
import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from config.parameters import load_parameters

FOLDER = Path(__file__).parent
COLUMN_TYPES = ("teks", "nik", "identitas", "angka", "ukuran", "tanggal", "periode", "pilihan", "jawaban", "abaikan")


@dataclass(frozen=True)
class Column:
    """One column of a table.

    `nama` is the name used inside, `label` the export's own header, `ejaan` other headers met, `jenis` one of
    `COLUMN_TYPES` ("ukuran" is a number whose 0 means not measured; "identitas" a number that is kept as text;
    "periode" a month; "jawaban" the answer to a parameter; "abaikan" is known but carries nothing to keep), `satuan`
    its unit, `nilai` the accepted words of a "pilihan" as {value: words}.
    """

    nama: str
    label: str
    ejaan: tuple[str, ...]
    jenis: str
    satuan: str
    wajib: bool
    nilai: dict[str, tuple[str, ...]]
    keterangan: str

    def header_keys(self) -> set[str]:
        """Return every spelling of the header as `header_key` gives it."""
        return {header_key(spelling) for spelling in (self.nama, self.label, *self.ejaan)}


REFUSAL_COLUMN = Column(
    "pesan_penolakan", "Pesan penolakan", (), "abaikan", "", False, {}, "Mengapa baris ditolak; tidak dibaca kembali"
)
"""The column that the file of refused rows has more than what was uploaded; corrected, it comes back with it."""


@dataclass(frozen=True)
class Kind:
    """One kind of table: id, Indonesian name, whether it can be imported, its columns and the headers that mark it.

    `tanda_baris`: columns that are all blank in a line that is no row of data; `sel_inti`: columns whose cells no row
    may lack.
    """

    id: str
    nama: str
    didukung: bool
    kolom: tuple[Column, ...]
    pengenal: tuple[frozenset[str], ...]
    tanda_baris: tuple[str, ...] = ()
    sel_inti: tuple[str, ...] = ()

    def wajib(self) -> tuple[Column, ...]:
        """Return the columns that must be in the header."""
        return tuple(column for column in self.kolom if column.wajib)


def header_key(label: object) -> str:
    """Reduce a header to small letters and digits, so that case, spaces, line breaks and punctuation do not matter."""
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKC", str(label)).lower())


def _split(cell: str, mark: str = "|") -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(mark) if part.strip())


def _read_values(cell: str) -> dict[str, tuple[str, ...]]:
    pairs = (part.split("=", 1) for part in _split(cell, ";"))
    return {value: _split(words) for value, words in pairs}


@cache
def load_columns(file_name: str = "kolom_eppgbm.csv") -> tuple[Column, ...]:
    """Return the columns of one table in the order of its file."""
    with (FOLDER / file_name).open(encoding="utf-8", newline="") as file:
        return tuple(
            Column(
                nama=row["nama"],
                label=row["label"],
                ejaan=_split(row["ejaan"]),
                jenis=row["jenis"],
                satuan=row["satuan"],
                wajib=row["wajib"] == "ya",
                nilai=_read_values(row["nilai"]),
                keterangan=row["keterangan"],
            )
            for row in csv.DictReader(file)
        )


@cache
def load_kinds() -> dict[str, Kind]:
    """Return every kind of table that is recognised, by its id."""
    kinds = {}
    for kind_id, entry in tomllib.loads((FOLDER / "jenis_tabel.toml").read_text(encoding="utf-8"))["jenis"].items():
        signatures = tuple(frozenset(header_key(label) for label in labels) for labels in entry.get("pengenal", ()))
        columns = load_columns(entry["kolom"]) if "kolom" in entry else ()
        if entry.get("katalog"):
            columns += parameter_columns()
        if columns:
            columns += (REFUSAL_COLUMN,)
        marks = {name: tuple(entry.get(name, ())) for name in ("tanda_baris", "sel_inti")}
        kinds[kind_id] = Kind(kind_id, entry["nama"], entry["didukung"], columns, signatures, **marks)
    return kinds


def parameter_columns() -> tuple[Column, ...]:
    """Return one column a parameter of the catalogue, named by its code; the code may be followed by the short name."""
    return tuple(
        Column(
            nama=parameter.kode,
            label=parameter.kode,
            ejaan=(f"{parameter.kode} {parameter.nama}",),
            jenis="jawaban",
            satuan="",
            wajib=False,
            nilai={},
            keterangan=f"{parameter.nama}. {parameter.definisi}",
        )
        for parameter in load_parameters()
    )


@cache
def load_not_data_words() -> tuple[str, ...]:
    """Return the words that open a line which is not a row of data (sums, signatures, notes)."""
    settings = tomllib.loads((FOLDER / "jenis_tabel.toml").read_text(encoding="utf-8"))
    return tuple(settings["bukan_data"]["kata"])


def map_header(header: Iterable[object], kind_id: str = "eppgbm") -> dict[str, list[int]]:
    """Return {column name: positions in the header that carry it}; more than one position means a doubled column."""
    found: dict[str, list[int]] = {}
    names = {key: column.nama for column in load_kinds()[kind_id].kolom for key in column.header_keys()}
    for position, label in enumerate(header):
        name = names.get(header_key(label))
        if name is not None:
            found.setdefault(name, []).append(position)
    return found


def missing_columns(header: Iterable[object], kind_id: str = "eppgbm") -> list[Column]:
    """Return the required columns that the header lacks."""
    found = map_header(header, kind_id)
    return [column for column in load_kinds()[kind_id].wajib() if column.nama not in found]


def match_kind(header: Iterable[object]) -> str | None:
    """Return the id of the kind whose identifying columns are all in the header, or None."""
    labels = list(header)
    keys = {header_key(label) for label in labels}
    for kind in load_kinds().values():
        if any(signature <= keys for signature in kind.pengenal):
            return kind.id
        if kind.kolom and not missing_columns(labels, kind.id):
            return kind.id
    return None


def almost_kind(header: Iterable[object]) -> str | None:
    """Return the kind that has more than half of its required columns in the header: columns were taken out."""
    labels = list(header)
    for kind in load_kinds().values():
        required = kind.wajib()
        if required and len(missing_columns(labels, kind.id)) * 2 < len(required):
            return kind.id
    return None
