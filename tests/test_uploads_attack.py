"""Files made to hurt whoever reads them: outside entities, entities that multiply, nested markup."""

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from data.child_sheets import CannotRead
from data.read import FileRefused, Upload, read_sheet
from data.read_html import read_html

HEADER = ["id_sasaran", "nama", "desa", "kecamatan", "tanggal", "lila_cm"]
DOCTYPE = '<!DOCTYPE x [<!ENTITY luar SYSTEM "{file}"><!ENTITY a "{much}"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.fixture
def rahasia(tmp_path: Path) -> Path:
    """A file on this machine that no upload may quote."""
    path = tmp_path / "rahasia.txt"
    path.write_text("ISI-RAHASIA", encoding="utf-8")
    return path


def doctype(file: Path) -> str:
    return DOCTYPE.format(file=file.as_uri(), much="BANYAK" * 1000)


def test_html_neither_fetches_nor_multiplies_entities(rahasia: Path) -> None:
    row = "<tr><td>&luar;</td><td>&b;</td></tr>"
    [(_, rows)] = read_html(f"{doctype(rahasia)}<table>{row}</table>".encode())
    text = str(list(rows))
    assert "RAHASIA" not in text and "BANYAK" not in text


def test_a_workbook_neither_fetches_nor_multiplies_entities(rahasia: Path, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(HEADER)
    book.active.append(["S1", "MARKA", "Halong", "Halong", "2022-05-01", 23])
    whole = io.BytesIO()
    book.save(whole)
    path = tmp_path / "bumil.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith(".xml") and b"MARKA" in content:
                start = content.index(b"?>") + 2 if content.startswith(b"<?xml") else 0
                inside = content[start:].replace(b"MARKA", b"&luar;&b;")
                content = content[:start] + doctype(rahasia).encode() + inside
            target.writestr(name, content)
    try:
        text = read_sheet(path).rows.to_string()
    except FileRefused:
        return
    assert "RAHASIA" not in text and "BANYAK" not in text


@pytest.mark.parametrize("depth", [900, 100_000])
def test_a_page_the_reader_gives_up_in_is_refused_whole(depth: int) -> None:
    """The rows after that place would otherwise be lost without a word."""
    deep = f"{'<b>' * depth}x{'</b>' * depth}"
    page = f"<table><tr><td>1</td></tr><tr><td>{deep}</td></tr><tr><td>3</td></tr></table>"
    with pytest.raises(CannotRead):
        [list(rows) for _, rows in read_html(page.encode())]
    with pytest.raises(FileRefused, match="tidak dapat dibaca"):
        read_sheet(Upload("x.xls", page.encode()))
