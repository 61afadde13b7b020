"""The map in a real browser: painted offline, zoom kept over a change, choice by pointer, finger and keyboard, safe card."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, Page

from benchmarks.browser import serve

pytestmark = pytest.mark.peramban

LAUNCHER = """
import sys
sys.path.insert(0, {root!r})
import streamlit as st
from starlette.routing import Mount
from ui.static_files import CachedStatic

app = st.App("ui/main.py", routes=[Mount("/app/static", CachedStatic(directory={root!r} + "/static"))])
"""
# Four special desa: withheld, no data, hatched, and one whose card holds text that looks like markup.
SCRIPT = """
import pandas as pd
import streamlit as st
from config.places import load_desa, load_lokus
from analytics.disclosure import Cleared
from ui.maps import encode_cells, show_map

ukuran = st.selectbox("Ukuran", ["satu", "dua"])
fokus = st.selectbox("Wilayah", ["semua", "63.11.02"])
desa = load_desa()
cells = pd.DataFrame({"kode": desa["kode"], "warna": "prev1" if ukuran == "satu" else "prev4", "pola": "", "n": ukuran})
cells["bintang"] = desa["kode"].isin(load_lokus()["kode"])
cells = cells.set_index("kode")
cells.loc["63.11.02.2001", ["pola", "n"]] = ["samar", ""]
cells.loc["63.11.02.2005", ["pola", "n"]] = ["arsir", "<img src=x onerror=alert(1)>"]
cells = cells.drop("63.11.02.2002").reset_index()
kode = show_map("desa", encode_cells("desa", Cleared(cells, "publik"), [("Nilai", "{n}")]), "peta", 480,
                st.session_state.get("pilih"),
                focus=None if fokus == "semua" else fokus,
                on_click=lambda kode: st.session_state.update(pilih=kode))
