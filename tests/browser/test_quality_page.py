"""Mutu data in a real browser: the three pictures are drawn, nothing is wider than the screen, a choice stays in the URL."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.conftest import serve
from tests.logins import enter

pytestmark = [pytest.mark.peramban, pytest.mark.lambat]


@pytest.fixture(scope="module")
def halaman(peramban: Any, running: tuple[serve, str]) -> Iterator[Any]:
    """The page as staff see it, after logging in."""
    page = peramban.new_page(viewport={"width": 1366, "height": 768})
    enter(page, running, "petugas", "/mutu")
    expect(page.locator("h1")).to_contain_text("dapat dipakai dengan hati-hati", timeout=60_000)
    yield page
    page.close()


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1366, 768), (1920, 1080)])
def test_three_pictures_fit_the_screen(halaman: Any, width: int, height: int) -> None:
    halaman.set_viewport_size({"width": width, "height": height})
    pictures = halaman.locator('[data-testid="stVegaLiteChart"] canvas, [data-testid="stVegaLiteChart"] svg')
    expect(pictures).to_have_count(3, timeout=30_000)
    halaman.wait_for_timeout(1000)
    for picture in pictures.all():
        picture.scroll_into_view_if_needed()
        box = picture.bounding_box()
        assert box and box["width"] > 180 and box["x"] >= 0 and box["x"] + box["width"] <= width
    assert halaman.evaluate("document.documentElement.scrollWidth") <= width


def test_a_choice_changes_the_verdict_and_stays_in_the_url(halaman: Any) -> None:
    halaman.set_viewport_size({"width": 1366, "height": 768})
    halaman.get_by_role("radio", name="Skor SMART").click()
    expect(halaman.get_by_text("Skor SMART:", exact=False)).to_be_visible(timeout=30_000)
    assert "cara=smart" in halaman.url
    halaman.goto(halaman.url.split("?")[0] + "?wilayah=63.11.02")
    expect(halaman.locator("h1")).to_contain_text("Data Halong", timeout=60_000)
