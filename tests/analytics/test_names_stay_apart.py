"""Canaries: names, NIK and addresses of every kind of file are in the by-name tables and nowhere else in the store."""

import os
import sqlite3
import stat
from pathlib import Path

import pandas as pd
import pytest

from analytics.intake import import_files
from data.audit import write_audit
from data.pseudonymize import load_key
from data.sample import as_export, sample_rounds
from data.store import DATABASE, Store, open_store
from tests.builders import write_csv
from tests.sasaran_tables import BUMIL, KRS, PARAMETER, as_table

CHILD, PARENT, STREET = "KENARI PUTIH KANARI", "BAPAK KANARI", "GANG KANARI 9"
NIK = "9963119909990017"
CANARIES = ("kanari", NIK)


def measurements(folder: Path) -> Path:
    """Write an export full of canaries: in the person columns, one place off, and in rows that are refused."""
    rows = as_export(sample_rounds()["2022-09"].head(6)).astype(object)
    rows[["NIK", "Nama", "Nama Ortu", "Alamat"]] = [NIK, CHILD, PARENT, STREET]
    rows["NIK"] = [str(int(NIK) + 10 * number) for number in range(6)]
    rows.loc[0, ["KPSP", "KIA", "Posyandu"]] = [CHILD, PARENT.title(), f"Melati {NIK}"]
    rows.loc[1, ["Berat", "LiLA", "TB/U"]] = [12, CHILD, CHILD]
    rows.loc[2, "Tgl Lahir"] = CHILD
    rows.loc[3, "Desa/Kel"] = CHILD
    path = folder / f"balita {NIK}.csv"
    rows.to_csv(path, index=False)
    return path


def families(folder: Path) -> list[Path]:
    person = {"nama": CHILD, "id_sasaran": NIK, "id_keluarga": NIK}
    parameter = [person, person | {"id_sasaran": f"{NIK}1", "SP01": CHILD}, person | {"desa": CHILD}]
    women = [{"nama": CHILD, "id_sasaran": NIK}, {"nama": CHILD, "id_sasaran": f"{NIK}2", "status": CHILD}]
    heads = {"Nama Kepala Keluarga": CHILD, "Nama Istri": PARENT, "No. Kartu Keluarga": NIK, "NIK Istri": NIK}
    return [
        write_csv(folder / "parameter.csv", as_table(parameter, PARAMETER)),
        write_csv(folder / "bumil.csv", as_table(women, BUMIL)),
        write_csv(folder / "krs.csv", as_table([heads], KRS)),
    ]


@pytest.fixture
def store(penyimpanan: Path, tmp_path: Path) -> Store:
    """A store into which every kind of file came."""
    store = open_store(penyimpanan)
    for path in [measurements(tmp_path), *families(tmp_path)]:
        [result] = import_files(store, [path], periode="2022-09" if path.stem == "krs" else None)
        assert result.disimpan, result.temuan
    return store


def shown(path: Path) -> str:
    """Return everything a file of the store says, in small letters."""
    if path.suffix == ".parquet":
        return pd.read_parquet(path).to_csv().casefold()
    return path.read_bytes().decode("latin-1").casefold()


def test_canaries_are_only_in_the_by_name_tables(store: Store) -> None:
    files = [path for path in store.folder.rglob("*") if path.is_file()]
    holding = {path.name for path in files if any(canary in shown(path) for canary in CANARIES)}
    assert holding == {"nama.parquet"}
    assert {path.name for path in files} >= {"pengukuran.parquet", "jawaban.parquet", "bumil.parquet", "kubus.parquet"}


def test_a_nik_in_the_name_of_a_file_is_masked_in_the_import_log(store: Store) -> None:
    with sqlite3.connect(store.folder / DATABASE) as connection:
        names = [name for (name,) in connection.execute("SELECT berkas FROM versi WHERE jenis = 'eppgbm'")]
    assert names == ["balita 996311**********.csv"]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no owner-only mode bits")
def test_only_the_owner_may_read_names_key_and_database(penyimpanan: Path, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        store = open_store(penyimpanan)
        import_files(store, [measurements(tmp_path)])
        write_audit(store, "bidan", "petugas", "lihat")
        load_key(store.folder)
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in store.folder.rglob("*")}
    finally:
        os.umask(before)
    assert stat.S_IMODE(store.folder.stat().st_mode) == modes["versi"] == 0o700
    assert {mode for name, mode in modes.items() if name.startswith("eppgbm-")} == {0o700}
    assert modes["nama.parquet"] == modes["kunci"] == 0o600
    assert {mode for name, mode in modes.items() if name.startswith(DATABASE)} == {0o600}


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no owner-only mode bits")
def test_a_store_that_was_open_to_others_is_closed_when_it_is_opened(penyimpanan: Path) -> None:
    open_store(penyimpanan).engine.dispose()
    (penyimpanan / "versi").chmod(0o755)
    (penyimpanan / DATABASE).chmod(0o644)
    open_store(penyimpanan)
    assert stat.S_IMODE((penyimpanan / "versi").stat().st_mode) == 0o700
    assert stat.S_IMODE((penyimpanan / DATABASE).stat().st_mode) == 0o600
