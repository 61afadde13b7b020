"""The addresses of logging in and out: /masuk and /keluar, plain pages of the server without any script."""

import secrets
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import parse_qs, quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from streamlit.user_info import generate_login_redirect_url

from config.access import seconds
from config.text import text
from config.values import ROOMS
from data.audit import AuditNotWritten, write_audit
from data.sessions import mark_of, open_session, purge
from ui import callers, gate, login_page
from ui.login_code import LOCKED, RIGHT, CodeDesk
from ui.oidc import limit_algorithms
from ui.return_path import RETURN_COOKIE, RETURN_SECONDS, local_path

LONGEST_BODY = 4096
LONGEST_NAME = 60
FORM = "application/x-www-form-urlencoded"
NO_STORE = {"cache-control": "no-store"}
KEEP_CLOSED = 30 * 24 * 3600  # seconds that a session which is over stays in the register


def tell_codes(codes: dict[str, str]) -> None:
    """Print fresh codes on the console of the server."""
    lines = [text("masuk.konsol_kode", ruang=ruang.ljust(7), kode=code) for ruang, code in codes.items()]
    sys.stdout.write("\n".join(["", *lines, text("masuk.konsol_ket", menit=int(seconds("kode_berlaku") // 60)), ""]))
    sys.stdout.flush()


DESK = CodeDesk(tell_codes)


@asynccontextmanager
async def running(_app: object) -> AsyncIterator[None]:
    """Around the life of the server: tidy the register and, where one logs in by code, print the first codes."""
    if gate.login_way():
        gate.end_late_sessions()
        purge(gate.own_store(), KEEP_CLOSED)
    if gate.login_way() == gate.OIDC:
        limit_algorithms()
    if gate.login_way() == gate.CODE:
        DESK.renew()
    yield


async def show_login(request: Request) -> Response:
    """Answer GET /masuk: the form for the code, or the way to the office's provider."""
    return await run_in_threadpool(_show_login, request)


def _show_login(request: Request) -> Response:
    way, target = gate.login_way(), local_path(request.query_params.get("ke", ""))
    if way == gate.NONE:
        return PlainTextResponse(text("masuk.tidak_ada"), 404, NO_STORE)
    session = callers.session_of(request)
    if session and session.ruang == ROOMS[-1]:
        return RedirectResponse(target, 303, NO_STORE)
    if way == gate.OIDC:
        answer = RedirectResponse(generate_login_redirect_url("default"), 303, NO_STORE)
        answer.set_cookie(RETURN_COOKIE, quote(target), RETURN_SECONDS, httponly=True, samesite="lax")
        return answer
    if not _is_here(request):
        return _page(target, text("masuk.bukan_mesin_ini"), 403)
    DESK.refresh()
    return _page(target)


async def log_in(request: Request) -> Response:
    """Answer POST /masuk: judge the code, open a session, go to the page that was asked."""
    if gate.login_way() != gate.CODE:
        return PlainTextResponse(text("masuk.tidak_ada"), 404, NO_STORE)
    if not _is_here(request) or not gate.is_same_origin(callers.headers_of(request)):
        return _page("/", text("masuk.bukan_mesin_ini"), 403)
    form = await _form(request)
    if form is None:
        return _page("/", text("masuk.salah"), 403)
    return await run_in_threadpool(_log_in, request, form)


def _log_in(request: Request, form: dict[str, str]) -> Response:
    target, name = local_path(form.get("ke", "")), _clean_name(form.get("nama", ""))
    if "baru" in form:
        asked = DESK.ask()
        gate.record(name, "publik", "kode_baru", gate.CODE, "" if asked else "terlalu cepat")
        return _page(target, "", 200, text("masuk.kode_baru" if asked else "masuk.terlalu_cepat"), name)
    if not name:
        return _page(target, text("masuk.nama_kosong"), 403)
    attempt = DESK.attempt(form.get("kode", ""))
    if attempt.hasil == RIGHT:
        return _enter(request, target, name, attempt.ruang)
    gate.record(name, "publik", "masuk_terkunci" if attempt.hasil == LOCKED else "masuk_gagal", gate.CODE)
    if attempt.dikunci:
        gate.record(name, "publik", "kode_dikunci", gate.CODE, f"{seconds('kode_kunci'):.0f} detik")
    if attempt.hasil == LOCKED or attempt.dikunci:
        return _page(target, text("masuk.terkunci", detik=int(seconds("kode_kunci"))), 429, name=name)
    return _page(target, text("masuk.salah"), 403, name=name)


def _enter(request: Request, target: str, name: str, ruang: str) -> Response:
    token = secrets.token_urlsafe(32)
    try:
        write_audit(gate.own_store(), name, ruang, "masuk", gate.CODE)
    except AuditNotWritten as error:
        return _page(target, str(error), 503, name=name)
    if before := callers.session_of(request):
        gate.log_out(before)
    open_session(gate.own_store(), mark_of(token), ruang, name, gate.CODE, time.time() + seconds("sesi_berlaku"))
    answer = RedirectResponse(target, 303, NO_STORE)
    answer.set_cookie(gate.COOKIE, token, httponly=True, samesite="strict", secure=request.url.scheme == "https")
    return answer


async def log_out(request: Request) -> Response:
    """Answer POST /keluar: end the session in every tab and forget the cookie."""
    if not gate.is_same_origin(callers.headers_of(request)):
        return PlainTextResponse(text("masuk.ditolak"), 403, NO_STORE)
    return await run_in_threadpool(_log_out, request)


def _log_out(request: Request) -> Response:
    if session := callers.session_of(request):
        gate.log_out(session)
    answer = RedirectResponse("/", 303, NO_STORE)
    answer.delete_cookie(gate.COOKIE, httponly=True, samesite="strict")
    return answer


def _is_here(request: Request) -> bool:
    return gate.is_this_machine(callers.headers_of(request), request.client.host if request.client else None)


def _clean_name(typed: str) -> str:
    return "".join(letter for letter in " ".join(typed.split()) if letter.isprintable())[:LONGEST_NAME]


async def _form(request: Request) -> dict[str, str] | None:
    """Return the fields of a small form, None for anything else."""
    length = request.headers.get("content-length", "")
    if not request.headers.get("content-type", "").startswith(FORM):
        return None
    if not length.isascii() or not length.isdigit() or int(length) > LONGEST_BODY:
        return None
    body = (await request.body()).decode("utf-8", "replace")
    try:
        return {name: values[-1] for name, values in parse_qs(body, max_num_fields=10).items()}
    except ValueError:
        return None


def _page(target: str, wrong: str = "", status: int = 200, note: str = "", name: str = "") -> Response:
    return HTMLResponse(login_page.draw(target, wrong, note, name), status, NO_STORE)
