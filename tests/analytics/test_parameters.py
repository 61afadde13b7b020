"""Shares of family parameters: who is in the denominator, colours, certainty, empty places, sums, speed."""

import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from analytics.notes import NO_DATA, NOT_APPLICABLE, NOT_ASKED
from analytics.parameters import COLUMNS, COUNTS, colour_of, tabulate_parameters
from tests.answer_tables import AWAL, CODES, HALONG, JUAI, KINI, answers, any_answers

ISSUED = [
    "periode", "jenis_sasaran", "tingkat", "kode", "nama", "parameter", "n", "penyebut", "persen", "bawah95", "atas95",
    "warna", "pasti", "catatan",
]  # fmt: skip


def one_desa(given_answers: str, parameter: str = "SP01") -> pd.DataFrame:
    """Answers of one desa: 1, 0, T (does not apply), - (not asked), one letter a sasaran."""
    meaning = {"T": "TB", "-": None}
    rows = [(str(who), JUAI[0], AWAL, parameter, meaning.get(a, a)) for who, a in enumerate(given_answers)]
    return answers(rows)


def test_what_does_not_apply_or_was_not_asked_leaves_the_denominator_and_is_counted() -> None:
    row = tabulate_parameters(one_desa("111000TT-"), "kabupaten").iloc[0]
    assert row[COUNTS].tolist() == [3, 6, 2, 1, 9]
    assert row["persen"] == 50


def test_the_columns_are_those_of_the_contract_and_two_counts() -> None:
    table = tabulate_parameters(one_desa("10"), "kabupaten")
    assert list(table.columns) == COLUMNS == [*ISSUED, "tidak_berlaku", "tidak_ditanya", "sasaran"]


@pytest.mark.parametrize(
    ("percent", "colour"), [(0, "hijau"), (25, "hijau"), (25.001, "kuning"), (50, "kuning"), (50.001, "merah")]
)
def test_a_limit_belongs_to_the_milder_colour(percent: float, colour: str) -> None:
    assert colour_of([percent]).tolist() == [colour]


def test_a_missing_share_has_no_colour() -> None:
    assert colour_of([np.nan]).tolist() == [None]


@pytest.mark.parametrize(
    ("cases", "total", "colour", "certain"),
    [
        (20, 40, "kuning", "tidak"),
        (25, 40, "merah", "tidak"),
        (35, 40, "merah", "ya"),
        (1, 40, "hijau", "ya"),
        (9, 40, "hijau", "tidak"),
        (150, 400, "kuning", "ya"),
    ],
)
def test_a_colour_is_certain_only_if_the_whole_interval_lies_in_it(
    cases: int, total: int, colour: str, certain: str
) -> None:
    row = tabulate_parameters(one_desa("1" * cases + "0" * (total - cases)), "kabupaten").iloc[0]
    assert (row["warna"], row["pasti"]) == (colour, certain)


def test_a_place_without_an_answer_says_why() -> None:
    rows = [
        ("a", JUAI[0], AWAL, "SP01", "1"), ("a", JUAI[0], AWAL, "SP02", "TB"), ("a", JUAI[0], AWAL, "SP03", None),
        ("b", JUAI[0], AWAL, "SP02", None), ("c", JUAI[1], AWAL, "SP03", "0"),
    ]  # fmt: skip
    table = tabulate_parameters(answers(rows), "desa").set_index(["kode", "parameter"])
    notes = table["catatan"]
    assert len(table) == 157 * 3
    assert notes[JUAI[0]].to_dict() == {"SP01": "", "SP02": NOT_APPLICABLE, "SP03": NOT_ASKED}
    assert notes[JUAI[1]].to_dict() == {"SP01": NOT_ASKED, "SP02": NOT_ASKED, "SP03": ""}
    assert set(notes[JUAI[2]]) == {NO_DATA}
    silent = table[table["catatan"] != ""]
    assert silent[["n", "penyebut", "persen", "bawah95", "atas95", "warna", "pasti"]].isna().all(axis=None)
    assert table.loc[(JUAI[0], "SP01"), COUNTS].tolist() == [1, 1, 0, 1, 2]
    assert table.loc[JUAI[2], COUNTS].isna().all(axis=None)


