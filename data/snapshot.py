"""Writes one immutable version an import: Parquet files safely on disk first, then the pointer moves."""

import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd
import sqlalchemy as sa

from data.key_swap import settle_key
from data.store import POINTERS, VERSIONS, Store, current_version, now_text, writing, writing_at_once
from data.unusable import StoreBusy, StoreFull, is_no_room

BY_NAME_TABLES = {"nama"}
BUSY_TEXT = "database is locked"
UNPACKED = ".pulih-"  # folder of a restore that is running
UNFINISHED_SAMPLE = ".contoh-*"
ABANDONED = 3600  # seconds after which nobody can still be making the sample


@dataclass(frozen=True)
class ImportRecord:
    """What is remembered of an import: the chain it extends, kind of file, file, hash, counts, who."""

    rantai: str
    jenis: str
    berkas: str
    sha256: str
    periode: str | None
    baris: int
    diterima: int
    ditolak: int
    pengimpor: str


@contextmanager
def storing(store: Store) -> Iterator[sa.Connection]:
    """Hold the write transaction for an import, with the leftovers of earlier ones cleared away.

    Raises StoreBusy when another process writes for too long, StoreFull when there is no room; then the leftovers of
    this import go at once: they take up the room that is missing.
    """
    try:
        with writing(store) as connection:
            settle_key(store, connection)
            clear_orphans(store, connection)
            yield connection
    except (OSError, sa.exc.OperationalError) as error:
        if BUSY_TEXT in str(error):
            raise StoreBusy from error
        if not is_no_room(error):
            raise
        with suppress(OSError, sa.exc.OperationalError), writing(store) as connection:
            settle_key(store, connection)
            clear_orphans(store, connection)
        raise StoreFull(store.folder) from error


def write_version(
    store: Store, connection: sa.Connection, record: ImportRecord, tables: dict[str, pd.DataFrame]
) -> str:
    """Write `tables` as a new version of the chain `record.rantai` and point to it; return its id.

    `connection` is the open write transaction: until it commits the old version counts. A crash before leaves an
    unreferenced folder and nothing else.
    """
    moment = now_text()
    version = f"{record.rantai}-{moment[:19].replace(':', '').replace('-', '')}-{secrets.token_hex(4)}"
    final = store.folder / "versi" / version
    temporary = store.folder / "versi" / f".tulis-{version}"
    temporary.mkdir(mode=0o700, parents=True)
    for name, table in tables.items():
        path = temporary / f"{name}.parquet"
        path.touch(mode=0o600 if name in BY_NAME_TABLES else 0o666)  # before a single name is in it
        table.to_parquet(path, index=False, compression="zstd")
        sync(path)
    sync(temporary)
    temporary.replace(final)
    sync(final.parent)
    parent = current_version(connection, record.rantai)
    connection.execute(sa.insert(VERSIONS).values(id=version, induk=parent, waktu=moment, **asdict(record)))
    connection.execute(sa.delete(POINTERS).where(POINTERS.c.rantai == record.rantai))
    connection.execute(sa.insert(POINTERS).values(rantai=record.rantai, versi=version))
    return version


def clear_orphans(store: Store, connection: sa.Connection) -> int:
    """Delete folders that no version names (an import or a restore that was cut off); return how many.

    Call only inside the write transaction: no other import can be writing then.
    """
    named = set(connection.execute(sa.select(VERSIONS.c.id)).scalars())
    orphans = [folder for folder in (store.folder / "versi").iterdir() if folder.name not in named]
    orphans += store.folder.glob(f"{UNPACKED}*")
    for folder in orphans:
        shutil.rmtree(folder, ignore_errors=True)
    return len(orphans)


def clear_at_start(store: Store) -> int:
    """Delete what earlier runs that were cut off left behind; return how many. Does nothing while an import runs."""
    with writing_at_once(store) as connection:
        if connection is None:
            return 0
        settle_key(store, connection)
        late = time.time() - ABANDONED
        samples = [folder for folder in store.folder.glob(UNFINISHED_SAMPLE) if folder.stat().st_mtime < late]
        for folder in samples:
            shutil.rmtree(folder, ignore_errors=True)
        return clear_orphans(store, connection) + len(samples)


def sync(path: Path) -> None:
    """Wait until a file or folder is safely on disk."""
    if path.is_dir() and os.name == "nt":  # Windows cannot open a folder for syncing
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
