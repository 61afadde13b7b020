"""Canaries and the screen: a real browser goes through every page of a room; nothing it is sent names anybody."""

import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error, expect

from data.audit import read_audit
from data.store import open_store
from tests.canaries import LAST_MONTH, STEM, leaks, pages, plant, pseudonyms, told_pseudonyms
from tests.conftest import run_command, serve

pytestmark = [pytest.mark.peramban, pytest.mark.lambat]
WAIT = 30_000  # milliseconds
QUIET = 0.25  # seconds without a message and without a running script: the page stands
HOME = "ringkasan"  # has no address of its own
OWN = ":not(.st-key-bl-ruang *)"  # not the strip that changes the room
TABS = f".stMain [role=radio][aria-checked=false]{OWN}"
LISTS = f".stMain [data-testid=stSelectbox]{OWN}"
FILES = ".stMain [data-testid=stDownloadButton] button, .stMain a.bl-unduh"
FOLDED = ".stMain details:not([open]) > summary"
POINTED = {  # what tells more under the pointer: how many of each are pointed at
    ".bl-panas tr[data-baris] td": 3,
    ".bl-panas tr[data-baris] img": 2,
    ".bl-batang span": 2,
    "[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg": 2,
    "td[title]": 2,
}
PLACE_IN_SIGHT = """() => [...document.querySelectorAll("path.sel")].findIndex((path) => {
  const {left, right, top, bottom} = path.getBoundingClientRect();
  return right > left && left > 0 && top > 0 && right < innerWidth && bottom < innerHeight;
})"""


