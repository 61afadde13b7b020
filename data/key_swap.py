"""Puts the key of a restored store in place together with its rows: after a power cut both are old, or both are new."""

import os
from pathlib import Path

import sqlalchemy as sa

from data.store import METADATA, Store, now_text

KEY = "kunci"
KEPT = ".kunci-lama-"  # the key before, until it is certain which one counts

RESTORES = sa.Table(
    "pemulihan",
    METADATA,
    sa.Column("tanda", sa.String, primary_key=True),
    sa.Column("waktu", sa.String, nullable=False),
    sa.Column("berkas", sa.String, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
)


def swap_key(store: Store, connection: sa.Connection, key: bytes, tanda: str, berkas: str, sha256: str) -> None:
    """Write `key` and note restore `tanda` in the open transaction; if that is not stored `settle_key` undoes it."""
    RESTORES.create(connection, checkfirst=True)
    row = {"tanda": tanda, "waktu": now_text(), "berkas": berkas, "sha256": sha256}
    connection.execute(sa.insert(RESTORES).values(**row))
    path = store.folder / KEY
    before = path.read_bytes() if path.exists() else None
    if before == key:
        return
    if before is not None:
        write_private(store.folder / f"{KEPT}{tanda}", before)
    fresh = store.folder / f".{KEY}-{tanda}"
    write_private(fresh, key)
    fresh.replace(path)


def settle_key(store: Store, connection: sa.Connection) -> None:
    """End restores that were cut off: the key of one that was not stored goes back to what it was.

    Call only inside a write transaction: no restore can be running then.
    """
    left = list(store.folder.glob(f".{KEY}-*"))
    if not left:
        return
    done: set[str] = set()
    if sa.inspect(connection).has_table(RESTORES.name):
        done = set(connection.execute(sa.select(RESTORES.c.tanda)).scalars())
    for path in left:
        if path.name.startswith(KEPT) and path.name.removeprefix(KEPT) not in done:
            path.replace(store.folder / KEY)
        else:  # replaced for good, or never put in place
            path.unlink(missing_ok=True)


def write_private(path: Path, content: bytes) -> None:
    """Write a new file that only its owner may read, safely on disk."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
