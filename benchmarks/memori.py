"""Memory of the running dashboard with the sample data, after every page was opened in three sessions.

Bound: 350 MB resident. Linux only: reads the server's own account in /proc.
Run: python benchmarks/memori.py; ends with 1 when the bound is broken.
"""

import sys
import tempfile
from pathlib import Path
from urllib.parse import urlparse

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.browser import chromium, serve

MEGABYTES = 350
PAGES = ("", "peta", "peta?lapis=kecamatan", "metode")
SESSIONS = 3


def main() -> int:
    """Measure, print, and return the exit status."""
    command = ["balanting.py", "jalankan", "--port", "{port}", "--tanpa-browser"]
    with (
        tempfile.TemporaryDirectory() as folder,
        serve(command, BALANTING_PENYIMPANAN=folder) as address,
        chromium() as browser,
    ):
        started = resident_mb(address)
        for _ in range(SESSIONS):
            page = browser.new_page()
            for path in PAGES:
                page.goto(f"{address}/{path}")
                page.locator("h1").wait_for(timeout=60_000)
                page.wait_for_timeout(1500)
        used = resident_mb(address)
    print(
        f"resident memory  {started:.0f} MB at the start, {used:.0f} MB after {SESSIONS} sessions (at most {MEGABYTES})"
    )
    return int(used > MEGABYTES)


def resident_mb(address: str) -> float:
    """Return the resident memory of the server at `address` in MB; raises LookupError where none is found."""
    wanted = f"--server.port\0{urlparse(address).port}\0"
    for process in Path("/proc").iterdir():
        if process.name.isdigit() and wanted in (process / "cmdline").read_text(encoding="utf-8", errors="ignore"):
            status = (process / "status").read_text(encoding="utf-8")
            return float(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) / 1024
    raise LookupError(address)


if __name__ == "__main__":
    sys.exit(main())
