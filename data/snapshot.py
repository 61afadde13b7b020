"""Writes one immutable version an import: Parquet files safely on disk first, then the pointer moves."""

import os
import secrets
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd
import sqlalchemy as sa

from data.store import POINTERS, VERSIONS, Store, current_version, now_text

BY_NAME_TABLES = {"nama"}


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
    temporary.mkdir(parents=True)
    for name, table in tables.items():
        path = temporary / f"{name}.parquet"
        path.touch(mode=0o600 if name in BY_NAME_TABLES else 0o666)  # before a single name is in it
        table.to_parquet(path, index=False, compression="zstd")
        _sync(path)
    _sync(temporary)
    temporary.replace(final)
    _sync(final.parent)
    parent = current_version(connection, record.rantai)
    connection.execute(sa.insert(VERSIONS).values(id=version, induk=parent, waktu=moment, **asdict(record)))
    connection.execute(sa.delete(POINTERS).where(POINTERS.c.rantai == record.rantai))
    connection.execute(sa.insert(POINTERS).values(rantai=record.rantai, versi=version))
    return version


def clear_orphans(store: Store, connection: sa.Connection) -> int:
    """Delete folders that no version names (an import that was cut off); return how many.

    Call only inside the write transaction: no other import can be writing then.
    """
    named = set(connection.execute(sa.select(VERSIONS.c.id)).scalars())
    orphans = [folder for folder in (store.folder / "versi").iterdir() if folder.name not in named]
    for folder in orphans:
        shutil.rmtree(folder, ignore_errors=True)
    return len(orphans)


def _sync(path: Path) -> None:
    if path.is_dir() and os.name == "nt":  # Windows cannot open a folder for syncing
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
