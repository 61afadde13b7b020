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
    command = [sys.executable, "-m", "pytest", *spread(arguments), *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def spread(arguments: list[str]) -> list[str]:
    """Return the options that share the files of tests among all cores; none where `arguments` name some tests.

    Each worker costs seconds to start, and a file stays whole: what its tests share is made once.
    """
    chosen = any(each.startswith("-k") or (ROOT / each.partition("::")[0]).exists() for each in arguments)
    return [] if chosen else ["-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder"]


def find_browser() -> str | None:
    """Return the path of a browser of this machine that the tests can drive (`CHROMIUM` names another), or None."""
    return os.environ.get("CHROMIUM") or next((found for name in NAMES if (found := shutil.which(name))), None)
