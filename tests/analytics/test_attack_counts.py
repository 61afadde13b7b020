"""No withheld count follows from the tables of women, their flow, the followed children, or age by sex in room publik."""

import random
from collections.abc import Iterator
from itertools import product
from typing import Any

import pandas as pd
import pytest

from analytics import disclosure_counts, prevalence_split, withholding_sums
from analytics.disclosure import Cleared
from analytics.disclosure_counts import clear_counts, clear_flow, clear_flow_of_status, clear_kek
from analytics.growth import AGE_GROUPS
from analytics.kek import NOT_YET, STATUSES
from analytics.place_tree import Bools
from analytics.prevalence_split import SEXES, WHOLE, split_prevalence
from analytics.sasaran import UNKNOWN_FLOW
from analytics.status import STATUS_TERMS
from analytics.withholding import is_small
from analytics.withholding_sums import Counts
from config.values import RoomMinima
from tests.answer_tables import CODES, women
from tests.attack import Attack, Told, inside, places_above

SMALL, FEW, LEAST = 5, 10, 3
START, NOW = "2022-05", "2022-09"


def some_women(seed: int) -> pd.DataFrame:
    """Women of a few desa, watched at first; what became of them later, and some who came only then."""
    draw = random.Random(seed)
    rows = []
    for kode in draw.sample(CODES[:60], draw.randint(1, 12)):
        usual = draw.choice(STATUSES)
        for number in range(draw.choice((1, 2, 5, 9, 14, 30))):
            who = f"{kode}-{number}"
            later = usual if draw.random() < 0.6 else draw.choice(STATUSES)
            if draw.random() < 0.9:
                rows.append((who, kode, f"{START}-10", "dalam_pemantauan" if draw.random() < 0.9 else later, 22.0))
            rows.append((who, kode, f"{NOW}-10", later, 22.0))
    return women(rows)


def see(system: Attack, told: Told, cell: tuple[object, ...], shown: Any, true: Any, small: int = SMALL) -> None:
    """Note one published count; a place without anybody says so."""
    if pd.isna(true):  # nobody is there, and that is said
        system.see(cell, 0)
        return
    system.see(cell, None if pd.isna(shown) else float(shown))
    if pd.isna(shown):
        told.note(cell, float(true), small, LEAST)


def kek_leaks(bumil: pd.DataFrame) -> list[str]:
    system, told = Attack(), Told()
    shown, real = (clear_kek(bumil, ruang) for ruang in ("publik", "petugas"))
    rows = [
        pair
        for level in shown
        for pair in zip(shown[level].table.itertuples(), real[level].table.itertuples(), strict=True)
    ]
    codes = sorted({row.kode for row, _ in rows})
    filled = {(r.periode, r.kode) for _, r in rows if not pd.isna(r.jumlah)}
    for row, true in rows:
        by_status = row.tingkat in disclosure_counts.BY_STATUS
        small = 0 if pd.isna(row.jumlah) else SMALL  # of a hidden whole only that enough remain possible
        for name in [*(STATUSES if by_status else ()), "jumlah"]:
            see(system, told, (row.periode, name, row.kode), getattr(row, name), getattr(true, name), small)
        if pd.isna(row.jumlah) and not pd.isna(true.jumlah):
            cell = (row.periode, "jumlah", row.kode)
            inner = inside([kode for moment, kode in filled if moment == row.periode], row.kode)
            told.note(cell, true.jumlah, FEW, LEAST, max(1, len(inner)))
            system.hidden[cell] = (1.0, 1e6)
        if by_status and not pd.isna(true.jumlah):
            system.sums((row.periode, "jumlah", row.kode), [(row.periode, name, row.kode) for name in STATUSES])
    moments = sorted({row.periode for row, _ in rows})
    for (whole, parts), moment, name in product(places_above(codes), moments, [*STATUSES, "jumlah"]):
        if name == "jumlah" or whole == "63.11":
            system.sums((moment, name, whole), [(moment, name, kode) for kode in parts])
    assert not system.contradicts(told.true)
    return [f"{cell}: {values}" for cell, values in told.found(system).items()]


def flow_leaks(bumil: pd.DataFrame) -> list[str]:
    """Attack the flow: it may tell no more than the women by status in both months tell already."""
    margins, system, told = Attack(), Attack(), Told()
    shown, real = (clear_flow(bumil, START, NOW, ruang).table for ruang in ("publik", "petugas"))
    for each in (margins, system):
        for row, true in zip(shown.itertuples(), real.itertuples(), strict=True):
            cell = (row.status_awal, row.status_kini)
            see(each, told, cell, None if each is margins else row.jumlah, true.jumlah)
        see_margins(each, told, bumil)
    told.true = {cell: value for cell, value in told.true.items() if cell in system.hidden}
    told.least = dict.fromkeys(told.true, LEAST)
    told.small = {cell: ends for cell, ends in told.small.items() if cell in system.hidden}
    return [f"{cell}: {values}" for cell, values in told.beyond(system, margins).items()]


