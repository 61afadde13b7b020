"""Which room an account of the office's provider may enter (`peran.toml`, or the file named by BALANTING_AKSES)."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from config.values import FOLDER, ROOMS

ENVIRONMENT = "BALANTING_AKSES"
GRANTED = ROOMS[1:]  # publik needs no role
LISTS = ("email", "grup")


@dataclass(frozen=True)
class Roles:
    """Room by e-mail address (lower case) and by group; `klaim_grup` is the claim that holds the groups."""

    klaim_grup: str
    email: Mapping[str, str]
    grup: Mapping[str, str]


def read_roles(path: Path) -> Roles:
    """Return the roles of a file; raises ValueError (Indonesian) for a file that cannot be used."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"Berkas peran {path} tidak dapat dibaca: {error}") from error
    if unknown := set(raw) - {"klaim_grup", *GRANTED}:
        raise ValueError(f"Berkas peran {path}: tidak dikenal: {', '.join(sorted(unknown))}.")
    found: dict[str, dict[str, str]] = {name: {} for name in LISTS}
    for ruang in GRANTED[::-1]:
        for name, entries in _lists(raw.get(ruang, {}), path, ruang).items():
            found[name] |= {entry: ruang for entry in entries if entry not in found[name]}  # the higher room counts
    return Roles(str(raw.get("klaim_grup", "groups")), found["email"], found["grup"])


def _lists(raw: Any, path: Path, ruang: str) -> dict[str, list[str]]:
    known = isinstance(raw, dict) and set(raw) <= set(LISTS)
    if not known or not all(isinstance(entries, list) for entries in raw.values()):
        raise ValueError(f"Berkas peran {path} [{ruang}]: isinya harus daftar email dan grup.")
    texts = {name: [str(entry).strip() for entry in entries] for name, entries in raw.items()}
    return {name: [entry.lower() if name == "email" else entry for entry in entries] for name, entries in texts.items()}


def load_roles() -> Roles:
    """Return the roles in force; a change of the file counts at once."""
    path = Path(os.environ.get(ENVIRONMENT) or FOLDER / "peran.toml").expanduser()
    return _read(path, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> Roles:
    return read_roles(path)


def room_of(claims: Mapping[str, Any], roles: Roles) -> str:
    """Return the highest room that the claims of an account allow; "publik" for an account without a role.

    An address that the provider itself calls unverified does not count.
    """
    email = "" if claims.get("email_verified") is False else str(claims.get("email") or "").strip().lower()
    groups = claims.get(roles.klaim_grup) or []
    groups = [groups] if isinstance(groups, str) else groups
    allowed = [roles.email.get(email, "publik"), *(roles.grup.get(str(group), "publik") for group in groups)]
    return max(allowed, key=ROOMS.index)
