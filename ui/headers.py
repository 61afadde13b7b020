"""Adds the security headers every answer should carry; written as plain ASGI so that websockets pass untouched."""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "SAMEORIGIN",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
INLINE = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
INDEX = Path(streamlit.__file__).parent / "static" / "index.html"
DATA = ("/media/", "/_stcore/", "/app/static/", "/unduh/")  # never a page: nothing of it runs when opened by itself
FRAME = "/component/"
LEAVING = ("/keluar", "/auth/logout")
FORGET = '"cache", "storage"'  # not "cookies": they may belong to other systems under the office's domain

_COMMON = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; frame-ancestors 'self'; form-action 'self'; base-uri 'none'; object-src 'none'"
)
# streamlit-folium evaluates the script of the map, which it is sent through the page, inside its own frame.
FRAME_POLICY = f"{_COMMON}; script-src 'self' 'unsafe-inline' 'unsafe-eval'"
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"


@cache
def page_policy(index: Path = INDEX) -> str:
    """Return the policy of Streamlit's own page: only scripts of this server, and the inline ones `index` holds.

    blob: is how Streamlit loads the script of a component (ui/heatmap.py); making one takes a script that already runs.
    """
    digests = (hashlib.sha256(script).digest() for script in INLINE.findall(index.read_bytes()))
    hashes = "".join(f" 'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return f"{_COMMON}; script-src 'self' blob:{hashes}; frame-src 'self'; manifest-src 'self'"


def policy_of(path: str) -> str:
    """Return the Content-Security-Policy of the answer at `path`."""
    if path.startswith(DATA):
        return DATA_POLICY
    return FRAME_POLICY if path.startswith(FRAME) else page_policy()


class SecurityHeaders:
    """ASGI middleware: each HTTP answer gets HEADERS and the Content-Security-Policy of its kind."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to the start of its answer."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("content-security-policy", policy_of(scope["path"]))
                if message["status"] >= 400:  # Streamlit sends some refusals without saying what they are
                    headers.setdefault("content-type", "text/plain; charset=utf-8")
                elif scope["path"].rstrip("/") in LEAVING:
                    headers.setdefault("clear-site-data", FORGET)
                if scope["path"].startswith("/media/"):
                    headers.setdefault("cache-control", "no-store")
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)
