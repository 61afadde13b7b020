"""`angka parameter`, `perbandingan` and `kek` as a user types them: the dilution case, columns, options, no mixing."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from commands import angka
from commands.arguments import parse
from commands.run import COMMANDS
from config.places import load_kecamatan
from tests.conftest import run_command
from tests.said_tables import AWAL, COLUMNS, KINI, Rows, read

Say = Callable[..., Rows]

SAMPLE = "DATA CONTOH: dibuat program, bukan data anak sungguhan.\n"


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, penyimpanan_contoh: Path) -> Say:
    """Runs `angka` in this process on the sample data, or on the store that the test has set; returns its rows."""
    monkeypatch.setenv("BALANTING_PENYIMPANAN", str(penyimpanan_contoh))

    def run(*arguments: str) -> Rows:
        status = COMMANDS["angka"](parse(["angka", *arguments]))
        said = capsys.readouterr()
        assert status == 0 and said.err in ("", SAMPLE)
        return read(said.out)

    return run


@pytest.mark.parametrize("nama", COLUMNS)
def test_an_empty_own_store_serves_the_sample_with_the_columns_of_the_table(
    nama: str, penyimpanan_contoh: Path
) -> None:
    done = run_command("angka", nama, penyimpanan=penyimpanan_contoh)
    assert (done.returncode, done.stderr) == (0, SAMPLE)
    header, *lines = done.stdout.splitlines()
    assert header == COLUMNS[nama]
    assert lines


def test_shares_of_the_sample(say: Say) -> None:
    rows = say("parameter")
    groups = {(row["periode"], row["jenis_sasaran"]) for row in rows}
    assert groups == {(moment, jenis) for moment in (AWAL, KINI) for jenis in ("balita", "bumil")}
    asked = {
        group: {row["parameter"] for row in rows if (row["periode"], row["jenis_sasaran"]) == group} for group in groups
    }
    assert {jenis: len(codes) for (_, jenis), codes in asked.items()} == {"balita": 32, "bumil": 24}
    assert {row["tingkat"] for row in rows} == {"kabupaten"}
    known = [row for row in rows if row["n"]]
    assert known
    for row in known:
        share = 100 * int(row["n"]) / int(row["penyebut"])
        assert float(row["persen"]) == pytest.approx(share, abs=1e-9)
        assert float(row["bawah95"]) <= share <= float(row["atas95"])
        assert row["warna"] == ("merah" if share > 50 else "kuning" if share > 25 else "hijau")
        assert row["pasti"] in ("ya", "tidak")
    assert not [
        row for row in rows if row["periode"] == KINI and row["jenis_sasaran"] == "balita" and row["warna"] == "merah"
    ]
    empty = [row for row in rows if not row["n"]]
    assert all(row["catatan"] for row in empty)


def test_one_round_one_place_one_level(say: Say) -> None:
    assert {row["periode"] for row in say("parameter", "--periode", KINI)} == {KINI}
    kecamatan = say("parameter", "--periode", KINI, "--tingkat", "kecamatan")
    assert {row["kode"] for row in kecamatan} == set(load_kecamatan()["kode"])
    desa = say("parameter", "--periode", KINI, "--tingkat", "desa", "--wilayah", "63.11.02")
    assert desa and all(row["kode"].startswith("63.11.02.") and row["tingkat"] == "desa" for row in desa)
    assert say("parameter", "--wilayah", "63.11.02") == []  # the kabupaten does not lie in a kecamatan
    assert say("parameter", "--periode", "2019-01") == []


def test_a_meeting_sees_what_the_public_does_not(say: Say) -> None:
    public, meeting = (say("parameter", "--tingkat", "desa", "--ruang", room) for room in ("publik", "rapat"))
    assert len(public) == len(meeting)
    small = [place for place, row in enumerate(meeting) if row["n"] and 0 < int(row["n"]) < 5]
    assert small
    assert not [place for place in small if public[place]["n"]]
    assert all("disamarkan" in public[place]["catatan"] for place in small)
    assert not [row for row in meeting if "disamarkan" in row["catatan"]]
    assert sum(int(row["n"] or 0) for row in meeting) == sum(
        int(row["n"]) for row in say("parameter", "--ruang", "rapat") if row["n"]
    )


@pytest.mark.parametrize("tingkat", ["kabupaten", "kecamatan", "desa"])
def test_the_parts_of_every_difference_add_up_as_written(say: Say, tingkat: str) -> None:
    parts = ("dari_tetap", "dari_masuk", "dari_keluar")
    rows = [row for row in say("perbandingan", "--tingkat", tingkat, "--ruang", "rapat") if row["dari_tetap"]]
    assert rows
    for row in rows:
        assert sum(float(row[name]) for name in parts) == pytest.approx(float(row["selisih"]), abs=1e-9)
        assert int(row["tetap"]) + int(row["keluar"]) == int(row["penyebut_awal"])
        assert int(row["tetap"]) + int(row["masuk"]) == int(row["penyebut_kini"])
        assert row["putusan"] in {"membaik", "memburuk", "tidak_berubah", "belum_pasti", "hanya_susunan"}
        assert "-0" not in row.values()


def test_any_two_rounds_can_be_compared_and_the_ends_are_the_default(say: Say) -> None:
    whole = say("perbandingan")
    assert whole == say("perbandingan", "--awal", AWAL, "--kini", KINI)
    assert {(row["awal"], row["kini"]) for row in whole} == {(AWAL, KINI)}
    back = {
        (row["jenis_sasaran"], row["parameter"]): row for row in say("perbandingan", "--awal", KINI, "--kini", AWAL)
    }
    for row in whole:
        if row["selisih"]:
            other = back[row["jenis_sasaran"], row["parameter"]]
            assert float(other["selisih"]) == pytest.approx(-float(row["selisih"]), abs=1e-9)
    same = [row for row in say("perbandingan", "--awal", KINI, "--kini", KINI) if row["selisih"]]
    assert {(float(row["selisih"]), row["putusan"]) for row in same} == {(0, "tidak_berubah")}
    unknown = say("perbandingan", "--awal", "2019-01")
    assert {row["putusan"] for row in unknown} == {""} and all("2019-01" in row["catatan"] for row in unknown)


def test_comparisons_of_a_place(say: Say) -> None:
    rows = say("perbandingan", "--tingkat", "desa", "--wilayah", "63.11.03")
    assert rows and all(row["kode"].startswith("63.11.03.") for row in rows)
    assert say("perbandingan", "--tingkat", "kecamatan", "--wilayah", "63.11.03", "--ruang", "rapat") == [
        row for row in say("perbandingan", "--tingkat", "kecamatan", "--ruang", "rapat") if row["kode"] == "63.11.03"
    ]


def test_women_of_the_sample_are_those_of_the_report(say: Say) -> None:
    rows = {row["periode"]: row for row in say("kek")}
    counts = ["hamil_normal", "melahirkan_normal", "dalam_pemantauan", "keluar", "jumlah"]
    assert [rows[max(rows)][name] for name in counts] == ["17", "27", "21", "0", "65"]
    assert rows[min(rows)]["jumlah"] == "65"
    newest = max(rows)
    assert [row["periode"] for row in say("kek", "--periode", newest)] == [newest]
    kecamatan = say("kek", "--periode", newest, "--tingkat", "kecamatan", "--ruang", "rapat")
    assert sum(int(row["jumlah"] or 0) for row in kecamatan) == 65
    one = say("kek", "--periode", newest, "--tingkat", "desa", "--wilayah", "63.11.02", "--ruang", "petugas")
    assert one and all(row["kode"].startswith("63.11.02.") for row in one)


def test_numbers_are_written_with_a_point_and_missing_ones_as_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    angka.write_csv(
        pd.DataFrame(
            {"a": [0.1 + 0.2, -0.0, None], "b": pd.array([1, None, 3], dtype="Int64"), "c": ["x,y", None, 'z"']}
        )
    )
    assert capsys.readouterr().out == 'a,b,c\n0.3,1,"x,y"\n0,,\n,3,"z"""\n'
