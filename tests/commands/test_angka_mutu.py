"""`angka mutu`: the columns of the contract, every level, what publik does not get, nothing stored."""

import csv
import io
from pathlib import Path

import pytest

from commands.arguments import parse
from commands.run import COMMANDS
from config.quality import load_checks

HEADER = "periode,tingkat,kode,nama,pemeriksaan,nilai,batas,penilaian"


@pytest.fixture
def contoh(penyimpanan_contoh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BALANTING_PENYIMPANAN", str(penyimpanan_contoh))


def angka(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, str]]:
    assert COMMANDS["angka"](parse(["angka", "mutu", *arguments])) == 0
    written = capsys.readouterr().out
    assert written.splitlines()[0] == HEADER
    return list(csv.DictReader(io.StringIO(written)))


@pytest.mark.usefixtures("contoh")
def test_the_kabupaten_by_default_and_every_check_of_every_month(capsys: pytest.CaptureFixture[str]) -> None:
    rows = angka(capsys)
    assert len(rows) == 4 * len(load_checks()) and {row["tingkat"] for row in rows} == {"kabupaten"}
    newest = {row["pemeriksaan"]: row for row in rows if row["periode"] == "2022-09"}
    assert (newest["tinggi_0_5"]["batas"], newest["tinggi_0_5"]["penilaian"]) == ("30", "perhatian")
    assert float(newest["tinggi_0_5"]["nilai"]) == pytest.approx(44.0, abs=0.1)
    assert newest["sd_tbu"]["batas"] == "0.8..1.95"
    first = next(row for row in rows if row["pemeriksaan"] == "cakupan")
    assert (first["periode"], first["nilai"]) == ("2021-12", "")  # nobody is registered before the first month


@pytest.mark.usefixtures("contoh")
def test_posyandu_for_staff_only_and_within_a_place(capsys: pytest.CaptureFixture[str]) -> None:
    rows = angka(capsys, "--tingkat", "posyandu", "--ruang", "petugas", "--periode", "2022-09", "--wilayah", "63.11.01")
    assert rows and all(row["kode"].startswith("63.11.01.") and row["nama"].startswith("Posyandu ") for row in rows)
    for arguments in (["mutu", "--tingkat", "posyandu"], ["prevalensi", "--tingkat", "posyandu", "--ruang", "rapat"]):
        assert COMMANDS["angka"](parse(["angka", *arguments])) == 2
        said = capsys.readouterr()
        assert said.out == "" and "posyandu" in said.err


@pytest.mark.usefixtures("contoh")
def test_publik_gets_less_than_rapat(capsys: pytest.CaptureFixture[str]) -> None:
    shown = {
        ruang: angka(capsys, "--tingkat", "desa", "--periode", "2022-09", "--ruang", ruang)
        for ruang in ("publik", "rapat")
    }
    hidden = [row for row in shown["publik"] if row["penilaian"] == "disamarkan"]
    assert hidden and all(row["nilai"] == "" for row in hidden)
    assert all(row["penilaian"] != "disamarkan" for row in shown["rapat"])


def test_without_measurements_there_is_only_the_header(
    penyimpanan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from analytics.intake import import_files
    from data.store import open_store
    from tests.builders import write_csv
    from tests.sasaran_tables import BUMIL, as_table

    import_files(open_store(penyimpanan), [write_csv(tmp_path / "b.csv", as_table([{}], BUMIL))])
    for level in ("kabupaten", "desa"):
        assert angka(capsys, "--tingkat", level) == []
    assert angka(capsys, "--tingkat", "posyandu", "--ruang", "rapat") == []
