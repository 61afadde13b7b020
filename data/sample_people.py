"""The invented children of the sample data: where they live, when they were born, what they are called.

Nobody here is real and nobody can be taken for real: every child's last name is "Contoh", and a NIK starts with 99,
which is no province code, so that no issued NIK can equal it. Given names come from short lists (`sample/nama.csv`).
"""

from functools import cache
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt
import pandas as pd

from config.places import load_desa, load_lokus

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Texts = npt.NDArray[np.object_]

FOLDER = Path(__file__).parent / "sample"
SEED = 20220930
LAST_NAME = "Contoh"
NIK_PREFIX = "99"

BORN_FROM = np.datetime64("2017-01-01")
UNDER_FIVE_DAYS = 1826
SHARE_OF_BOYS = 0.512  # 1.05 boys a girl
BALITA_A_POSYANDU = 45
DESA_SPREAD = 0.42  # of the logarithm of a village's size
DESA_LIMITS = (0.45, 2.6)  # times the mean village of its kecamatan
DESA_HEIGHT_SD = 0.25  # villages differ in mean TB/U z by this
LOKUS_HEIGHT = -0.35  # villages on a lokus decree were chosen because children there are shorter


def stream(name: str) -> np.random.Generator:
    """Return the random numbers of one part of the sample: a new part never shifts those of another."""
    return np.random.default_rng([SEED, crc32(name.encode())])


@cache
def load_names() -> dict[str, Texts]:
    """Return the word lists of `nama.csv`: anak_l, anak_p, tengah_l, tengah_p, ayah, ibu, posyandu."""
    table = pd.read_csv(FOLDER / "nama.csv", dtype="str")
    return {str(group): names.to_numpy(dtype=object) for group, names in table.groupby("kelompok")["nama"]}


def make_people(balita: dict[str, int], born_until: np.datetime64) -> pd.DataFrame:
    """Return one row a child ever under five from the first round to `born_until`, ordered by desa and posyandu.

    `balita` gives how many under-fives live in each kecamatan (by code) at any one time. Columns: those of the
    standardized e-PPGBM table that stay the same over rounds, and for the generator `kecamatan_nomor` (position in
    `balita`), `hari_posyandu` (day of the month), `awal_desa` and `awal_z` (the village's and the child's own part of
    TB/U z at the first round), `panjang_lahir_mm` (also where `tinggi_lahir_cm` is not recorded), `heaping` (share of
    heights the posyandu rounds to half centimetres) and `enggan` (0..1, unwilling to come).
    """
    days = int((born_until - BORN_FROM) / np.timedelta64(1, "D"))
    places = _fill_places(balita, days / UNDER_FIVE_DAYS)
    places["tgl_lahir"] = BORN_FROM + _spread_births(places["kecamatan_nomor"].to_numpy(), days)
    people = places.sort_values(["kode_desa", "nomor_posyandu", "tgl_lahir"], kind="stable", ignore_index=True)
    people = pd.concat([people, _make_identity(people)], axis="columns")
    return people.assign(**_make_births(people))


def _fill_places(balita: dict[str, int], generations: float) -> pd.DataFrame:
    """Return one row a child with desa, posyandu, puskesmas, address; villages vary in size."""
    random = stream("desa")
    desa = load_desa().sort_values("kode", ignore_index=True)
    low, high = DESA_LIMITS
    desa["ukuran"] = np.clip(np.exp(DESA_SPREAD * random.standard_normal(len(desa))), low, high)
    desa["awal_desa"] = DESA_HEIGHT_SD * random.standard_normal(len(desa))
    desa["awal_desa"] += np.where(desa["kode"].isin(load_lokus()["kode"]), LOKUS_HEIGHT, 0.0)
    sizes = []
    for kode, villages in desa.groupby("kode_kecamatan"):
        sizes.append(_share(round(balita[str(kode)] * generations), villages["ukuran"].to_numpy()))
    size = np.concatenate(sizes)
    people = desa.loc[np.repeat(desa.index, size)].reset_index(names="nomor_desa")
    people["kecamatan_nomor"] = people["kode_kecamatan"].map({kode: place for place, kode in enumerate(balita)})
    posyandu_a_desa = np.maximum(1, np.rint(size / generations / BALITA_A_POSYANDU)).astype(np.int64)
    return _add_posyandu(people, posyandu_a_desa[people["nomor_desa"]])


