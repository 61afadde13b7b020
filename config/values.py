"""Thresholds and targets the programme decides, each with unit, source and validity (`ambang.toml`, `target.toml`)."""

import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

FOLDER = Path(__file__).parent
ROOMS = ("publik", "rapat", "petugas")


@dataclass(frozen=True)
class Value:
    """One decided number.

    Raises ValueError when the number is not finite, or unit or source is blank, or the validity names no year.
    """

    nilai: float
    satuan: str
    sumber: str
    berlaku: str
    keterangan: str

    def __post_init__(self) -> None:
        if isinstance(self.nilai, bool) or not math.isfinite(self.nilai):
            raise ValueError(f"nilai {self.nilai!r} bukan bilangan")
        require_stated({"satuan": self.satuan, "sumber": self.sumber}, self.berlaku)


@dataclass(frozen=True)
class Target(Value):
    """A promised level of one indicator in one place, to be reached in `tahun`."""

    id: str
    nama: str
    indikator: str
    wilayah: str
    tahun: int


@dataclass(frozen=True)
class RoomMinima:
    """What a room withholds; 0 means that the room has no such rule.

    cacah: smallest count shown (0 is always shown). penyebut: smallest denominator shown. hampir_semua: below this
    denominator 100 % is written "hampir semua". kelas: counts that a shown class must leave possible.
    """

    cacah: int
    penyebut: int
    hampir_semua: int
    kelas: int


Decided = TypeVar("Decided", bound=Value)


def require_stated(texts: Mapping[str, str], berlaku: str) -> None:
    """Raise ValueError (Indonesian) when a text is blank or the validity names no year."""
    for name, text in texts.items():
        if not text.strip():
            raise ValueError(f"{name} kosong")
    if not re.search(r"\b(19|20)\d\d\b", berlaku):
        raise ValueError(f"berlaku {berlaku!r} tidak memuat tahun")


def read_toml(path: Path) -> dict[str, dict[str, Any]]:
    """Return the tables of a TOML file by name, in the file's order."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def read_values(path: Path) -> dict[str, Value]:
    """Return every threshold of a file by name; raises ValueError naming file and table of the first bad one."""
    return {name: _build(Value, raw, f"{path.name} [{name}]") for name, raw in read_toml(path).items()}


def read_targets(path: Path) -> list[Target]:
    """Return every target of a file, in its order; raises ValueError naming file and table of the first bad one."""
    return [_build(Target, {"id": name} | raw, f"{path.name} [{name}]") for name, raw in read_toml(path).items()]


def _build(kind: type[Decided], raw: dict[str, Any], where: str) -> Decided:
    if wrong := {field.name for field in fields(kind)} ^ set(raw):
        raise ValueError(f"{where}: isian kurang atau tidak dikenal: {', '.join(sorted(wrong))}")
    try:
        return kind(**raw)
    except (ValueError, TypeError, AttributeError) as error:
        raise ValueError(f"{where}: {error}") from error


@cache
def load_thresholds() -> dict[str, Value]:
    """Return every threshold of `ambang.toml` by name."""
    return read_values(FOLDER / "ambang.toml")


def threshold(name: str) -> Value:
    """Return one threshold; raises KeyError for a name that `ambang.toml` does not hold."""
    return load_thresholds()[name]


@cache
def load_targets() -> tuple[Target, ...]:
    """Return every target of `target.toml`, in the file's order."""
    return tuple(read_targets(FOLDER / "target.toml"))


def targets(indikator: str = "stunting") -> list[Target]:
    """Return the targets of one indicator, earliest year first."""
    chosen = [target for target in load_targets() if target.indikator == indikator]
    return sorted(chosen, key=lambda target: target.tahun)


def room_minima(ruang: str, tabel: str = "") -> RoomMinima:
    """Return what a room withholds; `ruang_{ruang}_{rule}_{tabel}` of `ambang.toml` overrides the room's own rule.

    Raises ValueError for a room that does not exist.
    """
    if ruang not in ROOMS:
        raise ValueError(f"Ruang {ruang!r} tidak ada; pilih salah satu: {', '.join(ROOMS)}.")
    known = load_thresholds()

    def least(rule: str) -> int:
        general = f"ruang_{ruang}_{rule}"
        return int(known.get(f"{general}_{tabel}", known[general]).nilai)

    return RoomMinima(**{field.name: least(field.name) for field in fields(RoomMinima)})
