"""The audit log: only added to, whole after writers in several processes, and every kind of tampering is found."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from data.audit import AUDIT, COLUMNS, AuditNotWritten, acts, check_audit, newest_seal, read_audit, write_audit
from data.store import DATABASE, METADATA, POINTERS, VERSIONS, Store, open_store, writing
from tests.conftest import ROOT

WRITER = (
    "import sys\nfrom data.audit import write_audit\nfrom data.store import open_store\n"
    "store = open_store()\nfor number in range(int(sys.argv[2])):\n"
    "    write_audit(store, sys.argv[1], 'petugas', 'lihat', 'sasaran', str(number))\n"
)


def fill(store: Store, rows: int = 5) -> None:
    for number in range(rows):
        write_audit(store, "bidan", "petugas", "lihat" if number % 2 else "unduh", "sasaran", f"halaman {number}")


def tamper(store: Store, statement: str) -> None:
    """Change the database as somebody would who first removes the guards."""
    with sqlite3.connect(store.folder / DATABASE) as connection:
        for name in ("audit_tidak_diubah", "audit_tidak_dihapus", "audit_berurutan"):
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement)


def test_rows_come_back_newest_first_with_who_when_and_what(store: Store) -> None:
    fill(store, 3)
    rows = read_audit(store)
    assert tuple(rows.columns) == COLUMNS
    assert rows["nomor"].tolist() == [3, 2, 1]
    assert rows.loc[2, list(COLUMNS[2:])].tolist() == ["bidan", "petugas", "unduh", "sasaran", "halaman 0"]
    assert pd.to_datetime(rows["waktu"]).dt.tz is not None
    assert read_audit(store, last=2)["nomor"].tolist() == [3, 2]
    assert read_audit(store, perbuatan="lihat")["nomor"].tolist() == [2]
    assert acts(store) == ["lihat", "unduh"]


def test_an_empty_log_is_whole(store: Store) -> None:
    assert read_audit(store).empty and tuple(read_audit(store).columns) == COLUMNS
    assert acts(store) == [] and check_audit(store) is None and newest_seal(store) == (0, "")


def test_a_store_made_before_there_was_a_log_gets_one(penyimpanan: Path) -> None:
    penyimpanan.mkdir()
    old = sa.create_engine(f"sqlite:///{(penyimpanan / DATABASE).as_posix()}")
    METADATA.create_all(old, tables=[VERSIONS, POINTERS])
    old.dispose()
    store = open_store(penyimpanan)
    assert read_audit(store).empty and acts(store) == [] and check_audit(store) is None
    assert newest_seal(store) == (0, "") and not sa.inspect(store.engine).has_table(AUDIT.name)
    fill(store, 2)
    assert check_audit(store) is None and newest_seal(store)[0] == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET siapa = 'lain' WHERE nomor = 2",
        "DELETE FROM audit",
        "INSERT OR REPLACE INTO audit SELECT nomor, waktu, 'lain', ruang, perbuatan, objek, rincian, sha256 FROM audit",
        "REPLACE INTO audit SELECT 2, waktu, 'lain', ruang, perbuatan, objek, rincian, sha256 FROM audit LIMIT 1",
        "INSERT INTO audit SELECT 9, waktu, siapa, ruang, perbuatan, objek, rincian, sha256 FROM audit LIMIT 1",
    ],
)
def test_the_database_refuses_to_change_delete_replace_or_skip(store: Store, statement: str) -> None:
    fill(store)
    with (
        sqlite3.connect(store.folder / DATABASE) as connection,
        pytest.raises(sqlite3.IntegrityError, match="ditambah"),
    ):
        connection.execute(statement)
    assert read_audit(store)["siapa"].tolist() == ["bidan"] * 5 and check_audit(store) is None


@pytest.mark.parametrize(
    ("statement", "first"),
    [
        *((f"UPDATE audit SET {name} = 'lain' WHERE nomor = 3", 3) for name in COLUMNS[1:]),
        ("UPDATE audit SET sha256 = '' WHERE nomor = 4", 4),
        ("UPDATE audit SET objek = objek || rincian, rincian = '' WHERE nomor = 2", 2),
        ("DELETE FROM audit WHERE nomor = 2", 2),
        ("DELETE FROM audit WHERE nomor = 1", 1),
        ("UPDATE audit SET nomor = nomor + 1 WHERE nomor = 5", 5),
        ("INSERT INTO audit SELECT 6, waktu, siapa, ruang, perbuatan, objek, rincian, sha256 FROM audit LIMIT 1", 6),
        ("UPDATE audit SET nomor = 0 WHERE nomor = 1", 1),
    ],
)
def test_tampering_behind_the_guards_is_found_at_its_first_row(store: Store, statement: str, first: int) -> None:
    fill(store)
    tamper(store, statement)
    assert check_audit(store) == first


def test_a_cut_off_end_shows_in_the_newest_seal(store: Store) -> None:
    fill(store)
    before = newest_seal(store)
    tamper(store, "DELETE FROM audit WHERE nomor = 5")
    assert check_audit(store) is None
    assert newest_seal(store) != before


@pytest.mark.lambat
def test_processes_that_write_at_once_lose_nothing_and_keep_the_chain(penyimpanan: Path) -> None:
    names = ["satu", "dua", "tiga"]
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, name, "40"], cwd=ROOT) for name in names]
    assert [writer.wait(120) for writer in writers] == [0, 0, 0]
    rows = read_audit(open_store(penyimpanan), last=1000)
    assert rows["nomor"].tolist() == list(range(120, 0, -1))
    assert check_audit(open_store(penyimpanan)) is None
    for name in names:
        mine = rows.loc[rows["siapa"] == name, "rincian"].astype(int).tolist()
        assert mine == list(range(39, -1, -1))


def test_a_log_that_cannot_be_written_says_so_and_stores_nothing(store: Store) -> None:
    fill(store, 1)
    sa.event.listen(store.engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout=50"))
    store.engine.dispose()
    with writing(open_store(store.folder)), pytest.raises(AuditNotWritten, match="coba lagi"):
        write_audit(store, "bidan", "petugas", "lihat")
    assert newest_seal(store)[0] == 1


@given(texts=st.lists(st.text(st.characters(exclude_categories=())), min_size=5, max_size=5))
def test_any_text_can_be_written_and_the_chain_stays_whole(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    store = open_store(tmp_path_factory.getbasetemp() / "teks")
    write_audit(store, *texts)
    assert check_audit(store) is None
    json.dumps(read_audit(store, last=1).iloc[0].tolist(), default=int).encode()


def test_postgresql_would_get_guards_of_its_own() -> None:
    said: list[str] = []
    engine = sa.create_mock_engine("postgresql://", lambda sql, *_, **__: said.append(str(sql)))
    AUDIT.create(engine, checkfirst=False)
    assert any("BEFORE UPDATE OR DELETE OR TRUNCATE ON audit" in sql for sql in said)
    assert not any("RAISE(ABORT" in sql for sql in said)
