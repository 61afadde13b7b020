"""Every page in a real browser: nothing from another host, no console error, no exception box, nothing too wide."""

import re
from typing import Any
from urllib.parse import urlparse

import pytest
from playwright.sync_api import expect

from config.text import text

pytestmark = pytest.mark.peramban
PAGES = ["", "peta", "gizi", "parameter", "kek", "metode"]
SIZES = [(1920, 1080), (1366, 768), (390, 844)]


def settle(page: Any) -> None:
    page.wait_for_selector("h1", timeout=30_000)
    page.wait_for_function(
        "() => document.querySelector('.stApp')?.getAttribute('data-test-script-state') === 'notRunning'",
        timeout=30_000,
    )
    page.wait_for_timeout(700)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("path", PAGES)
def test_page_is_whole_and_stays_at_home(peladen: str, peramban: Any, path: str, size: tuple[int, int]) -> None:
    page = peramban.new_page(viewport={"width": size[0], "height": size[1]})
    elsewhere, errors = [], []
    page.on("request", lambda asked: urlparse(asked.url).hostname in ("127.0.0.1", None) or elsewhere.append(asked.url))
    page.on(
        "console",
        lambda said: said.type == "error" and "_stcore" not in said.location["url"] and errors.append(said.text),
    )
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{peladen}/{path}")
    settle(page)
    assert elsewhere == [] and errors == []
    assert page.locator(".stException, .stAlert").count() == 0
    assert page.locator(".bl-pita").inner_text().startswith("DATA CONTOH")
    too_wide = "() => document.querySelector('.stMain').scrollWidth - document.querySelector('.stMain').clientWidth"
    assert page.evaluate(too_wide) <= 1
    page.close()


def open_page(peramban: Any, address: str) -> Any:
    page = peramban.new_page(viewport={"width": 1366, "height": 900})
    page.goto(address)
    settle(page)
    return page


def test_the_overview_speaks_of_the_printed_and_of_the_computed_figures(peladen: str, peramban: Any) -> None:
    page = open_page(peramban, peladen)
    assert "14,91 %" in page.locator("h1").inner_text()
    page.get_by_role("radio", name="Hitungan dari data contoh").click()
    page.wait_for_function("() => document.querySelector('h1').innerText.includes('belum pasti')")
    assert "angka=data" in page.url
    page.close()


def test_a_link_reproduces_the_view(peladen: str, peramban: Any) -> None:
    page = open_page(peramban, f"{peladen}/peta?lapis=desa&ukuran=wasting&awal=2022-02&kini=2022-08&wilayah=63.11.02")
    assert "Halong" in page.locator("h1").inner_text()
    assert "wasting" in page.locator(".bl-tanya").inner_text()
    assert "Feb 2022 dan Agu 2022" in page.locator(".bl-cap").inner_text()
    page.close()


def test_a_strange_link_falls_back_to_the_usual_view(peladen: str, peramban: Any) -> None:
    page = open_page(peramban, f"{peladen}/peta?lapis=bulan&ukuran=%27&awal=1999-01&wilayah=99")
    assert "dari 157 desa" in page.locator("h1").inner_text()
    page.close()


def test_an_address_that_does_not_exist_says_so_in_our_words_and_the_menu_goes_on(peladen: str, peramban: Any) -> None:
    page = open_page(peramban, f"{peladen}/tidak-ada")
    expect(page.locator("h1")).to_have_text(text("akses.tiada"))
    assert page.get_by_text("Page not found").count() == 0
    follow_menu(page, "Parameter", "**/parameter*")
    expect(page.locator("h1")).not_to_have_text(text("akses.tiada"))
    page.close()


def test_the_name_of_the_home_page_leads_home(peladen: str, peramban: Any) -> None:
    page = open_page(peramban, f"{peladen}/ringkasan")
    expect(page.locator("h1")).to_contain_text("14,91 %", timeout=15_000)
    assert page.get_by_text("Page not found").count() == 0
    page.close()


def frame_of_map(page: Any, number: int) -> Any:
    return page.frame_locator("iframe").nth(number)


def test_both_maps_draw_every_desa_and_a_click_selects_it(peladen: str, peramban: Any) -> None:
    page = open_page(peramban, f"{peladen}/peta")
    for number in (0, 1):
        expect(frame_of_map(page, number).locator("path.sel")).to_have_count(157, timeout=20_000)
    frame_of_map(page, 1).locator("path.sel").nth(40).click(force=True)
    page.wait_for_url("**pilih=63.11**")
    page.wait_for_selector(".bl-angka th", timeout=15_000)
    page.close()


def test_a_click_on_a_kecamatan_opens_its_desa(peladen: str, peramban: Any) -> None:
    page = open_page(peramban, f"{peladen}/peta?lapis=kecamatan")
    shapes = frame_of_map(page, 1).locator("path.sel")
    expect(shapes).to_have_count(8, timeout=20_000)
    shapes.first.click(force=True)
    page.wait_for_url("**wilayah=63.11.0**")
    page.wait_for_function("() => document.querySelector('h1').innerText.includes('desa di')")
    page.close()


def test_a_change_of_filter_keeps_zoom_and_centre(peladen: str, peramban: Any) -> None:
    page = open_page(peramban, f"{peladen}/peta")
    view = "() => [map_div.getZoom(), map_div.getCenter().lat, map_div.getCenter().lng]"
    inside = page.frames[1]
    frame_of_map(page, 0).get_by_role("button", name="Perbesar").click()
    page.wait_for_timeout(800)
    before, painted = inside.evaluate(view), inside.evaluate("() => document.documentElement.dataset.gambar")
    page.get_by_role("combobox", name="Ukuran").click()
    page.get_by_role("option", name="Sangat pendek").click()
    inside.wait_for_function(f"() => document.documentElement.dataset.gambar !== '{painted}'")
    assert inside.evaluate(view) == pytest.approx(before)
    page.close()


@pytest.mark.parametrize("path", ["?angka=data&awal=2022-09&kini=2022-09", "peta?awal=2022-09&kini=2022-09"])
def test_the_table_behind_the_picture_opens_even_with_one_month_twice(peladen: str, peramban: Any, path: str) -> None:
    page = open_page(peramban, f"{peladen}/{path}")
    page.get_by_text("Tabel di balik gambar").click()
    expect(page.locator("[data-testid=stDataFrame]")).to_have_count(1, timeout=15_000)
    assert page.locator(".stAlert").count() == 0
    page.close()


def choose(page: Any, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()
    settle(page)


def months_on_screen(page: Any) -> list[str]:
    lists = [page.get_by_role("combobox", name=re.compile(name)) for name in ("^(Awal|Kiri)$", "^(Kini|Kanan)$")]
    return [each.input_value() for each in lists]


def follow_menu(page: Any, name: str, address: str) -> None:
    page.get_by_role("link", name=name, exact=True).click()
    page.wait_for_url(address)
    settle(page)


def test_the_menu_takes_the_months_along_where_the_next_page_has_them(peladen: str, peramban: Any) -> None:
    page = open_page(peramban, f"{peladen}/peta")
    usual = months_on_screen(page)
    choose(page, "Kiri", "Feb 2022")
    follow_menu(page, "Metode & sumber", "**/metode*")
    follow_menu(page, "Peta", "**/peta?*awal=2022-02*")
    assert months_on_screen(page) == ["Feb 2022", usual[1]]
    follow_menu(page, "Parameter", "**/parameter*")
    assert months_on_screen(page) == ["Mei 2022", "Sep 2022"]  # no round in February: the usual ones
    follow_menu(page, "Peta", "**/peta*")
    assert months_on_screen(page) == usual
    page.close()
