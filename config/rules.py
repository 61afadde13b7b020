"""The rules a file or a row is checked against: severity, Indonesian message, limits (read from `aturan.toml`)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

Tingkat = Literal["tolak", "peringatan", "info"]
ALWAYS_GIVEN = ("nilai", "kolom", "baris")


@dataclass(frozen=True)
class Rule:
    """One rule: severity, scope ("berkas" or "baris"), message by variant ("" is the usual one), what else it names."""

    id: str
    tingkat: Tingkat
    lingkup: str
    pesan: dict[str, str]
    isi: tuple[str, ...]

    def message(self, varian: str = "", **isi: object) -> str:
        """Return the message with its values filled in; raises KeyError when the variant or a value is missing."""
        return self.pesan[varian].format(**isi)


@dataclass(frozen=True)
class Limit:
    """One number the rules use, with unit, source and the year from which it holds."""

    nilai: float
    satuan: str
    sumber: str
    berlaku: str


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("aturan.toml").read_text(encoding="utf-8"))


@cache
def load_rules() -> dict[str, Rule]:
    """Return every rule by its id."""
    return {
        rule_id: Rule(
            id=rule_id,
            tingkat=cast(Tingkat, entry["tingkat"]),
            lingkup=entry["lingkup"],
            pesan={"": entry["pesan"], **entry.get("varian", {})},
            isi=tuple(entry.get("isi", ())),
        )
        for rule_id, entry in _read()["aturan"].items()
    }


@cache
def load_limits() -> dict[str, Limit]:
    """Return every limit by its name."""
    return {name: Limit(**entry) for name, entry in _read()["batas"].items()}


@cache
def limit(name: str) -> float:
    """Return the number of one limit; raises KeyError for an unknown name."""
    return float(load_limits()[name].nilai)
