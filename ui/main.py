"""Main script of the dashboard: page settings, style, the band on sample data, navigation by room."""

import sys
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:  # Streamlit puts only the folder of this script there
    sys.path.insert(0, str(ROOT))

from config.text import text  # noqa: E402
from ui import frame, session  # noqa: E402

PAGES = {"publik": ["ringkasan", "peta", "gizi", "parameter", "kek", "metode"]}  # the first is the home page


def main() -> None:
    """Draw the frame and run the chosen page."""
    st.set_page_config(page_title=text("umum.nama"), page_icon=str(ROOT / "static" / "ikon.png"), layout="wide")
    frame.dress()
    names = [(room, name) for room, names in PAGES.items() for name in names]
    pages = [
        st.Page(ROOT / "pages" / room / f"{name}.py", title=text(f"{name}.judul"), url_path=name, default=not number)
        for number, (room, name) in enumerate(names)
    ]
    page = st.navigation(pages, position="top")
    frame.show_band(session.current_source().contoh)
    page.run()


main()
