"""Pseudonyms: one child one pseudonym over files, twins stay two, another key gives others, names stay apart."""

import os
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.pseudonymize import (
    PERSON_COLUMNS,
    digest,
    hide_numbers,
    hide_people,
    identify,
    load_key,
    merge_people,
    normalise_name,
    usable_nik,
)

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
NIK = "9963110101200001"
MASKED = "99631********"


def rows(*changes: dict[str, str]) -> pd.DataFrame:
    """Return accepted rows of one child, each with its changes."""
    base = {
        "nik": NIK, "nama": "Anak Contoh", "tgl_lahir": "2020-07-17", "jk": "L", "kode_desa": "63.11.01.2006",
        "nama_ortu": "Ayah", "alamat": "Jalan", "rt": "1", "rw": "2",
    }  # fmt: skip
    table = pd.DataFrame([base | change for change in changes], dtype="str")
    return table.assign(tgl_lahir=pd.to_datetime(table["tgl_lahir"], format="%Y-%m-%d"))


def ids(*changes: dict[str, str]) -> list[str]:
    """Return the pseudonyms that the rows of one file get."""
    return identify(rows(*changes), None, KEY)["id_anak"].tolist()


def ids_over_files(*files: list[dict[str, str]]) -> list[list[str]]:
    """Return the pseudonyms of files that come in one after the other."""
    known, found = None, []
    for changes in files:
        table = rows(*changes)
        keys = identify(table, known, KEY)
        known = merge_people(table, keys, known)
        found.append(keys["id_anak"].tolist())
    return found


def test_the_same_child_has_the_same_pseudonym_however_written() -> None:
    assert len(set(ids({}, {"nama": "  anak   CONTOH "}, {"nama": "Anak-Contoh."}, {"nama": "Anak Contòh"}))) == 1


def test_the_pseudonym_tells_nothing_and_hangs_on_the_key() -> None:
    [mine] = ids({})
    other = identify(rows({}), None, OTHER_KEY)
    assert len(mine) == 32 and int(mine, 16)
    assert ids({}) == [mine]
    mine_all = identify(rows({}), None, KEY)
    assert not set(mine_all.iloc[0]) & set(other.iloc[0])


@pytest.mark.parametrize(
    "change",
    [{"nama": "Anak Lain"}, {"tgl_lahir": "2020-07-18"}, {"jk": "P"}, {"kode_desa": "63.11.01.2001"}],
    ids=lambda change: next(iter(change)),
)
def test_without_a_nik_every_part_of_the_data_tells_children_apart(change: dict[str, str]) -> None:
    assert len(set(ids({"nik": MASKED}, {"nik": MASKED} | change))) == 2


def test_twins_with_the_nik_of_their_mother_stay_two() -> None:
    twins = [{"nama": "Contoh Satu"}, {"nama": "Contoh Dua"}]
    first, later = ids_over_files(twins, [twins[1], twins[0]])
    assert len(set(first)) == 2
    assert later == first[::-1]
    with_own, masked = ids_over_files(twins, [twin | {"nik": MASKED} for twin in twins])
    assert masked == with_own


def test_a_rounded_nik_finds_the_same_child_and_merges_no_two() -> None:
    rounded = {"nik": NIK[:15] + "0"}
    exact, later = ids_over_files([{}], [rounded])
    assert later == exact
    neighbours = [rounded, rounded | {"nama": "Anak Tetangga", "tgl_lahir": "2021-01-01"}]
    assert len(set(ids(*neighbours))) == 2


def test_a_child_with_its_nik_is_found_again_after_a_move_and_a_corrected_birth_date() -> None:
    [first], [later], [masked] = ids_over_files(
        [{}],
        [{"kode_desa": "63.11.02.2001", "tgl_lahir": "2020-07-18"}],
        [{"nik": "", "kode_desa": "63.11.02.2001", "tgl_lahir": "2020-07-18"}],
    )
    assert first == later == masked


def test_a_nik_learnt_later_does_not_make_a_new_child() -> None:
    without, with_nik, moved = ids_over_files([{"nik": MASKED}], [{}], [{"kode_desa": "63.11.02.2001"}])
    assert without == with_nik == moved


