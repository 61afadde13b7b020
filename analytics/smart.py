"""SMART's plausibility score of a place and month, an option beside WHO's checks: made for surveys of wasting.

Children of 6-59 months, weight-for-height. Two of its parts are left out: digits of MUAC (mostly not measured) and the
Poisson spread over clusters (a register has none), so that 90 points are the most instead of 105.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.prevalence import code_at_level, list_places
from analytics.quality_stats import Floats, digit_score, moments, p_of_ratio
from analytics.quality_sums import DIGITS, MONTH_DAYS, POWERS, tenths
from config.quality import Criterion, load_smart

FLAG = 3.0  # z from the observed mean
YOUNGEST, MIDDLE, OLDEST = 6, 30, 60  # completed months: 6-29 and 30-59
AGE_RATIO, SEX_RATIO = 0.85, 1.0  # as SMART expects them
SUM = "jumlah"
COLUMNS = ["id_anak", "bulan", "kode_desa", "jk", "umur_hari", "berat_kg", "tinggi_cm", "zs_bbtb", "terakhir"]
"""The columns of the measurements that are needed."""


def tabulate_smart(measurements: pd.DataFrame, tingkat: str) -> pd.DataFrame:
    """Return SMART's criteria: one row a month, place and criterion of `mutu_smart.toml`, the sum last.

    Columns: periode, tingkat, kode, nama, kriteria, nilai, poin, n (children of 6-59 months). nilai of the sum is the
    sum of the points and its poin the class, 0 (very good) to 3 (problematic). sd is the SD itself. Flagged children
    are out of sd, kemencengan, keruncingan. Where a value is missing its points are, and the sum is.
    """
    age = np.floor(measurements["umur_hari"].to_numpy(float) / MONTH_DAYS)
    asked = measurements["terakhir"].to_numpy(bool) & (age >= YOUNGEST) & (age < OLDEST)
    rows, age = measurements[asked], age[asked]
    keys = pd.DataFrame({"periode": rows["bulan"], "kode": code_at_level(rows["kode_desa"], tingkat)})
    grouped = keys.groupby(["periode", "kode"], sort=True)
    group, places = np.asarray(grouped.ngroup(), dtype=np.int64), grouped.size().rename("n").reset_index()
    values = _values(rows, age, group, len(places))
    names = list_places(tingkat).set_index("kode")["nama"]
    places = places.assign(nama=places["kode"].map(names), tingkat=tingkat)
    criteria = load_smart()
    points = {name: give_points(criteria[name], value) for name, value in values.items()}
    total: Floats = np.sum(list(points.values()), axis=0)
    values[SUM], points[SUM] = total, give_points(criteria[SUM], total)
    parts = [
        places.assign(kriteria=name, nilai=values[name], poin=points[name], _order=order)
        for order, name in enumerate(criteria)
    ]
    table = pd.concat(parts).rename_axis("_row").reset_index().sort_values(["_row", "_order"], ignore_index=True)
    table["poin"] = table["poin"].astype("Int64")
    return table[["periode", "tingkat", "kode", "nama", "kriteria", "nilai", "poin", "n"]]


def _values(rows: pd.DataFrame, age: Floats, group: npt.NDArray[np.int64], size: int) -> dict[str, Floats]:
    def count(mask: Any) -> Floats:
        return np.bincount(group[np.asarray(mask, dtype=bool)], minlength=size).astype(float)

    def digits(column: str) -> Floats:
        cell = tenths(rows[column])
        known = cell >= 0
        counts = np.bincount(group[known] * DIGITS + cell[known] % DIGITS, minlength=size * DIGITS)
        return digit_score(counts.reshape(size, DIGITS).astype(float))[0]

    z = rows["zs_bbtb"].to_numpy(float)
    scored = ~np.isnan(z)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.bincount(group[scored], z[scored], size) / count(scored)
        kept = scored & (np.abs(z - mean[group]) <= FLAG)
        flagged = 100 * (1 - count(kept) / count(scored))
    powers = np.array([np.bincount(group[kept], z[kept] ** power, size) for power in POWERS])
    sd, skewness, kurtosis = (estimate[0] for estimate in moments(count(kept), powers))
    return {
        "penanda": flagged,
        "jenis_kelamin": p_of_ratio(count(rows["jk"] == "L"), count(rows["jk"] == "P"), SEX_RATIO),
        "umur": p_of_ratio(count(age < MIDDLE), count(age >= MIDDLE), AGE_RATIO),
        "akhir_berat": digits("berat_kg"),
        "akhir_tinggi": digits("tinggi_cm"),
        "sd": sd,
        "kemencengan": skewness,
        "keruncingan": kurtosis,
    }


def give_points(criterion: Criterion, values: Floats) -> Floats:
    """Return the points of each value; missing stays missing. A flagged share on a limit still has the better points.

    The SD is judged by how far it is from 1, skewness and kurtosis by their size.
    """
    distance = {"sd": np.abs(values - 1), "kemencengan": np.abs(values), "keruncingan": np.abs(values)}
    judged = np.round(distance.get(criterion.id, values), 10)
    limits = np.asarray(criterion.batas)
    if criterion.is_p:  # above the first limit is best
        limits, judged = -limits, -judged
    place = np.searchsorted(limits, judged, side="left" if criterion.id == "penanda" else "right")
    points: Floats = np.asarray(criterion.poin, dtype=float)[np.minimum(place, len(limits))]
    return np.where(np.isnan(values), np.nan, points)
