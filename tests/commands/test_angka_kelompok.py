"""`angka ... --tingkat kelompok`: every table by kelompok desa, a kelompok as a place, one sentence without any."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from analytics.intake import import_files
from commands.arguments import parse
from commands.run import COMMANDS
from data.store import open_store
from tests.builders import make_children, make_table, write_csv

KINI = "2022-09"
Rows = list[dict[str, str]]
Say = Callable[..., Rows]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, penyimpanan_contoh: Path) -> Say:
    """Runs `angka` in this process on the sample data; returns its rows."""
    monkeypatch.setenv("BALANTING_PENYIMPANAN", str(penyimpanan_contoh))

    def run(*arguments: str) -> Rows:
        assert COMMANDS["angka"](parse(["angka", *arguments])) == 0
        return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))

    return run


@pytest.mark.parametrize(
    ("nama", "count", "also"),
    [
        ("parameter", "n", ("--periode", KINI)),
        ("perbandingan", "n_kini", ()),
        ("kek", "jumlah", ("--periode", KINI)),
        ("prevalensi", "n", ("--periode", KINI)),
    ],
)
def test_the_counts_of_a_meeting_add_up_to_the_kecamatan(
    say: Say, nama: str, count: str, also: tuple[str, ...]
) -> None:
    group, kecamatan = (say(nama, *also, "--tingkat", level, "--ruang", "rapat") for level in ("kelompok", "kecamatan"))
    assert {row["tingkat"] for row in group} == {"kelompok"} and len({row["kode"] for row in group}) == 13
    sums: dict[tuple[str, ...], int] = {}
    for row in group:
        key = (row["kode"][:8], *(row.get(name, "") for name in ("parameter", "indikator", "jenis_sasaran")))
        sums[key] = sums.get(key, 0) + int(row[count] or 0)
    for row in kecamatan:
        key = (row["kode"], *(row.get(name, "") for name in ("parameter", "indikator", "jenis_sasaran")))
        assert sums[key] == int(row[count] or 0)


def test_the_public_sees_more_of_kelompok_than_of_desa(say: Say) -> None:
    def told(tingkat: str) -> float:
        public, meeting = (
            say("parameter", "--periode", KINI, "--tingkat", tingkat, "--ruang", room) for room in ("publik", "rapat")
        )
        asked = [place for place, row in enumerate(meeting) if row["n"] and row["jenis_sasaran"] == "balita"]
        return sum(bool(public[place]["n"]) for place in asked) / len(asked)

    assert told("kelompok") > 3 * told("desa") > 0


def test_a_kelompok_is_a_place(say: Say) -> None:
    rows = say("parameter", "--tingkat", "kelompok", "--wilayah", "63.11.02.K01", "--ruang", "rapat")
    assert {(row["kode"], row["nama"]) for row in rows} == {("63.11.02.K01", "Kelompok Mamantang")}
    halong = say("parameter", "--tingkat", "kelompok", "--wilayah", "63.11.02")
    assert {row["kode"] for row in halong} == {f"63.11.02.K0{number}" for number in (1, 2, 3)}


def test_without_family_parameters_one_sentence_says_what_to_import(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "simpan"
    import_files(open_store(own), [write_csv(tmp_path / "a.csv", make_table(3, make_children()))])
    monkeypatch.setenv("BALANTING_PENYIMPANAN", str(own))
    for nama in ("prevalensi", "parameter", "perbandingan", "kek"):
        assert COMMANDS["angka"](parse(["angka", nama, "--tingkat", "kelompok"])) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err == "Kelompok desa dibentuk dari tabel parameter keluarga; impor tabel itu dahulu.\n"
    assert COMMANDS["angka"](parse(["angka", "prevalensi", "--wilayah", "63.11.02.K01"])) == 2
    assert "63.11.02.K01 tidak dikenal" in capsys.readouterr().err


def test_printed_figures_need_no_store(penyimpanan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert COMMANDS["angka"](parse(["angka", "terbitan", "--tingkat", "kelompok"])) == 0
    assert capsys.readouterr().out.startswith("id,indikator") and not penyimpanan.exists()
