"""What a user sees when a page fails: one sentence. Where it failed goes to the server's log, without any value."""

import logging

import streamlit as st

from config.text import text
from data.defects import tell_defect


class WithoutValues(logging.Filter):
    """Takes the message of an exception out of a record: it may hold the cell, and so the name, that it failed at."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record; let every one pass."""
        if record.exc_info and record.exc_info[1]:
            record.msg, record.args = f"{record.getMessage()}\n{tell_defect(record.exc_info[1])}", None
            record.exc_info = record.exc_text = None
        return True


logging.getLogger("streamlit.error_util").addFilter(WithoutValues())  # Streamlit logs a failed page by itself


def show_defect(_error: Exception) -> bool:
    """Show one Indonesian sentence in place of the failed page; True keeps Streamlit's own box away."""
    st.error(text("umum.galat"))
    return True
