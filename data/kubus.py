"""Builds the kubus (month x desa x sex x age group x status) and the register of children, once, at import."""

from pathlib import Path

import duckdb
import pandas as pd

QUERY = Path(__file__).with_name("kubus.sql")
KEYS = ["bulan", "kode_desa", "jk", "kelompok_umur"]
REGISTER_MONTHS = 12
AGE_LIMIT_DAYS = 60 * 30.4375


def build_kubus(measurements: pd.DataFrame) -> pd.DataFrame:
    """Return the wide kubus of a measurement table: KEYS, `diukur` and one integer column a count."""
    with duckdb.connect() as connection:
        connection.register("pengukuran", measurements)
        kubus = connection.execute(QUERY.read_text(encoding="utf-8")).df()
    counts = [column for column in kubus.columns if column not in KEYS]
    return kubus.astype(dict.fromkeys(counts, "int64") | dict.fromkeys(KEYS, "str"))


def build_register(measurements: pd.DataFrame) -> pd.DataFrame:
    """Return the registered and the measured children a month and desa: bulan, kode_desa, terdaftar, diukur.

    Registered in a month: measured at least once in the twelve months up to it and still under 60 months at its
    end (docs/asumsi.md). The first month of all has no register of its own: `terdaftar` is missing there.
    """
    needed = ["id_anak", "kode_desa", "bulan", "tgl_lahir", "tgl_ukur", "baris"]
    by_child = measurements[needed].sort_values(["tgl_ukur", "baris"])
    named = pd.Categorical(by_child["bulan"])  # every distinct month is parsed once
    months = pd.PeriodIndex(named.categories, freq="M")
    month_of_row = months.take(named.codes)
    parts = []
    for month in months:
        window = by_child[(month_of_row > month - REGISTER_MONTHS) & (month_of_row <= month)]
        latest = window.drop_duplicates("id_anak", keep="last")
        young = (month.end_time.normalize() - latest["tgl_lahir"]).dt.days < AGE_LIMIT_DAYS
        measured = latest["bulan"] == str(month)
        counted = latest.assign(terdaftar=young | measured, diukur=measured)
        part = counted.groupby("kode_desa", as_index=False)[["terdaftar", "diukur"]].sum()
        parts.append(part.assign(bulan=str(month)))
    register = pd.concat(parts)[["bulan", "kode_desa", "terdaftar", "diukur"]]
    first = register["bulan"] == str(months[0])
    register["terdaftar"] = register["terdaftar"].astype("Int64").mask(first)
    return register.reset_index(drop=True)
