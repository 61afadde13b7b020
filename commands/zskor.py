"""`zskor`: scores a CSV of measurements; the same rows and columns come back with z-scores, flags and status."""

import csv
import math
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TextIO, TypeVar

import pandas as pd

from analytics.growth import OEDEMA, score
from analytics.growth_lookup import POSITIONS
from analytics.status import INDICES
from data.growth_tables import SEXES

NEEDED = ("jk", "berat_kg", "tinggi_cm", "cara_ukur", "edema")
AGE, BORN, MEASURED = "umur_hari", "tgl_lahir", "tgl_ukur"
ADDED = [f"{part}_{index}" for part in ("zs", "tanda", "status") for index in INDICES]

BLOCK_ROWS = 50_000
"""Rows held in memory at a time: files of any length are scored in constant memory."""

DAY_WHERE_UNKNOWN = 15
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?", re.ASCII)
ISO_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)

T = TypeVar("T")
Rows = list[tuple[int, list[str]]]


class BadTable(Exception):
    """The file cannot be scored; the text is one Indonesian sentence for the user."""


def run(masuk: Path, keluar: Path) -> int:
    """Score `masuk` into `keluar`; return 0, or 2 with one sentence on standard error and no file written."""
    half_done = keluar.parent / f".{keluar.name}.sementara"
    try:
        with _open_input(masuk) as source, _open_output(half_done, keluar) as target:
            count = _score_table(source, target)
        _finish(half_done, keluar)
    except UnicodeDecodeError:
        problem = f"{masuk} bukan teks UTF-8. Simpan sebagai CSV UTF-8 lalu coba lagi."
    except csv.Error as error:
        problem = f"{masuk} tidak dapat dibaca sebagai CSV ({error}). Simpan ulang sebagai CSV UTF-8."
    except BadTable as mistake:
        problem = str(mistake)
    else:
        print(f"{count} baris dihitung. Hasilnya di {keluar}.")
        return 0
    with suppress(OSError):  # there is nothing to remove where it could not be made
        half_done.unlink(missing_ok=True)
    print(problem, file=sys.stderr)
    return 2


def _open_input(masuk: Path) -> TextIO:
    try:
        return masuk.open(encoding="utf-8-sig", newline="")
    except FileNotFoundError as error:
        raise BadTable(f"Berkas {masuk} tidak ada. Periksa nama dan foldernya.") from error
    except OSError as error:
        raise BadTable(f"Berkas {masuk} tidak dapat dibuka. Periksa apakah itu berkas dan boleh dibaca.") from error


def _open_output(half_done: Path, keluar: Path) -> TextIO:
    try:
        return half_done.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise BadTable(f"{keluar} tidak dapat ditulis. Pilih folder yang ada dan boleh ditulisi.") from error


def _finish(half_done: Path, keluar: Path) -> None:
    try:
        half_done.replace(keluar)
    except OSError as error:
        raise BadTable(f"{keluar} tidak dapat ditulis. Tutup berkas itu di program lain.") from error


def _score_table(source: TextIO, target: TextIO) -> int:
    """Copy the table with its scores, block by block; return the number of rows scored."""
    reader = csv.reader(source, strict=True)
    header = next(reader, None)
    if not header:
        raise BadTable("Berkas kosong. Baris pertama harus berisi nama kolom.")
    columns = _find_columns(header)
    # A table scored before is scored anew: its old scores give way to the new ones.
    kept = [place for place, name in enumerate(header) if name not in ADDED]
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow([*(header[place] for place in kept), *ADDED])
    numbered = ((number, row) for number, row in enumerate(reader, start=2) if row)
    count = 0
    while block := list(islice(numbered, BLOCK_ROWS)):
        _check_widths(block, len(header))
        results = _score_block(block, columns)
        for (_, row), result in zip(block, results, strict=True):
            writer.writerow([*(row[place] for place in kept), *result])
        count += len(block)
    return count


