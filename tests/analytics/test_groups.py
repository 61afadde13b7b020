"""Kelompok desa over random sequences of rounds: whole, connected, large enough, and once made they only merge."""

from collections.abc import Mapping, Sequence
from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse.csgraph import connected_components
from scipy.spatial import Delaunay

from analytics.groups import GROUP_COLUMNS, UNDIVIDED, count_sasaran, groups_of, members_of
from config.places import load_desa
from config.values import threshold
from data.sample_parameter import sample_answers
from tests.answer_tables import AWAYAN, HALONG, JUAI, answers

MINIMUM = int(threshold("ruang_publik_kelompok").nilai)
DESA = load_desa()
CODES = DESA["kode"].tolist()
Counts = Mapping[str, int]


def rounds_of(rounds: Sequence[Counts], jenis_sasaran: str = "balita") -> pd.DataFrame:
    """Return answers of so many sasaran in each desa, one round after the other."""
    rows = [
        (f"{kode}-{number}", kode, f"2022-{moment:02d}", "SP01", "1")
        for moment, counts in enumerate(rounds, start=1)
        for kode, count in counts.items()
        for number in range(count)
    ]
    return answers(rows, jenis_sasaran)


def any_rounds() -> st.SearchStrategy[list[dict[str, int]]]:
    """Generate one to four rounds; the desa of two kecamatan (crowded) and of the rest (now and then)."""
    crowded = st.sampled_from([*JUAI, *AWAYAN])
    desa = st.one_of(crowded, crowded, crowded, st.sampled_from(CODES))
    counts = st.dictionaries(desa, st.integers(0, 14), min_size=3, max_size=30)
    return st.lists(counts, min_size=1, max_size=4)


def codes(table: pd.DataFrame) -> dict[str, str]:
    return dict(zip(table["kode_desa"], table["kode"], strict=True))


def neighbours() -> set[tuple[str, str]]:
    """Pairs of desa of one kecamatan whose areas touch (Delaunay), by a library that the program does not use."""
    pairs = set()
    for _, desa in DESA.groupby("kode_kecamatan"):
        kode = desa["kode"].tolist()
        for simplex in Delaunay(desa[["lon", "lat"]].to_numpy()).simplices:
            pairs |= {(kode[a], kode[b]) for a in simplex for b in simplex if a != b}
    return pairs


TOUCHING = neighbours()


def is_connected(members: list[str]) -> bool:
    links = np.array([[(a, b) in TOUCHING for b in members] for a in members])
    return int(connected_components(links, directed=False)[0]) == 1


@given(any_rounds())
@settings(max_examples=60)
def test_every_desa_is_in_one_connected_kelompok_of_its_kecamatan_that_reaches_the_minimum(
    rounds: list[dict[str, int]],
) -> None:
    jawaban = rounds_of(rounds)
    table = groups_of(jawaban)
    assert list(table) == GROUP_COLUMNS and table["kode_desa"].tolist() == CODES
    assert (table["kode"].str[:8] == table["kode_desa"].str[:8]).all()
    assert table["kode"].str.fullmatch(r"63\.11\.\d\d\.K\d\d").all()
    names = table.groupby("kode")["nama"].unique()
    assert names.map(len).eq(1).all() and names.map(lambda each: each[0]).is_unique
    assert all(is_connected(group["kode_desa"].tolist()) for _, group in table.groupby("kode"))
    counts = count_sasaran(jawaban)
    by_group = counts.T.groupby(table["kode"].to_numpy()).sum()
    by_kecamatan = counts.T.groupby(DESA["kode_kecamatan"].to_numpy()).sum()
    whole = by_kecamatan.loc[by_group.index.str[:8]].to_numpy()
    assert ((by_group.to_numpy() >= MINIMUM) | (whole < MINIMUM)).all()


@pytest.mark.lambat
@given(any_rounds())
@settings(max_examples=40)
def test_from_round_to_round_kelompok_only_merge_and_keep_code_and_name(rounds: list[dict[str, int]]) -> None:
    before = groups_of(rounds_of(rounds[:1]))
    for last in range(2, len(rounds) + 1):
        after = groups_of(rounds_of(rounds[:last]), before)
        divided = ~before["kode"].str.endswith(UNDIVIDED)
        pairs = pd.DataFrame({"lama": before["kode"], "baru": after["kode"]})[divided].drop_duplicates()
        assert pairs["lama"].is_unique  # nobody left a kelompok
        assert set(pairs["baru"]) <= set(pairs["lama"])  # and no new one was made
        named = before.drop_duplicates("kode").set_index("kode")["nama"]
        kept = after[divided]
        assert (kept["nama"] == kept["kode"].map(named)).all()
        pd.testing.assert_frame_equal(after, groups_of(rounds_of(rounds[:last])))  # as if made in one go
        before = after


