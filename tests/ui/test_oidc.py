"""Logins at a provider without a browser: which claims count, until when, and that an end is for good."""

import asyncio
import base64
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from authlib.integrations.starlette_client import OAuth, StarletteOAuth2App
from joserfc import jwt
from joserfc.errors import UnsupportedAlgorithmError
from joserfc.jwk import KeySet, OctKey, RSAKey

from data.audit import read_audit
from data.sessions import end_session
from ui import gate, oidc
from ui.oidc import mark_login, oidc_session

HOUR = 3600


@pytest.fixture
def claims(penyimpanan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """The claims of a member of staff who logged in now."""
    roles = tmp_path / "peran.toml"
    roles.write_text('[petugas]\nemail = ["gizi@kantor.id"]\n', encoding="utf-8")
    monkeypatch.setenv("BALANTING_AKSES", str(roles))
    now = time.time()
    yield {"iss": "p", "sub": "1", "email": "gizi@kantor.id", "iat": now, "exp": now + HOUR, "nonce": "n"}
    gate.own_store().engine.dispose()


def test_a_login_is_entered_once_and_only_where_asked(claims: dict[str, Any]) -> None:
    assert oidc_session(claims) is None
    opened = oidc_session(claims, may_open=True)
    assert opened and (opened.ruang, opened.siapa) == ("petugas", "gizi@kantor.id")
    assert oidc_session(claims) == oidc_session(claims, may_open=True)
    assert list(read_audit(gate.own_store())["perbuatan"]) == ["masuk"]


def test_an_ended_login_is_never_opened_again(claims: dict[str, Any]) -> None:
    oidc_session(claims, may_open=True)
    end_session(gate.own_store(), mark_login(claims))
    assert oidc_session(claims, may_open=True) is None
    assert oidc_session(claims | {"nonce": "a new login"}, may_open=True)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"exp": -1}, "expired"),
        ({"iat": -9 * HOUR}, "logged in longer ago than a session lasts"),
        ({"iat": 600}, "issued in the future"),
        ({"auth_time": -25 * HOUR}, "signed in at the provider too long ago"),
    ],
)
def test_a_login_at_the_wrong_time_is_refused(claims: dict[str, Any], changed: dict[str, float], why: str) -> None:
    later = {name: time.time() + away for name, away in changed.items()}
    assert oidc_session(claims | later, may_open=True) is None, why


@pytest.mark.parametrize("missing", ["exp", "iat", "sub"])
def test_a_login_without_a_needed_claim_is_refused(claims: dict[str, Any], missing: str) -> None:
    assert oidc_session({name: value for name, value in claims.items() if name != missing}, may_open=True) is None


def test_a_login_is_over_with_its_token_and_with_the_longest_session(
    claims: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    start = time.time()
    assert oidc.end_of_login(claims) == claims["exp"]
    assert oidc.end_of_login(claims | {"exp": start + 100 * HOUR}) == claims["iat"] + 8 * HOUR
    oidc_session(claims, may_open=True)
    monkeypatch.setattr(time, "time", lambda: start + HOUR + 1)
    assert oidc_session(claims) is None


def test_a_role_taken_away_counts_at_once(claims: dict[str, Any], tmp_path: Path) -> None:
    assert oidc_session(claims, may_open=True).ruang == "petugas"
    (tmp_path / "peran.toml").write_text('[rapat]\nemail = ["gizi@kantor.id"]\n', encoding="utf-8")
    assert oidc_session(claims).ruang == "rapat"
    (tmp_path / "peran.toml").write_text("", encoding="utf-8")
    assert (oidc_session(claims).ruang, oidc_session(claims).tampil) == ("publik", "publik")


def test_nobody_comes_in_unlogged(claims: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> None:
        raise gate.AuditNotWritten

    monkeypatch.setattr(oidc, "write_audit", busy)
    with pytest.raises(gate.AuditNotWritten):
        oidc_session(claims, may_open=True)


def id_token(header: dict[str, Any], claims: dict[str, Any], key: Any) -> str:
    """A token as a provider sends it; without a signature where the algorithm is "none"."""
    if header["alg"] != "none":
        return str(jwt.encode(header, claims, key, algorithms=[header["alg"]]))
    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in (header, claims)]
    return ".".join([*parts, ""])


@pytest.mark.parametrize("announced", [["RS256", "none", "HS256"], ["none"], ["HS256"], [], None])
@pytest.mark.parametrize(("alg", "accepted"), [("RS256", True), ("none", False), ("HS256", False)])
def test_a_token_without_the_providers_signature_is_refused(
    announced: list[str] | None, alg: str, accepted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret, own = OctKey.import_key("rahasia" * 6, {"kid": "a"}), RSAKey.generate_key(2048, {"kid": "a"})
    known = KeySet([secret if alg == "HS256" else own]).as_dict(private=True)
    metadata = {"issuer": "p", "jwks": known, "id_token_signing_alg_values_supported": announced}

    async def announce(_app: object) -> dict[str, Any]:
        return dict(metadata)

    monkeypatch.setattr(StarletteOAuth2App, "load_server_metadata", announce)
    oidc.limit_algorithms()
    office = OAuth().register("kantor", client_id="balanting", client_secret="rahasia", jwks=known)
    now = int(time.time())
    claims = {"iss": "p", "sub": "1", "aud": "balanting", "iat": now, "exp": now + HOUR, "nonce": "n"}
    token = id_token({"alg": alg, "kid": "a"}, claims, secret if alg == "HS256" else own)
    read = office.parse_id_token({"id_token": token}, "n")
    if accepted:
        assert asyncio.run(read)["sub"] == "1"
    else:
        with pytest.raises(UnsupportedAlgorithmError):
            asyncio.run(read)
