"""Share of sasaran with each family problem by place and round: counts, Wilson intervals, colour, certain or not."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.answers import (
    APPLIES_NOT,
    HAS,
    HAS_NOT,
    AnswerGrid,
    Ints,
    count_by_place,
    explain_empty,
    place_of_desa,
    spread_answers,
)
from analytics.intervals import wilson
from analytics.prevalence import list_places
from config.values import threshold

COLUMNS = [
    "periode", "jenis_sasaran", "tingkat", "kode", "nama", "parameter", "n", "penyebut", "persen", "bawah95", "atas95",
    "warna", "pasti", "catatan", "tidak_berlaku", "tidak_ditanya", "sasaran",
]  # fmt: skip
COUNTS = ["n", "penyebut", "tidak_berlaku", "tidak_ditanya", "sasaran"]


def tabulate_parameters(
    jawaban: pd.DataFrame,
    tingkat: str,
    periode: str | None = None,
    wilayah: str | None = None,
    kelompok: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return one row a round, jenis_sasaran, place and parameter, in that order, places without data included.

    `jawaban`: one row a sasaran, round and parameter (id_sasaran, jenis_sasaran, kode_desa, periode, parameter,
    jawaban "1", "0", "TB" or missing). Columns: `COLUMNS`. n: sasaran with the problem; penyebut: answered 0 or 1
    (`TB` and empty leave it and are counted in tidak_berlaku, tidak_ditanya; sasaran: all of these); persen, bawah95,
    atas95: percent, Wilson; pasti "ya" when the whole interval lies in the range of `warna`. `kelompok` is needed for
    that level. Raises KeyError, ValueError as `list_places` does.
    """
    places = list_places(tingkat, wilayah, kelompok)
    parts = []
    for jenis, grid in spread_answers(jawaban, [periode] if periode else None).items():
        where = place_of_desa(grid.kode_desa, tingkat, places, kelompok)
        parts += [_count_round(grid, moment, where, places).assign(jenis_sasaran=jenis) for moment in grid.periode]
    if not parts:
        return pd.DataFrame({name: pd.Series(dtype="Int64" if name in COUNTS else "object") for name in COLUMNS})
    table = pd.concat(parts, ignore_index=True).assign(tingkat=tingkat)
    table = table.sort_values(["periode", "jenis_sasaran"], kind="stable", ignore_index=True)
    return _with_rates(table)[COLUMNS]


def colour_of(percent: npt.ArrayLike) -> npt.NDArray[np.object_]:
    """Return merah, kuning or hijau by the programme's rule; None for NaN.

    A limit itself belongs to the milder colour: exactly 50 % is kuning, exactly 25 % hijau.
    """
    value = np.asarray(percent, dtype=float)
    limits = [threshold("parameter_kuning").nilai, threshold("parameter_merah").nilai]
    place = np.where(np.isnan(value), len(limits) + 1, np.searchsorted(limits, value, side="left"))
    colours: npt.NDArray[np.object_] = np.array(["hijau", "kuning", "merah", None], dtype=object)[place]
    return colours


def _count_round(grid: AnswerGrid, periode: str, where: Ints, places: pd.DataFrame) -> pd.DataFrame:
    answers, place = grid.in_round(periode, where)
    size, width = len(places), len(grid.parameter)
    has = count_by_place(answers == HAS, place, size)
    asked = has + count_by_place(answers == HAS_NOT, place, size)
    not_theirs = count_by_place(answers == APPLIES_NOT, place, size)
    sasaran = np.bincount(place[place >= 0], minlength=size)[:, None]
    counts = {"n": has, "penyebut": asked, "tidak_berlaku": not_theirs, "tidak_ditanya": sasaran - asked - not_theirs}
    counts["sasaran"] = np.broadcast_to(sasaran, asked.shape)
    table = pd.DataFrame({name: values.ravel() for name, values in counts.items()}, dtype="Int64")
    nobody = np.repeat(sasaran == 0, width)
    for name in ("tidak_berlaku", "tidak_ditanya", "sasaran"):
        table[name] = table[name].mask(nobody)
    return table.assign(
        periode=periode,
        kode=np.repeat(places["kode"].to_numpy(), width),
        nama=np.repeat(places["nama"].to_numpy(), width),
        parameter=np.tile(np.array(grid.parameter, dtype=object), size),
        catatan=explain_empty(answers, place, size).ravel(),
    )


def _with_rates(table: pd.DataFrame) -> pd.DataFrame:
    nobody = table["penyebut"] == 0
    n, total = table["n"].mask(nobody), table["penyebut"].mask(nobody)
    cases, size = n.to_numpy("float64", na_value=np.nan), total.to_numpy("float64", na_value=np.nan)
    lower, upper = wilson(cases, size)
    percent, lower, upper = 100 * cases / size, 100 * lower, 100 * upper
    colour = colour_of(percent)
    certain = np.where(colour_of(lower) == colour_of(upper), "ya", "tidak")
    return table.assign(
        n=n,
        penyebut=total,
        persen=percent,
        bawah95=lower,
        atas95=upper,
        warna=pd.Series(colour, index=table.index, dtype="str"),
        pasti=pd.Series(certain, index=table.index, dtype="str").mask(nobody.to_numpy(bool)),
    )
