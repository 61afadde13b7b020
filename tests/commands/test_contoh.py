"""The command `contoh` writes files that say what they are and that the program itself can import without a refusal."""

from pathlib import Path

import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from commands import contoh
from config.places import load_desa
from data.check import check_rows
from data.read import read_sheet
from data.sample import GENERATION_2, sample_rounds
from data.sample_bumil import sample_bumil
from data.sample_parameter import sample_answers
from data.standardize import standardize_eppgbm
from tests.sasaran_tables import take_bumil, take_parameter

MEASURED = [f"eppgbm_{periode}_CONTOH.xlsx" for periode in ("2021-12", "2022-02", "2022-08", "2022-09")]
ASKED = [f"{jenis}_{periode}_CONTOH.xlsx" for jenis in ("parameter", "bumil") for periode in ("2022-05", "2022-09")]
FILES = [*MEASURED, *ASKED, "kegiatan_2022-12_CONTOH.xlsx"]
SMALL = 800


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("contoh") / "baru" / "folder"
    assert contoh.run(target, SMALL) == 0
    return target


def test_one_file_a_round_and_a_note_and_nothing_else(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == sorted([*FILES, contoh.READ_ME])


@pytest.mark.parametrize("name", FILES)
def test_every_file_says_in_its_first_row_that_nobody_is_real(folder: Path, name: str) -> None:
    rows = CalamineWorkbook.from_path(folder / name).get_sheet_by_index(0).to_python()
    assert rows[0][0] == contoh.TITLE == "DATA CONTOH - bukan data anak sungguhan"
    header = [str(label).lower() for label in rows[1]]
    named = header.index("nama") if "nama" in header else None
    assert all(str(row[named]).endswith(" Contoh") for row in rows[2:] if named is not None)
    if name in MEASURED:
        assert len(header) == len(GENERATION_2) == 33


def test_the_note_names_every_file_and_says_whether_the_counts_are_exact(folder: Path) -> None:
    text = (folder / contoh.READ_ME).read_text(encoding="utf-8")
    assert text.startswith(contoh.TITLE)
    assert all(name in text for name in FILES)
    assert contoh.SCALED in text
    assert contoh.EXACT not in text


def test_the_same_bytes_every_time(folder: Path, tmp_path: Path) -> None:
    assert contoh.run(tmp_path, SMALL) == 0
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        path.name: path.read_bytes() for path in folder.iterdir()
    }


def test_reading_a_file_gives_back_the_sample_table(folder: Path) -> None:
    for periode, expected in sample_rounds(SMALL).items():
        table, findings = standardize_eppgbm(read_sheet(folder / f"eppgbm_{periode}_CONTOH.xlsx"))
        assert findings == []
        pd.testing.assert_frame_equal(table, expected)


def test_no_row_of_the_full_sample_is_refused(tmp_path: Path) -> None:
    periode, expected = next(reversed(sample_rounds().items()))
    path = tmp_path / "contoh.xlsx"
    contoh.write_xlsx(contoh.as_export(expected), path)
    sheet = read_sheet(path)
    table, findings = standardize_eppgbm(sheet)
    accepted, found = check_rows(table, sheet, periode)
    assert len(accepted) == len(table) == len(expected)
    assert [finding.aturan for finding in [*findings, *found]] == []
    assert set(table["kode_desa"]) == set(load_desa()["kode"])


@pytest.mark.parametrize("periode", ["2022-05", "2022-09"])
def test_reading_a_file_of_parameters_or_women_gives_back_the_sample_table(folder: Path, periode: str) -> None:
    kinds = {"parameter": (sample_answers, take_parameter), "bumil": (sample_bumil, take_bumil)}
    for jenis, (sample, take) in kinds.items():
        accepted, findings, sheet = take(folder / f"{jenis}_{periode}_CONTOH.xlsx", periode=periode)
        assert (sheet.jenis, findings) == (jenis, [])
        pd.testing.assert_frame_equal(accepted, sample()[periode])


def test_a_folder_that_cannot_be_written_gives_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "berkas"
    file.write_text("bukan folder", encoding="utf-8")
    assert contoh.run(file, 8) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert str(file) in said


def test_a_file_that_is_open_elsewhere_gives_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / FILES[0]).mkdir()
    assert contoh.run(tmp_path, 8) == 2
    assert capsys.readouterr().err.startswith("Tidak dapat menulis ke ")
