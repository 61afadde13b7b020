"""What of the parameter, comparison and KEK tables leaves for a room; attacks with public knowledge find no hidden count."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from analytics.comparison import BETTER, COLUMNS, MIX_ONLY, UNSURE, compare_parameters, tell_parameter
from analytics.disclosure import COMPLEMENT, NEARLY_ALL, SMALL_COUNT, SMALL_TOTAL
from analytics.disclosure_parameters import clear_comparison, clear_flow, clear_kek, clear_parameters
from analytics.kek import BORN, LEFT, NORMAL, STATUSES, WATCHED, kek_flow, tabulate_kek
from analytics.notes import ALL_THE_SAME, NOT_LINKED, SMALL_CHANGE, SMALL_GROUP
from analytics.parameters import tabulate_parameters
from config.places import load_kecamatan
from tests.answer_tables import AWAL, CODES, JUAI, KINI, answers, rounds_of, women

KECAMATAN = load_kecamatan()["kode"].tolist()
FIRST_DESA = [next(kode for kode in CODES if kode.startswith(f"{kecamatan}.")) for kecamatan in KECAMATAN]
PARTS = ["dari_tetap", "dari_masuk", "dari_keluar"]


def shares(counts: list[tuple[int, int]], desa: list[str], periode: str = AWAL) -> pd.DataFrame:
    """Answers of one parameter: (with the problem, asked) for each desa."""
    rows = []
    for kode, (n, asked) in zip(desa, counts, strict=False):
        rows += [(f"{kode}-{who}", kode, periode, "SP01", "1" if who < n else "0") for who in range(asked)]
    return answers(rows)


def cleared(counts: list[tuple[int, int]], ruang: str = "publik") -> pd.DataFrame:
    """The cleared table of the first kecamatan, in their order."""
    table = tabulate_parameters(shares(counts, FIRST_DESA), "kecamatan")
    return clear_parameters(table, ruang).table.head(len(counts)).reset_index(drop=True)


def test_each_rule_withholds_with_its_reason() -> None:
    table = cleared([(3, 60), (2, 9), (1, 8), (12, 12), (0, 40), (20, 70), (4, 66)])
    assert table["catatan"].tolist() == [SMALL_COUNT, SMALL_TOTAL, SMALL_TOTAL, NEARLY_ALL, "", "", SMALL_COUNT]
    withheld = table["n"].isna()
    assert withheld.tolist() == [True, True, True, True, False, False, True]
    assert table.loc[withheld, ["persen", "bawah95", "atas95", "pasti"]].isna().all(axis=None)
    assert table["penyebut"].isna().tolist() == [False, True, True, False, False, False, False]


def test_a_single_small_denominator_hides_another_one() -> None:
    table = cleared([(20, 70), (6, 9), (5, 30), (0, 40)])
    assert table["penyebut"].isna().tolist() == [False, True, True, False]
    assert table["catatan"].tolist() == ["", SMALL_TOTAL, COMPLEMENT, ""]


def test_the_colour_of_a_small_count_is_shown_only_if_three_counts_stay_possible() -> None:
    table = cleared([(3, 60), (2, 11), (20, 70)])
    assert table["warna"].tolist()[0] == "hijau"  # 1 to 4 of 60
    assert table["catatan"].tolist() == [SMALL_COUNT, SMALL_COUNT, ""]
    assert pd.isna(table["warna"].tolist()[1])  # of 11 only 1 and 2 are hijau


def test_all_of_a_small_group_is_said_without_a_number() -> None:
    row = cleared([(12, 12), (0, 40), (30, 30)]).iloc[0]
    assert (row["catatan"], row["warna"]) == (NEARLY_ALL, "merah")
    assert pd.isna(row["n"]) and row["penyebut"] == 12


def test_counts_of_who_was_not_asked_are_withheld_when_small_or_when_they_give_a_denominator_away() -> None:
    def sasaran(desa: str, given_answers: str) -> list[tuple[str, str, str, str, str | None]]:
        meaning = {"T": "TB", "-": None}
        return [(f"{desa}-{i}", desa, AWAL, "SP01", meaning.get(a, a)) for i, a in enumerate(given_answers)]

    rows = sasaran(FIRST_DESA[0], "0" * 20 + "T" * 3) + sasaran(FIRST_DESA[1], "0" * 6 + "T" * 9)
    rows += sasaran(FIRST_DESA[2], "0" * 20 + "T" * 8) + sasaran(FIRST_DESA[3], "0" * 20 + "T" * 12)
    table = clear_parameters(tabulate_parameters(answers(rows), "kecamatan"), "publik").table.head(4)
    assert table["tidak_berlaku"].isna().tolist() == [True, True, False, False]
    kabupaten = clear_parameters(tabulate_parameters(answers(rows), "kabupaten"), "publik").table
    assert kabupaten["tidak_berlaku"].tolist() == [32]


@pytest.mark.parametrize("ruang", ["rapat", "petugas"])
def test_a_meeting_sees_everything(ruang: str) -> None:
    answered = pd.concat(
        [shares([(3, 60), (2, 9), (12, 12)], FIRST_DESA), rounds_of({"10": 3, "11": 2}, (1, 1), (2, 0))]
    )
    table = tabulate_parameters(answered, "desa")
    pd.testing.assert_frame_equal(clear_parameters(table, ruang).table, table)
    compared = compare_parameters(answered, AWAL, KINI, "desa")
    pd.testing.assert_frame_equal(clear_comparison(compared, ruang).table, compared)
    register = women([("a", JUAI[0], "2022-05-01", WATCHED, 22.0), ("b", JUAI[0], "2022-05-01", NORMAL, 25.0)])
    kek = tabulate_kek(register, "desa")
    pd.testing.assert_frame_equal(clear_kek(kek, ruang).table, kek, check_dtype=False)
    assert clear_flow(kek_flow(register, "2022-05", "2022-05"), ruang).table["jumlah"].sum() == 2


def test_an_unknown_room_is_refused_and_an_empty_table_passes() -> None:
    empty = tabulate_parameters(shares([], FIRST_DESA), "kecamatan")
    assert clear_parameters(empty, "publik").table.empty
    assert clear_comparison(compare_parameters(shares([], FIRST_DESA), AWAL, KINI, "desa"), "publik").table.empty
    assert clear_kek(tabulate_kek(women([]), "desa"), "publik").table.empty
    with pytest.raises(ValueError, match="Ruang"):
        clear_parameters(empty, "dapur")


def test_an_area_is_cut_out_after_clearing() -> None:
    table = tabulate_parameters(shares([(20, 70), (6, 9), (5, 30)], FIRST_DESA), "kecamatan")
    one = clear_parameters(table, "publik", "63.11.03").table
    assert one["catatan"].tolist() == [COMPLEMENT]  # alone it would have been shown and given 6 of 9 away
    assert (
        clear_parameters(tabulate_parameters(shares([(6, 40)], JUAI), "desa"), "publik", "63.11.02")
        .table["kode"]
        .ne(JUAI[0])
        .all()
    )


Domain = set[int]


def possible_sums(domains: list[Domain], limit: int) -> Domain:
    sums = {0}
    for domain in domains:
        sums = {a + b for a in sums for b in domain if a + b <= limit}
    return sums


def domain_of(row: pd.Series, largest: int) -> Domain:
    """What a reader who knows the rules can think of a withheld count."""
    most = largest if pd.isna(row["penyebut"]) else int(row["penyebut"])
    if row["catatan"] == SMALL_COUNT:
        counts = range(1, 5)
        if pd.isna(row["warna"]):
            return set(counts)
        return {c for c in counts if (100 * c / most <= 25) == (row["warna"] == "hijau")}
    if row["catatan"] == SMALL_TOTAL:
        return set(range(10))
    if row["catatan"] == NEARLY_ALL:
        return {most}
    return set(range(most + 1)) if pd.isna(row["penyebut"]) else {0, *range(5, most + 1)}


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(st.integers(0, 35), st.integers(1, 35)), min_size=1, max_size=8))
def test_no_withheld_count_or_denominator_follows_from_the_total(pairs: list[tuple[int, int]]) -> None:
    counts = [(min(n, asked), asked) for n, asked in pairs]
    answered = shares(counts, FIRST_DESA)
    shown = clear_parameters(tabulate_parameters(answered, "kecamatan"), "publik").table.head(len(counts))
    above = clear_parameters(tabulate_parameters(answered, "kabupaten"), "publik").table.iloc[0]
    for name, truth in (("n", [n for n, _ in counts]), ("penyebut", [asked for _, asked in counts])):
        if pd.isna(above[name]):
            continue
        hidden = [place for place in range(len(counts)) if pd.isna(shown[name].iloc[place])]
        rest = int(above[name] - shown[name].dropna().sum())
        if name == "n":
            domains = {place: domain_of(shown.iloc[place], rest) for place in hidden}
        else:
            few = shown["catatan"] == SMALL_TOTAL
            domains = {p: set(range(1, 10)) if few.iloc[p] else set(range(10, rest + 1)) for p in hidden}
        for place in hidden:
            others = possible_sums([domains[other] for other in hidden if other != place], rest)
            candidates = {count for count in domains[place] if rest - count in others}
            assert truth[place] in candidates
            secret = truth[place] > 0 and shown["catatan"].iloc[place] != NEARLY_ALL and len(hidden) < len(counts)
            assert len(candidates) > 1 or not secret, (counts, place)


def compared_one(table: pd.DataFrame, ruang: str = "publik") -> pd.Series:
    return clear_comparison(compare_parameters(table, AWAL, KINI, "kabupaten"), ruang).table.iloc[0]


def test_the_dilution_case_may_be_told_to_everybody() -> None:
    row = compared_one(rounds_of({"11": 103, "00": 68}, enter=(18, 56)))
    assert (row["putusan"], row["p_mcnemar"], row["catatan"]) == (MIX_ONLY, 1, "")
    assert row[["tetap", "keluar", "masuk", "dari_tetap"]].tolist() == [171, 0, 74, 0]


def test_a_withheld_round_blanks_everything_derived_from_it() -> None:
    row = compared_one(rounds_of({"11": 3, "01": 20, "00": 30}, (0, 12), (10, 30)))
    assert pd.isna(row["n_awal"]) and row["penyebut_awal"] == 65 and row["n_kini"] == 33
    derived = [*PARTS, "selisih", "p_mcnemar", "putusan", "b", "c", "q_bh", "tetap_n_awal", "masuk_n_kini"]
    assert row[derived].isna().all()
    assert row["catatan"] == f"{SMALL_COUNT} pada {AWAL}"


def test_small_groups_and_small_changes_are_withheld_and_said() -> None:
    few_left = compared_one(rounds_of({"11": 40, "10": 12, "01": 6, "00": 40}, (1, 2), (20, 20)))
    assert few_left[["tetap", "keluar", "masuk", *PARTS, "p_mcnemar", "b", "c"]].isna().all()
    assert few_left[["selisih", "putusan"]].notna().all() and few_left["catatan"] == SMALL_GROUP
    small_share = compared_one(rounds_of({"11": 40, "10": 12, "01": 6, "00": 40}, (2, 30), (20, 20)))
    assert small_share[["tetap", "keluar", "masuk"]].tolist() == [98, 32, 40]
    assert small_share[[*PARTS, "keluar_n_awal", "p_mcnemar"]].isna().all()
    few_changes = compared_one(rounds_of({"11": 40, "10": 12, "01": 1, "00": 40}, (10, 30), (20, 20)))
    assert few_changes[PARTS].notna().all() and few_changes[["b", "c", "p_mcnemar", "q_bh"]].isna().all()
    assert (few_changes["putusan"], few_changes["catatan"]) == (BETTER, SMALL_CHANGE)


def compared_places(tables: list[pd.DataFrame]) -> pd.DataFrame:
    table = compare_parameters(pd.concat(tables), AWAL, KINI, "kecamatan")
    return clear_comparison(table, "publik").table.head(len(tables))


def test_one_kecamatan_alone_is_not_withheld_when_the_others_would_give_it_away() -> None:
    def place(desa: str, change: int, left_ill: int, left: int) -> pd.DataFrame:
        stay = {"11": 40, "10": 12, "01": change, "00": 40}
        return rounds_of(stay, (left_ill, left - left_ill), (20, 20), desa)

    large = [place(desa, 6, 10 + number, 30) for number, desa in enumerate(FIRST_DESA[1:4])]
    parts = compared_places([place(FIRST_DESA[0], 6, 2, 30), *large])
    assert parts["dari_keluar"].isna().tolist() == [True, True, False, False]
    assert parts["catatan"].tolist() == [SMALL_GROUP, SMALL_GROUP, "", ""]
    changes = compared_places([place(FIRST_DESA[0], 1, 12, 30), *large])
    assert changes["p_mcnemar"].isna().sum() == changes["b"].isna().sum() == 2
    assert changes["dari_keluar"].notna().all()
    sizes = compared_places([place(FIRST_DESA[0], 6, 3, 3), *large])
    assert sizes["tetap"].isna().sum() == 2


def test_rounds_without_a_link_keep_their_note_and_their_interval() -> None:
    row = compared_one(rounds_of(leave=(40, 40), enter=(20, 40)))
    assert (row["putusan"], row["catatan"]) == (UNSURE, NOT_LINKED)
    assert row[["bawah95", "atas95", "selisih"]].notna().all()


def test_the_correction_uses_only_the_values_shown() -> None:
    pairs = {"SP01": (20, 40), "SP02": (8, 30), "SP03": (1, 30)}
    table = pd.concat([rounds_of({"01": b, "10": c, "11": 40, "00": 40}, parameter=p) for p, (b, c) in pairs.items()])
    shown = clear_comparison(compare_parameters(table, AWAL, KINI, "kabupaten"), "publik").table
    alone = clear_comparison(compare_parameters(table[table["parameter"] != "SP03"], AWAL, KINI, "kabupaten"), "publik")
    assert shown["p_mcnemar"].isna().tolist() == [False, False, True]
    assert shown["q_bh"].tolist()[:2] == pytest.approx(alone.table["q_bh"].tolist())


sizes = st.lists(st.sampled_from([0, 0, 1, 3, 5, 8, 14]), min_size=8, max_size=8)


@settings(deadline=None, max_examples=30)
@given(st.lists(sizes, min_size=1, max_size=5))
def test_the_comparison_shows_no_cell_that_the_parameter_table_withholds(places: list[list[int]]) -> None:
    tables = [
        rounds_of(dict(zip(("11", "10", "01", "00"), sizes, strict=False)), tuple(sizes[4:6]), tuple(sizes[6:]), desa)
        for desa, sizes in zip(FIRST_DESA, places, strict=False)
    ]
    table = pd.concat(tables)
    groups = ["tetap", "keluar", "masuk", "b", "c", "tetap_n_awal", "tetap_n_kini", "keluar_n_awal", "masuk_n_kini"]
    shown = {}
    for level in ("kabupaten", "kecamatan"):
        compared = compare_parameters(table, AWAL, KINI, level)
        shown[level] = clear_comparison(compared, "publik").table
        for side, periode in (("awal", AWAL), ("kini", KINI)):
            one = clear_parameters(tabulate_parameters(table, level, periode), "publik").table
            for name in ("n", "penyebut") if len(one) else ():
                assert shown[level][f"{name}_{side}"].fillna(-1).tolist() == one[name].fillna(-1).tolist()
        assert not shown[level][groups].isin([1, 2, 3, 4]).any(axis=None)
    if not len(compared):
        return
    for name in groups:
        withheld = shown["kecamatan"][name].isna() & compared[name].notna()
        if pd.notna(shown["kabupaten"][name].iloc[0]) and (compared.loc[withheld, name] > 0).any():
            assert withheld.sum() > 1 or withheld.sum() == compared[name].notna().sum(), name
    story = clear_comparison(tell_parameter(table, "SP01", "balita", AWAL, KINI), "publik").table
    both = pd.concat(list(shown.values()), ignore_index=True).drop(columns="q_bh")
    pd.testing.assert_frame_equal(story, both, check_dtype=False)


def every_comparison() -> pd.DataFrame:
    """Every way that 40 of 60 may have become what is shown: sizes of the groups, problems in them, net changes."""
    made = []
    grid = itertools.product(
        (-6, -4, -1, 0, 2, 5, 7), range(-6, 7), range(13), (0, -1, 1, -4, 4, -5, 5, -6, 6, -12, 12)
    )
    for growth, change, left, net in grid:
        came = left + growth
        for left_ill in range(left + 1):
            came_ill = change - net + left_ill
            if came >= 0 and 0 <= came_ill <= came:
                made += [(left, came, left_ill, came_ill, net, more) for more in (0, 4)]
    table = pd.DataFrame(made, columns=["keluar", "masuk", "keluar_n_awal", "masuk_n_kini", "net", "more"])
    b, c = table["net"].clip(lower=0) + table["more"], (-table["net"]).clip(lower=0) + table["more"]
    table = table.assign(n_awal=40, penyebut_awal=60, b=b, c=c, tetap=60 - table["keluar"])
    table["tetap_n_awal"] = 40 - table["keluar_n_awal"]
    table["tetap_n_kini"] = table["tetap_n_awal"] + table["net"]
    table["n_kini"] = table["tetap_n_kini"] + table["masuk_n_kini"]
    table["penyebut_kini"] = table["tetap"] + table["masuk"]
    fits = (table["c"] <= table["tetap_n_awal"]) & (table["b"] <= table["tetap"] - table["tetap_n_awal"])
    return table[fits].drop(columns=["net", "more"]).reset_index(drop=True)


def judged(counts: pd.DataFrame) -> pd.DataFrame:
    """The comparison table of such counts, as `compare_parameters` would give it for the kabupaten."""
    from analytics.comparison import _decompose, _judge

    table = counts.assign(**_decompose({name: counts[name].to_numpy("int64") for name in counts}))
    table["putusan"] = _judge(table)
    constant = {"parameter": "SP01", "jenis_sasaran": "balita", "tingkat": "kabupaten", "kode": "63.11", "nama": ""}
    table = table.assign(**constant, awal=AWAL, kini=KINI, catatan="", q_bh=np.nan)
    return table.astype(dict.fromkeys(counts.columns, "Int64"))[[name for name in COLUMNS if name != "q_bh"]]


def possibilities(truth: pd.DataFrame, name: str) -> pd.Series:
    """How many values of a column lie behind the same public row."""
    shown = clear_comparison(truth, "publik").table
    return truth.groupby(shown.groupby(list(shown.columns), dropna=False).ngroup())[name].transform("nunique")


def test_no_small_group_follows_from_what_is_shown_of_a_comparison() -> None:
    truth = judged(every_comparison())
    assert clear_comparison(truth, "publik").table["putusan"].notna().mean() > 0.5
    for name, whole in (("keluar_n_awal", "keluar"), ("masuk_n_kini", "masuk")):
        secret = (truth[name] > 0) & ((truth[whole] < 10) | truth[name].between(1, 4))
        assert (possibilities(truth, name)[secret] > 1).all(), name
    for name in ("keluar", "masuk"):
        assert (possibilities(truth, name)[truth[name].between(1, 4)] > 1).all(), name


def test_no_small_count_of_changes_follows_from_what_is_shown_of_a_comparison() -> None:
    made = [(b, c, 100, 50, 20, 10, 30, 15) for b in range(25) for c in range(25)]
    names = ["b", "c", "tetap", "tetap_n_awal", "keluar", "keluar_n_awal", "masuk", "masuk_n_kini"]
    counts = pd.DataFrame(made, columns=names)
    counts["tetap_n_kini"] = counts["tetap_n_awal"] + counts["b"] - counts["c"]
    for side, group, ill in (("awal", "keluar", "keluar_n_awal"), ("kini", "masuk", "masuk_n_kini")):
        counts[f"n_{side}"] = counts[f"tetap_n_{side}"] + counts[ill]
        counts[f"penyebut_{side}"] = counts["tetap"] + counts[group]
    truth = judged(counts)
    assert clear_comparison(truth, "publik").table["p_mcnemar"].notna().mean() > 0.5
    for name in ("b", "c"):
        secret = truth[name].between(1, 4) & (
            truth[["b", "c"]].max(axis=1) < 20
        )  # pairs beyond have neighbours unlisted
        assert (possibilities(truth, name)[secret] > 1).all(), name


def register(counts: list[dict[str, int]], when: str = "2022-05-01") -> pd.DataFrame:
    """A register with so many women of each status in each of the first kecamatan."""
    rows = []
    for desa, of_status in zip(FIRST_DESA, counts, strict=False):
        rows += [(f"{desa}-{s}-{i}", desa, when, s, 22.0) for s, number in of_status.items() for i in range(number)]
    return women(rows)


def test_kek_withholds_small_counts_small_places_and_one_more_of_each_sum() -> None:
    counts = [
        {NORMAL: 8, BORN: 9, WATCHED: 7},
        {NORMAL: 2, BORN: 10, WATCHED: 9},
        {WATCHED: 6},
        {NORMAL: 12, WATCHED: 14},
    ]
    table = clear_kek(tabulate_kek(register(counts), "kecamatan"), "publik").table.head(4)
    assert table["jumlah"].isna().tolist() == [False, True, True, False]
    assert table["catatan"].tolist()[1:3] == [COMPLEMENT, SMALL_TOTAL]
    assert pd.isna(table[NORMAL].iloc[1])
    kabupaten = clear_kek(tabulate_kek(register(counts), "kabupaten"), "publik").table.iloc[0]
    assert kabupaten[[*STATUSES, "jumlah"]].tolist() == [22, 19, 36, 0, 77]


def test_one_small_place_of_kek_hides_the_number_of_another() -> None:
    counts = [{NORMAL: 8, BORN: 9, WATCHED: 7}, {WATCHED: 3, NORMAL: 4}, {NORMAL: 5, WATCHED: 8}]
    table = clear_kek(tabulate_kek(register(counts), "kecamatan"), "publik").table.head(3)
    assert table["jumlah"].isna().tolist() == [False, True, True]
    assert table["catatan"].tolist()[1:] == [SMALL_TOTAL, COMPLEMENT]


def test_kek_of_one_status_only_is_not_told() -> None:
    row = clear_kek(tabulate_kek(register([{WATCHED: 12}]), "kabupaten"), "publik").table.iloc[0]
    assert row[STATUSES].isna().all() and (row["jumlah"], row["catatan"]) == (12, ALL_THE_SAME)


def test_the_small_rest_of_kek_in_the_kabupaten_hides_the_next_smallest() -> None:
    row = clear_kek(
        tabulate_kek(register([{NORMAL: 17, BORN: 25, WATCHED: 21, LEFT: 2}]), "kabupaten"), "publik"
    ).table.iloc[0]
    assert row[STATUSES].isna().tolist() == [True, False, False, True]
    assert row["catatan"] == SMALL_COUNT


def spans(hidden: np.ndarray, equations: list[tuple[np.ndarray, float]]) -> np.ndarray:
    """The width of what each hidden cell may be, given sums that are known (integer bounds of a flow)."""
    cells = np.argwhere(hidden)
    lines = [(mask[hidden], total) for mask, total in equations if mask[hidden].any()]
    if not lines:
        return np.full(len(cells), np.inf)
    matrix, sums = np.array([line for line, _ in lines], dtype=float), [total for _, total in lines]
    widths = []
    for place in range(len(cells)):
        goal = np.eye(len(cells))[place]
        ends = [linprog(sign * goal, A_eq=matrix, b_eq=sums, bounds=(0, None)) for sign in (1, -1)]
        widths.append(np.inf if any(end.status == 3 for end in ends) else -ends[1].fun - ends[0].fun)
    return np.array(widths)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(st.sampled_from([0, 0, 1, 3, 5, 8, 12, 20]), min_size=4, max_size=4), min_size=1, max_size=6))
@example([[0, 8, 0, 3], [5, 0, 5, 0]])
def test_no_withheld_count_of_kek_follows_from_sums_of_rows_and_columns(rows: list[list[int]]) -> None:
    table = register([dict(zip(STATUSES, row, strict=True)) for row in rows])
    if table.empty:
        return
    truth = tabulate_kek(table, "kecamatan").head(len(rows))
    shown = clear_kek(tabulate_kek(table, "kecamatan"), "publik").table.head(len(rows))
    above = clear_kek(tabulate_kek(table, "kabupaten"), "publik").table.iloc[0]
    real = truth[STATUSES].to_numpy("float64", na_value=0)
    hidden = shown[STATUSES].isna().to_numpy() & truth["jumlah"].notna().to_numpy()[:, None]
    if not hidden.any():
        return
    equations = []
    for place in range(len(rows)):
        if pd.notna(shown["jumlah"].iloc[place]):
            mask = np.zeros(real.shape, dtype=bool)
            mask[place] = True
            equations.append((mask, real[mask & hidden].sum()))
    for column, name in enumerate(STATUSES):
        if pd.notna(above[name]):
            mask = np.zeros(real.shape, dtype=bool)
            mask[:, column] = True
            equations.append((mask, real[mask & hidden].sum()))
    width = spans(hidden, equations)
    place_total = np.broadcast_to(real.sum(axis=1)[:, None], real.shape)[hidden]
    secret = ((real[hidden] > 0) & (real[hidden] < 5)) | ((real[hidden] > 0) & (place_total < 10))
    assert (width[secret] > 0.5).all(), (rows, width)


def test_the_flow_withholds_small_rows_and_what_would_give_them_away() -> None:
    first = register([{WATCHED: 65}])
    later = women(
        [
            (f"{FIRST_DESA[0]}-{WATCHED}-{i}", FIRST_DESA[0], "2022-12-01", NORMAL if i < 17 else BORN, 24.0)
            for i in range(44)
        ]
    )
    flow = clear_flow(kek_flow(pd.concat([first, later]), "2022-05", "2022-12"), "publik").table
    counts = flow.set_index(["status_awal", "status_kini"])["jumlah"]
    assert counts[WATCHED].to_dict() == {NORMAL: 17, BORN: 27, WATCHED: 21, LEFT: 0}
    new = women([("baru", FIRST_DESA[0], "2022-11-01", WATCHED, 22.0)])
    flow = clear_flow(kek_flow(pd.concat([first, later, new]), "2022-05", "2022-12"), "publik").table
    counts = flow.set_index(["status_awal", "status_kini"])["jumlah"]
    assert pd.isna(counts[("belum_terdaftar", WATCHED)]) and pd.isna(counts[(WATCHED, WATCHED)])
    assert counts[WATCHED].isna().sum() == 2


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(st.sampled_from([0, 0, 1, 3, 5, 8, 12, 20]), min_size=4, max_size=4), min_size=5, max_size=5))
def test_no_withheld_count_of_the_flow_follows_from_sums_of_rows_and_columns(rows: list[list[int]]) -> None:
    real = np.array(rows, dtype=float)
    pairs = itertools.product([*STATUSES, "belum_terdaftar"], STATUSES)
    flow = pd.DataFrame(pairs, columns=["status_awal", "status_kini"]).assign(jumlah=real.ravel().astype("int64"))
    hidden = clear_flow(flow, "publik").table["jumlah"].isna().to_numpy().reshape(5, 4)
    if not hidden.any() or real[~hidden].sum() == 0:  # nothing more could be hidden
        return
    index = np.indices(real.shape)
    masks = [index[axis] == place for axis in (0, 1) for place in range(real.shape[axis])]
    known = [mask for mask in masks if not 0 < real[mask].sum() < 5]  # the KEK table hides the other totals
    width = spans(hidden, [(mask, real[mask & hidden].sum()) for mask in known])
    row_total = np.broadcast_to(real.sum(axis=1)[:, None], real.shape)[hidden]
    secret = (real[hidden] > 0) & ((real[hidden] < 5) | (row_total < 10))
    assert (width[secret] > 0.5).all(), (rows, width)
