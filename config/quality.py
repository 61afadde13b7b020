"""The checks of data quality and SMART's criteria (`mutu.toml`, `mutu_smart.toml`): unit, source and validity each."""

import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from config.values import FOLDER, read_toml, require_stated

SHARE, COVERAGE, DIGITS, SPREAD, RANGE, RATIO = "bagian", "cakupan", "akhir", "sebaran", "rentang", "rasio"
KINDS = (SHARE, COVERAGE, DIGITS, SPREAD, RANGE, RATIO)
LIMITS = {"perhatian_bawah", "perhatian_atas", "masalah_bawah", "masalah_atas"}
PLAIN = {"nama", "kelompok", "jenis", "satuan", "minimum", "sumber", "berlaku", "keterangan"}


@dataclass(frozen=True)
class Check:
    """One check: name, the group it counts with, kind, unit, limits, smallest denominator judged.

    perhatian, masalah: lower and upper limit of a severity, infinite where that side is not judged. Raises ValueError
    for an unknown kind, limits that are missing or out of order, a blank text, or a validity that names no year.
    """

    id: str
    nama: str
    kelompok: str
    jenis: str
    satuan: str
    perhatian: tuple[float, float]
    masalah: tuple[float, float]
    minimum: int
    sumber: str
    berlaku: str
    keterangan: str

    def __post_init__(self) -> None:
        require_stated({"nama": self.nama, "satuan": self.satuan, "sumber": self.sumber}, self.berlaku)
        limits = (self.masalah[0], self.perhatian[0], self.perhatian[1], self.masalah[1])
        if self.jenis not in KINDS or self.minimum < 1:
            raise ValueError(f"[{self.id}]: jenis {self.jenis!r} atau minimum {self.minimum} tidak dikenal")
        if list(limits) != sorted(limits) or not any(map(math.isfinite, self.perhatian)):
            raise ValueError(f"[{self.id}]: batas kurang atau tidak berurutan")

    @property
    def batas(self) -> str:
        """The limits as written in tables: `30`, or `0.8..1.95`."""
        return "..".join(f"{limit:g}" for limit in self.perhatian if math.isfinite(limit))


@dataclass(frozen=True)
class Criterion:
    """One criterion of SMART: limits from good to bad, and the points below the first, from there to the second, ...

    Raises ValueError unless there is one more count of points than limits, both in order, and as `Check`.
    """

    id: str
    nama: str
    satuan: str
    batas: tuple[float, ...]
    poin: tuple[int, ...]
    sumber: str
    berlaku: str

    def __post_init__(self) -> None:
        require_stated({"nama": self.nama, "satuan": self.satuan, "sumber": self.sumber}, self.berlaku)
        ordered = list(self.batas) == sorted(self.batas, reverse=self.is_p) and list(self.poin) == sorted(self.poin)
        if len(self.poin) != len(self.batas) + 1 or not ordered:
            raise ValueError(f"[{self.id}]: batas dan poin tidak berurutan")

    @property
    def is_p(self) -> bool:
        """True where the value is a p: the smaller the worse."""
        return self.satuan == "p"


def read_checks(path: Path) -> tuple[Check, ...]:
    """Return the checks of a file, most important first; raises ValueError for a bad one."""
    return tuple(_check(name, raw) for name, raw in read_toml(path).items())


def _check(name: str, raw: dict[str, Any]) -> Check:
    if wrong := (PLAIN - set(raw)) | (set(raw) - PLAIN - LIMITS):
        raise ValueError(f"[{name}]: isian kurang atau tidak dikenal: {', '.join(sorted(wrong))}")
    sides = [
        (float(raw.get(f"{level}_bawah", -math.inf)), float(raw.get(f"{level}_atas", math.inf)))
        for level in ("perhatian", "masalah")
    ]
    return Check(name, perhatian=sides[0], masalah=sides[1], **{key: raw[key] for key in PLAIN})


@cache
def load_checks() -> dict[str, Check]:
    """Return every check of `mutu.toml` by its id, most important first."""
    return {check.id: check for check in read_checks(FOLDER / "mutu.toml")}


@cache
def load_smart() -> dict[str, Criterion]:
    """Return SMART's criteria of `mutu_smart.toml` by id; `jumlah` classes the sum of the others."""
    raw = read_toml(FOLDER / "mutu_smart.toml")
    return {
        name: Criterion(name, **entry | {"batas": tuple(entry["batas"]), "poin": tuple(entry["poin"])})
        for name, entry in raw.items()
    }
