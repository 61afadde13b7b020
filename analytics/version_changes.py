"""What differs between two versions of any chain: rows new, changed, gone, by kecamatan and month, without names."""

import pandas as pd

from analytics.by_name import STAFF
from analytics.disclosure import Cleared
from analytics.intake_activities import ACTIVITIES
from analytics.intake_families import BUMIL, PARAMETER
from analytics.intake_kind import Tables
from config.places import load_region, place_names
from data.activities import KEY

MEASUREMENTS, NAMES = "eppgbm", "nama"
KECAMATAN_CODE = len("63.11.01")
NEW, CHANGED, GONE, SAME = KINDS = ("baru", "berubah", "hilang", "tetap")
COMPARED = {MEASUREMENTS: "pengukuran", PARAMETER: "jawaban", BUMIL: "bumil", ACTIVITIES: ACTIVITIES}
"""The table of a version that is compared, by chain."""
KEYS = {
    MEASUREMENTS: ["id_anak", "tgl_ukur"],
    PARAMETER: ["id_sasaran", "periode"],
    BUMIL: ["id_sasaran", "tanggal"],
    ACTIVITIES: KEY,
}
MONTH = {MEASUREMENTS: "bulan", PARAMETER: "periode", BUMIL: "periode", ACTIVITIES: "bulan"}
NOT_CONTENT = ["baris", "berkas", "terakhir"]  # where a row stood, and what follows from other rows


def compare_versions(rantai: str, before: pd.DataFrame | None, after: pd.DataFrame) -> pd.DataFrame:
    """Return how many rows are new, changed, gone and the same between two versions of the `COMPARED` table.

    `before` may be None: then every row is new. One row a kecamatan and month that holds any: kode, nama, bulan, and
    an int column each of `KINDS`. A row is a measurement, the answers of a sasaran in a round, a woman on a date, or an
    activity on a day (of the whole kabupaten); one that moved counts where it is now. Files read again in another order
    change nothing.
    """
    key, month = KEYS[rantai], MONTH[rantai]
    new_table = _content(after, rantai)
    old_table = new_table.iloc[:0] if before is None else _content(before, rantai)
    columns = sorted(set(new_table) | set(old_table))  # one that only one of them has counts as empty in the other
    old, new = _rows(old_table, columns, rantai), _rows(new_table, columns, rantai)
    both = old.merge(new, on=key, how="outer", suffixes=("_lama", ""), indicator="_asal")
    kind = both["_asal"].astype("str").map({"left_only": GONE, "right_only": NEW, "both": SAME})
    kind = kind.mask((kind == SAME) & (both["_isi_lama"] != both["_isi"]), CHANGED)
    place = both["_desa"].fillna(both["_desa_lama"]).str[:KECAMATAN_CODE]
    when = both["_bulan"].fillna(both["_bulan_lama"]) if month not in key else both[month]
    counts = pd.DataFrame({"kode": place, "bulan": when, "_jenis": kind}).value_counts().unstack("_jenis", fill_value=0)
    counts = counts.reindex(columns=list(KINDS), fill_value=0).astype("int64").reset_index()
    counts.insert(1, "nama", counts["kode"].map(place_names() | {load_region().kode: load_region().nama_pendek}))
    return counts.rename_axis(columns=None).sort_values(["bulan", "kode"], ignore_index=True)


def same_content(rantai: str, before: Tables, after: Tables) -> bool:
    """True when two versions hold the same rows of the `COMPARED` table and the same names, in whatever order."""
    name = COMPARED[rantai]
    if name not in before or (rantai != PARAMETER and len(before[name]) != len(after[name])):
        return False  # the usual case, told without reading every cell; an answer not given is a row too
    changes = compare_versions(rantai, before[name], after[name])
    return not changes[[NEW, CHANGED, GONE]].any(axis=None) and _row_hashes(before) == _row_hashes(after)


def _row_hashes(tables: Tables) -> list[int]:
    names = tables.get(NAMES)
    if names is None:
        return []
    texts = names[sorted(names)].astype("str").fillna("").astype("object")
    return sorted(pd.util.hash_pandas_object(texts, index=False))


def _content(table: pd.DataFrame, rantai: str) -> pd.DataFrame:
    whole = _one_row_a_sasaran(table) if rantai == PARAMETER else table
    if rantai == ACTIVITIES:
        months = table["per_tanggal"].dt.strftime("%Y-%m").astype("str")
        whole = table.assign(bulan=months, kode_desa=load_region().kode)
    return whole.drop(columns=NOT_CONTENT, errors="ignore")


def _rows(table: pd.DataFrame, columns: list[str], rantai: str) -> pd.DataFrame:
    """Return key, desa, month and a hash of the content of every row; of several under one key the last."""
    key, month = KEYS[rantai], MONTH[rantai]
    texts = table.reindex(columns=columns).apply(lambda column: column.astype("str").fillna("").astype("object"))
    rows = table[key].assign(_desa=table["kode_desa"], _isi=pd.util.hash_pandas_object(texts, index=False))
    if month not in key:
        rows["_bulan"] = table[month]
    return rows.drop_duplicates(key, keep="last")


def _one_row_a_sasaran(answers: pd.DataFrame) -> pd.DataFrame:
    given = answers[answers["jawaban"].notna()]  # a question not asked is no content
    about = answers.drop_duplicates(["id_sasaran", "periode"])[["id_sasaran", "periode", "kode_desa", "id_keluarga"]]
    wide = given.pivot_table("jawaban", ["id_sasaran", "periode"], "parameter", aggfunc="last")
    return about.merge(wide.reset_index(), on=["id_sasaran", "periode"], how="left")


def clear_changes(changes: pd.DataFrame, ruang: str) -> Cleared:
    """Return the changes for named staff; raises PermissionError for every other room, whatever the counts."""
    if ruang != STAFF:
        raise PermissionError(f"Riwayat versi tidak dibuka di ruang {ruang!r}.")
    return Cleared(changes, ruang)
