"""Score measurements against the WHO child growth standards (2006): z-scores, flags and status of four indices.

Behaves as WHO's own reference implementation does. The work is done in blocks that fit the processor's cache, so
that all the rules together cost little more than the bare formula (benchmarks/p1_zskor.py).
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.growth_lookup import (
    AGE_ROWS,
    BEFORE_BIRTH,
    FIRST_MM,
    HEIGHT_FROM_CM,
    HEIGHT_OFFSET,
    LAST_MM,
    POSITION_COLUMNS,
    POSITIONS,
    TOO_OLD,
    UNKNOWN_AGE,
    Ints,
    Lms,
    age_rows,
    load_lookup,
)
from analytics.status import INDICES, LOWEST, MISSING, Codes, classify, flags, status
from data.growth_tables import SEXES, Floats

OEDEMA = ("tidak", "ya")

_BLOCK_ROWS = 40_000
"""Few enough that the columns of a block stay in the cache, many enough that Python itself costs nothing."""

_UNITS_PER_MM = 100

NO_LENGTH_CM = 0.7  # what the change of position takes off at most: a length up to this may end at nothing

MADE_UP_Z = 5.005  # below this an IMT/U would round to a plausible score

DAYS_PER_MONTH = 30.4375
AGE_GROUPS = ("0-5", "6-11", "12-23", "24-35", "36-47", "48-59")
_GROUP_STARTS = (0, 6, 12, 24, 36, 48)
_GROUP_END = 60


def score(
    jk: npt.ArrayLike,
    umur_hari: npt.ArrayLike,
    berat_kg: npt.ArrayLike,
    tinggi_cm: npt.ArrayLike,
    cara_ukur: npt.ArrayLike | None = None,
    edema: npt.ArrayLike | None = None,
) -> pd.DataFrame:
    """Score n measurements; return n rows with zs_*, tanda_*, status_* for tbu, bbu, bbtb, imtu (index of `jk`).

    jk "L"|"P", umur_hari in days (float allowed, rounded half up; NaN unknown), berat_kg, tinggi_cm (NaN, 0 or
    negative: not measured), cara_ukur "terlentang"|"berdiri"|missing, edema "ya"|"tidak"|missing. Any other text
    counts as missing. Categoricals are the fastest form of the texts.

    zs_* float64 with two decimals, NaN where none. tanda_* Int8: 1 implausible, 0 plausible, missing where no z.
    status_* ordered categorical of the terms of Permenkes 2/2020, missing where there is no z or an implausible one;
    with oedema bbu, bbtb and imtu have no z and the lowest status.
    Source: WHO Child Growth Standards 2006 and WHO's reference implementation.
    """
    sex = encode(jk, SEXES)
    age, weight, height = (np.asarray(part, dtype=np.float64) for part in (umur_hari, berat_kg, tinggi_cm))
    unknown = np.full(sex.shape, MISSING, dtype=np.int8)
    position = unknown if cara_ukur is None else encode(cara_ukur, POSITIONS)
    oedema = (unknown if edema is None else encode(edema, OEDEMA)) == 1

    z = np.empty((len(INDICES), len(sex)))
    classes = np.empty(z.shape, dtype=np.int8)
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        for start in range(0, len(sex), _BLOCK_ROWS):
            part = slice(start, start + _BLOCK_ROWS)
            block = (sex[part], age[part], weight[part], height[part], position[part], oedema[part])
            _score_block(*block, z[:, part], classes[:, part])

    columns: dict[str, object] = {f"zs_{index}": z[row] for row, index in enumerate(INDICES)}
    columns |= {f"tanda_{index}": flags(classes[row]) for row, index in enumerate(INDICES)}
    # Only after the flags: with oedema there is nothing to flag, but a class there is.
    _class_oedema(classes, np.flatnonzero(oedema), sex, age)
    columns |= {f"status_{index}": status(index, classes[row]) for row, index in enumerate(INDICES)}
    return pd.DataFrame(columns, index=jk.index if isinstance(jk, pd.Series) else None, copy=False)


def age_days(tgl_lahir: pd.Series, tgl_ukur: pd.Series) -> pd.Series:
    """Return the age in days (float, NaN where a date is missing; negative where measured before birth)."""
    return (tgl_ukur.dt.normalize() - tgl_lahir.dt.normalize()).dt.days.astype("float64")


def age_months(umur_hari: npt.ArrayLike) -> Floats:
    """Return completed months of ages in days: floor(days / 30.4375), NaN where the age is unknown."""
    return np.asarray(np.floor(np.asarray(umur_hari, dtype=np.float64) / DAYS_PER_MONTH), dtype=np.float64)


def age_group(umur_hari: npt.ArrayLike) -> pd.Categorical:
    """Return the age group ("0-5" ... "48-59" completed months) of ages in days, missing outside 0 to 59 months."""
    months = age_months(umur_hari)
    inside = (months >= 0) & (months < _GROUP_END)
    codes = np.where(inside, np.searchsorted(_GROUP_STARTS, months, side="right") - 1, MISSING)
    return pd.Categorical.from_codes(codes, categories=AGE_GROUPS, ordered=True)


def encode(values: npt.ArrayLike, terms: tuple[str, ...]) -> Codes:
    """Return the position of each text in `terms` as int8 (n,), -1 for missing and for any other text."""
    if isinstance(values, pd.Series | pd.Index):
        values = values.array
    if isinstance(values, pd.Categorical):
        if tuple(values.categories) == terms:
            return np.asarray(values.codes)
        # The place behind the categories serves code -1 (missing).
        places = np.append(encode(list(values.categories), terms), np.int8(MISSING))
        return np.asarray(places[values.codes], dtype=np.int8)
    return np.asarray(pd.Index(terms).get_indexer(pd.Index(values, dtype="str")), dtype=np.int8)


def _score_block(
    sex: Codes,
    age: Floats,
    weight: Floats,
    height: Floats,
    position: Codes,
    oedema: npt.NDArray[np.bool_],
    z: Floats,
    classes: Codes,
) -> None:
    """Fill z and classes (each 4 x rows, in the order of INDICES) of one block."""
    lookup = load_lookup()
    age_row = age_rows(age)
    # The unknown sex is -1: the index counts from the end and meets the third block, which is NaN.
    child = sex * np.intp(AGE_ROWS) + age_row
    place = child * POSITION_COLUMNS + (position + 1)
    weight = np.where((weight > 0) & ~oedema, weight, np.nan)
    no_length = np.flatnonzero(height <= NO_LENGTH_CM)
    height = height + lookup.adjust_cm[place]
    start = lookup.first_row[place]
    ageless = np.flatnonzero(age_row == UNKNOWN_AGE)
    start[ageless[(position[ageless] == MISSING) & (height[ageless] >= HEIGHT_FROM_CM)]] += HEIGHT_OFFSET

    scores = {
        "tbu": _height_for_age(height, child, lookup.tbu),
        "bbu": _weight_for_age(weight, child, lookup.bbu),
        "bbtb": _weight_for_length(weight, height, start, lookup.bbtb),
        "imtu": _weight_for_age(weight / (height * height) * 10_000, child, lookup.imtu),
    }
    scores["tbu"][no_length[height[no_length] <= 0]] = np.nan
    # The reference squares a length of nothing into a BMI; only what is flagged anyway may leave.
    made_up = no_length[np.abs(scores["imtu"][no_length]) < MADE_UP_Z]
    scores["imtu"][made_up] = np.nan
    _round_and_class(scores, z, classes)


def _round_and_class(scores: dict[str, Floats], z: Floats, classes: Codes) -> None:
    """Fill z and classes from unrounded scores by index, which are overwritten."""
    for row, index in enumerate(INDICES):
        hundredths = scores[index]
        hundredths *= 100
        np.rint(hundredths, out=hundredths)
        classes[row] = classify(index, hundredths)
        # Adding zero turns -0 into 0.
        hundredths += 0.0
        np.divide(hundredths, 100, out=z[row])


def _height_for_age(height: Floats, child: Ints, table: Lms) -> Floats:
    """Return unrounded z of length or height for age; L is 1 at every age, and no score is corrected beyond +-3."""
    z = height / table.M[child]
    z -= 1
    z /= table.LS[child]
    return z


def _weight_for_age(measure: Floats, child: Ints, table: Lms) -> Floats:
    """Return unrounded z of weight or BMI for age, by the row of each child in the table."""
    return _weight_score(measure, table.L[child], table.M[child], table.LS[child])


def _weight_for_length(weight: Floats, height: Floats, start: Ints, table: Lms) -> Floats:
    """Return unrounded z of weight for length or height, L, M and S interpolated between whole mm."""
    # Whole hundredths of a mm: as floats, 44.6 + 0.7 is not 45.3 and 103.1 cm are not 1031 tenths, and a length that
    # is 110 but for its last digit would fall out of the table.
    mm = height * (10 * _UNITS_PER_MM)
    np.rint(mm, out=mm)
    mm /= _UNITS_PER_MM
    mm = np.fmin(np.fmax(mm, FIRST_MM), LAST_MM)
    whole = np.floor(mm)
    row = start + whole.astype(np.intp)
    M, LS = table.M[row], table.LS[row]
    mm -= whole
    # The last row of a table has no row behind it: a whole mm must not look there.
    above = row + (mm > 0)
    M += mm * (table.M[above] - M)
    # L is one number a sex in these tables, so that L S interpolates like S.
    LS += mm * (table.LS[above] - LS)
    return _weight_score(weight, table.L[row], M, LS)


def _weight_score(measure: Floats, L: Floats, M: Floats, LS: Floats) -> Floats:
    """Return unrounded z; beyond +-3 one SD is as wide as from 2 to 3 on that side, as WHO has it for weights."""
    z = measure / M
    z **= L
    z -= 1
    z /= LS
    far = np.flatnonzero(np.abs(z) > 3)
    side = np.sign(z[far])
    L, M, LS = L[far], M[far], LS[far]
    sd2, sd3 = (M * (1 + k * side * LS) ** (1 / L) for k in (2, 3))
    z[far] = 3 * side + (measure[far] - sd3) / np.abs(sd3 - sd2)
    return z


def _class_oedema(classes: Codes, rows: Ints, sex: Codes, age: Floats) -> None:
    """Put the children with oedema into the lowest class, weighed or not, of every index their sex and age has."""
    rows = rows[sex[rows] != MISSING]
    age_row = age_rows(age[rows])
    of_age = rows[(age_row > BEFORE_BIRTH) & (age_row < TOO_OLD)]
    bbu, bbtb, imtu = (classes[INDICES.index(name)] for name in ("bbu", "bbtb", "imtu"))
    bbu[of_age] = bbtb[of_age] = imtu[of_age] = LOWEST
    bbtb[rows[age_row == UNKNOWN_AGE]] = LOWEST