@given(any_rounds(), st.randoms())
@settings(max_examples=20)
def test_the_order_of_the_rows_and_who_is_asked_what_do_not_matter(
    rounds: list[dict[str, int]], random: Random
) -> None:
    jawaban = rounds_of(rounds)
    more = pd.concat([jawaban, jawaban.assign(parameter="SP02"), rounds_of([dict.fromkeys(HALONG, 30)], "bumil")])
    shuffled = more.sample(frac=1, random_state=random.randrange(99), ignore_index=True)
    pd.testing.assert_frame_equal(groups_of(shuffled), groups_of(jawaban))


def test_without_any_sasaran_each_kecamatan_is_one_kelompok() -> None:
    table = groups_of(rounds_of([{}]))
    assert set(table["kode"]) == {f"{kode}.{UNDIVIDED}" for kode in DESA["kode_kecamatan"]}
    assert codes(table)[JUAI[0]] == "63.11.01.K00" and set(table["nama"]) >= {"Seluruh Juai", "Seluruh Halong"}


def test_a_kelompok_bears_the_name_of_its_desa_with_most_sasaran() -> None:
    table = groups_of(rounds_of([{JUAI[5]: 12, JUAI[10]: 11, AWAYAN[3]: 20, AWAYAN[4]: 9}]))
    names = dict(zip(table["kode_desa"], table["nama"], strict=True))
    assert names[JUAI[5]] == "Kelompok Galumbang (Juai)"  # another Galumbang lies in Paringin Selatan
    assert names[JUAI[10]] == f"Kelompok {DESA.set_index('kode')['nama'][JUAI[10]]}"
    assert names[AWAYAN[3]] == "Seluruh Awayan"
    whole = members_of(table)
    assert "Galumbang" in whole[codes(table)[JUAI[5]]] and sum(map(len, whole.values())) == len(CODES)


def test_the_larger_of_two_keeps_its_code_and_name_when_one_becomes_too_small() -> None:
    first, small = JUAI[0], JUAI[12]
    before = groups_of(rounds_of([{first: 30, small: 12}]))
    assert codes(before)[first] != codes(before)[small]
    jawaban = rounds_of([{first: 30, small: 12}, {first: 30, small: 9}])
    after = groups_of(jawaban, before)
    assert codes(after)[small] == codes(after)[first] == codes(before)[first]
    assert set(after["kode"].str[:8]) == set(before["kode"].str[:8])
    grown = groups_of(rounds_of([{first: 30, small: 40}, {first: 30, small: 90}]), after)
    pd.testing.assert_frame_equal(grown, after)  # never divided again


def test_a_round_that_reached_only_part_of_a_kecamatan_counts_only_when_it_could_be_shown() -> None:
    full = {JUAI[0]: 30, JUAI[12]: 12}
    before = groups_of(rounds_of([full]))
    assert codes(groups_of(rounds_of([full, {JUAI[0]: 9}]), before)) == codes(before)
    assert codes(groups_of(rounds_of([full, {JUAI[0]: 10}]), before)) != codes(before)


def test_a_whole_kecamatan_may_still_be_divided_when_more_of_a_round_comes_in() -> None:
    before = groups_of(rounds_of([{JUAI[0]: 12}]))
    assert codes(before)[JUAI[0]] == "63.11.01.K00"
    after = groups_of(rounds_of([{JUAI[0]: 12, JUAI[12]: 12}]), before)
    assert codes(after)[JUAI[0]] == "63.11.01.K01" and codes(after)[JUAI[12]] == "63.11.01.K02"


def test_a_desa_added_to_the_list_of_places_joins_a_neighbour() -> None:
    jawaban = rounds_of([{JUAI[0]: 30, JUAI[12]: 12}])
    table = groups_of(jawaban)
    old = table[~table["kode_desa"].isin([JUAI[3], HALONG[2]])]
    new = groups_of(jawaban, old)
    assert set(codes(new)) == set(CODES)
    assert {kode: place for kode, place in codes(new).items() if kode in set(old["kode_desa"])} == codes(old)
    assert codes(new)[HALONG[2]] == "63.11.02.K00" and codes(new)[JUAI[3]] in codes(old).values()


@pytest.fixture(scope="module")
def sample() -> pd.DataFrame:
    names = ["id_sasaran", "jenis_sasaran", "kode_desa", "periode"]
    return pd.concat([rows[names] for rows in sample_answers().values()], ignore_index=True)


def test_the_sample_has_thirteen_kelompok(sample: pd.DataFrame) -> None:
    table = groups_of(sample)
    counted = table.drop_duplicates("kode")["kode"].str[:8].value_counts().sort_index()
    assert counted.tolist() == [2, 3, 2, 1, 1, 1, 2, 1]
    sizes = count_sasaran(sample).T.groupby(table["kode"].to_numpy()).sum()
    assert sizes.to_numpy().sum(axis=0).tolist() == [171, 245]
    large = sizes[~sizes.index.str[:8].isin(["63.11.04", "63.11.05", "63.11.08"])]
    assert large.to_numpy().min() == 11
