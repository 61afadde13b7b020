"""`jalankan`: makes the sample data when there is nothing else to show, then serves the dashboard."""

import os
import socket
import subprocess
import sys
from pathlib import Path

from analytics.serving import open_active
from commands import siapkan

ROOT = Path(__file__).resolve().parent.parent
LOOPBACK = ("127.0.0.1", "localhost")


def run(alamat: str, port: int, tanpa_browser: bool) -> int:
    """Serve the dashboard on `alamat`:`port` until it is stopped; return 2 with one sentence when the port is taken."""
    if not _is_free(alamat, port):
        print(
            f"Port {port} di {alamat} tidak dapat dipakai. Pilih yang lain, misalnya --port {port + 1}.",
            file=sys.stderr,
        )
        return 2
    siapkan.run()
    open_active()
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), "--server.port", str(port)]
    command += ["--server.address", alamat, "--server.headless", str(tanpa_browser).lower()]
    # Against DNS rebinding: under its own address only the names of this machine are answered.
    os.environ["BALANTING_HOST"] = "localhost,127.0.0.1" if alamat in LOOPBACK else "*"
    print(f"BALANTING: http://{alamat}:{port}  (Ctrl+C untuk berhenti)", flush=True)
    os.chdir(ROOT)
    if os.name != "nt":
        os.execv(command[0], command)  # noqa: S606 - signals reach the server itself
    try:
        return subprocess.run(command, check=False).returncode
    except KeyboardInterrupt:
        return 0


def _is_free(alamat: str, port: int) -> bool:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(alamat, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            if os.name != "nt":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError:
        return False
    return True