def test_a_parameter_new_in_a_later_round_was_not_asked_before() -> None:
    table = pd.concat([one_desa("10"), answers([("9", JUAI[0], KINI, "SS01", "1")])])
    notes = tabulate_parameters(table, "kabupaten").set_index(["periode", "parameter"])["catatan"]
    assert notes.to_dict() == {
        (AWAL, "SP01"): "", (AWAL, "SS01"): NOT_ASKED, (KINI, "SP01"): NOT_ASKED, (KINI, "SS01"): "",
    }  # fmt: skip
    assert tabulate_parameters(table, "kabupaten", AWAL)["parameter"].tolist() == ["SP01", "SS01"]


def test_balita_and_mothers_stay_apart() -> None:
    mothers = answers([("0", JUAI[0], AWAL, "SP01", "1")], "bumil")
    table = tabulate_parameters(pd.concat([one_desa("10"), mothers]), "kabupaten")
    assert table[["jenis_sasaran", "n", "penyebut"]].to_numpy().tolist() == [["balita", 1, 2], ["bumil", 1, 1]]


def test_of_two_rows_for_one_sasaran_the_last_counts() -> None:
    rows = [("a", JUAI[0], AWAL, "SP01", "1"), ("a", HALONG[0], AWAL, "SP01", "0")]
    table = tabulate_parameters(answers(rows), "kecamatan").set_index("kode")
    assert table.loc["63.11.02", COUNTS].tolist() == [0, 1, 0, 0, 1]
    assert table.loc["63.11.01", "catatan"] == NO_DATA


def test_a_period_or_an_area_limits_the_rows() -> None:
    table = one_desa("10")
    assert tabulate_parameters(table, "kabupaten", KINI).empty
    assert list(tabulate_parameters(table, "kabupaten", KINI).columns) == COLUMNS
    assert set(tabulate_parameters(table, "desa", wilayah="63.11.01")["kode"]) == set(JUAI)
    with pytest.raises(ValueError, match=r"99\.99"):
        tabulate_parameters(table, "desa", wilayah="99.99")


@settings(deadline=None, max_examples=60)
@given(any_answers())
def test_counts_of_desa_and_kecamatan_sum_to_the_kabupaten(table: pd.DataFrame) -> None:
    keys = ["periode", "parameter"]
    whole = tabulate_parameters(table, "kabupaten").set_index(keys)
    for level in ("kecamatan", "desa"):
        sums = tabulate_parameters(table, level).groupby(keys)[COUNTS].sum()
        assert (sums == whole[COUNTS].fillna(0)).all(axis=None)
    people = table.drop_duplicates(["periode", "id_sasaran"]).groupby("periode").size()
    seen = whole[["penyebut", "tidak_berlaku", "tidak_ditanya"]].fillna(0).sum(axis=1)
    for (periode, _), count in seen.items():
        assert count == people[periode]


def test_a_large_table_takes_well_under_a_second() -> None:
    rng = np.random.default_rng(3)
    families, codes, rounds = 20_000, [f"SP{number:02d}" for number in range(1, 33)], ["2022-05", "2022-09", "2022-12"]
    where = np.repeat(rng.choice(CODES, families), len(codes))
    table = pd.DataFrame(
        {
            "id_sasaran": np.tile(np.repeat([f"{number:032x}" for number in range(families)], len(codes)), 3),
            "jenis_sasaran": "balita",
            "kode_desa": np.tile(where, 3),
            "periode": np.repeat(rounds, families * len(codes)),
            "parameter": np.tile(codes, families * 3),
            "jawaban": rng.choice(["0", "1", "TB"], families * len(codes) * 3),
        }
    ).astype("str")
    start = time.process_time()  # other workers take their share of the clock
    assert len(tabulate_parameters(table, "desa")) == 157 * 32 * 3
    assert time.process_time() - start < 2  # about 0.5 s where nothing else runs
