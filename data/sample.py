"""The deterministic sample data: four rounds of invented e-PPGBM measurements that obey every printed value and range.

`sample/putaran.csv` fixes, for every round and kecamatan, how many children have a plausible height score (`diukur`,
the denominator) and how many of them are stunted. The children are drawn so that scoring and pooling gives exactly
these counts (see sample/README.md). A later kind of table (parameter, bumil, kegiatan) takes its own `stream` of
random numbers, so that the children stay what they are.
"""

from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import pandas as pd

from config.columns import load_columns
from config.places import load_region
from data.sample_growth import MONTHLY_MEMORY, walk
from data.sample_people import FOLDER, make_people, stream
from data.sample_visits import Plan, measure_round, new_chart

BALITA = 10_500  # rows a round of the sample as specified
COVERAGE = 0.975  # of the children under five, measured in the fullest round
FIRST_DATA_ROW = 3  # in the written file: a title, then the header

GENERATION_2 = (
    "nik", "nama", "jk", "tgl_lahir", "berat_lahir_kg", "tinggi_lahir_cm", "nama_ortu", "provinsi", "kabupaten",
    "kecamatan", "puskesmas", "desa", "posyandu", "rt", "rw", "alamat", "usia_teks", "tgl_ukur", "berat_kg",
    "tinggi_cm", "cara_ukur", "lila_cm", "status_bbu_asal", "zs_bbu_asal", "status_tbu_asal", "zs_tbu_asal",
    "status_bbtb_asal", "zs_bbtb_asal", "naik_berat", "vitamin_a", "kpsp", "kia", "detail",
)  # fmt: skip
"""The columns of the second generation of the export, in its order."""

LATEST_BIRTH = 20  # day of the last round's month


@cache
def load_rounds() -> pd.DataFrame:
    """Return the specification: periode, kode_kecamatan, diukur, stunting (counts), ordered by both."""
    texts = {"periode": "str", "kode_kecamatan": "str"}
    rounds = pd.read_csv(FOLDER / "putaran.csv", dtype=texts)
    return rounds.sort_values(["periode", "kode_kecamatan"], ignore_index=True)


def sample_rounds(banyak: int | None = None) -> dict[str, pd.DataFrame]:
    """Return {periode: standardized e-PPGBM table}, one row a measurement, always the same.

    `banyak` asks for about so many children a round instead of `BALITA`; the printed figures then hold only roughly.
    """
    plans = _plans(1.0 if banyak is None else banyak / BALITA)
    codes = load_rounds()["kode_kecamatan"].unique()
    fullest = np.max([plan.rows for plan in plans], axis=0)
    balita = {str(code): int(np.ceil(rows / COVERAGE)) for code, rows in zip(codes, fullest, strict=True)}
    people = make_people(balita, np.datetime64(f"{plans[-1].periode}-{LATEST_BIRTH}"))
    months = [int(np.datetime64(plan.periode, "M").astype(np.int64)) for plan in plans]
    gaps = [later - earlier for earlier, later in pairwise(months)]
    tall = walk(people["awal_z"].to_numpy(), gaps, MONTHLY_MEMORY["tbu"], stream("tinggi"))
    random = stream("berat")
    thin = walk(random.standard_normal(len(people)), gaps, MONTHLY_MEMORY["bbtb"], random)
    chart = new_chart(people)
    tables = {}
    for number, plan in enumerate(plans):
        rows = measure_round(people, chart, plan, tall[number], thin[number])
        tables[plan.periode] = _standardize(people, rows)
    return tables


def as_export(table: pd.DataFrame) -> pd.DataFrame:
    """Return a standardized table as generation 2 of the export writes it: its headers and order, `-` for missing.

    Every cell is a text or a float; dates are ISO texts.
    """
    labels = {column.nama: column.label for column in load_columns()}
    written = table.assign(cara_ukur=table["cara_ukur"].str.capitalize())
    export = {}
    for name in GENERATION_2:
        column = written[name]
        if column.dtype.kind == "M":
            column = column.dt.strftime("%Y-%m-%d")
        export[labels[name]] = column.astype(object).where(column.notna(), "-")
    return pd.DataFrame(export)


def _plans(factor: float) -> list[Plan]:
    plans = []
    for periode, part in load_rounds().groupby("periode"):
        diukur, stunting = (np.rint(part[name].to_numpy() * factor).astype(np.int64) for name in ("diukur", "stunting"))
        plans.append(Plan(str(periode), np.maximum(diukur, 1), stunting, terakhir=False))
    return [*plans[:-1], replace(plans[-1], terakhir=True)]


def _standardize(people: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Return a round's rows with the children's own columns, as if a file had been read and standardized."""
    region = load_region()
    table = people.loc[rows.index].join(rows)
    table = table.assign(
        provinsi=region.provinsi.upper(),
        kabupaten=region.nama_pendek.upper(),
        usia_teks=_age_in_words(table["tgl_lahir"], table["tgl_ukur"]),
        baris=np.arange(len(table)) + FIRST_DATA_ROW,
    )
    columns = [column for column in load_columns() if column.jenis != "abaikan"]
    texts = [column.nama for column in columns if column.jenis in ("teks", "nik", "pilihan")]
    # What this generation of the export lacks (PMT, class for mothers, MBG) comes in empty.
    table = table.reindex(columns=["baris", *(column.nama for column in columns), "kode_desa"])
    dates = ["tgl_lahir", "tgl_ukur"]
    types = dict.fromkeys(texts, "str") | dict.fromkeys(dates, "datetime64[us]")
    return table.astype(types).reset_index(drop=True)


def _age_in_words(born: pd.Series, measured: pd.Series) -> pd.Series:
    """Return the age as the export writes it: '3 Tahun - 5 Bulan - 21 Hari'."""
    born_day, day = born.to_numpy().astype("datetime64[D]"), measured.to_numpy().astype("datetime64[D]")
    born_month = born_day.astype("datetime64[M]")
    day_of_month = (born_day - born_month).astype(np.int64)
    too_early = (day - day.astype("datetime64[M]")).astype(np.int64) < day_of_month
    months = (day.astype("datetime64[M]") - born_month).astype(np.int64) - too_early
    month_start, next_start = ((born_month + months + step).astype("datetime64[D]") for step in (0, 1))
    # Somebody born on the 31st completes a month on the last day of a shorter one.
    completed = np.minimum(month_start + day_of_month, next_start - 1)
    days = (day - completed).astype(np.int64)
    parts = [pd.Series(number, index=born.index).astype("str") for number in (months // 12, months % 12, days)]
    return parts[0] + " Tahun - " + parts[1] + " Bulan - " + parts[2] + " Hari"
