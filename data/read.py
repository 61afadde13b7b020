"""Reads an uploaded table: the file type by content, the sheet and the header by what they hold."""

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from config.columns import almost_kind, load_kinds, map_header, match_kind, missing_columns
from config.rules import limit
from data.find_table import cut_table, find_almost_header, find_header
from data.findings import FileRefused, refuse
from data.read_child import read_in_child
from data.read_csv import read_csv
from data.sheet import Grid, RawSheet

__all__ = ["FileRefused", "RawSheet", "Upload", "find_kind", "read_sheet"]

ZIP, OLE = b"PK\x03\x04", bytes.fromhex("D0CF11E0A1B11AE1")
PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*")


def find_kind(header: Sequence[object]) -> str | None:
    """Return the kind of table by its header (see `config/jenis_tabel.toml`), or None."""
    return match_kind(header)


@dataclass(frozen=True)
class Upload:
    """A file that came in over the page: it stands in memory only. Used as a Path is, as far as reading goes."""

    name: str
    content: bytes

    def read_bytes(self) -> bytes:
        """Return what the file holds."""
        return self.content


def read_sheet(path: Path | Upload) -> RawSheet:
    """Return the table of an uploaded file.

    Raises FileRefused with one Indonesian sentence when the file cannot be read, holds no such table, holds a table
    that cannot be imported yet, or holds more than one.
    """
    berkas = path.name
    grids = [grid for grid in _read_grids(berkas, _read_bytes(path)) if grid.rows]
    if not grids:
        raise refuse("berkas_kosong", berkas)
    tables = [(grid, found) for grid in grids if (found := find_header(grid)) is not None]
    usable = [(grid, index, kind) for grid, (index, kind) in tables if load_kinds()[kind].didukung]
    if not usable:
        raise _explain_no_table(berkas, grids, [kind for _, (_, kind) in tables])
    for grid, index, kind in usable:
        _refuse_doubled_columns(berkas, grid.rows[index], kind)
    sheets = [cut_table(berkas, grid, index, kind) for grid, index, kind in usable]
    filled = [sheet for sheet in sheets if len(sheet.rows)]
    if not filled:
        raise refuse("berkas_kosong", berkas, "tanpa_baris")
    if len(filled) > 1:
        raise refuse("bukan_tabel_ini", berkas, "banyak_lembar", ", ".join(sheet.lembar for sheet in filled))
    return filled[0]


def _read_bytes(path: Path | Upload) -> bytes:
    """Return the content of the file; raises FileRefused when it is missing, a folder, locked, empty or too large."""
    content = path.content if isinstance(path, Upload) else _from_disk(path)
    if not content.strip():
        raise refuse("berkas_kosong", path.name)
    return content


def _from_disk(path: Path) -> bytes:
    if path.is_dir():
        raise refuse("berkas_tidak_terbaca", path.name, "folder")
    try:
        if path.stat().st_size > limit("berkas_megabita") * 1e6:
            raise refuse("berkas_terlalu_besar", path.name)
        return path.read_bytes()
    except FileNotFoundError as problem:
        raise refuse("berkas_tidak_terbaca", path.name, "tidak_ada") from problem
    except OSError as problem:
        raise refuse("berkas_tidak_terbaca", path.name, "terkunci") from problem


def _read_grids(berkas: str, content: bytes) -> list[Grid]:
    """Return the sheets of the file, read according to its content."""
    if content.startswith(ZIP):
        return _read_zip(berkas, content)
    if content.startswith(OLE):
        return read_in_child("xls", berkas, content)
    if content.startswith(b"%PDF"):
        raise refuse("berkas_tidak_terbaca", berkas, "pdf")
    if content.startswith(PICTURES) or _is_other_picture(content):
        raise refuse("berkas_tidak_terbaca", berkas, "foto")
    if content[:4096].lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<?xml") and b"spreadsheet" in content[:4096]:
        raise refuse("berkas_tidak_terbaca", berkas, "lembar_lain")
    if _looks_like_html(content):
        return read_in_child("html", berkas, content)
    grids = read_csv(berkas, content)
    if grids is None:
        raise refuse("berkas_tidak_terbaca", berkas)
    return grids


def _looks_like_html(content: bytes) -> bool:
    """Say whether the file is an HTML page with a table, whatever its name."""
    start = content[: 1 << 16].replace(b"\0", b"").lower()
    return (
        start.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")
        and re.search(rb"<(table|tr)\b", start) is not None
    )


def _is_other_picture(content: bytes) -> bool:
    """Say whether the file is a picture known by marks further in: HEIC, WebP, BMP."""
    return (
        content[4:8] == b"ftyp" or content[8:12] == b"WEBP" or (content.startswith(b"BM") and content[6:10] == bytes(4))
    )


def _read_zip(berkas: str, content: bytes) -> list[Grid]:
    """Return the sheets of a zipped workbook; raises FileRefused for other things that come as a zip."""
    try:
        names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    except (zipfile.BadZipFile, ValueError) as problem:
        raise refuse("berkas_tidak_terbaca", berkas) from problem
    if "xl/workbook.xml" in names:
        return read_in_child("xlsx", berkas, content)
    if "xl/workbook.bin" in names or b"opendocument.spreadsheet" in content[:200]:
        raise refuse("berkas_tidak_terbaca", berkas, "lembar_lain")
    if names & {"word/document.xml", "ppt/presentation.xml"} or b"opendocument." in content[:200]:
        raise refuse("berkas_tidak_terbaca", berkas, "dokumen")
    raise refuse("berkas_tidak_terbaca", berkas, "arsip")


def _refuse_doubled_columns(berkas: str, header: Sequence[object], kind: str) -> None:
    doubled = [str(header[found[-1]]) for found in map_header(header, kind).values() if len(found) > 1]
    if doubled:
        raise refuse("bukan_tabel_ini", berkas, "kolom_kembar", ", ".join(doubled))


def _explain_no_table(berkas: str, grids: list[Grid], kinds: list[str]) -> FileRefused:
    """Return the refusal that says best why no sheet can be used."""
    if kinds:
        return refuse("jenis_tidak_didukung", berkas, daftar=load_kinds()[kinds[0]].nama)
    for grid in grids:
        header = find_almost_header(grid)
        if header is not None:
            lacking = ", ".join(column.label for column in missing_columns(header, almost_kind(header) or "eppgbm"))
            return refuse("bukan_tabel_ini", berkas, "kurang_kolom", lacking)
    return refuse("bukan_tabel_ini", berkas)
