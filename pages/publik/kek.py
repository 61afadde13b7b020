"""Ibu hamil KEK: what became of the women, and where are they still watched?"""

from ui import frame, session, women_view

source = session.current_source(session.WOMEN)
head, bar = frame.slots(2)
with bar:
    choice = women_view.choose(source)
if choice:
    with head:
        women_view.show_headline(choice)
    women_view.show_groups(choice)
    women_view.show_places(choice)
    women_view.show_parameters(choice, session.current_source(session.FAMILIES))
    women_view.show_table(choice)
    women_view.show_stamp(choice, source)
