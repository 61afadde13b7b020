"""What a user sees when a page fails: one sentence. The details go to the server's log."""

import logging

import streamlit as st

from config.text import text


def show_defect(error: Exception) -> bool:
    """Show one Indonesian sentence in place of the failed page; True keeps Streamlit's own box away."""
    logging.getLogger("balanting").error("page failed", exc_info=error)
    st.error(text("umum.galat"))
    return True
