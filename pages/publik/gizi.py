"""Status gizi: how do the followed children stand, before and now?"""

from ui import children_view, frame, session

families, measured = session.current_source(session.FAMILIES), session.current_source()
head, bar = frame.slots(2)
with bar:
    choice = children_view.choose(families, measured)
if choice:
    with head:
        children_view.show_headline(choice)
    children_view.show_status(choice)
    children_view.show_movements(choice)
    children_view.show_all_children(measured)
    children_view.show_table(choice)
    children_view.show_stamp(choice, families, measured)
