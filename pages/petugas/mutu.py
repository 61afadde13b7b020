"""Mutu data: can the numbers of a month be believed, why not, and which posyandu needs a visit first?"""

from ui import frame, quality_places, quality_view, session

head, bar = frame.slots(2)
with bar:
    choice = quality_view.choose(session.current_source())
if choice:
    with head:
        quality_view.show_headline(choice)
    checks, visits = quality_view.columns()
    with checks:
        quality_view.show_checks(choice)
    with visits:
        quality_places.show_visits(choice)
    quality_view.show_digits(choice)
    quality_places.show_places(choice)
    quality_places.show_table(choice)
    quality_places.show_meaning()
    quality_places.show_stamp(choice)
