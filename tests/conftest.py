"""Shared by the tests: a store of one's own, a served dashboard, a real browser."""

import contextlib
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from data.store import SAMPLE_FOLDER, Store, open_store

settings.register_profile("balanting", deadline=None)  # a busy machine is no defect
settings.load_profile("balanting")
ROOT = Path(__file__).resolve().parent.parent


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the files with slow tests first where several workers share them, so that none ends long after the others."""
    if hasattr(config, "workerinput"):
        slow, browsing = (
            {item.path for item in items if item.get_closest_marker(mark)} for mark in ("lambat", "peramban")
        )
        items.sort(key=lambda item: (item.path not in slow, item.path not in browsing))


@pytest.fixture
def penyimpanan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty store folder that the commands of this test use."""
    folder = tmp_path / "penyimpanan"
    monkeypatch.setenv("BALANTING_PENYIMPANAN", str(folder))
    return folder


@pytest.fixture
def store(penyimpanan: Path) -> Iterator[Store]:
    """An open store that holds nothing yet."""
    opened = open_store(penyimpanan)
    yield opened
    opened.engine.dispose()


@pytest.fixture(scope="session")
def penyimpanan_contoh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store folder whose sample data is already made; only for reading."""
    from analytics.serving import make_sample_store

    folder = tmp_path_factory.mktemp("contoh")
    make_sample_store(folder / SAMPLE_FOLDER)
    return folder


def run_command(
    *arguments: str, penyimpanan: Path | None = None, seconds: float = 120
) -> subprocess.CompletedProcess[str]:
    """Run `balanting.py` as a user would and return what it said."""
    environment = os.environ | ({"BALANTING_PENYIMPANAN": str(penyimpanan)} if penyimpanan else {})
    command = [sys.executable, str(ROOT / "balanting.py"), *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env=environment, timeout=seconds, check=False
    )


@pytest.fixture(scope="session")
def peladen(penyimpanan_contoh: Path) -> Iterator[str]:
    """The address of a running dashboard that serves the sample data."""
    with serve(penyimpanan_contoh) as address:
        yield address


def _own_ports() -> Iterator[int]:
    """Yield the ports of this worker in some order, each once: none takes what another is about to."""
    first = 20_000 + 500 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    yield from random.SystemRandom().sample(range(first, first + 500), 500)


PORTS = _own_ports()


def free_port() -> int:
    """Return a free port of 127.0.0.1 that no test of this run was given before."""
    for port in PORTS:
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("no free port")


class serve:
    """Runs the dashboard on a free port for the length of a `with` block."""

    def __init__(self, penyimpanan: Path, *options: str, **environment: str) -> None:
        self.port = free_port()
        self.environment = os.environ | {"BALANTING_PENYIMPANAN": str(penyimpanan), "PYTHONUTF8": "1"} | environment
        self.options = options
        handle, path = tempfile.mkstemp(".log")
        os.close(handle)
        self.console = Path(path)

    def __enter__(self) -> str:
        command = [sys.executable, str(ROOT / "balanting.py"), "jalankan", "--port", str(self.port), "--tanpa-browser"]
        command += self.options
        with self.console.open("wb") as console:
            self.process = subprocess.Popen(command, env=self.environment, stdout=console, stderr=subprocess.STDOUT)
        address = f"http://127.0.0.1:{self.port}"
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=2)
                return address
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.1)
        raise RuntimeError("the dashboard did not start")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(10)
        self.console.unlink()

    def said(self) -> str:
        """Return everything the server has printed so far."""
        return self.console.read_text(encoding="utf-8", errors="replace")

    def code(self, ruang: str) -> str:
        """Return the login code of a room that was printed last."""
        return re.findall(rf"Kode masuk {ruang} *: (\S+)", self.said())[-1]


@pytest.fixture(scope="module")
def folder(penyimpanan_contoh: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the sample data that the tests of one module may change."""
    return Path(shutil.copytree(penyimpanan_contoh, tmp_path_factory.mktemp("salinan") / "penyimpanan"))


@pytest.fixture(scope="module")
def running(folder: Path) -> Iterator[tuple[serve, str]]:
    """A dashboard that serves `folder`, and its address."""
    server = serve(folder)
    with server as address:
        yield server, address


@pytest.fixture(scope="module")
def peramban() -> Iterator[object]:
    """A real browser (Chromium); skipped with the reason where the machine has none, never in CI.

    For one module only: while playwright runs, its event loop forbids any other in this thread.
    """
    from playwright.sync_api import Error, sync_playwright

    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as driver:
        try:
            browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        except Error as error:
            if os.environ.get("BALANTING_WAJIB_PERAMBAN"):
                raise
            pytest.skip(f"Chromium tidak ada: {error.message.splitlines()[0]}")
        yield browser
        browser.close()


@pytest.fixture
def tab(peramban: Any) -> Iterator[Any]:
    """A tab of a visitor of its own: without the cookies of any other."""
    context = peramban.new_context(viewport={"width": 1366, "height": 768})
    yield context.new_page()
    context.close()
