"""What happened to one sasaran, as words: a table month by month, and the marks of those months on the curves."""

import html

import numpy as np
import pandas as pd
import streamlit as st

from analytics.child_events import AGAIN, GIVEN, MEASURED_ELSEWHERE, MOVED, NEW, SOLVED
from analytics.growth import DAYS_PER_MONTH
from config.text import text
from ui import frame
from ui.format import join_names, month

MIDDLE = 14  # days from the first of a month to the day its mark stands at


def show_events(events: pd.DataFrame) -> None:
    """Show the events, the newest month first; a month is one row."""
    with st.container(border=True):
        frame.show_card_title(text("kartu.bagian_peristiwa"), text("kartu.bagian_peristiwa_ket"))
        if events.empty:
            st.caption(text("kartu.nihil_peristiwa"))
            return
        months = {bulan: list(map(_say, rows["peristiwa"], rows["rincian"])) for bulan, rows in events.groupby("bulan")}
        lines = [
            f'<tr><th scope="row">{html.escape(month(str(bulan)))}</th>'
            f"<td><ul>{''.join(f'<li>{html.escape(each)}</li>' for each in said)}</ul></td></tr>"
            for bulan, said in reversed(months.items())
        ]
        st.html(f'<table class="bl-peristiwa"><tbody>{"".join(lines)}</tbody></table>')


def marks_on_curves(events: pd.DataFrame, history: pd.DataFrame) -> pd.DataFrame:
    """Return a row a month of the events: x, the child's age in months then, and Bulan, Peristiwa to be told."""
    if events.empty or history.empty:
        return pd.DataFrame({"x": np.zeros(0), "Bulan": [], "Peristiwa": []})
    born = history["tgl_lahir"].iloc[-1]
    rows = []
    for bulan, group in events.groupby("bulan"):
        day = pd.Period(bulan, "M").start_time + pd.Timedelta(days=MIDDLE)
        said = "; ".join(map(_say, group["peristiwa"], group["rincian"]))
        rows.append(((day - born).days / DAYS_PER_MONTH, month(str(bulan)), said))
    return pd.DataFrame(rows, columns=["x", "Bulan", "Peristiwa"])


def _say(kind: str, details: list[str]) -> str:
    if kind in (MOVED, MEASURED_ELSEWHERE):
        return text(f"kartu.peristiwa_{kind}", dari=details[0], ke=details[1])
    if kind == AGAIN:
        return text(f"kartu.peristiwa_{kind}", kali=details[0])
    if kind == GIVEN:
        return text(f"kartu.peristiwa_{kind}", daftar=join_names([text(f"kartu.diberi_{name}") for name in details]))
    if kind in (SOLVED, NEW):
        return text(f"kartu.peristiwa_{kind}", daftar=join_names(details))
    return text(f"kartu.peristiwa_{kind}")
