"""Set-up of what the browser fetches: Leaflet, the two fonts cut to the needed letters, the shapes of places.

Everything comes from installed packages, so it works without internet. `static/dibuat/` can be deleted at any time.
"""

import hashlib
import shutil
from collections.abc import Callable
from importlib.metadata import version
from importlib.resources import as_file, files
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DIBUAT = ROOT / "static" / "dibuat"
STAMP = "tanda.txt"

PACKAGES = ("brotli", "django-js-lib-leaflet", "fontpkg-inter", "fontpkg-plus-jakarta-sans", "fonttools", "shapely")
SOURCES = ("commands/siapkan.py", "geo/*.py", "config/places.py", "config/wilayah/*")

LEAFLET = ("leaflet.js", "leaflet.css", "images")
SHAPES = ("heksagon_desa.geojson", "heksagon_kecamatan.geojson", "kecamatan_skematik.geojson")
# Axes that stay variable are not named; the optical size of Inter is pinned: it is a third of the file.
FONTS: dict[str, tuple[str, str, dict[str, float]]] = {
    "inter.woff2": ("fontpkg_inter", "Inter[opsz,wght].ttf", {"opsz": 14}),
    "plus-jakarta-sans.woff2": ("fontpkg_plus_jakarta_sans", "PlusJakartaSans[wght].ttf", {}),
}
# Plus Jakarta Sans lacks ✓ ✗ μ σ ⚠ and the narrow and hyphen no-breaks; no text of its own needs them.
SIGNS = "≤≥≈≠±×−√→←↑↓▼▲▽△●○■□◆◇★☆†‡–—…•‰“”‘’„′″½¼¾°²³·™€✓✗⚠Δσμ\u2007\u2008\u2009\u2011\u202f"
LATIN = (*range(0x20, 0x7F), *range(0xA0, 0x180))
# Kerning, accents and figures of one width; no ligatures or contextual forms, which turn "->" into an arrow.
FEATURES = ("kern", "ccmp", "locl", "mark", "mkmk", "tnum")


def run(folder: Path = DIBUAT) -> None:
    """Write the static files into `folder` unless those of this very version already lie there."""
    wanted = fingerprint()
    if _is_current(folder, wanted):
        return
    (folder / STAMP).unlink(missing_ok=True)
    steps: tuple[tuple[str, Callable[[Path], None]], ...] = (
        ("peta dasar (Leaflet)", copy_leaflet),
        ("huruf (Inter, Plus Jakarta Sans)", subset_fonts),
        ("bentuk wilayah (segi enam, kecamatan skematik)", write_shapes),
    )
    for number, (what, step) in enumerate(steps, start=1):
        print(f"Menyiapkan {number}/{len(steps)}: {what} ...", flush=True)
        step(folder)
    (folder / STAMP).write_text(wanted, encoding="utf-8")
    print("Berkas tampilan siap.", flush=True)


def fingerprint() -> str:
    """Return a hash of everything the static files are made from: package versions and our own sources."""
    digest = hashlib.sha256()
    for package in PACKAGES:
        digest.update(f"{package}=={version(package)}\n".encode())
    for pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(f"{path.name}\n".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _is_current(folder: Path, wanted: str) -> bool:
    stamp = folder / STAMP
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != wanted:
        return False
    made = {"leaflet": LEAFLET, "fon": FONTS, "geo": SHAPES}
    return all((folder / part / name).exists() for part, names in made.items() for name in names)


def copy_leaflet(folder: Path) -> None:
    """Copy Leaflet's script, style sheet and pictures to `folder`/leaflet."""
    target = folder / "leaflet"
    target.mkdir(parents=True, exist_ok=True)
    with as_file(files("js_lib_leaflet") / "static" / "js_lib_leaflet") as source:
        for name in LEAFLET:
            if (source / name).is_dir():
                shutil.copytree(source / name, target / name, dirs_exist_ok=True)
            else:
                unfinished = target / f"{name}.sementara"
                shutil.copyfile(source / name, unfinished)
                unfinished.replace(target / name)


def subset_fonts(folder: Path) -> None:
    """Write the fonts as WOFF2 with Latin letters and the signs of the screen to `folder`/fon, with their licences."""
    target = folder / "fon"
    target.mkdir(parents=True, exist_ok=True)
    for name, (package, file_name, pinned) in FONTS.items():
        with as_file(files(package)) as source:
            subset_font(source / "files" / file_name, target / name, pinned)
            shutil.copyfile(source / "LICENSE", target / f"{name}.LICENSE.txt")


def subset_font(source: Path, target: Path, pinned: dict[str, float]) -> None:
    """Write `source` (TTF) as WOFF2 with the letters LATIN and SIGNS it has; `pinned` axes become fixed."""
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    options = subset.Options(flavor="woff2", layout_features=list(FEATURES))
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[*LATIN, *map(ord, SIGNS)])
    font = TTFont(source)
    subsetter.subset(font)
    if pinned:
        font = instantiateVariableFont(font, pinned)
    unfinished = target.with_suffix(".sementara")
    subset.save_font(font, str(unfinished), options)
    unfinished.replace(target)


def write_shapes(folder: Path) -> None:
    """Write the GeoJSON of the maps to `folder`/geo."""
    from geo.files import write_geojson

    write_geojson(folder / "geo")
