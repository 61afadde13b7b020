"""Exact mid-p McNemar test for linked pairs and the Benjamini-Hochberg correction, vectorised, without scipy."""

import math

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


def mid_p_mcnemar(worse: npt.ArrayLike, better: npt.ArrayLike) -> Array:
    """Return the two-sided mid-p value of McNemar's exact test for two counts of discordant pairs (0->1 and 1->0).

    Twice the binomial(n, 1/2) tail up to the smaller count, less the probability of that count; for equal counts
    1 - half their probability; 1 without discordant pairs. Raises ValueError for a negative count.
    Source: Fagerland, Lydersen and Laake (2013), BMC Med Res Methodol 13:91, and its supplement.
    """
    b, c = np.broadcast_arrays(np.asarray(worse, dtype=np.int64), np.asarray(better, dtype=np.int64))
    if (np.minimum(b, c) < 0).any():
        raise ValueError("jumlah pasangan tidak boleh negatif")
    pairs = np.stack([np.minimum(b, c).ravel(), (b + c).ravel()], axis=1)
    distinct, back = np.unique(pairs, axis=0, return_inverse=True)
    tail, point = _half_binomial(distinct[:, 0], distinct[:, 1])
    fewer, pairs_in_all = distinct[:, 0], distinct[:, 1]
    equal = 2 * fewer == pairs_in_all
    value = np.where(equal, 1 - point / 2, 2 * tail - point)
    value = np.where(pairs_in_all == 0, 1.0, value)
    return np.asarray(value[back.ravel()].reshape(b.shape))


def _half_binomial(x: npt.NDArray[np.int64], n: npt.NDArray[np.int64]) -> tuple[Array, Array]:
    """Return P(X <= x) and P(X = x) of binomial(n, 1/2), from log factorials summed term by term."""
    if not len(x):
        return np.empty(0), np.empty(0)
    log_factorial = np.array([math.lgamma(k + 1) for k in range(int(n.max()) + 1)])
    lengths = x + 1
    starts = np.cumsum(lengths) - lengths
    size = np.repeat(n, lengths)
    k = np.arange(int(lengths.sum())) - np.repeat(starts, lengths)
    logs = log_factorial[size] - log_factorial[k] - log_factorial[size - k] - size * math.log(2)
    terms = np.exp(logs)
    return np.add.reduceat(terms, starts), terms[starts + x]


def benjamini_hochberg(p: npt.ArrayLike) -> Array:
    """Return the adjusted p-values (false discovery rate) along the last axis; missing ones stay out and stay missing.

    Source: Benjamini and Hochberg (1995), J R Stat Soc B 57:289-300.
    """
    values = np.asarray(p, dtype=float)
    order = np.argsort(values, axis=-1)  # missing ones last
    ranked = np.take_along_axis(values, order, axis=-1)
    tests = np.sum(~np.isnan(values), axis=-1, keepdims=True)
    scaled = ranked * tests / np.arange(1, values.shape[-1] + 1)
    smallest_from_here = np.fmin.accumulate(scaled[..., ::-1], axis=-1)[..., ::-1]
    adjusted = np.where(np.isnan(ranked), np.nan, np.minimum(smallest_from_here, 1))
    result = np.empty_like(values)
    np.put_along_axis(result, order, adjusted, axis=-1)
    return result
