"""An office with an account provider: a real OIDC provider on loopback, and a dashboard that is set up for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from oidc_provider_mock import User, run_server_in_thread

from tests.conftest import serve

STAFF, LEADER, STRANGER, UNVERIFIED = "gizi@kantor.id", "sekda@kantor.id", "tamu@luar.id", "lain@kantor.id"
PEOPLE = [
    User(sub="1", claims={"email": STAFF}),
    User(sub="2", claims={"email": LEADER, "groups": ["pimpinan"]}),
    User(sub="3", claims={"email": STRANGER}),
    User(sub="4", claims={"email": STAFF, "email_verified": False}),
]
ROLES = """
[petugas]
email = ["Gizi@kantor.id"]
[rapat]
grup = ["pimpinan"]
"""


@dataclass(frozen=True)
class Office:
    """A running dashboard: its server, its address, its store."""

    server: serve
    address: str
    folder: Path


@contextmanager
def office(penyimpanan: Path, token_lasts: timedelta = timedelta(hours=1)) -> Iterator[Office]:
    """Run provider and dashboard for the length of a `with` block."""
    with run_server_in_thread(user_claims=PEOPLE, access_token_max_age=token_lasts) as provider:
        server = serve(penyimpanan)
        address = f"http://localhost:{server.port}"
        secrets = penyimpanan.parent / f"rahasia-{server.port}.toml"
        secrets.write_text(
            f'[auth]\nredirect_uri = "{address}/oauth2callback"\ncookie_secret = "{"r" * 40}"\n'
            'client_id = "balanting"\nclient_secret = "rahasia"\n'
            f'server_metadata_url = "http://localhost:{provider.server_port}/.well-known/openid-configuration"\n',
            encoding="utf-8",
        )
        roles = penyimpanan.parent / f"peran-{server.port}.toml"
        roles.write_text(ROLES, encoding="utf-8")
        server.environment |= {"BALANTING_OIDC": str(secrets), "BALANTING_AKSES": str(roles)}
        with server:
            yield Office(server, address, penyimpanan)
