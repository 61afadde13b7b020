"""Where everything stored lives: one folder, one SQLite database with versions, pointers and the import log."""

import datetime as dt
import getpass
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import sqlalchemy as sa

from data.unusable import StoreFull, StoreUnusable, is_no_room

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = "BALANTING_PENYIMPANAN"
SAMPLE_FOLDER = "contoh"
DATABASE = "balanting.sqlite3"
NO_WAIT, USUAL_WAIT = 0, 60_000  # milliseconds that SQLite waits for another writer

METADATA = sa.MetaData()
VERSIONS = sa.Table(
    "versi",
    METADATA,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("rantai", sa.String, nullable=False),
    sa.Column("jenis", sa.String, nullable=False),
    sa.Column("induk", sa.String),
    sa.Column("berkas", sa.String, nullable=False),
    sa.Column("sha256", sa.String, nullable=False),
    sa.Column("periode", sa.String),
    sa.Column("baris", sa.Integer, nullable=False),
    sa.Column("diterima", sa.Integer, nullable=False),
    sa.Column("ditolak", sa.Integer, nullable=False),
    sa.Column("pengimpor", sa.String, nullable=False),
    sa.Column("waktu", sa.String, nullable=False),
)
POINTERS = sa.Table(
    "penunjuk",
    METADATA,
    sa.Column("rantai", sa.String, primary_key=True),
    sa.Column("versi", sa.String, sa.ForeignKey("versi.id"), nullable=False),
)


@dataclass(frozen=True)
class Store:
    """An opened store: its folder and its database."""

    folder: Path
    engine: sa.Engine

    @property
    def is_sample(self) -> bool:
        """True when this is the store of generated sample data."""
        return self.folder.name == SAMPLE_FOLDER


def store_folder() -> Path:
    """Return the folder of the user's own store (`BALANTING_PENYIMPANAN`, default `penyimpanan/`)."""
    return Path(os.environ.get(ENVIRONMENT) or ROOT / "penyimpanan").expanduser().resolve()


def open_store(folder: Path | None = None) -> Store:
    """Open the store in `folder` (default: the user's own), making it when it does not exist yet."""
    folder = folder or store_folder()
    try:
        make_private(folder)
        make_private(folder / "versi")
        (folder / DATABASE).touch(mode=0o600)
    except OSError as error:
        raise (StoreFull(folder) if is_no_room(error) else StoreUnusable(folder, ENVIRONMENT)) from error
    _close_to_others(folder / "versi", folder / DATABASE)
    engine = sa.create_engine(
        f"sqlite:///{(folder / DATABASE).as_posix()}",
        connect_args={"timeout": USUAL_WAIT / 1000},
        hide_parameters=True,  # an error must not carry what was about to be stored
    )
    sa.event.listen(engine, "connect", _configure)
    store = Store(folder, engine)
    try:
        if not sa.inspect(engine).has_table(POINTERS.name):  # asked first: a reader must not wait for a running import
            with writing(store) as connection:
                METADATA.create_all(connection)
    except sa.exc.OperationalError as error:  # even opening takes some room: the shared memory of the log
        if is_no_room(error):
            raise StoreFull(folder) from error
        raise
    return store


def make_private(folder: Path) -> None:
    """Make a folder and those above it, where missing, that only their owner may enter (POSIX; Windows inherits)."""
    for place in (*reversed(folder.parents), folder):
        if not place.exists():
            place.mkdir(mode=0o700, exist_ok=True)


def _close_to_others(*paths: Path) -> None:
    """Take the rights of other users off what was made without that care. Windows has no such bits."""
    for path in paths:
        mode = path.stat().st_mode
        if os.name != "nt" and mode & 0o077:
            with suppress(OSError):  # a service may serve a store that it does not own
                path.chmod(mode & 0o700)


def _configure(connection: sqlite3.Connection, _record: object) -> None:
    # pysqlite must not open transactions by itself: `writing` alone does, and readers never hold a lock.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.close()


@contextmanager
def writing(store: Store) -> Iterator[sa.Connection]:
    """Hold the only write transaction of the store; a second import waits for its end."""
    with store.engine.begin() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection


@contextmanager
def writing_at_once(store: Store) -> Iterator[sa.Connection | None]:
    """Like `writing`, but gives None instead of waiting for an import that is writing."""
    with store.engine.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {NO_WAIT}")
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except sa.exc.OperationalError:
            yield None
        else:
            yield connection
        finally:
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {USUAL_WAIT}")


@contextmanager
def reading(store: Store) -> Iterator[sa.Connection]:
    """Read the database without ever waiting for an import."""
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield connection


def current_version(connection: sa.Connection, rantai: str) -> str | None:
    """Return the id of the version that counts now in a chain (such as "eppgbm"), or None."""
    return connection.execute(sa.select(POINTERS.c.versi).where(POINTERS.c.rantai == rantai)).scalar()


def lineage(connection: sa.Connection, rantai: str) -> pd.DataFrame:
    """Return the imports that make up the current version, newest first: the columns of `versi`."""
    rows = []
    version = current_version(connection, rantai)
    while version:
        row = connection.execute(sa.select(VERSIONS).where(VERSIONS.c.id == version)).mappings().one()
        rows.append(dict(row))
        version = row["induk"]
    return pd.DataFrame(rows, columns=[column.name for column in VERSIONS.columns])


def read_table(store: Store, version: str, name: str) -> pd.DataFrame:
    """Return one stored table of a version; raises FileNotFoundError where it holds no such table."""
    return pd.read_parquet(_path(store, version, name))


def find_table(store: Store, version: str, name: str) -> pd.DataFrame | None:
    """Return one stored table of a version, None where it holds no such table (older versions hold fewer)."""
    return read_table(store, version, name) if _path(store, version, name).exists() else None


def _path(store: Store, version: str, name: str) -> Path:
    return store.folder / "versi" / version / f"{name}.parquet"


def holds_data(folder: Path | None = None) -> bool:
    """True when the store in `folder` has at least one stored table; makes nothing."""
    folder = folder or store_folder()
    if not (folder / DATABASE).exists():
        return False
    with closing(sqlite3.connect(folder / DATABASE, timeout=60)) as connection:
        try:
            return connection.execute("SELECT 1 FROM penunjuk LIMIT 1").fetchone() is not None
        except sqlite3.OperationalError:  # made but still without tables
            return False


def system_user() -> str:
    """Return the name of the user of this computer, for what is written down of a command."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no user name is known to the system
        return "tidak diketahui"


def now_text() -> str:
    """Return the present moment as ISO text with seconds, in local time."""
    return dt.datetime.now().astimezone().isoformat(timespec="seconds")
