"""Set-up of the static files: complete, quick when nothing changed, redone when something is missing or new."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from commands import siapkan

NEEDED = "≤≥→←▼▲▽△★†–—−×•…½ é“”"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("static") / "dibuat"
    siapkan.run(folder)
    return folder


def test_everything_the_browser_fetches_is_there(made: Path) -> None:
    for name in ("leaflet/leaflet.js", "leaflet/leaflet.css", "leaflet/images/layers.png"):
        assert (made / name).stat().st_size > 0
    assert {path.name for path in (made / "geo").iterdir()} == set(siapkan.SHAPES)
    assert not list(made.rglob("*.sementara"))


@pytest.mark.parametrize(
    ("name", "axes", "largest"), [("inter.woff2", ["wght"], 50_000), ("plus-jakarta-sans.woff2", ["wght"], 35_000)]
)
def test_fonts_are_small_keep_their_weights_and_have_the_signs(
    made: Path, name: str, axes: list[str], largest: int
) -> None:
    path = made / "fon" / name
    font = TTFont(path)
    assert path.stat().st_size < largest
    assert [axis.axisTag for axis in font["fvar"].axes] == axes
    assert not set(map(ord, NEEDED)) - set(font.getBestCmap())
    assert (made / "fon" / f"{name}.LICENSE.txt").read_text(encoding="utf-8").count("Open Font License")


def test_a_second_run_does_and_says_nothing(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.stat().st_mtime_ns for path in made.rglob("*")}
    siapkan.run(made)
    assert {path: path.stat().st_mtime_ns for path in made.rglob("*")} == before
    assert capsys.readouterr().out == ""


def test_a_missing_file_or_another_version_is_made_again(
    made: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the quick steps run here; what counts is that they are asked for."""
    monkeypatch.setattr(siapkan, "subset_fonts", lambda folder: None)
    (made / "leaflet" / "leaflet.js").unlink()
    siapkan.run(made)
    assert (made / "leaflet" / "leaflet.js").exists()
    assert "Berkas tampilan siap." in capsys.readouterr().out
    monkeypatch.setattr(siapkan, "PACKAGES", (*siapkan.PACKAGES, "pandas"))
    siapkan.run(made)
    assert "Menyiapkan 1/3" in capsys.readouterr().out


def test_a_run_that_broke_off_is_not_taken_for_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(folder: Path) -> None:
        raise OSError("disk penuh")

    monkeypatch.setattr(siapkan, "subset_fonts", break_off)
    with pytest.raises(OSError, match="disk penuh"):
        siapkan.run(tmp_path)
    assert not (tmp_path / siapkan.STAMP).exists()
