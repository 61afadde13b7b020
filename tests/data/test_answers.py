"""The stored answers: long, without names; a correction replaces, an empty cell does not; who moved is said."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.answers import (
    ANSWER_COLUMNS,
    NAME_COLUMNS,
    find_moved,
    identify_sasaran,
    merge_answers,
    merge_names,
    name_sasaran,
    to_jawaban,
)
from tests.builders import write_csv
from tests.sasaran_tables import PARAMETER, Row, as_table, take_parameter

KEY = b"k" * 32


def take(folder: Path, *rows: Row) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return accepted rows of a file, their pseudonyms and their answers."""
    accepted, _, _ = take_parameter(write_csv(folder / "a.csv", as_table(list(rows), PARAMETER)))
    keys = identify_sasaran(accepted, KEY)
    return accepted, keys, to_jawaban(accepted, keys)


def given_answers(table: pd.DataFrame) -> dict[tuple[str, str], str | None]:
    """Return {(round, parameter): answer}."""
    values = table["jawaban"].astype(object).where(table["jawaban"].notna(), None)
    return dict(zip(zip(table["periode"], table["parameter"], strict=True), values, strict=True))


def test_one_row_a_sasaran_round_and_parameter_of_the_file(tmp_path: Path) -> None:
    _, _, answers = take(tmp_path, {}, {"periode": "2022-09"})
    assert list(answers) == ANSWER_COLUMNS
    assert set(answers.dtypes.astype("str")) == {"str"}
    assert given_answers(answers) == {
        (periode, kode): answer
        for periode in ("2022-05", "2022-09")
        for kode, answer in {"SP01": "1", "SP05": "0", "SS01": "TB", "SS06": None}.items()
    }


def test_no_row_for_a_parameter_that_is_not_asked_of_that_sasaran(tmp_path: Path) -> None:
    _, _, answers = take(tmp_path, {"SH01": "1"}, {"jenis_sasaran": "bumil", "id_sasaran": "X", "SH01": "0"})
    theirs = answers.groupby("jenis_sasaran")["parameter"].agg(set)
    assert theirs["balita"] == {"SP01", "SP05", "SS01", "SS06"}
    assert theirs["bumil"] == {"SH01", "SS01", "SS06"}


def test_an_empty_table_gives_an_empty_table(tmp_path: Path) -> None:
    accepted, keys, answers = take(tmp_path, {"desa": "Atlantis"})
    assert accepted.empty and keys.empty and answers.empty
    assert list(answers) == ANSWER_COLUMNS
    assert list(name_sasaran(accepted, keys)) == NAME_COLUMNS
    assert find_moved(accepted, keys, None, str) == []


def test_nothing_written_by_people_reaches_the_answers(tmp_path: Path) -> None:
    accepted, keys, answers = take(tmp_path, {})
    text = answers.to_csv()
    assert not any(word in text for word in ("BLT-0001", "KEL-0001", "Anak Contoh"))
    assert answers["id_sasaran"].str.fullmatch("[0-9a-f]{32}").all()
    assert answers["id_keluarga"].str.fullmatch("[0-9a-f]{32}").all()
    names = name_sasaran(accepted, keys)
    assert names.to_dict("records") == [
        {"id_sasaran": answers["id_sasaran"][0], "jenis_sasaran": "balita", "nomor": "BLT-0001", "nama": "Anak Contoh",
         "kode_desa": "63.11.01.2006"}
    ]  # fmt: skip


def test_pseudonyms_hang_on_the_key_the_kind_and_the_number_however_written(tmp_path: Path) -> None:
    accepted, keys, _ = take(
        tmp_path, {}, {"id_sasaran": " blt-0001 ", "periode": "2022-09"}, {"jenis_sasaran": "bumil"}, {"id_sasaran": "BLT-0002", "id_keluarga": ""}
    )  # fmt: skip
    ids = keys["id_sasaran"]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3
    assert keys["id_keluarga"].notna().tolist() == [True, True, True, False]
    other = identify_sasaran(accepted, b"o" * 32)
    assert not set(other["id_sasaran"]) & set(ids)


