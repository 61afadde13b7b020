"""The heatmap in a real browser: choosing a row, the card, one panel at a time, the phone, names that fit."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from benchmarks.browser import serve

pytestmark = pytest.mark.peramban
APP = """
import sys
sys.path.insert(0, {root!r})
import streamlit as st
from starlette.routing import Mount
from ui.static_files import CachedStatic
app = st.App({page!r}, routes=[Mount("/app/static", CachedStatic(directory={root!r} + "/static"))])
"""


@pytest.fixture(scope="module")
def papan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a page that shows the heatmap alone."""
    root, page = Path(__file__).resolve().parents[2], Path(__file__).with_name("heatmap_page.py")
    app = tmp_path_factory.mktemp("panas") / "app.py"
    app.write_text(APP.format(root=str(root), page=str(page)), encoding="utf-8")
    command = ["-m", "streamlit", "run", str(app), "--server.port", "{port}", "--server.headless", "true"]
    with serve(command) as address:
        yield address


def open_page(peramban: Any, address: str, width: int, height: int, touch: bool = False) -> Any:
    context = peramban.new_context(
        viewport={"width": width, "height": height}, has_touch=touch, is_mobile=touch, device_scale_factor=1
    )
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(address)
    page.wait_for_selector(".bl-panas table", timeout=30_000)
    page.wait_for_selector(".bl-panas-kartu", state="attached", timeout=30_000)
    return page


def test_a_click_anywhere_in_a_row_chooses_it_and_outlines_it(papan: str, peramban: Any) -> None:
    page = open_page(peramban, papan, 1366, 768)
    page.locator("tr[data-baris=SS05] td").nth(4).click()
    expect(page.get_by_text("Dipilih: SS05")).to_be_visible()
    outline = "() => getComputedStyle(document.querySelector('tr[data-baris=SS05]')).outlineStyle"
    assert page.evaluate(outline) == "solid"
    page.locator("tr[data-baris=SP01] a").click()
    expect(page.get_by_text("Dipilih: SP01")).to_be_visible()
    assert "parameter" not in page.url  # no reload: the link only serves a new tab and browsers without script
    page.context.close()


def test_the_keyboard_chooses_a_row(papan: str, peramban: Any) -> None:
    page = open_page(peramban, papan, 1366, 768)
    page.locator("tr[data-baris=SS02] a").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Dipilih: SS02")).to_be_visible()
    page.context.close()


def test_the_card_tells_both_rounds_and_the_change_and_goes_away(papan: str, peramban: Any) -> None:
    page = open_page(peramban, papan, 1366, 768)
    card = page.locator(".bl-panas-kartu")
    page.locator("tr[data-baris=SP02] td").nth(20).hover()
    expect(card).to_contain_text("Belum didampingi kader rutin · Halong")
    expect(card).to_contain_text("2 dari 32 (41,5 %), rentang 95 %: 20–60 %")
    expect(card.locator(".ini")).to_contain_text("−5,0: turun, belum pasti")
    expect(card.locator(".ini")).to_contain_text("12 tetap, 8 baru, 3 keluar")
    page.locator("tr[data-baris=SS01] td").nth(19).hover()
    expect(card.locator(".ini")).to_contain_text("disamarkan: kelompok tetap, keluar atau masuk terlalu kecil")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    page.context.close()


@pytest.mark.parametrize("width", [1920, 1366])
def test_every_name_of_the_catalogue_fits_and_nothing_is_too_wide(papan: str, peramban: Any, width: int) -> None:
    page = open_page(peramban, papan, width, 900)
    cut = "() => [...document.querySelectorAll('tbody th[scope=row]')].filter((th) => th.scrollWidth > th.clientWidth)"
    assert page.evaluate(f"{cut}.map((th) => th.textContent)") == []
    assert page.evaluate("() => document.querySelector('.stMain').scrollWidth - innerWidth") <= 0
    tiles = "() => [...document.querySelector('tr[data-baris=SS01]').cells].slice(1).map((td) => td.offsetWidth)"
    assert len(page.evaluate(tiles)) == 27 and min(page.evaluate(tiles)) > 24
    page.context.close()


@pytest.mark.parametrize("kind", ["kecamatan", "desa"])
def test_on_a_phone_one_panel_is_seen_and_the_choice_needs_no_server(papan: str, peramban: Any, kind: str) -> None:
    page = open_page(peramban, f"{papan}/?jenis={kind}", 390, 844, touch=True)
    seen = "() => [...document.querySelector('tr[data-baris=SS01]').cells].map((c, i) => c.offsetWidth ? i : 0).filter(Boolean)"
    places = 9 if kind == "kecamatan" else 25
    assert page.evaluate(seen) == list(range(places + 1, 2 * places + 1))
    page.get_by_text("Perubahan", exact=True).first.tap()
    assert page.evaluate(seen) == list(range(2 * places + 1, 3 * places + 1))
    assert page.evaluate("() => document.querySelector('.stMain').scrollWidth - innerWidth") <= 0
    widths = (
        "() => [...document.querySelectorAll('tr[data-baris=SS01] td')].map((td) => td.offsetWidth).filter(Boolean)"
    )
    assert min(page.evaluate(widths)) >= 33
    page.context.close()


def test_a_finger_on_a_cell_asks_for_its_card_and_on_a_name_opens_the_story(papan: str, peramban: Any) -> None:
    page = open_page(peramban, papan, 390, 844, touch=True)
    page.locator("tr[data-baris=SS01] td").nth(10).tap()
    expect(page.locator(".bl-panas-kartu")).to_contain_text("·")
    expect(page.get_by_text("Dipilih: -")).to_be_attached()
    page.locator("tr[data-baris=SS01] a").tap()
    expect(page.get_by_text("Dipilih: SS01")).to_be_attached()
    page.context.close()


def test_a_screen_reader_hears_number_and_certainty(papan: str, peramban: Any) -> None:
    page = open_page(peramban, papan, 1366, 768)
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    cells = [node["name"]["value"] for node in nodes if node.get("role", {}).get("value") in ("cell", "gridcell")]
    assert "11 condong merah, belum pasti" in cells and " disamarkan" in cells
    page.context.close()


def test_the_card_of_a_strip_names_the_desa_under_the_pointer(papan: str, peramban: Any) -> None:
    page = open_page(peramban, f"{papan}/?jenis=semua", 1366, 768)
    strip = page.locator("tr[data-baris=SS01] img")
    box = strip.bounding_box()
    strip.hover(position={"x": box["width"] - 2, "y": 5})
    expect(page.locator(".bl-panas-kartu")).to_contain_text("(Tebing Tinggi)")
    strip.hover(position={"x": 2, "y": 5})
    expect(page.locator(".bl-panas-kartu")).to_contain_text("· Muara Ninian (Juai)")
    page.context.close()
