"""Where a request is led: home by its name; after a login back to the page that was asked, cookies on https only."""

import re
from urllib.parse import unquote

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from config.oidc import CALLBACK, load_provider

LOCAL_PATH = re.compile(r"/([a-z_]+)?(\?[\w=&%.+-]*)?", re.ASCII)
RETURN_COOKIE = "balanting_ke"
RETURN_SECONDS = 600  # as long as somebody may take to log in at the provider


def local_path(asked: str) -> str:
    """Return `asked` when it is a page of this dashboard (`/peta?lapis=desa`), else the start page."""
    return asked if LOCAL_PATH.fullmatch(asked) else "/"


async def go_home(request: Request) -> RedirectResponse:
    """Lead the home page's own name to the address without a name, the only one Streamlit knows it by."""
    return RedirectResponse(f"/?{request.url.query}".rstrip("?"))


class ReturnPath:
    """ASGI middleware: the answer to a finished login leads to the page in RETURN_COOKIE instead of the start page.

    Streamlit's own cookies get `Secure` where the dashboard is reached by https.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and mend the start of its answer."""
        provider = load_provider()
        if scope["type"] != "http" or provider is None:
            await self.app(scope, receive, send)
            return
        target = HTTPConnection(scope).cookies.get(RETURN_COOKIE, "") if scope["path"] == CALLBACK else ""

        async def send_mended(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if target and headers.get("location") == "/":
                    headers["location"] = local_path(unquote(target))
                    headers.append("set-cookie", f"{RETURN_COOKIE}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax")
                if provider.https:
                    _secure_cookies(message)
            await send(message)

        await self.app(scope, receive, send_mended)


def _secure_cookies(message: Message) -> None:
    message["headers"] = [
        (name, value + b"; Secure" if name == b"set-cookie" and b"; secure" not in value.lower() else value)
        for name, value in message["headers"]
    ]
