"""Which places are neighbours: the shortest tree over their points, and parts of it that stay connected."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Edges = list[tuple[int, int]]
"""Pairs of places, the nearest pair first."""
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

NOWHERE = -1  # a place that is in no part yet


def squared_distances(points: Floats) -> Floats:
    """Return the squared distance of each two of points[place, 2], in the unit of the points."""
    return np.asarray(((points[:, None] - points[None]) ** 2).sum(axis=2))


def shortest_tree(points: Floats) -> Edges:
    """Return the pairs that link all points with the least length in all; of equal ones those that stand first."""
    apart = squared_distances(points)
    inside = np.zeros(len(points), dtype=bool)
    inside[:1] = True
    edges = []
    while not inside.all():
        free = np.where(inside[:, None] & ~inside, apart, np.inf)
        one, two = (int(place) for place in np.unravel_index(free.argmin(), free.shape))
        inside[two] = True
        edges.append((one, two))
    return sorted(edges, key=lambda pair: (apart[pair], pair))


def cut_tree(tree: Edges, root: int, enough: Callable[[Bools], bool]) -> Ints:
    """Return the part of each place: as many connected parts as are `enough`, NOWHERE for places left over.

    From the ends of the tree towards `root` a part is cut off as soon as it is enough. No other way of cutting the
    same tree gives more parts, as long as a part that holds another one is enough whenever that one is.
    """
    order, before = _walk(tree, root)
    parts = np.full(len(order), NOWHERE, dtype=np.int64)
    gathered = np.eye(len(order), dtype=bool)
    found = 0
    for place in reversed(order):
        if enough(gathered[place]):
            parts[gathered[place]] = found
            found += 1
        elif place != root:
            gathered[before[place]] |= gathered[place]
    return parts


def fill_parts(tree: Edges, parts: Ints) -> Ints:
    """Return the parts with each place that is NOWHERE in the part of a neighbour, the nearest first."""
    parts = parts.copy()
    while (parts == NOWHERE).any() and (parts != NOWHERE).any():
        one, two = next(pair for pair in tree if (parts[pair[0]] == NOWHERE) != (parts[pair[1]] == NOWHERE))
        parts[[one, two]] = max(parts[one], parts[two])
    return parts


def nearest_part(tree: Edges, parts: Ints, part: int) -> int:
    """Return the other part that the shortest link leads to; there must be one."""
    one, two = next(pair for pair in tree if (parts[pair[0]] == part) != (parts[pair[1]] == part))
    return int(parts[two] if parts[one] == part else parts[one])


def _walk(tree: Edges, root: int) -> tuple[list[int], dict[int, int]]:
    """Return the places from the root outwards, and for each the one before it."""
    order, before = [root], {root: root}
    for place in order:
        for one, two in tree:
            other = two if one == place else one
            if place in (one, two) and other not in before:
                before[other] = place
                order.append(other)
    return order, before
