"""The audit log: who looked at names, changed or took out what; rows are only added, each seals the one before."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

import pandas as pd
import sqlalchemy as sa

from data.store import METADATA, Store, now_text, reading, writing

LONGEST = 500  # letters kept of a text
TEXTS = ("waktu", "siapa", "ruang", "perbuatan", "objek", "rincian")
COLUMNS = ("nomor", *TEXTS)

AUDIT = sa.Table(
    "audit",
    METADATA,
    sa.Column("nomor", sa.Integer, primary_key=True, autoincrement=False),
    *(sa.Column(name, sa.Text, nullable=False) for name in TEXTS),
    sa.Column("sha256", sa.String(64), nullable=False),
)

GUARDS = {
    "sqlite": (
        "CREATE TRIGGER audit_tidak_diubah BEFORE UPDATE ON audit "
        "BEGIN SELECT RAISE(ABORT, 'audit hanya ditambah'); END",
        "CREATE TRIGGER audit_tidak_dihapus BEFORE DELETE ON audit "
        "BEGIN SELECT RAISE(ABORT, 'audit hanya ditambah'); END",
        # INSERT OR REPLACE deletes without telling the trigger above, so only the next number may come in.
        "CREATE TRIGGER audit_berurutan BEFORE INSERT ON audit "
        "WHEN NEW.nomor IS NOT (SELECT COALESCE(MAX(nomor), 0) + 1 FROM audit) "
        "BEGIN SELECT RAISE(ABORT, 'audit hanya ditambah'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION audit_hanya_ditambah() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'audit hanya ditambah'; END $$",
        "CREATE TRIGGER audit_tetap BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_hanya_ditambah()",
    ),
}


@sa.event.listens_for(AUDIT, "after_create")
def _guard(_table: sa.Table, connection: sa.Connection, **_: object) -> None:
    for guard in GUARDS[connection.dialect.name]:
        connection.execute(sa.text(guard))


class AuditNotWritten(Exception):
    """The log cannot be written now, so what it should tell of must not happen; the text is for the user."""

    def __init__(self) -> None:
        super().__init__(
            "Catatan audit sedang tidak dapat ditulis, jadi data bernama tidak dibuka. "
            "Bila sebuah impor sedang berjalan, coba lagi setelah selesai."
        )


def write_audit(store: Store, siapa: str, ruang: str, perbuatan: str, objek: str = "", rincian: str = "") -> None:
    """Add one row: who, in which room, did what, to what; `rincian` says more in a few words.

    Several processes may write at once: each waits for the one before. Raises AuditNotWritten when the row could not
    be stored; whatever it tells of must then not be shown.
    """
    try:
        with writing(store) as connection:
            append_audit(connection, now_text(), siapa, ruang, perbuatan, objek, rincian)
    except sa.exc.OperationalError as error:
        raise AuditNotWritten from error


def append_audit(connection: sa.Connection, *texts: str) -> None:
    """Add one row, the `TEXTS` of it, inside a write transaction: it is stored together with what it tells of."""
    AUDIT.create(connection, checkfirst=True)  # a store made by an earlier version of the program has none
    newest = sa.select(AUDIT.c.nomor, AUDIT.c.sha256).order_by(AUDIT.c.nomor.desc()).limit(1)
    nomor, before = connection.execute(newest).one_or_none() or (0, "")
    row: dict[str, Any] = {"nomor": nomor + 1, **dict(zip(TEXTS, map(_plain, texts), strict=True))}
    connection.execute(sa.insert(AUDIT).values(**row, sha256=_seal(before, list(row.values()))))


def read_audit(store: Store, last: int = 500, perbuatan: str = "") -> pd.DataFrame:
    """Return the newest rows, newest first: nomor, waktu, siapa, ruang, perbuatan, objek, rincian.

    `perbuatan` keeps one kind of act.
    """
    rows: list[Any] = []
    if sa.inspect(store.engine).has_table(AUDIT.name):
        chosen = sa.select(*(AUDIT.c[name] for name in COLUMNS)).order_by(AUDIT.c.nomor.desc()).limit(last)
        if perbuatan:
            chosen = chosen.where(AUDIT.c.perbuatan == perbuatan)
        with reading(store) as connection:
            rows = [tuple(row) for row in connection.execute(chosen)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def acts(store: Store) -> list[str]:
    """Return every kind of act (`perbuatan`) in the log, in the order of the alphabet."""
    if not sa.inspect(store.engine).has_table(AUDIT.name):
        return []
    with reading(store) as connection:
        return list(connection.execute(sa.select(AUDIT.c.perbuatan).distinct().order_by(AUDIT.c.perbuatan)).scalars())


def check_audit(store: Store) -> int | None:
    """Return the number of the first row that is missing or does not fit the one before; None where all fit.

    Whoever may write the database can also cut off the newest rows or seal the whole log anew: compare `newest_seal`
    with one that was noted elsewhere.
    """
    if not sa.inspect(store.engine).has_table(AUDIT.name):
        return None
    before = ""
    with reading(store) as connection:
        every = connection.execution_options(yield_per=10_000).execute(sa.select(AUDIT).order_by(AUDIT.c.nomor))
        for expected, (*row, seal) in enumerate(every, start=1):
            if seal != _seal(before, row):
                return expected
            before = seal
    return None


def newest_seal(store: Store) -> tuple[int, str]:
    """Return number and seal (SHA-256) of the newest row; (0, "") for an empty log."""
    if not sa.inspect(store.engine).has_table(AUDIT.name):
        return 0, ""
    with reading(store) as connection:
        newest = connection.execute(sa.select(AUDIT.c.nomor, AUDIT.c.sha256).order_by(AUDIT.c.nomor.desc()).limit(1))
        return tuple(newest.one_or_none() or (0, ""))


def _seal(before: str, row: Sequence[Any]) -> str:
    """Return the SHA-256 over the seal of the row before and the row itself, unambiguous by JSON."""
    return hashlib.sha256(json.dumps([before, *row], ensure_ascii=True).encode()).hexdigest()


def _plain(text: str) -> str:
    """Return a text as every database keeps it: no lone surrogates or NUL, not longer than `LONGEST`."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")[:LONGEST]
