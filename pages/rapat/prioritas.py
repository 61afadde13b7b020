"""Prioritas: which parameters leave red first, how many families does that take, and whose job is it?"""

from ui import frame, priority_view, session

source = session.current_source(session.FAMILIES)
head, bar = frame.slots(2)
with bar:
    choice = priority_view.choose(source)
if choice:
    with head:
        priority_view.show_headline(choice)
    priority_view.show_matrix(choice)
    priority_view.show_table(choice)
    priority_view.show_stamp(choice, source)
