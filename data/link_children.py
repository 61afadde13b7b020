"""Finds the measured child behind a sasaran: same name in the same desa, and only where both are the only ones."""

import pandas as pd

from data.pseudonymize import normalise_name


def link_children(sasaran: pd.DataFrame, children: pd.DataFrame) -> pd.DataFrame:
    """Return id_sasaran and id_anak of the balita that are certainly a measured child.

    `sasaran` is the by-name table of the sasaran (id_sasaran, jenis_sasaran, nama, kode_desa), `children` that of the
    measured children (id_anak, nama, kode_desa; one child may have several rows). The tables have no other number in
    common. A name that two sasaran or two children of a desa share links nobody.
    """
    balita = sasaran.loc[sasaran["jenis_sasaran"] == "balita", ["id_sasaran", "nama", "kode_desa"]]
    pairs = _keyed(balita, "id_sasaran").join(_keyed(children, "id_anak"), how="inner")
    return pairs.sort_values("id_sasaran", ignore_index=True)


def _keyed(people: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the ids indexed by (name, desa), without those that share it with another or have no name."""
    keyed = people[[name, "kode_desa"]].assign(kunci=people["nama"].map(normalise_name)).drop_duplicates()
    keyed = keyed[(keyed["kunci"] != "") & ~keyed.duplicated(["kunci", "kode_desa"], keep=False)]
    return keyed.set_index(["kunci", "kode_desa"])
