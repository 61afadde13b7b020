"""How much the rules of scoring cost: analytics.growth.score against the bare LMS formula on the same million rows.

The bound: score() may take at most 1.5 times as long as a plain numpy pass that gathers L, M and S by integer index
and computes ((y/M)^L - 1) / (L S) for four indices, with no rules, no rounding, no flags, no classes. Any vectorised
scoring has to pay at least that; everything on top is ours. Both are given arrays (texts as categoricals).
Run: python benchmarks/p1_zskor.py [rows]; ends with 1 when the bound is broken.
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from analytics.growth import OEDEMA, score
from analytics.growth_lookup import POSITIONS, Ints
from data.growth_tables import LAST_DAY, SEXES, Floats, load_tables, measure_at

BOUND = 1.5
RUNS = 11


def make_children(rows: int) -> pd.DataFrame:
    """Return children of all ages: a little short, 2 % measured the other way, some with unknown age or oedema."""
    rng = np.random.default_rng(2006)
    sex, day = rng.integers(0, 2, rows), rng.integers(0, LAST_DAY + 1, rows)
    standing = (day >= 731) ^ (rng.random(rows) < 0.02)
    height = np.round(_drawn(rng.normal(-1, 1.2, rows), "lfa", sex, day), 1)
    weight = np.round(_drawn(rng.normal(-0.5, 1.1, rows), "wfl", sex, _length_columns(height)), 1)
    return pd.DataFrame(
        {
            "jk": pd.Categorical.from_codes(sex, SEXES),
            "umur_hari": np.where(rng.random(rows) < 0.01, np.nan, day),
            "berat_kg": weight,
            "tinggi_cm": height,
            "cara_ukur": pd.Categorical.from_codes(np.where(rng.random(rows) < 0.05, -1, standing), POSITIONS),
            "edema": pd.Categorical.from_codes((rng.random(rows) < 0.001).astype(int), OEDEMA),
        }
    )


def plain_pass(sex: Ints, day: Ints, length_column: Ints, weight: Floats, height: Floats) -> list[Floats]:
    """Return the four bare scores; every index is inside its table."""
    tables = load_tables()
    measures = {
        "lfa": (height, day),
        "wfa": (weight, day),
        "wfl": (weight, length_column),
        "bmifa": (weight / (height / 100) ** 2, day),
    }
    scores = []
    for name, (y, column) in measures.items():
        table = tables[name]
        row = sex * table.M.shape[1] + column
        L, M, S = table.L.ravel()[row], table.M.ravel()[row], table.S.ravel()[row]
        scores.append(((y / M) ** L - 1) / (L * S))
    return scores


def compare(rows: int) -> float:
    """Return the ratio of the median times of score() and the plain pass, run in turn in this one process."""
    children = make_children(rows)
    sex = children["jk"].cat.codes.to_numpy().astype(np.intp)
    day = children["umur_hari"].fillna(LAST_DAY).to_numpy().astype(np.intp)
    weight, height = children["berat_kg"].to_numpy(), children["tinggi_cm"].to_numpy()
    bare = (sex, day, _length_columns(height), weight, height)
    times: dict[str, list[float]] = {"score": [], "plain": []}
    for _ in range(RUNS):
        times["plain"].append(_seconds(lambda: plain_pass(*bare)))
        times["score"].append(_seconds(lambda: score(**children)))
    medians = {name: statistics.median(part) for name, part in times.items()}
    ratio = medians["score"] / medians["plain"]
    print(f"{rows:,} rows: plain pass {medians['plain']:.3f} s, score() {medians['score']:.3f} s, ratio {ratio:.2f}")
    return ratio


def _drawn(z: Floats, name: str, sex: Ints, column: Ints) -> Floats:
    table = load_tables()[name]
    return measure_at(z, table.L[sex, column], table.M[sex, column], table.S[sex, column])


def _length_columns(height_cm: Floats) -> Ints:
    table = load_tables()["wfl"]
    return np.clip(np.rint(height_cm * 10).astype(np.intp) - table.first, 0, table.last - table.first)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    ratio = compare(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
    sys.exit(0 if ratio <= BOUND else 1)
