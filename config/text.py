"""Screen text, all in one place (`teks.toml`), Indonesian; the Pokja can reword it without touching Python."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def _load() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("teks.toml").read_text(encoding="utf-8"))


def text(name: str, **values: Any) -> str:
    """Return the text `page.key` with its {placeholders} filled; raises KeyError for a name that is not there."""
    page, key = name.split(".", 1)
    return _load()[page][key].format(**values)
