"""A real nginx with deploy/nginx.conf on free ports of this machine, in front of whatever listens on a port."""

import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import free_port

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "deploy" / "nginx.conf"
MAIN = """{user}worker_processes 1;
daemon off;
pid {folder}/pid;
error_log {folder}/galat.log;
events {{ worker_connections 256; }}
http {{
    client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
    uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
    include {folder}/balanting.conf;
}}
"""


@dataclass(frozen=True)
class Proxy:
    """A running nginx: its plain and its TLS port, and the folder of its log."""

    http: int
    https: int
    folder: Path


def find(program: str) -> str:
    """Return where `program` is, or skip with the reason; in CI it must be there."""
    found = shutil.which(program, path=os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin")))
    if not found and os.environ.get("BALANTING_WAJIB_NGINX"):
        pytest.fail(f"{program} harus ada di CI")
    return found or pytest.skip(f"{program} tidak ada di mesin ini")


def write_site(folder: Path, behind: int) -> tuple[Path, int, int]:
    """Write deploy/nginx.conf for this machine into `folder`; return the main file and the ports for http and https."""
    http, https = free_port(), free_port()
    key, certificate = folder / "kunci.pem", folder / "sertifikat.pem"
    command = [find("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    command += ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    site = SITE.read_text(encoding="utf-8")
    for here, there in (
        ("listen 80", f"listen 127.0.0.1:{http}"),
        ("listen 443", f"listen 127.0.0.1:{https}"),
        ("balanting.contoh.go.id", "localhost"),
        ("/etc/ssl/balanting/sertifikat.pem", str(certificate)),
        ("/etc/ssl/balanting/kunci.pem", str(key)),
        ("/var/log/nginx/balanting.log", str(folder / "akses.log")),
        ("server 127.0.0.1:8501", f"server 127.0.0.1:{behind}"),
    ):
        assert here in site, here
        site = site.replace(here, there)
    (folder / "balanting.conf").write_text(site, encoding="utf-8")
    main = folder / "nginx.conf"
    user = "user root;\n" if hasattr(os, "getuid") and os.getuid() == 0 else ""  # its folders are root's own here
    main.write_text(MAIN.format(folder=folder, user=user), encoding="utf-8")
    return main, http, https


@contextmanager
def proxied(folder: Path, behind: int) -> Iterator[Proxy]:
    """Run nginx in front of port `behind` for the length of a `with` block."""
    main, http, https = write_site(folder, behind)
    command = [find("nginx"), "-p", str(folder), "-c", str(main), "-e", str(folder / "galat.log")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", https)) == 0:
                    break
            assert process.poll() is None, (folder / "galat.log").read_text(encoding="utf-8")
            time.sleep(0.05)
        yield Proxy(http, https, folder)
    finally:
        process.terminate()
        process.wait(10)


def trusting() -> ssl.SSLContext:
    """Return a TLS context that takes the test's own certificate."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context
