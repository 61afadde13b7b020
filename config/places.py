"""The places served: one kabupaten, its kecamatan and desa, with codes, aliases, hexagon positions, lokus years."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

FOLDER = Path(__file__).parent / "wilayah"


@dataclass(frozen=True)
class Region:
    """The kabupaten itself: code, full and short name, province, source and validity."""

    kode: str
    nama: str
    nama_pendek: str
    provinsi: str
    sumber: str
    berlaku: str


@cache
def load_region() -> Region:
    """Return the kabupaten of `wilayah.toml`."""
    return Region(**tomllib.loads((FOLDER / "wilayah.toml").read_text(encoding="utf-8")))


@cache
def load_kecamatan() -> pd.DataFrame:
    """Return one row a kecamatan: kode, nama, nama_resmi, alias (texts; alias parts separated by `|`, may be empty)."""
    return pd.read_csv(FOLDER / "kecamatan.csv", dtype="str", keep_default_na=False)


@cache
def load_desa() -> pd.DataFrame:
    """Return one row a desa or kelurahan.

    Columns: kode, nama, jenis, kode_kecamatan, kecamatan (texts), lon, lat (degrees), elevasi_m,
    heks_x (half steps to the right), heks_baris (row upwards).
    """
    texts = {"kode": "str", "nama": "str", "jenis": "str", "kode_kecamatan": "str"}
    desa = pd.read_csv(FOLDER / "desa.csv", dtype=texts)
    names = load_kecamatan().set_index("kode")["nama"]
    return desa.assign(kecamatan=desa["kode_kecamatan"].map(names))


@cache
def load_aliases() -> pd.DataFrame:
    """Return spellings met elsewhere, one a row: kode (desa), alias, sumber."""
    return pd.read_csv(FOLDER / "alias_desa.csv", dtype="str", keep_default_na=False)


@cache
def load_lokus() -> pd.DataFrame:
    """Return the lokus villages: tahun (int), kode (desa), dasar (the decree)."""
    return pd.read_csv(FOLDER / "lokus.csv", dtype={"kode": "str", "dasar": "str"})


@cache
def place_names() -> dict[str, str]:
    """Return {kode: nama} for the kabupaten, every kecamatan and every desa."""
    region = load_region()
    names = {region.kode: region.nama}
    for table in (load_kecamatan(), load_desa()):
        names |= dict(zip(table["kode"], table["nama"], strict=True))
    return names
