"""How alike two names, dates, parents and places are, 0 to 1, for many pairs at once."""

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from config.matching import name_spellings
from data.pseudonymize import normalise_name

Floats = npt.NDArray[np.float64]

INITIAL = 0.85  # a name of which one side wrote a word as its first letter
PART = 0.85  # all words of one name stand in the other
SLIP = 0.6  # a date with day and month exchanged, or one wrong digit
KECAMATAN_CODE = len("63.11.01")
SAME_KECAMATAN = 0.5


def fold_names(names: pd.Series) -> pd.Series:
    """Return the names folded for comparison, each distinct text once; empty where there is none."""
    kinds = {kind: normalise_name(kind) for kind in names.dropna().unique()}
    return names.map(kinds).fillna("").astype("str")


@cache
def spell(folded: str) -> str:
    """Return a folded name with its usual spellings made one: M and MUHAMAD are MUHAMMAD, titles go."""
    spellings = name_spellings()
    words = [spellings.get(word, word) for word in folded.split()]
    return " ".join(word for word in words if word) or folded


def names_alike(left: pd.Series, right: pd.Series) -> Floats:
    """Return how alike folded names are pair by pair; 0 where either is empty."""
    ours, theirs = [spell(name) for name in left], [spell(name) for name in right]
    ordered = [_ordered(name) for name in ours], [_ordered(name) for name in theirs]
    ways = [(list(left), list(right)), (ours, theirs), ordered]
    alike = np.max([_compare(one, other, OSA.normalized_similarity) for one, other in ways], axis=0)
    for place in np.flatnonzero(alike < PART):
        alike[place] = max(alike[place], _shortened(left.iloc[place], right.iloc[place], ours[place], theirs[place]))
    for place in np.flatnonzero(_has_initial(left) | _has_initial(right)):
        if _other_initial(left.iloc[place], right.iloc[place]):
            alike[place] = 0.0
    empty = (left.to_numpy() == "") | (right.to_numpy() == "")
    return np.where(empty, 0.0, alike)


def _has_initial(names: pd.Series) -> npt.NDArray[np.bool_]:
    return np.asarray(names.str.contains(r"\b[A-Z]\b").fillna(False), dtype=np.bool_)


def _other_initial(one: str, other: str) -> bool:
    """True where a word is a letter with which the word in its place does not begin: A RAHMAN, RAFI RAHMAN."""
    words, theirs = one.split(), other.split()
    return len(words) == len(theirs) and any(
        min(len(mine), len(yours)) == 1 and mine[0] != yours[0] for mine, yours in zip(words, theirs, strict=True)
    )


def _shortened(left: str, right: str, ours: str, theirs: str) -> float:
    """Return how alike two names are when one of them may be shortened: to first letters, or by whole words."""
    mine, yours = left.split(), right.split()
    if len(mine) == len(yours) > 1 and all(map(_same_or_initial, mine, yours)):
        return INITIAL
    few, many = sorted((set(ours.split()), set(theirs.split())), key=len)
    return PART if few and few <= many and max(map(len, few)) > 2 else 0.0


def _same_or_initial(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


@cache
def _ordered(name: str) -> str:
    return " ".join(sorted(name.split()))


def parents_alike(left: pd.Series, right: pd.Series) -> Floats:
    """Return how alike the parents are written, in any order, one of them enough; NaN where a side is empty.

    Unrelated names share about half their letters by chance, so that only what is beyond half counts.
    """
    alike = _compare([spell(name) for name in left], [spell(name) for name in right], fuzz.token_set_ratio) / 100
    alike = np.clip(2 * alike - 1, 0, 1)
    empty = (left.to_numpy() == "") | (right.to_numpy() == "")
    return np.where(empty, np.nan, alike)


def _compare(left: list[str], right: list[str], scorer: Any) -> Floats:
    if not left:
        return np.zeros(0)
    return np.asarray(cpdist(left, right, scorer=scorer, dtype=np.float32), dtype=np.float64)


def dates_alike(left: pd.Series, right: pd.Series) -> Floats:
    """Return 1 for the same day, SLIP where day and month are exchanged or one digit differs, else 0."""
    ours, theirs = left.dt.strftime("%Y%m%d").to_numpy(), right.dt.strftime("%Y%m%d").to_numpy()
    same = ours == theirs
    result = np.where(same, 1.0, 0.0)
    for place in np.flatnonzero(~same):
        one, other = ours[place], theirs[place]
        swapped = one[:4] + one[6:] + one[4:6] == other
        if swapped or sum(map(str.__ne__, one, other)) == 1:
            result[place] = SLIP
    return result


def places_alike(left: pd.Series, right: pd.Series) -> Floats:
    """Return 1 for the same desa, SAME_KECAMATAN where only the kecamatan is the same, else 0."""
    near = (left.str[:KECAMATAN_CODE].to_numpy() == right.str[:KECAMATAN_CODE].to_numpy()) * SAME_KECAMATAN
    return np.where(left.to_numpy() == right.to_numpy(), 1.0, near)
