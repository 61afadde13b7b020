"""The palette (`warna.toml`): one name, one meaning, one colour."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from config.values import read_toml

FILE = Path(__file__).parent / "warna.toml"


@dataclass(frozen=True)
class Colour:
    """One colour of the palette.

    hex: "#RRGGBB". arti: its one meaning (Indonesian). teks: names of the colours that text on it may have, empty
    where it never carries text.
    """

    hex: str
    arti: str
    teks: tuple[str, ...]


@cache
def load_colours() -> dict[str, Colour]:
    """Return the palette by name."""
    return {name: Colour(raw["hex"], raw["arti"], tuple(raw.get("teks", ()))) for name, raw in read_toml(FILE).items()}


def colour(name: str) -> str:
    """Return one colour as "#RRGGBB"; raises KeyError for a name that is not in the palette."""
    return load_colours()[name].hex
