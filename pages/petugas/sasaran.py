"""Sasaran: who of the followed needs a visit, by name; one child's growth; which measured child a sasaran is."""

from ui import by_name_filters, by_name_view, child_card_view, frame, pairs_view, session

families, measured = session.current_source(session.FAMILIES), session.current_source()
head, part, bar = frame.slots(3)
with part:
    asked_pairs = by_name_filters.choose_part(families)
if asked_pairs:
    pairs = pairs_view.find_pairs(families, measured)
    with head:
        pairs_view.show_headline(pairs)
    pairs_view.show_pairs(pairs)
elif child_card_view.opened():
    everyone = by_name_view.find(by_name_filters.EVERYONE, families, measured, session.current_source(session.WOMEN))
    child_card_view.show_card(everyone, families, measured)
else:
    with bar:
        choice = by_name_filters.choose(families)
    if choice:
        found = by_name_view.find(choice, families, measured, session.current_source(session.WOMEN))
        with head:
            by_name_view.show_headline(found)
        by_name_view.show_list(choice, found, families)
        by_name_view.show_stamp(choice, found, families)
