"""Look-up tables of the scoring: everything that depends on sex, age and position alone, computed once.

Flat arrays, so that a row of measurements needs one index for all of them. A sex, an age or a length without a
standard has NaN in the tables: scores that do not exist come out as NaN without a special case.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from data.growth_tables import LAST_DAY, SEXES, Floats, LmsTable, load_tables

Ints = npt.NDArray[np.intp]

POSITIONS = ("terlentang", "berdiri")

HEIGHT_FROM_DAY = 731
"""From this day height (standing) is meant, before it length (lying)."""

STANDING_FROM_DAY = 274
"""First day of nine completed months: "standing" before it is taken as an unknown position."""

STANDING_DIFFERENCE_CM = 0.7
"""A child measures this much less standing than lying."""

HEIGHT_FROM_CM = 87
"""Where age and position are unknown, length is meant below this, else height."""

# Age rows of one sex: unknown age, before birth, days 0 to 1826, too old.
UNKNOWN_AGE, BEFORE_BIRTH, _DAY_0 = range(3)
TOO_OLD = _DAY_0 + LAST_DAY + 1
AGE_ROWS = TOO_OLD + 1
_SEX_BLOCKS = len(SEXES) + 1
POSITION_COLUMNS = len(POSITIONS) + 1

# Rows of one table by length, in mm: wide enough for both, with one more on either side for what lies beyond.
FIRST_MM, LAST_MM = 449, 1201
_MM_ROWS = LAST_MM - FIRST_MM + 1
HEIGHT_OFFSET = _SEX_BLOCKS * _MM_ROWS
"""How far the weight-for-height rows lie behind the weight-for-length rows of the same sex."""


@dataclass(frozen=True)
class Lms:
    """L, M and the product L S, flat: by sex and age row, or by kind of length, sex and mm."""

    L: Floats
    M: Floats
    LS: Floats


@dataclass(frozen=True)
class Lookup:
    """The standards by age (`tbu`, `bbu`, `imtu`) and by length or height (`bbtb`).

    By sex, age row and position: `adjust_cm` is added to the height, `first_row` to whole mm to find the row of `bbtb`.
    """

    tbu: Lms
    bbu: Lms
    imtu: Lms
    bbtb: Lms
    adjust_cm: Floats
    first_row: Ints


@cache
def load_lookup() -> Lookup:
    """Return the look-up tables (about 1 MB, built in some milliseconds at the first use)."""
    tables = load_tables()
    by_length = [_spread(tables[name], FIRST_MM, _MM_ROWS) for name in ("wfl", "wfh")]
    return Lookup(
        tbu=_spread(tables["lfa"], -_DAY_0, AGE_ROWS),
        bbu=_spread(tables["wfa"], -_DAY_0, AGE_ROWS),
        imtu=_spread(tables["bmifa"], -_DAY_0, AGE_ROWS),
        bbtb=Lms(*(np.concatenate(parts) for parts in zip(*map(_parts, by_length), strict=True))),
        adjust_cm=_adjustments(),
        first_row=_first_rows(),
    )


def age_rows(umur_hari: Floats) -> Ints:
    """Return the age row of ages in days (rounded half up): 0 unknown, 1 before birth, then days, last too old."""
    day = umur_hari + 0.5
    np.floor(day, out=day)
    # maximum keeps NaN, fmax then turns it into the row of unknown ages.
    day = np.fmax(np.maximum(day, -1), -_DAY_0)
    day += _DAY_0
    return np.asarray(np.minimum(day, TOO_OLD).astype(np.intp))


def _parts(table: Lms) -> tuple[Floats, ...]:
    return table.L, table.M, table.LS


def _spread(table: LmsTable, first: int, rows: int) -> Lms:
    """Lay a standard into `rows` rows a sex from key `first` on; what it does not cover, and the third sex, is NaN."""
    flat = []
    start = table.first - first
    for part in (table.L, table.M, table.L * table.S):
        wide = np.full((_SEX_BLOCKS, rows), np.nan)
        wide[: len(SEXES), start : start + part.shape[1]] = part
        flat.append(wide.ravel())
    return Lms(*flat)


def _adjustments() -> Floats:
    """Return the cm to add by sex, age row and position (unknown, lying, standing), flat."""
    day = np.arange(AGE_ROWS) - _DAY_0
    adjust = np.zeros((_SEX_BLOCKS, AGE_ROWS, POSITION_COLUMNS))
    lying, standing = 1, 2
    adjust[:, (day >= HEIGHT_FROM_DAY) & (day <= LAST_DAY), lying] = -STANDING_DIFFERENCE_CM
    adjust[:, (day >= STANDING_FROM_DAY) & (day < HEIGHT_FROM_DAY), standing] = STANDING_DIFFERENCE_CM
    return adjust.ravel()


def _first_rows() -> Ints:
    """Return, by sex, age row and position (flat), what to add to whole mm to get a row of `bbtb`.

    By age where it is known, else by position; both unknown: the length rows (the caller moves tall children on).
    """
    day = np.arange(AGE_ROWS) - _DAY_0
    kind = np.repeat((day >= HEIGHT_FROM_DAY)[:, None], POSITION_COLUMNS, axis=1)
    kind[UNKNOWN_AGE] = [False, False, True]
    sex = np.broadcast_to(np.arange(_SEX_BLOCKS)[:, None, None], (_SEX_BLOCKS, AGE_ROWS, POSITION_COLUMNS)).copy()
    # An age without any score leads where an unknown sex leads: to NaN.
    sex[:, (day == -1) | (day > LAST_DAY)] = len(SEXES)
    return np.asarray(sex * _MM_ROWS + kind * HEIGHT_OFFSET - FIRST_MM).ravel()
