"""Attacks what room publik says of data quality: by itself, and beside the prevalence of the same month."""

from collections.abc import Iterator
from functools import cache
from itertools import count as count_from
from typing import Any

import numpy as np
import pandas as pd

from analytics.disclosure_labels import COVERAGE, RATIO, VERDICT, WHOLE_PERCENT, label_of
from analytics.disclosure_prevalence import clear_prevalence
from analytics.disclosure_quality import HIDDEN, clear_quality
from analytics.prevalence import NO_DATA
from analytics.quality import BAD, CARE, GOOD, INDICES, SHARES, UNSURE, add_up, judge, judge_quality
from analytics.quality import NO_DATA as NOTHING_THERE
from analytics.quality_stats import sex_ratio, share
from config.places import load_desa
from config.quality import Check, load_checks
from config.values import room_minima
from tests.analytics import test_attack_prevalence as prevalence
from tests.attack import Attack, Told, inside

SMALL, FEW, LEAST = 5, 10, 3
MINIMA = room_minima("publik", "mutu")
CHECKS = {name: check for name, check in load_checks().items() if name in (*SHARES, COVERAGE, RATIO)}
LEVELS = ("kabupaten", "kecamatan")
ROOT = "63.11"
ONE_EACH = load_desa().groupby("kode_kecamatan")["kode"].first().tolist()
INDICATOR = {"tbu": "stunting", "bbu": "underweight", "bbtb": "wasting"}
SHAPES = {f"{kind}_{index}": name for kind in ("sd", "kemencengan", "keruncingan") for index, name in INDICATOR.items()}


def looks(check: Check, total: int) -> list[tuple[str, float]]:
    """How a check is judged with each count 0 to `total`, and its share in whole percent."""
    counts = np.arange(total + 1.0)
    estimate = share(counts, np.full(total + 1, total))
    if check.id == COVERAGE:
        estimate = (estimate[0],) * 3
    if check.id == RATIO:
        value, lower, upper = sex_ratio(counts, total - counts)
        estimate = (np.append(value[:-1], np.inf), lower, upper)
    said = judge(check, estimate, np.full(total + 1, float(total)))
    return list(zip(said, np.round(estimate[0]).tolist(), strict=True))


def run_around(possible: list[bool], count: int) -> list[int]:
    """The counts around `count` that are possible without a gap: a reader may know on which side the true one is."""
    low = next((at + 1 for at in range(count, -1, -1) if not possible[at]), 0)
    high = next((at - 1 for at in range(count, len(possible)) if not possible[at]), len(possible) - 1)
    return list(range(low, high + 1))


def pairs(sums: pd.DataFrame, kelompok: pd.DataFrame | None) -> Iterator[tuple[Any, Any]]:
    """The published rows of the checks that are counts, with the true ones."""
    for level in LEVELS:
        totals = add_up(sums, level)
        real = judge_quality(totals, level)
        real.loc[real["pemeriksaan"] == RATIO, "n"] = totals["laki"].to_numpy(float)
        known = {(row.periode, row.kode, row.pemeriksaan): row for row in real.itertuples()}
        for row in clear_quality(sums, "publik", level, kelompok=kelompok).table.itertuples():
            key = (row.periode, row.kode, row.pemeriksaan)
            if row.pemeriksaan in (*CHECKS, *SHAPES) and key in known and known[key].penyebut > 0:
                yield row, known[key]


def own_leaks(sums: pd.DataFrame, kelompok: pd.DataFrame | None = None) -> list[str]:
    """Attack the checks alone: the reader is even told every denominator, and has only to find the counts."""
    system, told = Attack(), Told()
    for row, true in pairs(sums, kelompok):
        if row.pemeriksaan in SHAPES:
            continue
        cell, total = (row.periode, row.pemeriksaan, row.kode), int(true.penyebut)
        system.see(cell, None, 0, total)
        told.note(cell, true.n, SMALL if total >= SMALL else 0, LEAST)
        if row.penilaian != HIDDEN:
            said = [
                verdict == row.penilaian and (pd.isna(row.nilai) or row.nilai == percent)
                for verdict, percent in looks(CHECKS[row.pemeriksaan], total)
            ]
            like = run_around(said, int(true.n))
            system.limit({cell: 1}, like[-1])
            system.limit({cell: -1}, -like[0])
    cells = list(system.hidden)
    for moment, name, kode in cells:
        if kode == ROOT:
            system.sums((moment, name, kode), [c for c in cells if c[:2] == (moment, name) and c[2] != ROOT])
    assert not system.contradicts(told.true)
    return [f"{cell}: {values}" for cell, values in told.found(system).items()]


def terms_of(name: str, kode: str) -> tuple[Any, dict[Any, float]]:
    """The counted children of a check in a place, and the cells that its denominator is made of."""
    for index in INDICES:
        if name == f"tidak_wajar_{index}":
            cell = (name, kode)
            return cell, {cell: 1.0, ("penyebut", INDICATOR[index], kode): 1.0}
    if name == "ukur_ganda":
        return (name, kode), {(name, kode): 1.0, ("anak", kode): 1.0}
    if name in ("tinggi_0_5", "berat_0_5"):
        size = name.split("_")[0]
        return (name, kode), {("anak", kode): 1.0, (f"{size}_kosong", kode): -1.0}
    if name == COVERAGE:
        return ("anak", kode), {("terdaftar", kode): 1.0}
    other = {"tinggi_menyusut": "pernah", "status_berbeda": "dibanding"}.get(name, "anak")
    return (name, kode), {(other, kode): 1.0}


