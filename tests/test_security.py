"""What no code review sees twice: known holes in packages, secrets in the repository, settings that guard the server."""

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# First versions without a known hole, beside the audit below, which keeps silent about some: package -> version, source.
FLOORS = {
    "streamlit": ((1, 54, 0), "CVE-2026-33682"),
    "starlette": ((1, 3, 1), "CVE-2026-54282, CVE-2026-54283"),
    "authlib": ((1, 6, 12), "CVE-2026-41425, CVE-2026-44681"),
}
SECRETS = {
    "private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "secret value": re.compile(
        r"""(?ix) ["']? (client_secret | cookie_?secret | api_?key | password | kata_sandi) ["']? \s* [=:] \s*
        ["'] (?! (GANTI|contoh|rahasia|uji|test|\{|<|\.\.\.) ) [^"'\s]{16,} ["']"""
    ),
    "token": re.compile(r"\b(ghp_[A-Za-z0-9]{36}|AKIA[0-9A-Z]{16}|xox[bp]-[A-Za-z0-9-]{20,})\b"),
    "NIK": re.compile(r"\b6311[0-9]{12}\b"),  # tests make up theirs
}
BINARY = {".png", ".woff2", ".xls", ".xlsx", ".parquet", ".zip", ".pdf", ".ico", ".gz"}


def numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text)[:3])


@pytest.mark.parametrize("package", FLOORS)
def test_a_package_is_above_its_known_holes(package: str) -> None:
    floor, source = FLOORS[package]
    assert numbers(version(package)) >= floor, source
    pinned = re.search(rf"(?im)^{package}==(.+)$", (ROOT / "requirements.txt").read_text(encoding="utf-8"))
    if package != "starlette":  # comes with streamlit
        assert pinned and numbers(pinned[1]) >= floor, source


@pytest.mark.lambat
def test_no_installed_package_has_a_known_hole() -> None:
    """pip-audit says "no known vulnerabilities" and exits 0 also for packages it could not ask about: read its list."""
    command = [sys.executable, "-m", "pip_audit", "--local", "--format", "json", "--progress-spinner", "off"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=240, check=False)
        audited = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        pytest.skip("pip-audit tidak dapat bertanya: tidak ada sambungan ke daftar kelemahan paket")
    holes = {each["name"]: [hole["id"] for hole in each["vulns"]] for each in audited if each.get("vulns")}
    assert holes == {}
    if unknown := [each["name"] for each in audited if "vulns" not in each]:
        pytest.skip(f"daftar kelemahan tidak menjawab tentang {len(unknown)} dari {len(audited)} paket: {unknown[:5]}")


def tracked() -> list[Path]:
    """Return the files git keeps or would keep; all files where there is no git."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        pytest.skip("bukan salinan git: daftar berkas repositori tidak diketahui")
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def allowed(path: Path) -> set[str]:
    """Return the kinds that a file may hold."""
    return {"NIK"} if path.is_relative_to(ROOT / "tests") else set()


def find_secrets(text: str) -> Iterator[str]:
    """Yield the names of the kinds of secrets in a text."""
    return (kind for kind, pattern in SECRETS.items() if pattern.search(text))


def test_the_repository_holds_no_secret() -> None:
    found = {
        str(path.relative_to(ROOT)): kinds
        for path in tracked()
        if path.suffix not in BINARY and path != Path(__file__).resolve()
        if (kinds := set(find_secrets(path.read_text(encoding="utf-8", errors="ignore"))) - allowed(path))
    }
    assert found == {}


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN RSA " + "PRIVATE KEY-----",
        'client_secret = "9fKq2LmZx81sTn40vBcR"',
        "{'cookieSecret': '0123456789abcdef0123'}",
        "AKIA" + "ABCDEFGHIJKLMNOP",
        "NIK 6311" + "014203190001",
    ],
)
def test_the_search_finds_each_kind(text: str) -> None:
    assert list(find_secrets(text))


def test_secrets_and_store_stay_out_of_git() -> None:
    names = [".streamlit/secrets.toml", "penyimpanan/balanting.sqlite", "penyimpanan/kunci", ".venv/x"]
    if not (ROOT / ".git").exists():
        pytest.skip("bukan salinan git")
    done = subprocess.run(["git", "check-ignore", *names], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.split() == names
    kept = {path.name for path in tracked()}
    assert not kept & {"secrets.toml", ".env", "id_rsa", "id_ed25519"}


def test_the_server_is_set_to_guard_itself() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    server, client = settings["server"], settings["client"]
    assert server["address"] == "127.0.0.1" and server["maxUploadSize"] <= 25
    assert server["enableXsrfProtection"] is True and server["enableCORS"] is True
    assert server["xsrfCookieSameSite"] == "strict" and server["enableAgentApi"] is False
    assert server["enableStaticServing"] is False and "cookieSecret" not in server
    assert client["showErrorDetails"] == "none" and client["allowedOrigins"] == []
    assert settings["browser"]["gatherUsageStats"] is False


def test_our_own_code_never_evaluates_text_or_asks_a_shell() -> None:
    forbidden = re.compile(
        r"(?<![\w.])(eval|exec)\(|shell=True|os\.system|pickle\.load|hashlib\.(md5|sha1)\(|yaml\.load\(|\.innerHTML\s*=(?!=)"
    )
    for folder in ("config", "data", "analytics", "geo", "ui", "commands", "pages", "static"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in (".py", ".js") and "dibuat" not in path.parts:
                assert not forbidden.search(path.read_text(encoding="utf-8")), path


@pytest.mark.skipif(os.name == "nt", reason="izin berkas Windows diatur lewat ACL")
def test_a_new_store_belongs_to_its_owner_alone(penyimpanan: Path) -> None:
    from data.store import open_store

    folder = open_store().folder
    assert folder.stat().st_mode & 0o077 == 0
