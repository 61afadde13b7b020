"""Canaries: files of every kind full of invented people nobody can mistake, and the search for them in any bytes.

Everybody has a number; every word of a name, parent, street or id begins with `STEM`, every NIK and card number with
`NIK_STEM`. What the programme writes or sends is searched as it is, unpacked, as base64, with digits grouped
and as binary numbers.
"""

import base64
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pandas as pd

from commands.arguments import LEVELS, TABLES
from data.sample import as_export, sample_rounds
from data.sample_bumil import as_bumil_file, sample_bumil
from data.sample_parameter import as_parameter_file, sample_answers
from tests.builders import write_csv, write_xlsx
from tests.conftest import ROOT
from tests.sasaran_tables import KRS, as_table

STEM, NIK_STEM = "kenarizq", "996311770077"
LAST_MONTH = "2022-09"
ONE_IN = 6  # of the sample's children, besides those who are followed
FAMILIES = 48
ACTIVITY: dict[str, object] = {
    "kode": "K1", "kegiatan": "Kelas ibu", "target_kali": 12, "terlaksana_kali": 5, "per_tanggal": "2022-09-30",
}  # fmt: skip
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
PSEUDONYM = re.compile(rb"(?=([0-9a-f]{32}))")
PSEUDONYMS = ("id_anak", "id_sasaran", "id_keluarga", "kunci_nik", "kunci_data")
SPACING = b"\0., -"  # what may stand between digits: UTF-16, groups of three

# What each command writes about people, in every room it knows; a new command is added here or is one of `APART`.
ROOMS = ("publik", "rapat", "petugas")
COMMANDS = {
    "angka": [[name, "--tingkat", level, "--ruang", ruang] for name, level, ruang in product(TABLES, LEVELS, ROOMS)],
}
# These tell a console what they did, and are tested on their own; a backup holds the by-name tables on purpose.
APART = {"jalankan", "uji", "impor", "zskor", "contoh", "cadangkan", "pulihkan"}
STATIC = ROOT / "static"


def pages(ruang: str) -> list[str]:
    """Return the pages of the folder of a room: what is put there is walked over."""
    return sorted(path.stem for path in (ROOT / "pages" / ruang).glob("*.py") if path.stem != "__init__")


