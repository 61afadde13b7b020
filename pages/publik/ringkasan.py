"""Ringkasan: is stunting falling, and where not yet?"""

from ui import frame, overview, overview_cards, session

source = session.current_source()
head, bar = frame.slots(2)
with bar:
    view = overview.choose_view(source)
with head:
    overview.show_headline(view)
overview.show_pictures(view, source)
overview_cards.show_cards(view, source)
overview.show_table(view)
overview.show_stamp(view, source)