st.write(f"kode={kode} pilih={st.session_state.get('pilih')} ukuran={ukuran}")
"""
VIEW = "[map.getZoom(), map.getCenter().lat, map.getCenter().lng]"


@pytest.fixture(scope="module")
def alamat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("peta")
    (folder / "ui").mkdir()
    root = str(Path(__file__).resolve().parents[2])
    (folder / "app.py").write_text(LAUNCHER.format(root=root), encoding="utf-8")
    (folder / "ui" / "main.py").write_text(SCRIPT, encoding="utf-8")
    command = ["-m", "streamlit", "run", str(folder / "app.py"), "--server.port", "{port}", "--server.headless", "true"]
    with serve([*command, "--browser.gatherUsageStats", "false"]) as address:
        yield address


@pytest.fixture
def halaman(peramban: Browser, alamat: str) -> Iterator[Page]:
    page = peramban.new_page(viewport={"width": 1366, "height": 900})
    page.complaints = []  # what a page must never do: errors, other hosts
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda line: page.complaints.append(line.text) if line.type == "error" else None)
    page.on(
        "request",
        lambda ask: (
            None
            if ask.url.startswith((alamat, "data:", "blob:", "ws://127.0.0.1"))
            else page.complaints.append(ask.url)
        ),
    )
    page.goto(alamat)
    yield page
    page.close()


def frame_of(page: Page) -> Frame:
    page.frame_locator("iframe").locator("path.sel").first.wait_for()
    frame = next(frame for frame in page.frames if "streamlit_folium" in frame.url)
    frame.wait_for_function("document.documentElement.dataset.gambar > 0")
    return frame


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()


def test_it_paints_157_hexagons_without_another_host_or_an_error(halaman: Page) -> None:
    frame = frame_of(halaman)
    assert frame.locator("path.sel").count() == 157
    assert frame.locator("path.lokus").count() == 8
    assert frame.locator(".nama").count() == 8
    assert halaman.complaints == []


def test_a_change_keeps_zoom_and_centre_and_repaints(halaman: Page) -> None:
    frame = frame_of(halaman)
    frame.locator(".leaflet-control-zoom-in").click()
    halaman.wait_for_timeout(500)
    before = frame.evaluate(VIEW)
    fill = frame.get_by_role("button", name="Uren, Kecamatan Halong").get_attribute("fill")
    choose(halaman, "Ukuran", "dua")
    halaman.get_by_text("ukuran=dua").wait_for()
    frame.wait_for_function("document.documentElement.dataset.gambar > 1")
    assert frame.evaluate(VIEW) == before
    assert frame.get_by_role("button", name="Uren, Kecamatan Halong").get_attribute("fill") != fill
    assert frame.locator("path.lokus").count() == 8  # the marks before are gone


def test_a_click_chooses_and_a_second_click_lifts_the_choice(halaman: Page) -> None:
    frame = frame_of(halaman)
    place = frame.get_by_role("button", name="Uren, Kecamatan Halong")
    place.click()
    halaman.get_by_text("pilih=63.11.02.2019").wait_for()
    assert frame.locator("path.pilih").count() == 1
    place.click()
    halaman.get_by_text("kode= pilih= ").wait_for()
    assert frame.locator("path.pilih").count() == 0


def test_the_keyboard_walks_and_chooses(halaman: Page) -> None:
    frame = frame_of(halaman)
    frame.locator("path.sel[tabindex='0']").focus()
    first = frame.evaluate("document.activeElement.getAttribute('aria-label')")
    halaman.keyboard.press("ArrowRight")
    second = frame.evaluate("document.activeElement.getAttribute('aria-label')")
    assert first != second
    assert frame.locator(".kartu").is_visible()
    halaman.keyboard.press("Enter")
    halaman.get_by_text("pilih=63.11").wait_for()


def test_the_card_shows_text_as_text(halaman: Page) -> None:
    frame = frame_of(halaman)
    frame.get_by_role("button", name="Halong, Kecamatan Halong").hover()
    card = frame.locator(".kartu")
    assert "<img src=x onerror=alert(1)>" in card.inner_text()
    assert card.locator("img").count() == 0
    assert halaman.complaints == []


def test_withheld_and_missing_look_different_and_say_no_number(halaman: Page) -> None:
    """Given a withheld desa and one without a row, both keep silent on the card and have their own fill."""
    frame = frame_of(halaman)
    withheld = frame.get_by_role("button", name="Hauwai, Kecamatan Halong")
    missing = frame.get_by_role("button", name="Bangkal, Kecamatan Halong")
    assert "samar" in withheld.get_attribute("fill")
    assert "kosong" in missing.get_attribute("fill")
    assert missing.get_attribute("stroke-dasharray")
    withheld.hover()
    assert "Nilai" not in frame.locator(".kartu").inner_text()


def test_focus_zooms_to_the_kecamatan_and_fades_the_others(halaman: Page) -> None:
    frame = frame_of(halaman)
    whole = frame.evaluate("map.getZoom()")
    choose(halaman, "Wilayah", "63.11.02")
    frame.wait_for_function(f"map.getZoom() > {whole} + 0.3")
    assert frame.locator("path.sel:not(.pudar)").count() == 24
    choose(halaman, "Wilayah", "semua")
    frame.wait_for_function(f"Math.abs(map.getZoom() - {whole}) < 1e-6")


def test_a_map_that_has_no_room_yet_waits_and_then_fits(halaman: Page) -> None:
    """Given a map of no height that is told to show everything, there is no error, and it fits once it has room."""
    frame = frame_of(halaman)
    whole = frame.evaluate("map.getZoom()")
    frame.evaluate("map.getContainer().style.height = '0'")
    frame.wait_for_function("map.getSize().y === 0")
    frame.evaluate("document.querySelector('.semua').click()")
    frame.evaluate("map.getContainer().style.height = ''")
    frame.wait_for_function(f"map.getSize().y > 0 && Math.abs(map.getZoom() - {whole}) < 1e-6")
    assert halaman.complaints == []


def test_a_finger_on_a_phone_chooses_and_the_page_does_not_jump(peramban: Browser, alamat: str) -> None:
    context = peramban.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page = context.new_page()
    page.goto(alamat)
    frame = frame_of(page)
    assert not frame.evaluate("map.dragging.enabled()")  # a swipe scrolls the page
    assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")
    frame.get_by_role("button", name="Uren, Kecamatan Halong").tap()
    page.get_by_text("pilih=63.11.02.2019").wait_for()
    assert frame.locator(".kartu").is_visible()
    box, size = frame.locator(".kartu").bounding_box(), page.locator("iframe").bounding_box()
    assert box["x"] >= size["x"]
    assert box["x"] + box["width"] <= size["x"] + size["width"]
    context.close()
