"""For benchmarks in a real browser: serve a page, open it, time one choice in a list or of a segment to its picture."""

import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]

# The clock starts with the click and stops with the first frame in which `done` holds, once painted.
STOPWATCH = """
(done) => {
    const holds = new Function("return (" + done + ")");
    window.lama = null;
    addEventListener("click", () => {
        const mulai = performance.now();
        const lihat = () => holds()
            ? requestAnimationFrame(() => { window.lama = performance.now() - mulai; })
            : requestAnimationFrame(lihat);
        requestAnimationFrame(lihat);
    }, { capture: true, once: true });
}
"""


@dataclass
class Wire:
    """Counts what the server sends over the websocket, as the browser unpacks it."""

    sizes: list[int] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        """Count from now on."""
        page.on("websocket", lambda socket: socket.on("framereceived", self._add))

    def _add(self, frame: str | bytes) -> None:
        self.sizes.append(len(frame if isinstance(frame, bytes) else frame.encode()))

    def take(self) -> int:
        """Return the bytes since the last call."""
        total = sum(self.sizes)
        self.sizes.clear()
        return total


@dataclass
class Changes:
    """What the changes of one page cost: milliseconds to the picture and bytes, one value a change."""

    milliseconds: list[float] = field(default_factory=list)
    kilobytes: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """The middle time in milliseconds."""
        return statistics.median(self.milliseconds)


@contextmanager
def serve(command: Sequence[str], folder: Path = ROOT, **environment: str) -> Iterator[str]:
    """Run a Streamlit server by `command` (`{port}` is filled in) in `folder` and give its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    words = [sys.executable, *(word.format(port=port) for word in command)]
    process = subprocess.Popen(
        words, cwd=folder, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield _wait_for(f"http://127.0.0.1:{port}", process)
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> str:
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=2)
            return address
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
    raise RuntimeError("the server did not start")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A Chromium: the one of `CHROMIUM`, of the system, or of playwright."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def change(page: Page, wire: Wire, label: str, option: str, done: str, costs: Changes) -> None:
    """Choose `option` in the list `label`; note the time until the JavaScript condition `done` holds, and the bytes."""
    page.get_by_role("combobox", name=label).click()
    choice = page.get_by_role("option", name=option, exact=True)
    choice.wait_for()
    press(page, wire, choice, done, costs)


def press(page: Page, wire: Wire, choice: Locator, done: str, costs: Changes) -> None:
    """Click on `choice`, such as a segment; note the time until the condition `done` holds, and the bytes."""
    wire.take()
    page.evaluate(STOPWATCH, done)
    choice.click()
    page.wait_for_function("window.lama !== null")
    costs.milliseconds.append(page.evaluate("window.lama"))
    page.wait_for_timeout(300)  # the last messages of the run
    costs.kilobytes.append(wire.take() / 1000)
