"""Logging in by code in a real browser: the form, the rooms, two tabs, the end of a session, a room shown lower."""

import time
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from config.text import text
from data.sessions import SESSIONS
from data.store import open_store, writing
from tests.conftest import serve
from tests.logins import enter, question

pytestmark = [pytest.mark.peramban, pytest.mark.lambat]
ENDS = 20_000  # milliseconds in which every tab must have noticed an end


def test_a_deep_link_leads_over_the_login_to_the_page(running: tuple[serve, str], tab: Any) -> None:
    errors: list[str] = []
    tab.on(
        "console",
        lambda said: said.type == "error" and "_stcore" not in said.location["url"] and errors.append(said.text),
    )
    enter(tab, running, "petugas")
    expect(question(tab)).to_have_text(text("sasaran.tanya"), timeout=30_000)
    assert tab.url == f"{running[1]}/sasaran"
    expect(tab.locator(".bl-pita-ruang")).to_have_text(text("akses.pita_petugas"))
    expect(tab.locator(".bl-siapa")).to_contain_text("Rina Wati")
    assert errors == []


def test_a_wrong_code_says_so_and_keeps_the_name(running: tuple[serve, str], tab: Any) -> None:
    tab.goto(f"{running[1]}/masuk")
    tab.get_by_label("Nama Anda").fill("Rina Wati")
    tab.get_by_label("Kode masuk").fill("AAAA-AAAA")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("alert")).to_have_text(text("masuk.salah"))
    expect(tab.get_by_label("Nama Anda")).to_have_value("Rina Wati")
    expect(tab.get_by_label("Kode masuk")).to_be_focused()


def test_fresh_codes_come_on_request(running: tuple[serve, str], tab: Any) -> None:
    before = running[0].code("petugas")
    tab.goto(f"{running[1]}/masuk")
    tab.get_by_role("button", name="Buat kode baru").click()
    expect(tab.get_by_role("status")).to_have_text(text("masuk.kode_baru"))
    assert running[0].code("petugas") != before


def test_the_lower_code_does_not_open_the_higher_room(running: tuple[serve, str], tab: Any) -> None:
    enter(tab, running, "rapat")
    expect(tab.locator("h1")).to_have_text(
        text("akses.tertutup_peran", siapa="Rina Wati", ruang="petugas"), timeout=30_000
    )
    assert text("sasaran.tanya") not in tab.content()
    tab.get_by_role("link", name="Prioritas").click()
    expect(question(tab)).to_have_text(text("prioritas.tanya"), timeout=30_000)


def test_logging_out_in_one_tab_ends_the_other(running: tuple[serve, str], tab: Any) -> None:
    enter(tab, running, "petugas")
    expect(question(tab)).to_have_text(text("sasaran.tanya"), timeout=30_000)
    other = tab.context.new_page()
    other.goto(f"{running[1]}/riwayat")
    expect(question(other)).to_have_text(text("riwayat.tanya"), timeout=30_000)
    tab.get_by_role("button", name="Keluar").click()
    expect(tab.locator("a.bl-masuk")).to_be_visible(timeout=30_000)
    expect(other.locator("h1")).to_have_text([text("akses.tertutup", ruang="petugas")], timeout=ENDS)
    assert text("riwayat.tanya") not in other.content() and "Rina Wati" not in other.content()
    assert [cookie["name"] for cookie in tab.context.cookies()] == ["_streamlit_xsrf"]


def test_a_session_that_is_over_ends_on_screen(running: tuple[serve, str], folder: Path, tab: Any) -> None:
    enter(tab, running, "petugas")
    expect(question(tab)).to_have_text(text("sasaran.tanya"), timeout=30_000)
    store = open_store(folder)
    with writing(store) as connection:
        connection.execute(sa.update(SESSIONS).values(berakhir=time.time()))
    store.engine.dispose()
    expect(tab.locator("h1")).to_have_text([text("akses.tertutup", ruang="petugas")], timeout=ENDS)
    assert text("sasaran.tanya") not in tab.content()


def test_an_old_cookie_put_back_after_logging_out_is_refused(running: tuple[serve, str], tab: Any) -> None:
    enter(tab, running, "petugas")
    expect(question(tab)).to_have_text(text("sasaran.tanya"), timeout=30_000)
    kept = tab.context.cookies()
    tab.get_by_role("button", name="Keluar").click()
    expect(tab.locator("a.bl-masuk")).to_be_visible(timeout=30_000)
    tab.context.add_cookies(kept)
    tab.goto(f"{running[1]}/sasaran")
    expect(tab.locator("h1")).to_have_text([text("akses.tertutup", ruang="petugas")], timeout=30_000)


def test_showing_publik_hides_the_rest_and_survives_a_reload(running: tuple[serve, str], tab: Any) -> None:
    enter(tab, running, "petugas")
    expect(question(tab)).to_have_text(text("sasaran.tanya"), timeout=30_000)
    tab.get_by_role("radio", name="Publik").click()
    expect(question(tab)).to_have_text(text("ringkasan.tanya"), timeout=30_000)
    expect(tab.locator(".bl-pita-ruang")).to_have_text(text("akses.pita_publik"))
    expect(tab.get_by_role("link", name="Sasaran")).to_have_count(0)
    assert tab.get_by_text("Page not found").count() == 0
    tab.reload()
    expect(tab.locator(".bl-pita-ruang")).to_have_text(text("akses.pita_publik"), timeout=30_000)
    tab.get_by_role("radio", name="Petugas").click()
    expect(tab.get_by_role("link", name="Sasaran")).to_have_count(1, timeout=30_000)


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)], ids=lambda size: str(size[0]))
def test_the_strip_and_the_login_page_fit(running: tuple[serve, str], tab: Any, size: tuple[int, int]) -> None:
    tab.set_viewport_size({"width": size[0], "height": size[1]})
    tab.goto(f"{running[1]}/masuk")
    assert tab.evaluate("document.documentElement.scrollWidth") <= size[0]
    enter(tab, running, "rapat", "/peta")
    expect(tab.locator(".bl-pita-ruang")).to_have_text(text("akses.pita_rapat"), timeout=30_000)
    too_wide = "document.querySelector('.stMain').scrollWidth - document.querySelector('.stMain').clientWidth"
    assert tab.evaluate(too_wide) <= 1


def test_a_file_of_a_higher_room_comes_only_to_its_own_login(
    running: tuple[serve, str], tab: Any, peramban: Any
) -> None:
    enter(tab, running, "rapat", "/parameter")
    expect(tab.locator(".bl-pita-ruang")).to_have_text(text("akses.pita_rapat"), timeout=30_000)
    tab.get_by_text(text("umum.tabel")).click()
    link = tab.locator("a.bl-unduh")
    with tab.expect_download(timeout=30_000) as download:
        link.click()
    assert download.value.suggested_filename.endswith(".csv")
    assert Path(download.value.path()).read_bytes().startswith(b"\xef\xbb\xbf")
    where = running[1] + link.get_attribute("href")
    assert tab.request.get(where).status == 200
    stranger = peramban.new_context()
    assert stranger.request.get(where).status == 404
    stranger.close()
    tab.get_by_role("button", name="Keluar").click()
    expect(tab.locator("a.bl-masuk")).to_be_visible(timeout=30_000)
    assert tab.request.get(where).status == 404
