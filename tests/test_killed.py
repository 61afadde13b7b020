"""A power cut at any moment of an import or a restore: the store is what it was, or what it was to become."""

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from analytics.intake import import_files
from data.audit import check_audit
from data.backup import back_up
from data.snapshot import clear_at_start, clear_orphans
from data.store import Store, open_store, writing
from data.versions import bring_back, list_versions
from tests.conftest import run_command
from tests.crashes import CHILD, IMPORT, RESTORE, copy, file_of, folders, start, state

ALL = ("parameter", "--tingkat", "desa", "--ruang", "petugas")
DIE_AT = (  # dies before the n-th call of whatever writes
    "count = 0\n"
    "def dying(function):\n"
    "    def wrapped(*given, **named):\n"
    "        global count\n"
    "        count += 1\n"
    "        if count == int(sys.argv[2]):\n"
    "            os._exit(9)\n"
    "        return function(*given, **named)\n"
    "    return wrapped\n"
    "import sqlalchemy, pathlib, pandas\n"
    "import data.restore, data.key_swap, data.backup\n"
    "for owner, name in ((pandas.DataFrame, 'to_parquet'), (data.snapshot, 'sync'), (data.restore, 'sync'),"
    " (pathlib.Path, 'replace'), (pathlib.Path, 'rename'), (pathlib.Path, 'mkdir'), (data.key_swap, 'write_private'),"
    " (data.restore, 'copy_hashed'), (data.backup, 'copy_hashed'), (sqlalchemy.Connection, 'execute'),"
    " (sqlalchemy.Connection, 'exec_driver_sql'), (sqlalchemy.engine.default.DefaultDialect, 'do_commit')):\n"
    "    setattr(owner, name, dying(getattr(owner, name)))\n"
)


@pytest.fixture
def store(penyimpanan: Path, tmp_path: Path) -> Store:
    """A store that holds one version."""
    opened = open_store(penyimpanan)
    import_files(opened, [file_of(tmp_path / "lama.csv", 3, "0")])
    return opened


@pytest.mark.lambat
def test_an_import_killed_at_any_moment_leaves_the_old_figures_or_the_new(store: Store, tmp_path: Path) -> None:
    """Ten random moments between the start of the import proper and its end."""
    old = run_command("angka", *ALL, penyimpanan=store.folder).stdout
    fresh = file_of(tmp_path / "baru.csv", 2000, "1")
    twin = open_store(tmp_path / "kembar")
    import_files(twin, [tmp_path / "lama.csv"])
    began = time.monotonic()
    import_files(twin, [fresh])
    lasts = time.monotonic() - began
    new = run_command("angka", *ALL, penyimpanan=twin.folder).stdout
    assert old != new
    seen = []
    for moment in random.Random(4).sample(range(1000), 10):
        import_files(store, [file_of(tmp_path / "lama.csv", 3, "0")])
        child = start(CHILD.format(what=IMPORT), store.folder, fresh)
        assert child.stdout and child.stdout.readline() == "siap\n"
        time.sleep(lasts * 1.1 * moment / 1000)
        child.kill()
        child.wait()
        figures = run_command("angka", *ALL, penyimpanan=store.folder)
        assert figures.stdout in (old, new), figures.stderr
        seen.append(figures.stdout == new)
        clear_at_start(store)
        assert not [name for name in folders(store) if name.startswith(".")]
        if seen[-1]:
            return_to_old(store)
    assert not all(seen)


def return_to_old(store: Store) -> None:
    versions = list_versions(store, "parameter")
    [now] = versions.loc[versions["kini"], "id"]
    bring_back(store, versions["id"].iloc[-1], now, "uji", "petugas", "uji")


def killed_everywhere(
    what: str, subject: Path, prepare: Callable[[Path], Store], tmp_path: Path
) -> list[tuple[str, bytes]]:
    """Return what the store is after dying before each call that writes, one after the other, until none is left."""
    found = []
    for number in range(1, 400):
        store = prepare(tmp_path / f"p{number}")
        store.engine.dispose()
        code = CHILD.format(what=what).replace("print(", DIE_AT + "print(")
        child = start(code, store.folder, subject, number)
        child.communicate()
        opened = open_store(store.folder)
        clear_at_start(opened)
        found.append(state(opened))
        assert check_audit(opened) is None
        assert not [path.name for path in opened.folder.glob(".*")], number
        with writing(opened) as connection:
            assert clear_orphans(opened, connection) == 0
        if child.returncode == 0:
            return found
    raise AssertionError("never came to an end")


@pytest.mark.lambat
@pytest.mark.timeout(900)
def test_dying_before_any_single_write_of_an_import_leaves_old_or_new(tmp_path: Path) -> None:
    old, new = file_of(tmp_path / "lama.csv", 3, "0"), file_of(tmp_path / "baru.csv", 4, "1")
    base = open_store(tmp_path / "asal")
    import_files(base, [old])
    base.engine.dispose()
    found = killed_everywhere(IMPORT, new, lambda folder: copy(base.folder, folder), tmp_path)
    assert len(set(found)) == 2 and len(found) > 15
    assert found == sorted(found, key=lambda each: each != found[0])  # old until one moment, new from then on


@pytest.mark.lambat
@pytest.mark.timeout(900)
def test_dying_before_any_single_write_of_a_restore_leaves_old_or_new_rows_with_their_own_key(tmp_path: Path) -> None:
    base, other = open_store(tmp_path / "asal"), open_store(tmp_path / "lain")
    import_files(base, [file_of(tmp_path / "lama.csv", 3, "0")])
    import_files(other, [file_of(tmp_path / "baru.csv", 4, "1")])
    back_up(other, tmp_path / "c.zip", "uji")
    base.engine.dispose()
    found = killed_everywhere(RESTORE, tmp_path / "c.zip", lambda folder: copy(base.folder, folder), tmp_path)
    assert set(found) == {state(open_store(base.folder)), state(other)} and len(found) > 25
    assert found == sorted(found, key=lambda each: each != found[0])
