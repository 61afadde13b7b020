"""Static files as the browser gets them: the right type on every system, kept, nothing from outside the folder."""

import asyncio
from pathlib import Path

import pytest
from starlette.exceptions import HTTPException

from ui.static_files import FOR_EVER, ONE_HOUR, CachedStatic


@pytest.fixture
def files(tmp_path: Path) -> CachedStatic:
    folder = tmp_path / "static"
    folder.mkdir()
    (tmp_path / "rahasia.txt").write_text("x", encoding="utf-8")
    for name in ("a.js", "a.css", "a.geojson", "a.woff2", "a.png", "a.xyz"):
        (folder / name).write_text("{}", encoding="utf-8")
    return CachedStatic(directory=folder)


def ask(files: CachedStatic, path: str, query: str = "", headers: dict[str, str] | None = None) -> tuple[int, dict]:
    scope = {
        "type": "http",
        "asgi": {"spec_version": "2.4"},
        "method": "GET",
        "path": path,
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in (headers or {}).items()],
    }
    sent: list[dict] = []

    async def send(message: dict) -> None:
        sent.append(message)

    async def receive() -> dict:
        await asyncio.Event().wait()  # a browser that waits; an answer at once would be asked for again without end
        return {}

    asyncio.run(files(scope, receive, send))
    return sent[0]["status"], {name.decode(): value.decode() for name, value in sent[0]["headers"]}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.geojson", "application/geo+json"),
        ("a.woff2", "font/woff2"),
        ("a.png", "image/png"),
        ("a.xyz", "application/octet-stream"),
    ],
)
def test_the_type_does_not_depend_on_the_system(
    files: CachedStatic, name: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given a Windows registry that calls everything text/plain, the types are still ours."""
    monkeypatch.setattr("starlette.responses.guess_type", lambda *_: ("text/plain", None))
    status, headers = ask(files, f"/{name}")
    assert status == 200
    assert headers["content-type"] == kind
    assert headers["x-content-type-options"] == "nosniff"


def test_versioned_addresses_are_kept_for_ever_others_for_an_hour(files: CachedStatic) -> None:
    assert ask(files, "/a.js", "v=1234")[1]["cache-control"] == FOR_EVER
    assert ask(files, "/a.js")[1]["cache-control"] == ONE_HOUR


def test_an_unchanged_file_is_not_sent_again(files: CachedStatic) -> None:
    etag = ask(files, "/a.js")[1]["etag"]
    assert ask(files, "/a.js", headers={"if-none-match": etag})[0] == 304


@pytest.mark.parametrize("path", ["/../rahasia.txt", "/tidak-ada.js", "/"])
def test_nothing_else_is_served(files: CachedStatic, path: str) -> None:
    with pytest.raises(HTTPException) as refused:
        ask(files, path)
    assert refused.value.status_code == 404
