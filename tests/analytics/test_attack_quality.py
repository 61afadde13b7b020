"""What room publik says of data quality tells no small count: by itself, and beside the prevalence of the same month."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analytics import disclosure_quality
from analytics.disclosure_labels import NOTHING, VERDICT, WHOLE_PERCENT, label_of
from analytics.disclosure_quality import HIDDEN, clear_quality
from analytics.place_tree import Bools
from analytics.quality import NO_DATA
from analytics.quality_sums import empty_quality
from data.store import SAMPLE_FOLDER, current_version, open_store, read_table, reading
from tests.analytics import test_attack_prevalence as prevalence
from tests.attack_quality import CHECKS, LEAST, MINIMA, ONE_EACH, SMALL, joint_leaks, looks, own_leaks, run_around


def as_sums(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """A table of sums in which each row says what is not zero."""
    table = pd.DataFrame([{"bulan": "2022-09", "posyandu": "A"} | row for row in rows])
    return table.reindex(columns=empty_quality().columns).fillna(0.0)


def some_sums(seed: int) -> pd.DataFrame:
    """Up to eight kecamatan of any size, their counts near the ends of what looks the same."""
    draw = random.Random(seed)
    rows = []
    usual = draw.choice((0.2, 0.5, 1.0, 1.5, 2.0))
    for kode in ONE_EACH[: draw.randint(1, 8)]:
        n = draw.choice((draw.randint(1, 60), draw.randint(150, 500), draw.randint(700, 2600)))

        def near(of: int) -> int:
            percent = draw.choice((0, usual, usual, draw.choice((0.5, 1, 1.5, 2, 5, 10, 12, 25, 30))))
            return min(max(int(percent * of / 100) + draw.randint(-2, 2), 0), of)

        lost, odd, before = near(n), near(n), draw.randint(0, n)
        z = max(n - lost - odd, 0)
        row = {"kode_desa": kode, "n": n, "terdaftar": n + near(n), "laki": near(n) or n // 2}
        row |= {"berat_ada": n - lost, "tinggi_ada": n, "berat_akhir_0": near(n - lost), "tinggi_akhir_5": near(n)}
        row |= {"bbu_z": z, "bbu_tidak_wajar": n - lost - z, "tbu_z": n, "bbtb_z": n, "pernah": before}
        row |= {"menyusut": near(before), "status_dibanding": n, "status_berbeda": near(n), "kembar": near(n)}
        ganda = near(n)
        rows.append(row | {"tgl_bulat": near(n), "ukur_ganda": ganda, "baris": n + ganda, "perempuan": n - row["laki"]})
    return as_sums(rows)


def sums_beside(kubus: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Quality sums whose children with a plausible BB/U are those of a kubus; a few more have none."""
    draw = random.Random(seed)
    rows = []
    for row in kubus.itertuples():
        odd, lost = draw.choice((0, 0, 1, 3)), draw.choice((0, 0, 2))
        n = int(row.bbu_z) + odd + lost
        rest = {"tinggi_ada": n, "berat_ada": n - lost, "laki": n // 2, "perempuan": n - n // 2, "baris": n}
        rest |= {"berat_akhir_0": draw.randint(0, n - lost), "tinggi_akhir_5": draw.randint(0, n), "tgl_bulat": n // 9}
        rest |= {"pernah": n // 2, "menyusut": draw.choice((0, min(1, n // 2))), "status_dibanding": n, "terdaftar": n}
        rows.append(rest | {"kode_desa": row.kode_desa, "n": n, "bbu_z": row.bbu_z, "bbu_tidak_wajar": odd})
    return as_sums(rows)


def joint(seeds: range) -> Iterator[str]:
    for seed in seeds:
        kubus, kelompok = prevalence.any_month(seed)
        for leak in joint_leaks(sums_beside(kubus, seed), kubus, prevalence.NAMES, kelompok):
            yield f"{seed}: {leak}"


def test_random_checks_tell_no_small_count() -> None:
    assert [leak for seed in range(15) for leak in own_leaks(some_sums(seed))] == []


@pytest.mark.lambat
def test_random_checks_beside_prevalence_tell_no_withheld_cell() -> None:
    assert list(joint(range(15))) == []


@pytest.mark.lambat
def test_the_newest_month_of_the_sample_tells_no_withheld_cell(penyimpanan_contoh: Path) -> None:
    kubus, kelompok = prevalence.months_of(penyimpanan_contoh)
    store = open_store(penyimpanan_contoh / SAMPLE_FOLDER)
    with reading(store) as connection:
        sums = read_table(store, str(current_version(connection, "eppgbm")), "mutu")
    newest = kubus["bulan"].max()
    month, counts = sums[sums["bulan"] == newest], kubus[kubus["bulan"] == newest]
    assert own_leaks(month, kelompok) == []
    assert joint_leaks(month, counts, prevalence.ALL, kelompok) == []


def no_rows(levels: Any, *_: object) -> Bools:
    return np.zeros(len(levels.rows), dtype=bool)


def test_labels_that_add_up_would_tell_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    adding_up = 16  # the number of a table in which they do
    monkeypatch.setattr(disclosure_quality, "_add_up", no_rows)
    assert own_leaks(some_sums(adding_up))


def test_where_prevalence_withholds_a_denominator_no_check_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """A judged spread says that a place has so many children, which the prevalence tables keep to themselves there."""
    names = ["bulan", "kode_desa", "bbu_sangat_kurang", "bbu_kurang", "bbu_risiko_lebih", "bbu_z"]
    rows = [("2022-09", kode, 0, 0, 0, z) for kode, z in zip(ONE_EACH, (3, 52, 180, 210), strict=False)]
    sums = sums_beside(pd.DataFrame(rows, columns=names), 1)

    def judged() -> set[str]:
        table = clear_quality(sums, "publik", "kecamatan").table
        return set(table.loc[~table["penilaian"].isin([HIDDEN, NO_DATA]), "kode"])

    hidden = "63.11.02"
    assert hidden not in judged()
    nowhere = pd.MultiIndex.from_arrays([[], []], names=["periode", "kode"])
    monkeypatch.setattr(disclosure_quality, "_tied", lambda *_: nowhere)
    assert hidden in judged()


def test_shares_of_any_denominator_would_tell_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    def in_full(_check: str, count: float, _total: float, _minima: object) -> tuple[int, float, float]:
        return WHOLE_PERCENT, count, count

    monkeypatch.setattr(disclosure_quality, "label_of", in_full)
    monkeypatch.setattr(disclosure_quality, "_add_up", no_rows)
    assert own_leaks(some_sums(1))


@pytest.mark.parametrize("name", CHECKS)
def test_what_is_shown_of_any_denominator_leaves_enough_counts(name: str) -> None:
    for total in (*range(5, 60), *range(60, 1500, 37), 10_363):
        all_looks = looks(CHECKS[name], total)
        for count in {0, 1, 4, 5, total // 3, total}:
            much, low, high = label_of(name, count, total, MINIMA)
            if much != NOTHING:
                keep = [said if much == VERDICT else (said, percent) for said, percent in all_looks]
                same = run_around([look == keep[count] for look in keep], count)
                assert (same[0], same[-1]) == (low, high) and len(same) == high - low + 1 >= LEAST
                assert not 0 < count < SMALL or (low <= 1 and high >= SMALL - 1)
