"""Writes the whole store into one file that only its owner may read: names, NIK and the key are in it."""

import hashlib
import io
import json
import os
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from data.audit import write_audit
from data.backup_file import CONTENTS, FORMAT, LOCAL, PART, Backup, BackupRefused, check_backup, copy_hashed
from data.key_swap import KEY
from data.store import DATABASE, VERSIONS, Store, now_text

UNFINISHED = ".sementara"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest moment of a zip; when it was made stands in its list of contents


def back_up(store: Store, target: Path, siapa: str, ruang: str = "petugas") -> Backup:
    """Write the store into `target` and read it through once more; the audit log has it before a name leaves.

    What counts is the store as it stands at this moment: an import that is running is not in it and does not wait.
    Raises BackupRefused when `target` cannot be written or exists, AuditNotWritten when the log cannot.
    """
    if target.suffix.lower() != ".zip":
        raise BackupRefused(f"Nama berkas cadangan harus berakhir dengan .zip; {target.name} tidak.")
    if target.exists():
        raise BackupRefused(f"{target} sudah ada dan tidak ditimpa. Pilih nama lain.")
    if not target.parent.is_dir():
        raise BackupRefused(f"Folder {target.parent} tidak ada. Buat dahulu, atau pilih folder lain.")
    write_audit(store, siapa, ruang, "cadangkan", target.name, "seluruh penyimpanan, dengan nama dan NIK")
    write_backup(store, target)
    try:
        return check_backup(target)
    except BackupRefused:
        target.unlink()
        raise


def write_backup(store: Store, target: Path) -> None:
    """Write the store into `target`, which appears only once it is whole. Sessions of logged-in people stay out."""
    unfinished = target.with_name(target.name + UNFINISHED)
    try:
        unfinished.unlink(missing_ok=True)
        handle = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
                _fill(archive, store)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(target)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise BackupRefused(
            f"Cadangan tidak dapat ditulis ke {target}: folder itu tidak dapat ditulis, atau tempatnya habis."
        ) from error


def _fill(archive: zipfile.ZipFile, store: Store) -> None:
    database = copy_database(store)
    seals = {DATABASE: _add(archive, DATABASE, database)}
    for name in _files(store, database):
        with (store.folder / name).open("rb") as source, archive.open(_entry(name), "w", force_zip64=True) as part:
            seals[name] = copy_hashed(source, part)
    contents = {"program": "BALANTING", "bentuk": FORMAT, "dibuat": now_text(), "berkas": seals}
    archive.comment = _add(archive, CONTENTS, json.dumps(contents, indent=1).encode()).encode()


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> str:
    with archive.open(_entry(name), "w", force_zip64=True) as part:
        copy_hashed(io.BytesIO(content), part)
    return hashlib.sha256(content).hexdigest()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.external_attr = 0o600 << 16
    return entry


def copy_database(store: Store) -> bytes:
    """Return the database as it stands now, without `LOCAL` tables and without what they left in free pages."""
    with closing(sqlite3.connect(store.folder / DATABASE, timeout=60)) as source, closing(_memory()) as copy:
        source.backup(copy)
        for name in LOCAL:
            copy.execute(f"DROP TABLE IF EXISTS {name}")
        copy.execute("PRAGMA journal_mode = DELETE")
        copy.execute("VACUUM")
        return copy.serialize()


def _memory() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", isolation_level=None)


def _files(store: Store, database: bytes) -> Iterator[str]:
    """Yield the key and every file of the versions that `database` names."""
    yield KEY
    with closing(_memory()) as copy:
        copy.deserialize(database)
        versions = [version for (version,) in copy.execute(f"SELECT id FROM {VERSIONS.name} ORDER BY id")]  # noqa: S608
    for version in versions:
        folder = store.folder / "versi" / version
        names = sorted(path.relative_to(store.folder).as_posix() for path in folder.glob("*"))
        yield from (name for name in names if PART.fullmatch(name))
