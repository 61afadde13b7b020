"""Turns accepted e-PPGBM rows into the stored measurement table; finds what only scores or history show."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd

from analytics.growth import age_days, age_group, score
from data.findings import Finding, make_finding

INDEX_NAMES = {"tbu": "TB/U", "bbu": "BB/U", "bbtb": "BB/TB", "imtu": "IMT/U"}
EXPORT_INDICES = ("tbu", "bbu", "bbtb")
Headers = Callable[[str], str]
"""Gives the column title as written in the file for one of our column names."""
KEPT = [
    "kode_desa", "puskesmas", "posyandu", "jk", "tgl_lahir", "tgl_ukur", "berat_kg", "tinggi_cm", "cara_ukur",
    "lila_cm", "status_tbu_asal", "status_bbu_asal", "status_bbtb_asal", "zs_tbu_asal", "zs_bbu_asal", "zs_bbtb_asal",
    "naik_berat", "pmt_kg", "vitamin_a", "kpsp", "kia", "kelas_ibu", "mbg", "baris",
]  # fmt: skip


def derive_measurements(rows: pd.DataFrame, ids: pd.Series, sha256: str) -> pd.DataFrame:
    """Return the measurement table of one file: the kept columns, id_anak, bulan, umur_hari, scores, berkas."""
    age = age_days(rows["tgl_lahir"], rows["tgl_ukur"])
    scores = score(rows["jk"], age, rows["berat_kg"], rows["tinggi_cm"], rows["cara_ukur"], None)
    table = rows[KEPT].reset_index(drop=True)
    table.insert(0, "id_anak", ids.to_numpy())
    table["bulan"] = table["tgl_ukur"].dt.strftime("%Y-%m")
    table["umur_hari"] = pd.Series(age).astype("int32").to_numpy()
    table["kelompok_umur"] = age_group(table["umur_hari"])
    table = pd.concat([table, scores.reset_index(drop=True)], axis="columns")
    statuses = {column: "str" for column in table.columns if column.startswith("status_")}
    return table.astype(statuses).assign(berkas=sha256)


def merge_measurements(stored: pd.DataFrame | None, fresh: pd.DataFrame) -> pd.DataFrame:
    """Return all measurements with `fresh` replacing earlier rows of the same child and date, `terakhir` set anew."""
    table = fresh
    if stored is not None and len(stored):
        key = ["id_anak", "tgl_ukur"]
        replaced = pd.MultiIndex.from_frame(stored[key]).isin(pd.MultiIndex.from_frame(fresh[key]))
        table = pd.concat([stored[~replaced], fresh], ignore_index=True)
    table = table.sort_values(["id_anak", "tgl_ukur", "baris"], ignore_index=True)
    return table.assign(terakhir=~table.duplicated(["id_anak", "bulan"], keep="last"))


def find_in_scores(fresh: pd.DataFrame, headers: Headers) -> list[Finding]:
    """Return findings on implausible z and on export statuses that disagree with our score, one a row and index."""
    findings = []
    for index, name in INDEX_NAMES.items():
        measure = "tinggi_cm" if index == "tbu" else "berat_kg"
        odd = fresh[fresh[f"tanda_{index}"] == 1]
        for baris, value, z in zip(odd["baris"], odd[measure], odd[f"zs_{index}"], strict=True):
            shown = _decimal(value)
            findings.append(make_finding("tidak_wajar", baris, headers(measure), shown, indeks=name, z=_decimal(z)))
    for index in EXPORT_INDICES:
        findings += _find_status_differences(fresh, index, headers(f"status_{index}_asal"))
    return findings


def find_in_history(merged: pd.DataFrame, sha256: str, headers: Headers) -> list[Finding]:
    """Return findings on rows of file `sha256` that only earlier measurements show.

    A height below that of an earlier measurement; a second or later measurement in one month.
    """
    return _find_shrinking(merged, sha256, headers("tinggi_cm")) + _find_repeats(merged, sha256, headers("tgl_ukur"))


def _find_shrinking(merged: pd.DataFrame, sha256: str, kolom: str) -> list[Finding]:
    measured = merged[merged["tinggi_cm"].notna()]
    before = measured.groupby("id_anak")[["tinggi_cm", "tgl_ukur"]].shift()
    # The last height would hide a child who shrank two visits ago and has only half recovered.
    before["tinggi_cm"] = measured.groupby("id_anak")["tinggi_cm"].cummax().groupby(measured["id_anak"]).shift()
    shrunk = (measured["tinggi_cm"] < before["tinggi_cm"]) & (measured["berkas"] == sha256)
    return [
        make_finding("tinggi_menyusut", baris, kolom, _decimal(now), sebelumnya=_decimal(then), tanggal=_day(date))
        for baris, now, then, date in zip(
            measured.loc[shrunk, "baris"],
            measured.loc[shrunk, "tinggi_cm"],
            before.loc[shrunk, "tinggi_cm"],
            before.loc[shrunk, "tgl_ukur"],
            strict=True,
        )
    ]


def _find_repeats(merged: pd.DataFrame, sha256: str, kolom: str) -> list[Finding]:
    month = ["id_anak", "bulan"]
    second = merged.duplicated(month, keep="first") & (merged["berkas"] == sha256)
    rows = merged[second].merge(merged.loc[merged["terakhir"], [*month, "tgl_ukur"]], on=month, suffixes=("", "_akhir"))
    return [
        make_finding("ukur_ganda_sebulan", baris, kolom, _day(date), bulan=bulan, tanggal=_day(last))
        for baris, date, bulan, last in zip(
            rows["baris"], rows["tgl_ukur"], rows["bulan"], rows["tgl_ukur_akhir"], strict=True
        )
    ]


def _find_status_differences(fresh: pd.DataFrame, index: str, kolom: str) -> list[Finding]:
    _, differs = differs_from_export(fresh, index)
    written, ours = fresh[f"status_{index}_asal"].astype("str"), fresh[f"status_{index}"]
    name = INDEX_NAMES[index]
    return [
        make_finding("status_berbeda", baris, kolom, text, indeks=name, status=status, z=_decimal(z))
        for baris, text, status, z in zip(
            fresh.loc[differs, "baris"],
            written[differs],
            ours[differs],
            fresh.loc[differs, f"zs_{index}"],
            strict=True,
        )
    ]


def differs_from_export(rows: pd.DataFrame, index: str) -> tuple[pd.Series, pd.Series]:
    """Return the rows whose status of an index can be compared with the export's, and those where they differ."""
    codes, kinds = pd.factorize(rows[f"status_{index}_asal"], use_na_sentinel=True)
    known = _export_statuses(index)
    theirs = pd.array([*(known.get(str(kind).strip().casefold()) for kind in kinds), None], dtype="str")
    ours = rows[f"status_{index}"]
    compared = pd.Series(codes >= 0, index=rows.index) & ours.notna()
    return compared, compared & ~(ours == pd.Series(theirs[codes], index=rows.index))


def _decimal(value: float) -> str:
    return f"{value:.10g}".replace(".", ",")


def _day(date: pd.Timestamp) -> str:
    return str(date.strftime("%d-%m-%Y"))


@cache
def _export_statuses(index: str) -> dict[str, str]:
    path = Path(__file__).resolve().parent.parent / "config" / "status_asal.csv"
    table = pd.read_csv(path, dtype="str")
    chosen = table[table["indeks"] == index]
    return dict(zip(chosen["tertulis"], chosen["status"], strict=True))
