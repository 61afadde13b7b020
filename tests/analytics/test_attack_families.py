"""No withheld cell of the family parameters or of their comparison follows from all that room publik shows of both."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analytics import disclosure_parameters, withholding_rates
from analytics.comparison import BETTER, MIX_ONLY, UNCHANGED, WORSE
from analytics.disclosure import Cleared
from analytics.disclosure_parameters import clear_comparison, clear_parameters
from analytics.notes import NOT_APPLICABLE, NOT_ASKED, NOT_LINKED
from analytics.parameters import colour_of
from analytics.prevalence import NO_DATA
from analytics.serving import read_groups
from config.places import load_desa
from data.store import current_version, open_store, read_table, reading
from tests.answer_tables import AWAL, KINI, answers
from tests.attack import LEAST, NOWHERE, Attack, Told, hidden_range, inside, places_above

SMALL, FEW = 5, 10
NOBODY = (NO_DATA, NOT_APPLICABLE, NOT_ASKED)
GROUPS = ["tetap", "keluar", "masuk", "tetap_n_awal", "tetap_n_kini", "keluar_n_awal", "masuk_n_kini", "b", "c"]
MOVING = ["tetap", "tetap_n_awal", "tetap_n_kini", "b", "c"]
TWO_OF = {
    "penyebut_awal": ("tetap", "keluar"),
    "penyebut_kini": ("tetap", "masuk"),
    "n_awal": ("tetap_n_awal", "keluar_n_awal"),
    "n_kini": ("tetap_n_kini", "masuk_n_kini"),
}
PART_OF = [
    ("tetap_n_awal", "tetap"),
    ("tetap_n_kini", "tetap"),
    ("keluar_n_awal", "keluar"),
    ("masuk_n_kini", "masuk"),
    ("b", "tetap_n_kini"),
    ("c", "tetap_n_awal"),
]
Levels = dict[str, Cleared]


def rows_of(levels: Levels) -> list[Any]:
    return [row for cleared in levels.values() for row in cleared.table.itertuples()]


def see_shares(system: Attack, shares: Levels, kelompok: pd.DataFrame | None) -> None:
    rows = rows_of(shares)
    above = places_above(sorted({row.kode for row in rows}), kelompok)
    columns: set[tuple[Any, ...]] = set()
    for row in rows:
        what = (row.periode, row.jenis_sasaran, row.parameter)
        nobody = row.catatan in NOBODY
        for name, limits in (("n", hidden_range(row, row.warna, colour_of)), ("penyebut", (1, NOWHERE))):
            value = 0 if nobody else getattr(row, name)
            system.see((name, *what, row.kode), None if pd.isna(value) else value, *limits)
        system.at_most(("n", *what, row.kode), ("penyebut", *what, row.kode))
        columns |= {("n", *what), ("penyebut", *what)}
    for column in columns:
        for whole, parts in above:
            system.sums((*column, whole), [(*column, kode) for kode in parts])


def see_comparison(system: Attack, compared: Levels, real: Levels, kelompok: pd.DataFrame | None) -> None:
    """Note the groups of every place; a reader may know how many stayers moved, and nothing else of below kecamatan."""
    moved = {(row.jenis_sasaran, row.parameter, row.kode): row for row in rows_of(real) if not pd.isna(row.tetap)}
    for row in rows_of(compared):
        if (row.jenis_sasaran, row.parameter, row.kode) in moved:
            see_groups(system, row)
    for whole, parts in places_above(sorted({kode for _, _, kode in moved}), kelompok):
        for what in {key[:2] for key in moved if key[2] == whole}:
            for name in MOVING:
                there = {kode: getattr(moved[(*what, kode)], name) for kode in parts if (*what, kode) in moved}
                beyond = getattr(moved[(*what, whole)], name) - sum(there.values())
                system.sums((name, *what, whole), [(name, *what, kode) for kode in there], beyond)


def see_groups(system: Attack, row: Any) -> None:
    """Note the groups of one place, what they add up to, and what the verdict says."""
    what = (row.jenis_sasaran, row.parameter)
    cell = {name: (name, *what, row.kode) for name in GROUPS}
    side = {f"{n}_{s}": (n, p, *what, row.kode) for n in ("n", "penyebut") for s, p in (("awal", AWAL), ("kini", KINI))}
    linked = NOT_LINKED not in row.catatan
    for name in GROUPS:
        value = getattr(row, name) if linked or name not in MOVING else 0
        least = 1 if name == "tetap" and row.tingkat == "kabupaten" else 0
        system.see(cell[name], None if pd.isna(value) else value, least)
    for whole, parts in TWO_OF.items():
        system.equal({cell[parts[0]]: 1, cell[parts[1]]: 1, side[whole]: -1}, 0)
    for part, group in PART_OF:
        system.at_most(cell[part], cell[group])
    system.limit({cell["b"]: 1, cell["tetap_n_awal"]: 1, cell["tetap"]: -1}, 0)
    system.equal({cell["tetap_n_kini"]: 1, cell["tetap_n_awal"]: -1, cell["b"]: -1, cell["c"]: 1}, 0)
    verdict = "" if pd.isna(row.putusan) else row.putusan
    if verdict in (MIX_ONLY, UNCHANGED):
        system.equal({cell["b"]: 1, cell["c"]: -1}, 0)
    if verdict in (BETTER, WORSE):
        sign = 1 if verdict == BETTER else -1
        system.limit({cell["b"]: sign, cell["c"]: -sign}, -5)


def leaks(jawaban: pd.DataFrame, kelompok: pd.DataFrame | None) -> list[str]:
    """Return the hidden cells of both tables that are told, or told more closely than the rule allows.

    A denominator below ten may be any: by the shares alone, and beside the groups of the kabupaten as well, although a
    place cannot lose more families than all did. What the shares of both rounds tell already does not count twice.
    """
    shares, truth = (clear_parameters(jawaban, ruang, kelompok=kelompok) for ruang in ("publik", "petugas"))
    compared, real = (
        {level: clear_comparison(jawaban, (AWAL, KINI), level, room, kelompok) for level in shares}
        for room in (shares, truth)
    )
    nothing = {level: table.rework(_without_groups) for level, table in compared.items()}
    alone, together, without = Attack(), Attack(), Attack()
    for each in (alone, together, without):
        see_shares(each, shares, kelompok)
    for each, groups in ((together, compared), (without, nothing)):
        see_comparison(each, groups, real, kelompok)
    true = {("n", r.periode, r.jenis_sasaran, r.parameter, r.kode): r.n for r in rows_of(truth)}
    true |= {("penyebut", r.periode, r.jenis_sasaran, r.parameter, r.kode): r.penyebut for r in rows_of(truth)}
    true |= {(n, r.jenis_sasaran, r.parameter, r.kode): getattr(r, n) for r in rows_of(real) for n in GROUPS}
    by_shares, by_both = Told(), Told()
    for cell in together.hidden:
        name, value, kode = cell[0], true[cell], str(cell[-1])
        if name == "penyebut":
            filled = [str(key[-1]) for key, size in true.items() if key[:-1] == cell[:-1] and not pd.isna(size)]
            for one in (by_shares, by_both):
                one.note(cell, value, FEW, LEAST, max(1, len(inside(filled, kode, kelompok))))
        elif name == "n":
            small = 0 if ("penyebut", *cell[1:]) in together.hidden else SMALL
            by_shares.note(cell, value, small, LEAST)
            by_both.note(cell, value, small, LEAST)
        else:  # below the kabupaten groups are not published, so only what they tell of others counts
            by_both.note(cell, value, SMALL if kode == "63.11" else 0, LEAST if kode == "63.11" else 0)
    assert not together.contradicts(by_both.true)
    found = by_shares.found(alone) | by_both.beyond(together, without)
    return [f"{cell}: {values}" for cell, values in found.items()]


def _without_groups(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(**dict.fromkeys([*GROUPS, "putusan"], pd.NA))


DESA = load_desa().groupby("kode_kecamatan")["kode"].apply(lambda codes: list(codes[:4])).explode().tolist()[:12]


def any_answers(seed: int) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """Two rounds of two parameters in up to 12 desa of three kecamatan; sasaran stay, move, leave, enter, do not answer."""
    draw = random.Random(seed)
    desa, rows = draw.sample(DESA, draw.randint(1, len(DESA))), []
    stay, change, moves = draw.choice((0.5, 0.9, 1.0)), draw.choice((0.0, 0.1, 0.4)), draw.choice((0.0, 0.02))
    for place in desa:
        ill, silent = draw.choice((0.05, 0.3, 0.9)), draw.choice((0.0, 0.0, 0.2))
        for number in range(draw.choice((1, 3, 8, 12, 20, 40))):
            fate = "tetap" if draw.random() < stay else draw.choice(("keluar", "masuk"))
            before = ["1" if draw.random() < ill else "0" for _ in range(2)]
            after = [("0" if one == "1" else "1") if draw.random() < change else one for one in before]
            for moment, given in ((AWAL, before), (KINI, after)):
                if fate == ("masuk" if moment == AWAL else "keluar"):
                    continue
                where = draw.choice(desa) if moment == KINI and draw.random() < moves else place
                told = [draw.choice(("TB", None)) if draw.random() < silent else one for one in given]
                rows += [
                    (f"{place}-{number}", where, moment, code, one)
                    for code, one in zip(("SP01", "SP02"), told, strict=True)
                ]
    if seed % 2:
        return answers(rows), None
    table = load_desa()
    kode = table["kode_kecamatan"] + [f".K0{draw.randint(1, 1 + seed % 4)}" for _ in table["kode"]]
    return answers(rows), pd.DataFrame({"kode_desa": table["kode"], "kode": kode, "nama": "x"})


def some_leaks(seeds: range) -> Iterator[str]:
    for seed in seeds:
        for leak in leaks(*any_answers(seed)):
            yield f"{seed}: {leak}"


def sample_of(store_folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The answers and the kelompok desa of the sample data."""
    store = open_store(store_folder / "contoh")
    with reading(store) as connection:
        families = current_version(connection, "parameter")
    assert families
    kelompok = read_groups(store, families)
    assert kelompok is not None
    return read_table(store, families, "jawaban"), kelompok


