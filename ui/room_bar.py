"""The strip that says in which room one is: who is logged in, which room is shown, the way in and out, the watch."""

import html
import re
from urllib.parse import quote, urlsplit

import streamlit as st

from config.access import seconds
from config.text import text
from config.values import ROOMS
from ui import access, frame, gate, session
from ui.access import Visitor

CHOICE = "tampil_sebagai"
PLAIN = re.compile(r"[A-Za-z0-9_-]+")  # names that an address of a page can have


def show_way_in() -> None:
    """Show a quiet link to the login page, on a server where one can log in."""
    if gate.login_way():
        st.html(f'<a class="bl-masuk" href="/masuk">{html.escape(text("akses.masuk"))}</a>')


def choose_room(visitor: Visitor) -> str:
    """Show the strip of a logged-in visitor and return the room chosen to be shown."""
    if visitor.ruang == "publik":
        _show_without_role(visitor)
        return "publik"
    with st.container(horizontal=True, vertical_alignment="center", key="bl-ruang"):
        band = st.empty()
        ruang = st.segmented_control(
            text("akses.tampil"),
            ROOMS[: ROOMS.index(visitor.ruang) + 1],
            required=True,
            default=visitor.tampil,
            format_func=lambda name: text(f"akses.ruang_{name}"),
            key=CHOICE,
        )
        ruang = min(ruang or visitor.tampil, visitor.ruang, key=ROOMS.index)  # what the browser says is not believed
        _show_way_out(visitor)
    band.html(f'<p class="bl-pita-ruang bl-{ruang}" role="note">{html.escape(text(f"akses.pita_{ruang}"))}</p>')
    access.keep_shown(visitor, ruang)
    return ruang


def _show_without_role(visitor: Visitor) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="bl-ruang"):
        words = html.escape(text("akses.tanpa_peran", siapa=visitor.siapa))
        st.html(f'<p class="bl-pita-ruang bl-publik" role="note">{words}</p>')
        _show_way_out(visitor)


def _show_way_out(visitor: Visitor) -> None:
    name, leave = html.escape(visitor.siapa), html.escape(text("akses.keluar"))
    if gate.login_way() == gate.OIDC:  # Streamlit itself must lead to the provider, which the form may not
        st.html(f'<p class="bl-siapa"><b>{name}</b></p>', width="content")
        st.button(text("akses.keluar"), type="tertiary", on_click=access.log_out, key="keluar")
        return
    form = f'<form method="post" action="/keluar"><button type="submit">{leave}</button></form>'
    st.html(f'<div class="bl-siapa"><b>{name}</b>{form}</div>', width="content")


def show_closed(visitor: Visitor, ruang: str, name: str) -> None:
    """Show in place of page `name` of room `ruang` why it is closed, and the way in that leads back to it."""
    if visitor.is_known:
        frame.show_head(
            text("akses.tertutup_tanya"),
            text("akses.tertutup_peran", siapa=visitor.siapa, ruang=ruang),
            text("akses.tertutup_peran_ket"),
        )
    else:
        frame.show_head(text("akses.tertutup_tanya"), text("akses.tertutup", ruang=ruang), text("akses.tertutup_ket"))
    link = f"/masuk?ke={quote(f'/{name}')}"
    st.html(f'<a class="bl-tombol" href="{link}">{html.escape(text("akses.masuk"))}</a>')


def show_unknown() -> None:
    """Show in place of a page that does not exist that it does not, and the way home."""
    frame.show_head(text("akses.tiada_tanya"), text("akses.tiada"), text("akses.tiada_ket"))
    st.html(f'<a class="bl-tombol" href="/">{html.escape(text("akses.tiada_beranda"))}</a>')


def has_login() -> bool:
    """Say whether anybody can log in here at all."""
    return gate.login_way() != gate.NONE


def asked_page() -> str:
    """Return the last part of the address as the browser says it, only good for a kind sentence; "" where it is odd."""
    asked = urlsplit(st.context.url or "").path.rpartition("/")[2]
    return asked if PLAIN.fullmatch(asked) else ""


@st.fragment(run_every=seconds("sesi_periksa"))
def watch() -> None:
    """Look every few seconds whether the login still stands; once it does not, run anew: nothing of the room stays."""
    if not access.may_see(session.room()):
        st.rerun()
