#!/usr/bin/env python3
"""The one command of BALANTING. Needs only Python >= 3.11: makes .venv at first use, then runs itself there."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
RUN_REQUIREMENTS = ROOT / "requirements.txt"
TEST_REQUIREMENTS = ROOT / "requirements-dev.txt"
LOWEST = (3, 11)


def main(arguments: list[str]) -> int:
    """Set up what the asked command needs, then run it inside .venv; return its exit status."""
    if sys.version_info < LOWEST:
        return complain(
            f"Perlu Python 3.11 atau lebih baru; yang dipakai {sys.version.split()[0]}. Pasang dari python.org."
        )
    sys.path.insert(0, str(ROOT))
    from commands.arguments import parse  # standard library only: help and mistakes cost no installation

    asked = parse(arguments)
    files = [RUN_REQUIREMENTS, TEST_REQUIREMENTS] if asked.perintah == "uji" else [RUN_REQUIREMENTS]
    if any(not is_installed(file) for file in files):
        from commands.pasang import SetupFailed, install

        try:
            install(VENV, PYTHON, files, stamp_of)
        except SetupFailed as failure:
            return complain(str(failure))
    if Path(sys.prefix).resolve() != VENV.resolve():
        return rerun_inside(arguments)
    from commands.run import run

    return run(asked)


def stamp_of(requirements: Path) -> tuple[Path, str]:
    """Return the stamp file of a requirements file and what it holds once everything is installed."""
    wanted = requirements.read_bytes() + RUN_REQUIREMENTS.read_bytes() + str(VENV).encode()
    return VENV / f".terpasang-{requirements.stem}", hashlib.sha256(wanted).hexdigest()


def is_installed(requirements: Path) -> bool:
    """True when .venv already holds exactly these requirements."""
    stamp, content = stamp_of(requirements)
    return PYTHON.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == content


def rerun_inside(arguments: list[str]) -> int:
    """Run this same command with the Python of .venv."""
    command = [str(PYTHON), str(ROOT / "balanting.py"), *arguments]
    if os.name != "nt":
        os.execv(command[0], command)  # noqa: S606 - replaces this process, so signals reach the program itself
    try:
        return subprocess.run(command, check=False).returncode
    except KeyboardInterrupt:
        return 130


def complain(sentence: str) -> int:
    """Print one sentence on standard error; return the exit status of a mistake."""
    print(sentence, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
