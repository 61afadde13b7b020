"""How much the page Parameter costs: a change of round or level against a hello-world page with the same two widgets.

Bounds: time from the click to the painted picture at most 3 times that of the hello-world page; at most 60 kB over the
websocket for a change; all desa by 32 parameters under 2 times the time of the kecamatan (all medians, the pages
measured in turn in one browser). The server has drawn every view before; the browser has let go of it, since the
order of the rows changes between two looks at the same view.
Run: python benchmarks/p2_parameter.py; ends with 1 when a bound is broken.
"""

import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from playwright.sync_api import Browser, Page

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.browser import Changes, Wire, change, chromium, press, serve
from config.text import text
from ui.format import month

RATIO, KILOBYTES, DESA_RATIO = 3.0, 60.0, 2.0
ROUNDS = 2
SIZE = {"width": 1920, "height": 1080}
KINI, KECAMATAN, DESA = text("parameter.kini"), text("parameter.tingkat_kecamatan"), text("parameter.tingkat_desa")
SORTS = [text(f"parameter.urut_{name}") for name in ("perubahan", "nama", "kini")]
FIRST, NEWEST = month("2022-05"), month("2022-09")  # the rounds of the sample data
# What is measured, in an order that ends where it began: kind of change, list (empty: a segment), choice.
STEPS = (
    ("round", KINI, FIRST),
    ("level", "", DESA),
    ("round, all desa", KINI, NEWEST),
    ("level", "", KECAMATAN),
)

HELLO = """
import streamlit as st

st.write("Halo, " + st.selectbox("{kini}", {rounds}))
st.write("Salam, " + st.segmented_control("Wilayah", {levels}, default={levels}[0], required=True))
"""
# The picture is new HTML, so the mark on the former one is gone once it is replaced.
REMEMBER = "document.querySelector('.bl-panas').dataset.lama = 1"
PAINTED = "document.querySelector('.bl-panas') && !document.querySelector('.bl-panas[data-lama]')"

Costs = dict[str, Changes]  # by kind of change


def main() -> int:
    """Measure, print, and return the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        hello = Path(folder) / "halo.py"
        script = HELLO.format(kini=KINI, rounds=[NEWEST, FIRST], levels=[KECAMATAN, DESA])
        hello.write_text(script, encoding="utf-8")
        plain = ["-m", "streamlit", "run", str(hello), "--server.port", "{port}", "--server.headless", "true"]
        ours = ["balanting.py", "jalankan", "--port", "{port}", "--tanpa-browser"]
        store = str(Path(folder) / "penyimpanan")
        dashboard = serve(ours, BALANTING_PENYIMPANAN=store)
        with serve(plain, Path(folder)) as bare, dashboard as board, chromium() as browser:
            return report(*measure(browser, bare, f"{board}/parameter"))


def measure(browser: Browser, bare: str, board: str) -> tuple[Costs, Costs]:
    """Return what each kind of change costs on the hello-world page and on ours."""
    hello, hello_wire = open_page(browser, bare, "[role=combobox]")
    page, wire = open_page(browser, board, ".bl-panas")
    costs: tuple[Costs, Costs] = (defaultdict(Changes), defaultdict(Changes))
    for number in range(ROUNDS + 1):
        for sort in SORTS:
            page.evaluate(REMEMBER)
            change(page, wire, text("parameter.urut"), sort, PAINTED, Changes())
            for kind, label, choice in STEPS:
                plain, ours = (each[kind if number else "first"] for each in costs)  # the first round fills the caches
                step(hello, hello_wire, label, choice, f"document.body.textContent.includes(', {choice}')", plain)
                page.evaluate(REMEMBER)
                step(page, wire, label, choice, PAINTED, ours)
    return costs


def open_page(browser: Browser, address: str, ready: str) -> tuple[Page, Wire]:
    """Open a page with a counter on its websocket."""
    page, wire = browser.new_page(viewport=SIZE, bypass_csp=True), Wire()
    wire.listen(page)
    page.goto(address)
    page.locator(ready).first.wait_for(timeout=60_000)
    return page, wire


def step(page: Page, wire: Wire, label: str, choice: str, done: str, costs: Changes) -> None:
    """Make one change: in the list `label`, or of a segment where it is empty."""
    if label:
        change(page, wire, label, choice, done, costs)
    else:
        press(page, wire, page.get_by_role("radio", name=choice, exact=True), done, costs)


def report(hello: Costs, ours: Costs) -> int:
    """Print the measured values beside their bounds; return 1 when one is broken."""
    broken = []
    for kind in ("round", "level", "round, all desa"):
        plain, spent = hello[kind], ours[kind]
        ratio = spent.median / plain.median
        times = f"{spent.median:5.0f} ms, hello world {plain.median:5.0f} ms"
        print(f"{kind:16} {times}, ratio {ratio:5.2f} (at most {RATIO})")
        broken.append(ratio > RATIO)
    heaviest = max(max(costs.kilobytes) for costs in ours.values())
    print(f"bytes            {heaviest:5.1f} kB, the heaviest change (at most {KILOBYTES})")
    desa = ours["round, all desa"].median / ours["round"].median
    print(f"all desa         {desa:5.2f} times the kecamatan (under {DESA_RATIO})")
    return int(any(broken) or heaviest > KILOBYTES or desa >= DESA_RATIO)


if __name__ == "__main__":
    sys.exit(main())
