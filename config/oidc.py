"""Whether the office has an account provider (OIDC): [auth] in Streamlit's secrets file, checked before use."""

import os
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from config.access import LOOPBACK

ENVIRONMENT = "BALANTING_OIDC"
DEFAULT = Path(__file__).resolve().parent.parent / ".streamlit" / "secrets.toml"
NEEDED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
SHORTEST_SECRET = 32
CALLBACK = "/oauth2callback"


@dataclass(frozen=True)
class Provider:
    """A configured provider: `berkas` holds the secrets, `host` is the name under which the dashboard is reached."""

    berkas: Path
    host: str
    https: bool


def secrets_file() -> Path:
    """Return the file of secrets (`BALANTING_OIDC`, default `.streamlit/secrets.toml`), whether it exists or not."""
    return Path(os.environ.get(ENVIRONMENT) or DEFAULT).expanduser().resolve()


@cache
def load_provider() -> Provider | None:
    """Return the provider of this installation, or None; raises ValueError (Indonesian) when it is set up wrongly."""
    path = secrets_file()
    if not path.exists():
        if os.environ.get(ENVIRONMENT):
            raise ValueError(f"Berkas OIDC {path} (BALANTING_OIDC) tidak ada.")
        return None
    return read_provider(path)


def read_provider(path: Path) -> Provider | None:
    """Return the provider in a file of secrets, None where it has no [auth]; raises ValueError for a wrong one."""
    try:
        auth = tomllib.loads(path.read_text(encoding="utf-8")).get("auth")
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"Berkas OIDC {path} tidak dapat dibaca: {error}") from error
    if auth is None:
        return None
    if missing := [name for name in NEEDED if not isinstance(auth.get(name), str) or not auth[name].strip()]:
        raise ValueError(f"Berkas OIDC {path} [auth]: belum diisi: {', '.join(missing)}.")
    address = urlsplit(auth["redirect_uri"])
    if not address.hostname or address.path != CALLBACK:
        raise ValueError(f"Berkas OIDC {path}: redirect_uri harus alamat dasbor ini yang berakhir {CALLBACK}.")
    if address.scheme != "https" and address.hostname not in LOOPBACK:
        raise ValueError(f"Berkas OIDC {path}: redirect_uri harus https, kecuali di mesin ini sendiri.")
    if len(auth["cookie_secret"]) < SHORTEST_SECRET:
        raise ValueError(f"Berkas OIDC {path}: cookie_secret paling sedikit {SHORTEST_SECRET} karakter acak.")
    return Provider(path, address.hostname, address.scheme == "https")
