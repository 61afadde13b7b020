"""Reach: how many sasaran must lose a problem before their parameter leaves red. Whole numbers, no rounded rates."""

import pandas as pd

from analytics.disclosure import Cleared
from config.values import threshold

RANKED = ["parameter", "n", "penyebut", "persen", "pasti", "jangkauan", "kecamatan_merah", "tersebar"]


def add_reach(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of parameters (n, penyebut; as `tabulate_parameters` makes it) with `jangkauan`, Int64.

    The fewest sasaran that must go from "has the problem" to "has not": n - floor(penyebut / 2) while the limit of
    red is 50 %, because exactly the limit is no longer red. 0 where the parameter is not red; missing where nobody was
    asked or a count is withheld.
    """
    top, bottom = threshold("parameter_merah").nilai.as_integer_ratio()
    allowed = table["penyebut"].astype("Int64") * top // (100 * bottom)
    return table.assign(jangkauan=(table["n"].astype("Int64") - allowed).clip(lower=0))


def with_reach(shares: Cleared) -> Cleared:
    """Return cleared shares of parameters with their reach, see `add_reach`."""
    return Cleared(add_reach(shares.table), shares.ruang)


def rank_reach(kabupaten: Cleared, kecamatan: Cleared, nearest: bool = True) -> Cleared:
    """Return the parameters that are red in the kabupaten or in a kecamatan, the nearest to leaving red first.

    Both hold one round and one jenis_sasaran. Columns: `RANKED`; jangkauan as `add_reach` (0: red in a kecamatan only),
    kecamatan_merah: how many kecamatan are red, tersebar: the sum of their reach. First those that are red in the
    kabupaten, then the others by tersebar; the farthest first unless `nearest`. Raises ValueError for two rooms.
    """
    if kabupaten.ruang != kecamatan.ruang:
        raise ValueError("Kedua tabel dari ruang yang berbeda.")
    parts = add_reach(kecamatan.table)
    parts = parts.assign(kecamatan_merah=(parts["jangkauan"] > 0).fillna(False).astype("int64"))
    sums = parts.groupby("parameter")[["kecamatan_merah", "jangkauan"]].sum()
    whole = add_reach(kabupaten.table).join(sums.rename(columns={"jangkauan": "tersebar"}), on="parameter")
    red = (whole["jangkauan"] > 0).fillna(False).astype("bool")
    order = whole.assign(_lain=~red, _jauh=whole["jangkauan"].where(red, whole["tersebar"]))
    order = order[red | (whole["kecamatan_merah"] > 0)]
    order = order.sort_values(["_lain", "_jauh", "parameter"], ascending=[True, nearest, True], kind="stable")
    return Cleared(order[RANKED].reset_index(drop=True), kabupaten.ruang)
