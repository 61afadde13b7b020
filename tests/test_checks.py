"""The checks of the house: style, types, layers, sizes, colours in one place."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from config.colours import load_colours

ROOT = Path(__file__).resolve().parent.parent
CODE = [
    path
    for folder in ("config", "data", "analytics", "geo", "ui", "commands", "pages")
    for path in (ROOT / folder).rglob("*.py")
]


@pytest.mark.parametrize(
    "command",
    [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"], ["importlinter.cli"]],
    ids=["ruff", "format", "mypy", "layers"],
)
def test_check_passes(command: list[str]) -> None:
    module, *rest = command
    run = (
        ["-c", "from importlinter.cli import lint_imports_command as run; run()"]
        if "importlinter" in module
        else ["-m", module, *rest]
    )
    done = subprocess.run(
        [sys.executable, *run], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_page_stands_directly_in_pages() -> None:
    assert [path.name for path in (ROOT / "pages").glob("*.py")] == ["__init__.py"]


@pytest.mark.parametrize("path", list((ROOT / "pages").rglob("*.py")), ids=lambda path: path.name)
def test_a_page_is_thin(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") <= 60
    assert not re.search(r"^(import|from) (pandas|altair|folium|geopandas|streamlit_folium)", source, re.MULTILINE)


def test_files_begin_with_what_they_are_for_and_stay_small() -> None:
    for path in CODE:
        source = path.read_text(encoding="utf-8")
        assert source.startswith('"""'), path
        assert source.count("\n") <= 250, path


def test_colours_stand_only_in_config() -> None:
    for path in CODE:
        if path.relative_to(ROOT).parts[0] != "config":
            assert not re.search(r"""["']#[0-9a-fA-F]{6}["']""", path.read_text(encoding="utf-8")), path


def test_the_theme_repeats_the_palette() -> None:
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    palette = {colour.hex for colour in load_colours().values()}
    assert {value for value in theme.values() if isinstance(value, str) and value.startswith("#")} <= palette


def test_requirements_are_pinned_and_explained() -> None:
    explained = (ROOT / "docs" / "arsitektur.md").read_text(encoding="utf-8").lower()
    for name in ("requirements.txt", "requirements-dev.txt"):
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                package, version = line.split("==")
                assert version and package.lower() in explained, line


def test_streamlit_is_above_the_versions_with_known_holes() -> None:
    pinned = re.search(
        r"^streamlit==(\d+)\.(\d+)", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert pinned and (int(pinned[1]), int(pinned[2])) >= (1, 54)
