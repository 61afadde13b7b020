"""Logins by the office's provider: the claims of an account become a room and an entry in the register.

Streamlit keeps the claims in a signed cookie, which by itself outlives logout and the token; the register does not.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from config.access import seconds
from config.roles import load_roles, room_of
from config.values import ROOMS
from data.audit import write_audit
from data.sessions import Session, look_up, mark_of, open_session
from ui.gate import OIDC, live_session, own_store, record

LOGIN_CLAIMS = ("iss", "sub", "aud", "iat", "exp", "auth_time", "nonce", "at_hash", "jti", "sid")
# Signatures with the provider's own key; neither "none" nor one made with the secret that we hold as well.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
CLOCKS_APART = 120  # seconds by which the provider's clock may be ahead of ours


def limit_algorithms() -> None:
    """Let Authlib take id tokens of `ALGORITHMS` only, whatever the provider announces; without any, RS256."""
    from authlib.integrations.starlette_client import StarletteOAuth2App

    load = StarletteOAuth2App.load_server_metadata

    async def load_limited(app: StarletteOAuth2App) -> dict[str, Any]:
        metadata: dict[str, Any] = await load(app)
        announced = metadata.get("id_token_signing_alg_values_supported") or []
        metadata["id_token_signing_alg_values_supported"] = [name for name in announced if name in ALGORITHMS]
        return metadata

    StarletteOAuth2App.load_server_metadata = load_limited


def mark_login(claims: Mapping[str, Any]) -> str:
    """Return the register's mark of one login: the same for every tab and replay of it, another for the next login."""
    return mark_of(json.dumps([claims.get(name) for name in LOGIN_CLAIMS], sort_keys=True, default=str))


def end_of_login(claims: Mapping[str, Any]) -> float:
    """Return when a login ends, in seconds since 1970: with its token, or after the longest session; 0 if unusable."""
    issued, expires = claims.get("iat"), claims.get("exp")
    if not claims.get("sub") or not isinstance(issued, int | float) or not isinstance(expires, int | float):
        return 0
    if issued > time.time() + CLOCKS_APART:
        return 0
    return min(expires, issued + seconds("sesi_berlaku"))


def oidc_session(claims: Mapping[str, Any], may_open: bool = False) -> Session | None:
    """Return the open session of a login with the room its account has now; None when it is over or was ended.

    With `may_open` a login seen for the first time is entered in the register (an account without a role as publik).
    Raises AuditNotWritten when that cannot be logged.
    """
    ends, tanda = end_of_login(claims), mark_login(claims)
    session, room = live_session(tanda), room_of(claims, load_roles())
    if ends <= time.time():
        return None
    if session is None and may_open and look_up(own_store(), tanda) is None:
        session = _open(claims, tanda, room, ends)
    if session is None or session.asal != OIDC:
        return None
    shown = min(session.tampil, room, key=ROOMS.index) if session.ruang == room else room
    return replace(session, ruang=room, tampil=shown)


def _open(claims: Mapping[str, Any], tanda: str, room: str, ends: float) -> Session | None:
    who = name_of(claims)
    if _is_stale(claims):
        record(who, "publik", "masuk_ditolak", OIDC, "masuk di penyedia sudah terlalu lama")
        ends = 0  # entered as over, so that it is refused and logged once
    else:
        write_audit(own_store(), who, room, "masuk" if room != "publik" else "masuk_tanpa_peran", OIDC)
    open_session(own_store(), tanda, room, who, OIDC, ends)
    return live_session(tanda)


def _is_stale(claims: Mapping[str, Any]) -> bool:
    signed_in = claims.get("auth_time")
    return isinstance(signed_in, int | float) and signed_in + seconds("login_umur") < time.time()


def name_of(claims: Mapping[str, Any]) -> str:
    """Return what the audit log calls an account: its address, else its number at the provider."""
    return str(claims.get("email") or claims.get("sub") or "")[:120]


def claims_of(cookies: Mapping[str, str], host: str) -> dict[str, Any]:
    """Return the claims in Streamlit's signed login cookie, for requests that no page script sees; {} without one."""
    from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
    from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks

    raw = _get_signed_cookie_with_chunks(dict(cookies), USER_COOKIE_NAME) if USER_COOKIE_NAME in cookies else None
    claims = json.loads(raw) if raw else {}
    return claims if claims.get("is_logged_in") and claims.get("origin", "").endswith(f"//{host}") else {}
