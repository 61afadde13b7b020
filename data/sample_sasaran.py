"""The invented sasaran of the sample data, in two rounds of parameters: stunted children and pregnant women with KEK.

`sample/sasaran.csv` fixes how many children of each desa stay over both rounds, leave after the first, and enter before
the second; `masuk_penuh` says how many of the entrants are already under full monitoring (all who stay are). Every
child has the name and desa of a measured child of the sample, and no other child of that desa has the name: the tables
can be joined on both. `sample/bumil.csv` fixes by kecamatan what became of the women.
"""

from functools import cache

import numpy as np
import pandas as pd

from data.sample import sample_rounds
from data.sample_people import FOLDER, LAST_NAME, load_names, stream

FIRST, SECOND = "2022-05", "2022-09"
MEASURED_BEFORE = "2022-02"  # the round of measurements nearest before the first round of parameters
STUNTED_BELOW = -2.0
RECOVERED_STAY = 0.15  # of those who stay: no longer stunted, still followed
NEWLY_STUNTED = 0.6  # of those who enter; the others were stunted before and not yet registered
STAYS, LEAVES, ENTERS = "tetap", "keluar", "masuk"
MEASURED_COLUMNS = [
    "nama", "desa", "kecamatan", "kode_desa", "tgl_lahir", "tgl_ukur", "zs_tbu_asal", "zs_bbtb_asal", "naik_berat",
    "vitamin_a",
]  # fmt: skip
OLDEST_BIRTH = np.datetime64("2017-06-01")  # under five all through the first round
BORN = "melahirkan_normal"
OUTCOMES = ["hamil_normal", BORN, "dalam_pemantauan"]


def sample_sasaran() -> pd.DataFrame:
    """Return one row a child, always the same, ordered by id_sasaran.

    Columns: id_sasaran, id_keluarga, nik (of the measured child), nama, desa, kecamatan, kode_desa, tgl_lahir, kelompok
    ("tetap", "keluar", "masuk"), penuh (bool: under full monitoring in the second round).
    """
    return _children().copy(deep=False)


@cache
def _children() -> pd.DataFrame:
    children = _candidates()
    random = stream("sasaran")
    chosen = []
    for plan in pd.read_csv(FOLDER / "sasaran.csv", dtype={"kode_desa": "str"}).itertuples():
        here = children[children["kode_desa"] == plan.kode_desa]
        chosen.append(_choose(here.iloc[random.permutation(len(here))], plan.tetap, plan.keluar, plan.masuk))
        full = (chosen[-1]["kelompok"] == ENTERS).cumsum() <= plan.masuk_penuh
        chosen[-1]["penuh"] = (chosen[-1]["kelompok"] == STAYS) | (full & (chosen[-1]["kelompok"] == ENTERS))
    people = pd.concat(chosen)
    people["_baru"] = people["kelompok"] == ENTERS
    people = people.sort_values(["_baru", "kode_desa", "nama"], ignore_index=True)
    number = pd.Series(np.arange(1, len(people) + 1)).astype("str").str.zfill(4)
    people = people.assign(id_sasaran="BLT-" + number, id_keluarga="KEL-" + number)
    columns = ["id_sasaran", "id_keluarga", "nik", "nama", "desa", "kecamatan", "kode_desa", "tgl_lahir"]
    return people[[*columns, "kelompok", "penuh"]]


@cache
def sample_measurements() -> dict[str, pd.DataFrame]:
    """Return {periode: what the sample needs of every child measured then}, indexed by nik."""
    return {periode: table.set_index("nik")[MEASURED_COLUMNS] for periode, table in sample_rounds().items()}


def _candidates() -> pd.DataFrame:
    """Return one row a child measured in either round with its scores `before` and `after`, by kode_desa and nik.

    Children who share name and desa with another are left out, and who are too old in the first round.
    """
    rounds = sample_measurements()
    everybody = pd.concat(rounds.values())
    everybody = everybody[~everybody.index.duplicated()].sort_index()
    alone = ~everybody.duplicated(["nama", "kode_desa"], keep=False) & (everybody["tgl_lahir"] >= OLDEST_BIRTH)
    children = everybody.loc[alone, ["nama", "desa", "kecamatan", "kode_desa", "tgl_lahir"]]
    for name, periode in (("before", MEASURED_BEFORE), ("after", SECOND)):
        z = rounds[periode]["zs_tbu_asal"]
        children[name] = z.where(z.between(-6, 6)).reindex(children.index)
    return children.reset_index()


def _choose(children: pd.DataFrame, tetap: int, keluar: int, masuk: int) -> pd.DataFrame:
    """Return the chosen children of one desa with their `kelompok`; `children` come in random order."""
    stunted, stunted_later = children["before"] < STUNTED_BELOW, children["after"] < STUNTED_BELOW
    ill = children[stunted & stunted_later]
    recovered = children[stunted & (children["after"] >= STUNTED_BELOW)]
    gone = children[stunted & children["after"].isna()]
    newly = children[~stunted & stunted_later]
    leaves = pd.concat([recovered.head((keluar + 1) // 2), gone, recovered])
    leaves = leaves[~leaves.index.duplicated()].head(keluar)
    still = recovered.drop(leaves.index, errors="ignore").head(round(RECOVERED_STAY * tetap))
    stays = pd.concat([still, ill]).head(tetap)
    late = ill.drop(stays.index, errors="ignore")
    enters = pd.concat([newly.head(round(NEWLY_STUNTED * masuk)), late, newly])
    enters = enters[~enters.index.duplicated()].head(masuk)
    parts = [part.assign(kelompok=name) for name, part in ((STAYS, stays), (LEAVES, leaves), (ENTERS, enters))]
    return pd.concat(parts)


def sample_women() -> pd.DataFrame:
    """Return one row a pregnant woman with KEK in the first round, always the same, ordered by id_sasaran.

    Columns: id_sasaran, id_keluarga, nama, desa, kecamatan, kode_desa, status (what became of her by the second round),
    kelompok ("tetap", or "keluar" for those who gave birth).
    """
    return _women().copy(deep=False)


@cache
def _women() -> pd.DataFrame:
    random = stream("ibu hamil")
    plans = pd.read_csv(FOLDER / "bumil.csv", dtype={"kode_kecamatan": "str"})
    homes = sample_sasaran()[["kode_desa", "desa", "kecamatan"]].drop_duplicates()
    parts = []
    for plan in plans.itertuples():
        here = homes[homes["kode_desa"].str.startswith(f"{plan.kode_kecamatan}.")]
        status = np.repeat(OUTCOMES, [getattr(plan, name) for name in OUTCOMES])
        parts.append(here.iloc[random.integers(len(here), size=len(status))].assign(status=random.permutation(status)))
    women = pd.concat(parts).sort_values("kode_desa", kind="stable", ignore_index=True)
    names = load_names()
    first, middle = (names[group][random.integers(len(names[group]), size=len(women))] for group in ("ibu", "tengah_p"))
    number = pd.Series(np.arange(1, len(women) + 1)).astype("str").str.zfill(4)
    return women.assign(
        id_sasaran="BML-" + number,
        id_keluarga="KEL-B" + number,
        nama=pd.Series(first + " " + middle + " " + LAST_NAME, dtype="str"),
        status=women["status"].astype("str"),
        kelompok=np.where(women["status"] == BORN, LEAVES, STAYS),
    )