def see_margins(system: Attack, told: Told, bumil: pd.DataFrame) -> None:
    for moment in (START, NOW):
        margin, known = (clear_kek(bumil, ruang, moment)["kabupaten"].table for ruang in ("publik", "petugas"))
        for name in [*STATUSES, "jumlah"] if len(margin) else []:
            see(system, told, (moment, name), margin.iloc[0][name], known.iloc[0][name])
        if len(margin):
            system.sums((moment, "jumlah"), [(moment, name) for name in STATUSES])
    for status in STATUSES:
        system.sums((START, status), [(status, later) for later in STATUSES])
        system.sums((NOW, status), [(start, status) for start in (*STATUSES, NOT_YET)])


def status_leaks(seed: int) -> list[str]:
    """Attack the status of the followed children and where they went, which share the counts at the start."""
    draw = random.Random(seed)
    terms = STATUS_TERMS["tbu"]
    flow = pd.DataFrame(
        [(a, b, draw.choice((0, 0, 1, 3, 8, 40))) for a, b in product(terms, [*terms, UNKNOWN_FLOW])],
        columns=["status_awal", "status_kini", "jumlah"],
    )
    starts = flow.groupby("status_awal")["jumlah"].sum()
    counts = pd.DataFrame(
        {"periode": "a", "indeks": "tbu", "status": terms, "jumlah": starts.reindex(terms).to_numpy()}
    )
    counts["penyebut"] = int(starts.sum())
    status = clear_counts(counts, "publik", "status", ["periode", "indeks"])
    shown = clear_flow_of_status(flow, status, "a").table
    system, told = Attack(), Told()
    for row, true in zip(status.table.itertuples(), counts.itertuples(), strict=True):
        see(system, told, ("a", row.status), row.jumlah, true.jumlah)
    whole = status.table["penyebut"].iloc[0]
    see(system, told, ("semua",), whole, int(starts.sum()), 0)
    system.sums(("semua",), [("a", term) for term in terms])
    for row, true in zip(shown.itertuples(), flow.itertuples(), strict=True):
        see(system, told, (row.status_awal, row.status_kini), row.jumlah, true.jumlah)
    for term in terms:
        system.sums(("a", term), [(term, later) for later in [*terms, UNKNOWN_FLOW]])
    return [f"{cell}: {values}" for cell, values in told.found(system).items()]


def split_leaks(seed: int) -> list[str]:
    draw = random.Random(seed)
    rows = []
    for group, sex in product(AGE_GROUPS, SEXES):
        total = draw.choice((0, 2, 8, 15, 60, 200))
        n = draw.choice((0, min(2, total), min(total, 9), total, total // 4))
        rows.append(("2022-09", CODES[0], group, sex, 0, n, total))
    columns = ["bulan", "kode_desa", "kelompok_umur", "jk", "tbu_sangat_pendek", "tbu_pendek", "tbu_z"]
    kubus = pd.DataFrame(rows, columns=columns)
    system, told = Attack(), Told()
    shown, real = (split_prevalence(kubus, "stunting", "2022-09", ruang).table for ruang in ("publik", "petugas"))
    for row, true in zip(shown.itertuples(), real.itertuples(), strict=True):
        place = (row.kelompok_umur, row.jk)
        see(system, told, ("penyebut", *place), row.penyebut, true.penyebut, 0)
        without = pd.isna(row.penyebut)
        see(system, told, ("n", *place), row.n, true.n, 0 if without else SMALL)
        system.at_most(("n", *place), ("penyebut", *place))
    for what in ("n", "penyebut"):
        for sex in (*SEXES, WHOLE):
            system.sums((what, WHOLE, sex), [(what, group, sex) for group in AGE_GROUPS])
        for group in (*AGE_GROUPS, WHOLE):
            system.sums((what, group, WHOLE), [(what, group, sex) for sex in SEXES])
    return [f"{cell}: {values}" for cell, values in told.found(system).items()]


ATTACKS = {
    "kek": lambda seed: kek_leaks(some_women(seed)),
    "flow": lambda seed: flow_leaks(some_women(seed)),
    "status": status_leaks,
    "split": split_leaks,
}


def some_leaks(name: str, seeds: range) -> Iterator[str]:
    for seed in seeds:
        for leak in ATTACKS[name](seed):
            yield f"{seed}: {leak}"


@pytest.mark.parametrize("name", ATTACKS)
def test_random_tables_tell_no_withheld_count(name: str) -> None:
    assert list(some_leaks(name, range(40))) == []


@pytest.mark.parametrize("name", ["kek", "status", "split"])  # a flow is shown whole or not at all
def test_without_hiding_more_the_attack_finds_counts(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def only_small(counts: Counts, hidden: Bools, minima: RoomMinima) -> Bools:
        return hidden | is_small(counts.count, minima)

    for module in (withholding_sums, prevalence_split):
        monkeypatch.setattr(module, "hide_sums", only_small)
    monkeypatch.setattr(disclosure_counts, "hide_totals", lambda tree, total, minima: (total < FEW, total))
    assert next(some_leaks(name, range(80)), "")


def test_a_meeting_sees_every_count() -> None:
    bumil = some_women(1)
    assert "disamarkan" not in " ".join(clear_kek(bumil, "rapat")["desa"].table["catatan"])
    table = pd.DataFrame({"a": "x", "jumlah": [1, 2]})
    assert isinstance(clear_counts(table, "rapat", "alasan", ["a"]), Cleared)
    assert clear_counts(table, "rapat", "alasan", ["a"]).table["jumlah"].tolist() == [1, 2]
