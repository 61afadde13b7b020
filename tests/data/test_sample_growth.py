"""Drawing heights: the number of stunted is exact, nobody shrinks, and only children near the cut-off are moved."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.growth_tables import load_tables
from data.sample_growth import draw_heights, height_for_z, pick, score_like_export, walk


def test_pick_takes_the_smallest_keys_of_each_group_among_the_allowed() -> None:
    mask = np.array([True, True, False, True, True, True])
    group = np.array([0, 0, 0, 1, 1, 0])
    key = np.array([3.0, 1.0, 0.0, 9.0, 8.0, 2.0])
    assert pick(mask, group, np.array([2, 1]), key).tolist() == [False, True, False, False, True, True]


def test_pick_takes_all_where_fewer_are_allowed_than_wanted() -> None:
    mask = np.array([True, False, True])
    assert pick(mask, np.zeros(3, dtype=np.int64), np.array([9]), np.zeros(3)).tolist() == [True, False, True]


@given(seed=st.integers(0, 10_000), share=st.floats(0, 0.6), shift=st.floats(-1, 1))
def test_exactly_the_wanted_number_is_stunted_and_nobody_shrinks(seed: int, share: float, shift: float) -> None:
    random = np.random.default_rng(seed)
    count = 200
    girl, group = random.random(count) < 0.5, np.repeat([0, 1], count // 2)
    age, counted = random.integers(7, 1820, count), random.random(count) < 0.95
    # A floor of up to three quarters of a year's growth below the wish keeps every target within reach.
    floor = height_for_z(random.normal(-2.6, 0.1, count), girl, age)
    wanted = np.array([round(share * counted[group == place].sum()) for place in (0, 1)])
    height = draw_heights(
        random.normal(shift, 1.1, count), girl, age, floor, random.random(count) < 0.4, group, counted, wanted
    )
    z = score_like_export(girl, age, height.astype(np.float64), np.full(count, np.nan))["tbu"]
    assert [((z < -2) & counted & (group == place)).sum() for place in (0, 1)] == wanted.tolist()
    assert (height >= floor).all()


def test_children_far_from_the_cut_off_keep_the_height_that_was_wished() -> None:
    count = 101
    z = np.linspace(-4, 4, count)
    age, girl = np.full(count, 900), np.zeros(count, dtype=np.bool_)
    everybody, one_group = np.ones(count, dtype=np.bool_), np.zeros(count, dtype=np.int64)
    # Of these scores 25 lie below -2: one more is wanted, so all move by half a step at most and one crosses over.
    wanted = np.array([26])
    height = draw_heights(z, girl, age, np.zeros(count), ~everybody, one_group, everybody, wanted)
    wished = height_for_z(z, girl, age)
    assert np.abs(height - wished).max() <= 4


@pytest.mark.parametrize("sex", [0, 1])
def test_height_and_weight_at_the_median_score_zero(sex: int) -> None:
    girl, age = np.full(1, bool(sex)), np.array([800])
    tables = load_tables()
    height = np.rint(10 * tables["lfa"].M[sex, age])
    weight = tables["wfh"].M[sex, height.astype(np.int64) - tables["wfh"].first]
    scores = score_like_export(girl, age, height, weight)
    assert abs(scores["tbu"][0]) <= 0.02
    assert scores["bbtb"][0] == 0


def test_a_missing_measure_has_no_score() -> None:
    nobody, age = np.zeros(2, dtype=np.bool_), np.array([800, 800])
    scores = score_like_export(nobody, age, np.array([np.nan, 860.0]), np.array([12.0, np.nan]))
    assert {index: np.isnan(z).tolist() for index, z in scores.items()} == {
        "tbu": [True, False],
        "bbu": [False, True],
        "bbtb": [True, True],
    }


def test_a_walk_keeps_its_spread_and_remembers() -> None:
    random = np.random.default_rng(1)
    tracks = walk(random.standard_normal(20_000), [2, 6], 0.97, random)
    assert tracks.std(axis=1) == pytest.approx([1, 1, 1], abs=0.03)
    assert np.corrcoef(tracks[1], tracks[2])[0, 1] == pytest.approx(0.97**6, abs=0.02)
