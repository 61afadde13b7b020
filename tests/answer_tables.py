"""Builds tables of answers to family parameters and of pregnant women for the tests; nobody in them is real."""

from collections.abc import Iterable

import pandas as pd
from hypothesis import strategies as st

from config.places import load_desa

AWAL, KINI = "2022-05", "2022-12"
CODES = load_desa()["kode"].tolist()
JUAI = [kode for kode in CODES if kode.startswith("63.11.01.")]
HALONG = [kode for kode in CODES if kode.startswith("63.11.02.")]
AWAYAN = [kode for kode in CODES if kode.startswith("63.11.03.")]

Row = tuple[str, str, str, str, str | None]


def answers(rows: Iterable[Row], jenis_sasaran: str = "balita") -> pd.DataFrame:
    """Return a `jawaban` table of (id_sasaran, kode_desa, periode, parameter, jawaban) rows."""
    names = ["id_sasaran", "kode_desa", "periode", "parameter", "jawaban"]
    table = pd.DataFrame(list(rows), columns=names, dtype="str")
    return table.assign(id_keluarga=pd.NA, jenis_sasaran=jenis_sasaran)


def rounds_of(
    stay: dict[str, int] | None = None,
    leave: tuple[int, int] = (0, 0),
    enter: tuple[int, int] = (0, 0),
    desa: str = JUAI[0],
    parameter: str = "SP01",
) -> pd.DataFrame:
    """Return two rounds of one parameter in one desa.

    stay: {"11": both rounds with the problem, "01": only now, "10": only before, "00": never}; leave, enter:
    (with the problem, without).
    """
    rows: list[Row] = []
    for pair, count in (stay or {}).items():
        for number in range(count):
            who = f"{parameter}-{desa}-tetap-{pair}-{number}"
            rows += [(who, desa, moment, parameter, given) for moment, given in zip((AWAL, KINI), pair, strict=True)]
    for label, moment, (ill, well) in (("keluar", AWAL, leave), ("masuk", KINI, enter)):
        given = ["1"] * ill + ["0"] * well
        rows += [
            (f"{parameter}-{desa}-{label}-{number}", desa, moment, parameter, answer)
            for number, answer in enumerate(given)
        ]
    return answers(rows)


def any_answers() -> st.SearchStrategy[pd.DataFrame]:
    """Generate two rounds of three parameters in four desa of three kecamatan; sasaran stay, move, leave, enter, skip."""
    desa = st.sampled_from([JUAI[0], JUAI[0], JUAI[1], HALONG[0], AWAYAN[0], None])
    given = st.sampled_from(["0", "1", "1", "0", "TB", None])
    sasaran = st.tuples(desa, desa, st.tuples(given, given, given), st.tuples(given, given, given))
    return st.lists(sasaran, min_size=5, max_size=25).map(_two_rounds)


def _two_rounds(
    people: list[tuple[str | None, str | None, tuple[str | None, ...], tuple[str | None, ...]]],
) -> pd.DataFrame:
    rows: list[Row] = []
    for number, (before, after, then, now) in enumerate(people):
        for desa, moment, given in ((before, AWAL, then), (after, KINI, now)):
            codes = ("SP01", "SP02", "SS01") if desa else ()
            rows += [(str(number), desa, moment, code, answer) for code, answer in zip(codes, given, strict=False)]
    return answers(rows)


def women(rows: Iterable[tuple[str, str, str, str | None, float | None]]) -> pd.DataFrame:
    """Return a `bumil` table of (id_sasaran, kode_desa, tanggal, status, lila_cm) rows."""
    names = ["id_sasaran", "kode_desa", "tanggal", "status", "lila_cm"]
    table = pd.DataFrame(list(rows), columns=names)
    dates = pd.to_datetime(table["tanggal"], format="%Y-%m-%d")
    return table.assign(
        tanggal=dates,
        periode=dates.dt.strftime("%Y-%m").astype("str"),
        status=table["status"].astype("str"),
        lila_cm=table["lila_cm"].astype("float64"),
        usia_kehamilan_minggu=20,
        hb_g_dl=11.0,
    )
