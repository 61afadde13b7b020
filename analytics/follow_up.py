"""Who needs somebody's visit: measured too long ago, growing worse, or with problems that are red around them."""

import numpy as np
import pandas as pd

from config.matching import load_matching
from config.values import threshold

KECAMATAN_CODE = len("63.11.01")
LATE, WORSE, RED = "terlambat", "memburuk", "merah"
REASONS = (LATE, WORSE, RED)


def latest_growth(pengukuran: pd.DataFrame) -> pd.DataFrame:
    """Return by id_anak: terakhir (day last measured), zs_tbu (latest plausible), beda_z (against the one before)."""
    last = pengukuran.groupby("id_anak")["tgl_ukur"].max().rename("terakhir")
    scored = pengukuran[pengukuran["terakhir"] & (pengukuran["tanda_tbu"] == 0)].sort_values(["id_anak", "tgl_ukur"])
    scored = scored.assign(beda_z=scored.groupby("id_anak")["zs_tbu"].diff().round(2))
    newest = scored.drop_duplicates("id_anak", keep="last").set_index("id_anak")[["zs_tbu", "beda_z"]]
    return last.to_frame().join(newest)


def count_red(jawaban: pd.DataFrame) -> pd.Series:
    """Return by id_sasaran how many of its problems are red in its kecamatan: more than the limit have them.

    `jawaban`: the answers of one round a kind of sasaran.
    """
    asked = jawaban[jawaban["jawaban"].isin(["0", "1"])]
    asked = asked.assign(kecamatan=asked["kode_desa"].str[:KECAMATAN_CODE], punya=asked["jawaban"] == "1")
    share = asked.groupby(["jenis_sasaran", "kecamatan", "parameter"])["punya"].transform("mean")
    red = asked["punya"] & (100 * share > threshold("parameter_merah").nilai + 1e-9)
    return red.groupby(asked["id_sasaran"]).sum()


def months_late(terakhir: pd.Series, newest: pd.Timestamp | None) -> pd.Series:
    """Return how many months before the month of `newest` each day lies; missing where there is no day."""
    if newest is None or pd.isna(newest):
        return pd.Series(np.nan, index=terakhir.index)
    return 12 * (newest.year - terakhir.dt.year) + (newest.month - terakhir.dt.month)


def reasons(people: pd.DataFrame) -> dict[str, pd.Series]:
    """Return {reason: mask} of people with `jeda_bulan`, `beda_z`, `merah`; who was never measured is late too."""
    limits = load_matching()
    late = people["jeda_bulan"].isna() | (people["jeda_bulan"] >= limits["terlambat_bulan"].nilai)
    worse = people["beda_z"] <= -limits["memburuk_z"].nilai
    return {LATE: late, WORSE: worse.fillna(False), RED: people["merah"] > 0}