def _find_columns(header: list[str]) -> dict[str, int]:
    """Return the place of every column that scoring uses."""
    names = [name.strip().lower() for name in header]
    missing = [name for name in NEEDED if name not in names]
    if AGE not in names and not {BORN, MEASURED} <= set(names):
        missing.append(f"{AGE} (atau {BORN} dan {MEASURED})")
    if missing:
        hint = " Pisahkan kolom dengan koma, bukan titik koma." if ";" in header[0] else ""
        raise BadTable(f"Kolom tidak ada: {', '.join(missing)}.{hint}")
    used = [name for name in (*NEEDED, AGE, BORN, MEASURED) if name in names]
    for name in used:
        if names.count(name) > 1:
            raise BadTable(f"Kolom {name} muncul lebih dari sekali. Sisakan satu.")
    return {name: names.index(name) for name in used}


def _check_widths(block: Rows, width: int) -> None:
    for number, row in block:
        if len(row) != width:
            raise BadTable(f"Baris {number} berisi {len(row)} kolom, padahal judulnya {width}. Periksa koma dan kutip.")


def _score_block(block: Rows, columns: dict[str, int]) -> Iterator[tuple[str, ...]]:
    """Return the added cells of each row."""

    def read(name: str, parse: Callable[[str], T]) -> list[T]:
        return [_parse_cell(number, name, row[columns[name]], parse) for number, row in block]

    ages = read(AGE, _number) if AGE in columns else [math.nan] * len(block)
    if {BORN, MEASURED} <= columns.keys():
        visits = zip(ages, read(BORN, _birth_date), read(MEASURED, _visit_date), strict=True)
        ages = [_days_between(born, measured) if math.isnan(age) else age for age, born, measured in visits]
    scores = score(
        pd.Categorical(read("jk", _term(SEXES, str.upper)), categories=SEXES),
        ages,
        read("berat_kg", _number),
        read("tinggi_cm", _number),
        pd.Categorical(read("cara_ukur", _term(POSITIONS, str.lower)), categories=POSITIONS),
        pd.Categorical(read("edema", _term(OEDEMA, str.lower)), categories=OEDEMA),
    )
    return zip(*(_texts(scores[name]) for name in ADDED), strict=True)


def _texts(column: pd.Series) -> list[str]:
    """Return the cells of a score (two decimals), flag (0, 1) or status column, empty where there is none."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        # Code -1, no status, takes the last text.
        terms = [*column.cat.categories, ""]
        return [terms[code] for code in column.cat.codes.tolist()]
    decimals = 2 if column.dtype == "float64" else 0
    values = column.to_numpy("float64", na_value=math.nan).tolist()
    return ["" if math.isnan(value) else f"{value:.{decimals}f}" for value in values]


def _parse_cell(number: int, name: str, text: str, parse: Callable[[str], T]) -> T:
    try:
        return parse(text.strip())
    except ValueError as error:
        raise BadTable(f'Baris {number}, kolom {name}: "{text}" {error}.') from error


def _number(text: str) -> float:
    if not text:
        return math.nan
    if not NUMBER.fullmatch(text):
        raise ValueError("bukan angka; pakai titik untuk desimal, kosongkan bila tidak ada")
    return float(text)


def _term(terms: Sequence[str], shape: Callable[[str], str]) -> Callable[[str], str | None]:
    def parse(text: str) -> str | None:
        if not text:
            return None
        if shape(text) not in terms:
            raise ValueError(f"tidak dikenal; isi {' atau '.join(terms)}, atau kosongkan")
        return shape(text)

    return parse


def _birth_date(text: str) -> date | None:
    """Return the date of birth; the day may be missing, without month or year the age is unknown."""
    return _date(text, DAY_WHERE_UNKNOWN)


def _visit_date(text: str) -> date | None:
    return _date(text, None)


def _date(text: str, day_where_unknown: int | None) -> date | None:
    if not text:
        return None
    parts = ISO_DATE.fullmatch(text)
    if not parts:
        raise ValueError("bukan tanggal; tulis seperti 2024-05-31")
    year, month = int(parts[1]), parts[2]
    day = parts[3] or day_where_unknown
    if month is None or day is None:
        return None
    try:
        return date(year, int(month), int(day))
    except ValueError as error:
        raise ValueError("tidak ada di kalender") from error


def _days_between(born: date | None, measured: date | None) -> float:
    return math.nan if born is None or measured is None else float((measured - born).days)
