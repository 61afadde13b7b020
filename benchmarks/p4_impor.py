"""How much taking a file in costs: read, check, score, match, store, against the bare calamine read of the same file.

Bounds: 50,000 rows x 35 columns as .xlsx in at most 3 times the bare read, with at most 900 MB (the importing process
and its largest child, both at their peak, added up; Linux and macOS); 500,000 rows as .csv take at most 1.25 times as
long a row as 50,000. Every measurement is a fresh process; medians, taken in turn.
Run: python benchmarks/p4_impor.py; ends with 1 when a bound is broken.
"""

import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd
from python_calamine import load_workbook

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from analytics.intake import import_files
from commands.contoh import write_xlsx
from config.columns import load_columns
from data.sample import as_export, sample_rounds
from data.store import open_store

RATIO, MEGABYTES, LINEAR = 3.0, 900, 1.25
FEW, MANY = 50_000, 500_000
RUNS = 3
FILES = ("eppgbm.xlsx", "sedikit.csv", "banyak.csv")
MORE_COLUMNS = ("pmt_kg", "kelas_ibu")  # newer exports have them; with these there are 35

Cost = dict[str, float]


def main() -> int:
    """Make the files, measure, print, and return the exit status."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # In a process of its own: one that was large would count as the peak of those it starts.
        subprocess.run([sys.executable, __file__, "buat", name], check=True)
        workbook, few, many = (folder / file for file in FILES)
        costs = {run: [measure(*run) for _ in range(RUNS)] for run in (("baca", workbook), ("impor", workbook))}
        bare, taken = costs.values()
        return report(bare, taken, [measure("impor", few) for _ in range(RUNS)], measure("impor", many))


def make_files(folder: Path) -> None:
    """Write the three files to be read."""
    workbook, few, many = (folder / file for file in FILES)
    write_xlsx(one_round(FEW), workbook)
    several_rounds(FEW).to_csv(few, index=False)
    several_rounds(MANY).to_csv(many, index=False)


def one_round(rows: int) -> pd.DataFrame:
    """Return one round of so many children as the export writes it, with 35 columns."""
    table = as_export(list(sample_rounds(rows + rows // 100).values())[-1]).head(rows)
    labels = {column.nama: column.label for column in load_columns()}
    return table.assign(**{labels[name]: "-" for name in MORE_COLUMNS})


def several_rounds(rows: int) -> pd.DataFrame:
    """Return so many rows: the four rounds of the sample one under the other, so that children come back."""
    rounds = sample_rounds(rows // 4 + rows // 400)
    return as_export(pd.concat([part.head(rows // 4) for part in rounds.values()], ignore_index=True))


def measure(task: str, path: Path) -> Cost:
    """Run one task in a process of its own and return what it cost."""
    with tempfile.TemporaryDirectory() as store:
        done = subprocess.run(
            [sys.executable, __file__, task, str(path)],
            env=os.environ | {"BALANTING_PENYIMPANAN": store},
            stdout=subprocess.PIPE,
            check=True,
        )
    return json.loads(done.stdout)


def cost_of(task: str, path: Path) -> Cost:
    """Do the task in this process: seconds, processor seconds, rows stored, megabytes (self, largest child)."""
    start, before = time.perf_counter(), used().get("prosesor", 0.0)
    rows = read_bare(path) if task == "baca" else import_files(open_store(), [path])[0].diterima
    cost = {"detik": time.perf_counter() - start, "baris": rows, **used()}
    return cost | ({"prosesor": cost["prosesor"] - before} if before else {})


def read_bare(path: Path) -> int:
    """Read the workbook as calamine does, values only."""
    return len(load_workbook(io.BytesIO(path.read_bytes())).get_sheet_by_index(0).to_python())


def used() -> Cost:
    """Return processor seconds and peak memory of this process and its children; nothing on Windows."""
    try:
        import resource
    except ImportError:
        return {}
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    unit = 1e6 if sys.platform == "darwin" else 1e6 / 1024
    processor = own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
    return {"prosesor": processor, "mb": own.ru_maxrss / unit, "mb_anak": children.ru_maxrss / unit}


def median(costs: list[Cost], name: str) -> float:
    """Return the median of one measured value."""
    return statistics.median(cost[name] for cost in costs)


def report(bare: list[Cost], taken: list[Cost], few: list[Cost], many: Cost) -> int:
    """Print the measured values beside their bounds; return 1 when one is broken."""
    ratio = median(taken, "detik") / median(bare, "detik")
    times = f"{median(taken, 'detik'):.2f} s, calamine alone {median(bare, 'detik'):.2f} s"
    print(f"xlsx, {median(taken, 'baris'):,.0f} rows   {times}, ratio {ratio:.2f} (at most {RATIO})")
    if "prosesor" in taken[0]:
        print(f"processor           {median(taken, 'prosesor') / median(bare, 'prosesor'):.2f} times that of calamine")
    broken = ratio > RATIO
    if "mb" in taken[0]:
        own, child = median(taken, "mb"), median(taken, "mb_anak")
        print(f"memory              {own:.0f} MB + child {child:.0f} MB = {own + child:.0f} MB (at most {MEGABYTES})")
        broken |= own + child > MEGABYTES
    one = median(few, "detik") / median(few, "baris")
    linear = many["detik"] / many["baris"] / one
    print(f"csv, {median(few, 'baris'):,.0f} rows    {one * 1e6:.0f} microseconds a row")
    print(f"csv, {many['baris']:,.0f} rows   {linear:.2f} times that (at most {LINEAR}), {many.get('mb', 0):.0f} MB")
    return int(broken or linear > LINEAR)


if __name__ == "__main__":
    if sys.argv[1:2] == ["buat"]:
        sys.exit(make_files(Path(sys.argv[2])))
    if len(sys.argv) == 3:
        print(json.dumps(cost_of(sys.argv[1], Path(sys.argv[2]))))
        sys.exit(0)
    sys.exit(main())
