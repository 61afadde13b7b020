"""How alike two people must be to be one: weights and limits (`pencocokan.toml`), spellings (`ejaan_nama.csv`)."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from config.values import Value, read_values

FOLDER = Path(__file__).parent
CHILD_PARTS = ("nama", "tgl_lahir", "ortu", "desa", "jk")
SASARAN_PARTS = ("nama", "desa")


@dataclass(frozen=True)
class Measure:
    """How one kind of pair is judged: weight of each part (their sum is 1), and the limits of the score (0..1)."""

    weights: dict[str, float]
    certain: float
    doubtful: float
    margin: float

    def __post_init__(self) -> None:
        if abs(sum(self.weights.values()) - 1) > 1e-9 or min(self.weights.values()) < 0:
            raise ValueError("pencocokan.toml: bobot satu kelompok harus berjumlah 1")
        if not 0 < self.doubtful <= self.certain <= 1:
            raise ValueError("pencocokan.toml: batas meragukan tidak boleh di atas batas pasti")


@cache
def load_matching() -> dict[str, Value]:
    """Return every value of `pencocokan.toml` by name."""
    return read_values(FOLDER / "pencocokan.toml")


@cache
def child_measure() -> Measure:
    """Return how two records of measured children are judged."""
    return _measure("anak", CHILD_PARTS)


@cache
def sasaran_measure() -> Measure:
    """Return how a sasaran and a measured child are judged."""
    return _measure("sasaran", SASARAN_PARTS)


def _measure(kind: str, parts: tuple[str, ...]) -> Measure:
    values = load_matching()
    weights = {part: values[f"{kind}_{part}"].nilai for part in parts}
    certain, doubtful = (values[f"{kind}_{name}"].nilai for name in ("pasti", "meragukan"))
    return Measure(weights, certain, doubtful, values["jarak_calon"].nilai)


@cache
def name_spellings() -> dict[str, str]:
    """Return {word of a name in capitals: how it is read}; an empty text means that the word says nothing."""
    with (FOLDER / "ejaan_nama.csv").open(encoding="utf-8", newline="") as file:
        return {row["tertulis"]: row["dibaca"] for row in csv.DictReader(file)}
