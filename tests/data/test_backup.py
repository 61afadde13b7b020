"""A backup holds all of the store: every table that any module keeps, every file that an import writes."""

import re
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from analytics.intake import import_files
from data.audit import AuditNotWritten, check_audit, read_audit, write_audit
from data.backup import back_up, copy_database
from data.backup_file import CONTENTS, KEPT, LOCAL, check_backup
from data.restore import restore
from data.sessions import mark_of, open_session
from data.store import DATABASE, Store, open_store, writing
from tests.builders import make_children, make_table, write_csv
from tests.conftest import ROOT
from tests.sasaran_tables import BUMIL, PARAMETER, as_table


@pytest.fixture
def store(penyimpanan: Path, tmp_path: Path) -> Store:
    """A store with measurements, family parameters and pregnant women."""
    opened = open_store(penyimpanan)
    tables = (make_table(2, make_children()), as_table([{}], PARAMETER), as_table([{}], BUMIL))
    files = [write_csv(tmp_path / f"{number}.csv", table) for number, table in enumerate(tables)]
    assert all(result.disimpan for result in import_files(opened, files))
    return opened


def test_every_table_that_a_module_defines_is_kept_or_left_on_its_machine() -> None:
    defined = set()
    for path in ROOT.glob("data/*.py"):
        defined |= set(re.findall(r'sa\.Table\(\s*"(\w+)"', path.read_text(encoding="utf-8")))
    assert len(defined) >= 5
    assert {table.name for table in KEPT} | LOCAL == defined


def test_every_file_of_the_store_is_in_it(store: Store, tmp_path: Path) -> None:
    (store.folder / "versi" / "yatim").mkdir()  # an import that was cut off
    (store.folder / "versi" / "yatim" / "nama.parquet").touch()
    backup = back_up(store, tmp_path / "c.zip", "bidan")
    there = {path.relative_to(store.folder).as_posix() for path in store.folder.rglob("*") if path.is_file()}
    aside = {f"{DATABASE}-wal", f"{DATABASE}-shm", "versi/yatim/nama.parquet"}
    assert set(backup.parts) == there - aside and backup.versi == 3
    with zipfile.ZipFile(tmp_path / "c.zip") as archive:
        assert set(archive.namelist()) == set(backup.parts) | {CONTENTS} and archive.testzip() is None


def test_the_copy_of_the_database_remembers_no_session_even_in_its_free_pages(store: Store) -> None:
    for number in range(50):
        open_session(store, mark_of(str(number)), "petugas", f"orang-{number}", "kode", 9e9)
    database = copy_database(store)
    assert b"orang-7" not in database
    with closing(sqlite3.connect(":memory:")) as copy:
        copy.deserialize(database)
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_backup_does_not_wait_for_an_import_and_holds_the_store_before_it(store: Store, tmp_path: Path) -> None:
    write_audit(store, "bidan", "petugas", "lihat")
    with writing(store) as connection:
        connection.exec_driver_sql("DELETE FROM penunjuk")
        (tmp_path / "salinan").write_bytes(copy_database(store))
    with closing(sqlite3.connect(tmp_path / "salinan")) as copy:
        assert copy.execute("SELECT count(*) FROM penunjuk").fetchone() == (3,)


def test_when_the_log_cannot_be_written_no_backup_leaves(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AuditNotWritten

    monkeypatch.setattr("data.backup.write_audit", refuse)
    with pytest.raises(AuditNotWritten):
        back_up(store, tmp_path / "c.zip", "bidan")
    assert not list(tmp_path.glob("c.zip*"))


def test_what_is_written_is_read_through_and_a_file_left_by_a_cut_off_backup_is_replaced(
    store: Store, tmp_path: Path
) -> None:
    (tmp_path / "c.zip.sementara").write_text("terpotong")
    written = back_up(store, tmp_path / "c.zip", "bidan")
    assert check_backup(tmp_path / "c.zip") == written
    assert not (tmp_path / "c.zip.sementara").exists()


def test_decisions_of_people_come_along(store: Store, tmp_path: Path) -> None:
    database = copy_database(store)
    with closing(sqlite3.connect(":memory:")) as copy:
        copy.deserialize(database)
        tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {table.name for table in KEPT} - {"audit", "keputusan_pasangan"} <= tables
    assert not tables & LOCAL


def test_logs_of_two_machines_become_one_and_a_longer_one_of_the_same_machine_stays(
    store: Store, tmp_path: Path
) -> None:
    write_audit(store, "a", "petugas", "satu")
    back_up(store, tmp_path / "c.zip", "bidan")
    write_audit(store, "a", "petugas", "dua")  # what came after the backup cannot be unsaid by it
    seals = _seals(store)
    assert restore(store, tmp_path / "c.zip", "bidan").audit == 4
    assert read_audit(store)["perbuatan"].tolist()[::-1] == ["satu", "cadangkan", "dua", "pulihkan"]
    assert _seals(store)[:3] == seals and check_audit(store) is None
    other = open_store(tmp_path / "lain")
    for act in ("masuk", "keluar"):
        write_audit(other, "b", "petugas", act)
    restore(other, tmp_path / "c.zip", "bidan")
    assert read_audit(other)["perbuatan"].tolist()[::-1] == ["satu", "cadangkan", "masuk", "keluar", "pulihkan"]
    assert check_audit(other) is None and _seals(other)[:2] == seals[:2]


def _seals(store: Store) -> list[str]:
    with closing(sqlite3.connect(store.folder / DATABASE)) as connection:
        return [seal for (seal,) in connection.execute("SELECT sha256 FROM audit ORDER BY nomor")]


def test_the_log_is_still_only_added_to_after_a_restore(store: Store, tmp_path: Path) -> None:
    back_up(store, tmp_path / "c.zip", "bidan")
    restore(store, tmp_path / "c.zip", "bidan")
    with closing(sqlite3.connect(store.folder / DATABASE)) as connection:
        for sql in (
            "UPDATE audit SET siapa = 'x'",
            "DELETE FROM audit",
            "INSERT OR REPLACE INTO audit SELECT * FROM audit",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="hanya ditambah"):
                connection.execute(sql)
