"""One round of the sample data: who came, what was measured and written down, with the mistakes that registers have."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.extensions import ExtensionArray

from data.sample_growth import (
    AGE_DAYS,
    AGE_HEIGHT,
    STANDING_FROM_DAY,
    TBU_SD,
    Bools,
    Floats,
    Ints,
    draw_heights,
    draw_weights,
    height_for_z,
    pick,
    score_like_export,
)
from data.sample_people import stream

AGE_LIMITS_DAYS = (7, 1820)  # posyandu sees nobody in the first week; a few days short of 60 months in every calendar
SHARE_WRONG = 0.004  # heights typed so wrongly that z is implausible
SHARE_UNMEASURED = 0.005  # height missing
SHARE_UNWEIGHED = 0.005
SHARE_SHRUNK = 0.003
SHARE_DISAGREE = {"tbu": 0.003, "bbu": 0.001, "bbtb": 0.001}  # the export's status is not that of its own score
WRONG_FROM_AGE_DAYS = 365
HEAPED_WEIGHTS = 0.05
VITAMIN_A_MONTHS = (2, 8)
NEW_UNDER_DAYS = 60

EXPORT_TERMS = {
    "tbu": ("Sangat Pendek", "Pendek", "Normal", "Tinggi"),
    "bbu": ("Sangat Kurang", "Kurang", "Berat Badan Normal", "Risiko Lebih"),
    "bbtb": ("Gizi Buruk", "Gizi Kurang", "Gizi Baik", "Risiko Gizi Lebih", "Gizi Lebih", "Obesitas"),
}
UPPER_LIMITS = {"tbu": (3,), "bbu": (1,), "bbtb": (1, 2, 3)}
PLAUSIBLE = {"tbu": (-6, 6), "bbu": (-6, 5), "bbtb": (-5, 5)}


@dataclass(frozen=True)
class Plan:
    """What a round must come to: by kecamatan the children with a plausible height score and the stunted among them."""

    periode: str
    diukur: Ints
    stunting: Ints
    terakhir: bool

    @property
    def wrong(self) -> Ints:
        """Return by kecamatan the rows with an implausible height, beside `diukur`."""
        return np.asarray(np.rint(SHARE_WRONG * self.diukur), dtype=np.int64)

    @property
    def unmeasured(self) -> Ints:
        """Return by kecamatan the rows without a height, beside `diukur`."""
        return np.asarray(np.rint(SHARE_UNMEASURED * self.diukur), dtype=np.int64)

    @property
    def rows(self) -> Ints:
        """Return by kecamatan all rows of the round."""
        return self.diukur + self.wrong + self.unmeasured


@dataclass
class Chart:
    """What earlier rounds left on each child's chart; `tallest_mm` starts at birth and never falls."""

    tallest_mm: Floats
    measured: Bools
    weight_kg: Floats
    came_last: Bools


@dataclass(frozen=True)
class Visit:
    """The children of one round: positions in `people`, and what is known before anything is measured."""

    child: Ints
    girl: Bools
    group: Ints
    age_days: Ints
    date: npt.NDArray[np.datetime64]
    counted: Bools
    wrong: Bools


def new_chart(people: pd.DataFrame) -> Chart:
    """Return the charts before the first round."""
    nobody = np.zeros(len(people), dtype=np.bool_)
    unknown = np.full(len(people), np.nan)
    return Chart(people["panjang_lahir_mm"].to_numpy(copy=True), nobody.copy(), unknown, nobody.copy())


def measure_round(people: pd.DataFrame, chart: Chart, plan: Plan, tall: Floats, thin: Floats) -> pd.DataFrame:
    """Return what a round writes down, one row a child that came (index: position in `people`), and update `chart`.

    `tall` and `thin` are the children's scores of this round (standard normal, n of `people`).
    """
    random = stream(f"putaran {plan.periode}")
    visit = _invite(people, plan, random)
    child = visit.child
    z = np.interp(visit.age_days, AGE_DAYS, AGE_HEIGHT) + people["awal_desa"].to_numpy()[child] + TBU_SD * tall[child]
    heaped = random.random(len(child)) < people["heaping"].to_numpy()[child]
    true_mm = draw_heights(
        z, visit.girl, visit.age_days, chart.tallest_mm[child], heaped, visit.group, visit.counted, plan.stunting
    )
    heavy = random.random(len(child)) < HEAPED_WEIGHTS
    weight = draw_weights(thin[child], visit.girl, visit.age_days, true_mm, heavy)
    weight[pick(visit.counted, np.zeros_like(child), _part(SHARE_UNWEIGHED, child), random.random(len(child)))] = np.nan
    height = _write_heights(visit, true_mm.astype(np.float64), chart, plan.terakhir, random)
    rows = pd.DataFrame(
        {
            "tgl_ukur": visit.date,
            "umur_hari": visit.age_days,
            "berat_kg": weight,
            "tinggi_cm": height / 10,
            "cara_ukur": np.where(visit.age_days < STANDING_FROM_DAY, "terlentang", "berdiri"),
            "naik_berat": _weight_gain(visit, weight, chart, plan, random),
        },
        index=child,
    )
    _update(chart, visit, true_mm, weight)
    rows = rows.assign(**_write_statuses(visit, height, weight, random))
    return rows.assign(**_other_services(visit, thin[child], plan, random))


