"""Invented measurements for the tests of data quality: a plain table, one row a measurement, that reads well."""

from typing import Any

import numpy as np
import pandas as pd

DESA, OTHER_DESA = "63.11.01.2001", "63.11.02.2001"
_USUAL: dict[str, Any] = {
    "kode_desa": DESA, "posyandu": "MELATI", "jk": "L", "tgl_lahir": "2020-05-20", "tgl_ukur": "2022-06-05",
    "berat_kg": 11.3, "tinggi_cm": 84.2, "zs_tbu": -1.0, "zs_bbu": -0.5, "zs_bbtb": 0.2, "tanda_tbu": 0, "tanda_bbu": 0,
    "tanda_bbtb": 0, "status_tbu": "Normal", "status_bbu": "Berat badan normal", "status_bbtb": "Gizi baik",
    "status_tbu_asal": "Normal", "status_bbu_asal": "Normal", "status_bbtb_asal": "Gizi Baik", "baris": 1,
}  # fmt: skip


def measured(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Return a measurement table as it is stored; each row says what is not usual, `id_anak` counts up if not given."""
    table = pd.DataFrame([{"id_anak": f"a{number:05}"} | _USUAL | row for number, row in enumerate(rows)])
    for name in ("tgl_lahir", "tgl_ukur"):
        table[name] = pd.to_datetime(table[name], format="%Y-%m-%d")
    table = table.astype({f"tanda_{index}": "Int8" for index in ("tbu", "bbu", "bbtb")})
    table = table.sort_values(["id_anak", "tgl_ukur", "baris"], ignore_index=True)
    table["bulan"] = table["tgl_ukur"].dt.strftime("%Y-%m")
    table["umur_hari"] = (table["tgl_ukur"] - table["tgl_lahir"]).dt.days
    return table.assign(terakhir=~table.duplicated(["id_anak", "bulan"], keep="last"))


def posyandu(name: str, count: int, round_share: float, seed: int = 0) -> list[dict[str, Any]]:
    """Return the rows of a posyandu where `round_share` of the heights end in 0 or 5, all else even."""
    random = np.random.default_rng([seed, count])
    rounded = np.arange(count) < round(round_share * count)
    digit = np.where(rounded, np.arange(count) % 2 * 5, np.array([1, 2, 3, 4, 6, 7, 8, 9])[np.arange(count) % 8])
    born = pd.Timestamp("2018-01-02") + pd.to_timedelta(random.permutation(count) * 1500 // count, "D")
    return [
        {
            "id_anak": f"{name} {number:04}",
            "posyandu": name,
            "jk": "LP"[number % 2],
            "tgl_lahir": f"{day:%Y-%m}-{2 + number % 12:02}",
            "tinggi_cm": 80 + number % 10 + last / 10,
            "berat_kg": 9 + number % 30 / 10,
            "zs_tbu": round(float(score), 2),
            "zs_bbu": round(float(score) * 0.8, 2),
            "zs_bbtb": round(float(score) * 0.9, 2),
        }
        for number, (last, day, score) in enumerate(zip(digit, born, random.normal(-1, 1.2, count), strict=True))
    ]
