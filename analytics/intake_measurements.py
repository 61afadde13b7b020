"""Takes in e-PPGBM exports: checks, pseudonyms, scores, merges with what is stored; derives kubus and register."""

import pandas as pd

from analytics.intake_kind import Incoming, Kind, Outcome, Tables
from analytics.matching import match_children
from analytics.measurements import KEPT, derive_measurements, find_in_history, find_in_scores, merge_measurements
from analytics.quality_sums import build_quality
from analytics.verification import as_one_child, one_id
from data.check import check_rows
from data.kubus import build_kubus, build_register
from data.pseudonymize import hide_people, identify, merge_people
from data.standardize import standardize_eppgbm

QUALITY = "mutu"


def take_measurements(incoming: Incoming, stored: Tables) -> Outcome:
    """Return what one e-PPGBM export becomes on top of what is stored."""
    sheet = incoming.sheet
    table, parsed = standardize_eppgbm(sheet)
    accepted, checked = check_rows(table, sheet, incoming.periode)
    tables = add_measurements(accepted, incoming.sha256, incoming.key, stored)
    fresh = tables["pengukuran"].query("berkas == @incoming.sha256")
    found = [*parsed, *checked, *find_in_scores(fresh, sheet.header_of)]
    found += find_in_history(tables["pengukuran"], incoming.sha256, sheet.header_of)
    return Outcome(len(accepted), found, tables)


def add_measurements(accepted: pd.DataFrame, sha256: str, key: bytes, stored: Tables) -> Tables:
    """Return the stored tables with accepted rows scored and merged in."""
    known = stored.get("nama")
    keys = identify(accepted, known, key)
    fresh = derive_measurements(hide_people(accepted, KEPT), keys["id_anak"], sha256)
    merged = merge_measurements(stored.get("pengukuran"), fresh)
    return {"pengukuran": merged, "nama": merge_people(accepted, keys, known)}


def derive(tables: Tables, decided: pd.DataFrame) -> Tables:
    """Return the small tables that pages read: kubus, cakupan, quality sums, the records that are perhaps one child.

    Records that are certainly one child, or that staff decided to be one, count as one child in all of them.
    """
    measurements = tables["pengukuran"]
    pairs = match_children(tables["nama"], measurements)
    children = as_one_child(measurements, one_id(pairs, decided))
    small = {"kubus": build_kubus(children), "cakupan": build_register(children)}
    return small | {QUALITY: build_quality(children), "padanan": pairs}


MEASUREMENTS = Kind("eppgbm", ("pengukuran", "nama"), take_measurements, derive)
