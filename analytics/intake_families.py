"""Takes in the programme's own tables: family parameters, families at risk (KRS), pregnant women; names kept apart."""

import pandas as pd

from analytics.groups import groups_of
from analytics.intake_kind import Incoming, Kind, Outcome, Tables
from data.answers import (
    find_late,
    find_moved,
    find_renamed,
    identify_sasaran,
    merge_answers,
    merge_names,
    name_sasaran,
    to_jawaban,
)
from data.bumil import as_sasaran, check_bumil, merge_bumil, standardize_bumil, to_bumil
from data.check_parameter import check_parameter, standardize_parameter
from data.krs import check_krs, krs_as_answers, standardize_krs

PARAMETER, BUMIL = "parameter", "bumil"
GROUPS = "kelompok"


def take_parameter(incoming: Incoming, stored: Tables) -> Outcome:
    """Return what one table of family parameters becomes on top of what is stored."""
    sheet = incoming.sheet
    table, parsed = standardize_parameter(sheet)
    accepted, checked = check_parameter(table, sheet, incoming.periode)
    keys = identify_sasaran(accepted, incoming.key, stored.get("jawaban"))
    moved = find_moved(accepted, keys, stored.get("jawaban"), sheet.header_of)
    renamed = find_renamed(accepted, keys, stored.get("nama"), sheet.header_of)
    tables = add_answers(accepted, keys, stored)
    return Outcome(len(accepted), [*parsed, *checked, *moved, *renamed], tables)


def take_krs(incoming: Incoming, stored: Tables) -> Outcome:
    """Return what one KRS export becomes: the answers it holds, beside those of the parameter rounds."""
    table, parsed = standardize_krs(incoming.sheet, incoming.periode)
    accepted, checked = check_krs(table, incoming.sheet)
    rows = krs_as_answers(accepted)
    keys = identify_sasaran(rows, incoming.key, stored.get("jawaban"))
    moved = find_moved(rows, keys, stored.get("jawaban"), incoming.sheet.header_of)
    return Outcome(len(accepted), [*parsed, *checked, *moved], add_answers(rows, keys, stored))


def take_bumil(incoming: Incoming, stored: Tables) -> Outcome:
    """Return what one table of pregnant women becomes on top of what is stored."""
    sheet = incoming.sheet
    table, parsed = standardize_bumil(sheet)
    accepted, checked = check_bumil(table, sheet, incoming.periode)
    rows = as_sasaran(accepted)
    keys = identify_sasaran(rows, incoming.key)
    moved = find_moved(rows, keys, stored.get("bumil"), sheet.header_of)
    renamed = find_renamed(rows, keys, stored.get("nama"), sheet.header_of)
    return Outcome(len(accepted), [*parsed, *checked, *moved, *renamed], add_women(rows, keys, stored))


def add_answers(rows: pd.DataFrame, keys: pd.DataFrame, stored: Tables) -> Tables:
    """Return the stored answers and names with those of accepted rows added; the kelompok as they stand."""
    tables = {
        "jawaban": merge_answers(stored.get("jawaban"), to_jawaban(rows, keys)),
        "nama": _add_names(rows, keys, stored, "jawaban"),
    }
    return tables | {name: stored[name] for name in (GROUPS,) if name in stored}


def add_women(rows: pd.DataFrame, keys: pd.DataFrame, stored: Tables) -> Tables:
    """Return the stored women and names with those of accepted rows added."""
    return {
        "bumil": merge_bumil(stored.get("bumil"), to_bumil(rows, keys)),
        "nama": _add_names(rows, keys, stored, "bumil"),
    }


def _add_names(rows: pd.DataFrame, keys: pd.DataFrame, stored: Tables, known: str) -> pd.DataFrame:
    late = find_late(rows, keys, stored.get(known))
    return merge_names(stored.get("nama"), name_sasaran(rows, keys), late)


def derive_nothing(_tables: Tables, _decided: pd.DataFrame) -> Tables:
    """Return no further tables: these are small enough to be counted when a page asks."""
    return {}


def derive_groups(tables: Tables, _decided: pd.DataFrame) -> Tables:
    """Return the kelompok desa of these answers, from those of the version before.

    Files that come in together all start from the version before them, so that a round sent in parts is seen whole.
    """
    return {GROUPS: groups_of(tables["jawaban"], tables.get(GROUPS))}


FAMILIES = Kind(PARAMETER, ("jawaban", "nama"), take_parameter, derive_groups, (GROUPS,))
FAMILIES_AT_RISK = Kind(PARAMETER, ("jawaban", "nama"), take_krs, derive_groups, (GROUPS,))
WOMEN = Kind(BUMIL, ("bumil", "nama"), take_bumil, derive_nothing)