def test_a_table_without_families_is_possible(tmp_path: Path) -> None:
    accepted, _, _ = take(tmp_path, {})
    keys = identify_sasaran(accepted.drop(columns="id_keluarga"), KEY)
    assert keys["id_keluarga"].isna().all()
    assert to_jawaban(accepted, keys)["id_keluarga"].isna().all()


def test_a_correction_replaces_and_an_empty_cell_does_not(tmp_path: Path) -> None:
    stored = take(tmp_path, {"SS01": "", "SS06": "1"}, {"periode": "2022-09"})[2]
    fresh = take(tmp_path, {"SP01": "0", "SP05": "", "SS01": "0", "SS06": ""})[2]
    merged = merge_answers(stored, fresh)
    assert given_answers(merged[merged["periode"] == "2022-05"]) == {
        ("2022-05", "SP01"): "0", ("2022-05", "SP05"): "0", ("2022-05", "SS01"): "0", ("2022-05", "SS06"): "1",
    }  # fmt: skip
    pd.testing.assert_frame_equal(
        merged[merged["periode"] == "2022-09"].reset_index(drop=True),
        stored[stored["periode"] == "2022-09"].reset_index(drop=True),
    )


def test_two_offices_may_send_their_own_columns_of_a_round(tmp_path: Path) -> None:
    health = take(tmp_path, {"SS01": "", "SS06": ""})[2]
    works = take(tmp_path, {"SP01": "", "SP05": "", "SS01": "1", "SS06": "0", "id_keluarga": ""})[2]
    for first, second in ((health, works), (works, health)):
        merged = merge_answers(first, second)
        assert given_answers(merged) == {
            ("2022-05", "SP01"): "1", ("2022-05", "SP05"): "0", ("2022-05", "SS01"): "1", ("2022-05", "SS06"): "0",
        }  # fmt: skip
        assert merged["id_keluarga"].nunique() == 1


def test_the_desa_of_a_correction_holds_for_the_whole_round_of_that_sasaran(tmp_path: Path) -> None:
    stored = take(tmp_path, {}, {"periode": "2022-09"}, {"id_sasaran": "X"})[2]
    fresh = take(tmp_path, {"desa": "Marajai", "kecamatan": "Halong"})[2]
    merged = merge_answers(stored, fresh[fresh["parameter"] == "SP01"])
    here = merged.groupby(["id_sasaran", "periode"])["kode_desa"].agg(set)
    assert sorted(map(str, here)) == ["{'63.11.01.2006'}", "{'63.11.01.2006'}", "{'63.11.02.2020'}"]
    assert here[(fresh["id_sasaran"][0], "2022-05")] == {"63.11.02.2020"}


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "id_sasaran": st.sampled_from(["A", "B", "C"]),
            "periode": st.sampled_from(["2022-05", "2022-09"]),
            "SP01": st.sampled_from(["1", "0", "TB", ""]),
            "SS01": st.sampled_from(["1", "0", "TB", ""]),
        }
    ),
    max_size=5,
    unique_by=lambda row: (row["id_sasaran"], row["periode"]),
)


def as_answers(rows: list[dict[str, str]]) -> pd.DataFrame:
    wide = pd.DataFrame(rows, columns=["id_sasaran", "periode", "SP01", "SS01"], dtype="str").replace("", pd.NA)
    wide = wide.assign(jenis_sasaran="balita", kode_desa="63.11.01.2006").astype("str")
    return to_jawaban(wide, identify_sasaran(wide, KEY))


