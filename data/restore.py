"""Brings a backup back: in one transaction the store becomes that of the backup, or stays as it is.

Versions never change once written, so they are laid beside those of the store first; nothing reads them until the
transaction that names them. What the store held before is kept as a backup of its own.
"""

import secrets
import shutil
import sqlite3
import zipfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from data.audit import AUDIT, TEXTS, append_audit
from data.backup import write_backup
from data.backup_file import KEPT, Backup, Damaged, check_backup, copy_hashed, open_database, tables_of
from data.key_swap import KEY, swap_key
from data.snapshot import UNPACKED, storing, sync
from data.store import Store, holds_data, now_text

ROWS_AT_ONCE = 10_000


@dataclass(frozen=True)
class Restored:
    """What came back: versions, rows of the audit log, and where the store as it was before is kept (or None)."""

    versi: int
    audit: int
    sebelumnya: Path | None


def restore(store: Store, path: Path, siapa: str, ruang: str = "petugas") -> Restored:
    """Make the store what the backup `path` holds; raises BackupRefused, StoreFull or StoreBusy and changes nothing.

    The audit log of this store is not lost: what the backup's log does not have follows it, sealed anew. Sessions stay
    those of this machine.
    """
    backup = check_backup(path)
    tanda = secrets.token_hex(8)
    folder = store.folder / f"{UNPACKED}{tanda}"
    done, kept = False, None
    try:
        with storing(store) as connection:
            kept = _keep_present(store)
            unpack(backup, folder)
            _place_versions(store, folder)
            audit = _replace_rows(connection, backup)
            details = f"SHA-256 {backup.sha256}; {backup.versi} versi; sebelumnya {kept.name if kept else 'kosong'}"
            append_audit(connection, now_text(), siapa, ruang, "pulihkan", path.name, details)
            swap_key(store, connection, (folder / KEY).read_bytes(), tanda, path.name, backup.sha256)
        done = True
    except (sqlite3.Error, sa.exc.IntegrityError) as error:
        raise Damaged(path, "barisnya tidak cocok dengan program ini") from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if kept and not done:
            kept.unlink(missing_ok=True)
    with storing(store):  # what the store no longer names goes, and with it the key before
        return Restored(backup.versi, audit + 1, kept)


def _keep_present(store: Store) -> Path | None:
    """Write what the store holds into a backup inside its own folder; None where it holds nothing."""
    if not holds_data(store.folder):
        return None
    moment = now_text()[:19].replace(":", "").replace("-", "")
    target = store.folder / f"sebelum_pulih-{moment}-{secrets.token_hex(2)}.zip"
    write_backup(store, target)
    return target


def unpack(backup: Backup, folder: Path) -> None:
    """Write the parts of a backup into a new `folder` for its owner only, each checked once more on its way."""
    folder.mkdir(mode=0o700)
    with zipfile.ZipFile(backup.path) as archive:
        for name, seal in backup.parts.items():
            target = folder / name
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            target.touch(mode=0o600)
            with archive.open(name) as part, target.open("wb") as file:
                if copy_hashed(part, file) != seal:
                    raise Damaged(backup.path, "berkas ini berubah selagi dibaca")
            sync(target)


def _place_versions(store: Store, folder: Path) -> None:
    """Lay the versions beside those of the store. One that is there already is the same, or was damaged."""
    for version in sorted((folder / "versi").glob("*")):
        final = store.folder / "versi" / version.name
        if not final.exists():
            version.replace(final)
            continue
        for table in version.iterdir():
            there = final / table.name
            if not there.exists() or there.read_bytes() != table.read_bytes():
                table.replace(there)
        sync(final)
    sync(store.folder / "versi")


def _replace_rows(connection: sa.Connection, backup: Backup) -> int:
    """Put the rows of the backup in place of those of the store, the tables `KEPT`; return the length of the log."""
    AUDIT.create(connection, checkfirst=True)
    here = [tuple(row) for row in connection.execute(sa.select(AUDIT).order_by(AUDIT.c.nomor))]
    for table in reversed(KEPT):
        table.drop(connection, checkfirst=True)
    with closing(open_database(backup.database)) as source:
        held = set(tables_of(source))
        for table in KEPT:
            table.create(connection)
            if table.name in held:
                _copy_rows(connection, source, table)
    return _continue_log(connection, here)


def _copy_rows(connection: sa.Connection, source: sqlite3.Connection, table: sa.Table) -> None:
    there = {str(row[1]) for row in source.execute(f"PRAGMA table_info({table.name})")}
    names = [column.name for column in table.columns if column.name in there]
    order = ", ".join(column.name for column in table.primary_key) or "rowid"
    rows = source.execute(f"SELECT {', '.join(names)} FROM {table.name} ORDER BY {order}")  # noqa: S608
    insert = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608
    while some := rows.fetchmany(ROWS_AT_ONCE):
        connection.exec_driver_sql(insert, some)


def _continue_log(connection: sa.Connection, here: Sequence[tuple[Any, ...]]) -> int:
    """Add what this machine's log has and the restored one has not: all of its rows from the first that differs."""
    restored = [tuple(row) for row in connection.execute(sa.select(AUDIT).order_by(AUDIT.c.nomor))]
    same = 0
    while same < min(len(here), len(restored)) and here[same] == restored[same]:
        same += 1
    for row in here[same:]:
        append_audit(connection, *row[1 : 1 + len(TEXTS)])
    return len(restored) + len(here) - same
