"""The security headers of every kind of answer, and what the door refuses; in the middleware alone, without Streamlit."""

import asyncio
import base64
import hashlib
from pathlib import Path
from typing import Any

import pytest

from ui.door import Door
from ui.headers import DATA_POLICY, FRAME_POLICY, HEADERS, INDEX, SecurityHeaders, page_policy, policy_of

HOST = "127.0.0.1:8501"


async def _inner(scope: dict[str, Any], _receive: Any, send: Any) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        return
    own = [(b"x-frame-options", b"DENY")] if scope["path"] == "/sendiri" else []
    await send({"type": "http.response.start", "status": 200, "headers": own})
    await send({"type": "http.response.body", "body": b"isi"})


def ask(path: str, kind: str = "http", **headers: str) -> list[dict[str, Any]]:
    """Return what the middleware sends for one request."""
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(dict(message))

    async def receive() -> Any:
        return {"type": "http.request"}

    named = {"host": HOST} | {name.replace("_", "-"): value for name, value in headers.items()}
    raw = [(name.encode(), value.encode()) for name, value in named.items()]
    scope = {"type": kind, "path": path, "method": "GET", "headers": raw, "query_string": b""}
    asyncio.run(SecurityHeaders(Door(_inner))(scope, receive, send))
    return sent


def headers_of(path: str) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in ask(path)[0]["headers"]}


@pytest.mark.parametrize("path", ["/", "/peta", "/component/x/index.html", "/media/a.csv", "/_stcore/metrics"])
def test_every_answer_carries_the_headers(path: str) -> None:
    assert HEADERS.items() <= headers_of(path).items()
    assert headers_of(path)["content-security-policy"] == policy_of(path)


def test_a_header_the_answer_has_already_stays() -> None:
    assert headers_of("/sendiri")["x-frame-options"] == "DENY"


def test_the_page_runs_only_scripts_of_this_server() -> None:
    policy = dict(part.strip().split(" ", 1) for part in page_policy().split(";"))
    assert "'unsafe-inline'" not in policy["script-src"] and "eval" not in policy["script-src"]
    assert policy["default-src"] == policy["object-src"] == policy["base-uri"] == "'none'"
    assert policy["connect-src"] == policy["frame-ancestors"] == policy["form-action"] == "'self'"
    assert not any(scheme in page_policy() for scheme in ("http:", "https:", "*"))


def test_the_hash_is_that_of_the_inline_script_installed_now(tmp_path: Path) -> None:
    script = INDEX.read_bytes().split(b"<script>")[1].split(b"</script>")[0]
    wanted = base64.b64encode(hashlib.sha256(script).digest()).decode()
    assert f"'sha256-{wanted}'" in page_policy()
    other = tmp_path / "index.html"
    other.write_bytes(b"<script>\n satu\n</script><script src=a.js></script><script>dua</script>")
    assert page_policy(other).count("'sha256-") == 2 and wanted not in page_policy(other)


def test_only_the_frame_of_the_map_may_evaluate() -> None:
    assert "'unsafe-eval'" in policy_of("/component/streamlit_folium.st_folium/index.html")
    assert policy_of("/component/x") == FRAME_POLICY and "frame-ancestors 'self'" in FRAME_POLICY
    assert policy_of("/komponen") == policy_of("/component") == page_policy()


@pytest.mark.parametrize("path", ["/media/x.html", "/unduh/token", "/app/static/peta.js", "/_stcore/health"])
def test_data_opened_as_a_page_runs_nothing(path: str) -> None:
    assert policy_of(path) == DATA_POLICY and "sandbox" in DATA_POLICY


def test_media_is_not_kept_by_the_browser() -> None:
    assert headers_of("/media/x.csv")["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/keluar", "/auth/logout", "/auth/logout/"])
def test_the_browser_forgets_what_it_kept_when_a_login_ends(path: str) -> None:
    assert headers_of(path)["clear-site-data"] == '"cache", "storage"'
    refused = ask(path, sec_fetch_site="cross-site")[0]["headers"]
    assert b"clear-site-data" not in dict(refused) and "clear-site-data" not in headers_of("/masuk")


@pytest.mark.parametrize("rest", ["metrics", "script-health-check", "agent/mcp", "agent/openapi.json", "baru", ""])
def test_inner_addresses_are_closed_unless_named(rest: str) -> None:
    assert ask(f"/_stcore/{rest}")[0]["status"] == 404


@pytest.mark.parametrize("rest", ["health", "host-config", "upload_file/a/b", "bidi-components/x/y.js"])
def test_what_the_page_needs_stays_open(rest: str) -> None:
    assert ask(f"/_stcore/{rest}")[0]["status"] == 200


@pytest.mark.parametrize(
    ("path", "headers", "accepted"),
    [
        ("/_stcore/stream", {"origin": f"http://{HOST}"}, True),
        ("/_stcore/stream", {"origin": f"https://{HOST}"}, True),
        ("/_stcore/stream", {}, True),
        ("/_stcore/stream", {"origin": "http://127.0.0.1:9999"}, False),
        ("/_stcore/stream", {"origin": "http://localhost:8501"}, False),
        ("/_stcore/stream", {"origin": f"http://{HOST}@jahat.test"}, False),
        ("/_stcore/stream", {"origin": "null"}, False),
        ("/_stcore/stream", {"origin": ""}, False),
        ("/_stcore/stream", {"origin": "http://["}, False),
        ("/lain", {"origin": f"http://{HOST}"}, False),
    ],
)
def test_a_websocket_opens_only_from_our_own_page(path: str, headers: dict[str, str], accepted: bool) -> None:
    wanted = {"type": "websocket.accept"} if accepted else {"type": "websocket.close", "code": 1008}
    assert ask(path, "websocket", **headers) == [wanted]


@pytest.mark.parametrize(
    ("path", "site", "status"),
    [
        ("/auth/logout", "cross-site", 403),
        ("/keluar/", "cross-site", 403),
        ("/keluar", "same-origin", 200),
        ("/keluar", "none", 200),
        ("/peta", "cross-site", 200),
        ("/auth/login", "cross-site", 200),  # a link in a message leads to /masuk, and from there to here
        ("/oauth2callback", "cross-site", 200),
    ],
)
def test_another_site_cannot_end_a_session(path: str, site: str, status: int) -> None:
    assert ask(path, sec_fetch_site=site)[0]["status"] == status