def word(number: int) -> str:
    """Return the canary word of a person."""
    letters = "".join(chr(97 + number // 26**place % 26) for place in (2, 1, 0))
    return f"{STEM.capitalize()}{letters}"


def nik(number: int) -> str:
    """Return the NIK or family card number of a person."""
    return f"{NIK_STEM}{number:04}"


def plant(folder: Path) -> list[Path]:
    """Write files of every kind into `folder`; return the KRS file last, it alone needs a month when imported."""
    people: dict[tuple[str, str], int] = {}
    rounds = {month: _renamed(table, people) for month, table in sample_answers().items()}
    followed = set(people)
    women = {month: _renamed(table, people) for month, table in sample_bumil().items()}
    files = [
        _write(folder / f"{word(0)} {nik(0)} {month}.csv", _measured(table, people, followed))
        for month, table in sample_rounds().items()
    ]
    for month, table in rounds.items():
        exported = _misplaced(as_parameter_file(_with_ids(table)), "periode", "SP01")
        files.append(_write(folder / f"{word(1)} parameter {month}.xlsx", exported))
    for month, table in women.items():
        exported = _misplaced(as_bumil_file(_with_ids(table)), "tanggal", "status")
        files.append(_write(folder / f"{word(2)} bumil {month}.xlsx", exported))
    files.append(write_csv(folder / "kegiatan.csv", as_table([{}], ACTIVITY)))
    return [*files, write_csv(folder / f"{word(3)} krs.csv", as_table(list(_families()), KRS))]


def _renamed(table: pd.DataFrame, people: dict[tuple[str, str], int]) -> pd.DataFrame:
    """Return the rows with a canary for each name, the same for the same child of a desa; `orang` is the number."""
    keys = list(zip(table["nama"], table["kode_desa"], strict=True))
    numbers = [people.setdefault(key, len(people)) for key in keys]
    return table.assign(orang=numbers, nama=[f"{word(number)} {word(number)}anak" for number in numbers])


def _with_ids(table: pd.DataFrame) -> pd.DataFrame:
    changes = {"id_sasaran": [f"{word(number)}-ID-{nik(number)}" for number in table["orang"]]}
    if "id_keluarga" in table:
        changes["id_keluarga"] = [nik(number) for number in table["orang"]]
    return table.assign(**changes).drop(columns="orang")


def _measured(table: pd.DataFrame, people: dict[tuple[str, str], int], followed: set[tuple[str, str]]) -> pd.DataFrame:
    """Return the export of a month: the children followed and some others, all of them canaries."""
    keys = pd.Series(list(zip(table["nama"], table["kode_desa"], strict=True)), index=table.index)
    chosen = _renamed(
        table[keys.isin(followed) | (table.index % ONE_IN == 0)].drop_duplicates(["nama", "kode_desa"]), people
    )
    words = chosen["orang"].map(word)
    chosen = chosen.assign(
        nik=chosen["orang"].map(nik),
        nama_ortu=words + "ayah / " + words + "ibu",
        alamat="Gang " + words + "gang",
        rt=words + "rt",
        rw=words + "rw",
    )
    rows = as_export(chosen.drop(columns="orang")).astype(object)
    first, parent = rows.loc[rows.index[0], "Nama"], rows.loc[rows.index[1], "Nama Ortu"]
    rows.loc[rows.index[0], ["KPSP", "Posyandu"]] = [first, f"Melati {nik(0)}"]  # filled one place off
    rows.loc[rows.index[1], ["KIA", "LiLA"]] = [parent, parent]
    return _misplaced(rows, "Tgl Lahir", "Desa/Kel")


def _misplaced(rows: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Return the rows and, for each of these columns, one more that holds a name there."""
    copies = []
    for place, column in enumerate(columns):
        copy = rows.iloc[[place]].astype(object).copy()
        copy[column] = word(9000 + place)
        copies.append(copy)
    return pd.concat([rows.astype(object), *copies], ignore_index=True)


def _families() -> Iterator[dict[str, object]]:
    """Yield families at risk of a few desa, everybody in them a canary; two are refused."""
    desa = (("Juai", "Galumbang"), ("Halong", "Hauwai"), ("Halong", "Uren"), ("Juai", "Juai"))
    for place in range(FAMILIES):
        number = 8000 + place
        kecamatan, name = desa[place % len(desa)]
        yield {
            "No. Kartu Keluarga": nik(number) if place else word(number),
            "NIK Kepala Keluarga": nik(number),
            "Nama Kepala Keluarga": f"{word(number)} {word(number)}ayah",
            "NIK Istri": nik(number + 500),
            "Nama Istri": f"{word(number)} {word(number)}ibu",
            "Kecamatan": kecamatan,
            "Desa": name if place != 1 else word(number),
        }


def _write(path: Path, rows: pd.DataFrame) -> Path:
    table = [list(rows.columns), *rows.to_numpy().tolist()]
    return write_csv(path, table) if path.suffix == ".csv" else write_xlsx(path, table)


def leaks(content: bytes) -> set[str]:
    """Return the canaries in some bytes, as they stand there, in small letters."""
    found: set[str] = set()
    for view in views(content):
        found.update(hit.decode() for hit in WORD.findall(view.replace(b"\0", b"").lower()))
        found.update(hit.decode() for hit in NUMBER.findall(view.translate(None, SPACING)))
        found.update(kind for kind, pattern in HIDDEN.items() if pattern.search(view))
    return found


WORD = re.compile(rf"{STEM}[a-z]*".encode())
NUMBER = re.compile(rf"{NIK_STEM}\d{{0,4}}".encode())


def _as_numbers(form: str, value: Callable[[int], float]) -> bytes:
    """Return a pattern for the bytes that all NIK share when they are kept as binary numbers."""
    ends = (struct.pack(form, value(number)) for number in (int(nik(0)), int(nik(9999))))
    return b"|".join(re.escape(each[2:]) for each in dict.fromkeys(ends))


def _as_base64() -> bytes:
    """Return a pattern for the stems in base64, at each of the three places where they may begin."""
    texts = [each.encode() for each in (STEM, STEM.capitalize(), STEM.upper(), NIK_STEM)]
    cut = [base64.b64encode(b"\0" * shift + text)[(0, 2, 3)[shift] :] for text in texts for shift in range(3)]
    whole = [code.rstrip(b"=")[:-1] for code in cut]  # the last sign depends on what follows
    return b"|".join(re.escape(code) for code in whole)


HIDDEN = {
    "nik as integer": re.compile(_as_numbers("<q", int), re.DOTALL),
    "nik as float": re.compile(_as_numbers("<d", float), re.DOTALL),
    "base64": re.compile(_as_base64()),
}


def views(content: bytes) -> Iterator[bytes]:
    """Yield the bytes as they are, and what is packed inside them."""
    yield content
    if content.startswith(b"PK\x03\x04"):  # xlsx, pptx, zip
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist():
                yield name.encode()
                yield from views(packed.read(name))
    elif content.startswith(b"PAR1"):
        yield pd.read_parquet(io.BytesIO(content)).to_csv().encode()
    elif content.startswith(b"%PDF"):
        for found in STREAM.findall(content):
            yield zlib.decompressobj().decompress(found) if found[:1] == b"x" else found


def pseudonyms(store: Path) -> set[bytes]:
    """Return every pseudonym that a store keeps of people: they are no names, and leave as little."""
    kept: set[bytes] = set()
    for path in (store / "versi").rglob("*.parquet"):
        table = pd.read_parquet(path)
        for name in table.columns.intersection(PSEUDONYMS):
            kept.update(str(value).encode() for value in table[name].dropna().unique())
    return kept - {b""}


def told_pseudonyms(content: bytes, known: set[bytes]) -> set[bytes]:
    """Return the pseudonyms in some bytes."""
    return {each for view in views(content) for each in PSEUDONYM.findall(view)} & known
