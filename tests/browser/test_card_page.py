"""The card of a child in a real browser: three charts, no way to take data out of them, printed on two pages; the list."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import serve
from tests.logins import enter

pytestmark = [pytest.mark.peramban, pytest.mark.lambat]
CHILD = "Hidayat Noor Contoh"


@pytest.fixture(scope="module")
def card(peramban: Any, running: tuple[serve, str]) -> Iterator[Any]:
    context = peramban.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    enter(page, running, "petugas")
    page.get_by_label("Buka kartu tumbuh").click()
    page.keyboard.type(CHILD)
    page.get_by_role("option", name=re.compile(CHILD)).first.wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Kembali ke daftar").wait_for()
    page.locator(".stVegaLiteChart svg.marks").nth(2).wait_for()
    page.wait_for_timeout(1000)
    yield page
    context.close()


def test_the_card_opens_with_its_curves_and_keeps_the_name_out_of_the_address(card: Any) -> None:
    assert CHILD in card.locator("h1").inner_text()
    assert card.locator(".stVegaLiteChart svg.marks").count() == 3
    assert "Hidayat" not in card.url and "kartu" not in card.url


def test_no_button_takes_the_data_out_of_a_chart(card: Any) -> None:
    card.locator(".stVegaLiteChart").first.hover()
    shown = card.locator(".stElementToolbar, [data-testid=stElementToolbar]")
    assert not any(shown.nth(place).is_visible() for place in range(shown.count()))


def test_on_a_phone_nothing_is_wider_than_the_screen(card: Any) -> None:
    card.set_viewport_size({"width": 390, "height": 844})
    card.wait_for_timeout(1500)
    assert card.evaluate("document.querySelector('.stMain').scrollWidth") <= 390
    card.set_viewport_size({"width": 1366, "height": 768})
    card.wait_for_timeout(1500)


def test_it_prints_the_card_alone_on_two_landscape_pages(card: Any) -> None:
    printed = card.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type ?/Page\b", printed)) == 2
    assert {
        box.split()[2:] == [b"841.91998", b"594.95996"] for box in re.findall(rb"/MediaBox ?\[([^\]]*)\]", printed)
    } == {True}
    card.emulate_media(media="print")
    for gone in (".stAppHeader", ".bl-siapa", ".stButton"):
        assert not card.locator(gone).first.is_visible()
    assert card.locator(".bl-pita").is_visible() and card.locator("h1").is_visible()
    card.emulate_media(media="null")


def test_the_list_prints_its_rows_alone_under_a_heading_on_every_page(card: Any) -> None:
    card.get_by_role("button", name="Kembali ke daftar").click()
    card.get_by_label("Cari nama").wait_for()
    printed = card.pdf(prefer_css_page_size=True, print_background=True)
    assert b"841.91998" in printed and 2 <= len(re.findall(rb"/Type ?/Page\b", printed)) <= 6
    card.emulate_media(media="print")
    for gone in (".stAppHeader", ".stSelectbox", ".stTextInput", ".stButtonGroup", ".bl-siapa"):
        assert not card.locator(gone).first.is_visible()
    assert card.locator(".bl-pita").is_visible() and card.locator(".bl-tabel tbody tr").count() == 100
    card.emulate_media(media="null")
