"""The commands as a user types them: exit status, one sentence, the contract's columns, never a traceback."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.conftest import run_command

PREVALENCE = "periode,tingkat,kode,nama,indikator,n,penyebut,persen,bawah95,atas95,kelas,catatan"


@pytest.mark.parametrize(
    "arguments",
    [
        ["terbang"],
        [],
        ["angka", "cuaca"],
        ["angka", "prevalensi", "--ruang", "dapur"],
        ["angka", "prevalensi", "--tingkat", "rt"],
        ["angka", "prevalensi", "--wilayah", "99.99"],
        ["angka", "prevalensi", "--periode", "2022-13"],
        ["jalankan", "--port", "nol"],
        ["contoh"],
        ["zskor", "tidak_ada.csv", "keluar.csv"],
        ["impor", "tidak_ada.xlsx"],
    ],
    ids=" ".join,
)
def test_a_mistake_gives_exit_2_and_a_sentence(arguments: list[str], tmp_path: Path, penyimpanan_contoh: Path) -> None:
    done = run_command(*arguments, penyimpanan=penyimpanan_contoh)
    assert done.returncode == 2
    assert done.stderr.strip() and "Traceback" not in done.stderr
    assert not {"error:", "usage:", "invalid", "required"} & set(done.stderr.lower().split())


@pytest.mark.parametrize(
    "arguments", [["--help"], ["impor", "--help"], ["angka", "--help"], ["uji", "--help"]], ids=" ".join
)
def test_help_is_indonesian(arguments: list[str]) -> None:
    done = run_command(*arguments)
    assert done.returncode == 0
    assert "Pemakaian:" in done.stdout and "usage" not in done.stdout


def test_angka_prevalensi_has_the_columns_and_the_printed_value(penyimpanan_contoh: Path) -> None:
    done = run_command("angka", "prevalensi", "--periode", "2022-09", penyimpanan=penyimpanan_contoh)
    header, *lines = done.stdout.splitlines()
    assert header == PREVALENCE
    rows = {row["indikator"]: row for row in csv.DictReader(io.StringIO(done.stdout))}
    assert len(lines) == len(rows)
    assert f"{float(rows['stunting']['persen']):.2f}" == "14.91"
    assert float(rows["stunting"]["bawah95"]) < 14.91 < float(rows["stunting"]["atas95"])


def test_angka_terbitan_gives_every_printed_figure(penyimpanan_contoh: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run_command("angka", "terbitan", penyimpanan=penyimpanan_contoh).stdout)))
    assert list(rows[0]) == ["id", "indikator", "wilayah", "periode", "nilai", "satuan", "bagian", "catatan"]
    assert [row["id"] for row in rows] == [f"S{number:03}" for number in range(1, 86)]


def test_impor_reports_and_a_refused_file_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    report, photo = tmp_path / "lapor.json", tmp_path / "foto.png"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    done = run_command("impor", str(photo), "--lapor", str(report), penyimpanan=tmp_path / "simpan")
    assert done.returncode == 2
    said = json.loads(report.read_text(encoding="utf-8"))
    assert list(said) == ["berkas", "sha256", "jenis", "baris", "diterima", "ditolak", "disimpan", "temuan"]
    assert (said["disimpan"], said["baris"], len(said["temuan"])) == (False, 0, 1)
    assert list(said["temuan"][0]) == ["baris", "kolom", "nilai", "aturan", "tingkat", "pesan"]
    assert not list((tmp_path / "simpan" / "versi").iterdir())
