"""Logging in and out, over plain HTTP as a browser would or in a browser, for the tests of the gate."""

import re
from pathlib import Path
from typing import Any

import httpx
import pandas as pd

from data.audit import read_audit
from data.store import open_store
from tests.conftest import serve

COOKIE = "balanting_sesi"
WRONG = "AAAA-AAAA"


def browser(address: str) -> httpx.Client:
    """Return a client with its own cookies that follows nothing and sends what a page of ours would."""
    return httpx.Client(base_url=address, headers={"origin": address}, timeout=60, trust_env=False)


def try_code(client: httpx.Client, code: str, ke: str = "/", **headers: str) -> httpx.Response:
    """Send the form of the login page."""
    return client.post("/masuk", data={"nama": "Rina Wati", "kode": code, "ke": ke}, headers=headers)


def log_in(server: serve, address: str, ruang: str) -> httpx.Client:
    """Return a client that is logged in to a room."""
    client = browser(address)
    assert try_code(client, server.code(ruang)).status_code == 303
    return client


def cookie_of(client: httpx.Client) -> str:
    """Return the Cookie header that a client would send."""
    return "; ".join(f"{name}={value}" for name, value in client.cookies.items())


def logged(folder: Path) -> pd.DataFrame:
    """Return the audit log of a store, newest first, without the looks that a page itself writes down."""
    store = open_store(folder)
    rows = read_audit(store)
    store.engine.dispose()
    return rows[rows["perbuatan"] != "lihat"].reset_index(drop=True)


def sentence_of(page: httpx.Response) -> str:
    """Return what the login page says is wrong."""
    return "".join(re.findall(r'<p class="salah"[^>]*>(.*?)</p>', page.text))


def enter(page: Any, running: tuple[serve, str], ruang: str, path: str = "/sasaran") -> None:
    """Log in in a real browser by way of the page that was asked for."""
    server, address = running
    page.goto(address + path)
    page.locator("a.bl-tombol, a.bl-masuk").last.click()
    page.get_by_label("Nama Anda").fill("Rina Wati")
    page.get_by_label("Kode masuk").fill(server.code(ruang).lower())
    page.get_by_role("button", name="Masuk", exact=True).click()


def question(page: Any) -> Any:
    """Return the place of a page where it says what it answers."""
    return page.locator(".bl-tanya").first