@settings(deadline=None)
@given(ROWS, ROWS)
def test_merging_loses_no_answer_and_invents_none(first: list[dict[str, str]], second: list[dict[str, str]]) -> None:
    stored, fresh = as_answers(first), as_answers(second)
    merged = merge_answers(stored, fresh)
    key = ["id_sasaran", "periode", "parameter"]
    assert not merged.duplicated(key).any()
    expected = stored.set_index(key)["jawaban"].to_dict()
    for place, answer in fresh.set_index(key)["jawaban"].to_dict().items():
        if pd.notna(answer) or place not in expected:
            expected[place] = answer
    found = merged.set_index(key)["jawaban"].to_dict()
    assert {place: str(answer) for place, answer in found.items()} == {
        place: str(answer) for place, answer in expected.items()
    }
    pd.testing.assert_frame_equal(merge_answers(merged, fresh), merged)


def test_names_are_kept_when_a_later_file_has_none(tmp_path: Path) -> None:
    accepted, keys, _ = take(tmp_path, {}, {"id_sasaran": "X", "nama": "Lain Contoh"})
    stored = name_sasaran(accepted, keys)
    accepted, keys, _ = take(tmp_path, {"nama": "", "desa": "Marajai", "kecamatan": "Halong"})
    merged = merge_names(stored, name_sasaran(accepted, keys)).set_index("nomor")
    assert len(merged) == 2
    assert merged.loc["BLT-0001", ["nama", "kode_desa"]].tolist() == ["Anak Contoh", "63.11.02.2020"]


MARAJAI: Row = {"desa": "Marajai", "kecamatan": "Halong"}
LATER: Row = {"periode": "2022-09"}


def moved(folder: Path, stored: list[Row], fresh: list[Row]) -> list[tuple[int, str]]:
    """Return (row, desa as written) of the findings of a file on top of stored rows."""
    answers = take(folder, *stored)[2] if stored else None
    accepted, keys, _ = take(folder, *fresh)
    found = find_moved(accepted, keys, answers, lambda name: name)
    assert all(
        (finding.aturan, finding.kolom, finding.tingkat) == ("desa_berubah", "desa", "peringatan") for finding in found
    )
    return [(finding.baris, finding.nilai) for finding in found]


@pytest.mark.parametrize(
    ("stored", "fresh", "expected"),
    [
        ([], [{}, LATER | MARAJAI], [(3, "Marajai")]),
        ([], [LATER | MARAJAI, {}], [(2, "Marajai")]),
        ([], [{}, LATER], []),
        ([], [{}, MARAJAI | {"id_sasaran": "X"}], []),
        ([{}], [LATER | MARAJAI], [(2, "Marajai")]),
        ([{}], [MARAJAI], [(2, "Marajai")]),
        ([LATER | MARAJAI], [{}], [(2, "Galumbang")]),
        ([LATER], [{}], []),
        ([{}, LATER | MARAJAI], [MARAJAI | {"periode": "2022-12"}], []),
        ([{}, LATER | MARAJAI], [{"periode": "2022-12"}], [(2, "Galumbang")]),
        ([{}], [{"desa": "63.11.01.2006"}], []),
        ([{}, LATER | MARAJAI], [{}, LATER | MARAJAI], [(3, "Marajai")]),
        ([{}, LATER | MARAJAI], [{}], []),
        ([{}, LATER | MARAJAI], [LATER], [(2, "Galumbang")]),
        ([LATER], [{}, {"periode": "2022-12"} | MARAJAI], [(3, "Marajai")]),
        ([LATER | MARAJAI], [{}, {"periode": "2022-06"}], [(3, "Galumbang")]),
    ],
)
def test_who_changes_desa_is_said_where_it_happens(
    tmp_path: Path, stored: list[Row], fresh: list[Row], expected: list[tuple[int, str]]
) -> None:
    assert moved(tmp_path, stored, fresh) == expected


def test_the_sentence_says_where_the_sasaran_was_before(tmp_path: Path) -> None:
    accepted, keys, _ = take(tmp_path, {}, LATER | MARAJAI)
    [finding] = find_moved(accepted, keys, None, lambda name: name)
    assert "Marajai" in finding.pesan and "2022-05" in finding.pesan and "Galumbang (Kecamatan Juai)" in finding.pesan
