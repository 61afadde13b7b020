"""The small table behind the page on data quality: sums by month and posyandu that simply add up to any place.

Made once, at import, without a loop over children or places. Everything is counted on the measurement that counts (the
latest of a child in a month); only `ukur_ganda` looks at the others.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.measurements import EXPORT_INDICES, differs_from_export
from data.kubus import AGE_LIMIT_DAYS, REGISTER_MONTHS

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

KEYS = ["bulan", "kode_desa", "posyandu"]
INDICES = EXPORT_INDICES
MONTH_DAYS = 30.4375
AGES, BIRTH_MONTHS, DIGITS = 60, 12, 10
POWERS = (1, 2, 3, 4)
ROUND_DAYS = (1, 15)
HISTOGRAMS = {
    "tinggi_akhir": DIGITS,  # last digit of the millimetres
    "tinggi_cm": DIGITS,  # last digit of the whole centimetres
    "berat_akhir": DIGITS,  # last digit of the hundreds of grams
    "umur": AGES,  # completed months
    "lahir": BIRTH_MONTHS,
}
SAME_CHILD = ["kode_desa", "posyandu", "jk", "tgl_lahir", "tgl_ukur", "berat_kg", "tinggi_cm"]


def build_quality(measurements: pd.DataFrame) -> pd.DataFrame:
    """Return the sums, one row a month and posyandu that has children measured or registered: `KEYS`, then counts.

    baris: all rows; ukur_ganda: rows that do not count; n: those that do, of which laki, perempuan, tinggi_ada,
    berat_ada, pernah (height known from earlier), menyusut (lower than then), status_dibanding, status_berbeda,
    kembar, tgl_bulat; terdaftar (missing in the first month); `{index}_z`, `{index}_tidak_wajar` and the power sums
    `{index}_s1` ... `{index}_s4` of the plausible z; `{histogram}_{cell}` for `HISTOGRAMS`. A posyandu is known by
    its desa and its name in capitals; its name is empty where none is written.
    """
    rows = measurements.reset_index(drop=True)
    rows = rows.assign(posyandu=_tidy(rows["posyandu"]))
    cells = _number_months(rows)
    counted = rows["terakhir"].to_numpy(bool)
    groups, group = _group(rows, cells)
    size = len(groups)
    mine = group[counted]
    latest = rows[counted]

    def count(mask: Any = None) -> Ints:
        flags = slice(None) if mask is None else np.asarray(mask, dtype=bool)
        return np.bincount(mine[flags], minlength=size)

    columns: dict[str, Any] = {"baris": np.bincount(group, minlength=size)}
    columns["n"] = count()
    columns["ukur_ganda"] = columns["baris"] - columns["n"]
    columns |= {name: count(mask) for name, mask in _flags(rows, latest, counted).items()}
    for index in INDICES:
        columns |= _moments(latest, index, mine, size)
    for name, values in _histogram_cells(latest).items():
        known = values >= 0
        width = HISTOGRAMS[name]
        table = np.bincount(mine[known] * width + values[known], minlength=size * width).reshape(size, width)
        columns |= {f"{name}_{cell}": table[:, cell] for cell in range(width)}
    measured = pd.concat([groups, pd.DataFrame(columns)], axis="columns")
    return _with_register(measured, rows, cells)


def empty_quality() -> pd.DataFrame:
    """Return the table of `build_quality` without a row."""
    plain = [
        "terdaftar", "baris", "n", "ukur_ganda", "laki", "perempuan", "tinggi_ada", "berat_ada", "pernah", "menyusut",
        "status_dibanding", "status_berbeda", "kembar", "tgl_bulat",
    ]  # fmt: skip
    scores = [f"{index}_{part}" for index in INDICES for part in ("z", "tidak_wajar", *(f"s{each}" for each in POWERS))]
    cells = [f"{name}_{cell}" for name, width in HISTOGRAMS.items() for cell in range(width)]
    return pd.DataFrame({name: pd.Series(dtype="str") for name in KEYS} | dict.fromkeys([*plain, *scores, *cells], 0.0))


def _tidy(posyandu: pd.Series) -> pd.Series:
    """Return the names of posyandu in capitals with single spaces, so that spelling does not split one; "" for none."""
    codes, kinds = pd.factorize(posyandu, use_na_sentinel=True)
    tidy = np.array([*(" ".join(str(kind).upper().split()) for kind in kinds), ""], dtype=object)
    return pd.Series(tidy[codes], index=posyandu.index, dtype="str")


def _number_months(rows: pd.DataFrame) -> Ints:
    """Return the month of each row as months since 1970."""
    return np.asarray(rows["tgl_ukur"].to_numpy().astype("datetime64[M]").astype(np.int64))


def _group(rows: pd.DataFrame, months: Ints) -> tuple[pd.DataFrame, Ints]:
    """Return the groups (KEYS) in order, and the group of each row."""
    keys = rows[KEYS].assign(bulan=months)
    number = np.asarray(keys.groupby(KEYS, sort=True).ngroup(), dtype=np.int64)
    first = np.zeros(int(number.max(initial=-1)) + 1, dtype=np.int64)
    first[number[::-1]] = np.arange(len(rows))[::-1]
    return rows.loc[first, KEYS].reset_index(drop=True), number


def _flags(rows: pd.DataFrame, latest: pd.DataFrame, counted: Bools) -> dict[str, Any]:
    """Return the masks over the counted rows whose sums are columns."""
    seen, shrunk = _against_history(rows)
    masks = [differs_from_export(latest, index) for index in EXPORT_INDICES]
    born = latest["tgl_lahir"].dt.day
    return {
        "laki": latest["jk"] == "L",
        "perempuan": latest["jk"] == "P",
        "tinggi_ada": latest["tinggi_cm"].notna(),
        "berat_ada": latest["berat_kg"].notna(),
        "pernah": seen[counted],
        "menyusut": shrunk[counted],
        "status_dibanding": np.any([compared for compared, _ in masks], axis=0),
        "status_berbeda": np.any([differs for _, differs in masks], axis=0),
        "kembar": _twins(latest),
        "tgl_bulat": born.isin(ROUND_DAYS),
    }


def _against_history(rows: pd.DataFrame) -> tuple[Bools, Bools]:
    """Return where a height has an earlier one of the same child, and where it is below the highest of those.

    `rows` are ordered by child and date, as they are stored.
    """
    height = rows["tinggi_cm"]
    child = rows["id_anak"]
    tallest = height.groupby(child, sort=False).cummax().groupby(child, sort=False).ffill()
    before = tallest.groupby(child, sort=False).shift().to_numpy()
    now = height.to_numpy()
    seen = ~np.isnan(before) & ~np.isnan(now)
    with np.errstate(invalid="ignore"):
        return seen, seen & (now < before)


def _twins(latest: pd.DataFrame) -> Bools:
    """Return where another child has the same place, sex, dates, weight and height, both of them measured."""
    whole = (latest["berat_kg"].notna() & latest["tinggi_cm"].notna()).to_numpy()
    found = np.zeros(len(latest), dtype=bool)
    found[whole] = latest.loc[whole, SAME_CHILD].duplicated(keep=False)
    return found


def _moments(latest: pd.DataFrame, index: str, group: Ints, size: int) -> dict[str, Any]:
    flag = latest[f"tanda_{index}"].to_numpy("float64", na_value=np.nan)
    plausible, odd = flag == 0, flag == 1
    z = latest[f"zs_{index}"].to_numpy(float)[plausible]
    sums = {f"{index}_s{power}": np.bincount(group[plausible], z**power, size) for power in POWERS}
    counts = {f"{index}_z": np.bincount(group[plausible], minlength=size)}
    return counts | {f"{index}_tidak_wajar": np.bincount(group[odd], minlength=size)} | sums


def _histogram_cells(latest: pd.DataFrame) -> dict[str, Ints]:
    """Return for each histogram the cell of every row, -1 where it has none."""
    height, weight = tenths(latest["tinggi_cm"]), tenths(latest["berat_kg"])
    age = np.floor(latest["umur_hari"].to_numpy(float) / MONTH_DAYS).astype(np.int64)
    return {
        "tinggi_akhir": np.where(height < 0, -1, height % DIGITS),
        "tinggi_cm": np.where(height < 0, -1, height // DIGITS % DIGITS),
        "berat_akhir": np.where(weight < 0, -1, weight % DIGITS),
        "umur": np.where((age >= 0) & (age < AGES), age, -1),
        "lahir": latest["tgl_lahir"].dt.month.to_numpy(np.int64) - 1,
    }


def tenths(values: pd.Series) -> Ints:
    """Return sizes in whole tenths of their unit, rounded half up; -1 where missing."""
    numbers = values.to_numpy(float)
    missing = np.isnan(numbers)
    return np.where(missing, -1, np.floor(np.where(missing, 0, numbers) * 10 + 0.5 + 1e-6)).astype(np.int64)


def _with_register(measured: pd.DataFrame, rows: pd.DataFrame, months: Ints) -> pd.DataFrame:
    """Return the sums with `terdaftar`, and rows for posyandu of which nobody came that month; as `build_register`.

    Every last measurement of a month registers its child at its posyandu until the next one, for at most a year and
    while the child is under 60 months: that is a first and a last month, and counting is adding both ends.
    """
    ordered = rows.assign(nomor=months).sort_values(["tgl_ukur", "baris"], kind="stable")
    ordered = ordered.drop_duplicates(["id_anak", "nomor"], keep="last")
    ordered = ordered.sort_values(["id_anak", "nomor"], kind="stable")
    known = np.unique(months)
    begin = ordered["nomor"].to_numpy()
    same = (ordered["id_anak"].to_numpy()[1:] == ordered["id_anak"].to_numpy()[:-1]) if len(begin) else []
    following = np.append(np.where(same, begin[1:], np.iinfo(np.int64).max), np.iinfo(np.int64).max)[: len(begin)]
    end = np.minimum(following - 1, begin + REGISTER_MONTHS - 1)
    end = np.maximum(begin, np.minimum(end, _last_young_month(ordered["tgl_lahir"])))
    first, last = np.searchsorted(known, begin), np.searchsorted(known, end, side="right")
    places = ordered[KEYS[1:]].groupby(KEYS[1:], sort=True)
    place = np.asarray(places.ngroup(), dtype=np.int64)
    names = places.size().index.to_frame(index=False)
    width = len(known) + 1
    steps = np.bincount(place * width + first, minlength=len(names) * width)
    steps -= np.bincount(place * width + last, minlength=len(names) * width)
    count = steps.reshape(len(names), width).cumsum(axis=1)[:, :-1]
    labels = known.astype("datetime64[M]").astype(str)
    register = pd.concat([names.assign(bulan=label, terdaftar=count[:, at]) for at, label in enumerate(labels)])
    merged = register[register["terdaftar"] > 0].merge(measured, on=KEYS, how="outer")
    counts = [name for name in merged.columns if name not in KEYS]
    whole = {name: "float64" if name[-3:-1] == "_s" else "int64" for name in counts}
    merged = merged.fillna(dict.fromkeys(counts, 0)).astype(whole)
    terdaftar = merged["terdaftar"].astype("Int64").mask(merged["bulan"] == labels[0])
    return merged.assign(terdaftar=terdaftar).sort_values(KEYS, ignore_index=True)


def _last_young_month(born: pd.Series) -> Ints:
    """Return the last month (since 1970) at whose end the child is still under 60 months."""
    limit = born.to_numpy().astype("datetime64[D]") + np.timedelta64(int(np.ceil(AGE_LIMIT_DAYS)) - 1, "D")
    month = limit.astype("datetime64[M]")
    is_end = (limit + np.timedelta64(1, "D")).astype("datetime64[M]") != month
    return np.asarray(month.astype(np.int64) - ~is_end)
