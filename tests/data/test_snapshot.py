"""A version is whole or not there: a crash leaves the old one, orphans are cleared, tables with names are closed."""

import dataclasses
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa

from data.snapshot import ImportRecord, clear_orphans, write_version
from data.store import (
    VERSIONS,
    Store,
    current_version,
    holds_data,
    lineage,
    read_table,
    reading,
    writing,
)
from tests.conftest import ROOT

RECORD = ImportRecord("parameter", "parameter", "a.csv", "aa", "2022-05", 3, 2, 1, "petugas")
TABLE = pd.DataFrame({"angka": [1, 2]})
FIELDS = [field.name for field in dataclasses.fields(ImportRecord)]


def write(store: Store, table: pd.DataFrame = TABLE, record: ImportRecord = RECORD) -> str:
    with writing(store) as connection:
        return write_version(store, connection, record, {"jawaban": table, "nama": table})


def current(store: Store, rantai: str = "parameter") -> str | None:
    with reading(store) as connection:
        return current_version(connection, rantai)


def folders(store: Store) -> set[str]:
    return {path.name for path in (store.folder / "versi").iterdir()}


def test_a_version_holds_its_tables_and_what_is_remembered_of_the_import(store: Store) -> None:
    version = write(store)
    assert current(store) == version
    pd.testing.assert_frame_equal(read_table(store, version, "jawaban"), TABLE)
    with reading(store) as connection:
        row = connection.execute(sa.select(VERSIONS)).mappings().one()
    assert {name: row[name] for name in FIELDS} == dataclasses.asdict(RECORD)
    assert row["induk"] is None and row["waktu"]
    with pytest.raises(FileNotFoundError):
        read_table(store, version, "kubus")


def test_each_version_points_to_the_one_before_and_leaves_it_as_it_was(store: Store) -> None:
    first, second = write(store), write(store, TABLE.assign(angka=0), dataclasses.replace(RECORD, sha256="bb"))
    assert first != second and current(store) == second
    with reading(store) as connection:
        chain = lineage(connection, "parameter")
    assert chain["id"].tolist() == [second, first]
    assert chain["sha256"].tolist() == ["bb", "aa"]
    pd.testing.assert_frame_equal(read_table(store, first, "jawaban"), TABLE)


def test_chains_do_not_touch_each_other(store: Store) -> None:
    first = write(store)
    other = write(store, record=dataclasses.replace(RECORD, rantai="bumil", jenis="bumil"))
    assert (current(store), current(store, "bumil"), current(store, "eppgbm")) == (first, other, None)


class Crash(Exception):
    """What stands for a power cut."""


def test_a_crash_before_the_commit_leaves_the_old_version_and_an_orphan_that_the_next_import_clears(
    store: Store,
) -> None:
    first = write(store)
    with pytest.raises(Crash), writing(store) as connection:
        lost = write_version(store, connection, RECORD, {"jawaban": TABLE.assign(angka=0)})
        raise Crash
    assert current(store) == first
    assert folders(store) == {first, lost}
    pd.testing.assert_frame_equal(read_table(store, first, "jawaban"), TABLE)
    with writing(store) as connection:
        assert clear_orphans(store, connection) == 1
        assert clear_orphans(store, connection) == 0
    assert folders(store) == {first}


def test_a_crash_while_writing_leaves_only_an_unfinished_folder(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    first = write(store)

    def fail(_table: pd.DataFrame, *_: object, **__: object) -> None:
        raise Crash

    with monkeypatch.context() as patch:
        patch.setattr(pd.DataFrame, "to_parquet", fail)
        with pytest.raises(Crash):
            write(store)
    assert current(store) == first
    [unfinished] = folders(store) - {first}
    assert unfinished.startswith(".tulis-")
    with writing(store) as connection:
        clear_orphans(store, connection)
    assert folders(store) == {first}


def test_a_process_killed_before_the_commit_changes_nothing(store: Store) -> None:
    first = write(store)
    code = (
        "import os, pandas as pd\n"
        "from data.snapshot import ImportRecord, write_version\n"
        "from data.store import open_store, writing\n"
        "store = open_store()\n"
        "with writing(store) as connection:\n"
        f"    write_version(store, connection, ImportRecord(*{dataclasses.astuple(RECORD)!r}),"
        " {'jawaban': pd.DataFrame({'angka': [9]})})\n"
        "    os._exit(9)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    assert done.returncode == 9
    assert len(folders(store)) == 2
    assert current(store) == first
    second = write(store, TABLE.assign(angka=7))  # the lock of the dead process is gone
    assert current(store) == second
    assert read_table(store, second, "jawaban")["angka"].tolist() == [7, 7]


def test_readers_see_the_old_version_until_the_commit_and_do_not_wait(store: Store) -> None:
    first = write(store)
    sa.event.listen(store.engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout=100"))
    with writing(store) as connection:
        second = write_version(store, connection, RECORD, {"jawaban": TABLE})
        assert current(store) == first
    assert current(store) == second


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no owner-only mode bits")
def test_only_the_owner_reads_tables_with_names_even_while_they_are_written(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes: dict[str, int] = {}
    original = pd.DataFrame.to_parquet

    def watched(table: pd.DataFrame, path: Path, **options: object) -> None:
        modes[path.stem] = path.stat().st_mode & 0o777
        original(table, path, **options)

    monkeypatch.setattr(pd.DataFrame, "to_parquet", watched)
    before = os.umask(0o022)
    try:
        version = write(store)
    finally:
        os.umask(before)
    folder = store.folder / "versi" / version
    assert modes["nama"] == 0o600
    assert {path.stem: path.stat().st_mode & 0o777 for path in folder.iterdir()} == {"nama": 0o600, "jawaban": 0o644}


def test_a_store_without_a_committed_version_holds_no_data(store: Store) -> None:
    assert not holds_data(store.folder)
    with pytest.raises(Crash), writing(store) as connection:
        write_version(store, connection, RECORD, {"jawaban": TABLE})
        raise Crash
    assert not holds_data(store.folder)
    write(store)
    assert holds_data(store.folder)
    assert not holds_data(store.folder / "tidak_ada")
