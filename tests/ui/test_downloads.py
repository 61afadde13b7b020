"""Files of the higher rooms: only the login they were made for fetches them, nothing keeps them, each is logged."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from streamlit.testing.v1 import AppTest

from data.audit import read_audit
from data.sessions import end_session, mark_of, open_session
from data.store import Store
from ui import gate, parcels
from ui.parcels import Shelf


@pytest.fixture
def store(penyimpanan: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setenv("BALANTING_ALAMAT", "127.0.0.1")
    yield gate.own_store()
    gate.own_store().engine.dispose()


def login(store: Store, token: str, ruang: str) -> str:
    open_session(store, mark_of(token), ruang, f"Petugas {token}", "kode", time.time() + 100)
    return mark_of(token)


def fetch(number: str, token: str = "") -> httpx.Response:
    app = Starlette(routes=[Route("/unduh/{nomor}", parcels.fetch)])
    here = httpx.ASGITransport(app, client=("127.0.0.1", 1))
    cookies = {gate.COOKIE: token} if token else {}

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=here, base_url="http://localhost", cookies=cookies) as client:
            return await client.get(f"/unduh/{number}")

    return asyncio.run(ask())


def test_the_file_comes_to_its_own_login_and_is_logged(store: Store) -> None:
    number = parcels.SHELF.put("daftar anak.csv", b"nama", "text/csv", "petugas", login(store, "a", "petugas"), 3)
    answer = fetch(number, "a")
    assert (answer.status_code, answer.content) == (200, b"nama")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''daftar%20anak.csv"
    row = read_audit(store).iloc[0]
    assert tuple(row[["siapa", "ruang", "perbuatan", "objek"]]) == ("Petugas a", "petugas", "unduh", "daftar anak.csv")
    assert row["rincian"] == "3 nama; 4 byte"


@pytest.mark.parametrize("token", ["", "b", "rapat", "ended", "invented"])
def test_anybody_else_gets_nothing_and_it_is_logged(store: Store, token: str) -> None:
    number = parcels.SHELF.put("daftar.csv", b"Ani 6311", "text/csv", "petugas", login(store, "a", "petugas"))
    login(store, "b", "petugas")
    login(store, "rapat", "rapat")
    end_session(store, login(store, "ended", "petugas"))
    answer = fetch(number, token)
    assert answer.status_code == 404 and b"Ani" not in answer.content
    assert answer.headers["cache-control"] == "no-store"
    assert read_audit(store).iloc[0]["perbuatan"] == "unduh_ditolak"


def test_guesses_by_anybody_do_not_fill_the_log(store: Store) -> None:
    assert fetch("tebakan").status_code == 404 and read_audit(store).empty


def test_after_the_end_of_a_login_its_files_are_closed(store: Store) -> None:
    tanda = login(store, "a", "petugas")
    number = parcels.SHELF.put("daftar.csv", b"Ani 6311", "text/csv", "petugas", tanda)
    end_session(store, tanda)
    assert fetch(number, "a").status_code == 404


def test_a_file_of_a_higher_room_stays_closed_to_the_lower(store: Store) -> None:
    number = parcels.SHELF.put("daftar.csv", b"Ani 6311", "text/csv", "petugas", login(store, "a", "rapat"))
    assert fetch(number, "a").status_code == 404


def test_an_unlogged_file_is_not_handed_out(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> None:
        raise parcels.AuditNotWritten

    number = parcels.SHELF.put("daftar.csv", b"Ani 6311", "text/csv", "petugas", login(store, "a", "petugas"))
    monkeypatch.setattr(parcels, "write_audit", busy)
    answer = fetch(number, "a")
    assert answer.status_code == 503 and b"Ani" not in answer.content


def test_the_shelf_forgets_by_time_and_by_size() -> None:
    now = [0.0]
    shelf = Shelf(most=10, lasts=60, clock=lambda: now[0])
    first = shelf.put("a", b"12345", "", "petugas", "x")
    second = shelf.put("b", b"12345", "", "petugas", "x")
    assert shelf.get(first) and shelf.get(second)
    third = shelf.put("c", b"1", "", "petugas", "x")
    assert shelf.get(first) is None and shelf.get(second) and shelf.get(third)
    now[0] = 60
    assert shelf.get(second) is None and shelf.get(third) is None
    assert shelf.put("large", b"x" * 11, "", "petugas", "x") is None


def test_the_same_file_of_the_same_login_keeps_its_number() -> None:
    shelf = Shelf(most=100, lasts=60)
    numbers = [
        shelf.put("a", b"1", "", room, who)
        for room, who in (("rapat", "x"), ("rapat", "x"), ("rapat", "y"), ("petugas", "x"))
    ]
    assert numbers[0] == numbers[1] and len(set(numbers)) == 3


def page(ruang: str) -> None:
    from ui import access, downloads, session

    session.set_room(ruang)
    access.current = lambda: access.Visitor("petugas", "petugas", "Rina", "tanda")
    downloads.offer("daftar.csv", b"isi rahasia", "text/csv", "kunci", "Unduh <daftar>")


@pytest.mark.parametrize("ruang", ["rapat", "petugas"])
def test_a_higher_room_links_to_the_closed_address(ruang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from ui import access

    monkeypatch.setattr(access, "current", access.current)  # put back afterwards
    shown = AppTest.from_function(page, args=(ruang,)).run()
    assert not shown.exception and len(shown.get("download_button")) == 0
    link = shown.get("html")[0].proto.body
    assert 'href="/unduh/' in link and "Unduh &lt;daftar&gt;" in link


def test_publik_uses_the_usual_button(monkeypatch: pytest.MonkeyPatch) -> None:
    from ui import access

    monkeypatch.setattr(access, "current", access.current)
    shown = AppTest.from_function(page, args=("publik",)).run()
    assert not shown.exception and len(shown.get("download_button")) == 1