@pytest.mark.lambat
def test_a_quarter_of_the_sample_tells_no_withheld_cell(penyimpanan_contoh: Path) -> None:
    jawaban, kelompok = sample_of(penyimpanan_contoh)
    first, last = jawaban["periode"].min(), jawaban["periode"].max()
    some = sorted(jawaban["parameter"].unique())[::4]  # all of them take four times as long
    two = jawaban[jawaban["periode"].isin([first, last]) & jawaban["parameter"].isin(some)]
    assert leaks(two.assign(periode=two["periode"].map({first: AWAL, last: KINI})), kelompok) == []


def test_random_rounds_tell_no_withheld_cell() -> None:
    assert list(some_leaks(range(40))) == []


def test_without_hiding_more_the_attack_finds_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(withholding_rates, "hide_more", lambda tree, secret, hidden: hidden)
    monkeypatch.setattr(withholding_rates, "told", lambda tree, secret, hidden: np.zeros_like(hidden))
    assert next(some_leaks(range(60)), "")


def test_group_sizes_shown_beside_any_denominator_would_tell_one(monkeypatch: pytest.MonkeyPatch) -> None:
    telling = 24  # the number of a table in which the sizes narrow a denominator below ten
    assert leaks(*any_answers(telling)) == []
    monkeypatch.setattr(disclosure_parameters, "_sizes_tell", lambda table, *_: np.zeros(len(table), dtype=bool))
    assert any("penyebut" in leak for leak in leaks(*any_answers(telling)))
