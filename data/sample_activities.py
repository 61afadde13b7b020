"""The activities of the sample data: the five of the report's Tabel 2, with the printed counts (22 of 29 done)."""

import pandas as pd

from config.published import published_number
from data.activities import ACTIVITY_COLUMNS
from data.sample_people import FOLDER

PER_DAY = "2022-12-31"  # the table is headed "until the end of 2022"


def sample_activities() -> pd.DataFrame:
    """Return the stored table of the sample, one row an activity; always the same.

    Planned and done are the printed figures named in `sample/kegiatan.csv`; purpose and result are put in own words.
    """
    named = pd.read_csv(FOLDER / "kegiatan.csv", dtype="str")
    table = named.assign(
        target_kali=named["target"].map(published_number).astype("int64"),
        terlaksana_kali=named["terlaksana"].map(published_number).astype("int64"),
        per_tanggal=pd.Series(pd.Timestamp(PER_DAY), index=named.index).astype("datetime64[us]"),
    )
    return table[ACTIVITY_COLUMNS]


def as_activities_file(table: pd.DataFrame) -> pd.DataFrame:
    """Return the stored table as a user would upload it: ISO dates."""
    return table.assign(per_tanggal=table["per_tanggal"].dt.strftime("%Y-%m-%d"))
