"""Takes in e-PPGBM exports: checks, pseudonyms, scores, merges with what is stored; derives kubus and register."""

import pandas as pd

from analytics.intake_kind import Incoming, Kind, Outcome, Tables
from analytics.measurements import derive_measurements, find_in_history, find_in_scores, merge_measurements
from data.check import check_rows
from data.kubus import build_kubus, build_register
from data.pseudonymize import identify, merge_people
from data.standardize import standardize_eppgbm


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
    fresh = derive_measurements(accepted, keys["id_anak"], sha256)
    merged = merge_measurements(stored.get("pengukuran"), fresh)
    return {"pengukuran": merged, "nama": merge_people(accepted, keys, known)}


def derive(tables: Tables) -> Tables:
    """Return the small tables that pages read: kubus and cakupan."""
    measurements = tables["pengukuran"]
    return {"kubus": build_kubus(measurements), "cakupan": build_register(measurements)}


MEASUREMENTS = Kind("eppgbm", ("pengukuran", "nama"), take_measurements, derive)
