"""Who is asking, judged from a request alone: the login way of this server, this machine itself, the register."""

import logging
import os
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from config.access import ADDRESS, LOOPBACK, seconds
from config.oidc import load_provider
from data.audit import AuditNotWritten, write_audit
from data.sessions import Session, end_expired, end_session, find_session, look_up, mark_of
from data.store import Store, open_store, store_folder

OIDC, CODE, NONE = "oidc", "kode", ""
COOKIE = "balanting_sesi"
PROXY_HEADERS = ("forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip")
PROXY_FAMILY = "x-forwarded"
LOG = logging.getLogger("balanting")


def login_way() -> str:
    """Return how one logs in here: by the office's provider, by a code on the machine itself, or not at all.

    Without a provider a server that other machines reach knows only room publik.
    """
    if load_provider():
        return OIDC
    return CODE if os.environ.get(ADDRESS) in LOOPBACK else NONE


def own_store() -> Store:
    """Return the user's own store, where the register and the audit log are."""
    return _opened(store_folder())


@cache
def _opened(folder: Path) -> Store:
    return open_store(folder)


def is_this_machine(headers: Mapping[str, str], peer: str | None) -> bool:
    """True for a request made on this very machine: loopback peer, local host name, and no sign of a proxy.

    `headers` has lower-case names. A proxy on the same machine makes everybody look local, so its headers refuse.
    """
    if any(name in PROXY_HEADERS or name.startswith(PROXY_FAMILY) for name in headers):
        return False
    try:
        local = peer is not None and ip_address(peer).is_loopback
        return local and urlsplit(f"//{headers.get('host', '')}").hostname in LOOPBACK
    except ValueError:
        return False


def is_same_origin(headers: Mapping[str, str]) -> bool:
    """True when the browser says that a page of this very server sent the request; a silent client is refused."""
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    if origin is None and site is None:
        return False
    if origin is not None and origin.partition("://")[2] != headers.get("host"):
        return False
    return site in (None, "same-origin")


def code_session(cookies: Mapping[str, str], headers: Mapping[str, str], peer: str | None) -> Session | None:
    """Return the open session of a browser that logged in with a code; no query without its cookie."""
    token = cookies.get(COOKIE)
    if not token or not is_this_machine(headers, peer):
        return None
    session = live_session(mark_of(token))
    return session if session and session.asal == CODE else None


def live_session(tanda: str) -> Session | None:
    """Return an open session of the register; the end of one by time is written to the audit log when first seen."""
    store, idle = own_store(), seconds("sesi_diam")
    session = find_session(store, tanda, idle)
    if session is None and (known := look_up(store, tanda)) and known.ditutup is None:
        end_late_sessions()
    return session


def end_late_sessions() -> None:
    """End every session that is over, and write each to the audit log."""
    for late in end_expired(own_store(), seconds("sesi_diam")):
        record(late.siapa, late.ruang, "sesi_berakhir", late.asal)


def log_out(session: Session) -> None:
    """End a session in every tab."""
    if end_session(own_store(), session.tanda):
        record(session.siapa, session.ruang, "keluar", session.asal)


def record(siapa: str, ruang: str, perbuatan: str, objek: str = "", rincian: str = "") -> None:
    """Write to the audit log what is refused or ended anyway: when the log is busy, the server's log tells it."""
    LOG.info("%s %s %s %s %s", perbuatan, ruang, siapa, objek, rincian)
    with suppress(AuditNotWritten):
        write_audit(own_store(), siapa, ruang, perbuatan, objek, rincian)
