"""What a card tells of one sasaran: the measurements of its child, and round by round what was done about problems."""

import pandas as pd

from config.parameters import parameter

STILL, SOLVED, NEW, NEVER = "masih", "teratasi", "baru", "tidak_ada"
SERVICES = (
    "SP01",
    "SP02",
    "SP04",
    "SP06",
    "SP09",
    "SP12",
    "SH01",
    "SH02",
    "SH03",
    "SH05",
    "SS04",
    "SS15",
    "SS19",
    "SS20",
)
"""Parameters that ask whether a service reached the family: not having the problem means that it did."""


def measurements_of(pengukuran: pd.DataFrame, id_anak: str) -> pd.DataFrame:
    """Return the measurements of one child, oldest first."""
    return pengukuran[pengukuran["id_anak"] == id_anak].sort_values(["tgl_ukur", "baris"], ignore_index=True)


def answers_of(jawaban: pd.DataFrame, id_sasaran: str) -> pd.DataFrame:
    """Return one row a parameter that was answered 0 or 1: kode, nama, penanggung_jawab, awal, kini, keadaan, layanan.

    awal, kini: the first and the last round that answered it (one round: both the same); keadaan: STILL, SOLVED, NEW
    (has the problem now, had it not at first), NEVER; layanan: whether it is one of `SERVICES`.
    """
    mine = jawaban[(jawaban["id_sasaran"] == id_sasaran) & jawaban["jawaban"].isin(["0", "1"])].sort_values("periode")
    first, last = (mine.drop_duplicates("parameter", keep=side).set_index("parameter") for side in ("first", "last"))
    rows = []
    for kode in sorted(first.index):
        known = parameter(kode)
        had, has = first.at[kode, "jawaban"] == "1", last.at[kode, "jawaban"] == "1"
        state = {(True, True): STILL, (True, False): SOLVED, (False, True): NEW, (False, False): NEVER}[had, has]
        months = (first.at[kode, "periode"], last.at[kode, "periode"])
        rows.append((kode, known.nama, known.penanggung_jawab, *months, state, kode in SERVICES))
    return pd.DataFrame(rows, columns=["kode", "nama", "penanggung_jawab", "awal", "kini", "keadaan", "layanan"])


def by_office(answers: pd.DataFrame) -> pd.DataFrame:
    """Return one row an office that must act first, most problems first: kantor, masalah (names), baru (bool) lists."""
    open_ = answers[answers["keadaan"].isin([STILL, NEW])]
    office = open_["penanggung_jawab"].str.split(";").str[0].str.replace("[usulan]", "", regex=False).str.strip()
    grouped = open_.assign(kantor=office, baru=open_["keadaan"] == NEW).groupby("kantor", sort=False)
    table = grouped.agg(masalah=("nama", list), baru=("baru", list), banyak=("kode", "size")).reset_index()
    return table.sort_values(["banyak", "kantor"], ascending=[False, True], ignore_index=True)
