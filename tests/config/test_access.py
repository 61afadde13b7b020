"""Who may enter: durations with unit and source, roles by address and group, the provider's file; wrong ones refused."""

from pathlib import Path

import pytest

from config.access import seconds, setting
from config.oidc import read_provider
from config.roles import load_roles, read_roles, room_of

GOOD = {
    "redirect_uri": "https://dasbor.example/oauth2callback",
    "cookie_secret": "x" * 32,
    "client_id": "balanting",
    "client_secret": "rahasia",
    "server_metadata_url": "https://akun.example/.well-known/openid-configuration",
}
ROLES = """
klaim_grup = "kelompok"
[petugas]
email = ["Gizi@Kantor.id", "dua@kantor.id"]
[rapat]
email = ["dua@kantor.id", "sekda@kantor.id"]
grup = ["Pimpinan"]
"""


def roles_file(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def provider_file(path: Path, **changed: str) -> Path:
    lines = [f'{name} = "{value}"' for name, value in (GOOD | changed).items() if value != "-"]
    return roles_file(path, "[auth]\n" + "\n".join(lines))


def test_durations_are_given_in_seconds() -> None:
    assert (seconds("sesi_berlaku"), seconds("sesi_diam"), seconds("kode_berlaku")) == (8 * 3600, 3600, 600)
    assert (setting("kode_coba"), seconds("kode_kunci")) == (5, 60)


def test_a_number_that_is_no_time_gives_no_seconds() -> None:
    with pytest.raises(KeyError):
        seconds("kode_coba")


@pytest.mark.parametrize(
    ("claims", "ruang"),
    [
        ({"email": "gizi@kantor.id"}, "petugas"),
        ({"email": " GIZI@kantor.ID "}, "petugas"),
        ({"email": "dua@kantor.id"}, "petugas"),
        ({"email": "sekda@kantor.id"}, "rapat"),
        ({"email": "lain@kantor.id"}, "publik"),
        ({"email": "gizi@kantor.id", "email_verified": True}, "petugas"),
        ({"email": "gizi@kantor.id", "email_verified": False}, "publik"),
        ({"kelompok": ["a", "Pimpinan"]}, "rapat"),
        ({"kelompok": "Pimpinan"}, "rapat"),
        ({"kelompok": ["pimpinan"]}, "publik"),
        ({"groups": ["Pimpinan"]}, "publik"),
        ({"email": "gizi@kantor.id", "kelompok": ["Pimpinan"]}, "petugas"),
        ({"email": None, "kelompok": None}, "publik"),
        ({}, "publik"),
    ],
)
def test_address_and_group_decide_the_room(tmp_path: Path, claims: dict[str, object], ruang: str) -> None:
    assert room_of(claims, read_roles(roles_file(tmp_path / "peran.toml", ROLES))) == ruang


def test_the_file_in_the_program_gives_nobody_a_role() -> None:
    roles = load_roles()
    assert not roles.email and not roles.grup


def test_a_change_of_the_file_counts_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = roles_file(tmp_path / "peran.toml", ROLES)
    monkeypatch.setenv("BALANTING_AKSES", str(path))
    assert room_of({"email": "gizi@kantor.id"}, load_roles()) == "petugas"
    roles_file(path, "[rapat]\nemail = []\n")
    assert room_of({"email": "gizi@kantor.id"}, load_roles()) == "publik"


@pytest.mark.parametrize(
    "text", ["[kepala]\nemail=[]", "[rapat]\nemail='a'", "[rapat]\nnama=['a']", "rapat = 3", "[rapat"]
)
def test_a_wrong_file_of_roles_is_refused_in_a_sentence(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError, match="Berkas peran"):
        read_roles(roles_file(tmp_path / "peran.toml", text))


def test_a_provider_is_read_from_the_secrets(tmp_path: Path) -> None:
    found = read_provider(provider_file(tmp_path / "a.toml"))
    assert found and (found.host, found.https) == ("dasbor.example", True)
    assert read_provider(roles_file(tmp_path / "b.toml", "[lain]\na = 1")) is None


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"client_id": "-"}, "belum diisi: client_id"),
        ({"client_secret": " "}, "belum diisi: client_secret"),
        ({"redirect_uri": "http://dasbor.example/oauth2callback"}, "harus https"),
        ({"redirect_uri": "https://dasbor.example/"}, "berakhir /oauth2callback"),
        ({"cookie_secret": "pendek"}, "paling sedikit 32"),
    ],
)
def test_a_provider_set_up_wrongly_is_refused_in_a_sentence(tmp_path: Path, changed: dict[str, str], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_provider(provider_file(tmp_path / "a.toml", **changed))


def test_on_this_machine_plain_http_will_do(tmp_path: Path) -> None:
    found = read_provider(provider_file(tmp_path / "a.toml", redirect_uri="http://localhost:8501/oauth2callback"))
    assert found and not found.https
