"""The register of logins: who is in which room until when. Kept in the store, so every process and tab sees an end.

Only the SHA-256 of what a browser holds is stored; reading the database lets nobody in. Times are seconds since 1970.
"""

import hashlib
import time
from dataclasses import dataclass
from typing import Any
from weakref import WeakSet

import sqlalchemy as sa

from data.store import METADATA, Store, reading, writing, writing_at_once

SESSIONS = sa.Table(
    "sesi",
    METADATA,
    sa.Column("tanda", sa.String(64), primary_key=True),
    sa.Column("ruang", sa.String, nullable=False),
    sa.Column("tampil", sa.String, nullable=False),
    sa.Column("siapa", sa.String, nullable=False),
    sa.Column("asal", sa.String, nullable=False),
    sa.Column("dibuat", sa.Float, nullable=False),
    sa.Column("terlihat", sa.Float, nullable=False),
    sa.Column("berakhir", sa.Float, nullable=False),
    sa.Column("ditutup", sa.Float),
)
TOUCH_EVERY = 60  # seconds between two notes that a session is used


@dataclass(frozen=True)
class Session:
    """A login: `ruang` the room it allows, `tampil` the one chosen last, `asal` kode or oidc."""

    tanda: str
    ruang: str
    tampil: str
    siapa: str
    asal: str
    dibuat: float
    terlihat: float
    berakhir: float
    ditutup: float | None

    def is_open(self, idle: float, now: float) -> bool:
        """True while it was not ended, is not over, and was used within the last `idle` seconds."""
        return self.ditutup is None and now < self.berakhir and now < self.terlihat + idle


def mark_of(secret: str) -> str:
    """Return what the register keeps of a secret that only the browser holds: its SHA-256."""
    return hashlib.sha256(secret.encode()).hexdigest()


def open_session(store: Store, tanda: str, ruang: str, siapa: str, asal: str, berakhir: float) -> bool:
    """Enter a new session that ends at `berakhir`; False when `tanda` was ever entered before: nothing is changed."""
    now = time.time()
    row = {"tanda": tanda, "ruang": ruang, "tampil": ruang, "siapa": siapa, "asal": asal}
    _make_table(store)
    try:
        with writing(store) as connection:
            times = {"dibuat": now, "terlihat": now, "berakhir": berakhir}
            connection.execute(sa.insert(SESSIONS).values(**row, **times))
    except sa.exc.IntegrityError:
        return False
    return True


def look_up(store: Store, tanda: str) -> Session | None:
    """Return what the register says of a session, ended or not; None where it was never entered."""
    _make_table(store)
    with reading(store) as connection:
        row = connection.execute(sa.select(SESSIONS).where(SESSIONS.c.tanda == tanda)).one_or_none()
    return Session(*row) if row else None


def find_session(store: Store, tanda: str, idle: float) -> Session | None:
    """Return an open session; None when it was ended, is over, or was not used for `idle` seconds."""
    session = look_up(store, tanda)
    return session if session and session.is_open(idle, time.time()) else None


def end_session(store: Store, tanda: str) -> Session | None:
    """End a session for good, in every tab and process; return it when it had not been ended before."""
    session = look_up(store, tanda)
    return session if session and _close(store, SESSIONS.c.tanda == tanda) else None


def end_expired(store: Store, idle: float) -> list[Session]:
    """End every session that is over or was not used for `idle` seconds; return those, each to one caller only.

    When another process is writing nothing is done: they count as ended anyway, and a later call ends them.
    """
    now = time.time()
    late = SESSIONS.c.ditutup.is_(None) & ((SESSIONS.c.berakhir <= now) | (SESSIONS.c.terlihat + idle <= now))
    _make_table(store)
    with reading(store) as connection:
        if connection.execute(sa.select(SESSIONS.c.tanda).where(late).limit(1)).first() is None:
            return []
    with writing_at_once(store) as free:
        rows = free.execute(sa.update(SESSIONS).where(late).values(ditutup=now).returning(SESSIONS)) if free else ()
        return [Session(*row) for row in rows]


def note_use(store: Store, session: Session) -> None:
    """Write down that a session is used now; at most once a minute, and not while another process is writing."""
    if time.time() - session.terlihat >= TOUCH_EVERY:
        _set(store, session.tanda, terlihat=time.time())


def note_room(store: Store, tanda: str, tampil: str) -> None:
    """Remember the room that a session chose to show; not while another process is writing."""
    _set(store, tanda, tampil=tampil)


def purge(store: Store, older_than: float) -> int:
    """Delete sessions that were over `older_than` seconds ago; return how many, 0 while another process is writing.

    Keep `older_than` above the time in which an old login could be presented again: a deleted one is not remembered.
    """
    _make_table(store)
    old = sa.delete(SESSIONS).where(SESSIONS.c.berakhir < time.time() - older_than)
    with writing_at_once(store) as free:
        return free.execute(old).rowcount if free else 0


def _close(store: Store, which: sa.ColumnElement[bool]) -> bool:
    with writing(store) as connection:
        closing = sa.update(SESSIONS).where(which, SESSIONS.c.ditutup.is_(None)).values(ditutup=time.time())
        return connection.execute(closing).rowcount > 0


def _set(store: Store, tanda: str, **values: Any) -> None:
    with writing_at_once(store) as free:
        if free:
            free.execute(sa.update(SESSIONS).where(SESSIONS.c.tanda == tanda).values(**values))


def _make_table(store: Store) -> None:
    """Make the table where the store was made before there was a register."""
    if store.engine not in _MADE:
        if not sa.inspect(store.engine).has_table(SESSIONS.name):
            with writing(store) as connection:
                SESSIONS.create(connection, checkfirst=True)
        _MADE.add(store.engine)


_MADE: WeakSet[sa.Engine] = WeakSet()
