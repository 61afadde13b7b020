"""How much the map page costs: one change of its indicator against a hello-world page with one list and one text.

Bounds: time from the click to the painted picture at most 3 times that of the hello-world page (both medians, the pages
measured in turn in one browser); at most 20 kB over the websocket for a change (two maps of 157 places, everything
else on the page included); zoom and centre stay as the reader left them.
Run: python benchmarks/p2_peta.py; ends with 1 when a bound is broken.
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Frame, Page

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.browser import Changes, Wire, change, chromium, serve
from config.indicators import load_indicators
from config.text import text

RATIO, KILOBYTES = 3.0, 20.0
ROUNDS = 2
SIZE = {"width": 1920, "height": 1080}

HELLO = """
import streamlit as st

st.write("Halo, " + st.selectbox("Ukuran", [{options}]))
"""
# The frames are of our own origin, so the page can look into them.
PAINTED = """[...document.querySelectorAll("iframe")].every(
    (bingkai) => Number(bingkai.contentDocument.documentElement.dataset.gambar) > (window.sudah || 0))"""
REMEMBER = """window.sudah = Math.max(...[...document.querySelectorAll("iframe")].map(
    (bingkai) => Number(bingkai.contentDocument.documentElement.dataset.gambar)))"""
VIEW = "[map.getZoom(), map.getCenter().lat, map.getCenter().lng]"


def main() -> int:
    """Measure, print, and return the exit status."""
    names = [known.nama for known in load_indicators()]
    with tempfile.TemporaryDirectory() as folder:
        hello = Path(folder) / "halo.py"
        hello.write_text(HELLO.format(options=", ".join(map(repr, names))), encoding="utf-8")
        plain = ["-m", "streamlit", "run", str(hello), "--server.port", "{port}", "--server.headless", "true"]
        ours = ["balanting.py", "jalankan", "--port", "{port}", "--tanpa-browser"]
        store = str(Path(folder) / "penyimpanan")
        with serve(plain) as bare, serve(ours, BALANTING_PENYIMPANAN=store) as board, chromium() as browser:
            return report(*measure(browser, bare, f"{board}/peta", names))


def measure(browser: Browser, bare: str, board: str, names: list[str]) -> tuple[Changes, Changes, bool]:
    """Return the costs of the hello-world page, of the map page, and whether its zoom and centre were kept."""
    hello, hello_wire = open_page(browser, bare)
    peta, peta_wire = open_page(browser, board)
    peta.frame_locator("iframe").last.locator("path.sel").first.wait_for(timeout=60_000)
    frame = next(frame for frame in peta.frames if "streamlit_folium" in frame.url)
    before = zoom_in(peta, frame)
    hello_costs, peta_costs = Changes(), Changes()
    for number, name in enumerate([*names[1:], names[0]] * (ROUNDS + 1)):
        warm = number >= len(names)  # the first round fills the caches of both
        shown = f"document.body.textContent.includes({'Halo, ' + name!r})"
        change(hello, hello_wire, "Ukuran", name, shown, hello_costs if warm else Changes())
        peta.evaluate(REMEMBER)
        change(peta, peta_wire, text("peta.indikator"), name, PAINTED, peta_costs if warm else Changes())
    return hello_costs, peta_costs, frame.evaluate(VIEW) == before


def open_page(browser: Browser, address: str) -> tuple[Page, Wire]:
    """Open a page with a counter on its websocket."""
    page, wire = browser.new_page(viewport=SIZE, bypass_csp=True), Wire()
    wire.listen(page)
    page.goto(address)
    page.get_by_role("combobox").first.wait_for(timeout=60_000)
    return page, wire


def zoom_in(page: Page, frame: Frame) -> list[float]:
    """Press the zoom button of the first map and return the view it then has."""
    frame.locator(".leaflet-control-zoom-in").click()
    page.wait_for_timeout(1000)
    return frame.evaluate(VIEW)


def report(hello: Changes, peta: Changes, kept: bool) -> int:
    """Print the measured values beside their bounds; return 1 when one is broken."""
    ratio, heaviest = peta.median / hello.median, max(peta.kilobytes)
    print(f"hello world      {hello.median:6.0f} ms, {max(hello.kilobytes):5.1f} kB")
    print(f"peta             {peta.median:6.0f} ms, {heaviest:5.1f} kB a change (worst of {len(peta.kilobytes)})")
    print(f"ratio            {ratio:6.2f}    (at most {RATIO})")
    print(f"bytes            {heaviest:6.1f} kB (at most {KILOBYTES})")
    print(f"zoom and centre  {'kept' if kept else 'LOST'}")
    return int(ratio > RATIO or heaviest > KILOBYTES or not kept)


if __name__ == "__main__":
    sys.exit(main())
