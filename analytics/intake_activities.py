"""Takes in the table of the programme's activities: what was planned and what was done, no person in it."""

from analytics.intake_families import derive_nothing
from analytics.intake_kind import Incoming, Kind, Outcome, Tables
from data.activities import check_activities, merge_activities, standardize_activities, to_activities

ACTIVITIES = "kegiatan"


def take_activities(incoming: Incoming, stored: Tables) -> Outcome:
    """Return what one table of activities becomes on top of what is stored."""
    table, parsed = standardize_activities(incoming.sheet)
    accepted, checked = check_activities(table, incoming.sheet, incoming.periode)
    merged = merge_activities(stored.get(ACTIVITIES), to_activities(accepted))
    return Outcome(len(accepted), [*parsed, *checked], {ACTIVITIES: merged})


PROGRAMME = Kind(ACTIVITIES, (ACTIVITIES,), take_activities, derive_nothing)
