"""Kelompok desa: neighbouring desa of one kecamatan taken together, so that `publik` may see their numbers.

A kelompok has at least `ruang_publik_kelompok` sasaran balita in every round in which its kecamatan has them. Two
ways of grouping that cut across each other would give away the desa between them: a kelompok once made only merges.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.neighbours import (
    Bools,
    Edges,
    Floats,
    Ints,
    cut_tree,
    fill_parts,
    nearest_part,
    shortest_tree,
    squared_distances,
)
from config.places import load_desa
from config.text import text
from config.values import threshold

GROUP_COLUMNS = ["kode_desa", "kode", "nama"]
UNDIVIDED = "K00"


@dataclass(frozen=True)
class District:
    """One kecamatan: its desa in order, points[desa, 2], the tree that links neighbours, the minimum.

    sasaran[round, desa]: only of rounds that count, in which the whole kecamatan reaches the minimum.
    """

    desa: pd.DataFrame
    points: Floats
    tree: Edges
    sasaran: Ints
    minimum: int

    def reaches(self, members: Bools) -> bool:
        """True when these desa together have enough sasaran in every round."""
        return bool((self.sasaran[:, members].sum(axis=1) >= self.minimum).all())

    def size(self, members: Bools) -> int:
        """Return the sasaran of these desa, those of all rounds added up."""
        return int(self.sasaran[:, members].sum())


def groups_of(jawaban: pd.DataFrame, kept: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the kelompok of every desa: `GROUP_COLUMNS`, in the order of the desa.

    `jawaban`: the stored answers. `kept`: the kelompok of the version before; they only merge, and only where one falls
    under the minimum; code and name of the larger one stay. Without `kept` the rounds are gone through one by one, as
    if they had been imported in their order. A kecamatan without enough for two is one kelompok, code `.K00`; it is the
    kecamatan itself, so it may still be divided later.
    """
    sasaran = count_sasaran(jawaban)
    if kept is not None:
        return _regroup(kept, sasaran)
    table = _undivided(load_desa())
    for rounds in range(1, len(sasaran) + 1):
        table = _regroup(table, sasaran.iloc[:rounds])
    return table


def count_sasaran(jawaban: pd.DataFrame) -> pd.DataFrame:
    """Return the number of sasaran balita: one row a round (in order), one column a desa (all of them, in order)."""
    mine = jawaban[jawaban["jenis_sasaran"] == "balita"].drop_duplicates(["id_sasaran", "periode"])
    counts = mine.groupby(["periode", "kode_desa"]).size().unstack(fill_value=0)
    return counts.reindex(columns=load_desa()["kode"], fill_value=0).sort_index()


def members_of(kelompok: pd.DataFrame) -> dict[str, list[str]]:
    """Return {code of a kelompok: names of its desa}, in order."""
    names = kelompok["kode_desa"].map(load_desa().set_index("kode")["nama"])
    return {str(kode): theirs.tolist() for kode, theirs in names.groupby(kelompok["kode"], sort=True)}


def _undivided(desa: pd.DataFrame) -> pd.DataFrame:
    nama = [text("kelompok.seluruh", kecamatan=kecamatan) for kecamatan in desa["kecamatan"]]
    return pd.DataFrame({"kode_desa": desa["kode"], "kode": desa["kode_kecamatan"] + f".{UNDIVIDED}", "nama": nama})


def _regroup(before: pd.DataFrame, sasaran: pd.DataFrame) -> pd.DataFrame:
    """Return the kelompok that these rounds make of those before."""
    minimum = int(threshold("ruang_publik_kelompok").nilai)
    known = before.set_index("kode_desa")
    parts = []
    for kode, desa in load_desa().groupby("kode_kecamatan"):
        counts = sasaran[desa["kode"]].to_numpy("int64")
        points = desa[["lon", "lat"]].to_numpy("float64")
        counted = counts[counts.sum(axis=1) >= minimum]
        district = District(desa, points, shortest_tree(points), counted, minimum)
        stood = known.reindex(desa["kode"])
        whole = set(stood["kode"].dropna()) <= {f"{kode}.{UNDIVIDED}"}
        parts.append(_divide(district) if whole else _merge(district, stood))
    return pd.concat(parts, ignore_index=True).sort_values("kode_desa", ignore_index=True)[GROUP_COLUMNS]


def _divide(district: District) -> pd.DataFrame:
    """Return a kecamatan divided into as many kelompok as reach the minimum, or whole where it has not enough for two.

    Each desa is tried as the root of the tree: all give as many kelompok, the closest together are kept.
    """
    if not len(district.sasaran):
        return _undivided(district.desa)
    apart = squared_distances(district.points)

    def spread(parts: Ints) -> float:
        return float(apart[parts[:, None] == parts].sum())

    tries = (cut_tree(district.tree, root, district.reaches) for root in range(len(apart)))
    parts = min((fill_parts(district.tree, cut) for cut in tries), key=spread)
    return _name(district, parts) if parts.max() > 0 else _undivided(district.desa)


def _name(district: District, parts: Ints) -> pd.DataFrame:
    """Return the parts with codes in the order of their first desa, each named after its desa with most sasaran."""
    desa = district.desa.assign(bagian=parts, ukuran=district.sasaran.sum(axis=0))
    largest = desa.sort_values("ukuran", ascending=False, kind="stable").drop_duplicates("bagian").set_index("bagian")
    shared = set(load_desa()["nama"][load_desa()["nama"].duplicated()])
    names = {
        row.Index: text(
            "kelompok.nama_ganda" if row.nama in shared else "kelompok.nama", desa=row.nama, kecamatan=row.kecamatan
        )
        for row in largest.itertuples()
    }
    numbers = pd.factorize(desa["bagian"])[0] + 1
    kode = [f"{place}.K{number:02d}" for place, number in zip(desa["kode_kecamatan"], numbers, strict=True)]
    return pd.DataFrame({"kode_desa": desa["kode"], "kode": kode, "nama": desa["bagian"].map(names)})


def _merge(district: District, before: pd.DataFrame) -> pd.DataFrame:
    """Return the kelompok after each too small one, the smallest first, has joined its nearest.

    A desa that was in none (added to the list of places since) joins a neighbour.
    """
    numbers, codes = pd.factorize(before["kode"], sort=True)
    parts = fill_parts(district.tree, numbers.astype("int64"))
    while len(kinds := np.unique(parts)) > 1:
        size = {kind: district.size(parts == kind) for kind in kinds}
        short = [kind for kind in kinds if not district.reaches(parts == kind)]
        if not short:
            break
        least = min(short, key=lambda kind: size[kind])
        keep, gone = sorted((least, nearest_part(district.tree, parts, least)), key=lambda kind: (-size[kind], kind))
        parts[parts == gone] = keep
    names = before.drop_duplicates("kode").set_index("kode")["nama"]
    kode = pd.Series(codes[parts], index=before.index)
    return pd.DataFrame({"kode": kode, "nama": kode.map(names)}).reset_index(names="kode_desa")
