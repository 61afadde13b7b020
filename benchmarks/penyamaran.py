"""What clearing for room publik costs and what it keeps.

Cost: the seconds spent withholding inside one run of the page (Streamlit's AppTest, sample data), as a share of that
run. Warm: the caches as the product has them, which hold cleared tables; cold: all caches empty, as after an import.
Bound: a warm rerun spends at most 10 % on clearing; cold is told, not bound.
Kept: of the cells with data, how many show their count, how many a class or colour only, how many nothing.
Run: python benchmarks/penyamaran.py; ends with 1 when the bound is broken.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from analytics import disclosure_parameters, disclosure_prevalence
from analytics.disclosure import KELOMPOK, LEVELS, Cleared
from analytics.disclosure_counts import clear_kek
from analytics.disclosure_parameters import clear_comparison, clear_parameters
from analytics.disclosure_prevalence import clear_prevalence
from analytics.disclosure_quality import HIDDEN, clear_quality
from analytics.quality import NO_DATA
from analytics.serving import make_sample_store, read_groups
from config.indicators import load_indicators
from data.store import SAMPLE_FOLDER, current_version, open_store, read_table, reading
from tests.analytics import test_attack_families, test_attack_prevalence

ROOT = Path(__file__).resolve().parents[1]
BOUND, RUNS, RANDOM = 10.0, 5, 60
PAGES = ("parameter", "peta")  # the largest tables: all parameters, rounds and places; a month of all places
WITHHOLDING = (
    (disclosure_prevalence, "_withhold"),
    (disclosure_parameters, "_withhold"),
    (disclosure_parameters, "_sizes_tell"),
    (disclosure_parameters, "_withhold_groups"),
)
ROOMS = ("publik", "rapat")
Levels = dict[str, Cleared]


class Clock:
    """Seconds spent withholding since it was last read."""

    spent = 0.0

    def around(self, work: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*parts: Any) -> Any:
            start = time.perf_counter()
            try:
                return work(*parts)
            finally:
                self.spent += time.perf_counter() - start

        return timed

    def read(self) -> float:
        spent, self.spent = self.spent, 0.0
        return spent


@contextmanager
def watched() -> Iterator[Clock]:
    """Time every withholding within a `with` block."""
    clock, kept = Clock(), [getattr(module, name) for module, name in WITHHOLDING]
    for (module, name), work in zip(WITHHOLDING, kept, strict=True):
        setattr(module, name, clock.around(work))
    yield clock
    for (module, name), work in zip(WITHHOLDING, kept, strict=True):
        setattr(module, name, work)


def cost(page: str) -> float:
    """Print what clearing takes of a cold and a warm run of a page; return the warm share in percent."""
    import streamlit as st
    from streamlit.testing.v1 import AppTest

    shares: dict[str, list[tuple[float, float]]] = {"cold": [], "warm": []}
    with watched() as clock:
        for _ in range(RUNS):
            st.cache_data.clear()
            app = AppTest.from_file(str(ROOT / "pages" / "publik" / f"{page}.py"), default_timeout=120)
            for kind in ("cold", "warm"):
                clock.read()
                start = time.perf_counter()
                app.run()
                shares[kind].append((clock.read(), time.perf_counter() - start))
                assert not app.exception, app.exception
    told = {}
    for kind, times in shares.items():
        clearing, whole = (statistics.median(column) for column in zip(*times, strict=True))
        told[kind] = 100 * statistics.median(part / all_of_it for part, all_of_it in times)
        print(f"{page:10} {kind}: {1000 * clearing:6.0f} ms of {1000 * whole:6.0f} ms, {told[kind]:5.1f} %")
    first, again = (statistics.median(times[at] for times in shares[kind]) for kind, at in (("cold", 0), ("warm", 1)))
    print(f"{page:10} one clearing against one warm rerun: {100 * first / again:.0f} %")
    return told["warm"]


def rate_rows(levels: Levels, by: str, label: str, empty: tuple[str, ...]) -> Iterator[tuple[str, str, float, float]]:
    """Return level, what, percent of cells with their count, percent with a label only."""
    for level, cleared in levels.items():
        there = cleared.table[~cleared.table["catatan"].isin(empty)]
        for what, rows in there.groupby(by, sort=False):
            count = rows["n"].notna()
            yield level, str(what), 100 * count.mean(), 100 * (~count & rows[label].notna()).mean()


def show(title: str, rows: Iterator[tuple[str, str, float, float]] | list[tuple[str, str, float, float]]) -> None:
    table = pd.DataFrame(rows, columns=["tingkat", "apa", "hitungan %", "hanya kelas %"])
    print(f"\n{title}\n{table.round(1).to_string(index=False)}")


def kept_of_sample(folder: Path) -> None:
    """Print what each room sees of the newest month and round of the sample."""
    store = open_store(folder / SAMPLE_FOLDER)
    with reading(store) as connection:
        children, families, women = (current_version(connection, name) for name in ("eppgbm", "parameter", "bumil"))
    assert children and families and women
    kelompok, kubus = read_groups(store, families), read_table(store, children, "kubus")
    jawaban, bumil, sums = (
        read_table(store, version, name)
        for version, name in ((families, "jawaban"), (women, "bumil"), (children, "mutu"))
    )
    newest, awal, kini = kubus["bulan"].max(), jawaban["periode"].min(), jawaban["periode"].max()
    names = [known.id for known in load_indicators()]
    for ruang in ROOMS:
        levels = clear_prevalence(kubus, names, ruang, newest, kelompok)
        show(f"prevalensi {newest}, {ruang}", rate_rows(levels, "indikator", "kelas", ("tidak ada data",)))
        shares = clear_parameters(jawaban, ruang, kelompok=kelompok)
        shown = {level: table.where(periode=kini) for level, table in shares.items()}
        empty = test_attack_families.NOBODY
        show(f"parameter {kini}, {ruang}", rate_rows(shown, "jenis_sasaran", "warna", empty))
        compared = clear_comparison(jawaban, (awal, kini), "kabupaten", shares, kelompok).table
        told = [("kabupaten", name, 100 * compared[name].notna().mean(), 0.0) for name in ("tetap", "putusan", "b")]
        show(f"perbandingan {awal} ke {kini}, {ruang}", told)
        known = clear_kek(bumil, "petugas", kelompok=kelompok)
        kek = [
            (level, "jumlah", 100 * float(cleared.table["jumlah"][there].notna().mean()), 0.0)
            for level, cleared in clear_kek(bumil, ruang, kelompok=kelompok).items()
            for there in [known[level].table["jumlah"].notna().to_numpy()]
        ]
        show(f"ibu hamil, {ruang}", kek)
        show(f"mutu {newest}, {ruang}: nilai, hanya penilaian", list(quality_rows(sums, ruang, newest, kelompok)))


def quality_rows(
    sums: pd.DataFrame, ruang: str, periode: str, kelompok: pd.DataFrame | None
) -> Iterator[tuple[str, str, float, float]]:
    for level in (*LEVELS, KELOMPOK):
        table = clear_quality(sums, ruang, level, periode, kelompok).table
        there = table[table["penilaian"] != NO_DATA]
        value, judged = there["nilai"].notna(), there["penilaian"] != HIDDEN
        yield level, "semua pemeriksaan", 100 * value.mean(), 100 * (judged & ~value).mean()


def kept_of_random() -> None:
    """Print what room publik sees of the random tables that the tests attack, which are smaller than real ones."""
    months: list[pd.DataFrame] = []
    rounds: list[pd.DataFrame] = []
    for seed in range(RANDOM):
        kubus, kelompok = test_attack_prevalence.any_month(seed)
        months += tables_of(clear_prevalence(kubus, test_attack_prevalence.NAMES, "publik", kelompok=kelompok))
        jawaban, kelompok = test_attack_families.any_answers(seed)
        rounds += tables_of(clear_parameters(jawaban, "publik", kelompok=kelompok))
    for title, tables, by, label, empty in (
        ("prevalensi", months, "indikator", "kelas", ("tidak ada data",)),
        ("parameter", rounds, "jenis_sasaran", "warna", test_attack_families.NOBODY),
    ):
        table = pd.concat(tables)
        levels = {str(level): Cleared(rows, "publik") for level, rows in table.groupby("tingkat")}
        show(f"{title}, {RANDOM} tabel acak, publik", rate_rows(levels, by, label, empty))


def tables_of(levels: Levels) -> list[pd.DataFrame]:
    return [cleared.table for cleared in levels.values()]


def main() -> int:
    """Measure, print, and return the exit status."""
    with tempfile.TemporaryDirectory() as folder:
        make_sample_store(Path(folder) / SAMPLE_FOLDER)
        os.environ["BALANTING_PENYIMPANAN"] = folder
        worst = max(cost(page) for page in PAGES)
        kept_of_sample(Path(folder))
    kept_of_random()
    return int(worst > BOUND)


if __name__ == "__main__":
    sys.exit(main())
