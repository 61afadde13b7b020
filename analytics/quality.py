"""How far the measurements of a place and month can be trusted: every check of `mutu.toml`, judged only when sure."""

import math

import numpy as np
import pandas as pd

from analytics.prevalence import code_at_level, list_places
from analytics.quality_stats import Estimate, Floats, digit_score, dissimilarity, moments, sex_ratio, share
from analytics.quality_sums import HISTOGRAMS, INDICES, KEYS, POWERS
from config.places import place_names
from config.quality import Check, load_checks

POSYANDU = "posyandu"
COLUMNS = ["periode", "tingkat", "kode", "nama", "pemeriksaan", "nilai", "batas", "penilaian"]
GOOD, UNSURE, CARE, BAD = "baik", "belum_pasti", "perhatian", "masalah"
TOO_FEW, NO_DATA = "terlalu_sedikit", "tidak_ada_data"
SEVERITY = {CARE: 1, BAD: 2}
DIGIT_VIEWS = ("tinggi_akhir", "tinggi_cm", "berat_akhir")
MONTH_LENGTHS = np.array([31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
# check: cases and denominator among the sums
SHARES = {
    "tinggi_kosong": ("tinggi_kosong", "n"),
    "berat_kosong": ("berat_kosong", "n"),
    "tinggi_0_5": ("tinggi_0_5", "tinggi_ada"),
    "berat_0_5": ("berat_0_5", "berat_ada"),
    "tinggi_menyusut": ("menyusut", "pernah"),
    "status_berbeda": ("status_berbeda", "status_dibanding"),
    "kembar": ("kembar", "n"),
    "ukur_ganda": ("ukur_ganda", "baris"),
    "tgl_lahir_bulat": ("tgl_bulat", "n"),
    **{f"tidak_wajar_{index}": (f"{index}_tidak_wajar", f"{index}_semua") for index in INDICES},
}


def add_up(sums: pd.DataFrame, tingkat: str, kelompok: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the sums of `build_quality` by month and place of a level: periode, kode, nama, then the counts.

    `tingkat`: kabupaten, kecamatan, kelompok (needs `kelompok`), desa or posyandu, whose code is that of its desa and
    its name. In order of month and code; places without measured or registered children are left out.
    """
    counts = [name for name in sums.columns if name not in KEYS]
    kode = sums["kode_desa"] if tingkat == POSYANDU else code_at_level(sums["kode_desa"], tingkat, kelompok)
    place = [sums["bulan"].rename("periode"), kode.rename("kode")]
    if tingkat == POSYANDU:
        place.append(sums["posyandu"])
    total = sums[counts].groupby(place, sort=True).sum(min_count=1).copy().reset_index()
    named = total.assign(**_names(total, tingkat, kelompok)).drop(columns=POSYANDU, errors="ignore")
    return named.copy()  # in one piece again: there are many columns


def _names(total: pd.DataFrame, tingkat: str, kelompok: pd.DataFrame | None) -> dict[str, pd.Series]:
    if tingkat != POSYANDU:
        names = list_places(tingkat, kelompok=kelompok).set_index("kode")["nama"]
        return {"nama": total["kode"].map(names)}
    name = total[POSYANDU].str.title()
    shown = ("Posyandu " + name).where(name != "", "Tanpa nama posyandu") + ", " + total["kode"].map(place_names())
    return {"nama": shown, "kode": total["kode"] + "." + total[POSYANDU].replace("", "-")}


def judge_quality(totals: pd.DataFrame, tingkat: str) -> pd.DataFrame:
    """Return every check of every row of `add_up`: COLUMNS, then n and penyebut of the shares, bawah and atas.

    In order of the rows, then of importance. nilai is missing where nothing was counted. penilaian: masalah or
    perhatian when the whole interval lies beyond that limit, belum_pasti when only the value does, baik,
    terlalu_sedikit (below the check's minimum) or tidak_ada_data.
    """
    parts = []
    derived = _with_derived(totals)
    for place, check in enumerate(load_checks().values()):
        estimate, count, cases = _estimate(check.id, derived)
        value, lower, upper = estimate
        part = totals[["periode", "kode", "nama"]].assign(
            pemeriksaan=check.id,
            nilai=np.where(count > 0, value, np.nan),
            batas=check.batas,
            penilaian=judge(check, estimate, count),
            n=cases,
            penyebut=count,
            bawah=lower,
            atas=upper,
            _check=place,
        )
        parts.append(part)
    table = pd.concat(parts)
    table = table.assign(tingkat=tingkat, _row=table.index).sort_values(["_row", "_check"], ignore_index=True)
    return table[[*COLUMNS, "n", "penyebut", "bawah", "atas"]]


def judge(check: Check, estimate: Estimate, count: Floats) -> list[str]:
    """Return the penilaian of `judge_quality` for estimates of one check, each on its own count."""
    value, lower, upper = estimate

    def beyond(limits: tuple[float, float], low: Floats, high: Floats) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
        return np.asarray((high < limits[0]) | (low > limits[1]))

    with np.errstate(invalid="ignore"):
        cases = [
            (count == 0) | np.isnan(count) | np.isnan(value),
            count < check.minimum,
            beyond(check.masalah, lower, upper),
            beyond(check.perhatian, lower, upper),
            beyond(check.perhatian, value, value),
        ]
    names = [NO_DATA, TOO_FEW, BAD, CARE, UNSURE]
    return [str(name) for name in np.select(cases, names, default=GOOD)]


def _with_derived(totals: pd.DataFrame) -> pd.DataFrame:
    extra = {
        "tinggi_kosong": totals["n"] - totals["tinggi_ada"],
        "berat_kosong": totals["n"] - totals["berat_ada"],
        "tinggi_0_5": totals["tinggi_akhir_0"] + totals["tinggi_akhir_5"],
        "berat_0_5": totals["berat_akhir_0"] + totals["berat_akhir_5"],
    }
    extra |= {f"{index}_semua": totals[f"{index}_z"] + totals[f"{index}_tidak_wajar"] for index in INDICES}
    return pd.concat([totals, pd.DataFrame(extra)], axis="columns")


def _estimate(check: str, totals: pd.DataFrame) -> tuple[Estimate, Floats, Floats]:
    """Return value with limits, the denominator, and the cases (missing where the check is no share)."""
    none = np.full(len(totals), np.nan)
    if check in SHARES:
        cases, total = (_floats(totals[name]) for name in SHARES[check])
        return share(cases, total), total, cases
    if check == "cakupan":
        measured, registered = _floats(totals["n"]), _floats(totals["terdaftar"])
        value = share(measured, registered)[0]
        return (value, value, value), np.nan_to_num(registered), measured
    if check == "rasio_jk":
        boys, girls = _floats(totals["laki"]), _floats(totals["perempuan"])
        return sex_ratio(boys, girls), boys + girls, none
    if check in ("umur", "bulan_lahir"):
        counts = histogram(totals, "umur" if check == "umur" else "lahir")
        width = np.ones(counts.shape[1]) if check == "umur" else MONTH_LENGTHS
        return dissimilarity(counts, width / width.sum()), counts.sum(axis=1), none
    if check.startswith("angka_akhir_"):
        counts = histogram(totals, f"{check.rsplit('_', 1)[1]}_akhir")
        return digit_score(counts), counts.sum(axis=1), none
    kind, index = check.split("_")
    n = _floats(totals[f"{index}_z"])
    powers = np.array([_floats(totals[f"{index}_s{power}"]) for power in POWERS])
    return dict(zip(("sd", "kemencengan", "keruncingan"), moments(n, powers), strict=True))[kind], n, none


def histogram(totals: pd.DataFrame, name: str) -> Floats:
    """Return the counts[place, cell] of one of `HISTOGRAMS`."""
    return np.asarray(totals[[f"{name}_{cell}" for cell in range(HISTOGRAMS[name])]], dtype=float)


def _floats(values: pd.Series) -> Floats:
    return np.asarray(values.to_numpy("float64", na_value=math.nan), dtype=float)


def tabulate_digits(totals: pd.DataFrame) -> pd.DataFrame:
    """Return how often each last digit was written: periode, kode, ukuran (of `DIGIT_VIEWS`), digit, n, persen."""
    parts = []
    for view in DIGIT_VIEWS:
        counts = histogram(totals, view)
        with np.errstate(divide="ignore", invalid="ignore"):
            percent = 100 * counts / counts.sum(axis=1, keepdims=True)
        for digit in range(counts.shape[1]):
            part = totals[["periode", "kode"]].assign(ukuran=view, digit=digit)
            parts.append(part.assign(n=counts[:, digit].astype(int), persen=percent[:, digit]))
    return pd.concat(parts, ignore_index=True)
