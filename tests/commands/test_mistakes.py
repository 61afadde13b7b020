"""Mistakes around the files: a report that cannot be written, a store that cannot be used, the help that is named."""

from pathlib import Path

import pandas as pd
import pytest

from data.sample import as_export, sample_rounds
from tests.conftest import run_command


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "a.csv"
    as_export(sample_rounds()["2022-09"].head(12)).to_csv(path, index=False)
    return path


def test_a_report_that_cannot_be_written_is_found_before_anything_is_stored(export: Path, tmp_path: Path) -> None:
    store = tmp_path / "simpan"
    done = run_command("impor", str(export), "--lapor", str(tmp_path / "tidak" / "ada.json"), penyimpanan=store)
    assert done.returncode == 2 and "Laporan tidak dapat ditulis" in done.stderr
    assert not (store / "versi").exists()


def test_a_store_that_cannot_be_used_is_named(export: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "berkas"
    blocked.write_text("bukan folder", encoding="utf-8")
    done = run_command("impor", str(export), penyimpanan=blocked)
    assert done.returncode == 2
    assert str(blocked) in done.stderr and "BALANTING_PENYIMPANAN" in done.stderr


def test_the_help_that_a_mistake_names_exists() -> None:
    done = run_command("angka", "cuaca")
    assert "Lihat: python3 balanting.py angka --help" in done.stderr
    assert run_command("angka", "--help").stdout.startswith("Pemakaian: balanting.py angka")


def test_the_same_file_twice_in_one_command_is_stored_once(export: Path, tmp_path: Path) -> None:
    done = run_command("impor", str(export), str(export), penyimpanan=tmp_path / "simpan")
    assert done.returncode == 0
    assert done.stdout.count("Disimpan.") == 1


def test_two_children_alike_but_for_a_whole_nik_stay_two(tmp_path: Path) -> None:
    first = as_export(sample_rounds()["2022-09"].head(1))
    other = first.assign(NIK="9963110100999999")
    for name, rows in (("a.csv", first), ("b.csv", other)):
        rows.to_csv(tmp_path / name, index=False)
        assert run_command("impor", str(tmp_path / name), penyimpanan=tmp_path / "simpan").returncode == 0
    table = next((tmp_path / "simpan" / "versi").glob("*/pengukuran.parquet")).parent.parent
    newest = max(table.glob("*/pengukuran.parquet"), key=lambda path: len(pd.read_parquet(path)))
    assert pd.read_parquet(newest)["id_anak"].nunique() == 2