@pytest.mark.parametrize(
    ("nik", "usable"),
    [
        (NIK, True),
        (f" {NIK} ", True),
        ("0000000000000000", False),
        ("9999999999999999", False),
        ("631101012012", False),
        ("63110101201200012", False),
        (MASKED, False),
        ("", False),
        (None, False),
    ],
)
def test_only_a_whole_nik_counts(nik: str | None, usable: bool) -> None:
    [found] = usable_nik(pd.Series([nik], dtype="str"))
    assert found == (NIK if usable else "")


def test_children_with_the_same_useless_nik_are_not_merged() -> None:
    same = {"nik": "0000000000000000"}
    assert len(set(ids(same, same | {"tgl_lahir": "2021-01-01"}))) == 2


def test_the_by_name_table_keeps_the_newest_text_and_every_way_a_child_was_written() -> None:
    first, second = (
        rows({}, {"nama": "Anak Lain", "nik": ""}),
        rows({"alamat": "Jalan Baru"}, {"kode_desa": "63.11.02.2001"}),
    )
    known = merge_people(first, identify(first, None, KEY), None)
    known = merge_people(second, identify(second, known, KEY), known)
    assert set(PERSON_COLUMNS) < set(known)
    mine = known[known["nama"] == "Anak Contoh"]
    assert mine["id_anak"].nunique() == 1
    assert sorted(zip(mine["kode_desa"], mine["alamat"], strict=True)) == [
        ("63.11.01.2006", "Jalan Baru"),
        ("63.11.02.2001", "Jalan"),
    ]
    assert len(known) == 3


@given(st.lists(st.text(max_size=8), min_size=1, max_size=8))
def test_equal_texts_and_only_they_have_equal_pseudonyms(texts: list[str]) -> None:
    found = digest(KEY, pd.Series(texts, dtype="str"))
    assert found.nunique() == len(set(texts))
    assert not set(found) & set(digest(OTHER_KEY, pd.Series(texts, dtype="str")))


@pytest.mark.parametrize(
    ("name", "plain"),
    [("Renée  d'Arc", "RENEE D ARC"), ("MUH. ALI", "MUH ALI"), ("", ""), (None, ""), (float("nan"), "")],
)
def test_a_name_is_folded(name: object, plain: str) -> None:
    assert normalise_name(name) == plain


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    folder = tmp_path / "simpan"
    key = load_key(folder)
    assert len(key) == 32
    assert load_key(folder) == key
    assert load_key(tmp_path / "lain") != key
    assert [path.name for path in folder.iterdir()] == ["kunci"]
    if os.name != "nt":
        assert (folder / "kunci").stat().st_mode & 0o777 == 0o600


def test_a_name_or_nik_one_place_off_leaves_the_columns_that_are_kept() -> None:
    table = rows(*[{}] * 5).assign(
        posyandu=["Melati", "ANAK-CONTOH ", "ayah", "Melati " + NIK, None], kpsp=["Ya", "Tidak", "1", NIK, ""]
    )
    kept = hide_people(table.astype({"posyandu": "str", "kpsp": "str"}), ["posyandu", "kpsp", "tgl_lahir"])
    assert kept["posyandu"].fillna("?").tolist() == ["Melati", "?", "?", "?", "?"]
    assert kept["kpsp"].fillna("?").tolist() == ["Ya", "Tidak", "1", "?", ""]
    assert kept["nama"].tolist() == ["Anak Contoh"] * 5


def test_a_child_without_a_name_takes_no_other_text_away() -> None:
    table = rows({"nama": "", "nama_ortu": "-"}).assign(posyandu=pd.Series(["-"], dtype="str"))
    assert hide_people(table, ["posyandu"])["posyandu"].tolist() == ["-"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"balita {NIK}.xlsx", "balita 996311**********.xlsx"),
        ("eppgbm_2022-09.xlsx", "eppgbm_2022-09.xlsx"),
        ("20220930120000.csv", "20220930120000.csv"),
    ],
)
def test_long_numbers_in_a_file_name_are_masked(text: str, shown: str) -> None:
    assert hide_numbers(text) == shown
