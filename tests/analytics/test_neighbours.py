"""The shortest tree against scipy, and cutting it: as many parts as can be had, each connected and large enough."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse.csgraph import connected_components, minimum_spanning_tree

from analytics.neighbours import NOWHERE, cut_tree, fill_parts, nearest_part, shortest_tree, squared_distances
from config.places import load_desa

DESA = load_desa()
KECAMATAN = sorted(set(DESA["kode_kecamatan"]))


def points_of(kode: str) -> np.ndarray:
    return DESA.loc[DESA["kode_kecamatan"] == kode, ["lon", "lat"]].to_numpy("float64")


def components(size: int, edges: list[tuple[int, int]]) -> np.ndarray:
    links = np.zeros((size, size))
    for pair in edges:
        links[pair] = 1
    return connected_components(links, directed=False)[1]


@pytest.mark.parametrize("kode", KECAMATAN)
def test_the_tree_is_the_shortest_that_links_all_desa(kode: str) -> None:
    points = points_of(kode)
    tree = shortest_tree(points)
    lengths = np.sqrt(squared_distances(points))
    assert len(set(components(len(points), tree))) == 1 and len(tree) == len(points) - 1
    assert sum(lengths[pair] for pair in tree) == pytest.approx(minimum_spanning_tree(lengths).sum())
    assert [lengths[pair] for pair in tree] == sorted(lengths[pair] for pair in tree)


@given(st.lists(st.integers(0, 7), min_size=1, max_size=9), st.integers(1, 12), st.data())
def test_no_other_cut_of_the_tree_gives_more_parts(weights: list[int], least: int, data: st.DataObject) -> None:
    size = len(weights)
    weight = np.array(weights)
    tree = shortest_tree(points_of("63.11.02")[:size])
    root = data.draw(st.integers(0, size - 1))
    cut = cut_tree(tree, root, lambda members: bool(weight[members].sum() >= least))
    parts = fill_parts(tree, cut)
    if weight.sum() < least:
        assert (parts == NOWHERE).all()
        return
    for part in set(parts):
        inside = [pair for pair in tree if parts[pair[0]] == parts[pair[1]] == part]
        assert len(inside) == (parts == part).sum() - 1  # connected: a tree of its own
        assert weight[parts == part].sum() >= least
    best = 0
    for removed in range(size):
        for gone in combinations(tree, removed):
            label = components(size, [pair for pair in tree if pair not in gone])
            if all(weight[label == kind].sum() >= least for kind in set(label)):
                best = removed + 1
    assert len(set(parts)) == best


def test_two_desa_at_one_point_and_a_desa_alone_have_a_tree() -> None:
    assert shortest_tree(np.array([[115.5, -2.3]])) == []
    assert shortest_tree(np.array([[115.5, -2.3], [115.5, -2.3], [115.6, -2.3]])) == [(0, 1), (0, 2)]


def test_the_nearest_part_is_at_the_end_of_the_shortest_link() -> None:
    tree = shortest_tree(np.array([[0.0, 0], [1, 0], [3, 0], [7, 0]]))
    parts = np.array([0, 0, 1, 2])
    assert [nearest_part(tree, parts, part) for part in (0, 1, 2)] == [1, 0, 1]