def _invite(people: pd.DataFrame, plan: Plan, random: np.random.Generator) -> Visit:
    """Choose who comes: of those under five the `plan.rows` most willing, a few of whom are measured wrongly or not."""
    count = len(people)
    late = np.where(random.random(count) < 0.1, np.floor(5 * random.random(count)), 0).astype(np.int64)
    days = people["hari_posyandu"].to_numpy() - 1 + late
    dates = np.datetime64(plan.periode, "D") + days.astype("timedelta64[D]")
    age = (dates - people["tgl_lahir"].to_numpy().astype("datetime64[D]")).astype(np.int64)
    group = people["kecamatan_nomor"].to_numpy()
    youngest, oldest = AGE_LIMITS_DAYS
    reluctance = random.random(count) + 0.3 * people["enggan"].to_numpy()
    came = pick((age >= youngest) & (age <= oldest), group, plan.rows, reluctance)
    wrong = pick(came & (age >= WRONG_FROM_AGE_DAYS), group, plan.wrong, random.random(count))
    unmeasured = pick(came & ~wrong, group, plan.unmeasured, random.random(count))
    child = np.flatnonzero(came)
    girl = people["jk"].to_numpy() == "P"
    return Visit(child, girl[child], group[child], age[child], dates[child], ~(wrong | unmeasured)[child], wrong[child])


def _write_heights(visit: Visit, true_mm: Floats, chart: Chart, last: bool, random: np.random.Generator) -> Floats:
    """Return the heights as written, in mm: NaN where not measured, a few absurd, a few below the one before.

    A height that shrinks stays on its side of the cut-off. Absurdly tall is written only in the last round: otherwise
    the next, right height would look like shrinking.
    """
    before = chart.tallest_mm[visit.child]
    shrunk = before - np.floor(5 + 16 * random.random(len(before)))
    limit = height_for_z(np.full(len(before), -2.005), visit.girl, visit.age_days)
    lowest = height_for_z(np.full(len(before), -5.5), visit.girl, visit.age_days)
    same_side = (shrunk > limit + 1) | ((true_mm < limit - 1) & (shrunk > lowest))
    possible = visit.counted & chart.measured[visit.child] & same_side
    slips = pick(possible, np.zeros_like(visit.child), _part(SHARE_SHRUNK, visit.child), random.random(len(before)))
    low = -6.6 - 1.6 * random.random(len(before))
    tall = last & (random.random(len(before)) < 0.5)
    absurd = height_for_z(np.where(tall, -low, low), visit.girl, visit.age_days)
    written = np.where(visit.counted, np.where(slips, shrunk, true_mm), np.nan)
    return np.where(visit.wrong, absurd, written)


def _write_statuses(
    visit: Visit, height_mm: Floats, weight_kg: Floats, random: np.random.Generator
) -> dict[str, object]:
    """Return score and status of three indices as the export gives them; a few statuses are those of the next class."""
    columns: dict[str, object] = {}
    for index, z in score_like_export(visit.girl, visit.age_days, height_mm, weight_kg).items():
        steps = [z >= -3, z >= -2, *(z > limit for limit in UPPER_LIMITS[index])]
        place = np.sum(steps, axis=0)
        slipped = random.random(len(z)) < SHARE_DISAGREE[index]
        place = np.where(slipped, np.where(place == 0, 1, place - 1), place)
        low, high = PLAUSIBLE[index]
        columns[f"status_{index}_asal"] = _texts(np.array(EXPORT_TERMS[index])[place], (z >= low) & (z <= high))
        columns[f"zs_{index}_asal"] = z
    return columns


def _weight_gain(visit: Visit, weight: Floats, chart: Chart, plan: Plan, random: np.random.Generator) -> ExtensionArray:
    """Return N (gained), T (not), O (not weighed last time), B (new), missing where not weighed.

    The round before stands for "last month"; the first round has none and is filled at random.
    """
    before = chart.weight_kg[visit.child]
    guess = np.where(random.random(len(before)) < 0.75, "N", "T")
    known = np.where(weight > before, "N", "T")
    gain = np.where(chart.came_last[visit.child] & ~np.isnan(before), known, "O")
    gain = np.where(chart.measured.any(), gain, guess)
    return _texts(np.where(visit.age_days < NEW_UNDER_DAYS, "B", gain), ~np.isnan(weight))


def _other_services(visit: Visit, thin: Floats, plan: Plan, random: np.random.Generator) -> dict[str, object]:
    """Return LiLA, vitamin A, KPSP and KIA; vitamin A is given in February and August from six months."""
    count = len(visit.child)
    months = visit.age_days / 30.4375
    lila = np.round(13.4 + 0.03 * months + 0.8 * thin + 0.3 * random.standard_normal(count), 1)
    has_lila = (months >= 6) & (random.random(count) < 0.6)
    month = int(plan.periode[5:])
    given = (months >= 6) & (random.random(count) < 0.93) & (month in VITAMIN_A_MONTHS)
    return {
        "lila_cm": np.where(has_lila, lila, np.nan),
        "vitamin_a": _texts(np.full(count, "1"), given),
        "kpsp": np.where(random.random(count) < 0.62, "Ya", "Tidak"),
        "kia": np.where(random.random(count) < 0.95, "Ya", "Tidak"),
    }


def _update(chart: Chart, visit: Visit, true_mm: Ints, weight: Floats) -> None:
    seen = visit.child[visit.counted]
    chart.tallest_mm[seen] = true_mm[visit.counted]
    chart.measured[seen] = True
    chart.came_last[:] = False
    chart.came_last[visit.child] = True
    chart.weight_kg[:] = np.nan
    chart.weight_kg[visit.child] = weight


def _texts(texts: npt.NDArray[np.str_], known: Bools) -> ExtensionArray:
    return pd.Series(texts, dtype="str").where(known).array


def _part(share: float, rows: Ints) -> Ints:
    return np.array([round(share * len(rows))])
