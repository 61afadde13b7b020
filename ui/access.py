"""Who sits in front of this page: the visitor, judged anew in every run by the register of sessions."""

from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from config.values import ROOMS
from data.audit import AuditNotWritten
from data.sessions import Session, note_room, note_use
from ui import callers, gate
from ui.gate import CODE, COOKIE, OIDC
from ui.oidc import oidc_session


@dataclass(frozen=True)
class Visitor:
    """Who is looking.

    ruang: the highest room allowed. tampil: the room to show unless another is chosen. siapa: the name in the audit
    log, "" for anyone. tanda: mark of the login in the register, "" without one.
    """

    ruang: str = "publik"
    tampil: str = "publik"
    siapa: str = ""
    tanda: str = ""

    @property
    def is_known(self) -> bool:
        """True for somebody who is logged in, whatever room that allows."""
        return bool(self.tanda)


ANYONE = Visitor()


def current() -> Visitor:
    """Return the visitor of the running script; anyone without a login costs no query."""
    session = _session(may_open=False)
    return Visitor(session.ruang, session.tampil, session.siapa, session.tanda) if session else ANYONE


def arrive() -> Visitor:
    """Like `current`, once at the start of a run: enters a new login and notes that the session is used."""
    session = _session(may_open=True)
    if session is None:
        return ANYONE
    note_use(gate.own_store(), session)
    if session.ruang == ROOMS[-1] and (running := get_script_run_ctx()):
        callers.own_page(running.session_id, session.tanda)
    return Visitor(session.ruang, session.tampil, session.siapa, session.tanda)


def who() -> str:
    """Return the visitor's name for the audit log, "" for anyone."""
    return current().siapa


def keep_shown(visitor: Visitor, ruang: str) -> None:
    """Remember the room that a visitor chose to show, so that reloading the page does not open a higher one."""
    if visitor.is_known and ruang != visitor.tampil:
        note_room(gate.own_store(), visitor.tanda, ruang)


def may_see(ruang: str) -> bool:
    """True when the visitor may be shown room `ruang`."""
    return ROOMS.index(ruang) <= ROOMS.index(current().ruang)


def log_out() -> None:
    """End the visitor's session in every tab; with a provider its cookie goes as well."""
    if session := _session(may_open=False):
        gate.log_out(session)
    if gate.login_way() == OIDC:
        st.logout()


def _session(may_open: bool) -> Session | None:
    way = gate.login_way()
    if way == OIDC:
        claims = st.user.to_dict()
        try:
            return oidc_session(claims, may_open) if claims.get("is_logged_in") else None
        except AuditNotWritten:  # nobody comes in unseen; the next run tries again
            return None
    if way == CODE and COOKIE in st.context.cookies:
        headers = {name.lower(): value for name, value in st.context.headers.items()}
        peer = st.context.ip_address or "127.0.0.1"  # Streamlit says None for this machine
        return gate.code_session(st.context.cookies, headers, peer)
    return None
