"""Refuses what nobody should ask of this server: Streamlit's inner addresses, and requests started by other sites.

Streamlit takes a websocket from any page on localhost, whatever its port, and on a foreign Origin first asks a machine
outside for its own address. Cookies do not tell ports apart, so here the Origin must be the very Host that was asked.
"""

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

CORE = "/_stcore/"
# What the page itself needs; metrics, the agent API, the check of the script and whatever comes later stay closed.
OPEN = ("health", "host-config", "stream", "upload_file", "bidi-components")
STREAM = f"{CORE}stream"
SAME_SITE = ("/auth/logout", "/keluar")  # end a session: only from our own pages


class Door:
    """ASGI middleware: 404 for closed addresses, 403 for a session ended or a websocket opened from another site."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "websocket" and not _may_stream(scope):
            await send({"type": "websocket.close", "code": 1008})
        elif scope["type"] == "http" and (status := _refused(scope)):
            await PlainTextResponse("", status_code=status)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _may_stream(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    origin, host = headers.get("origin"), headers.get("host")
    return scope["path"] == STREAM and origin in (None, f"http://{host}", f"https://{host}")


def _refused(scope: Scope) -> int:
    path = scope["path"]
    if path.startswith(CORE) and path.removeprefix(CORE).split("/")[0] not in OPEN:
        return 404
    cross = Headers(scope=scope).get("sec-fetch-site") == "cross-site"
    return 403 if cross and path.rstrip("/") in SAME_SITE else 0
