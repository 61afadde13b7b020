"""Builds the measurements and rounds of followed children for the tests: every letter is a sasaran and a child."""

import pandas as pd

from analytics.sasaran import (
    status_at,
)
from analytics.status import STATUS_TERMS
from tests.answer_tables import JUAI

AWAL, KINI = "2022-05", "2022-09"


VERY_SHORT, SHORT, NORMAL, TALL = STATUS_TERMS["tbu"]
Visit = tuple[str, str | None]  # date, status_tbu
Child = list[Visit]


def measured(children: dict[str, Child], born: str = "2020-01-01") -> pd.DataFrame:
    """Return the measurement table of children {id: [(date, status by TB/U or None), ...]}."""
    rows = [(child, born, date, status) for child, visits in children.items() for date, status in visits]
    table = pd.DataFrame(rows, columns=["id_anak", "tgl_lahir", "tgl_ukur", "status_tbu"])
    for name in ("tgl_lahir", "tgl_ukur"):
        table[name] = pd.to_datetime(table[name], format="%Y-%m-%d")
    table = table.astype({"id_anak": "str", "status_tbu": "str"}).sort_values("tgl_ukur", kind="stable")
    table = table.assign(bulan=table["tgl_ukur"].dt.strftime("%Y-%m").astype("str"))
    table = table.assign(
        umur_hari=(table["tgl_ukur"] - table["tgl_lahir"]).dt.days,
        terakhir=~table.duplicated(["id_anak", "bulan"], keep="last"),
        status_bbu=pd.Series("Berat badan normal", index=table.index, dtype="str"),
        status_bbtb=pd.Series("Gizi baik", index=table.index, dtype="str"),
    )
    return table


def followed(awal: str, kini: str, jenis: str = "balita") -> pd.DataFrame:
    """Return the answers of two rounds; every letter is a sasaran."""
    rows = [(who, JUAI[0], moment) for moment, people in ((AWAL, awal), (KINI, kini)) for who in people]
    table = pd.DataFrame(rows, columns=["id_sasaran", "kode_desa", "periode"], dtype="str")
    return table.assign(jenis_sasaran=jenis, parameter="SP01", jawaban="1")


def linked(people: str) -> pd.DataFrame:
    """Return links of sasaran to the child of the same letter."""
    return pd.DataFrame({"id_sasaran": list(people), "id_anak": list(people)}, dtype="str")


def both_rounds(
    children: dict[str, Child], awal: str, kini: str, links: str | None = None, born: str = "2020-01-01"
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return status at the first and the second round, and the measurements."""
    table = measured(children, born)
    chosen = linked("".join(children) if links is None else links)
    answers = followed(awal, kini)
    before, now = (status_at(answers, chosen, table, moment) for moment in (AWAL, KINI))
    return before, now, table
