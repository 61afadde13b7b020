"""Reads the old binary .xls in a process of its own, because a damaged one can take its reader down."""

import json
import subprocess
import sys
from pathlib import Path

from data.findings import refuse
from data.scan_xls import BrokenChain, check_chains
from data.sheet import Grid
from data.xls_child import PASSWORD

CHILD = Path(__file__).with_name("xls_child.py")
SECONDS = 60
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
DOCUMENTS = tuple(name.encode("utf-16-le") for name in ("WordDocument", "PowerPoint Document"))


def read_xls(berkas: str, content: bytes) -> list[Grid]:
    """Return the sheets of an old binary .xls file, visible ones first; dates are ISO texts.

    Raises FileRefused: berkas_tidak_terbaca, also for an .xlsx with a password (packed in the same way) and for
    old Word and PowerPoint files.
    """
    if ENCRYPTED in content:
        raise refuse("berkas_tidak_terbaca", berkas, "sandi")
    if any(mark in content for mark in DOCUMENTS):
        raise refuse("berkas_tidak_terbaca", berkas, "dokumen")
    try:
        check_chains(content)
        child = subprocess.run(  # noqa: S603 - this interpreter and this project's own file, nothing of the user's
            [sys.executable, "-I", str(CHILD)], input=content, capture_output=True, timeout=SECONDS, check=False
        )
    except (BrokenChain, subprocess.TimeoutExpired) as problem:
        raise refuse("berkas_tidak_terbaca", berkas) from problem
    if child.returncode != 0:
        raise refuse("berkas_tidak_terbaca", berkas, "sandi" if child.returncode == PASSWORD else "")
    return [Grid(sheet["nama"], sheet["rows"], sheet["baris_awal"]) for sheet in json.loads(child.stdout)]
