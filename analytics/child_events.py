"""What happened to one sasaran, month by month: followed or not, moved, solved or new problems, what it was given."""

from collections.abc import Iterator

import pandas as pd

from config.parameters import parameter
from config.places import place_names

EVENTS = ["bulan", "peristiwa", "rincian"]
SINCE, CAME, LEFT, BACK = "sejak_awal", "masuk", "tidak_ada", "kembali"
KRS, MOVED, MEASURED_ELSEWHERE, AGAIN = "krs", "pindah", "pindah_ukur", "ukur_ulang"
SOLVED, NEW, GIVEN = "teratasi", "baru", "diberi"
KINDS = (SINCE, CAME, BACK, LEFT, KRS, MOVED, MEASURED_ELSEWHERE, AGAIN, GIVEN, SOLVED, NEW)
"""Every kind of event, in the order in which those of one month are told."""
KRS_CODES = {"SS06", "SS08", "SS16", "SS17", "SS20"}
"""All that a KRS export answers: who answered nothing else in a month was in the KRS and not in a parameter round."""
GIFTS = ("pmt_kg", "vitamin_a", "kelas_ibu", "mbg")

Event = tuple[str, str, list[str]]


def events_of(jawaban: pd.DataFrame, pengukuran: pd.DataFrame, id_sasaran: str) -> pd.DataFrame:
    """Return what happened to a sasaran, oldest first: `EVENTS`.

    `jawaban`: all stored answers; `pengukuran`: the measurements of the child it is, none where it is not known. bulan
    is "YYYY-MM"; peristiwa one of `KINDS`; rincian a list of texts: problems (SOLVED, NEW), the desa before and after
    (MOVED by the rounds, MEASURED_ELSEWHERE by the measurements), how often measured (AGAIN), `GIFTS` (GIVEN), else
    empty. Rounds in which nobody of its kind was asked more than the KRS asks count neither as left nor as came.
    """
    found = [*_in_rounds(jawaban, id_sasaran), *(_in_measurements(pengukuran) if len(pengukuran) else ())]
    found.sort(key=lambda event: (event[0], KINDS.index(event[1])))
    return pd.DataFrame(found, columns=EVENTS)


def _in_rounds(jawaban: pd.DataFrame, id_sasaran: str) -> Iterator[Event]:
    mine = jawaban[jawaban["id_sasaran"] == id_sasaran]
    if mine.empty:
        return
    of_kind = jawaban[jawaban["jenis_sasaran"] == mine["jenis_sasaran"].iloc[0]]
    full = of_kind[of_kind["jawaban"].notna() & ~of_kind["parameter"].isin(KRS_CODES)]
    rounds = sorted(full["periode"].unique())
    known: dict[str, str] = {}
    followed, ever, desa = False, False, ""
    for periode in sorted({*rounds, *mine["periode"]}):
        rows = mine[mine["periode"] == periode]
        answered = rows[rows["jawaban"].notna()].set_index("parameter")["jawaban"].to_dict()
        if answered and set(answered) <= KRS_CODES:
            yield periode, KRS, []
        elif periode in rounds and followed != bool(len(rows)):
            yield periode, LEFT if followed else BACK if ever else SINCE if periode == rounds[0] else CAME, []
            followed, ever = not followed, True
        yield from _turned(periode, known, answered)
        known |= answered
        if len(rows):
            here = str(rows["kode_desa"].iloc[-1])
            if desa and here != desa:
                yield periode, MOVED, [_place(desa), _place(here)]
            desa = here


def _turned(periode: str, before: dict[str, str], now: dict[str, str]) -> Iterator[Event]:
    for kind, was, became in ((SOLVED, "1", "0"), (NEW, "0", "1")):
        codes = [kode for kode in sorted(now) if now[kode] == became and before.get(kode) == was]
        if codes:
            yield periode, kind, [parameter(kode).nama for kode in codes]


def _in_measurements(history: pd.DataFrame) -> Iterator[Event]:
    rows = history.sort_values(["tgl_ukur", "baris"])
    desa = ""
    for bulan, month in rows.groupby("bulan"):
        if len(month) > 1:
            yield str(bulan), AGAIN, [str(len(month))]
        gifts = [name for name in GIFTS if name in month and month[name].map(_is_given).any()]
        if gifts:
            yield str(bulan), GIVEN, gifts
        for here in month["kode_desa"].astype("str"):
            if desa and here != desa:
                yield str(bulan), MEASURED_ELSEWHERE, [_place(desa), _place(here)]
            desa = here


def _is_given(value: object) -> bool:
    """Return whether a cell says that something was given: a number above 0, or Ya."""
    if isinstance(value, str):
        text = value.strip().replace(",", ".")
        number = pd.to_numeric(text, errors="coerce")
        return text.casefold() == "ya" if pd.isna(number) else bool(number > 0)
    return isinstance(value, int | float) and bool(value > 0)


def _place(kode_desa: str) -> str:
    return place_names().get(kode_desa, kode_desa)
