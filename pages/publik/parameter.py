"""Parameter: which problems do the families still have, and where?"""

from ui import frame, parameter_story, parameter_view, session

source = session.current_source(session.FAMILIES)
head, bar = frame.slots(2)
with bar:
    choice = parameter_view.choose(source)
if choice:
    with head:
        parameter_view.show_headline(choice, source)
    parameter_view.show_picture(choice, source)
    parameter_story.show_story(choice, source)
    parameter_view.show_table(choice, source)
    parameter_view.show_stamp(choice, source)
