"""Invented families over several months of measuring, with everything that makes a child hard to find again.

Typing slips, shortened names, twins, siblings, namesakes, families that moved, birth dates with day and month
exchanged, NIK masked or missing. Who is who is known, so that matching can be counted.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.matching import CERTAIN
from config.places import load_desa
from data.pseudonymize import identify, merge_people

KEY = bytes(32)
MONTHS = ("2022-02", "2022-04", "2022-06", "2022-08", "2022-10", "2022-12")
SYLLABLES = ["ra", "ni", "sa", "ma", "di", "fa", "ha", "lu", "ta", "wi", "yu", "za", "ki", "no", "be", "gu"]
SECOND = ["Rahman", "Saputra", "Aulia", "Hidayat", "Maulida", "Ramadhan", "Safitri", "Akbar", "Khadijah", "Noor"]
TROUBLES = ("salah_ketik", "disingkat", "pindah", "tanggal_tertukar", "pindah_salah_ketik")
SHARE = {"salah_ketik": 0.12, "disingkat": 0.04, "pindah": 0.05, "tanggal_tertukar": 0.02, "pindah_salah_ketik": 0.01}
TWINS, NAMESAKES, MASKED = 0.02, 0.03, 0.7
TWIN, NAMESAKE, WHOLE = "kembar", "senama", "semua"
COMMON, COMMON_FIRST, ALIKE_TWINS = ("Muhammad", "Siti", "Nur", "Ahmad"), 0.4, 0.5


@dataclass(frozen=True)
class Generated:
    """By-name table and measurements as stored; who: {id_anak: number of the child}; trouble: {number: what happened}.

    near: {number: TWIN or NAMESAKE} of the children who have another that is easily taken for them.
    """

    nama: pd.DataFrame
    pengukuran: pd.DataFrame
    who: dict[str, int]
    trouble: dict[int, str]
    near: dict[int, str]


def make_families(count: int, seed: int = 7) -> Generated:
    """Return `count` children and some twins and namesakes, measured in most of MONTHS; always the same."""
    random = np.random.default_rng(seed)
    people = _people(count, random)
    trouble = dict(zip(people.index, _troubles(len(people), random), strict=True))
    turn = {child: int(random.integers(1, len(MONTHS))) for child in people.index}
    nama, parts = None, []
    for place, month in enumerate(MONTHS):
        came = people[random.random(len(people)) < 0.8]
        rows = pd.DataFrame([_as_written(child, row, trouble[child] if place >= turn[child] else "", random)
                             for child, row in came.iterrows()])  # fmt: skip
        ids = identify(rows, nama, KEY)
        nama = merge_people(rows, ids, nama)
        parts.append(rows[["jk", "tgl_lahir", "anak"]].assign(id_anak=ids["id_anak"], bulan=month))
    measured = pd.concat(parts, ignore_index=True)
    who = dict(zip(measured["id_anak"], measured["anak"], strict=True))
    return Generated(nama, measured.drop(columns="anak"), who, trouble, people["dekat"].to_dict())


def _people(count: int, random: np.random.Generator) -> pd.DataFrame:
    desa = load_desa()["kode"].to_numpy()
    days = pd.Timestamp("2018-01-01") + pd.to_timedelta(random.integers(0, 1700, count), unit="D")
    people = pd.DataFrame(
        {
            "nama": [_name(random) for _ in range(count)],
            "jk": random.choice(["L", "P"], count),
            "tgl_lahir": days,
            "kode_desa": random.choice(desa, count),
            "nama_ortu": [f"{_word(random)} {_word(random)} / {_word(random)} {_word(random)}" for _ in range(count)],
        }
    )
    twins = people.sample(int(TWINS * count), random_state=1)
    twins = twins.assign(nama=[_twin_name(name, random) for name in twins["nama"]])
    namesakes = people.sample(int(NAMESAKES * count), random_state=2)
    namesakes = namesakes.assign(
        tgl_lahir=namesakes["tgl_lahir"] + pd.to_timedelta(random.integers(20, 300, len(namesakes)), unit="D"),
        nama_ortu=[f"{_word(random)} {_word(random)} / {_word(random)}" for _ in range(len(namesakes))],
    )
    near = pd.Series("", index=people.index)
    near[namesakes.index], near[twins.index] = NAMESAKE, TWIN
    parts = [people.assign(dekat=near), twins.assign(dekat=TWIN), namesakes.assign(dekat=NAMESAKE)]
    everybody = pd.concat(parts, ignore_index=True)
    number = pd.Series(range(len(everybody))).astype("str").str.zfill(8)
    return everybody.assign(nik="99631101" + number.str[:7] + "1")


def _name(random: np.random.Generator) -> str:
    """Return a name; many children share their first and last word, so that birth date and parents must tell."""
    first = COMMON[random.integers(len(COMMON))] if random.random() < COMMON_FIRST else _word(random)
    return f"{first} {_word(random)} {SECOND[random.integers(len(SECOND))]}"


def _twin_name(name: str, random: np.random.Generator) -> str:
    """Return the name of a twin: half the time but for one syllable that of the other, as twins are often named."""
    first, middle, last = name.split()
    if random.random() < ALIKE_TWINS:
        return f"{first} {middle[:-2]}{SYLLABLES[random.integers(len(SYLLABLES))]} {last}"
    return f"{first} {_word(random)} {last}"


def _word(random: np.random.Generator) -> str:
    return "".join(random.choice(SYLLABLES, int(random.integers(2, 4)))).capitalize()


def _troubles(count: int, random: np.random.Generator) -> list[str]:
    drawn = random.random(count)
    limits = np.cumsum([SHARE[name] for name in TROUBLES])
    return [(*TROUBLES, "")[place] for place in np.searchsorted(limits, drawn, side="right")]


def _as_written(child: int, row: pd.Series, trouble: str, random: np.random.Generator) -> dict[str, object]:
    written = row.to_dict() | {"anak": child, "alamat": "-", "rt": "1", "rw": "1"}
    if random.random() < MASKED or trouble:
        written["nik"] = "02022**********"
    if "salah_ketik" in trouble:
        written["nama"] = slip(written["nama"], np.random.default_rng(child))
    if trouble == "disingkat":
        written["nama"] = f"{written['nama'][0]}. {written['nama'].split(maxsplit=1)[1]}"
    if "pindah" in trouble:
        desa = load_desa()["kode"]
        written["kode_desa"] = desa[(child * 37 + 11) % len(desa)]
    born = written["tgl_lahir"]
    if trouble == "tanggal_tertukar" and born.day <= 12:
        written["tgl_lahir"] = born.replace(month=born.day, day=born.month)
    return written


def slip(name: str, random: np.random.Generator) -> str:
    """Return a name with one letter left out, doubled, exchanged for another or for its neighbour."""
    place = int(random.integers(1, len(name) - 1))
    kinds = [
        name[:place] + name[place + 1 :],
        name[:place] + name[place] + name[place:],
        name[:place] + "aeiou"[int(random.integers(5))] + name[place + 1 :],
        name[:place] + name[place + 1] + name[place] + name[place + 2 :],
    ]
    return kinds[int(random.integers(4))]


def count_found(made: Generated, pairs: pd.DataFrame) -> dict[str, float]:
    """Return of the pairs: benar, salah (certain ones that are, or are not, one child), presisi, and the recall.

    `ingatan`: of the records that have another of the same child, the share linked with certainty; `ingatan_ragu` with
    those only listed; `ragu`, `ragu_benar`: doubtful pairs to decide, and how many of them are one child.
    """
    truth = pairs["id_kiri"].map(made.who) == pairs["id_kanan"].map(made.who)
    sure = pairs["keadaan"] == CERTAIN
    children = pd.Series(made.who)
    several = set(children[children.duplicated(keep=False)])
    linked, seen = (set(pairs.loc[chosen, "id_kiri"].map(made.who)) & several for chosen in (truth & sure, truth))
    right, wrong = int((truth & sure).sum()), int((~truth & sure).sum())
    return {
        "benar": right,
        "salah": wrong,
        "presisi": right / max(right + wrong, 1),
        "ingatan": len(linked) / max(len(several), 1),
        "ingatan_ragu": len(seen) / max(len(several), 1),
        "ragu": int((~sure).sum()),
        "ragu_benar": int((~sure & truth).sum()),
    }


def found_by_trouble(made: Generated, pairs: pd.DataFrame) -> pd.DataFrame:
    """Return how well children are found by what makes it hard: one row a trouble, TWIN, NAMESAKE and WHOLE.

    anak: children with several records; benar, salah: certain pairs of such children that are, or are not, one child;
    presisi: right among both; ingatan, ingatan_ragu: share of `anak` linked with certainty, or at least listed;
    ragu: doubtful pairs of such children to decide. A pair of two different children counts in the groups of both.
    """
    children = pd.Series(made.who)
    several = set(children[children.duplicated(keep=False)])
    sides = pairs["id_kiri"].map(made.who), pairs["id_kanan"].map(made.who)
    true, sure = sides[0] == sides[1], pairs["keadaan"] == CERTAIN
    groups = {name: {child for child, trouble in made.trouble.items() if trouble == name} for name in TROUBLES}
    groups |= {name: {child for child, near in made.near.items() if near == name} for name in (TWIN, NAMESAKE)}
    rows = {}
    for name, members in (groups | {WHOLE: set(made.trouble)}).items():
        mine = sides[0].isin(members) | sides[1].isin(members)
        hard = several & members
        right, wrong = int((mine & sure & true).sum()), int((mine & sure & ~true).sum())
        linked, listed = (len(hard & set(sides[0][chosen])) for chosen in (true & sure, true))
        rows[name] = {
            "anak": len(hard), "benar": right, "salah": wrong, "presisi": right / max(right + wrong, 1),
            "ingatan": linked / max(len(hard), 1), "ingatan_ragu": listed / max(len(hard), 1),
            "ragu": int((mine & ~sure).sum()),
        }  # fmt: skip
    return pd.DataFrame.from_dict(rows, orient="index")
