"""Pregnant women with KEK: status by place and period, and where the women of one period stand in a later one."""

import numpy as np
import pandas as pd

from analytics.notes import NO_WOMAN, SOME_UNJUDGED
from analytics.prevalence import code_at_level, list_places
from config.values import threshold

NORMAL, BORN, WATCHED, LEFT = "hamil_normal", "melahirkan_normal", "dalam_pemantauan", "keluar"
STATUSES = [NORMAL, BORN, WATCHED, LEFT]
NOT_YET = "belum_terdaftar"
COLUMNS = ["periode", "tingkat", "kode", "nama", *STATUSES, "jumlah", "catatan"]
FLOW_COLUMNS = ["awal", "kini", "status_awal", "status_kini", "jumlah", "catatan"]


def judge_status(status: pd.Series, lila_cm: pd.Series) -> pd.Series:
    """Return the status, judged from LiLA (cm) where it is missing: strictly below the limit is still watched.

    Missing where both are missing.
    """
    limit = threshold("lila_kek").nilai
    judged = pd.Series(NORMAL, index=lila_cm.index, dtype="str").mask(lila_cm < limit, WATCHED)
    return status.astype("str").fillna(judged.where(lila_cm.notna()))


def latest_status(bumil: pd.DataFrame, periode: str) -> pd.DataFrame:
    """Return one row a woman registered up to the end of `periode`: id_sasaran, kode_desa, status of the latest record.

    `bumil`: one row a woman and date (id_sasaran, kode_desa, tanggal, periode, lila_cm, status). Of two records of one
    day the later row counts. A record without status and LiLA tells nothing and takes no earlier status away; a woman
    with no other keeps a missing status.
    """
    return _latest(_in_order(bumil), periode)


def _in_order(bumil: pd.DataFrame) -> pd.DataFrame:
    """Return the records so that of each woman, in any period, the last one seen counts."""
    judged = judge_status(bumil["status"], bumil["lila_cm"])
    records = bumil[["id_sasaran", "kode_desa", "periode", "tanggal"]].assign(status=judged, _told=judged.notna())
    return records.sort_values(["_told", "periode", "tanggal"], kind="stable", na_position="first")


def _latest(records: pd.DataFrame, periode: str) -> pd.DataFrame:
    seen = records.loc[records["periode"] <= periode, ["id_sasaran", "kode_desa", "status"]]
    return seen.drop_duplicates("id_sasaran", keep="last", ignore_index=True)


def tabulate_kek(
    bumil: pd.DataFrame,
    tingkat: str,
    periode: str | None = None,
    wilayah: str | None = None,
    kelompok: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return one row a period and place, in that order: women by their latest status up to the end of that period.

    Columns: `COLUMNS`; jumlah: all women registered so far, whatever became of them. A place where no woman is
    registered has empty counts and says so. `kelompok` is needed for that level. Raises KeyError, ValueError as
    `list_places` does.
    """
    places = list_places(tingkat, wilayah, kelompok)
    records = _in_order(bumil)
    records = records.assign(kode_desa=code_at_level(records["kode_desa"], tingkat, kelompok))
    periods = [moment for moment in sorted(records["periode"].dropna().unique()) if periode in (None, moment)]
    parts = [_count_women(_latest(records, moment), places).assign(periode=moment) for moment in periods]
    if not parts:
        counts = [*STATUSES, "jumlah"]
        return pd.DataFrame({name: pd.Series(dtype="Int64" if name in counts else "object") for name in COLUMNS})
    return pd.concat(parts, ignore_index=True).assign(tingkat=tingkat)[COLUMNS]


def _count_women(latest: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Return a row a place; `latest` has the code of the place as kode_desa."""
    place = pd.Index(places["kode"]).get_indexer(pd.Index(latest["kode_desa"]))
    status = pd.Index(STATUSES).get_indexer(pd.Index(latest["status"]))
    counted = (place >= 0) & (status >= 0)
    width = len(STATUSES)
    counts = np.bincount(place[counted] * width + status[counted], minlength=len(places) * width).reshape(-1, width)
    table = pd.DataFrame(counts, columns=STATUSES, dtype="Int64").assign(jumlah=pd.array(counts.sum(axis=1)))
    nobody = counts.sum(axis=1) == 0
    unjudged = np.isin(np.arange(len(places)), place[status < 0])
    return table.mask(np.repeat(nobody[:, None], width + 1, axis=1)).assign(
        kode=places["kode"],
        nama=places["nama"],
        catatan=np.select([unjudged, nobody], [SOME_UNJUDGED, NO_WOMAN], default=""),
    )


def kek_flow(bumil: pd.DataFrame, awal: str, kini: str, wilayah: str | None = None) -> pd.DataFrame:
    """Return where the women registered by the end of `awal` stand at the end of `kini`, and who came in between.

    Columns: `FLOW_COLUMNS`, one row a pair of statuses in the order of `STATUSES`, zeros included; status_awal is
    "belum_terdaftar" for women registered after `awal`. `wilayah` keeps the women whose latest record lies in it.
    Raises ValueError for a place that is not served here or when `kini` lies before `awal`.
    """
    if kini < awal:
        raise ValueError(f"{kini} lebih awal daripada {awal}")
    list_places("kabupaten", wilayah)
    now = latest_status(bumil, kini).dropna(subset="status")
    if wilayah is not None:
        now = now[now["kode_desa"].map(lambda kode: kode == wilayah or kode.startswith(f"{wilayah}."))]
    before = latest_status(bumil, awal).dropna(subset="status").set_index("id_sasaran")["status"]
    start = now["id_sasaran"].map(before).astype("str").fillna(NOT_YET)
    pairs = pd.MultiIndex.from_product([[*STATUSES, NOT_YET], STATUSES], names=["status_awal", "status_kini"])
    counts = pd.DataFrame({"status_awal": start, "status_kini": now["status"]}).value_counts()
    flow = counts.reindex(pairs, fill_value=0).rename("jumlah").reset_index()
    return flow.assign(awal=awal, kini=kini, catatan="")[FLOW_COLUMNS]
