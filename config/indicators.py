"""The nutrition indicators (`indikator.csv`) and the classes their prevalence falls in (`kelas.toml`)."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from config.values import read_toml, require_stated

FOLDER = Path(__file__).parent
KNOWN_TO_LEADERS = "bkkbn"


@dataclass(frozen=True)
class Indicator:
    """One prevalence: the kubus columns that add up to its cases, the one that is its denominator, its definition.

    indeks: tbu, bbu, bbtb or imtu. Raises ValueError when a part is missing.
    """

    id: str
    nama: str
    indeks: str
    pembilang: tuple[str, ...]
    penyebut: str
    definisi: str
    sumber: str
    satuan: str

    def __post_init__(self) -> None:
        for field in (self.nama, self.indeks, *self.pembilang, self.penyebut, self.definisi, self.sumber, self.satuan):
            if not field.strip():
                raise ValueError(f"indikator.csv [{self.id}]: isian kosong")


@dataclass(frozen=True)
class Scale:
    """Classes of a prevalence in percent, lowest first; a lower bound belongs to its class and the first is 0.

    kode: as tables write a class ("10-20"); label: as a screen writes it; warna: colour tokens, empty where none
    are agreed; indikator: what the classes are meant for. Raises ValueError when the parts do not fit together.
    """

    nama: str
    indikator: tuple[str, ...]
    batas: tuple[float, ...]
    kode: tuple[str, ...]
    label: tuple[str, ...]
    warna: tuple[str, ...]
    satuan: str
    sumber: str
    berlaku: str

    def __post_init__(self) -> None:
        require_stated({"satuan": self.satuan, "sumber": self.sumber}, self.berlaku)
        classes = len(self.batas)
        if len(self.kode) != classes or len(self.label) != classes or len(self.warna) not in (0, classes):
            raise ValueError(f"kelas {self.nama!r}: banyaknya batas, kode, label dan warna tidak sama")
        if self.batas[0] != 0 or list(self.batas) != sorted(set(self.batas)):
            raise ValueError(f"kelas {self.nama!r}: batas harus naik dan mulai dari 0")


@cache
def load_indicators() -> tuple[Indicator, ...]:
    """Return every indicator, in the order of the file (stunting first)."""
    with (FOLDER / "indikator.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_indicator(row) for row in csv.DictReader(file))


def _indicator(row: dict[str, str]) -> Indicator:
    parts = tuple(row.pop("pembilang").split("+"))
    return Indicator(**row, pembilang=parts)


def indicator(name: str) -> Indicator:
    """Return one indicator by id; raises KeyError for an unknown one."""
    return {known.id: known for known in load_indicators()}[name]


@cache
def load_scales() -> dict[str, Scale]:
    """Return the prevalence classes by name: bkkbn, who_stunting, who_wasting, who_gizi_lebih."""
    tables = read_toml(FOLDER / "kelas.toml")
    lists = ("indikator", "batas", "kode", "label", "warna")
    return {name: Scale(**(raw | {field: tuple(raw[field]) for field in lists})) for name, raw in tables.items()}


def class_lower_bounds(skala: str = KNOWN_TO_LEADERS) -> list[float]:
    """Return the lower bounds (percent, each inclusive) of the classes, the first 0; raises KeyError if unknown."""
    return list(load_scales()[skala].batas)


def class_labels(skala: str = KNOWN_TO_LEADERS) -> list[str]:
    """Return the codes tables use for the classes, such as "10-20", one a lower bound."""
    return list(load_scales()[skala].kode)


def class_screen_labels(skala: str = KNOWN_TO_LEADERS) -> list[str]:
    """Return the texts a screen uses for the classes, such as "10 – < 20", one a lower bound."""
    return list(load_scales()[skala].label)
