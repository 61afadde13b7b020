"""Logging in by code over HTTP: who may try, what is refused and written down, what a session opens and an end closes."""

import shutil
import time
from pathlib import Path

import pytest

from config.text import text
from tests.conftest import serve
from tests.logins import COOKIE, WRONG, browser, cookie_of, log_in, logged, sentence_of, try_code
from tests.raw_page import ask_page, text_of

pytestmark = pytest.mark.lambat
INSIDE = {"sasaran": text("sasaran.tanya"), "prioritas": text("prioritas.tanya"), "riwayat": text("riwayat.tanya")}


def test_a_code_opens_its_room_and_nothing_above(running: tuple[serve, str]) -> None:
    server, address = running
    for ruang, reached in (("rapat", {"prioritas"}), ("petugas", {"prioritas", "sasaran", "riwayat"})):
        cookie = cookie_of(log_in(server, address, ruang))
        for name, inside in INSIDE.items():
            assert (inside in text_of(ask_page(address, name, cookie=cookie))) is (name in reached), (ruang, name)


@pytest.mark.parametrize("by_hash", [False, True], ids=["name", "hash"])
@pytest.mark.parametrize("name", INSIDE)
def test_without_a_login_a_page_gives_nothing_of_itself(running: tuple[serve, str], name: str, by_hash: bool) -> None:
    said = text_of(ask_page(running[1], name, by_hash))
    assert INSIDE[name] not in said and text(f"{name}.judul") not in said


@pytest.mark.parametrize(
    "cookie",
    [f"{COOKIE}=", f"{COOKIE}=petugas", f"{COOKIE}={'0' * 64}", "_streamlit_user=petugas", f"{COOKIE}=' OR 1=1 --"],
)
def test_an_invented_cookie_gives_nothing(running: tuple[serve, str], cookie: str) -> None:
    assert INSIDE["sasaran"] not in text_of(ask_page(running[1], "sasaran", cookie=cookie))


def test_the_mark_in_the_register_is_no_cookie(running: tuple[serve, str], folder: Path) -> None:
    """Given somebody read the database, what stands there does not let him in."""
    from data.sessions import mark_of

    client = log_in(*running, "petugas")
    stolen = f"{COOKIE}={mark_of(client.cookies[COOKIE])}"
    assert INSIDE["sasaran"] not in text_of(ask_page(running[1], "sasaran", cookie=stolen))


def test_logging_out_ends_the_session_for_every_holder_of_its_cookie(running: tuple[serve, str], folder: Path) -> None:
    server, address = running
    client = log_in(server, address, "petugas")
    cookie = cookie_of(client)
    answer = client.post("/keluar")
    assert answer.status_code == 303 and COOKIE not in client.cookies
    assert INSIDE["sasaran"] not in text_of(ask_page(address, "sasaran", cookie=cookie))
    assert list(logged(folder)["perbuatan"][:2]) == ["keluar", "masuk"]


def test_streamlits_own_address_of_logging_out_ends_the_session_too(running: tuple[serve, str], folder: Path) -> None:
    server, address = running
    client = log_in(server, address, "petugas")
    answer = client.get("/auth/logout")
    assert answer.headers["clear-site-data"]
    assert INSIDE["sasaran"] not in text_of(ask_page(address, "sasaran", cookie=cookie_of(client)))
    assert list(logged(folder)["perbuatan"][:2]) == ["keluar", "masuk"]


def test_logging_in_again_ends_the_login_before(running: tuple[serve, str]) -> None:
    server, address = running
    client = log_in(server, address, "petugas")
    before = cookie_of(client)
    assert try_code(client, server.code("rapat")).status_code == 303
    assert INSIDE["prioritas"] in text_of(ask_page(address, "prioritas", cookie=cookie_of(client)))
    for name, inside in INSIDE.items():
        assert inside not in text_of(ask_page(address, name, cookie=before))


def test_a_used_code_is_refused_and_logged(running: tuple[serve, str], folder: Path) -> None:
    server, address = running
    code = server.code("petugas")
    first, second = browser(address), browser(address)
    assert try_code(first, code).status_code == 303
    again = try_code(second, code)
    assert again.status_code == 403 and COOKIE not in second.cookies and sentence_of(again) == text("masuk.salah")
    newest = logged(folder).iloc[0]
    assert (newest["perbuatan"], newest["siapa"]) == ("masuk_gagal", "Rina Wati")
    log_in(server, address, "rapat")  # a right one, so that the next test starts with every try


def test_the_cookie_cannot_be_read_by_scripts_nor_sent_by_other_sites(running: tuple[serve, str]) -> None:
    server, address = running
    client = browser(address)
    answer = try_code(client, server.code("rapat"), ke="/peta?lapis=desa")
    assert answer.headers["location"] == "/peta?lapis=desa"
    said = answer.headers["set-cookie"].lower()
    assert "httponly" in said and "samesite=strict" in said and "path=/" in said and "max-age" not in said
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "ke", ["//jahat.example", "https://jahat.example", "/\\jahat.example", "/a/../b", "", "/%0d%0aX: 1"]
)
def test_a_login_leads_only_to_our_own_pages(running: tuple[serve, str], ke: str) -> None:
    server, address = running
    assert try_code(browser(address), server.code("rapat"), ke=ke).headers["location"] == "/"


