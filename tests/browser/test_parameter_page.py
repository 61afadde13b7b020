"""The page Parameter in a real browser: a row opens its story, the URL holds the view, the table downloads."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.peramban
WAIT = 20_000


def open_page(peramban: Any, address: str, width: int = 1366) -> Any:
    page = peramban.new_page(viewport={"width": width, "height": 900})
    page.goto(address)
    expect(page.locator(".bl-panas table")).to_be_visible(timeout=30_000)
    return page


def test_a_click_on_a_row_opens_its_story_and_the_link_holds_it(peladen: str, peramban: Any) -> None:
    page = open_page(peramban, f"{peladen}/parameter")
    page.locator("tr[data-baris=SS05] a").click()
    expect(page.locator(".bl-ucap")).to_contain_text("104 dari 171 keluarga dahulu", timeout=WAIT)
    expect(page.locator(".bl-ucap")).to_contain_text("pasti membaik")
    page.wait_for_url("**parameter=SS05**")
    again = open_page(peramban, page.url)
    expect(again.locator(".bl-ucap")).to_contain_text("104 dari 171", timeout=WAIT)
    page.close(), again.close()


def test_a_change_of_the_list_of_families_is_not_called_an_improvement(peladen: str, peramban: Any) -> None:
    page = open_page(peramban, f"{peladen}/parameter?parameter=SS01")
    expect(page.locator(".bl-ucap")).to_contain_text("Tidak ada keluarga yang membaik", timeout=WAIT)
    page.close()


def test_a_link_reproduces_group_level_and_side(peladen: str, peramban: Any) -> None:
    page = open_page(peramban, f"{peladen}/parameter?jenis=bumil&tingkat=desa&wilayah=63.11.02&sisi=perubahan")
    expect(page.locator(".bl-cap")).to_contain_text("Ibu hamil KEK, desa", timeout=WAIT)
    expect(page.locator(".bl-panas")).to_contain_text("Perubahan")
    assert page.locator("tr[data-baris=SH01]").count() == 1 and page.locator("tr[data-baris=SP01]").count() == 0
    page.close()


def test_strange_links_fall_back_to_the_usual_view(peladen: str, peramban: Any) -> None:
    page = open_page(peramban, f"{peladen}/parameter?jenis=kucing&tingkat=rt&kini=1999-01&parameter=%3Cb%3E&urut=")
    expect(page.locator("tr[data-baris=SP01]")).to_have_count(1, timeout=WAIT)
    assert page.locator(".bl-ucap, .stAlert").count() == 0
    page.close()


def test_the_search_keeps_the_rows_that_match(peladen: str, peramban: Any) -> None:
    page = open_page(peramban, f"{peladen}/parameter")
    page.get_by_label("Cari parameter").fill("jamban")
    page.get_by_label("Cari parameter").press("Enter")
    expect(page.locator("tr[data-baris]")).to_have_count(1, timeout=WAIT)
    page.close()


def test_the_table_downloads_as_an_indonesian_excel_opens_it(peladen: str, peramban: Any, tmp_path: Path) -> None:
    page = open_page(peramban, f"{peladen}/parameter")
    page.get_by_text("Tabel di balik gambar").click()
    with page.expect_download(timeout=WAIT) as download:
        page.get_by_role("button", name="Unduh tabel (CSV)").click()
    assert download.value.suggested_filename.endswith("_CONTOH.csv")
    download.value.save_as(tmp_path / "tabel.csv")
    header, first, *_ = (tmp_path / "tabel.csv").read_text(encoding="utf-8-sig").splitlines()
    assert header.startswith("Putaran;Kode;Wilayah;Parameter;Mengalami;Ditanya;%")
    assert "," in first and first.endswith("DATA CONTOH")
    page.close()


def test_on_a_phone_the_panels_change_without_the_server(peladen: str, peramban: Any) -> None:
    page = open_page(peramban, f"{peladen}/parameter", width=390)
    page.locator(".bl-panas label", has_text="Perubahan").first.click()
    expect(page.locator("tr[data-baris=SS05]").get_by_text("24").first).to_be_visible(timeout=WAIT)
    page.close()


def test_kelompok_desa_stand_under_their_kecamatan_and_name_their_desa(peladen: str, peramban: Any) -> None:
    page = open_page(peramban, f"{peladen}/parameter?tingkat=kelompok")
    expect(page.locator(".bl-cap")).to_contain_text("kelompok desa", timeout=WAIT)
    assert page.locator(".bl-panas .nama th").count() == 14
    expect(page.locator(".bl-panas .induk")).to_contain_text("Paringin Selatan")
    page.close()
    page = open_page(peramban, f"{peladen}/parameter?tingkat=kelompok&wilayah=63.11.02")
    expect(page.get_by_text("Kelompok Marajai (3 desa): Uren, Marajai, Mamigang")).to_be_visible(timeout=WAIT)
    page.close()
