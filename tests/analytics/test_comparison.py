"""Two rounds compared: exact decomposition, each verdict, movers, rounds that are not linked, the dilution case."""

import pandas as pd
import pytest
from hypothesis import given, settings

from analytics.comparison import BETTER, COLUMNS, MIX_ONLY, UNCHANGED, UNSURE, WORSE, compare_parameters
from analytics.intervals import newcombe
from analytics.notes import NO_DATA, NOT_LINKED
from analytics.paired import benjamini_hochberg, mid_p_mcnemar
from analytics.parameters import tabulate_parameters
from tests.answer_tables import AWAL, HALONG, JUAI, KINI, answers, any_answers, rounds_of

ISSUED = [
    "parameter", "jenis_sasaran", "tingkat", "kode", "nama", "awal", "kini", "n_awal", "penyebut_awal", "n_kini",
    "penyebut_kini", "tetap", "keluar", "masuk", "selisih", "dari_tetap", "dari_masuk", "dari_keluar", "p_mcnemar",
    "putusan",
]  # fmt: skip
PARTS = ["dari_tetap", "dari_masuk", "dari_keluar"]


def whole(table: pd.DataFrame) -> pd.Series:
    """The comparison of the kabupaten, for a table of one parameter."""
    return compare_parameters(table, AWAL, KINI, "kabupaten").iloc[0]


def test_new_families_alone_dilute_a_share_and_that_is_no_improvement() -> None:
    row = whole(rounds_of({"11": 103, "00": 68}, enter=(18, 56)))
    assert row[["n_awal", "penyebut_awal", "n_kini", "penyebut_kini"]].tolist() == [103, 171, 121, 245]
    assert 100 * row["n_kini"] / row["penyebut_kini"] == pytest.approx(49.4, abs=0.05)
    assert row[["tetap", "keluar", "masuk", "b", "c"]].tolist() == [171, 0, 74, 0, 0]
    assert (row["dari_tetap"], row["dari_keluar"], row["p_mcnemar"], row["putusan"]) == (0, 0, 1, MIX_ONLY)
    assert row["dari_masuk"] == pytest.approx(row["selisih"], abs=1e-9)
    assert row["selisih"] == pytest.approx(100 * (121 / 245 - 103 / 171), abs=1e-9)


@pytest.mark.parametrize(
    ("stay", "leave", "enter", "verdict"),
    [
        ({"11": 40, "10": 12, "01": 2, "00": 40}, (3, 4), (5, 5), BETTER),
        ({"11": 40, "10": 2, "01": 12, "00": 40}, (3, 4), (5, 5), WORSE),
        ({"11": 50, "00": 50}, (0, 0), (0, 0), UNCHANGED),
        ({"11": 46, "10": 4, "01": 4, "00": 46}, (0, 0), (0, 0), UNCHANGED),
        ({"11": 50, "00": 50}, (0, 10), (0, 0), MIX_ONLY),
        ({"11": 46, "10": 4, "01": 4, "00": 46}, (0, 0), (10, 0), MIX_ONLY),
        ({"11": 40, "10": 4, "00": 40}, (0, 0), (0, 0), UNSURE),
        ({}, (80, 20), (20, 80), UNSURE),
    ],
)
def test_each_verdict(stay: dict[str, int], leave: tuple[int, int], enter: tuple[int, int], verdict: str) -> None:
    assert whole(rounds_of(stay, leave, enter))["putusan"] == verdict


def test_an_improvement_of_stayers_stays_one_when_entrants_hide_it() -> None:
    row = whole(rounds_of({"11": 10, "10": 20, "00": 20}, enter=(40, 0)))
    assert row["selisih"] < 0 or row["dari_masuk"] > 0
    assert (row["putusan"], row["dari_tetap"]) == (BETTER, -40)


def test_exactly_one_point_counts_as_a_change() -> None:
    one = rounds_of({"11": 50, "00": 49}, leave=(0, 1), enter=(1, 0))  # 50 and 51 of 100
    less = rounds_of({"11": 50, "00": 150}, leave=(0, 1), enter=(1, 0))  # 50 and 51 of 201
    assert (whole(one)["putusan"], whole(less)["putusan"]) == (MIX_ONLY, UNCHANGED)


def test_the_columns_are_those_of_the_contract_first() -> None:
    table = compare_parameters(rounds_of({"11": 3}), AWAL, KINI, "kabupaten")
    assert list(table.columns) == COLUMNS
    assert COLUMNS[:20] == ISSUED
    assert COLUMNS[20:26] == ["catatan", "b", "c", "bawah95", "atas95", "q_bh"]


def test_without_a_link_the_interval_is_newcombes_and_the_note_says_so() -> None:
    row = whole(rounds_of(leave=(48, 32), enter=(56, 14)))
    lower, upper = newcombe(48, 80, 56, 70)
    assert (round(float(lower), 4), round(float(upper), 4)) == (0.0524, 0.3339)  # printed in Newcombe (1998)
    assert (row["bawah95"], row["atas95"]) == (pytest.approx(100 * lower), pytest.approx(100 * upper))
    assert row[[*PARTS, "p_mcnemar", "q_bh"]].isna().all()
    assert (row["putusan"], row["catatan"]) == (UNSURE, NOT_LINKED)
    assert row[["tetap", "keluar", "masuk"]].tolist() == [0, 80, 70]