@cache
def smallest(name: str, much: int) -> int:
    """The least denominator of which a check shows so much."""
    return next(total for total in count_from(CHECKS[name].minimum) if label_of(name, 0, total, MINIMA)[0] >= much)


def see_quality(system: Attack, rows: list[tuple[Any, Any]], truth: dict[Any, float]) -> None:
    """Add what the checks of one month say, on denominators that nobody publishes."""
    places = sorted({row.kode for row, _ in rows})
    for kode in places:
        for name in ("anak", "terdaftar", "pernah", "dibanding", *CHECKS):
            if (name, kode) in truth:
                system.see((name, kode), None)
    for row, _ in rows:
        if row.penilaian not in (HIDDEN, NOTHING_THERE):
            see_check(system, load_checks()[row.pemeriksaan], row)
    for kode in places:
        tie(system, kode)
    for name in {cell[0] for cell in system.hidden if len(cell) == 2}:
        system.sums((name, ROOT), [(name, kode) for kode in places if kode != ROOT])


def see_check(system: Attack, check: Check, row: Any) -> None:
    """Add what one judged check says of its count and its denominator; those of indices not looked at are left out."""
    if check.id in SHAPES:  # judged of enough children only
        z = ("penyebut", SHAPES[check.id], row.kode)
        if z in system.hidden:
            system.limit({z: -1.0}, -check.minimum)
        return
    if check.id == RATIO:
        return
    count, total = terms_of(check.id, row.kode)
    if not all(cell in system.hidden or cell in system.shown for cell in (count, *total)):
        return
    much = VERDICT if pd.isna(row.nilai) else WHOLE_PERCENT
    system.limit({cell: -weight for cell, weight in total.items()}, -smallest(check.id, much))
    low, high = ends_of(check, row)
    for limit, sign in ((high, 1), (low, -1)):
        terms = {cell: -sign * limit * weight for cell, weight in total.items()}
        terms[count] = terms.get(count, 0.0) + sign * 100
        system.limit(terms, 0.0)


def tie(system: Attack, kode: str) -> None:
    """Add what every reader knows of the counts of one place."""
    for index, size in (("tbu", "tinggi"), ("bbu", "berat")):
        z = ("penyebut", INDICATOR[index], kode)
        whole = {z: 1.0, (f"tidak_wajar_{index}", kode): 1.0, (f"{size}_kosong", kode): 1.0, ("anak", kode): -1.0}
        if z in system.hidden or z in system.shown:
            system.limit(whole, 0.0)
    for name in ("pernah", "dibanding", "kembar", "tgl_lahir_bulat"):
        system.at_most((name, kode), ("anak", kode))


def ends_of(check: Check, row: Any) -> tuple[float, float]:
    """The least and the most percent behind what is said of a share."""
    low, high = (0.0, 100.0) if pd.isna(row.nilai) else (max(row.nilai - 0.5, 0), min(row.nilai + 0.5, 100))
    fine = [end if np.isfinite(end) else other for end, other in zip(check.perhatian, (0, 100), strict=True)]
    if row.penilaian == GOOD:
        return max(low, fine[0]), min(high, fine[1])
    if row.penilaian in (UNSURE, CARE, BAD):
        return (max(low, fine[1]), high) if check.id != COVERAGE else (low, min(high, fine[0]))
    return low, high


def joint_leaks(sums: pd.DataFrame, kubus: pd.DataFrame, names: Any, kelompok: pd.DataFrame | None) -> list[str]:
    """Attack the checks of a month beside its prevalence tables: of neither a hidden cell may be told too closely."""
    shown, truth = (clear_prevalence(kubus, names, ruang, kelompok=kelompok) for ruang in ("publik", "petugas"))
    alone, system = (prevalence.attack(shown, kelompok) for _ in range(2))
    real = {(r.indikator, r.kode): r for cleared in truth.values() for r in cleared.table.itertuples()}
    true: dict[Any, float] = {}
    rows = list(pairs(sums, kelompok))
    for level in LEVELS:
        for total in add_up(sums, level).itertuples():
            for name, column in (("anak", "n"), ("terdaftar", "terdaftar"), ("pernah", "pernah")):
                true[name, total.kode] = float(getattr(total, column))
            true["dibanding", total.kode] = float(total.status_dibanding)
    true |= {(r.pemeriksaan, r.kode): float(t.n) for r, t in rows if r.pemeriksaan in SHARES}
    see_quality(system, rows, true)
    by_both = Told()
    for cell in system.hidden:
        if len(cell) == 2:
            by_both.note(cell, true[cell], SMALL if cell[0] in SHARES else 0, LEAST)
            continue
        what, name, kode = cell
        if what == "penyebut":
            filled = [str(k) for other, k in real if other == name and real[other, k].catatan != NO_DATA]
            fewest = max(1, len(inside(filled, str(kode), kelompok)))
            by_both.note(cell, getattr(real[name, kode], what), FEW, LEAST, fewest)
        else:
            unknown = ("penyebut", name, kode) in system.hidden
            by_both.note(cell, getattr(real[name, kode], what), 0 if unknown else SMALL, LEAST)
    assert not system.contradicts(by_both.true)
    found = by_both.found(system)
    old = {cell for cell in found if cell in alone.hidden and alone.range_of(cell) == found[cell][1:]}
    return [f"{cell}: {values}" for cell, values in found.items() if cell not in old]