def _add_posyandu(people: pd.DataFrame, posyandu_a_desa: Ints) -> pd.DataFrame:
    random = stream("posyandu")
    number = (random.random(len(people)) * posyandu_a_desa).astype(np.int64)
    desa = people["nomor_desa"].to_numpy()
    names = load_names()["posyandu"]
    # A posyandu has one day a month and one habit of reading the board; both follow from its place in the lists.
    habits = stream("kebiasaan").random((int(desa.max()) + 1, int(number.max()) + 1, 2))[desa, number]
    is_town = people["jenis"] == "kelurahan"
    return pd.DataFrame(
        {
            "kecamatan_nomor": people["kecamatan_nomor"],
            "nomor_posyandu": number,
            "kode_desa": people["kode"],
            "desa": people["nama"],
            "kecamatan": people["kecamatan"],
            "puskesmas": "Puskesmas " + people["kecamatan"],
            "posyandu": pd.Series(names[(desa * 5 + number) % len(names)], dtype="str"),
            "alamat": np.where(is_town, "Kelurahan ", "Desa ") + people["nama"],
            "rt": pd.Series(number * 2 + 1 + (random.random(len(people)) < 0.5)).astype("str").str.zfill(3),
            "rw": "001",
            "hari_posyandu": 3 + (habits[:, 0] * 20).astype(np.int64),
            "heaping": 0.05 + 0.5 * habits[:, 1],
            "awal_desa": people["awal_desa"],
        }
    )


def _spread_births(kecamatan: Ints, days: int) -> npt.NDArray[np.timedelta64]:
    """Return days from BORN_FROM, spread evenly in each kecamatan so that the number under five hardly changes."""
    random = stream("lahir")
    born = np.empty(len(kecamatan))
    for place in np.unique(kecamatan):
        here = np.flatnonzero(kecamatan == place)
        born[here] = (random.permutation(len(here)) + random.random(len(here))) / len(here) * days
    return np.floor(born).astype("timedelta64[D]")


def _make_identity(people: pd.DataFrame) -> pd.DataFrame:
    """Return nik, nama, jk, nama_ortu; no two children share a NIK."""
    random = stream("nama")
    count = len(people)
    boy = random.permutation(count) < SHARE_OF_BOYS * count
    names = load_names()

    def draw(group: str) -> Texts:
        return names[group][(random.random(count) * len(names[group])).astype(np.int64)]

    first = pd.Series(np.where(boy, draw("anak_l"), draw("anak_p")), dtype="str")
    middle = pd.Series(np.where(boy, draw("tengah_l"), draw("tengah_p")), dtype="str")
    number = pd.Series(np.arange(1, count + 1)).astype("str").str.zfill(8)
    return pd.DataFrame(
        {
            "nik": NIK_PREFIX + people["kode_desa"].str[:8].str.replace(".", "", regex=False) + number,
            "nama": first + " " + middle + " " + LAST_NAME,
            "jk": pd.Series(np.where(boy, "L", "P"), dtype="str"),
            "nama_ortu": pd.Series(draw("ayah") + " / " + draw("ibu"), dtype="str"),
        }
    )


def _make_births(people: pd.DataFrame) -> dict[str, Floats]:
    """Return what the child starts with: scores, weight and length at birth (mean 3.05 kg; 7-8 % under 2.5 kg)."""
    random = stream("kelahiran")
    count = len(people)
    own = random.standard_normal(count)
    small = 0.4 * own + 0.9 * random.standard_normal(count)
    weight = np.clip(np.round(3.05 + 0.4 * small, 1), 1.4, 4.6)
    length = np.clip(np.rint(49.2 + 1.7 * small), 42, 55) * 10
    known = random.random(count) > 0.03
    return {
        "awal_z": own,
        "berat_lahir_kg": np.where(known, weight, np.nan),
        "tinggi_lahir_cm": np.where(known, length / 10, np.nan),
        "panjang_lahir_mm": length,
        "enggan": random.random(count),
    }


def _share(total: int, weights: Floats) -> Ints:
    """Return whole parts of `total` in proportion to `weights` (largest remainders)."""
    exact = total * weights / weights.sum()
    parts = np.asarray(np.floor(exact), dtype=np.int64)
    parts[np.argsort(parts - exact, kind="stable")[: total - int(parts.sum())]] += 1
    return parts
