"""Finds records of one and the same measured child under two pseudonyms: a name typed anew, a family that moved.

Without a usable NIK a child is known by name, birth date, sex and desa alone, and a single other letter makes a new
pseudonym. The score of a pair and its limits are in `config/pencocokan.toml`.
"""

from collections import defaultdict

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.matching_blocks import Bools, Ints, Words, candidate_pairs, month_words, together
from analytics.matching_likeness import dates_alike, fold_names, names_alike, parents_alike, places_alike
from config.matching import Measure, child_measure

PAIRS = ["id_kiri", "id_kanan", "skor", "keadaan", "pindah"]
CERTAIN, DOUBTFUL = "pasti", "meragukan"
TWICE_NAME = 0.85  # of two records measured in one month only names this alike are shown to a person


def match_children(nama: pd.DataFrame, pengukuran: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of records that are certainly or perhaps one child, best first: `PAIRS`.

    `nama`: the by-name table (id_anak, nama, nama_ortu, nik, kode_desa), `pengukuran`: the stored measurements. skor is
    0..1, keadaan CERTAIN or DOUBTFUL, pindah: in two desa; id_kiri < id_kanan. A pair is certain only if sex is the
    same, the two were never measured in one month, and no other record fits one of them about as well.
    """
    people = describe_children(nama, pengukuran)
    measured = month_words(pengukuran, people["id_anak"])
    left, right = candidate_pairs(people, measured)
    one, other = (people.iloc[side].reset_index(drop=True) for side in (left, right))
    names = names_alike(one["nama"], other["nama"])
    alike = {
        "nama": names,
        "tgl_lahir": dates_alike(one["tgl_lahir"], other["tgl_lahir"]),
        "ortu": parents_alike(one["ortu"], other["ortu"]),
        "desa": places_alike(one["kode_desa"], other["kode_desa"]),
        "jk": (one["jk"].to_numpy() == other["jk"].to_numpy()).astype(np.float64),
    }
    measure = child_measure()
    skor = weigh(alike, measure.weights)
    both = together(measured, left, right)
    worth = (skor >= measure.doubtful) & (~both | (names >= TWICE_NAME))
    sure = worth & (skor >= measure.certain) & ~both & (alike["jk"] == 1)
    sure = _without_rivals(left, right, skor, sure, worth, measured, measure)
    pairs = pd.DataFrame(
        {
            "id_kiri": np.minimum(one["id_anak"], other["id_anak"]).astype("str"),
            "id_kanan": np.maximum(one["id_anak"], other["id_anak"]).astype("str"),
            "skor": np.round(skor, 3),
            "keadaan": pd.Series(np.where(sure, CERTAIN, DOUBTFUL), dtype="str"),
            "pindah": one["kode_desa"].to_numpy() != other["kode_desa"].to_numpy(),
        }
    )[worth]
    return pairs.sort_values(["skor", "id_kiri", "id_kanan"], ascending=[False, True, True], ignore_index=True)


def describe_children(nama: pd.DataFrame, pengukuran: pd.DataFrame) -> pd.DataFrame:
    """Return one row a measured child, as last written: id_anak, nama, ortu (folded), nik, kode_desa, jk, tgl_lahir."""
    newest = nama.drop_duplicates("id_anak", keep="last")
    facts = pengukuran.drop_duplicates("id_anak", keep="last").set_index("id_anak")[["jk", "tgl_lahir"]]
    people = newest.join(facts, on="id_anak", how="inner").reset_index(drop=True)
    return pd.DataFrame(
        {
            "id_anak": people["id_anak"],
            "nama": fold_names(people["nama"]),
            "ortu": fold_names(people["nama_ortu"]),
            "nik": people["nik"],
            "kode_desa": people["kode_desa"].astype("str"),
            "jk": people["jk"].astype("str"),
            "tgl_lahir": people["tgl_lahir"],
        }
    )


def weigh(alike: dict[str, npt.NDArray[np.float64]], weights: dict[str, float]) -> npt.NDArray[np.float64]:
    """Return the score of each pair: the weighted mean of what is known (not NaN) of both."""
    parts = np.stack([alike[name] for name in weights])
    shares = np.where(np.isnan(parts), 0.0, np.array(list(weights.values()))[:, None])
    return np.asarray(np.round((np.nan_to_num(parts) * shares).sum(axis=0) / shares.sum(axis=0), 6))


def _without_rivals(
    left: Ints, right: Ints, skor: npt.NDArray[np.float64], sure: Bools, worth: Bools, measured: Words, measure: Measure
) -> Bools:
    """Return `sure` without pairs of which one side fits a third record about as well that is not the same child.

    A third record is a rival unless it may be the same child as the other side too: never measured in one month.
    """
    near: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for place in np.flatnonzero(worth):
        near[int(left[place])].append((int(right[place]), float(skor[place])))
        near[int(right[place])].append((int(left[place]), float(skor[place])))
    kept = sure.copy()
    for place in np.flatnonzero(sure):
        pair = (int(left[place]), int(right[place]))
        for mine, yours in (pair, pair[::-1]):
            rivals = [third for third, score in near[mine] if third != yours and score >= skor[place] - measure.margin]
            if any((measured[third] & measured[yours]).any() for third in rivals):
                kept[place] = False
    return kept


def under_one_id(ids: pd.Series, same: pd.Series) -> pd.Series:
    """Return each id of a child as the one that stands for it (`same`: {id: that one}), those not in it as they are."""
    return ids.astype("str") if same.empty else ids.map(same).astype("str").fillna(ids.astype("str"))