class Witness:
    """A browser that keeps everything it is sent: messages, answers, what stands on the screen, files."""

    def __init__(self, browser: Any, address: str) -> None:
        self.context = browser.new_context(viewport={"width": 1366, "height": 900})
        self.page = self.context.new_page()
        self.address, self.heard = address, 0.0
        self.told: dict[str, list[bytes]] = defaultdict(list)
        self.waiting: list[Any] = []
        self.fetched: set[str] = set()
        self.page.on("websocket", lambda socket: socket.on("framereceived", self._hear))
        self.context.on("response", lambda answer: self.waiting.append(answer))

    def _hear(self, message: str | bytes) -> None:
        self.heard = time.monotonic()
        self.told["pesan"].append(message.encode() if isinstance(message, str) else message)

    def settle(self) -> None:
        """Wait until the page stands still, then keep what is on the screen and what came over HTTP."""
        expect(self.page.locator("h1").first).to_be_visible(timeout=WAIT)
        still = "document.querySelector('.stApp')?.getAttribute('data-test-script-state') === 'notRunning'"
        until = time.monotonic() + WAIT / 1000
        self.heard = time.monotonic()
        while time.monotonic() < until:
            self.page.wait_for_timeout(60)
            if time.monotonic() - self.heard > QUIET and self.page.evaluate(still):
                break
        assert self.page.locator(".stException, [data-testid=stAlertContentError]").count() == 0, self.page.url
        self.told["layar"] += [frame.content().encode() for frame in self.page.frames]
        self.told["layar"] += [self.page.inner_text("body").encode(), self.page.title().encode()]
        self._fetch()

    def _fetch(self) -> None:
        while self.waiting:
            answer = self.waiting.pop()
            self.told["http"].append(f"{answer.url} {answer.headers}".encode())
            if answer.url in self.fetched or not answer.ok or "attachment" in str(answer.headers):
                continue
            try:
                body = answer.body()
            except Error:  # the browser did not keep it: ask again
                body = self.context.request.get(answer.url).body()
            self.fetched.add(answer.url)
            self.told["http"].append(body)

    def open(self, name: str) -> None:
        self.page.goto(f"{self.address}/{'' if name == HOME else name}")
        self.settle()

    def walk(self, name: str) -> None:
        """Do on a page what a visitor can do: unfold, point, choose, change every filter, take every file."""
        self.open(name)
        self.unfold()
        self.point()
        self.take()
        for number in range(self.page.locator(TABS).count()):
            tab = self.page.locator(TABS).nth(number)
            if tab.is_visible():
                tab.click()
                self.settle()
                self.point()
        for number in range(self.page.locator(LISTS).count()):
            self.choose_last(self.page.locator(LISTS).nth(number).locator("input"))
        self.unfold()
        self.take()

    def choose_last(self, box: Any) -> None:
        """Choose the last entry of a list, by keyboard as far as it goes: a rerun closes a list that was just opened."""
        if not box.is_visible():
            return
        options = self.page.get_by_role("option")
        for _ in range(10):
            box.press("ArrowDown")
            self.page.wait_for_timeout(100)
            if options.count():
                break
        options.last.click()
        self.settle()

    def unfold(self) -> None:
        while self.page.locator(FOLDED).count():
            self.page.locator(FOLDED).first.click()
            self.settle()

    def point(self) -> None:
        """Point at maps, heatmap, bars and charts, and choose a row and a place."""
        for where, count in POINTED.items():
            for number in range(min(count, self.page.locator(where).count())):
                self.page.locator(where).nth(number).hover(force=True)
                self.told["layar"].append(self.page.inner_text("body").encode())
        for side in range(1, len(self.page.frames)):
            self._choose_place(side)
        row = self.page.locator(".bl-panas tr[data-baris] a")
        if row.count():
            row.first.click()
        self.settle()

    def _choose_place(self, side: int) -> None:
        """Point at a place of a map and choose it; that may take the other map away."""
        frame = self.page.frames[side] if side < len(self.page.frames) else None
        number = frame.evaluate(PLACE_IN_SIGHT) if frame else -1
        if frame and number >= 0:
            frame.locator("path.sel").nth(number).hover(force=True)
            self.told["layar"].append(frame.content().encode())
            frame.locator("path.sel").nth(number).click(force=True)
            self.settle()

    def take(self) -> None:
        for number in range(self.page.locator(FILES).count()):
            name, content = self._download(self.page.locator(FILES).nth(number))
            self.told["berkas"].append(content)
            self.told["nama berkas"].append(name.encode())

    def _download(self, link: Any, tries: int = 3) -> tuple[str, bytes]:
        """Take a file; a busy browser now and then gives a download up, which says nothing of what is in it."""
        with self.page.expect_download(timeout=WAIT) as download:
            link.click()
        if download.value.failure() and tries > 1:
            return self._download(link, tries - 1)
        return download.value.suggested_filename, Path(download.value.path()).read_bytes()

    def enter(self, server: serve, ruang: str) -> None:
        self.page.goto(f"{self.address}/masuk")
        self.page.get_by_label("Nama Anda").fill("Rina Wati")
        self.page.get_by_label("Kode masuk").fill(server.code(ruang))
        self.page.get_by_role("button", name="Masuk", exact=True).click()
        expect(self.page.locator(".bl-pita-ruang")).to_be_visible(timeout=WAIT)
        self.settle()

    def canaries(self) -> dict[str, set[str]]:
        """Return by channel which canaries came."""
        found = {channel: set[str]().union(*map(leaks, contents)) for channel, contents in self.told.items()}
        return {channel: names for channel, names in found.items() if names}

    def pseudonyms(self, known: set[bytes]) -> set[bytes]:
        return set[bytes]().union(*(told_pseudonyms(each, known) for each in self.told["pesan"] + self.told["layar"]))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store full of canaries."""
    made = tmp_path_factory.mktemp("kenari")
    *files, families = map(str, plant(made))
    for options in (files, [families, "--periode", LAST_MONTH]):
        assert run_command("impor", *options, penyimpanan=made / "penyimpanan").returncode == 0
    return made / "penyimpanan"


@pytest.fixture
def witness(peramban: Any, running: tuple[serve, str]) -> Iterator[Witness]:
    one = Witness(peramban, running[1])
    yield one
    one.context.close()


def test_as_petugas_the_same_walk_finds_them_and_the_log_says_so(
    witness: Witness, running: tuple[serve, str], folder: Path
) -> None:
    witness.enter(running[0], "petugas")
    witness.walk("sasaran")
    witness.open("sasaran")
    witness.page.get_by_label("Cari nama").fill(STEM)
    witness.page.keyboard.press("Enter")
    witness.settle()
    witness.page.get_by_role("button", name="Siapkan").click()
    witness.settle()
    witness.take()
    found = witness.canaries()
    assert found.keys() == {"pesan", "layar", "berkas"}
    assert all(sum(name.startswith(STEM) for name in names) > 50 for names in found.values())
    opened = open_store(folder)
    acts = read_audit(opened)
    opened.engine.dispose()
    assert {"lihat", "siapkan_unduhan", "unduh"} <= set(acts["perbuatan"])
    assert acts["rincian"].str.contains(STEM).any()


@pytest.mark.parametrize("ruang", ["rapat", "publik"])
def test_nothing_a_room_is_sent_names_anybody(
    ruang: str, witness: Witness, running: tuple[serve, str], folder: Path
) -> None:
    if ruang == "rapat":
        witness.enter(running[0], ruang)
    else:
        witness.page.goto(running[1])
        witness.settle()
    own = pages("publik") + (pages("rapat") if ruang == "rapat" else [])
    for name in own:
        witness.walk(name)
        assert witness.page.locator(".bl-cap").count() == 1, name
    for name in [*pages("petugas"), *pages("rapat")]:
        if name not in own:
            witness.open(name)
    assert len(witness.told["pesan"]) > 20 * len(own) and len(witness.told["http"]) > 50
    assert sum(name.endswith(b".csv") for name in witness.told["nama berkas"]) >= len(own) - 1
    assert witness.canaries() == {}
    assert witness.pseudonyms(pseudonyms(folder)) == set()


@pytest.mark.parametrize(
    "address", ["_stcore/health", "_stcore/metrics", "_stcore/host-config", "app/static/", "media/"]
)
def test_addresses_beside_the_pages_tell_nothing(running: tuple[serve, str], witness: Witness, address: str) -> None:
    assert leaks(witness.context.request.get(f"{running[1]}/{address}").body()) == set()


def test_what_the_server_writes_down_names_nobody(running: tuple[serve, str], folder: Path) -> None:
    said = running[0].said()
    assert "BALANTING: http" in said and leaks(said.encode()) == set()
    logs = [path for path in folder.iterdir() if path.is_file() and not path.name.startswith("balanting.sqlite3")]
    assert [path for path in logs if leaks(path.read_bytes())] == []
