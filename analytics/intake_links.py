"""Which measured child each sasaran is: worked out once, when either table is stored, and kept with that version."""

import pandas as pd
import sqlalchemy as sa

from analytics.intake_kind import Tables
from analytics.matching import match_children
from analytics.matching_sasaran import match_sasaran
from analytics.verification import one_id
from data.decisions import read_decisions
from data.store import Store, current_version, find_table, read_table

PAIRS, LINKED = "padanan", "tautan"
MEASURED, FOLLOWED = "eppgbm", "parameter"
PARTNER = {MEASURED: FOLLOWED, FOLLOWED: MEASURED}
WITH = "dengan"


def derive_links(store: Store, connection: sa.Connection, rantai: str, tables: Tables) -> Tables:
    """Return the links of a version about to be stored with the current version of the other chain, if there is one.

    `tautan`: the columns of `match_sasaran` and `dengan`, the version of the other chain they hold for.
    """
    other = current_version(connection, PARTNER[rantai]) if rantai in PARTNER else None
    if other is None:
        return {}
    needed = ("nama", "jawaban") if rantai == MEASURED else ("nama", "pengukuran")
    theirs = {name: read_table(store, other, name) for name in needed}
    theirs |= {} if rantai == MEASURED else {PAIRS: read_pairs(store, other)}
    measured, followed = (tables, theirs) if rantai == MEASURED else (theirs, tables)
    return {LINKED: _link(measured, followed, read_decisions(store)).assign(**{WITH: other})}


def read_pairs(store: Store, measured: str) -> pd.DataFrame:
    """Return the pairs of children of a version of the measurements; made on the spot where it is older than they."""
    kept = find_table(store, measured, PAIRS)
    return match_children(*_tables(store, measured, "nama", "pengukuran")) if kept is None else kept


def read_links(store: Store, followed: str, measured: str) -> pd.DataFrame:
    """Return `match_sasaran` of two versions: as stored, or made on the spot.

    On the spot after an older version came back, and once staff decided about records of measured children: two
    candidates that are one child leave no doubt.
    """
    decided = read_decisions(store)
    for version, other in ((followed, measured), (measured, followed)):
        kept = find_table(store, version, LINKED)
        if kept is not None and (kept[WITH] == other).all() and not (decided["jenis"] == "anak").any():
            return kept.drop(columns=WITH)
    children = dict(zip(("nama", "pengukuran"), _tables(store, measured, "nama", "pengukuran"), strict=True))
    children[PAIRS] = read_pairs(store, measured)
    answered = dict(zip(("nama", "jawaban"), _tables(store, followed, "nama", "jawaban"), strict=True))
    return _link(children, answered, decided)


def _link(measured: Tables, followed: Tables, decided: pd.DataFrame) -> pd.DataFrame:
    same = one_id(measured[PAIRS], decided)
    return match_sasaran(followed["nama"], followed["jawaban"], measured["nama"], measured["pengukuran"], same)


def _tables(store: Store, version: str, *names: str) -> list[pd.DataFrame]:
    return [read_table(store, version, name) for name in names]
