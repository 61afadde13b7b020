"""Files to take away. Publik: Streamlit's own button. Higher rooms: an address that only the same login may fetch."""

import html

import streamlit as st

from config.text import text
from ui import access, session
from ui.parcels import SHELF


def offer(name: str, content: bytes, mime: str, key: str, label: str, names: int = 0) -> None:
    """Offer a file called `name`; `key` names the button, `label` is what it says, `names` how many people it names."""
    ruang = session.room()
    if ruang == "publik":
        st.download_button(label, content, name, mime, key=key)
        return
    visitor = access.current()
    number = SHELF.put(name, content, mime, ruang, visitor.tanda, names) if visitor.is_known else None
    if number is None:
        st.caption(text("akses.unduh_besar"))
    else:
        st.html(f'<a class="bl-unduh" href="/unduh/{number}" download>{html.escape(label)}</a>', width="content")
