"""Logging in at a real OIDC provider through a real browser: roles, logout, expiry, replay, two tabs."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect

from config.text import text
from tests.logins import logged, question
from tests.oidc_office import LEADER, STAFF, STRANGER, Office, office
from tests.raw_page import ask_page, text_of

pytestmark = [pytest.mark.peramban, pytest.mark.lambat]
ENDS = 20_000  # milliseconds in which every tab must have noticed an end


@pytest.fixture(scope="module")
def kantor(penyimpanan_contoh: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = Path(shutil.copytree(penyimpanan_contoh, tmp_path_factory.mktemp("oidc") / "penyimpanan"))
    with office(folder) as running:
        yield running


def enter(page: Any, office: Office, sub: str, path: str = "/sasaran") -> None:
    """Log in at the provider as its user number `sub`, by way of the page that was asked for."""
    page.goto(office.address + path)
    page.locator("a.bl-tombol, a.bl-masuk").last.click()
    page.wait_for_url("**/oauth2/authorize**")
    page.locator(f"button[name=sub][value='{sub}']").click()


def cookies_of(page: Any, office: Office) -> str:
    return "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in page.context.cookies(office.address))


def test_staff_log_in_and_come_back_to_the_page(kantor: Office, tab: Any) -> None:
    enter(tab, kantor, "1")
    expect(question(tab)).to_have_text(text("sasaran.tanya"), timeout=30_000)
    assert tab.url == f"{kantor.address}/sasaran"
    expect(tab.locator(".bl-siapa")).to_have_text(STAFF)
    assert "Kode masuk" not in kantor.server.said()
    row = logged(kantor.folder).iloc[0]
    assert tuple(row[["perbuatan", "siapa", "ruang", "objek"]]) == ("masuk", STAFF, "petugas", "oidc")


def test_a_role_by_group_opens_rapat_and_not_petugas(kantor: Office, tab: Any) -> None:
    enter(tab, kantor, "2", "/prioritas")
    expect(question(tab)).to_have_text(text("prioritas.tanya"), timeout=30_000)
    tab.goto(f"{kantor.address}/sasaran")
    expect(tab.locator("h1")).to_have_text(text("akses.tertutup_peran", siapa=LEADER, ruang="petugas"), timeout=30_000)
    assert text("sasaran.tanya") not in tab.content()


@pytest.mark.parametrize(("sub", "siapa"), [("3", STRANGER), ("4", STAFF)], ids=["unknown", "unverified"])
def test_an_account_without_a_role_sees_publik_and_why(kantor: Office, tab: Any, sub: str, siapa: str) -> None:
    enter(tab, kantor, sub)
    expect(tab.locator(".bl-pita-ruang")).to_have_text(text("akses.tanpa_peran", siapa=siapa), timeout=30_000)
    assert text("sasaran.tanya") not in tab.content()
    assert logged(kantor.folder).iloc[0]["perbuatan"] == "masuk_tanpa_peran"


def test_logging_out_ends_every_tab_and_every_copy_of_the_cookie(kantor: Office, tab: Any) -> None:
    enter(tab, kantor, "1")
    expect(question(tab)).to_have_text(text("sasaran.tanya"), timeout=30_000)
    other = tab.context.new_page()
    other.goto(f"{kantor.address}/riwayat")
    expect(question(other)).to_have_text(text("riwayat.tanya"), timeout=30_000)
    kept = tab.context.cookies()
    assert any(cookie["name"] == "_streamlit_user" and cookie["httpOnly"] for cookie in kept)
    tab.get_by_role("button", name="Keluar").click()
    expect(other.locator("h1")).to_have_text([text("akses.tertutup", ruang="petugas")], timeout=ENDS)
    assert text("riwayat.tanya") not in other.content()
    tab.wait_for_url("http://localhost:*/**")
    tab.context.add_cookies(kept)
    other.goto(f"{kantor.address}/sasaran")
    expect(other.locator("h1")).to_have_text([text("akses.tertutup", ruang="petugas")], timeout=30_000)
    assert logged(kantor.folder).iloc[0]["perbuatan"] == "keluar"


@pytest.mark.parametrize(("method", "path"), [("POST", "/keluar"), ("GET", "/auth/logout")])
def test_the_cookie_also_works_and_dies_over_plain_http(kantor: Office, tab: Any, method: str, path: str) -> None:
    """Given requests that no page script sees (files, logging out), the same login counts, and its end too."""
    enter(tab, kantor, "1")
    expect(question(tab)).to_have_text(text("sasaran.tanya"), timeout=30_000)
    headers = {"cookie": cookies_of(tab, kantor), "origin": kantor.address}
    with httpx.Client(base_url=kantor.address, headers=headers, trust_env=False) as client:
        assert client.get("/masuk?ke=/peta").headers["location"] == "/peta"
        assert client.request(method, path).status_code in (302, 303)
        assert "/auth/login" in client.get("/masuk").headers["location"]
    expect(tab.locator("h1")).to_have_text([text("akses.tertutup", ruang="petugas")], timeout=ENDS)


def test_a_raw_websocket_without_or_with_a_forged_login_gets_nothing(kantor: Office) -> None:
    for cookie in (
        "",
        "_streamlit_user=x",
        'balanting_sesi=x; _streamlit_user={"email":"gizi@kantor.id","is_logged_in":true}',
    ):
        assert text("sasaran.tanya") not in text_of(ask_page(kantor.address, "sasaran", cookie=cookie))


def test_there_is_no_code_where_there_is_a_provider(kantor: Office) -> None:
    with httpx.Client(base_url=kantor.address, headers={"origin": kantor.address}, trust_env=False) as client:
        assert client.post("/masuk", data={"nama": "x", "kode": "AAAA-AAAA"}).status_code == 404


def test_a_login_ends_with_its_token(penyimpanan_contoh: Path, tmp_path: Path, tab: Any) -> None:
    folder = Path(shutil.copytree(penyimpanan_contoh, tmp_path / "penyimpanan"))
    with office(folder, timedelta(seconds=25)) as short:
        enter(tab, short, "1")
        expect(question(tab)).to_have_text(text("sasaran.tanya"), timeout=24_000)
        expect(tab.locator("h1")).to_have_text([text("akses.tertutup", ruang="petugas")], timeout=25_000 + ENDS)
        tab.reload()
        expect(tab.locator("h1")).to_have_text([text("akses.tertutup", ruang="petugas")], timeout=30_000)
        assert "sesi_berakhir" in set(logged(folder)["perbuatan"])
