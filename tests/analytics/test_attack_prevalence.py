"""No withheld cell of the prevalence tables of room publik can be worked out from everything published."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

from analytics import withholding_rates
from analytics.disclosure import NEARLY_ALL, Cleared
from analytics.disclosure_prevalence import clear_prevalence
from analytics.prevalence import NO_DATA
from analytics.serving import read_groups
from config.indicators import class_labels, class_lower_bounds, load_indicators
from config.places import load_desa
from data.store import current_version, open_store, read_table, reading
from tests.attack import LEAST, NOWHERE, Attack, Told, hidden_range, inside, places_above

ALL = [known.id for known in load_indicators()]
PART_OF = {"sangat_pendek": "stunting", "bb_sangat_kurang": "underweight", "gizi_buruk": "wasting"}
APART = {"risiko_bb_lebih": "underweight", "gizi_lebih": "wasting"}
SMALL, FEW = 5, 10
STARTS, LABELS = class_lower_bounds(), class_labels()


def class_of(percent: npt.NDArray[np.float64]) -> npt.NDArray[Any]:
    return np.asarray(LABELS)[np.searchsorted(STARTS, percent, side="right") - 1]


def attack(levels: dict[str, Cleared], kelompok: pd.DataFrame | None = None) -> Attack:
    """Everything room publik says of prevalence in one month."""
    system = Attack()
    rows = [row for cleared in levels.values() for row in cleared.table.itertuples()]
    nearly = {(row.indikator, row.kode) for row in rows if row.catatan == NEARLY_ALL}
    for row in rows:
        low, high = hidden_range(row, row.kelas, class_of)
        wide = PART_OF.get(row.indikator, row.indikator)
        if any((one, row.kode) in nearly for pair in APART.items() if wide in pair for one in pair if one != wide):
            high = min(high, LEAST - 1)  # beside nearly all of the same children
        for what, limits in (("n", (low, high)), ("penyebut", (1, NOWHERE))):
            value = 0 if row.catatan == NO_DATA else getattr(row, what)
            system.see((what, row.indikator, row.kode), None if pd.isna(value) else value, *limits)
    codes = sorted({row.kode for row in rows})
    trees = places_above(codes, kelompok)
    for name in {row.indikator for row in rows}:
        for whole, parts in trees:
            for what in ("n", "penyebut"):
                system.sums((what, name, whole), [(what, name, kode) for kode in parts])
        for kode in codes:
            n, asked = ("n", name, kode), ("penyebut", name, kode)
            system.at_most(n, asked)
            if name in PART_OF:
                system.at_most(n, ("n", PART_OF[name], kode))
                system.sums(asked, [("penyebut", PART_OF[name], kode)])
            if name in APART:
                system.limit({n: 1, ("n", APART[name], kode): 1, asked: -1}, 0)
                system.sums(asked, [("penyebut", APART[name], kode)])
    return system


def leaks(levels: dict[str, Cleared], truth: dict[str, Cleared], kelompok: pd.DataFrame | None = None) -> list[str]:
    """Return the hidden cells that are told, or told more closely than the rule allows."""
    system, told = attack(levels, kelompok), Told()
    real = {(row.indikator, row.kode): row for cleared in truth.values() for row in cleared.table.itertuples()}
    filled = {name: [kode for other, kode in real if other == name and not real[name, kode].catatan] for name in ALL}
    for cell in system.hidden:
        what, name, kode = cell
        true = int(getattr(real[name, kode], what))
        if what == "penyebut":  # places without any child say so: the others have one at least
            told.note(cell, true, FEW, LEAST, max(1, len(inside(filled[name], kode, kelompok))))
        else:
            without_total = ("penyebut", name, kode) in system.hidden
            told.note(cell, true, 0 if without_total else SMALL, LEAST)
    assert not system.contradicts(told.true)
    return [f"{cell}: {values}" for cell, values in told.found(system).items()]


def months_of(store_folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The kubus and the kelompok desa of the sample data."""
    store = open_store(store_folder / "contoh")
    with reading(store) as connection:
        children, families = (current_version(connection, chain) for chain in ("eppgbm", "parameter"))
    assert children and families
    kelompok = read_groups(store, families)
    assert kelompok is not None
    return read_table(store, children, "kubus"), kelompok


def test_the_newest_month_of_the_sample_tells_no_withheld_cell(penyimpanan_contoh: Path) -> None:
    kubus, kelompok = months_of(penyimpanan_contoh)
    newest = kubus["bulan"].max()
    shown, truth = (clear_prevalence(kubus, ALL, ruang, newest, kelompok) for ruang in ("publik", "petugas"))
    assert leaks(shown, truth, kelompok) == []


DESA = load_desa().groupby("kode_kecamatan")["kode"].apply(lambda codes: list(codes[:5])).explode().tolist()[:20]
NAMES = ("underweight", "bb_sangat_kurang", "risiko_bb_lebih")


def any_month(seed: int) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """A random kubus of one month in up to 20 desa of four kecamatan, and for every second one kelompok of any desa.

    Every third one is of small desa, every third of usual ones.
    """
    draw = random.Random(seed)
    rows = []
    for kode in draw.sample(DESA, draw.randint(1, len(DESA))):
        severe, more = draw.choice((0, 0, 1, 2, 5)), draw.choice((0, 0, draw.randint(0, 15), draw.randint(1, 6)))
        heavy = draw.choice((0, 0, draw.randint(0, 12), draw.randint(1, 6)))
        some = severe + more + heavy
        others = draw.randint(0 if some else 1, draw.choice((3, (12, 60, 90)[seed % 3], 90)))
        rows.append(("2022-09", kode, severe, more, heavy, some + others))
    columns = ["bulan", "kode_desa", "bbu_sangat_kurang", "bbu_kurang", "bbu_risiko_lebih", "bbu_z"]
    if seed % 2:
        return pd.DataFrame(rows, columns=columns), None
    desa = load_desa()
    kode = desa["kode_kecamatan"] + [f".K0{draw.randint(1, 1 + seed % 4)}" for _ in desa["kode"]]
    return pd.DataFrame(rows, columns=columns), pd.DataFrame({"kode_desa": desa["kode"], "kode": kode, "nama": "x"})


def some_leaks(seeds: range) -> Iterator[str]:
    for seed in seeds:
        kubus, kelompok = any_month(seed)
        shown, truth = (clear_prevalence(kubus, NAMES, ruang, kelompok=kelompok) for ruang in ("publik", "petugas"))
        for leak in leaks(shown, truth, kelompok):
            yield f"{seed}: {leak}"


def test_random_months_tell_no_withheld_cell() -> None:
    assert list(some_leaks(range(60))) == []


def test_without_hiding_more_the_attack_finds_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(withholding_rates, "hide_more", lambda tree, secret, hidden: hidden)
    monkeypatch.setattr(withholding_rates, "told", lambda tree, secret, hidden: np.zeros_like(hidden))
    assert next(some_leaks(range(60)), "")
