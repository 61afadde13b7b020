"""Spreads the long table of answers over rounds, sasaran and parameters, and counts by place."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.notes import NO_DATA, NOT_APPLICABLE, NOT_ASKED
from analytics.prevalence import code_at_level

HAS_NOT, HAS, APPLIES_NOT, SILENT = 0, 1, 2, -1
CODES = {"0": HAS_NOT, "1": HAS, "TB": APPLIES_NOT}
NEEDED = ["id_sasaran", "jenis_sasaran", "kode_desa", "periode", "parameter", "jawaban"]

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class AnswerGrid:
    """Answers of one jenis_sasaran.

    answers[round, sasaran, parameter] is HAS_NOT, HAS, APPLIES_NOT or SILENT (not asked); desa[round, sasaran] is a
    position in `kode_desa`, or -1 where the sasaran is not in that round.
    """

    periode: list[str]
    parameter: list[str]
    kode_desa: list[str]
    answers: npt.NDArray[np.int8]
    desa: Ints

    def in_round(self, periode: str, place_of_desa: Ints) -> tuple[npt.NDArray[np.int8], Ints]:
        """Return answers[sasaran, parameter] and place[sasaran] of a round; nobody (-1, SILENT) in an unknown round."""
        if periode not in self.periode:
            return np.full(self.answers.shape[1:], SILENT, np.int8), np.full(self.desa.shape[1], -1, np.int64)
        chosen = self.periode.index(periode)
        return self.answers[chosen], place_of_desa[self.desa[chosen]]


def spread_answers(jawaban: pd.DataFrame, rounds: list[str] | None = None) -> dict[str, AnswerGrid]:
    """Return {jenis_sasaran: its grid}, sorted; of two rows for one sasaran, round and parameter the last wins.

    `rounds` limits the answers to those rounds; `parameter` of a grid holds the codes found in any round.
    """
    code, label = {}, {}
    for name in NEEDED:
        codes, values = pd.factorize(jawaban[name])
        code[name], label[name] = codes, [str(value) for value in values]
    asked_for = np.array([rounds is None or periode in rounds for periode in label["periode"]], dtype=bool)
    grids = {}
    for jenis in sorted(label["jenis_sasaran"]):
        theirs = code["jenis_sasaran"] == label["jenis_sasaran"].index(jenis)
        parameter = _found(code["parameter"][theirs], label["parameter"])
        rows = theirs & asked_for[code["periode"]]
        grids[jenis] = _fill({name: codes[rows] for name, codes in code.items()}, label, parameter)
    return grids


def _found(codes: Ints, labels: list[str]) -> list[str]:
    """Return the labels that occur among the codes, sorted."""
    return sorted(labels[code] for code in np.flatnonzero(np.bincount(codes, minlength=len(labels))))


def _fill(code: dict[str, Ints], label: dict[str, list[str]], parameter: list[str]) -> AnswerGrid:
    periode = _found(code["periode"], label["periode"])
    moment = pd.Index(periode).get_indexer(pd.Index(label["periode"]))[code["periode"]]
    column = pd.Index(parameter).get_indexer(pd.Index(label["parameter"]))[code["parameter"]]
    who = code["id_sasaran"]
    meaning = np.array([CODES.get(given, SILENT) for given in label["jawaban"]] + [SILENT], dtype=np.int8)
    answers = np.full((len(periode), len(label["id_sasaran"]), len(parameter)), SILENT, dtype=np.int8)
    answers[moment, who, column] = meaning[code["jawaban"]]  # numpy keeps the last of repeated places
    desa = np.full(answers.shape[:2], -1, dtype=np.int64)
    desa[moment, who] = code["kode_desa"]
    return AnswerGrid(periode, parameter, label["kode_desa"], answers, desa)


def place_of_desa(
    kode_desa: list[str], tingkat: str, places: pd.DataFrame, kelompok: pd.DataFrame | None = None
) -> Ints:
    """Return for each desa the position of its place in `places`, -1 where outside; one -1 more for "no desa"."""
    codes = code_at_level(pd.Series(kode_desa, dtype="str"), tingkat, kelompok)
    position = pd.Index(places["kode"]).get_indexer(codes)
    return np.append(position, -1).astype(np.int64)


def count_by_place(chosen: Bools, place: Ints, places: int) -> Ints:
    """Return counts[place, parameter] of the true cells of chosen[sasaran, parameter]."""
    parameters = chosen.shape[1]
    cell = place[:, None] * parameters + np.arange(parameters)
    counts = np.bincount(cell[chosen & (place >= 0)[:, None]], minlength=places * parameters)
    return counts.reshape(places, parameters)


def explain_empty(answers: npt.NDArray[np.int8], place: Ints, places: int) -> npt.NDArray[Any]:
    """Return notes[place, parameter]: why nobody answered 0 or 1 there; empty text where somebody did."""
    asked = count_by_place((answers == HAS) | (answers == HAS_NOT), place, places)
    not_theirs = count_by_place(answers == APPLIES_NOT, place, places)
    sasaran = np.bincount(place[place >= 0], minlength=places)[:, None]
    return np.select(
        [asked > 0, sasaran == 0, not_theirs > 0], ["", NO_DATA, NOT_APPLICABLE], default=NOT_ASKED
    ).astype(object)
