"""Places are matched on kecamatan and desa together; what is unsure is refused and says why."""

import pandas as pd
import pytest

from config.places import load_aliases, load_desa, load_kecamatan
from data.match_place import match_place, match_places, place_key


def test_every_desa_is_found_under_its_own_name() -> None:
    desa = load_desa()
    assert list(match_places(desa["kecamatan"], desa["nama"])) == list(desa["kode"])


def test_every_desa_is_found_in_capitals_with_prefixes_and_under_the_official_kecamatan() -> None:
    desa = load_desa()
    official = desa["kode_kecamatan"].map(load_kecamatan().set_index("kode")["nama_resmi"])
    prefix = desa["jenis"].map({"desa": "DESA ", "kelurahan": "KEL. "})
    assert list(match_places("KEC. " + official.str.upper(), prefix + desa["nama"].str.upper())) == list(desa["kode"])


def test_every_alias_is_found() -> None:
    aliases = load_aliases()
    home = load_desa().set_index("kode")["kecamatan"]
    assert list(match_places(aliases["kode"].map(home), aliases["alias"])) == list(aliases["kode"])


def test_no_two_desa_of_a_kecamatan_share_a_key() -> None:
    desa = load_desa()
    assert not desa.assign(key=desa["nama"].map(place_key)).duplicated(["kecamatan", "key"]).any()


@pytest.mark.parametrize(
    ("kecamatan", "desa", "kode"),
    [
        ("Juai", "Galumbang", "63.11.01.2006"), ("Paringin Selatan", "Galumbang", "63.11.07.2006"),
        ("Batumandi", "Lok Batu", "63.11.04.2002"), ("Paringin", "LOK-BATUNG", "63.11.06.2014"),
        ("Batu Mandi", "Batumandi", "63.11.04.2005"), ("TEBING TINGGI", "Juuh", "63.11.08.2004"),
        ("Tebing Tinggi", "Ju’uh", "63.11.08.2004"), ("Awayan", "Sungai Pumpung", "63.11.03.2022"),
        ("Awayan", "S. Pumpung", "63.11.03.2022"), ("Juai", "Sei/Sungai Batung", "63.11.01.2007"),
        ("Halong", "Hawai", "63.11.02.2001"), ("Awayan", "Desa Baru", "63.11.03.2018"),
        ("Juai", "63.11.01.2001", "63.11.01.2001"), ("", "6311012001", "63.11.01.2001"), ("63.11.01", "Juai", "63.11.01.2003"),
        ("Kec.Juai", "Ds. Juai", "63.11.01.2003"),
    ],
)  # fmt: skip
def test_a_sure_match(kecamatan: str, desa: str, kode: str) -> None:
    assert match_place(kecamatan, desa).kode == kode


@pytest.mark.parametrize(
    ("kecamatan", "desa", "aturan", "said"),
    [
        ("Juai", "Galumbng", "desa_tidak_dikenal", "Galumbang"),
        ("Juai", "Xyzzy", "desa_tidak_dikenal", ""),
        ("Juai", "", "desa_tidak_dikenal", ""),
        ("Juai", "Marajai", "desa_tidak_dikenal", "Halong"),
        ("Paringin", "Lok Batu", "desa_tidak_dikenal", "Batumandi; di Kecamatan Paringin ada Lok Batung"),
        ("Juai", "63.11.99.2001", "desa_tidak_dikenal", ""),
        ("Amuntai", "Palampitan", "desa_tidak_dikenal", ""),
        ("", "Galumbang", "desa_meragukan", "Juai dan Paringin Selatan"),
        ("", "Marajai", "desa_meragukan", "Halong"),
        ("Haling", "Marajai", "desa_meragukan", "Halong"),
        ("Lampihong", "Kusambi", "desa_meragukan", "Kusambi Hulu atau Kusambi Hilir"),
        ("Paringin", "Paringin", "desa_meragukan", "Paringin Timur atau Paringin Kota"),
        ("Halong", "63.11.01.2001", "desa_meragukan", "Muara Ninian di Kecamatan Juai"),
    ],
)
def test_an_unsure_place_is_refused_and_explained(kecamatan: str, desa: str, aturan: str, said: str) -> None:
    match = match_place(kecamatan, desa)
    assert (match.kode, match.aturan, match.daftar) == (None, aturan, said)


def test_rows_keep_their_order_and_missing_cells_match_nothing() -> None:
    index = [7, 3, 5]
    kecamatan = pd.Series(["Juai", None, "Juai"], index=index, dtype="str")
    desa = pd.Series(["Bata", "Bata", None], index=index, dtype="str")
    codes = match_places(kecamatan, desa)
    assert list(codes.index) == index
    assert codes.dropna().to_dict() == {7: "63.11.01.2005"}