def test_with_a_link_there_is_no_unlinked_interval() -> None:
    row = whole(rounds_of({"11": 5, "10": 1}, leave=(2, 2)))
    assert row[["bawah95", "atas95"]].isna().all()
    assert row["catatan"] == ""


def test_who_moves_leaves_one_kecamatan_and_enters_another_but_stays_in_the_kabupaten() -> None:
    rows = [("a", JUAI[0], AWAL, "SP01", "1"), ("a", HALONG[0], KINI, "SP01", "0")]
    rows += [("b", JUAI[0], moment, "SP01", "1") for moment in (AWAL, KINI)]
    assert whole(answers(rows))[["tetap", "keluar", "masuk", "c"]].tolist() == [2, 0, 0, 1]
    table = compare_parameters(answers(rows), AWAL, KINI, "kecamatan").set_index("kode")
    groups = table[["tetap", "keluar", "masuk"]]
    assert groups.loc["63.11.01"].tolist() == [1, 1, 0]
    assert groups.loc["63.11.02"].tolist() == [0, 0, 1]
    assert table.loc["63.11.02", "catatan"] == f"{NO_DATA} pada {AWAL}"
    assert table.loc["63.11.03", "catatan"] == NO_DATA
    assert table.loc[["63.11.02", "63.11.03"], ["selisih", "putusan"]].isna().all(axis=None)


def test_who_was_not_asked_in_one_round_is_no_stayer_for_that_parameter() -> None:
    rows = [("a", JUAI[0], AWAL, "SP01", "1"), ("a", JUAI[0], KINI, "SP01", "TB")]
    rows += [("a", JUAI[0], moment, "SP02", "1") for moment in (AWAL, KINI)]
    rows += [("b", JUAI[0], moment, code, "0") for moment in (AWAL, KINI) for code in ("SP01", "SP02")]
    table = compare_parameters(answers(rows), AWAL, KINI, "kabupaten").set_index("parameter")
    assert table[["tetap", "keluar", "masuk"]].to_numpy().tolist() == [[1, 1, 0], [2, 0, 0]]


def test_the_correction_runs_over_the_parameters_of_one_place_and_group() -> None:
    pairs = {"SP01": (1, 9), "SP02": (0, 6), "SP03": (4, 5)}
    table = pd.concat(
        [
            rounds_of({"01": b, "10": c, "00": 20}, parameter=code, desa=desa)
            for code, (b, c) in pairs.items()
            for desa in JUAI[:2]
        ]
    )
    compared = compare_parameters(table, AWAL, KINI, "desa")
    mine = compared[compared["kode"] == JUAI[1]]
    p = [float(mid_p_mcnemar(b, c)) for b, c in pairs.values()]
    assert mine["p_mcnemar"].tolist() == pytest.approx(p)
    assert mine["q_bh"].tolist() == pytest.approx(benjamini_hochberg(p).tolist())


def test_rounds_that_nobody_answered_give_no_row() -> None:
    assert compare_parameters(rounds_of({"11": 3}), "2019-01", "2019-02", "kabupaten").empty
    alone = compare_parameters(rounds_of({"11": 3}), AWAL, "2019-02", "kabupaten").iloc[0]
    assert (alone["catatan"], alone["tetap"], alone["keluar"]) == (f"{NO_DATA} pada 2019-02", 0, 3)
    assert pd.isna(alone["putusan"])


@settings(deadline=None, max_examples=60)
@given(any_answers())
def test_the_parts_add_up_exactly_and_the_counts_are_those_of_the_rounds(table: pd.DataFrame) -> None:
    for level in ("kabupaten", "kecamatan", "desa"):
        compared = compare_parameters(table, AWAL, KINI, level)
        linked = compared[compared["selisih"].notna() & (compared["tetap"] > 0)]
        assert (linked["selisih"] - linked[PARTS].sum(axis=1)).abs().max() < 1e-9 or linked.empty
        for side, periode in (("awal", AWAL), ("kini", KINI)):
            one = tabulate_parameters(table, level, periode).set_index(["kode", "parameter"])
            both = compared.set_index(["kode", "parameter"]).reindex(one.index)
            for mine, theirs in (("n", f"n_{side}"), ("penyebut", f"penyebut_{side}")):
                assert one[mine].fillna(-1).tolist() == both[theirs].fillna(-1).tolist()
        known = compared.dropna(subset="tetap")
        assert (known["tetap"] + known["keluar"] == known["penyebut_awal"].fillna(0)).all()
        assert (known["tetap"] + known["masuk"] == known["penyebut_kini"].fillna(0)).all()


@settings(deadline=None, max_examples=60)
@given(any_answers())
def test_swapping_the_rounds_turns_every_sign(table: pd.DataFrame) -> None:
    turned = {BETTER: WORSE, WORSE: BETTER}
    there, back = (compare_parameters(table, *pair, "kecamatan") for pair in ((AWAL, KINI), (KINI, AWAL)))
    for mine, theirs in (("selisih", "selisih"), ("dari_tetap", "dari_tetap"), ("dari_masuk", "dari_keluar")):
        assert there[mine].tolist() == pytest.approx((-back[theirs]).tolist(), abs=1e-9, nan_ok=True)
    assert there["b"].fillna(-1).tolist() == back["c"].fillna(-1).tolist()
    assert there["p_mcnemar"].equals(back["p_mcnemar"])
    assert there["putusan"].fillna("").tolist() == back["putusan"].fillna("").replace(turned).tolist()
