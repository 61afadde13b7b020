"""What the report printed (S001-S085), what follows from it (D01-), and where it contradicts itself (a-x)."""

from functools import cache
from pathlib import Path

import pandas as pd

from config.places import load_kecamatan, load_region

FOLDER = Path(__file__).parent
PUBLISHED_COLUMNS = ["id", "indikator", "wilayah", "periode", "nilai", "satuan", "bagian", "catatan"]
LEVEL_COLUMNS = ["kode", "nama", "tahun", "periode", "nilai", "bawah", "atas", "jenis", "arah", "catatan", "id"]
PREVALENCE = "prevalensi_stunting"
# Three figures are printed for 2021; S004 is the only one with a draw date (contradiction a).
KABUPATEN_FIGURES = ["S004", "S007"]


def _read(name: str) -> pd.DataFrame:
    return pd.read_csv(FOLDER / name, dtype="str", keep_default_na=False)


@cache
def load_published() -> pd.DataFrame:
    """Return the printed figures, one a row, all texts: PUBLISHED_COLUMNS, tercetak, periode_tercetak.

    `nilai` keeps every printed digit, with a decimal point; a fall is negative; it may be a word ("naik", ">75").
    `tercetak` and `periode_tercetak` are the report's own characters ("17,90%", "31 juni 2022").
    """
    return _read("terbitan.csv")


@cache
def load_ranges() -> pd.DataFrame:
    """Return what the printed figures imply, one a row: id, indikator, wilayah, kode, periode, bawah, atas, ...

    bawah, atas (floats in `satuan`): equal for a point, otherwise the open interval the value lies in.
    turunan says how, `dari` from which ids (joined by `;`), catatan what to know.
    """
    return _read("rentang.csv").astype({"bawah": "float64", "atas": "float64"})


@cache
def load_contradictions() -> pd.DataFrame:
    """Return the report's inconsistencies, one a row, all texts: huruf (a-x), pokok, tertulis, bacaan, perlakuan."""
    return _read("kontradiksi.csv")


def published_number(figure: str) -> float:
    """Return the number of one printed figure, such as 14.91 for "S007".

    Raises KeyError for an unknown id and ValueError for a figure that is a word.
    """
    return float(load_published().set_index("id").at[figure, "nilai"])


def printed_direction() -> dict[str, str]:
    """Return {name of the kecamatan: "naik" | "turun"}, as the report says it (S023, S024)."""
    rows = load_published().query("indikator == 'arah_tren'")
    named = rows.assign(nama=rows["wilayah"].str.removeprefix("Kec. ").str.split(";")).explode("nama")
    return dict(zip(named["nama"], named["nilai"], strict=True))


def kecamatan_levels() -> pd.DataFrame:
    """Return what is known of stunting in each kecamatan in 2021 and 2022, one a row (8 x 2), LEVEL_COLUMNS.

    nilai, bawah, atas in percent; nilai is missing where only the range (bawah, atas) is known. `jenis` is "terbit"
    (printed), "turunan" (a point that follows) or "rentang". A printed value goes before a derived one.
    """
    codes = dict(zip(load_kecamatan()["nama"], load_kecamatan()["kode"], strict=True))
    printed = load_published().query("indikator == @PREVALENCE and wilayah.str.startswith('Kec. ')")
    derived = load_ranges().query("indikator == @PREVALENCE")
    known = pd.concat([_printed_level(printed), _derived_level(derived)])
    known["nama"] = known["wilayah"].str.removeprefix("Kec. ")
    known["kode"] = known["nama"].map(codes)
    known["arah"] = known["nama"].map(printed_direction())
    first = known.drop_duplicates(["kode", "tahun"], keep="first")
    return first.sort_values(["kode", "tahun"], ignore_index=True)[LEVEL_COLUMNS]


def kabupaten_levels() -> pd.DataFrame:
    """Return the working figures of the kabupaten, 2021 and 2022, one a row, LEVEL_COLUMNS as for the kecamatan."""
    rows = load_published().set_index("id", drop=False).loc[KABUPATEN_FIGURES]
    region = load_region()
    known = _printed_level(rows).assign(kode=region.kode, nama=region.nama, arah="turun")
    return known.reset_index(drop=True)[LEVEL_COLUMNS]


def _printed_level(rows: pd.DataFrame) -> pd.DataFrame:
    number = rows["nilai"].astype("float64")
    return rows.assign(tahun=_year(rows), nilai=number, bawah=number, atas=number, jenis="terbit")


def _derived_level(rows: pd.DataFrame) -> pd.DataFrame:
    point = rows["bawah"] == rows["atas"]
    return rows.assign(
        tahun=_year(rows),
        nilai=rows["bawah"].where(point),
        jenis=point.map({True: "turunan", False: "rentang"}),
        catatan=(rows["turunan"] + " " + rows["catatan"]).str.strip(),
    )


def _year(rows: pd.DataFrame) -> pd.Series:
    return rows["periode"].str[:4].astype("int64")
