"""Prevalence by place and month from the kubus: pooled counts, Wilson intervals, classes, coverage."""

import numpy as np
import pandas as pd

from analytics.intervals import wilson
from config.indicators import class_labels, class_lower_bounds, load_indicators
from config.places import load_desa, load_kecamatan, load_region

PLACE_COLUMNS = ["tingkat", "kode", "nama"]
NO_DATA = "tidak ada data"
GROUP = "kelompok"


def list_places(tingkat: str, wilayah: str | None = None, kelompok: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the places of a level (kabupaten, kecamatan, kelompok, desa) within `wilayah`: kode, nama.

    `kelompok`: the table of `groups_of`; without it there is no such level. Raises KeyError for an unknown level,
    ValueError for a code that is no place served here.
    """
    region = load_region()
    levels = {
        "kabupaten": pd.DataFrame({"kode": [region.kode], "nama": [region.nama]}),
        "kecamatan": load_kecamatan()[["kode", "nama"]],
        "desa": load_desa()[["kode", "nama"]],
    }
    if kelompok is not None:
        known = kelompok.drop_duplicates("kode").sort_values("kode", ignore_index=True)
        levels[GROUP] = known[["kode", "nama"]]
    if wilayah is None:
        return levels[tingkat]
    if not any((places["kode"] == wilayah).any() for places in levels.values()):
        raise ValueError(wilayah)
    places = levels[tingkat]
    inside = places["kode"].map(lambda kode: kode == wilayah or kode.startswith(f"{wilayah}."))
    return places[inside].reset_index(drop=True)


def code_at_level(kode_desa: pd.Series, tingkat: str, kelompok: pd.DataFrame | None = None) -> pd.Series:
    """Return for each desa code the code of the place of `tingkat` it lies in; `kelompok` as in `list_places`."""
    if kelompok is not None and tingkat == GROUP:
        return kode_desa.map(kelompok.set_index("kode_desa")["kode"])
    if tingkat == "desa":
        return kode_desa
    desa = load_desa()
    if tingkat == "kabupaten":
        return pd.Series(load_region().kode, index=kode_desa.index)
    return kode_desa.map(desa.set_index("kode")["kode_kecamatan"])


def classify_percent(percent: pd.Series) -> pd.Series:
    """Return the prevalence class (lower bound belongs to the class) of each percentage; missing stays missing."""
    codes = np.searchsorted(class_lower_bounds(), percent.to_numpy(dtype=float), side="right") - 1
    labels = pd.Series(np.array(class_labels(), dtype=object)[codes], index=percent.index)
    return labels.where(percent.notna())


def tabulate_prevalence(
    kubus: pd.DataFrame,
    indikator: list[str],
    tingkat: str,
    periode: str | None = None,
    wilayah: str | None = None,
    kelompok: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return prevalence: one row a month, place and indicator, in that order, places without data included.

    Columns: periode, tingkat, kode, nama, indikator, n (cases), penyebut (children with a plausible z), persen,
    bawah95, atas95 (percent, Wilson), kelas, catatan. Rates are pooled from counts, never a mean of percentages.
    `kelompok` is needed for that level, see `list_places`.
    """
    if periode:
        kubus = kubus[kubus["bulan"] == periode]
    months = sorted(kubus["bulan"].unique())
    places = list_places(tingkat, wilayah, kelompok)
    counted = kubus.assign(kode=code_at_level(kubus["kode_desa"], tingkat, kelompok))
    sums = counted.groupby(["bulan", "kode"]).sum(numeric_only=True)
    grid = pd.MultiIndex.from_product([months, places["kode"]], names=["bulan", "kode"])
    sums = sums.reindex(grid)
    parts = []
    for chosen in load_indicators():
        if chosen.id in indikator:
            cases = sums[list(chosen.pembilang)].sum(axis="columns", min_count=1)
            parts.append(pd.DataFrame({"n": cases, "penyebut": sums[chosen.penyebut]}).assign(indikator=chosen.id))
    if not parts or not months:
        return _with_rates(pd.DataFrame(columns=["bulan", "kode", "n", "penyebut", "indikator"]), tingkat, places)
    return _with_rates(pd.concat(parts).reset_index(), tingkat, places)


def _with_rates(counts: pd.DataFrame, tingkat: str, places: pd.DataFrame) -> pd.DataFrame:
    n = counts["n"].astype("Int64")
    total = counts["penyebut"].astype("Int64")
    x, size = n.to_numpy("float64", na_value=np.nan), total.to_numpy("float64", na_value=np.nan)
    lower, upper = wilson(x, size)
    with np.errstate(divide="ignore", invalid="ignore"):
        percent = pd.Series(100 * x / size, index=counts.index)
    table = pd.DataFrame(
        {
            "periode": counts["bulan"],
            "tingkat": tingkat,
            "kode": counts["kode"],
            "nama": counts["kode"].map(places.set_index("kode")["nama"]),
            "indikator": counts["indikator"],
            "n": n,
            "penyebut": total,
            "persen": percent,
            "bawah95": 100 * lower,
            "atas95": 100 * upper,
            "kelas": classify_percent(percent),
            "catatan": "",
        }
    )
    empty = total.isna() | (total == 0)
    table.loc[empty, ["n", "penyebut"]] = pd.NA
    table.loc[empty, "catatan"] = NO_DATA
    order = {name: place for place, name in enumerate(places["kode"])}
    place = table["kode"].map(order)
    return table.assign(_place=place).sort_values(["periode", "_place"], kind="stable").drop(columns="_place")


def tabulate_coverage(register: pd.DataFrame, tingkat: str, periode: str) -> pd.DataFrame:
    """Return measured over registered children of a month: kode, diukur, terdaftar, persen (missing in the first)."""
    month = register[register["bulan"] == periode]
    counted = month.assign(kode=code_at_level(month["kode_desa"], tingkat))
    sums = counted.groupby("kode", as_index=False)[["diukur", "terdaftar"]].sum(min_count=1)
    return sums.assign(persen=100 * sums["diukur"] / sums["terdaftar"])


def count_left_out(kubus: pd.DataFrame, periode: str) -> pd.DataFrame:
    """Return why measured children of a month have no height-for-age that counts: bulan, sebab, jumlah.

    sebab: tidak_wajar (implausible z), tanpa_z (none could be computed).
    """
    month = kubus[kubus["bulan"] == periode]
    odd = int(month["tbu_tidak_wajar"].sum())
    counts = {"tidak_wajar": odd, "tanpa_z": int(month["diukur"].sum() - month["tbu_z"].sum()) - odd}
    return pd.DataFrame({"bulan": periode, "sebab": list(counts), "jumlah": list(counts.values())})
