"""A running dashboard attacked from this machine: paths, hosts, origins, inner addresses."""

import http.client
from collections.abc import Iterator
from urllib.parse import urlparse

import pytest
from websockets.exceptions import InvalidHandshake
from websockets.sync.client import connect

INDEX = b'<div id="root">'


def ask(peladen: str, path: str, method: str = "GET", **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    """Send the path exactly as written and return status, headers and content."""
    port = urlparse(peladen).port or 0
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.putrequest(method, path, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    answer = connection.getresponse()
    return answer.status, answer.headers, answer.read()


@pytest.mark.parametrize("base", ["/", "/app/static/", "/static/", "/component/streamlit_folium.st_folium/", "/media/"])
@pytest.mark.parametrize(
    "steps",
    [
        "../app.py",
        "../../requirements.txt",
        "../../../../../../../../etc/passwd",
        "%2e%2e/app.py",
        "..%2f..%2frequirements.txt",
        "%252e%252e/app.py",
        "..\\app.py",
        "..%5capp.py",
        "dibuat/../../app.py",
        "/etc/passwd",
        "C:/Windows/win.ini",
        "%00/../app.py",
        ".git/config",
        ".streamlit/config.toml",
    ],
)
def test_no_path_leads_out_of_the_folder(peladen: str, base: str, steps: str) -> None:
    status, _, content = ask(peladen, base + steps)
    assert status in (301, 400, 404) or INDEX in content  # any other address shows Streamlit's empty frame
    for secret in (b"st.App(", b"streamlit==", b"root:", b"[core]", b"enableXsrfProtection"):
        assert secret not in content


@pytest.mark.parametrize("host", ["jahat.test", "127.0.0.1.jahat.test", "localhost@jahat.test", "", "[::1"])
def test_another_host_is_not_answered(peladen: str, host: str) -> None:
    assert ask(peladen, "/", Host=host)[0] == 400


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/metrics/",
        "/_stcore/metrics?families=active_sessions",
        "/%5Fstcore/metrics",
        "/_stcore/./metrics",
        "/_stcore/agent/openapi.json",
        "/_stcore/agent/mcp",
        "/_stcore/script-health-check",
    ],
)
def test_inner_addresses_tell_nothing(peladen: str, path: str) -> None:
    status, _, content = ask(peladen, path)
    assert status in (400, 404) and b"session" not in content and b"openapi" not in content


@pytest.mark.parametrize("path", ["/_stcore/health", "/_stcore/host-config", "/app/static/peta.js", "/"])
def test_another_site_reads_no_answer(peladen: str, path: str) -> None:
    _, headers, content = ask(peladen, path, Origin="https://jahat.test")
    assert "Access-Control-Allow-Origin" not in headers
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert b"streamlit.app" not in content  # no site may steer the page by messages


def test_nobody_uploads_without_a_session(peladen: str) -> None:
    assert ask(peladen, "/_stcore/upload_file/sesi/berkas", "PUT", Content_Length="0")[0] == 403


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "CONNECT"])
def test_methods_nobody_needs_are_refused(peladen: str, method: str) -> None:
    assert ask(peladen, "/", method)[0] in (400, 405)


def origins(peladen: str) -> Iterator[tuple[str | None, bool]]:
    yield peladen, True
    yield None, True  # no browser, so no cookies of anybody
    port = urlparse(peladen).port
    for origin in (f"http://localhost:{port}", "http://127.0.0.1:1", "http://localhost", "null", "https://jahat.test"):
        yield origin, False


def test_the_websocket_opens_only_for_our_own_page(peladen: str) -> None:
    address = peladen.replace("http", "ws") + "/_stcore/stream"
    for origin, welcome in origins(peladen):
        try:
            with connect(address, origin=origin, subprotocols=["streamlit"], open_timeout=20, proxy=None):
                opened = True
        except InvalidHandshake:
            opened = False
        assert opened == welcome, origin


def test_a_rebound_name_opens_no_websocket(peladen: str) -> None:
    """Given a foreign name that now points to this machine, when its page opens the websocket, then Host tells."""
    port = urlparse(peladen).port
    status, _, _ = ask(
        peladen,
        "/_stcore/stream",
        Host=f"jahat.test:{port}",
        Origin=f"http://jahat.test:{port}",
        Upgrade="websocket",
        Connection="Upgrade",
        Sec_WebSocket_Version="13",
        Sec_WebSocket_Key="dGhlIHNhbXBsZSBub25jZQ==",
    )
    assert status in (400, 403)
