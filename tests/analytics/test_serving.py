"""What is shown: sample data while the store is empty, never beside real data; made anew when what it is made from changes."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from analytics import serving
from analytics.intake import import_files
from analytics.serving import STAMP, make_sample_store, open_active, sample_hash
from data.store import SAMPLE_FOLDER, Store, current_version, lineage, open_store, read_table, reading
from tests.builders import make_children, make_table, write_csv
from tests.sasaran_tables import PARAMETER, as_table

TABLES = {
    "eppgbm": {"pengukuran", "nama", "kubus", "cakupan", "padanan", "mutu"},
    "parameter": {"jawaban", "kelompok", "nama", "tautan"},
    "bumil": {"bumil", "nama"},
}


@pytest.fixture
def making(monkeypatch: pytest.MonkeyPatch, penyimpanan_contoh: Path) -> list[Path]:
    """Replaces the making of sample data by a copy; returns where it was made."""
    made: list[Path] = []

    def copy(folder: Path) -> None:
        made.append(folder)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(penyimpanan_contoh / SAMPLE_FOLDER, folder, ignore=shutil.ignore_patterns("*-wal", "*-shm"))

    monkeypatch.setattr(serving, "make_sample_store", copy)
    return made


def current(store: Store, rantai: str) -> str | None:
    with reading(store) as connection:
        return current_version(connection, rantai)


def test_every_chain_of_the_sample_holds_its_tables(penyimpanan_contoh: Path) -> None:
    store = open_store(penyimpanan_contoh / SAMPLE_FOLDER)
    assert store.is_sample
    for rantai, names in TABLES.items():
        version = current(store, rantai)
        assert version
        folder = store.folder / "versi" / version
        assert {path.stem for path in folder.iterdir()} == names
        with reading(store) as connection:
            imports = lineage(connection, rantai)
        assert (imports["baris"] == imports["diterima"]).all() and (imports["baris"] > 0).all()
        assert imports["berkas"].str.contains("CONTOH").all()
        assert imports["sha256"].is_unique


def test_making_the_sample_leaves_nothing_beside_it(penyimpanan_contoh: Path) -> None:
    assert not [path for path in penyimpanan_contoh.iterdir() if path.name.startswith(".")]


def test_an_empty_store_serves_the_sample_and_makes_it_once(penyimpanan: Path, making: list[Path]) -> None:
    first, second = open_active(), open_active()
    assert first is second and first.is_sample
    assert making == [penyimpanan / SAMPLE_FOLDER]
    assert current(first, "eppgbm")


def test_the_sample_is_made_anew_when_what_it_is_made_from_changed(penyimpanan: Path, making: list[Path]) -> None:
    open_active()
    stamp = penyimpanan / SAMPLE_FOLDER / STAMP
    assert stamp.read_text(encoding="utf-8") == sample_hash()
    stamp.write_text("lama", encoding="utf-8")
    open_active()
    assert len(making) == 2
    assert stamp.read_text(encoding="utf-8") == sample_hash()


def test_a_sample_half_made_is_made_again(penyimpanan: Path, making: list[Path]) -> None:
    (penyimpanan / SAMPLE_FOLDER).mkdir(parents=True)
    open_active()
    assert len(making) == 1


@pytest.mark.parametrize("rantai", ["eppgbm", "parameter"])
def test_after_the_first_real_import_only_the_own_store_is_shown(
    penyimpanan: Path, making: list[Path], tmp_path: Path, rantai: str
) -> None:
    assert open_active().is_sample
    table = make_table(3, make_children()) if rantai == "eppgbm" else as_table([{}], PARAMETER)
    own = open_store(penyimpanan)
    [refused] = import_files(own, [write_csv(tmp_path / "kosong.csv", [["a", "b"], ["1", "2"]])])
    assert refused.refused and open_active().is_sample
    [taken] = import_files(own, [write_csv(tmp_path / "a.csv", table)])
    assert taken.disimpan
    store = open_active()
    assert not store.is_sample and store.folder == penyimpanan
    assert {name: bool(current(store, name)) for name in TABLES} == {name: name == rantai for name in TABLES}


def test_the_sample_folder_in_the_own_store_is_no_data_of_the_user(penyimpanan: Path, making: list[Path]) -> None:
    open_store(penyimpanan)  # tables made, nothing imported
    assert open_active().is_sample


def test_another_process_that_was_faster_wins(
    tmp_path: Path, penyimpanan_contoh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / SAMPLE_FOLDER

    def overtaken(_store: Store) -> None:
        shutil.copytree(penyimpanan_contoh / SAMPLE_FOLDER, folder, ignore=shutil.ignore_patterns("*-wal", "*-shm"))

    monkeypatch.setattr(serving, "_add_measurements", lambda _store: None)
    monkeypatch.setattr(serving, "_add_families", overtaken)
    monkeypatch.setattr(serving.shutil, "rmtree", _keeping(folder))
    make_sample_store(folder)
    assert [path.name for path in tmp_path.iterdir()] == [SAMPLE_FOLDER]
    store = open_store(folder)
    version = current(store, "eppgbm")
    assert version and isinstance(read_table(store, version, "kubus"), pd.DataFrame)


def _keeping(folder: Path) -> object:
    """Return an rmtree that does not touch `folder`, as when another process puts it there a moment later."""
    real = shutil.rmtree
    return lambda path, **options: None if path == folder else real(path, **options)
