"""Makes .venv and installs the pinned requirements, with progress. Standard library only; works on PEP 668 systems."""

import hashlib
import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
import venv
from collections.abc import Callable
from pathlib import Path

PIP = ("26.3", "pip-26.3-py3-none-any.whl")
INDEX = os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple").rstrip("/")
NO_NETWORK = (
    "Pemasangan gagal: sambungan internet atau indeks paket tidak terjangkau. "
    "Sambungkan lalu jalankan lagi; yang sudah terpasang tidak diulang."
)


class SetupFailed(Exception):
    """The environment could not be made; the text is the sentence for the user."""


def install(folder: Path, python: Path, files: list[Path], stamp_of: Callable[[Path], tuple[Path, str]]) -> None:
    """Make the environment and install what is missing; raise SetupFailed with one sentence."""
    started = time.monotonic()
    if not python.exists():
        _say("Menyiapkan lingkungan Python (hanya sekali) ...")
        _make(folder, python)
    for requirements in files:
        stamp, content = stamp_of(requirements)
        if stamp.exists() and stamp.read_text(encoding="utf-8") == content:
            continue
        _install_requirements(python, requirements)
        stamp.write_text(content, encoding="utf-8")
    _prepare(python)
    _say(f"Siap dalam {time.monotonic() - started:.0f} detik.")


def _make(folder: Path, python: Path) -> None:
    try:
        import ensurepip  # noqa: F401 - Debian ships Python without it

        with_pip = True
    except ImportError:
        with_pip = False
    try:
        venv.EnvBuilder(with_pip=with_pip, clear=True, symlinks=os.name != "nt").create(folder)
        if not with_pip:
            _bootstrap_pip(folder, python)
    except (OSError, subprocess.CalledProcessError) as error:
        raise SetupFailed(
            f"Folder {folder} tidak dapat disiapkan ({error}). Pastikan folder ini boleh ditulis dan disk tidak penuh."
        ) from error


def _bootstrap_pip(folder: Path, python: Path) -> None:
    version, name = PIP
    try:
        request = urllib.request.Request(f"{INDEX}/pip/", headers={"Accept": "application/vnd.pypi.simple.v1+json"})  # noqa: S310
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
            listed = json.load(answer)["files"]
        entry = next(file for file in listed if file["filename"] == name)
        with urllib.request.urlopen(entry["url"], timeout=60) as answer:  # noqa: S310
            content = answer.read()
    except (OSError, ValueError, KeyError, StopIteration) as error:
        raise SetupFailed(NO_NETWORK) from error
    if hashlib.sha256(content).hexdigest() != entry["hashes"]["sha256"]:
        raise SetupFailed("Paket pip yang diunduh rusak. Jalankan lagi.")
    wheel = folder / name
    wheel.write_bytes(content)
    subprocess.run([str(python), f"{wheel}/pip", "install", "--quiet", f"pip=={version}"], check=True)
    wheel.unlink()


def _install_requirements(python: Path, requirements: Path) -> None:
    wanted = len(re.findall(r"^[A-Za-z]", requirements.read_text(encoding="utf-8"), re.MULTILINE))
    _say(f"Memasang {wanted} paket dari {requirements.name} ...")
    command = [str(python), "-m", "pip", "install", "--no-input", "--progress-bar", "off", "-r", str(requirements)]
    quiet = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONUTF8": "1"}
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        env=os.environ | quiet,
    )
    lines, count = [], 0
    for line in process.stdout or ():
        lines.append(line.rstrip())
        if found := re.match(r"(?:Collecting|Requirement already satisfied:) ([A-Za-z0-9._-]+)", line):
            count += 1
            _progress(f"  [{min(count, wanted):>3}/{wanted}] {found[1]}")
        elif line.startswith("Installing collected"):
            _progress("  menata paket ke tempatnya, sebentar ...")
    _progress("")
    if process.wait() != 0:
        detail = next((line for line in reversed(lines) if line.startswith("ERROR")), lines[-1] if lines else "")
        offline = re.search(r"(?i)connection|resolve|network|timed? ?out|No matching distribution", "\n".join(lines))
        raise SetupFailed(NO_NETWORK if offline else f"Pemasangan paket gagal: {detail}")


def _prepare(python: Path) -> None:
    _say("Menyiapkan peta dan huruf ...")
    code = "from commands.siapkan import run; run()"
    root = Path(__file__).resolve().parent.parent
    # Standard output belongs to the asked command: `angka` writes its table there.
    done = subprocess.run([str(python), "-c", code], cwd=root, stdout=sys.stderr, check=False)
    if done.returncode != 0:
        raise SetupFailed("Berkas peta dan huruf tidak dapat disiapkan. Hapus folder .venv lalu jalankan lagi.")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r{text:<60}", end="", file=sys.stderr, flush=True)
