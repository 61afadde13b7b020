"""A full disk, two imports at once, a restore while somebody reads: what was stored before still counts, whole."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analytics.intake import import_files
from data import snapshot
from data.backup import back_up
from data.key_swap import KEPT
from data.restore import restore
from data.snapshot import UNPACKED, clear_at_start, storing
from data.store import Store, lineage, open_store, reading, writing
from data.unusable import StoreBusy, StoreFull
from tests.conftest import ROOT
from tests.crashes import CHILD, IMPORT, answers, file_of, folders, start, state


@pytest.fixture
def store(penyimpanan: Path, tmp_path: Path) -> Store:
    """A store that holds one version."""
    opened = open_store(penyimpanan)
    import_files(opened, [file_of(tmp_path / "lama.csv", 3, "0")])
    return opened


WRITES: list[tuple[Any, str]] = [
    (pd.DataFrame, "to_parquet"), (snapshot, "sync"), (Path, "replace"), (Path, "mkdir"), (Path, "touch"),
]  # fmt: skip


@pytest.mark.parametrize(("owner", "name"), WRITES, ids=[name for _, name in WRITES])
def test_a_full_disk_at_any_write_is_told_in_one_sentence_and_leaves_the_old_version(
    owner: Any,
    name: str,
    store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from commands import impor

    fresh, before, kept = file_of(tmp_path / "baru.csv", 5, "1"), state(store), folders(store)
    original, refused = getattr(owner, name), 0
    for number in range(1, 20):
        calls = 0

        def full(*given: Any, number: int = number, **named: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls >= number and not (owner is Path and store.folder not in Path(given[0]).parents):
                raise OSError(28, "No space left on device")
            return original(*given, **named)

        monkeypatch.setattr(owner, name, full)
        try:
            with pytest.raises(StoreFull, match="disk penuh"):
                impor.run([fresh], None, None, None, False)
        except pytest.fail.Exception:
            break  # there was no further write of this kind
        finally:
            monkeypatch.setattr(owner, name, original)
        refused += 1
        assert state(store) == before and folders(store) == kept
    assert refused
    assert import_files(store, [file_of(tmp_path / "lagi.csv", 6, "1")])[0].disimpan


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit on the size of a file")
@pytest.mark.lambat
@pytest.mark.parametrize("bytes_left", [0, 20_000, 40_000, 70_000])
def test_a_disk_that_really_takes_no_more_bytes_is_told_in_one_sentence(
    bytes_left: int, store: Store, tmp_path: Path
) -> None:
    fresh, before = file_of(tmp_path / "baru.csv", 4000, "1"), state(store)
    store.engine.dispose()
    code = (
        f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({bytes_left}, {bytes_left}))\n"
        "import sys; sys.argv[0] = 'balanting.py'\n"
        "from commands.arguments import parse; from commands.run import run; sys.exit(run(parse(sys.argv[1:])))"
    )
    environment = os.environ | {"BALANTING_PENYIMPANAN": str(store.folder)}
    command = [sys.executable, "-B", "-c", code, "impor", str(fresh)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2 and done.stderr.count("\n") == 1 and "disk penuh" in done.stderr, done.stderr
    assert state(open_store(store.folder)) == before


def test_two_imports_at_once_both_arrive(store: Store, tmp_path: Path) -> None:
    ready = [
        start(CHILD.format(what=IMPORT), store.folder, file_of(tmp_path / f"{n}.csv", n, str(n % 2))) for n in (40, 51)
    ]
    assert [child.wait(120) for child in ready] == [0, 0]
    assert answers(store)["id_sasaran"].nunique() == 51
    with reading(store) as connection:
        assert len(lineage(connection, "parameter")) == 3


def test_who_waits_too_long_is_told_in_one_sentence(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.store.USUAL_WAIT", 200)
    other = open_store(store.folder)
    with writing(store), pytest.raises(StoreBusy, match="ulangi"):
        import_files(other, [file_of(tmp_path / "baru.csv", 2, "1")])


def test_readers_see_the_old_store_whole_while_another_is_restored(store: Store, tmp_path: Path) -> None:
    other = open_store(tmp_path / "lain")
    import_files(other, [file_of(tmp_path / "lain.csv", 30, "1")])
    back_up(other, tmp_path / "c.zip", "uji")
    old, new, seen, stop = answers(store).to_csv(), answers(other).to_csv(), [], threading.Event()

    def look() -> None:
        while not stop.is_set():
            seen.append(answers(store).to_csv())

    watcher = threading.Thread(target=look)
    watcher.start()
    restore(open_store(store.folder), tmp_path / "c.zip", "uji")
    time.sleep(0.2)
    stop.set()
    watcher.join()
    assert set(seen) == {old, new} and seen == sorted(seen, key=lambda each: each != old)


def test_at_start_leftovers_go_and_nothing_else_and_a_running_import_is_let_alone(store: Store) -> None:
    kept = folders(store)
    for name in ("versi/.tulis-x", "versi/parameter-yatim", f"{UNPACKED}x", ".contoh-tua", ".contoh-muda", "lain"):
        (store.folder / name).mkdir()
    os.utime(store.folder / ".contoh-tua", (0, 0))
    with storing(store):
        (store.folder / "versi/.tulis-y").mkdir()
        assert clear_at_start(open_store(store.folder)) == 0
        assert (store.folder / "versi/.tulis-y").exists()
    assert clear_at_start(store) >= 2
    assert folders(store) == kept
    assert {path.name for path in store.folder.iterdir() if path.is_dir()} == {"versi", ".contoh-muda", "lain"}
    assert not list(store.folder.glob(f"{KEPT}*"))
