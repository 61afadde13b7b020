"""Judging a request: only this machine, only our own pages; and which way of logging in a server has."""

from pathlib import Path

import pytest

from config.oidc import load_provider
from ui.gate import CODE, NONE, OIDC, is_same_origin, is_this_machine, login_way
from ui.return_path import local_path

HERE = {"host": "127.0.0.1:8501"}


@pytest.mark.parametrize(
    ("headers", "peer", "here"),
    [
        (HERE, "127.0.0.1", True),
        ({"host": "localhost"}, "127.0.0.1", True),
        (HERE, "::1", True),
        (HERE, "192.168.1.7", False),
        (HERE, "10.0.0.1", False),
        (HERE, None, False),
        (HERE, "testclient", False),
        ({"host": "balanting.example"}, "127.0.0.1", False),
        ({"host": "localhost.jahat.example"}, "127.0.0.1", False),
        ({"host": "localhost@jahat.example"}, "127.0.0.1", False),
        ({"host": "["}, "127.0.0.1", False),
        ({}, "127.0.0.1", False),
        (HERE | {"x-forwarded-for": "127.0.0.1"}, "127.0.0.1", False),
        (HERE | {"x-forwarded-proto": "https"}, "127.0.0.1", False),
        (HERE | {"forwarded": ""}, "127.0.0.1", False),
        (HERE | {"via": "1.1 x"}, "127.0.0.1", False),
        (HERE | {"x-real-ip": "127.0.0.1"}, "127.0.0.1", False),
    ],
)
def test_only_a_request_made_on_this_machine_is_from_here(
    headers: dict[str, str], peer: str | None, here: bool
) -> None:
    assert is_this_machine(headers, peer) is here


@pytest.mark.parametrize(
    ("headers", "same"),
    [
        ({"origin": "http://127.0.0.1:8501"}, True),
        ({"origin": "http://127.0.0.1:8501", "sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "same-origin"}, True),
        ({}, False),
        ({"origin": "null"}, False),
        ({"origin": ""}, False),
        ({"origin": "http://127.0.0.1"}, False),
        ({"origin": "http://127.0.0.1:8502"}, False),
        ({"origin": "http://["}, False),
        ({"origin": "http://jahat.example"}, False),
        ({"origin": "http://127.0.0.1:8501", "sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "none"}, False),
    ],
)
def test_only_our_own_page_may_send_a_form(headers: dict[str, str], same: bool) -> None:
    assert is_same_origin(HERE | headers) is same
    assert not is_same_origin(headers) or "origin" not in headers


@pytest.mark.parametrize("asked", ["/", "/peta", "/peta?lapis=desa&awal=2022-02", "/sasaran"])
def test_our_own_pages_may_be_returned_to(asked: str) -> None:
    assert local_path(asked) == asked


@pytest.mark.parametrize(
    "asked", ["", "peta", "//x", "/\\x", "/x/../y", "/peta\n", "/peta#a", "https://x", "/Ü", "/peta?a=\r\nb"]
)
def test_anything_else_leads_to_the_start(asked: str) -> None:
    assert local_path(asked) == "/"


def test_the_way_in_depends_on_address_and_provider(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("BALANTING_OIDC", raising=False)
    for address, way in (
        ("127.0.0.1", CODE),
        ("localhost", CODE),
        ("0.0.0.0", NONE),
        ("", NONE),
        ("192.168.1.2", NONE),
    ):
        monkeypatch.setenv("BALANTING_ALAMAT", address)
        assert login_way() == way
    secrets = tmp_path / "rahasia.toml"
    secrets.write_text(
        '[auth]\nredirect_uri="https://dasbor.example/oauth2callback"\nclient_id="a"\nclient_secret="b"\n'
        f'cookie_secret="{"x" * 32}"\nserver_metadata_url="https://akun.example/x"',
        encoding="utf-8",
    )
    monkeypatch.setenv("BALANTING_OIDC", str(secrets))
    load_provider.cache_clear()
    assert login_way() == OIDC
    load_provider.cache_clear()