@pytest.mark.parametrize(
    "header",
    [
        {"origin": "http://jahat.example"},
        {"origin": "http://localhost:1"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"x-forwarded-for": "127.0.0.1"},
        {"x-forwarded-host": "localhost"},
        {"forwarded": "for=127.0.0.1"},
        {"via": "1.1 proxy"},
        {"x-real-ip": "127.0.0.1"},
    ],
    ids=lambda header: " ".join(header.items().__iter__().__next__()),
)
def test_the_right_code_from_elsewhere_is_refused_and_stays_unused(
    running: tuple[serve, str], header: dict[str, str]
) -> None:
    server, address = running
    code = server.code("petugas")
    client = browser(address)
    assert try_code(client, code, **header).status_code == 403 and COOKIE not in client.cookies
    assert server.code("petugas") == code


def test_a_session_does_not_count_through_a_proxy(running: tuple[serve, str]) -> None:
    server, address = running
    cookie = cookie_of(log_in(server, address, "petugas"))
    said = text_of(ask_page(address, "sasaran", cookie=cookie, X_Forwarded_For="127.0.0.1"))
    assert INSIDE["sasaran"] not in said


def test_nobody_is_logged_out_by_another_site(running: tuple[serve, str]) -> None:
    server, address = running
    client = log_in(server, address, "petugas")
    assert client.post("/keluar", headers={"origin": "http://jahat.example"}).status_code == 403
    assert INSIDE["sasaran"] in text_of(ask_page(address, "sasaran", cookie=cookie_of(client)))


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        ("x" * 5000, {"content-type": "application/x-www-form-urlencoded"}),
        ("nama=a&kode=b", {"content-type": "text/plain"}),
        ("&".join(f"a{n}=1" for n in range(50)), {"content-type": "application/x-www-form-urlencoded"}),
        ("nama=%FF%00&kode=%00", {"content-type": "application/x-www-form-urlencoded"}),
    ],
)
def test_a_strange_form_is_refused(running: tuple[serve, str], body: str, headers: dict[str, str]) -> None:
    answer = browser(running[1]).post("/masuk", content=body, headers=headers)
    assert answer.status_code == 403 and "Traceback" not in answer.text


def test_without_a_name_nobody_enters(running: tuple[serve, str]) -> None:
    server, address = running
    answer = browser(address).post("/masuk", data={"nama": " \t", "kode": server.code("petugas"), "ke": "/"})
    assert answer.status_code == 403 and sentence_of(answer) == text("masuk.nama_kosong")


def test_text_of_the_visitor_is_escaped(running: tuple[serve, str]) -> None:
    answer = browser(running[1]).post("/masuk", data={"nama": '"><script>x</script>', "kode": "", "ke": "/"})
    assert "<script" not in answer.text and "&lt;script&gt;" in answer.text


def test_ten_wrong_codes_lock_the_door_and_are_logged(folder: Path, penyimpanan_contoh: Path, tmp_path: Path) -> None:
    own = Path(shutil.copytree(penyimpanan_contoh, tmp_path / "penyimpanan"))
    server = serve(own)
    with server as address:
        before = server.code("petugas")
        answers = [try_code(browser(address), WRONG).status_code for _ in range(10)]
        assert answers == [403] * 4 + [429] * 6
        assert server.code("petugas") != before
        for code in (before, server.code("petugas")):
            assert try_code(browser(address), code).status_code == 429
    acts = logged(own)["perbuatan"].value_counts()
    assert (acts["masuk_gagal"], acts["masuk_terkunci"], acts["kode_dikunci"]) == (5, 7, 1)


def test_an_expired_session_shows_nothing_and_is_logged(running: tuple[serve, str], folder: Path) -> None:
    import sqlalchemy as sa

    from data.sessions import SESSIONS, mark_of
    from data.store import open_store, writing

    server, address = running
    client = log_in(server, address, "petugas")
    store = open_store(folder)
    mine = SESSIONS.c.tanda == mark_of(client.cookies[COOKIE])
    with writing(store) as connection:
        connection.execute(sa.update(SESSIONS).where(mine).values(terlihat=time.time() - 3601))
    store.engine.dispose()
    assert INSIDE["sasaran"] not in text_of(ask_page(address, "sasaran", cookie=cookie_of(client)))
    assert logged(folder).iloc[0]["perbuatan"] == "sesi_berakhir"


def test_on_an_open_address_there_is_only_publik(folder: Path) -> None:
    server = serve(folder, "--alamat", "0.0.0.0")
    with server as address:
        assert "Kode masuk" not in server.said()
        client = browser(address)
        assert client.get("/masuk").status_code == 404 and try_code(client, WRONG).status_code == 404
        said = text_of(ask_page(address, "sasaran"))
        assert INSIDE["sasaran"] not in said and "/masuk" not in said
