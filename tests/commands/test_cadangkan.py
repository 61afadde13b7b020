"""`cadangkan` and `pulihkan`: another machine shows the same figures; a file that is not whole changes nothing."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from data.audit import check_audit, read_audit, write_audit
from data.sessions import look_up, mark_of, open_session
from data.store import DATABASE, Store, open_store
from tests.builders import write_csv
from tests.conftest import run_command
from tests.sasaran_tables import BUMIL, PARAMETER, as_table
from tests.spoilt_backups import SPOILT, WORDS

TABLES = (("prevalensi", "--tingkat", "kecamatan"), ("parameter", "--ruang", "petugas"), ("kek",), ("perbandingan",))


def figures(folder: Path) -> list[str]:
    done = [run_command("angka", *table, penyimpanan=folder) for table in TABLES]
    assert all(each.returncode == 0 for each in done)
    return [each.stdout for each in done]


def fill(folder: Path, tmp_path: Path, nama: str = "Siti Contoh") -> Store:
    """Import one table of parameters and one of women into the store `folder`."""
    people = [{"nama": nama}, {"id_sasaran": "BLT-2", "id_keluarga": "K2", "nama": "Budi Contoh"}]
    files = [
        write_csv(tmp_path / "p.csv", as_table(people, PARAMETER)),
        write_csv(tmp_path / "b.csv", as_table([{}], BUMIL)),
    ]
    done = run_command("impor", *map(str, files), penyimpanan=folder)
    assert done.returncode == 0, done.stderr
    return open_store(folder)


@pytest.fixture(scope="module")
def asal(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, Path]:
    """A store that was in use for a while, and a backup of it; only for reading."""
    place = tmp_path_factory.mktemp("asal")
    store = fill(place / "penyimpanan", place)
    write_audit(store, "bidan", "petugas", "lihat", "sasaran", "2 nama")
    open_session(store, mark_of("rahasia-sesi"), "petugas", "bidan", "kode", 9e9)
    done = run_command("cadangkan", str(place / "c.zip"), penyimpanan=store.folder)
    assert done.returncode == 0 and "memuat nama" in done.stdout, done.stderr
    return store, place / "c.zip"


def contents_of(folder: Path) -> dict[str, bytes]:
    """Return every file of a store but its database, and the rows of that."""
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    rows = {name: content for name, content in files.items() if not name.startswith(DATABASE)}
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        return rows | {"rows": "\n".join(connection.iterdump()).encode()}


def test_another_machine_shows_the_same_figures_and_takes_the_next_file_as_the_same_people(
    asal: tuple[Store, Path], tmp_path: Path
) -> None:
    store, backup = asal
    done = run_command("pulihkan", str(backup), penyimpanan=tmp_path / "lain")
    assert done.returncode == 0, done.stderr
    assert figures(tmp_path / "lain") == figures(store.folder)
    again = run_command("impor", str(backup.parent / "p.csv"), penyimpanan=tmp_path / "lain")
    assert "sudah" in again.stdout + again.stderr
    later = [{"nama": "Siti Contoh", "periode": "2022-09"}]
    file = write_csv(tmp_path / "q.csv", as_table(later, PARAMETER))
    for folder in (tmp_path / "lain", shutil.copytree(store.folder, tmp_path / "sama")):
        assert run_command("impor", str(file), penyimpanan=folder).returncode == 0
    assert figures(tmp_path / "lain") == figures(tmp_path / "sama")


def test_the_log_goes_along_and_both_acts_are_in_it_but_no_session(asal: tuple[Store, Path], tmp_path: Path) -> None:
    store, backup = asal
    folder = tmp_path / "lain"
    write_audit(open_store(folder), "kader", "petugas", "masuk", "kode")
    assert run_command("pulihkan", str(backup), penyimpanan=folder).returncode == 0
    other = open_store(folder)
    assert read_audit(other)["perbuatan"].tolist()[::-1] == ["lihat", "cadangkan", "masuk", "pulihkan"]
    assert check_audit(other) is None
    assert look_up(store, mark_of("rahasia-sesi")) and look_up(other, mark_of("rahasia-sesi")) is None
    assert mark_of("rahasia-sesi").encode() not in backup.read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no owner-only mode bits")
def test_only_the_owner_may_read_the_backup_and_what_comes_out_of_it(asal: tuple[Store, Path], tmp_path: Path) -> None:
    _, backup = asal
    assert backup.stat().st_mode & 0o777 == 0o600
    before = os.umask(0o022)
    try:
        assert run_command("pulihkan", str(backup), penyimpanan=tmp_path / "lain").returncode == 0
    finally:
        os.umask(before)
    paths = [path for path in (tmp_path / "lain").rglob("*") if not path.name.startswith(DATABASE + "-")]
    assert len(paths) > 8 and all(path.stat().st_mode & 0o077 == 0 for path in paths)


def test_what_a_store_held_before_is_kept_and_can_come_back(asal: tuple[Store, Path], tmp_path: Path) -> None:
    folder = tmp_path / "lain"
    other = fill(folder, tmp_path, "Orang Lain")
    write_audit(other, "bidan lain", "petugas", "lihat")
    key, before = (folder / "kunci").read_bytes(), figures(folder)
    assert run_command("pulihkan", str(asal[1]), penyimpanan=folder).returncode == 0
    assert (folder / "kunci").read_bytes() == (asal[0].folder / "kunci").read_bytes() != key
    [kept] = folder.glob("sebelum_pulih-*.zip")
    assert "bidan lain" in read_audit(other)["siapa"].tolist()  # a restore hides no look at names
    other.engine.dispose()
    done = run_command("pulihkan", str(kept), penyimpanan=folder)
    assert done.returncode == 0, done.stderr
    assert (folder / "kunci").read_bytes() == key and figures(folder) == before
    assert check_audit(open_store(folder)) is None


def test_a_damaged_version_is_mended_from_the_backup(asal: tuple[Store, Path], tmp_path: Path) -> None:
    folder = shutil.copytree(asal[0].folder, tmp_path / "sama")
    for path in folder.glob("versi/*/jawaban.parquet"):
        path.write_bytes(path.read_bytes()[:-9] + b"x" * 9)
    assert run_command("angka", "parameter", penyimpanan=folder).returncode != 0
    assert run_command("pulihkan", str(asal[1]), penyimpanan=folder).returncode == 0
    assert figures(folder) == figures(asal[0].folder)


@pytest.mark.parametrize("kind", SPOILT)
def test_a_file_that_is_no_whole_backup_is_refused_and_changes_nothing(
    kind: str,
    asal: tuple[Store, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from commands import pulihkan

    folder = shutil.copytree(asal[0].folder, tmp_path / "sama", ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    monkeypatch.setenv("BALANTING_PENYIMPANAN", str(folder))
    before = contents_of(folder)
    SPOILT[kind](asal[1], tmp_path / "buruk.zip")
    assert pulihkan.run(tmp_path / "buruk.zip") == 2
    said = capsys.readouterr().err.strip()
    assert WORDS.get(kind, "") in said
    assert "\n" not in said and said.startswith("buruk.zip tidak dapat dipakai: ") and said.endswith(".")
    assert contents_of(folder) == before
    assert not (tmp_path / "keluar.txt").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["cadangkan", "x.zip"], "Belum ada data"),
        (["pulihkan", "tidak-ada.zip"], "tidak dapat dibaca"),
        (["pulihkan", "."], "tidak dapat dibaca"),
    ],
)
def test_without_anything_to_work_on_no_store_is_made(arguments: list[str], words: str, tmp_path: Path) -> None:
    done = run_command(*arguments, penyimpanan=tmp_path / "p")
    assert done.returncode == 2 and words in done.stderr and done.stderr.count("\n") == 1
    assert not (tmp_path / "p").exists()


def test_a_backup_never_takes_the_place_of_a_file_and_a_full_disk_leaves_none(
    asal: tuple[Store, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from commands import cadangkan

    monkeypatch.setenv("BALANTING_PENYIMPANAN", str(shutil.copytree(asal[0].folder, tmp_path / "sama")))
    (tmp_path / "ada.zip").write_text("tetap")
    for name in ("ada.zip", "tanpa-akhiran", "tak-ada/x.zip"):
        assert cadangkan.run(tmp_path / name) == 2
        assert capsys.readouterr().err.count("\n") == 1
    assert (tmp_path / "ada.zip").read_text() == "tetap"

    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("data.backup.copy_hashed", full)
    assert cadangkan.run(tmp_path / "penuh.zip") == 2
    assert "tempatnya habis" in capsys.readouterr().err
    assert not list(tmp_path.glob("penuh*"))
