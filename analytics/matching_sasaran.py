"""Finds the measured child behind each sasaran balita: by name and desa, which is all that both tables hold."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.growth import DAYS_PER_MONTH
from analytics.matching import CERTAIN, DOUBTFUL, describe_children, under_one_id, weigh
from analytics.matching_likeness import KECAMATAN_CODE, fold_names, names_alike, places_alike
from config.matching import sasaran_measure

NOT_FOUND = "tidak_ditemukan"
LINKS = ["id_sasaran", "id_anak", "skor", "keadaan"]
CHILD_DAYS = 60 * DAYS_PER_MONTH


def match_sasaran(
    sasaran: pd.DataFrame, jawaban: pd.DataFrame, nama: pd.DataFrame, pengukuran: pd.DataFrame, same: pd.Series
) -> pd.DataFrame:
    """Return for every sasaran balita its candidates, best first, or one row without any: `LINKS`.

    `sasaran`: by-name table of the sasaran (id_sasaran, jenis_sasaran, nomor, nama, kode_desa); `jawaban`: their
    answers (which rounds); `nama`, `pengukuran`: the measured children; `same`: {id_anak: the id that stands for it}.
    keadaan: CERTAIN (one candidate, for whom there is no other sasaran), DOUBTFUL, NOT_FOUND (id_anak missing). A child
    counts only if it was born by the last round of the sasaran and under five at the first. A sasaran known from a
    family card alone carries the name of the family's head, so no child is looked for.
    """
    balita = sasaran[sasaran["jenis_sasaran"] == "balita"]
    people = balita.assign(nama=fold_names(balita["nama"]).where(balita["nomor"].notna(), ""))
    rounds = jawaban.groupby("id_sasaran")["periode"].agg(["min", "max"])
    people = people[["id_sasaran", "nama", "kode_desa"]].join(rounds, on="id_sasaran").reset_index(drop=True)
    children = describe_children(nama, pengukuran)
    pairs = _candidates(people, children)
    pairs = pairs.assign(orang=under_one_id(pairs["id_anak"], same))
    pairs = pairs.sort_values(["id_sasaran", "skor", "id_anak"], ascending=[True, False, True])
    pairs = pairs.drop_duplicates(["id_sasaran", "orang"], ignore_index=True)
    pairs["keadaan"] = np.where(_is_certain(pairs), CERTAIN, DOUBTFUL)
    certain = pairs.loc[pairs["keadaan"] == CERTAIN, "id_sasaran"]
    pairs = pairs[(pairs["keadaan"] == CERTAIN) | ~pairs["id_sasaran"].isin(certain)]
    missing = people.loc[~people["id_sasaran"].isin(pairs["id_sasaran"]), ["id_sasaran"]].assign(keadaan=NOT_FOUND)
    found = pd.concat([pairs, missing]).reindex(columns=LINKS).astype({"id_anak": "str", "keadaan": "str"})
    return found.sort_values(["id_sasaran", "skor", "id_anak"], ascending=[True, False, True], ignore_index=True)


def _candidates(people: pd.DataFrame, children: pd.DataFrame) -> pd.DataFrame:
    """Return id_sasaran, id_anak, skor of the pairs worth showing: of one desa, or of one name in one kecamatan."""
    named, known = people[people["nama"] != ""], children[children["nama"] != ""]
    named = named.assign(kecamatan=named["kode_desa"].str[:KECAMATAN_CODE])
    known = known.assign(kecamatan=known["kode_desa"].str[:KECAMATAN_CODE])
    joined = (named.merge(known, on=on, suffixes=("", "_anak")) for on in (["kode_desa"], ["nama", "kecamatan"]))
    both = [_fill(part) for part in joined]
    pairs = pd.concat(both, ignore_index=True).drop_duplicates(["id_sasaran", "id_anak"], ignore_index=True)
    pairs = pairs[_of_age(pairs)].reset_index(drop=True)
    alike = {
        "nama": names_alike(pairs["nama"], pairs["nama_anak"]),
        "desa": places_alike(pairs["kode_desa"], pairs["kode_desa_anak"]),
    }
    measure = sasaran_measure()
    skor = np.round(weigh(alike, measure.weights), 3)
    return pairs[["id_sasaran", "id_anak"]].assign(skor=skor)[skor >= measure.doubtful]


def _fill(part: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs with both names and both desa, also where they were joined on them."""
    for name in ("nama", "kode_desa"):
        if f"{name}_anak" not in part:
            part = part.assign(**{f"{name}_anak": part[name]})
    return part[
        ["id_sasaran", "id_anak", "nama", "nama_anak", "kode_desa", "kode_desa_anak", "tgl_lahir", "min", "max"]
    ]


def _of_age(pairs: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """True where the child was under five when the sasaran was first asked, and born when it was last asked."""
    first = pd.to_datetime(pairs["min"] + "-01", format="%Y-%m-%d")
    last = pd.to_datetime(pairs["max"] + "-01", format="%Y-%m-%d") + pd.offsets.MonthEnd(0)
    young = (first - pairs["tgl_lahir"]).dt.days < CHILD_DAYS
    return np.asarray(young & (pairs["tgl_lahir"] <= last))


def _is_certain(pairs: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """True where a pair scores enough and neither side has another partner that does."""
    sure = pairs["skor"] >= sasaran_measure().certain
    fits = pairs[sure]
    alone = ~fits.duplicated("id_sasaran", keep=False) & ~fits.duplicated("orang", keep=False)
    return np.asarray(sure & pairs.index.isin(fits.index[alone]))
