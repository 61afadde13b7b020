"""Two rounds of family parameters compared: what the same families changed, what entrants and leavers changed."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.answers import (
    HAS,
    HAS_NOT,
    AnswerGrid,
    Ints,
    count_by_place,
    explain_empty,
    place_of_desa,
    spread_answers,
)
from analytics.intervals import newcombe
from analytics.notes import NOT_LINKED, note_rounds
from analytics.paired import benjamini_hochberg, mid_p_mcnemar
from analytics.prevalence import list_places

BETTER, WORSE, UNCHANGED, UNSURE, MIX_ONLY = "membaik", "memburuk", "tidak_berubah", "belum_pasti", "hanya_susunan"
ALPHA = 0.05  # two-sided level of a verdict
COUNTS = [
    "n_awal", "penyebut_awal", "n_kini", "penyebut_kini", "tetap", "keluar", "masuk", "b", "c",
    "tetap_n_awal", "tetap_n_kini", "keluar_n_awal", "masuk_n_kini",
]  # fmt: skip
COLUMNS = [
    "parameter", "jenis_sasaran", "tingkat", "kode", "nama", "awal", "kini", "n_awal", "penyebut_awal", "n_kini",
    "penyebut_kini", "tetap", "keluar", "masuk", "selisih", "dari_tetap", "dari_masuk", "dari_keluar", "p_mcnemar",
    "putusan", "catatan", "b", "c", "bawah95", "atas95", "q_bh", "tetap_n_awal", "tetap_n_kini", "keluar_n_awal",
    "masuk_n_kini",
]  # fmt: skip

Array = npt.NDArray[np.float64]


def compare_parameters(
    jawaban: pd.DataFrame,
    awal: str,
    kini: str,
    tingkat: str,
    wilayah: str | None = None,
    kelompok: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return one row a jenis_sasaran, parameter and place, in that order; `jawaban` as in `tabulate_parameters`.

    Columns: `COLUMNS`. tetap, keluar, masuk: sasaran answered 0/1 for that parameter in both rounds, only in `awal`,
    only in `kini`; whoever moved to another place left one and entered the other. selisih = dari_tetap + dari_masuk +
    dari_keluar (percentage points). b, c: stayers 0->1 and 1->0; *_n_*: sasaran with the problem in each group.
    p_mcnemar: mid-p of the stayers; q_bh: corrected over the parameters of a place. bawah95, atas95: limits of selisih
    (Newcombe), only where no sasaran is linked. `kelompok` is needed for that level. Raises KeyError, ValueError as
    `list_places` does.
    """
    places = list_places(tingkat, wilayah, kelompok)
    grids = {jenis: grid for jenis, grid in spread_answers(jawaban, [awal, kini]).items() if grid.periode}
    parts = []
    for jenis, grid in grids.items():
        where = place_of_desa(grid.kode_desa, tingkat, places, kelompok)
        parts.append(_compare_grid(grid, (awal, kini), where, places).assign(jenis_sasaran=jenis))
    if not parts:
        return pd.DataFrame({name: pd.Series(dtype="Int64" if name in COUNTS else "object") for name in COLUMNS})
    table = pd.concat(parts, ignore_index=True)
    return table.assign(tingkat=tingkat, awal=awal, kini=kini)[COLUMNS]


def _compare_grid(grid: AnswerGrid, rounds: tuple[str, str], where: Ints, places: pd.DataFrame) -> pd.DataFrame:
    """Compare the rounds of one jenis_sasaran; tables of [place, parameter] are laid out parameter by parameter."""
    size = len(places)
    (before, place0), (after, place1) = (grid.in_round(periode, where) for periode in rounds)
    counts = _count_groups(before, place0, after, place1, size)
    notes = [explain_empty(answers, place, size).T.ravel() for answers, place in ((before, place0), (after, place1))]
    rates = _decompose(counts)
    adjusted = benjamini_hochberg(rates["p_mcnemar"])
    table = pd.DataFrame({name: values.T.ravel() for name, values in (rates | {"q_bh": adjusted}).items()})
    for name, values in counts.items():
        table[name] = pd.array(values.T.ravel(), dtype="Int64")
    table["catatan"] = [note_rounds(pair, rounds) for pair in zip(*notes, strict=True)]
    table["putusan"] = _judge(table)
    table["parameter"] = np.repeat(np.array(grid.parameter, dtype=object), size)
    table["kode"] = np.tile(places["kode"].to_numpy(), len(grid.parameter))
    table["nama"] = np.tile(places["nama"].to_numpy(), len(grid.parameter))
    return _blank_unknown(table)


