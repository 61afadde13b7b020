"""`jalankan`: makes the sample data when there is nothing else to show, then serves the dashboard."""

import os
import socket
import subprocess
import sys
from pathlib import Path

from analytics.serving import open_active
from commands import siapkan
from config.access import ADDRESS, HOSTS, LOOPBACK
from config.oidc import Provider, load_provider
from config.roles import load_roles
from data.snapshot import clear_at_start
from data.store import open_store

ROOT = Path(__file__).resolve().parent.parent


def run(alamat: str, port: int, tanpa_browser: bool) -> int:
    """Serve the dashboard on `alamat`:`port` until it is stopped; return 2 with one sentence when it cannot start."""
    try:
        provider = load_provider()
        load_roles()
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    if not _is_free(alamat, port):
        print(
            f"Port {port} di {alamat} tidak dapat dipakai. Pilih yang lain, misalnya --port {port + 1}.",
            file=sys.stderr,
        )
        return 2
    siapkan.run()
    clear_at_start(open_store())
    open_active()
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), "--server.port", str(port)]
    command += ["--server.address", alamat, "--server.headless", str(tanpa_browser).lower()]
    if provider:
        command += ["--secrets.files", str(provider.berkas)]
    os.environ[ADDRESS] = alamat
    # Against DNS rebinding only known names are answered; behind a proxy the administrator may name its own.
    os.environ.setdefault(HOSTS, _names(alamat, provider))
    print(f"BALANTING: http://{alamat}:{port}  (Ctrl+C untuk berhenti)", flush=True)
    os.chdir(ROOT)
    if os.name != "nt":
        os.execv(command[0], command)  # noqa: S606 - signals reach the server itself
    try:
        return subprocess.run(command, check=False).returncode
    except KeyboardInterrupt:
        return 0


def _names(alamat: str, provider: Provider | None) -> str:
    if provider:
        return ",".join(dict.fromkeys([provider.host, *LOOPBACK]))
    return ",".join(LOOPBACK) if alamat in LOOPBACK else "*"


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
