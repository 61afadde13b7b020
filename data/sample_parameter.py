"""The answers of the sample data: two rounds of family parameters that obey what the report says of them.

`sample/jawaban.csv` fixes every count: of the sasaran answered in both rounds how many have the problem first
(tetap_ya), lose it (membaik), get it (memburuk); of those answered only in the first or second round how many have it
(keluar_ya, masuk_ya); who is not asked (kosong_*: a number, a kecamatan code, or "semua"). Where a parameter does not
apply the answer is TB. Vitamin A and weight gain repeat the measurements of the same children.
"""

from functools import cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from config.parameters import load_parameters, parameters_of
from data.sample_people import FOLDER, stream
from data.sample_sasaran import (
    ENTERS,
    FIRST,
    LEAVES,
    MEASURED_BEFORE,
    SECOND,
    sample_measurements,
    sample_sasaran,
    sample_women,
)

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

FIRST_DATA_ROW = 3  # in the written file: a title, then the header
DAYS_A_MONTH = 30.4375
UNDER_SIX_MONTHS = 6
AGES = {"SP07": (0, 24), "SP08": (6, 24)}  # months, the first inclusive
WASTED = -2.0
SHARE_CONCERNED = {"SS15": 0.4, "SS17": 0.94}  # poor families; mothers who are not pregnant again
WEIGHT_GAIN = {"T": "1", "N": "0", "O": "TB", "B": "TB"}
EVERYBODY = "semua"
PLACE_WEIGHT, FAMILY_WEIGHT = 0.6, 0.6  # against 1.0 of chance, for who has a problem
ABOUT = ["id_sasaran", "id_keluarga", "jenis_sasaran", "nama", "desa", "kecamatan", "periode"]
VITAMIN_ROUND = {FIRST: "2022-02", SECOND: "2022-08"}
MEASURED = {FIRST: MEASURED_BEFORE, SECOND: SECOND}


def sample_answers() -> dict[str, pd.DataFrame]:
    """Return {periode: standardized table of parameters}, one row a sasaran, balita before bumil; always the same."""
    return {periode: table.copy(deep=False) for periode, table in _rounds().items()}


@cache
def _rounds() -> dict[str, pd.DataFrame]:
    groups = {"balita": _shorten_names(sample_sasaran()), "bumil": sample_women()}
    answers = {jenis: _answer(people, jenis) for jenis, people in groups.items()}
    tables = {}
    for place, periode in enumerate((FIRST, SECOND)):
        parts = []
        for jenis, people in groups.items():
            present = (people["kelompok"] != (ENTERS, LEAVES)[place]).to_numpy()
            given = pd.DataFrame({kode: both[place] for kode, both in answers[jenis].items()})
            parts.append(people.join(given)[present].assign(jenis_sasaran=jenis, periode=periode))
        table = pd.concat(parts, ignore_index=True)
        table["baris"] = np.arange(len(table)) + FIRST_DATA_ROW
        codes = [parameter.kode for parameter in load_parameters()]
        table = table.reindex(columns=["baris", *ABOUT, *codes, "kode_desa"])
        tables[periode] = table.astype({name: "str" for name in table.columns if name != "baris"})
    return tables


def _shorten_names(children: pd.DataFrame) -> pd.DataFrame:
    """Write the first name of those not yet under full monitoring as a letter: no measured child is found for them."""
    first, rest = children["nama"].str.slice(0, 1), children["nama"].str.split(n=1).str[1]
    shortened = (children["kelompok"] == ENTERS) & ~children["penuh"]
    return children.assign(nama=children["nama"].mask(shortened, first + ". " + rest))


def as_parameter_file(table: pd.DataFrame) -> pd.DataFrame:
    """Return a standardized table as a user would upload it: the agreed columns, 1 and 0 as numbers, empty cells."""
    written = table[[name for name in table.columns if name not in ("baris", "kode_desa")]].astype(object)
    return written.where(written.notna(), "").replace({"1": 1, "0": 0})


def _answer(people: pd.DataFrame, jenis: str) -> dict[str, tuple[pd.Series, pd.Series]]:
    """Return {code: answers in the first and in the second round} of everybody, absent ones included."""
    plans = pd.read_csv(FOLDER / "jawaban.csv", dtype="str", keep_default_na=False)
    plans = plans[plans["jenis_sasaran"] == jenis].set_index("parameter")
    family = stream(f"keluarga {jenis}").standard_normal(len(people))
    answers = {}
    for parameter in parameters_of(jenis):
        kode = parameter.kode
        if kode in plans.index:
            answers[kode] = _draw(people, plans.loc[kode], family, stream(f"{kode} {jenis}"))
        else:
            answers[kode] = _repeat_measurements(people, kode)
    return answers


