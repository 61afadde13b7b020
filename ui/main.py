"""Main script of the dashboard: page settings, style, the bands, who is looking, navigation by room."""

import sys
from functools import partial
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:  # Streamlit puts only the folder of this script there
    sys.path.insert(0, str(ROOT))

from config.text import text  # noqa: E402
from config.values import ROOMS  # noqa: E402
from ui import access, frame, room_bar, session  # noqa: E402
from ui.access import Visitor  # noqa: E402

PAGES = {  # the first is the home page
    "publik": ["ringkasan", "peta", "gizi", "parameter", "kek", "metode"],
    "rapat": ["prioritas"],
    "petugas": ["unggah", "mutu", "sasaran", "riwayat"],
}


def main() -> None:
    """Draw the frame and run the chosen page, if the visitor may see it."""
    st.set_page_config(page_title=text("umum.nama"), page_icon=str(ROOT / "static" / "ikon.png"), layout="wide")
    frame.dress()
    frame.show_band(session.current_source().contoh)
    visitor = access.arrive()
    room = _enter(visitor)
    page = st.navigation([*_open_pages(room), *_page_in_place(visitor)], position="top")
    if room != "publik":
        room_bar.watch()
    session.open_page(page.url_path)
    page.run()


def _enter(visitor: Visitor) -> str:
    """Settle which room this run shows."""
    if not visitor.is_known:
        if session.room() != "publik":
            session.forget()
        room_bar.show_way_in()
    room = room_bar.choose_room(visitor) if visitor.is_known else "publik"
    session.set_room(room)
    return room


def _open_pages(room: str) -> list[st.Page]:
    reached = ROOMS[: ROOMS.index(room) + 1]
    names = [(folder, name) for folder in reached for name in PAGES[folder]]
    return [
        st.Page(ROOT / "pages" / folder / f"{name}.py", title=text(f"{name}.judul"), url_path=name, default=not number)
        for number, (folder, name) in enumerate(names)
    ]


def _page_in_place(visitor: Visitor) -> list[st.Page]:
    """Return what stands in place of a page asked for by address: closed to the visitor, or not there at all."""
    asked, reach = room_bar.asked_page(), ROOMS.index(visitor.ruang) + 1
    if not asked or any(asked in PAGES[folder] for folder in ROOMS[:reach]):
        return []
    title, show = text("akses.tiada_judul"), room_bar.show_unknown
    for folder in ROOMS[reach:] if room_bar.has_login() else []:
        if asked in PAGES[folder]:
            title, show = text("akses.tertutup_judul"), partial(room_bar.show_closed, visitor, folder, asked)
    return [st.Page(show, title=title, url_path=asked, visibility="hidden")]


main()
