"""The story of one parameter: one sentence to read aloud, the decomposition, each kecamatan, who is responsible."""

import streamlit as st

from analytics.disclosure import join_cleared
from config.parameters import load_parameters
from config.places import load_region
from config.text import text
from ui import frame, session
from ui.charts.decomposition import draw_decomposition
from ui.charts.dumbbell import draw_places
from ui.format import month
from ui.parameter_sentences import robustness, spoken
from ui.parameter_view import Choice, compared
from ui.session import Source


def show_story(choice: Choice, source: Source) -> None:
    """Show the story of the parameter chosen in the heatmap or its list; nothing while none is chosen."""
    known = {each.kode: each for each in load_parameters() if choice.jenis in each.sasaran}
    chosen = session.recall("parameter")
    if chosen not in known:
        st.caption(text("parameter.pilih_baris"))
        return
    levels = [compared(source, choice, level) for level in ("kabupaten", "kecamatan")]
    rows = join_cleared(levels).where(parameter=chosen)
    with st.container(border=True):
        parameter = known[chosen]
        status = text(f"parameter.status_{parameter.status}")
        frame.show_card_title(parameter.nama, f"{chosen} · {parameter.jenis} · {status}")
        if rows.table.empty:
            st.caption(text("parameter.ucap_tak_terbanding", nama=parameter.nama))
            return
        whole = next(rows.table.itertuples())
        frame.show_quote(spoken(whole))
        left, right = st.columns([2, 3], gap="large")
        with left:
            frame.show_card_title(text("parameter.urai"), text("parameter.urai_ket"))
            bars = draw_decomposition(rows, load_region().kode)
            st.html(bars or f"<p>{text('parameter.urai_nihil')}</p>")
        with right:
            frame.show_facts(
                {
                    text("parameter.penanggung"): parameter.penanggung_jawab,
                    text("parameter.definisi"): parameter.definisi,
                    text("parameter.sumber"): parameter.sumber,
                    text("parameter.uji_nama"): robustness(whole) or text("kek.samar"),
                }
            )
        frame.show_card_title(text("parameter.per_kecamatan"))
        st.html(draw_places(rows, (month(choice.awal), month(choice.kini))))
        st.caption(text("parameter.tanpa_sebab"))
