"""The list of the followed children and women by name: problems, last measurement, who they are, who needs a visit.

`Named` is to names what `Cleared` is to numbers: only `for_staff` makes it, and only for the room of named staff.
"""

from dataclasses import dataclass

import pandas as pd

from analytics.follow_up import count_red, latest_growth, months_late, reasons
from config.places import load_desa

STAFF = "petugas"
KECAMATAN_CODE = len("63.11.01")
FOLLOWED = [
    "id_sasaran", "jenis_sasaran", "kode_desa", "kode_kecamatan", "desa", "kecamatan", "periode", "masalah", "ditanya",
    "terakhir", "jeda_bulan", "zs_tbu", "beda_z", "merah", "id_anak", "keadaan",
]  # fmt: skip


@dataclass(frozen=True)
class Named:
    """A table that says who somebody is; it may be shown to named staff only."""

    table: pd.DataFrame

    def part(self, first: int, count: int) -> "Named":
        """Return `count` rows from row `first` on, the first being 0."""
        return Named(self.table.iloc[first : first + count])

    def joined(self, other: "Named") -> "Named":
        """Return the rows of this table, then those of another."""
        parts = [each.table for each in (self, other) if len(each.table)]
        return Named(pd.concat(parts, ignore_index=True) if parts else self.table)


def for_staff(table: pd.DataFrame, ruang: str) -> Named:
    """Return a table by name for the room of named staff; raises PermissionError for every other room."""
    if ruang != STAFF:
        raise PermissionError(f"Data bernama tidak dibuka di ruang {ruang!r}.")
    return Named(table)


def list_followed(
    jawaban: pd.DataFrame, children: pd.DataFrame | None, pengukuran: pd.DataFrame | None, bumil: pd.DataFrame | None
) -> pd.DataFrame:
    """Return the sasaran of the newest round of their kind, without names: one row each, `FOLLOWED`.

    `jawaban`: the stored answers; `children`: `verify` (id_sasaran, id_anak, keadaan); `pengukuran`, `bumil`: the
    stored tables, None where there are none. masalah: parameters answered 1; ditanya: answered 0 or 1; merah: problems
    that are red in their kecamatan; terakhir: day of the last measurement of the child, or of the woman under the same
    number; jeda_bulan: months from then to the newest measurement of all; zs_tbu, beda_z: latest TB/U and its change.
    """
    newest = jawaban.groupby("jenis_sasaran")["periode"].transform("max")
    mine = jawaban[jawaban["periode"] == newest]
    people = mine.drop_duplicates("id_sasaran")[["id_sasaran", "jenis_sasaran", "kode_desa", "periode"]]
    counts = pd.DataFrame({"masalah": mine["jawaban"] == "1", "ditanya": mine["jawaban"].isin(["0", "1"])})
    people = people.join(counts.groupby(mine["id_sasaran"]).sum(), on="id_sasaran")
    people["merah"] = people["id_sasaran"].map(count_red(mine)).fillna(0).astype("int64")
    people = _with_child(people, children, pengukuran)
    if bumil is not None:
        women = people["jenis_sasaran"] == "bumil"
        seen = people["id_sasaran"].map(bumil.groupby("id_sasaran")["tanggal"].max())
        people["terakhir"] = people["terakhir"].where(~women, seen)
        people["jeda_bulan"] = people["jeda_bulan"].where(~women, months_late(seen, bumil["tanggal"].max()))
    return _with_places(people)[FOLLOWED].reset_index(drop=True)


def _with_child(people: pd.DataFrame, children: pd.DataFrame | None, pengukuran: pd.DataFrame | None) -> pd.DataFrame:
    """Return the people with what is known of the measured child they are, missing where none is."""
    nothing = {"id_anak": pd.NA, "keadaan": "", "terakhir": pd.NaT, "jeda_bulan": float("nan")}
    if children is None or pengukuran is None:
        return people.assign(**nothing, zs_tbu=float("nan"), beda_z=float("nan"))
    people = people.merge(children[["id_sasaran", "id_anak", "keadaan"]], on="id_sasaran", how="left")
    people = people.join(latest_growth(pengukuran), on="id_anak").fillna({"keadaan": ""})
    return people.assign(jeda_bulan=months_late(people["terakhir"], pengukuran["tgl_ukur"].max()))


def name_followed(followed: pd.DataFrame, nama: pd.DataFrame, ruang: str) -> Named:
    """Return the list with the names of the by-name table (id_sasaran, nama): most problems first.

    Of as many problems, those longest not measured come first, then by name. Raises PermissionError as `for_staff`.
    """
    names = nama.drop_duplicates("id_sasaran", keep="last").set_index("id_sasaran")["nama"]
    table = followed.assign(nama=followed["id_sasaran"].map(names).astype("str"))
    order = ["masalah", "terakhir", "nama", "id_sasaran"]
    table = table.sort_values(order, ascending=[False, True, True, True], na_position="first", ignore_index=True)
    return for_staff(table, ruang)


def search(named: Named, jenis: str, kode_kecamatan: str, cari: str, alasan: str = "", keadaan: str = "") -> Named:
    """Return the rows of a kind of sasaran, of a kecamatan, whose name holds `cari`; an empty choice keeps all.

    alasan: one of `REASONS` for a visit; keadaan: one of the `STATES` of verification.
    """
    table = named.table
    keep = pd.Series(True, index=table.index)
    if jenis:
        keep &= table["jenis_sasaran"] == jenis
    if kode_kecamatan:
        keep &= table["kode_kecamatan"] == kode_kecamatan
    if cari:
        keep &= table["nama"].str.casefold().str.contains(cari.casefold(), regex=False).fillna(False)
    if alasan:
        keep &= reasons(table)[alasan]
    if keadaan:
        keep &= table["keadaan"] == keadaan
    return Named(table[keep.astype("bool")].reset_index(drop=True))


def _with_places(people: pd.DataFrame) -> pd.DataFrame:
    desa = load_desa().set_index("kode")
    return people.assign(
        kode_kecamatan=people["kode_desa"].str[:KECAMATAN_CODE],
        desa=people["kode_desa"].map(desa["nama"]),
        kecamatan=people["kode_desa"].map(desa["kecamatan"]),
    )
