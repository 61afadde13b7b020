"""Doubtful pairs with the names and facts a person needs to decide on them; for named staff only."""

import pandas as pd

from analytics.by_name import Named, for_staff
from config.places import place_names

SIDES = ("kiri", "kanan")
FACTS = ("nama", "ortu", "jk", "tgl_lahir", "kode_desa", "waktu")


def name_pairs(pairs: pd.DataFrame, left: pd.DataFrame, right: pd.DataFrame, jenis: str, ruang: str) -> Named:
    """Return pairs (id_kiri, id_kanan, skor) with `FACTS` of both sides, as nama_kiri and so on, and jenis, tempat_*.

    `left`, `right`: facts by id (`sasaran_facts`, `child_facts`). Raises PermissionError as `for_staff`.
    """
    table = pairs[["id_kiri", "id_kanan", "skor"]].assign(jenis=jenis)
    for side, facts in zip(SIDES, (left, right), strict=True):
        table = table.join(facts.reindex(columns=FACTS).add_suffix(f"_{side}"), on=f"id_{side}")
        names = place_names()
        table[f"tempat_{side}"] = [
            f"{names[kode]}, {names[kode[:8]]}" if isinstance(kode, str) else "" for kode in table[f"kode_desa_{side}"]
        ]
    return for_staff(table.reset_index(drop=True), ruang)


def sasaran_facts(nama: pd.DataFrame, jawaban: pd.DataFrame) -> pd.DataFrame:
    """Return by id_sasaran what is known of the sasaran: nama, kode_desa, waktu (its last round)."""
    people = nama.drop_duplicates("id_sasaran", keep="last").set_index("id_sasaran")[["nama", "kode_desa"]]
    return people.assign(waktu=jawaban.groupby("id_sasaran")["periode"].max())


def child_facts(nama: pd.DataFrame, pengukuran: pd.DataFrame) -> pd.DataFrame:
    """Return by id_anak what is known of the measured child: `FACTS`; waktu: the month last measured."""
    people = nama.drop_duplicates("id_anak", keep="last").set_index("id_anak")
    last = pengukuran.sort_values("tgl_ukur").drop_duplicates("id_anak", keep="last").set_index("id_anak")
    people = people[["nama", "nama_ortu", "kode_desa"]].rename(columns={"nama_ortu": "ortu"})
    return people.join(last[["jk", "tgl_lahir"]]).assign(waktu=last["bulan"])
