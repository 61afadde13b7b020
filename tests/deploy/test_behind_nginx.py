"""The dashboard behind nginx as it is meant to run: pages whole over https, websocket open, only room publik."""

import http.client
import re
import urllib.parse
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import serve
from tests.deploy.nginx import Proxy, proxied, trusting


@pytest.fixture(scope="module")
def perantara(running: tuple[serve, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """nginx before a dashboard without an account provider."""
    with proxied(tmp_path_factory.mktemp("nginx"), running[0].port) as proxy:
        yield proxy


def ask(proxy: Proxy, path: str, method: str = "GET", body: str = "", **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPSConnection("localhost", proxy.https, timeout=30, context=trusting())
    connection.request(method, path, body or None, {name.replace("_", "-"): value for name, value in headers.items()})
    return connection.getresponse()


def upgrade(proxy: Proxy, origin: str) -> int:
    """Ask for the websocket; return the status of the answer."""
    asked = {"Upgrade": "websocket", "Connection": "Upgrade", "Origin": origin}
    asked |= {"Sec_WebSocket_Version": "13", "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ=="}
    return ask(proxy, "/_stcore/stream", **asked).status


@pytest.mark.lambat
def test_each_header_arrives_once(perantara: Proxy) -> None:
    answer = ask(perantara, "/")
    assert answer.status == 200 and answer.headers["Server"] == "nginx"
    wanted = ("Content-Security-Policy", "Strict-Transport-Security", "X-Content-Type-Options", "X-Frame-Options")
    assert [len(answer.headers.get_all(name, [])) for name in wanted] == [1, 1, 1, 1]
    cookies = ask(perantara, "/_stcore/health").headers.get_all("Set-Cookie", [])
    assert cookies and all("secure" in cookie.lower() and "samesite=strict" in cookie.lower() for cookie in cookies)


@pytest.mark.lambat
def test_inner_addresses_and_the_repository_stay_closed(perantara: Proxy) -> None:
    assert ask(perantara, "/_stcore/metrics").status == 404
    for path in (
        "/.git/config",
        "/app/static/../../.git/config",
        "/app/static/%2e%2e/app.py",
        "/.streamlit/config.toml",
    ):
        answer = ask(perantara, path)
        content = answer.read()
        assert b"[core]" not in content and b"[server]" not in content and b"import streamlit" not in content, path


@pytest.mark.lambat
def test_the_websocket_opens_for_our_own_page_only(perantara: Proxy) -> None:
    assert upgrade(perantara, f"https://localhost:{perantara.https}") == 101
    assert upgrade(perantara, "https://jahat.test") == 403
    assert upgrade(perantara, f"https://127.0.0.1:{perantara.https}") == 403


@pytest.mark.lambat
def test_a_right_code_opens_nothing_through_a_proxy(running: tuple[serve, str], perantara: Proxy) -> None:
    """Given the code of the console, when it comes through nginx, then it is refused; from this machine it opens."""
    assert ask(perantara, "/masuk").status == 403
    server, address = running
    form = {"nama": "Uji", "kode": server.code("petugas")}

    def enter(connection: http.client.HTTPConnection, origin: str) -> http.client.HTTPResponse:
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": origin,
            "Sec-Fetch-Site": "same-origin",
        }
        connection.request("POST", "/masuk", urllib.parse.urlencode(form), headers)
        return connection.getresponse()

    secure = http.client.HTTPSConnection("localhost", perantara.https, timeout=30, context=trusting())
    refused = enter(secure, f"https://localhost:{perantara.https}")
    assert refused.status == 403 and "Set-Cookie" not in refused.headers
    direct = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    let_in = enter(direct, address)
    cookie = str(let_in.headers["Set-Cookie"]).split(";")[0]
    assert let_in.status == 303 and cookie.startswith("balanting_sesi=")
    # The session itself is no use through the proxy either.
    assert ask(perantara, "/_stcore/upload_file/x/y", "PUT", "isi", Cookie=cookie).status == 403


@pytest.mark.lambat
@pytest.mark.peramban
@pytest.mark.parametrize("path", ["", "peta", "parameter"])
def test_a_page_is_whole_over_https(perantara: Proxy, peramban: Any, path: str) -> None:
    context = peramban.new_context(ignore_https_errors=True)
    page = context.new_page()
    sockets: list[str] = []
    page.on("websocket", lambda opened: sockets.append(opened.url))
    page.goto(f"https://localhost:{perantara.https}/{path}")
    page.wait_for_selector("h1", timeout=60_000)
    page.wait_for_selector(".bl-pita", timeout=60_000)
    assert sockets and all(re.match(rf"wss://localhost:{perantara.https}/_stcore/stream", url) for url in sockets)
    assert all(cookie["secure"] for cookie in context.cookies())
    context.close()
