"""The WHO curves around one child, and the child's own measurements where they stand among them. No drawing here."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.growth import DAYS_PER_MONTH
from analytics.growth_lookup import HEIGHT_FROM_DAY, STANDING_DIFFERENCE_CM, STANDING_FROM_DAY
from data.growth_tables import SEXES, load_tables, measure_at

SDS = (-3, -2, -1, 0, 2, 3)
CURVE_INDICES = ("tbu", "bbu", "bbtb")
LAST_MONTH, MONTH_STEP, LEAST_MONTHS = 60, 6, 24
CM_STEP, LEAST_CM = 5, 20
POINTS = 120  # of a curve


def child_points(history: pd.DataFrame, index: str) -> pd.DataFrame:
    """Return the child's points among the curves of an index, oldest first: tgl_ukur, x, y, z, wajar.

    `history`: stored measurements of one child. x is the age in completed parts of a month, or for `bbtb` the length or
    height in cm; heights are those the score is made of (0.7 cm for another position than the age asks for). Only
    measurements that have a score; wajar is False where it is implausible.
    """
    rows = history[history[f"zs_{index}"].notna()].sort_values("tgl_ukur", ignore_index=True)
    height = adjusted_height(rows)
    months = rows["umur_hari"].to_numpy() / DAYS_PER_MONTH
    return pd.DataFrame(
        {
            "tgl_ukur": rows["tgl_ukur"],
            "x": height if index == "bbtb" else months,
            "y": height if index == "tbu" else rows["berat_kg"].to_numpy(dtype=np.float64),
            "z": rows[f"zs_{index}"],
            "wajar": (rows[f"tanda_{index}"] == 0).fillna(False).astype("bool"),
        }
    )


def adjusted_height(rows: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Return the length (under two years) or height in cm that the scores are made of."""
    day, position = rows["umur_hari"], rows["cara_ukur"].fillna("")
    height = rows["tinggi_cm"].to_numpy(dtype=np.float64)
    taller = ((position == "berdiri") & (day >= STANDING_FROM_DAY) & (day < HEIGHT_FROM_DAY)).to_numpy()
    smaller = ((position == "terlentang") & (day >= HEIGHT_FROM_DAY)).to_numpy()
    return np.asarray(height + STANDING_DIFFERENCE_CM * taller - STANDING_DIFFERENCE_CM * smaller)


def is_standing(history: pd.DataFrame) -> bool:
    """True when the child's latest measurement counts as a height: from two years on."""
    return bool(len(history)) and bool(history["umur_hari"].max() >= HEIGHT_FROM_DAY)


def window(points: pd.DataFrame, index: str) -> tuple[float, float]:
    """Return the part of the x axis to draw: the child's own with some room, in whole steps, never less than two years
    or 20 cm.
    """
    step, least, low, high = (
        (CM_STEP, LEAST_CM, 45, 120) if index == "bbtb" else (MONTH_STEP, LEAST_MONTHS, 0, LAST_MONTH)
    )
    first, last = (points["x"].min(), points["x"].max()) if len(points) else (low, high)
    start = max(low, step * np.floor((first - step / 2) / step))
    end = min(high, step * np.ceil((last + step / 2) / step))
    start = max(low, min(start, high - least)) if end - start < least else start
    return float(start), float(min(high, max(end, start + least)))


def curves(index: str, jk: str, start: float, end: float, standing: bool) -> pd.DataFrame:
    """Return the WHO curves of a sex between two x: sd (`SDS`), x (months, or cm for `bbtb`), y (cm or kg).

    `bbtb` is by height where `standing`, else by length; what the standard does not cover is left out.
    """
    name = {"tbu": "lfa", "bbu": "wfa"}.get(index, "wfh" if standing else "wfl")
    table = load_tables()[name]
    unit = 10 if index == "bbtb" else DAYS_PER_MONTH
    low, high = max(start * unit, table.first), min(end * unit, table.last)
    keys = np.unique(np.rint(np.linspace(low, max(low, high), POINTS)).astype(np.int64))
    row, column = SEXES.index(jk), keys - table.first
    L, M, S = (part[row, column] for part in (table.L, table.M, table.S))
    return pd.concat(
        [pd.DataFrame({"sd": sd, "x": keys / unit, "y": measure_at(sd, L, M, S)}) for sd in SDS], ignore_index=True
    )
