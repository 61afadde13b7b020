"""Heights and weights of the sample data: drawn from the WHO tables so that the number of stunted children is exact.

The scores are computed here a second time, apart from analytics/growth.py, because an export carries the scores of the
system it comes from; the comparison of both is then a comparison of two computations.
"""

import numpy as np
import numpy.typing as npt

from data.growth_tables import LmsTable, load_tables, measure_at

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

STANDING_FROM_DAY = 731
STUNTED_BELOW = -2.005  # what rounds to less than -2.00
TBU_SD = 1.1  # within a village and age
TBU_LIMITS = (-4.6, 4.2)
BBTB_MEAN, BBTB_SD, BBTB_LIMITS = -0.3, 1.05, (-3.6, 3.6)
# Children start near the WHO median and fall behind in the second half of the first year (TB/U z at these days of age).
AGE_DAYS, AGE_HEIGHT = (0, 180, 730, 1826), (0.45, 0.3, -0.12, -0.08)
MONTHLY_MEMORY = {"tbu": 0.995, "bbtb": 0.97}  # correlation of a child's score with that of a month before


def pick(mask: Bools, group: Ints, counts: Ints, key: Floats) -> Bools:
    """Return the `counts[g]` members of `mask` with the smallest `key` in every group g (all of them if fewer)."""
    order = np.lexsort((np.where(mask, key, np.inf), group))
    sizes = np.bincount(group, minlength=len(counts))
    rank = np.empty(len(group), dtype=np.int64)
    rank[order] = np.arange(len(group)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return mask & (rank < counts[group])


def walk(start: Floats, gaps_months: list[int], memory: float, random: np.random.Generator) -> Floats:
    """Return a standard normal track over rounds, shape (rounds, children): the first is `start`."""
    tracks = [start]
    for gap in gaps_months:
        kept = memory**gap
        tracks.append(kept * tracks[-1] + np.sqrt(1 - kept**2) * random.standard_normal(len(start)))
    return np.stack(tracks)


def take(name: str, girl: Bools, key: Ints) -> tuple[Floats, Floats, Floats]:
    """Return L, M, S of a standard for each child; keys beyond the table take its end."""
    table = load_tables()[name]
    column = np.clip(key, table.first, table.last) - table.first
    row = girl.astype(np.int64)
    return table.L[row, column], table.M[row, column], table.S[row, column]


def draw_heights(
    z: Floats, girl: Bools, age_days: Ints, floor_mm: Floats, heaped: Bools, group: Ints, counted: Bools, stunted: Ints
) -> Ints:
    """Return heights in mm, in each group exactly `stunted[g]` of the `counted` children below -2 SD.

    `z` is the wish; it is moved by one step a group until about the right number is stunted, then the children
    nearest to the cut-off are put on their side of it. No height falls below `floor_mm` (what was measured before);
    `heaped` heights are read to half a centimetre.
    """
    _, median_cm, spread = take("lfa", girl, age_days)
    wish = np.clip(z + _steps(z, group, counted, stunted)[group], *TBU_LIMITS)
    height = np.rint(10 * median_cm * (1 + spread * wish))
    height = np.maximum(np.where(heaped, 5 * np.rint(height / 5), height), floor_mm)
    limit = np.ceil(10 * median_cm * (1 + spread * STUNTED_BELOW)) - 1
    distance = (height - limit) / (median_cm * spread)
    short = pick(counted & (floor_mm <= limit), group, stunted, distance)
    placed = np.where(short, np.minimum(height, limit), np.maximum(height, limit + 1))
    return np.where(counted, placed, height).astype(np.int64)


def _steps(z: Floats, group: Ints, counted: Bools, stunted: Ints) -> Floats:
    """Return for each group how far its scores must move for `stunted[g]` of them to lie below the cut-off."""
    steps = np.zeros(len(stunted))
    for place, wanted in enumerate(stunted):
        scores = np.sort(z[counted & (group == place)])
        if 0 < wanted < len(scores):
            steps[place] = STUNTED_BELOW - (scores[wanted - 1] + scores[wanted]) / 2
    return steps


def height_for_z(z: Floats, girl: Bools, age_days: Ints) -> Floats:
    """Return the height in whole mm that scores z."""
    _, median_cm, spread = take("lfa", girl, age_days)
    return np.asarray(np.rint(10 * median_cm * (1 + spread * z)))


def draw_weights(z: Floats, girl: Bools, age_days: Ints, height_mm: Ints, heaped: Bools) -> Floats:
    """Return weights in kg (one decimal) whose BB/TB score is about `BBTB_MEAN + BBTB_SD * z`."""
    wish = np.clip(BBTB_MEAN + BBTB_SD * z, *BBTB_LIMITS)
    by_position = zip(take("wfl", girl, height_mm), take("wfh", girl, height_mm), strict=True)
    lms = [np.where(age_days < STANDING_FROM_DAY, lying, standing) for lying, standing in by_position]
    weight = measure_at(wish, *lms)
    return np.asarray(np.round(np.where(heaped, np.rint(2 * weight) / 2, weight), 1), dtype=np.float64)


def score_like_export(girl: Bools, age_days: Ints, height_mm: Floats, weight_kg: Floats) -> dict[str, Floats]:
    """Return z of tbu, bbu and bbtb, two decimals, NaN where height, weight or the table is missing."""
    known_mm = np.nan_to_num(height_mm, nan=0.0).astype(np.int64)
    by_length = {
        name: np.where(_covers(load_tables()[name], known_mm), _score(weight_kg, *take(name, girl, known_mm)), np.nan)
        for name in ("wfl", "wfh")
    }
    _, median_cm, spread = take("lfa", girl, age_days)
    scores = {
        "tbu": (height_mm / 10 / median_cm - 1) / spread,
        "bbu": _score(weight_kg, *take("wfa", girl, age_days)),
        "bbtb": np.where(age_days < STANDING_FROM_DAY, by_length["wfl"], by_length["wfh"]),
    }
    return {index: np.round(z, 2) for index, z in scores.items()}


def _covers(table: LmsTable, key: Ints) -> Bools:
    return np.asarray((key >= table.first) & (key <= table.last))


def _score(weight: Floats, L: Floats, M: Floats, S: Floats) -> Floats:
    """Return z of weights; beyond 3 SD in steps as wide as from 2 to 3 SD (WHO's rule for weight)."""
    z = np.where(L == 0, np.log(weight / M) / S, ((weight / M) ** L - 1) / (np.where(L == 0, 1.0, L) * S))
    side = np.where(z > 0, 1.0, -1.0)
    third, second = measure_at(3 * side, L, M, S), measure_at(2 * side, L, M, S)
    return np.asarray(np.where(np.abs(z) > 3, side * (3 + (weight - third) / (third - second)), z), dtype=np.float64)
