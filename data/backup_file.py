"""What a backup looks like, and whether one is whole: a zip without compression, every part listed with its SHA-256.

Nothing in it is packed, so it can unpack to no more than its own size; a part may have one of three names only.
"""

import hashlib
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from data.audit import AUDIT
from data.decisions import DECISIONS
from data.key_swap import KEY, RESTORES
from data.sessions import SESSIONS
from data.store import DATABASE, POINTERS, VERSIONS

FORMAT = 1
CONTENTS = "isi.json"
LARGEST_CONTENTS = 100_000_000  # bytes
KEPT = (VERSIONS, POINTERS, AUDIT, DECISIONS)  # the tables of the store; each after those it points to
LOCAL = {SESSIONS.name, RESTORES.name}  # tables that belong to a machine and stay there
PART = re.compile(rf"{re.escape(DATABASE)}|{KEY}|versi/[A-Za-z0-9_-]{{1,100}}/[A-Za-z0-9_]{{1,60}}\.parquet")
VERSION_FOLDER = 1  # which part of such a name is the version
KEY_LENGTH = 32
CHUNK = 1 << 20


class BackupRefused(Exception):
    """A backup cannot be written, or cannot be used; the text is the sentence for the user."""


class Damaged(BackupRefused):
    """The file is no backup, or not the one that was written."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path.name} tidak dapat dipakai: {why}. Tidak ada yang berubah.")


@dataclass(frozen=True)
class Backup:
    """A backup that was read through: its file and the SHA-256 of it, {part: SHA-256}, its database, its versions."""

    path: Path
    sha256: str
    parts: dict[str, str]
    database: bytes
    versi: int


def check_backup(path: Path) -> Backup:
    """Return a backup after reading every byte of it; raises BackupRefused with the reason where it is not whole."""
    try:
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            with zipfile.ZipFile(file) as archive:
                parts = read_contents(archive, path)
                for name, expected in parts.items():
                    with archive.open(name) as part:
                        if hash_of(part) != expected:
                            raise Damaged(path, f"isi {name} tidak sama dengan catatannya, berkas ini rusak")
                if len(archive.read(KEY)) != KEY_LENGTH:
                    raise Damaged(path, "kuncinya tidak sah")
                database = archive.read(DATABASE)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError) as error:
        raise Damaged(path, "ini bukan berkas cadangan yang utuh") from error
    except OSError as error:
        raise BackupRefused(f"{path} tidak dapat dibaca. Periksa nama dan letaknya.") from error
    return Backup(path, sha256, parts, database, check_database(path, database, parts))


def read_contents(archive: zipfile.ZipFile, path: Path) -> dict[str, str]:
    """Return {part: SHA-256} of a backup whose list of contents fits what is in it."""
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names) or CONTENTS not in names:
        raise Damaged(path, "ini bukan berkas cadangan BALANTING")
    if odd := [name for name in names if name != CONTENTS and not PART.fullmatch(name)]:
        raise Damaged(path, f"di dalamnya ada isi yang tidak dikenal ({odd[0][:60]!r})")
    if any(entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits & 1 for entry in entries):
        raise Damaged(path, "isinya dimampatkan atau dikunci, padahal cadangan tidak pernah begitu")
    if sum(entry.file_size for entry in entries) > path.stat().st_size:
        raise Damaged(path, "isinya mengaku lebih besar daripada berkasnya")
    if archive.getinfo(CONTENTS).file_size > LARGEST_CONTENTS:
        raise Damaged(path, "daftar isinya terlalu besar")
    written = archive.read(CONTENTS)
    if archive.comment != hashlib.sha256(written).hexdigest().encode():
        raise Damaged(path, "daftar isinya rusak")
    return _listed(path, written, set(names) - {CONTENTS})


def _listed(path: Path, written: bytes, names: set[str]) -> dict[str, str]:
    try:
        contents: Any = json.loads(written)
        form, parts = contents["bentuk"], {str(name): str(seal) for name, seal in contents["berkas"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Damaged(path, "daftar isinya tidak dapat dibaca") from error
    if form != FORMAT:
        raise Damaged(path, "cadangan ini dibuat oleh program yang lain versinya; perbarui program ini dahulu")
    if set(parts) != names or not {DATABASE, KEY} <= names:
        raise Damaged(path, "isinya tidak sama dengan daftar isinya")
    return parts


def check_database(path: Path, database: bytes, parts: dict[str, str]) -> int:
    """Return how many versions a backup holds; raises Damaged unless its database names exactly those in it."""
    try:
        with closing(open_database(database)) as connection:
            if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise Damaged(path, "basis datanya rusak")
            named = {version for (version,) in connection.execute(f"SELECT id FROM {VERSIONS.name}")}  # noqa: S608
            pointed = {version for (version,) in connection.execute(f"SELECT versi FROM {POINTERS.name}")}  # noqa: S608
            tables = set(tables_of(connection))
    except sqlite3.Error as error:
        raise Damaged(path, "basis datanya tidak dapat dibaca") from error
    if tables - {table.name for table in KEPT}:
        raise Damaged(path, "cadangan ini dibuat oleh program yang lebih baru; perbarui program ini dahulu")
    held = {name.split("/")[VERSION_FOLDER] for name in parts if "/" in name}
    if named != held or not pointed <= named:
        raise Damaged(path, "ada versi yang tabelnya tidak lengkap")
    return len(named)


def open_database(database: bytes) -> sqlite3.Connection:
    """Return a database held in memory."""
    connection = sqlite3.connect(":memory:")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.deserialize(database)
    return connection


def tables_of(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the names of the tables of a database."""
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return (str(name) for (name,) in found.fetchall())


def copy_hashed(source: IO[bytes], target: IO[bytes]) -> str:
    """Copy a stream; return the SHA-256 of what went through."""
    digest = hashlib.sha256()
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        target.write(chunk)
    return digest.hexdigest()


def hash_of(source: IO[bytes]) -> str:
    """Return the SHA-256 of a stream."""
    digest = hashlib.sha256()
    while chunk := source.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
