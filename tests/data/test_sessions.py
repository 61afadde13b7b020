"""The register of sessions: an end counts everywhere and for good, time ends them, nothing stored lets anybody in."""

import sqlite3
import subprocess
import sys
import time

import pytest
import sqlalchemy as sa

from data import sessions
from data.sessions import (
    SESSIONS,
    end_expired,
    end_session,
    find_session,
    look_up,
    mark_of,
    note_room,
    note_use,
    open_session,
    purge,
)
from data.store import DATABASE, Store, open_store, writing
from tests.conftest import ROOT

IDLE = 3600.0


def enter(store: Store, token: str = "abc", ruang: str = "petugas", lasts: float = 100) -> str:
    open_session(store, mark_of(token), ruang, "Rina", "kode", time.time() + lasts)
    return mark_of(token)


def test_an_open_session_says_who_and_where(store: Store) -> None:
    found = find_session(store, enter(store), IDLE)
    assert found and (found.ruang, found.tampil, found.siapa, found.asal) == ("petugas", "petugas", "Rina", "kode")
    assert find_session(store, mark_of("another"), IDLE) is None


def test_the_token_itself_is_nowhere_in_the_database(store: Store) -> None:
    enter(store, "token-rahasia-sekali")
    store.engine.dispose()
    stored = b"".join(path.read_bytes() for path in store.folder.glob(f"{DATABASE}*"))
    assert mark_of("token-rahasia-sekali").encode() in stored
    assert b"token-rahasia-sekali" not in stored


def test_an_ended_session_stays_ended_and_is_ended_once(store: Store) -> None:
    tanda = enter(store)
    assert end_session(store, tanda)
    assert end_session(store, tanda) is None
    assert find_session(store, tanda, IDLE) is None
    assert not open_session(store, tanda, "petugas", "Rina", "kode", time.time() + 100)
    assert find_session(store, tanda, IDLE) is None


def test_an_end_is_seen_by_another_process(store: Store) -> None:
    tanda = enter(store)
    code = (
        "import sys\nfrom data.sessions import end_session\nfrom data.store import open_store\n"
        "assert end_session(open_store(), sys.argv[1])"
    )
    subprocess.run([sys.executable, "-c", code, tanda], cwd=ROOT, check=True)
    assert find_session(store, tanda, IDLE) is None


@pytest.mark.parametrize(("seconds", "lasts"), [(99, True), (100, False), (101, False)])
def test_a_session_ends_at_its_hour(store: Store, monkeypatch: pytest.MonkeyPatch, seconds: float, lasts: bool) -> None:
    start = time.time()
    monkeypatch.setattr(sessions.time, "time", lambda: start)
    tanda = enter(store)
    monkeypatch.setattr(sessions.time, "time", lambda: start + seconds)
    assert (find_session(store, tanda, IDLE) is not None) is lasts
    assert [session.tanda for session in end_expired(store, IDLE)] == ([] if lasts else [tanda])


def test_use_keeps_a_session_awake_and_disuse_ends_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    start = time.time()
    moment = [start]
    monkeypatch.setattr(sessions.time, "time", lambda: moment[0])
    tanda = enter(store, lasts=100_000)
    moment[0] = start + IDLE - 1
    note_use(store, find_session(store, tanda, IDLE))
    moment[0] = start + 2 * IDLE - 2
    assert find_session(store, tanda, IDLE)
    moment[0] = start + 2 * IDLE
    assert find_session(store, tanda, IDLE) is None
    assert len(end_expired(store, IDLE)) == 1 and end_expired(store, IDLE) == []


def test_a_note_of_use_is_written_at_most_once_a_minute(store: Store) -> None:
    tanda = enter(store)
    before = look_up(store, tanda)
    note_use(store, before)
    assert look_up(store, tanda) == before


def test_the_chosen_room_is_remembered(store: Store) -> None:
    tanda = enter(store)
    note_room(store, tanda, "publik")
    found = find_session(store, tanda, IDLE)
    assert found and (found.ruang, found.tampil) == ("petugas", "publik")


def test_while_an_import_writes_pages_do_not_wait(store: Store) -> None:
    """Given another process holds the write transaction, reading and the small notes return at once."""
    tanda = enter(store)
    busy = sqlite3.connect(store.folder / DATABASE, isolation_level=None)
    busy.execute("BEGIN IMMEDIATE")
    start = time.monotonic()
    note_room(store, tanda, "publik")
    assert find_session(store, tanda, IDLE).tampil == "petugas"
    assert time.monotonic() - start < 1
    busy.execute("ROLLBACK")
    note_room(store, tanda, "publik")
    assert find_session(store, tanda, IDLE).tampil == "publik"
    busy.close()


def test_purging_keeps_what_could_be_presented_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    start = time.time()
    tanda = enter(store)
    monkeypatch.setattr(sessions.time, "time", lambda: start + 1000)
    assert purge(store, 2000) == 0 and look_up(store, tanda)
    assert purge(store, 800) == 1 and look_up(store, tanda) is None


def test_a_store_of_an_earlier_version_gets_the_register(store: Store) -> None:
    with writing(store) as connection:
        SESSIONS.drop(connection, checkfirst=True)
    store.engine.dispose()
    old = open_store(store.folder)
    assert not sa.inspect(old.engine).has_table("sesi")
    assert find_session(old, enter(old), IDLE)
    old.engine.dispose()
