"""`uji`: every check and test in one run; finds or fetches a Chromium for the browser tests first."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from commands import siapkan

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")


def run(arguments: list[str]) -> int:
    """Run pytest with `arguments` in the project's folder and return its exit status."""
    siapkan.run()
    environment = os.environ | {"PYTHONUTF8": "1"}
    if browser := find_browser():
        environment["CHROMIUM"] = browser
    else:
        print("Chromium belum ada; dicoba diunduh untuk uji peramban ...", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], cwd=ROOT, check=False)
    return subprocess.run(
        [sys.executable, "-m", "pytest", *arguments], cwd=ROOT, env=environment, check=False
    ).returncode


def find_browser() -> str | None:
    """Return the path of a browser of this machine that the tests can drive (`CHROMIUM` names another), or None."""
    return os.environ.get("CHROMIUM") or next((found for name in NAMES if (found := shutil.which(name))), None)
