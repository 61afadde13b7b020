"""`angka kegiatan`: the newest state of each activity, the printed 22 of 29 in the sample, and what is imported."""

import csv
import io
from pathlib import Path

import pytest

from analytics.intake import import_files
from commands import angka
from commands.arguments import parse
from data.store import open_store
from tests.builders import write_csv
from tests.conftest import run_command

HEADER = ["kode", "kegiatan", "target", "terlaksana", "persen"]
FILE = [
    ["kode", "kegiatan", "target_kali", "terlaksana_kali", "per_tanggal", "tujuan", "output"],
    ["K2", "FGD", 8, 6, "2022-12-31", "", ""],
    ["K1", "Rapat", 3, 2, "2022-06-30", "", ""],
    ["K1", "Rapat", 5, 5, "2022-12-31", "", ""],
    ["K3", "Belum direncanakan", 0, 0, "2022-12-31", "", ""],
]


def ask(capsys: pytest.CaptureFixture[str], *options: str) -> list[list[str]]:
    assert angka.run(parse(["angka", "kegiatan", *options])) == 0
    return list(csv.reader(io.StringIO(capsys.readouterr().out)))


@pytest.fixture
def stored(penyimpanan: Path, tmp_path: Path) -> None:
    [result] = import_files(open_store(penyimpanan), [write_csv(tmp_path / "kegiatan.csv", FILE)])
    assert (result.jenis, result.diterima, result.disimpan) == ("kegiatan", 4, True)


@pytest.mark.parametrize("ruang", ["publik", "rapat", "petugas"])
def test_the_newest_state_of_each_in_every_room(stored: None, capsys: pytest.CaptureFixture[str], ruang: str) -> None:
    assert ask(capsys, "--ruang", ruang) == [
        HEADER,
        ["K1", "Rapat", "5", "5", "100"],
        ["K2", "FGD", "8", "6", "75"],
        ["K3", "Belum direncanakan", "0", "0", ""],
    ]


def test_the_state_at_the_end_of_a_month(stored: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(capsys, "--periode", "2022-07")[1:] == [["K1", "Rapat", "3", "2", "66.6666666666667"]]
    assert ask(capsys, "--periode", "2021-01") == [HEADER]


@pytest.mark.parametrize("options", [("--tingkat", "desa"), ("--wilayah", "63.11.01")])
def test_there_are_none_below_the_kabupaten(
    stored: None, capsys: pytest.CaptureFixture[str], options: tuple[str, str]
) -> None:
    assert ask(capsys, *options) == [HEADER]


def test_without_the_table_only_the_header(
    penyimpanan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from tests.sasaran_tables import BUMIL, as_table

    import_files(open_store(penyimpanan), [write_csv(tmp_path / "b.csv", as_table([{}], BUMIL))])
    assert ask(capsys) == [HEADER]


@pytest.mark.lambat
def test_the_sample_holds_the_printed_counts(penyimpanan_contoh: Path) -> None:
    done = run_command("angka", "kegiatan", penyimpanan=penyimpanan_contoh)
    header, *rows = csv.reader(io.StringIO(done.stdout))
    assert header == HEADER and len(rows) == 5 and "DATA CONTOH" in done.stderr
    planned, carried_out = (sum(int(row[place]) for row in rows) for place in (2, 3))
    assert (carried_out, planned) == (22, 29) and round(100 * carried_out / planned, 2) == 75.86
