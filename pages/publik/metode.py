"""Metode & sumber: where does each number come from, and how far can it be trusted?"""

from config.text import text
from ui import frame, method_view, session

source = session.current_source()
frame.show_head(text("metode.tanya"), text("metode.utama"), text("metode.sub"))
method_view.show_definitions()
method_view.show_contradictions()
method_view.show_printed()
method_view.show_catalogue()
method_view.show_sources(source)
