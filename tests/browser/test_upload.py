"""Unggah in a real browser: two files dropped at once, one of them bad; what is stored shows on Ringkasan."""

import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect

from config.text import text
from tests.builders import make_children, make_table, write_xlsx
from tests.conftest import serve
from tests.logins import enter

pytestmark = [pytest.mark.peramban, pytest.mark.lambat]


def measured(path: Path, **changes: str) -> Path:
    children = make_children()
    children[0] |= changes
    return write_xlsx(path, make_table(2, children))


def drop(tab: Any, *files: Path) -> None:
    """Let go of files from the desk over the place that takes them, as the browser itself sees it."""
    zone = tab.get_by_test_id("stFileUploaderDropzone")
    expect(zone).to_be_visible(timeout=30_000)
    zone.scroll_into_view_if_needed()
    box, driver = zone.bounding_box(), tab.context.new_cdp_session(tab)
    carried = {"items": [], "files": [str(file) for file in files], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        driver.send("Input.dispatchDragEvent", {"type": kind, "x": box["x"] + 40, "y": box["y"] + 20, "data": carried})


def test_two_files_are_dropped_one_is_bad_the_other_is_stored_and_counts(
    running: tuple[serve, str], tab: Any, tmp_path: Path
) -> None:
    server, address = running
    enter(tab, running, "petugas", "/unggah")
    expect(tab.locator("h1")).to_have_text(text("unggah.utama"), timeout=30_000)
    bad = tmp_path / "foto.xlsx"
    bad.write_bytes(b"\xff\xd8\xff\xe0 gambar")
    drop(tab, measured(tmp_path / "ukur.xlsx", Berat="8500"), bad)
    expect(tab.locator("h1")).to_contain_text("7 dari 8 baris", timeout=30_000)
    expect(tab.get_by_text("foto.xlsx adalah foto atau gambar")).to_be_visible()
    assert "DATA CONTOH" in tab.content()
    with tab.expect_download() as fetched:
        tab.get_by_role("link", name=re.compile("baris yang ditolak")).click()
    assert Path(fetched.value.path()).read_bytes().startswith(b"PK")
    address_of_file = tab.get_by_role("link", name=re.compile("baris yang ditolak")).get_attribute("href")
    assert httpx.get(f"{address}{address_of_file}").status_code == 404  # not for anybody without this login
    tab.get_by_role("button", name="Simpan 1 berkas").click()
    expect(tab.locator("h1")).to_contain_text("7 baris tersimpan", timeout=30_000)
    tab.get_by_role("link", name="Ringkasan").click()
    expect(tab.locator(".bl-cap")).to_contain_text("n =", timeout=30_000)
    expect(tab.get_by_text(text("umum.pita_contoh"))).to_have_count(0)
    assert "Bulan ukur: Jun 2022" in tab.locator(".bl-cap").inner_text()
    assert "Traceback" not in server.said() and httpx.get(f"{address}/_stcore/health").status_code == 200


def test_on_a_phone_nothing_is_wider_than_the_screen(running: tuple[serve, str], tab: Any, tmp_path: Path) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    enter(tab, running, "petugas", "/unggah")
    children = make_children()
    children[0] |= {"Tgl Lahir": "31/06/2021"}
    children[1] |= {"Berat": "8.3"}
    drop(tab, write_xlsx(tmp_path / "lagi.xlsx", make_table(2, children)))
    expect(tab.locator("h1")).to_contain_text("baris siap disimpan", timeout=30_000)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
    assert tab.locator(".stMainBlockContainer").evaluate("box => box.scrollWidth - box.clientWidth") <= 1
