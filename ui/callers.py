"""The login behind an HTTP request, and the guards around Streamlit's own addresses (plain ASGI)."""

import threading

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from config.text import text
from data.sessions import Session
from ui import gate
from ui.oidc import claims_of, oidc_session

UPLOADS = "/_stcore/upload_file"
LOGOUT = "/auth/logout"


def headers_of(request: HTTPConnection) -> dict[str, str]:
    """Return the headers of a request by lower-case name."""
    return {name.lower(): value for name, value in request.headers.items()}


def session_of(request: HTTPConnection) -> Session | None:
    """Return the open session of the browser that sent a request, by its cookie."""
    way, headers = gate.login_way(), headers_of(request)
    if way == gate.CODE:
        return gate.code_session(request.cookies, headers, request.client.host if request.client else None)
    if way == gate.OIDC:
        claims = claims_of(request.cookies, headers.get("host", ""))
        return oidc_session(claims) if claims else None
    return None


class UploadGuard:
    """ASGI middleware: only room petugas sends files, and each login only into its own open pages."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403 to an upload (or the removal of one) that does not belong to the sender."""
        if scope["type"] == "http" and scope["path"].startswith(UPLOADS) and scope["method"] != "OPTIONS":
            session = await run_in_threadpool(session_of, HTTPConnection(scope))
            page = scope["path"].removeprefix(UPLOADS).strip("/").split("/")[0]
            if session is None or session.ruang != "petugas" or PAGES.get(page) != session.tanda:
                if session:
                    await run_in_threadpool(gate.record, session.siapa, session.ruang, "unggah_ditolak")
                await PlainTextResponse(text("akses.unggah_ditolak"), 403)(scope, receive, send)
                return
        await self.app(scope, receive, send)


class LogoutGuard:
    """ASGI middleware: Streamlit's own address of logging out only forgets the cookie; here it ends the login too."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """End the login of the sender in the register, then pass the request on."""
        leaving = scope["type"] == "http" and scope["path"].rstrip("/") == LOGOUT
        if leaving and (session := await run_in_threadpool(session_of, HTTPConnection(scope))):
            await run_in_threadpool(gate.log_out, session)
        await self.app(scope, receive, send)


MOST_PAGES = 1000
_LOCK = threading.Lock()
PAGES: dict[str, str] = {}  # Streamlit's number of an open page in room petugas -> mark of its login


def own_page(page: str, tanda: str) -> None:
    """Remember that an open page belongs to a login; the oldest are forgotten first."""
    with _LOCK:
        PAGES.pop(page, None)
        PAGES[page] = tanda
        while len(PAGES) > MOST_PAGES:
            PAGES.pop(next(iter(PAGES)))
