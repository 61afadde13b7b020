"""Canaries and the commands: no table of `angka` names anybody, the console and the store tell no more than they must."""

import base64
import hashlib
import io
import json
import sqlite3
import struct
import subprocess
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

import pytest

from commands import arguments, run
from data.store import DATABASE
from tests.canaries import (
    APART,
    COMMANDS,
    FAMILIES,
    LAST_MONTH,
    NIK_STEM,
    PSEUDONYM,
    ROOMS,
    STATIC,
    STEM,
    leaks,
    nik,
    plant,
    pseudonyms,
    told_pseudonyms,
    views,
    word,
)
from tests.conftest import run_command

pytestmark = pytest.mark.lambat


@dataclass
class Imported:
    """A store full of canaries, what the imports said and reported."""

    store: Path
    said: list[subprocess.CompletedProcess[str]]
    reports: list[dict]
    known: set[bytes]


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    folder = tmp_path_factory.mktemp("kenari")
    *files, families = plant(folder)
    store, report = folder / "penyimpanan", folder / "laporan.json"
    said, reports = [], []
    for options in ([*map(str, files)], [str(families), "--periode", LAST_MONTH]):
        said.append(run_command("impor", *options, "--lapor", str(report), penyimpanan=store))
        told = json.loads(report.read_text(encoding="utf-8"))
        reports += told if isinstance(told, list) else [told]
    assert [done.returncode for done in said] == [0, 0] and all(report["disimpan"] for report in reports)
    return Imported(store, said, reports, pseudonyms(store))


def contents(store: Path) -> dict[Path, bytes]:
    """Return every file of a store."""
    return {path: path.read_bytes() for path in store.rglob("*") if path.is_file()}


def test_every_command_and_room_is_looked_at() -> None:
    assert set(run.COMMANDS) == {*COMMANDS, *APART} and ROOMS == arguments.ROOMS


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_names_anybody_in_any_room(
    command: str, imported: Imported, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BALANTING_PENYIMPANAN", str(imported.store))
    filled = set()
    for options in COMMANDS[command]:
        status = run.COMMANDS[command](arguments.parse([command, *options]))
        said = capsys.readouterr()
        content = (said.out + said.err).encode()
        assert (leaks(content), told_pseudonyms(content, imported.known)) == (set(), set()), options
        assert status == 0 or (status == 2 and said.out == ""), options
        if said.out.count("\n") > 1:
            filled.add((options[0], options[-1]))
    assert filled == {(options[0], options[-1]) for options in COMMANDS[command]}  # each table, in each room


def test_a_real_run_says_nothing_more_on_either_stream(imported: Imported) -> None:
    done = run_command("angka", "parameter", "--tingkat", "desa", "--ruang", "petugas", penyimpanan=imported.store)
    assert done.returncode == 0 and done.stdout and leaks((done.stdout + done.stderr).encode()) == set()


def test_the_import_tells_only_the_cells_that_must_be_mended_and_no_nik(imported: Imported) -> None:
    said = "\n".join(done.stdout for done in imported.said)
    assert [leaks(done.stderr.encode()) for done in imported.said] == [set(), set()]
    refused = [
        found["nilai"] for report in imported.reports for found in report["temuan"] if found["tingkat"] == "tolak"
    ]
    needed = leaks("\n".join([*refused, *(report["berkas"] for report in imported.reports)]).encode())
    told = leaks(said.encode())
    assert word(9000).lower() in told  # a name in place of a date is told to who must mend it
    assert {each for each in told if each.startswith(STEM)} <= needed
    assert {each for each in told if not each.startswith(STEM)} == set()


def test_the_store_keeps_names_in_the_by_name_tables_alone(imported: Imported) -> None:
    files = contents(imported.store)
    holding = {path.name: leaks(content) for path, content in files.items() if leaks(content)}
    log = {name: found for name, found in holding.items() if name.startswith(DATABASE)}
    assert holding.keys() - log.keys() == {"nama.parquet"}
    assert set.union(*log.values()) == {word(number).lower() for number in range(4)}  # the names of the files
    assert {path.name for path in files} >= {"kunci", "jawaban.parquet", "pengukuran.parquet", "bumil.parquet"}


def test_the_import_log_masks_a_nik_in_the_name_of_a_file(imported: Imported) -> None:
    with sqlite3.connect(imported.store / DATABASE) as connection:
        names = {name for (name,) in connection.execute("SELECT berkas FROM versi WHERE jenis = 'eppgbm'")}
    masked = f"{NIK_STEM[:6]}{'*' * 10}"
    assert names == {f"{word(0)} {masked} {month}.csv" for month in ("2021-12", "2022-02", "2022-08", "2022-09")}


def test_family_cards_and_the_nik_beside_them_are_kept_nowhere(imported: Imported) -> None:
    numbers = {nik(8000 + place + other) for place in range(FAMILIES) for other in (0, 500)}
    kept = {each for content in contents(imported.store).values() for each in leaks(content)}
    assert nik(5) in kept and numbers.isdisjoint(kept)


def test_no_plain_hash_of_anybody_is_kept(imported: Imported) -> None:
    people = [word(5), f"{word(5)} {word(5)}anak", nik(5), nik(8005), f"{word(5)}-ID-{nik(5)}"]
    spelled = {form for each in people for form in (each, each.lower(), each.upper())}
    plain = {
        hashlib.new(kind, each.encode()).hexdigest()[:32].encode()
        for kind in ("md5", "sha1", "sha256", "sha512")
        for each in spelled
    }
    told = (view for content in contents(imported.store).values() for view in views(content))
    kept = {hit for view in told for hit in PSEUDONYM.findall(view)}
    assert len(kept) > len(imported.known) > 1000 and plain.isdisjoint(kept)


def test_a_backup_holds_the_names_and_its_command_says_none(imported: Imported, tmp_path: Path) -> None:
    done = run_command("cadangkan", str(tmp_path / "cadangan.zip"), penyimpanan=imported.store)
    assert done.returncode == 0 and leaks((done.stdout + done.stderr).encode()) == set()
    assert word(5).lower() in leaks((tmp_path / "cadangan.zip").read_bytes())  # and the search sees into it


def test_static_files_name_nobody() -> None:
    for path in STATIC.rglob("*"):
        if path.is_file():
            assert leaks(path.read_bytes()) == set(), path


def packed(text: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("ppt/slides/slide1.xml", text)
    return buffer.getvalue()


@pytest.mark.parametrize("text", [word(7).encode(), word(7).upper().encode(), nik(7).encode()], ids=str)
def test_the_search_finds_a_canary_however_it_is_written(text: bytes) -> None:
    wide = text.decode().encode("utf-16-le")
    pdf = b"%PDF-1.7\n<< >>\nstream\n" + zlib.compress(text) + b"\nendstream"
    coded = [b"{" + base64.b64encode(b"x" * shift + text) + b"}" for shift in range(4)]
    for content in (text, b"<p>" + text + b"</p>", wide, packed(text), packed(packed(text)), pdf, *coded):
        assert leaks(content), content
    assert leaks(b"Kenari 996311" + packed(b"Contoh")) == set()


def test_the_search_finds_a_nik_as_a_number() -> None:
    number = int(nik(4321))
    grouped = f"{number:,}".replace(",", ".").encode()
    for content in (struct.pack("<q", number), struct.pack("<d", number), grouped, f"{float(number)!r}".encode()):
        assert leaks(b"\x01\x02" + content), content
    assert leaks(struct.pack("<qd", 9963117800000000, 9.9e15)) == set()
