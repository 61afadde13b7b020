"""The catalogue of sensitive and specific parameters (`parameter.csv`): what is asked of a sasaran, who must act."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("parameter.csv")
KINDS = ("sensitif", "spesifik")
TARGET_GROUPS = ("balita", "bumil")
STATUSES = ("laporan", "usulan")
LONGEST_NAME = 34


@dataclass(frozen=True)
class Parameter:
    """One parameter; an answer of 1 always means that the sasaran has the problem.

    nama: short name for the screen; jenis: "sensitif" or "spesifik"; sasaran: the groups it is asked of;
    penanggung_jawab: the offices that must act ("[usulan]" where the report names none); status: "laporan" (named by
    the report) or "usulan" (proposed). Raises ValueError when a part is missing or unknown.
    """

    kode: str
    nama: str
    jenis: str
    sasaran: tuple[str, ...]
    definisi: str
    penanggung_jawab: str
    sumber: str
    status: str

    def __post_init__(self) -> None:
        for text in (self.kode, self.nama, self.definisi, self.penanggung_jawab, self.sumber, *self.sasaran):
            if not text.strip():
                raise ValueError(f"parameter.csv [{self.kode}]: isian kosong")
        if self.jenis not in KINDS or self.status not in STATUSES or not set(self.sasaran) <= set(TARGET_GROUPS):
            raise ValueError(f"parameter.csv [{self.kode}]: jenis, sasaran, atau status tidak dikenal")
        if len(self.nama) > LONGEST_NAME:
            raise ValueError(f"parameter.csv [{self.kode}]: nama lebih dari {LONGEST_NAME} huruf")


@cache
def load_parameters() -> tuple[Parameter, ...]:
    """Return every parameter in the order of the file: SP (balita), SH (bumil), SS (sensitive); raises ValueError."""
    with FILE.open(encoding="utf-8", newline="") as file:
        found = tuple(_parameter(row) for row in csv.DictReader(file))
    if len({parameter.kode for parameter in found}) != len(found):
        raise ValueError("parameter.csv: sebuah kode ada dua kali")
    return found


def _parameter(row: dict[str, str]) -> Parameter:
    groups = tuple(row.pop("sasaran").split("|"))
    return Parameter(**row, sasaran=groups)


def parameter(kode: str) -> Parameter:
    """Return one parameter by its code; raises KeyError for an unknown one."""
    return {known.kode: known for known in load_parameters()}[kode]


def parameters_of(jenis_sasaran: str) -> list[Parameter]:
    """Return the parameters asked of a group ("balita" or "bumil"), in the order of the file."""
    if jenis_sasaran not in TARGET_GROUPS:
        raise ValueError(f"Jenis sasaran {jenis_sasaran!r} tidak ada; pilih {' atau '.join(TARGET_GROUPS)}.")
    return [known for known in load_parameters() if jenis_sasaran in known.sasaran]
