"""Peta: where is stunting high, and is it shrinking?"""

from ui import frame, map_view, session

source = session.current_source()
head, bar = frame.slots(2)
with bar:
    choice = map_view.choose(source)
if choice:
    with head:
        map_view.show_headline(choice, source)
    map_view.show_maps(choice, source)
    map_view.show_selected(choice)
    map_view.show_table(choice)
    map_view.show_stamp(choice, source)