def _draw(
    people: pd.DataFrame, plan: pd.Series, family: Floats, random: np.random.Generator
) -> tuple[pd.Series, pd.Series]:
    """Return the answers of one parameter in both rounds, with exactly the counts of its plan."""
    present = [(people["kelompok"] != gone).to_numpy() for gone in (ENTERS, LEAVES)]
    applies = [_where_applicable(people, str(plan.name), periode) for periode in (FIRST, SECOND)]
    blanks = zip(present, ("kosong_awal", "kosong_kini"), strict=True)
    silent = [_choose_silent(people, here, plan[name], random) for here, name in blanks]
    asked = [present[place] & applies[place] & ~silent[place] for place in (0, 1)]
    place_effect = random.standard_normal(len(people))[pd.factorize(people["kode_desa"])[0]]
    tendency = PLACE_WEIGHT * place_effect + FAMILY_WEIGHT * family + random.standard_normal(len(people))
    chance = PLACE_WEIGHT * place_effect + random.standard_normal(len(people))
    stays = asked[0] & asked[1]
    had = _top(stays, plan["tetap_ya"], tendency) | _top(asked[0] & ~stays, plan["keluar_ya"], tendency)
    lost = _top(stays & had, plan["membaik"], -chance)
    got = _top(stays & ~had, plan["memburuk"], chance)
    has = (stays & had & ~lost) | got | _top(asked[1] & ~stays, plan["masuk_ya"], tendency)
    return _spell(had, applies[0], silent[0]), _spell(has, applies[1], silent[1])


def _spell(yes: Bools, applies: Bools, silent: Bools) -> pd.Series:
    """Return answers as texts: "1", "0", "TB" where the parameter does not apply, missing where nobody asked."""
    return pd.Series(np.where(yes, "1", "0"), dtype="str").where(applies, "TB").mask(silent)


def _top(mask: Bools, count: str, key: Floats) -> Bools:
    """Return the `count` members of `mask` with the largest `key`; raises ValueError when there are fewer."""
    wanted = int(count)
    if wanted > mask.sum():
        raise ValueError(f"jawaban.csv: {wanted} lebih banyak daripada {mask.sum()}")
    chosen = np.zeros(len(mask), dtype=np.bool_)
    chosen[np.argsort(np.where(mask, -key, np.inf), kind="stable")[:wanted]] = True
    return chosen


def _choose_silent(people: pd.DataFrame, present: Bools, plan: str, random: np.random.Generator) -> Bools:
    """Return who is not asked: everybody, those of a kecamatan, or so many of those present."""
    if plan == EVERYBODY:
        return np.ones(len(people), dtype=np.bool_)
    if plan.count(".") == 2:
        return np.asarray(people["kode_desa"].str.startswith(f"{plan}."), dtype=np.bool_)
    return _top(present, plan or "0", random.random(len(people)))


def _where_applicable(people: pd.DataFrame, kode: str, periode: str) -> Bools:
    """Return whom a parameter concerns in a round."""
    if kode in AGES:
        youngest, oldest = AGES[kode]
        concerned = _age(people, periode).between(youngest, oldest, inclusive="left")
    elif kode == "SP12":
        concerned = _measurement(people, MEASURED[periode], "zs_bbtb_asal") < WASTED
    else:
        random = stream(f"berlaku {kode} {people['id_sasaran'].iloc[0]}")
        concerned = pd.Series(random.random(len(people)) < SHARE_CONCERNED.get(kode, 1.0))
    return np.asarray(concerned, dtype=np.bool_)


def _repeat_measurements(people: pd.DataFrame, kode: str) -> tuple[pd.Series, pd.Series]:
    """Return the answers that follow from the children's measurements: vitamin A (SP09) and weight gain (SP10)."""
    rounds = []
    for periode in (FIRST, SECOND):
        if kode == "SP09":
            came, given = (
                _measurement(people, VITAMIN_ROUND[periode], name).notna() for name in ("tgl_ukur", "vitamin_a")
            )
            young = _age(people, VITAMIN_ROUND[periode]) < UNDER_SIX_MONTHS
            rounds.append(_spell(~given.to_numpy(), ~young.to_numpy(), ~(came | young).to_numpy()))
        else:
            gain = _measurement(people, MEASURED[periode], "naik_berat").map(WEIGHT_GAIN)
            rounds.append(gain.reset_index(drop=True))
    return rounds[0], rounds[1]


def _measurement(people: pd.DataFrame, periode: str, column: str) -> pd.Series:
    """Return one column of a round of measurements for every sasaran, missing where the child was not there."""
    return sample_measurements()[periode][column].reindex(people["nik"]).set_axis(people.index)


def _age(people: pd.DataFrame, periode: str) -> pd.Series:
    """Return the age in months in the middle of a month."""
    return (pd.Timestamp(f"{periode}-15") - people["tgl_lahir"]).dt.days / DAYS_A_MONTH
