"""How far the programme's activities are: of each the newest state known, done over planned."""

import pandas as pd

from analytics.disclosure import Cleared

COLUMNS = ["kode", "kegiatan", "target", "terlaksana", "persen"]


def tabulate_activities(kegiatan: pd.DataFrame, ruang: str, periode: str | None = None) -> Cleared:
    """Return the newest state of each activity at the end of `periode` ("YYYY-MM"; None: of all): `COLUMNS`.

    `kegiatan` is the stored table. target, terlaksana in times; persen is missing where nothing was planned. Nobody is
    counted here, so every room sees all of it.
    """
    known = kegiatan if periode is None else kegiatan[kegiatan["per_tanggal"].dt.strftime("%Y-%m") <= periode]
    newest = known.sort_values("per_tanggal", kind="stable").drop_duplicates("kode", keep="last")
    table = newest.rename(columns={"target_kali": "target", "terlaksana_kali": "terlaksana"})
    planned = table["target"].astype("float64")
    table = table.assign(persen=100 * table["terlaksana"] / planned.where(planned > 0))
    return Cleared(table.sort_values("kode", ignore_index=True)[COLUMNS], ruang)
