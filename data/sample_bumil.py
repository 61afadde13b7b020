"""The pregnant women of the sample data: 65 with KEK in the first round, and what became of them by the second.

The outcome of everybody is fixed in `sample/bumil.csv`; anaemia agrees with the answers to parameter SH06.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.sample_parameter import FIRST_DATA_ROW, sample_answers
from data.sample_people import stream
from data.sample_sasaran import BORN, FIRST, SECOND, sample_women

Floats = npt.NDArray[np.float64]

WATCHED = "dalam_pemantauan"
COLUMNS = [
    "id_sasaran", "nama", "desa", "kecamatan", "tanggal", "usia_kehamilan_minggu", "lila_cm", "hb_g_dl", "status",
]  # fmt: skip
LILA_CM = {"kek": (19.8, 23.4), "normal": (23.5, 25.4)}  # exactly 23.5 is no KEK
HB_G_DL = {"1": (8.4, 10.9), "0": (11.0, 13.2)}  # by the answer to SH06
WEEKS = {"born": (25, 36), "pregnant": (6, 19)}  # in the first round, both inclusive


def sample_bumil() -> dict[str, pd.DataFrame]:
    """Return {periode: standardized table of pregnant women}, one row a woman; always the same.

    In the first round the status is left to LiLA; in the second those who gave birth have no measurements any more.
    """
    women = sample_women()
    random = stream("ukuran ibu hamil")
    born = (women["status"] == BORN).to_numpy()
    weeks = np.where(born, _between(WEEKS["born"], born, random), _between(WEEKS["pregnant"], born, random)).astype(int)
    first_day, second_day = (random.integers(2, 24, size=len(women)) for _ in range(2))
    dates = [pd.to_datetime(f"{periode}-01") + pd.to_timedelta(day, unit="D")
             for periode, day in ((FIRST, first_day), (SECOND, second_day))]  # fmt: skip
    later = weeks + (dates[1] - dates[0]).days.to_numpy() // 7
    lila = _between(LILA_CM["kek"], born, random)
    gained = np.minimum(lila + 0.6 * random.random(len(women)), LILA_CM["kek"][1])
    recovered = _between(LILA_CM["normal"], born, random)
    lila_later = np.where(women["status"] == WATCHED, gained, recovered)
    rounds = {
        FIRST: _round(women, FIRST, dates[0], weeks, lila, random),
        SECOND: _round(women, SECOND, dates[1], later, np.where(born, np.nan, lila_later), random),
    }
    rounds[FIRST]["status"] = pd.Series(pd.NA, index=women.index, dtype="str")
    rounds[SECOND].loc[born, ["usia_kehamilan_minggu", "hb_g_dl"]] = np.nan
    return rounds


def as_bumil_file(table: pd.DataFrame) -> pd.DataFrame:
    """Return a standardized table as a user would upload it: the agreed columns, ISO dates, empty cells."""
    written = table[COLUMNS].assign(tanggal=table["tanggal"].dt.strftime("%Y-%m-%d")).astype(object)
    return written.where(written.notna(), "")


def _between(limits: tuple[float, float], like: npt.NDArray[np.bool_], random: np.random.Generator) -> Floats:
    low, high = limits
    return np.asarray(low + (high - low) * random.random(len(like)), dtype=np.float64)


def _round(
    women: pd.DataFrame, periode: str, dates: pd.DatetimeIndex, weeks: Floats, lila: Floats, random: np.random.Generator
) -> pd.DataFrame:
    answers = sample_answers()[periode].set_index("id_sasaran")["SH06"].reindex(women["id_sasaran"]).to_numpy()
    anaemic = answers == "1"
    hb = np.where(anaemic, _between(HB_G_DL["1"], anaemic, random), _between(HB_G_DL["0"], anaemic, random))
    table = women[["id_sasaran", "nama", "desa", "kecamatan"]].assign(
        baris=np.arange(len(women)) + FIRST_DATA_ROW,
        tanggal=dates.astype("datetime64[us]"),
        usia_kehamilan_minggu=weeks.astype(np.float64),
        lila_cm=np.round(lila, 1),
        hb_g_dl=np.round(hb, 1),
        status=women["status"],
        kode_desa=women["kode_desa"],
    )
    return table[["baris", *COLUMNS, "kode_desa"]]
