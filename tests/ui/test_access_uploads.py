"""Uploads over HTTP: only petugas, each login only into its own open pages, nothing comes out again, size is capped."""

from pathlib import Path

import httpx
import pytest

from tests.conftest import serve
from tests.logins import browser, cookie_of, log_in, logged
from tests.raw_page import number_of, stay_on_page

pytestmark = pytest.mark.lambat


def put(client: httpx.Client, page: str, size: int = 10) -> httpx.Response:
    """Send a file into an open page as Streamlit's own uploader does."""
    client.get("/_stcore/health")
    headers = {"x-xsrftoken": client.cookies.get("_streamlit_xsrf", "")}
    files = {"berkas": ("a.csv", b"x" * size, "text/csv")}
    return client.put(f"/_stcore/upload_file/{page}/nomor-1", files=files, headers=headers)


def test_staff_upload_into_their_own_page_and_nobody_gets_it_out(running: tuple[serve, str]) -> None:
    server, address = running
    mine, other = log_in(server, address, "petugas"), log_in(server, address, "petugas")
    with stay_on_page(address, "sasaran", cookie=cookie_of(mine)) as messages:
        page = number_of(messages)
        assert put(mine, page).status_code == 204
        for client in (browser(address), mine, other):
            assert b"xxxxxxxxxx" not in client.get(f"/_stcore/upload_file/{page}/nomor-1").content


def test_no_other_login_uploads_into_a_page(running: tuple[serve, str], folder: Path) -> None:
    server, address = running
    mine = log_in(server, address, "petugas")
    others = {"publik": browser(address)} | {ruang: log_in(server, address, ruang) for ruang in ("rapat", "petugas")}
    with stay_on_page(address, "sasaran", cookie=cookie_of(mine)) as messages:
        for client in others.values():
            assert put(client, number_of(messages)).status_code == 403
            assert client.delete(f"/_stcore/upload_file/{number_of(messages)}/nomor-1").status_code == 403
    assert set(logged(folder)["perbuatan"][:4]) == {"unggah_ditolak"}


def test_publik_and_rapat_upload_nowhere_not_even_into_their_own_page(running: tuple[serve, str]) -> None:
    server, address = running
    for client in (browser(address), log_in(server, address, "rapat")):
        with stay_on_page(address, "", cookie=cookie_of(client)) as messages:
            assert put(client, number_of(messages)).status_code == 403


def test_after_logging_out_nothing_is_taken(running: tuple[serve, str]) -> None:
    server, address = running
    mine = log_in(server, address, "petugas")
    cookies = dict(mine.cookies)
    with stay_on_page(address, "sasaran", cookie=cookie_of(mine)) as messages:
        mine.post("/keluar")
        mine.cookies.update(cookies)
        assert put(mine, number_of(messages)).status_code == 403


def test_a_file_above_the_limit_is_refused(running: tuple[serve, str]) -> None:
    server, address = running
    mine = log_in(server, address, "petugas")
    with stay_on_page(address, "sasaran", cookie=cookie_of(mine)) as messages:
        assert put(mine, number_of(messages), 26 * 1024 * 1024).status_code == 413


def test_without_the_browsers_own_token_nothing_is_taken(running: tuple[serve, str]) -> None:
    server, address = running
    mine = log_in(server, address, "petugas")
    with stay_on_page(address, "sasaran", cookie=cookie_of(mine)) as messages:
        where = f"/_stcore/upload_file/{number_of(messages)}/nomor-1"
        assert mine.put(where, files={"berkas": ("a.csv", b"x")}).status_code == 403