def _count_groups(
    before: npt.NDArray[np.int8], place0: Ints, after: npt.NDArray[np.int8], place1: Ints, size: int
) -> dict[str, Ints]:
    """Return every count of the comparison as [place, parameter]."""
    had, has = before == HAS, after == HAS
    asked0, asked1 = had | (before == HAS_NOT), has | (after == HAS_NOT)
    stays = asked0 & asked1 & (place0 == place1)[:, None]
    total0, total1 = count_by_place(asked0, place0, size), count_by_place(asked1, place1, size)
    n0, n1 = count_by_place(had, place0, size), count_by_place(has, place1, size)
    tetap = count_by_place(stays, place0, size)
    tetap0, tetap1 = count_by_place(stays & had, place0, size), count_by_place(stays & has, place1, size)
    worse = count_by_place(stays & has & ~had, place1, size)
    return {
        "n_awal": n0,
        "penyebut_awal": total0,
        "n_kini": n1,
        "penyebut_kini": total1,
        "tetap": tetap,
        "keluar": total0 - tetap,
        "masuk": total1 - tetap,
        "b": worse,
        "c": worse + tetap0 - tetap1,
        "tetap_n_awal": tetap0,
        "tetap_n_kini": tetap1,
        "keluar_n_awal": n0 - tetap0,
        "masuk_n_kini": n1 - tetap1,
    }


def _decompose(counts: dict[str, Ints]) -> dict[str, Array]:
    """Return the difference, its three parts (percentage points), the mid-p and the unlinked limits."""
    n0, total0, n1, total1 = (counts[name] for name in ("n_awal", "penyebut_awal", "n_kini", "penyebut_kini"))
    tetap = counts["tetap"]
    linked = tetap > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        p0, p1 = 100 * n0 / total0, 100 * n1 / total1
        s0, s1 = 100 * counts["tetap_n_awal"] / tetap, 100 * counts["tetap_n_kini"] / tetap
    lower, upper = newcombe(n0, total0, n1, total1)
    return {
        "selisih": p1 - p0,
        "dari_tetap": s1 - s0,
        "dari_masuk": p1 - s1,
        "dari_keluar": s0 - p0,
        "p_mcnemar": np.where(linked, mid_p_mcnemar(counts["b"], counts["c"]), np.nan),
        "bawah95": np.where(linked, np.nan, 100 * lower),
        "atas95": np.where(linked, np.nan, 100 * upper),
    }


def _judge(table: pd.DataFrame) -> pd.Series:
    """Return the verdicts; one whole percentage point is compared in integers, so that rounding decides nothing."""
    n0, total0, n1, total1 = (
        table[name].to_numpy("int64") for name in ("n_awal", "penyebut_awal", "n_kini", "penyebut_kini")
    )
    b, c, p = table["b"].to_numpy("int64"), table["c"].to_numpy("int64"), table["p_mcnemar"].to_numpy("float64")
    moved = 100 * np.abs(n1 * total0 - n0 * total1) >= total0 * total1
    rules = [
        ((table["tetap"] == 0).to_numpy(bool), UNSURE),
        ((b == c) & moved, MIX_ONLY),
        (b == c, UNCHANGED),
        ((p < ALPHA) & (b < c), BETTER),
        (p < ALPHA, WORSE),
    ]
    verdicts = np.select([rule for rule, _ in rules], [label for _, label in rules], default=UNSURE)
    return pd.Series(verdicts, index=table.index, dtype="str").where(table["selisih"].notna())


def _blank_unknown(table: pd.DataFrame) -> pd.DataFrame:
    """Empty what nobody answered; say where the rounds are not linked."""
    for side in ("awal", "kini"):
        nobody = table[f"penyebut_{side}"] == 0
        for name in (f"n_{side}", f"penyebut_{side}"):
            table[name] = table[name].mask(nobody)
    never = table["penyebut_awal"].isna() & table["penyebut_kini"].isna()
    for name in COUNTS:
        table[name] = table[name].mask(never)
    unlinked = table["selisih"].notna() & (table["tetap"] == 0).fillna(False).astype(bool)
    table.loc[unlinked, "catatan"] = NOT_LINKED
    return table
