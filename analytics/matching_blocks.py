"""Which records of measured children are compared at all: those that share enough to be one child, and may be one."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.pseudonymize import NIK_DIGITS, usable_nik

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Words = npt.NDArray[np.uint64]

LARGEST_BLOCK = 60  # of records that share no more than this many others share, every desa for itself
WORD = 64


def candidate_pairs(people: pd.DataFrame, measured: Words) -> tuple[Ints, Ints]:
    """Return the places (left < right) of the pairs of `people` worth a look.

    `people`: nama (folded), kode_desa, jk, tgl_lahir, nik; `measured`: `month_words`. Compared are records of one birth
    day and sex, of one name and sex, and of one desa, sex and month of birth, if they were never measured in the same
    month; and all of one desa and birth day. Two different whole NIK are two children.
    """
    born = people["tgl_lahir"].dt.strftime("%Y%m%d")
    rare = np.flatnonzero(_misses_a_month(measured))
    some = people.iloc[rare]
    keys = [
        _split_large(born.iloc[rare] + some["jk"], some["kode_desa"]),
        _split_large((some["nama"] + "|" + some["jk"]).where(some["nama"] != ""), some["kode_desa"]),
        some["kode_desa"] + some["jk"] + born.iloc[rare].str[:6],
    ]
    found = [rare[pairs] for pairs in map(_pairs_of, keys)]
    left, right = (np.concatenate([pairs[:, side] for pairs in found]) for side in (0, 1))
    apart = ~together(measured, left, right)
    twins = _pairs_of(people["kode_desa"] + born)
    pairs = np.unique(np.concatenate([np.stack([left, right], axis=1)[apart], twins]), axis=0)
    left, right = pairs[:, 0], pairs[:, 1]
    possible = ~_other_nik(people["nik"], left, right)
    return left[possible], right[possible]


def month_words(pengukuran: pd.DataFrame, ids: pd.Series) -> Words:
    """Return in which months each child of `ids` was measured, as bits; shape (children, words)."""
    months, names = pd.factorize(pengukuran["bulan"])
    rows = pd.Index(ids).get_indexer(pengukuran["id_anak"])
    words = np.zeros((len(ids), max(1, -(-len(names) // WORD))), dtype=np.uint64)
    bits = np.left_shift(np.uint64(1), (months % WORD).astype(np.uint64))
    np.bitwise_or.at(words, (rows, months // WORD), bits)
    return words


def together(measured: Words, left: Ints, right: Ints) -> Bools:
    """True where both of a pair were measured in the same month."""
    return np.asarray((measured[left] & measured[right]).any(axis=1))


def _misses_a_month(measured: Words) -> Bools:
    """True for a child who was not measured in every month: only such a one may have another record."""
    every = np.bitwise_or.reduce(measured, axis=0) if len(measured) else np.zeros(1, dtype=np.uint64)
    return np.asarray((measured != every).any(axis=1))


def _split_large(keys: pd.Series, kode_desa: pd.Series) -> pd.Series:
    sizes = keys.map(keys.value_counts())
    return keys.where(~(sizes > LARGEST_BLOCK), keys + "|" + kode_desa)


def _pairs_of(keys: pd.Series) -> npt.NDArray[np.int64]:
    """Return every pair of places with the same key, the smaller place first; missing keys make none."""
    codes = pd.factorize(keys)[0]
    places = np.flatnonzero(codes >= 0)
    order = places[np.argsort(codes[places], kind="stable")]
    sorted_codes = codes[order]
    start = np.searchsorted(sorted_codes, sorted_codes, side="left")
    before = np.arange(len(order)) - start
    right = np.repeat(np.arange(len(order)), before)
    steps = np.arange(len(right)) - np.repeat(np.cumsum(before) - before, before)
    pairs = np.stack([order[np.repeat(start, before) + steps], order[right]], axis=1)
    return np.sort(pairs, axis=1).astype(np.int64)


def _other_nik(nik: pd.Series, left: Ints, right: Ints) -> Bools:
    """True where both have a whole NIK that went through no number (those end in 0), and not the same."""
    whole = usable_nik(nik)
    sure = whole.where(whole.str.len().eq(NIK_DIGITS) & ~whole.str.endswith("0"), "").to_numpy()
    return np.asarray((sure[left] != "") & (sure[right] != "") & (sure[left] != sure[right]))
