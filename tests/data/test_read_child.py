"""The child that reads: at its limits it ends and the file is refused with one sentence, the program goes on."""

import io
import os
import pickle
import zipfile
from pathlib import Path

import pytest

from commands import impor
from config.rules import limit
from data import read_child, sheet
from data.read import FileRefused, Upload, read_sheet
from data.store import Store, current_version, reading
from tests.builders import make_children, make_table, write_csv, write_html, write_xlsx

FILES = Path(__file__).parent / "berkas"
SMALL = {"baca_megabita": 60.0}  # three times what small files need
NO_TIME = {"baca_detik": 0.0, "baca_detik_per_megabita": 0.0}


def set_limits(monkeypatch: pytest.MonkeyPatch, **values: float) -> None:
    for module in (read_child, sheet):
        monkeypatch.setattr(module, "limit", lambda name: values.get(name, limit(name)))


def hungry_xlsx(folder: Path) -> Path:
    """A small workbook that is read as a rectangle of 599,999 rows x 104 columns."""
    path = write_xlsx(folder / "lapar.xlsx", make_table(2, make_children()))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet_path = next(name for name in parts if name.startswith("xl/worksheets/sheet"))
    far = b'<row r="599999"><c r="CZ599999"><v>1</v></c></row></sheetData>'
    parts[sheet_path] = parts[sheet_path].replace(b"</sheetData>", far)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def hungry_html(folder: Path) -> Path:
    path = folder / "lapar.xls"
    path.write_bytes(b"<table>" + b"<tr><td>1</td></tr>" * 2_000_000 + b"</table>")
    return path


def hungry_xls(folder: Path) -> Path:
    path = folder / "biner.xls"
    path.write_bytes((FILES / "biner.xls").read_bytes().ljust(100_000_000, b"\0"))
    return path


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
@pytest.mark.parametrize("make", [hungry_xlsx, hungry_html, hungry_xls])
def test_a_file_that_takes_too_much_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: object
) -> None:
    path = make(tmp_path)  # type: ignore[operator]
    whole = write_xlsx(tmp_path / "baik.xlsx", make_table(2, make_children()))
    set_limits(monkeypatch, **SMALL)
    assert len(read_sheet(whole).rows) == len(make_children())
    with pytest.raises(FileRefused, match="terlalu banyak ingatan") as caught:
        read_sheet(path)
    assert (caught.value.aturan, path.name in caught.value.pesan) == ("berkas_terlalu_besar", True)
    assert len(read_sheet(whole).rows) == len(make_children())


@pytest.mark.parametrize("writer", [write_xlsx, write_html])
def test_a_file_that_takes_too_long_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, writer: object) -> None:
    path = writer(tmp_path / "lama", make_table(2, make_children()))  # type: ignore[operator]
    with monkeypatch.context() as patch:
        set_limits(patch, **NO_TIME)
        with pytest.raises(FileRefused, match="terlalu lama, jadi dihentikan"):
            read_sheet(path)
    assert len(read_sheet(path).rows) == len(make_children())


def test_the_command_says_so_exits_with_2_and_stores_nothing(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_xlsx(tmp_path / "lama.xlsx", make_table(2, make_children()))
    set_limits(monkeypatch, **NO_TIME)
    assert impor.run([path], None, None, None, uji_coba=False) == 2
    assert capsys.readouterr().err.splitlines() == [
        "lama.xlsx: Membaca berkas lama.xlsx terlalu lama, jadi dihentikan. Salin tabelnya saja ke lembar baru atau bagi"
        " menjadi beberapa berkas, lalu unggah lagi.",
        "Tidak ada yang disimpan.",
    ]
    with reading(store) as connection:
        assert current_version(connection, "eppgbm") is None


@pytest.mark.parametrize(
    ("name", "values", "said"),
    [
        ("rows", {"baca_baris": 5}, "terlalu besar"),
        ("cells", {"baca_sel_juta": 0.0001}, "terlalu besar"),
        ("width", {"baca_sel_sebaris": 20}, "jauh di luar tabel"),
    ],
)
@pytest.mark.parametrize("writer", [write_csv, write_html, write_xlsx])
def test_too_many_rows_or_cells_are_refused_in_every_format(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, values: dict[str, float], said: str, writer: object
) -> None:
    path = writer(tmp_path / name, make_table(2, make_children()))  # type: ignore[operator]
    assert len(read_sheet(path).rows) == len(make_children())
    set_limits(monkeypatch, **values)
    with pytest.raises(FileRefused, match=said):
        read_sheet(path)


@pytest.mark.parametrize("line", [b"\n", b"," * 30_000 + b"\n"])
def test_a_csv_of_separators_ends_before_memory_does(line: bytes) -> None:
    content = b"x\n" + line * (25_000_000 // len(line))
    with pytest.raises(FileRefused) as caught:
        read_sheet(Upload("koma.csv", content))
    assert caught.value.aturan == "berkas_terlalu_besar"


@pytest.mark.parametrize("harmful", [os.system, exec, io.open])
def test_nothing_but_plain_values_comes_back_from_the_child(harmful: object) -> None:
    with pytest.raises(pickle.UnpicklingError):
        read_child.PlainUnpickler(io.BytesIO(pickle.dumps(harmful))).load()
