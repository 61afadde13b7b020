"""Change of a prevalence between two months for the same places, with the interval that says whether it is certain."""

import numpy as np
import pandas as pd

from analytics.disclosure import Cleared
from analytics.intervals import newcombe

SMALLEST_SHOWN = 0.005  # percentage points: less than this is no change at two decimals


def compare_months(cleared: Cleared, awal: str, kini: str) -> Cleared:
    """Return one row a place present in the cleared prevalence table of one indicator.

    Columns: kode, nama, persen_awal, bawah_awal, atas_awal, n_awal, penyebut_awal, the same for kini, selisih,
    bawah95, atas95 (percentage points, Newcombe, as if the groups were independent: they share children, so the
    interval is rather too wide), arah ("naik", "turun", "tetap" or missing), pasti (bool). Withheld cells stay missing.
    """
    table = cleared.table
    columns = {"persen": "persen", "bawah95": "bawah", "atas95": "atas", "n": "n", "penyebut": "penyebut"}
    sides = []
    for name, periode in (("awal", awal), ("kini", kini)):
        side = table[table["periode"] == periode].set_index("kode")[list(columns)]
        sides.append(side.rename(columns={old: f"{new}_{name}" for old, new in columns.items()}))
    both = sides[0].join(sides[1], how="outer").reset_index()
    both.insert(1, "nama", both["kode"].map(table.drop_duplicates("kode").set_index("kode")["nama"]))
    floats = {c: both[c].to_numpy("float64", na_value=np.nan) for c in both.columns if c not in ("kode", "nama")}
    lower, upper = newcombe(floats["n_awal"], floats["penyebut_awal"], floats["n_kini"], floats["penyebut_kini"])
    both["selisih"] = floats["persen_kini"] - floats["persen_awal"]
    both["bawah95"], both["atas95"] = 100 * lower, 100 * upper
    both["arah"] = _direction(both["selisih"])
    both["pasti"] = (both["bawah95"] > 0) | (both["atas95"] < 0)
    return Cleared(both, cleared.ruang)


def _direction(difference: pd.Series) -> pd.Series:
    words = pd.Series("tetap", index=difference.index, dtype="str")
    words = words.mask(difference >= SMALLEST_SHOWN, "naik").mask(difference <= -SMALLEST_SHOWN, "turun")
    return words.where(difference.notna())
