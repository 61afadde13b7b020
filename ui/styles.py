"""Style sheets that only some pages need."""

from pathlib import Path

import streamlit as st

FOLDER = Path(__file__).parent


def dress(*names: str) -> None:
    """Add the style sheets `<name>.css` of this folder to the page."""
    sheets = "".join((FOLDER / f"{name}.css").read_text(encoding="utf-8") for name in names)
    st.html(f"<style>{sheets}</style>")
