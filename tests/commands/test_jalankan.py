"""The served program as other machines would meet it: health, headers, foreign names, static files."""

import http.client
import socket
from pathlib import Path
from urllib.parse import urlparse

import pytest

from commands.jalankan import _names
from config.oidc import Provider
from tests.conftest import run_command


def ask(address: str, path: str, host: str = "") -> http.client.HTTPResponse:
    parts = urlparse(address)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=20)
    connection.request("GET", path, headers={"Host": host} if host else {})
    return connection.getresponse()


def test_health_answers_and_every_answer_carries_the_headers(peladen: str) -> None:
    answer = ask(peladen, "/_stcore/health")
    assert answer.status == 200
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"


def test_a_foreign_name_is_not_answered(peladen: str) -> None:
    """Given a page elsewhere whose name points to this machine (DNS rebinding), nothing is served to it."""
    for path in ("/", "/_stcore/health", "/app/static/peta.css"):
        assert ask(peladen, path, "jahat.example").status == 400


def test_what_lies_outside_the_static_folder_is_not_served(peladen: str) -> None:
    for path in ("/app/static/../balanting.py", "/app/static/%2e%2e/balanting.py", "/app/static/../penyimpanan/kunci"):
        answer = ask(peladen, path)
        assert b"def main" not in answer.read()


def test_a_taken_port_gives_one_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run_command("jalankan", "--port", str(taken.getsockname()[1]), "--tanpa-browser")
    assert done.returncode == 2
    assert "tidak dapat dipakai" in done.stderr


@pytest.mark.parametrize(
    ("name", "said"),
    [("BALANTING_OIDC", "Berkas OIDC"), ("BALANTING_AKSES", "Berkas peran")],
    ids=["provider", "roles"],
)
def test_a_wrong_set_up_of_logins_gives_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, said: str
) -> None:
    monkeypatch.setenv(name, str(tmp_path / "tidak_ada.toml"))
    done = run_command("jalankan", "--port", "1", "--tanpa-browser")
    assert done.returncode == 2 and done.stderr.startswith(said) and done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("alamat", "host", "names"),
    [
        ("127.0.0.1", "", "127.0.0.1,localhost"),
        ("0.0.0.0", "", "*"),
        ("127.0.0.1", "dasbor.example", "dasbor.example,127.0.0.1,localhost"),
        ("0.0.0.0", "dasbor.example", "dasbor.example,127.0.0.1,localhost"),
    ],
)
def test_with_a_provider_only_its_name_and_this_machine_are_answered(alamat: str, host: str, names: str) -> None:
    provider = Provider(Path("rahasia.toml"), host, True) if host else None
    assert _names(alamat, provider) == names
