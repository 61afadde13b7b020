"""Looks through the XML of an .xlsx for what a value reader hides: formulas without a value, cells far outside."""

import html
import re
import zipfile
from collections.abc import Iterator
from typing import IO

from lxml import etree

from config.rules import limit

Formulas = dict[tuple[int, int], str]
CHUNK = 1 << 20
MEGABYTE = 1e6
# Plain searches are many times faster than one pattern; only pieces that hold a formula or an error are taken apart.
_SUSPECT = (b"<f", b":f", b">#")
_CELL_END = re.compile(rb"</(?:\w+:)?c>")
_PLACE = re.compile(rb'\br\s*=\s*["\']([A-Za-z]+)(\d+)["\']')
_ERROR = re.compile(rb'\bt\s*=\s*["\']e["\']')
_TEXT_RESULT = re.compile(rb'\bt\s*=\s*["\']str["\']')
_FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>([^<]*))")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?(?:/>|>([^<]*))")
# A cell with content past column CZ or past row 599,999.
_FAR = re.compile(
    rb"""\br=["'](?:[A-Za-z]{3,}\d+|[D-Zd-z][A-Za-z]\d+|[A-Za-z]{1,2}(?:[6-9]\d{5,}|\d{7,}))["'](?:[^>]*[^/>])?>"""
)


class TooLarge(Exception):
    """The file would unpack to more than the limits allow; `varian` names the sentence of rule berkas_terlalu_besar."""

    def __init__(self, varian: str = "") -> None:
        super().__init__(varian)
        self.varian = varian


def check_unpacked_size(archive: zipfile.ZipFile) -> None:
    """Raise TooLarge when the archive's directory announces more than the limits: in all, or packed too tightly."""
    unpacked = sum(entry.file_size for entry in archive.infolist())
    packed = sum(entry.compress_size for entry in archive.infolist())
    if unpacked > limit("isi_berkas_megabita") * MEGABYTE:
        raise TooLarge
    if unpacked > limit("isi_padat_mulai_megabita") * MEGABYTE and unpacked > packed * limit("isi_padat_kali"):
        raise TooLarge


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return {sheet name: path of its XML in the archive}."""
    targets = {link.get("Id"): str(link.get("Target")) for link in _parse(archive, "xl/_rels/workbook.xml.rels")}
    parts = {}
    for sheet in _parse(archive, "xl/workbook.xml").iter("{*}sheet"):
        link = next((value for name, value in sheet.items() if name.endswith("}id")), "")
        target = targets.get(link, "")
        parts[str(sheet.get("name"))] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return parts


def _parse(archive: zipfile.ZipFile, path: str) -> etree._Element:
    return etree.fromstring(archive.read(path), etree.XMLParser(resolve_entities=False, no_network=True))


def scan_archive(archive: zipfile.ZipFile) -> dict[str, Formulas]:
    """Return {path: formulas without a usable value} for every XML part of a workbook.

    Reads each part once as a stream, which also proves its announced size; parts without formulas cost only the
    unpacking. Raises TooLarge for cells far outside any table, because a value reader reserves memory for everything
    in between (measured: 512 GB for two cells); zipfile.BadZipFile for a size or checksum that is not true.
    """
    return {name: scan_part(archive, name) for name in archive.namelist() if name.endswith(".xml")}


def scan_part(archive: zipfile.ZipFile, path: str) -> Formulas:
    """Return {(row, column), both from 1: formula or error} of the cells of one part without a usable value."""
    found: Formulas = {}
    with archive.open(path) as stream:
        for piece in _whole_cells(stream):
            if _FAR.search(piece):
                raise TooLarge("sel_jauh")
            if _is_suspect(piece):
                for cell in _CELL_END.split(piece):
                    if _is_suspect(cell):
                        found |= _read_cell(cell)
    return found


def _is_suspect(xml: bytes) -> bool:
    return any(mark in xml for mark in _SUSPECT)


def _whole_cells(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield the XML in pieces that end with a cell (a cell holds at most 32,767 characters)."""
    rest = b""
    while chunk := stream.read(CHUNK):
        piece = rest + chunk
        end = max(piece.rfind(b"</c>"), piece.rfind(b":c>")) + len(b"</c>")
        if end < len(b"</c>"):
            end = max(0, len(piece) - CHUNK)
        rest = piece[end:]
        yield piece[:end]
    yield rest


def _read_cell(xml: bytes) -> Formulas:
    """Return {(row, column): text} when the last cell in `xml` holds a formula without value or an Excel error."""
    start = max(xml.rfind(b"<c "), xml.rfind(b":c "))
    opening, _, inside = xml[start:].partition(b">")
    place = _PLACE.search(opening)
    if start < 0 or place is None:
        return {}
    formula, value = _FORMULA.search(inside), _VALUE.search(inside)
    content = (value.group(1) or b"") if value else b""
    key = (int(place.group(2)), _column_number(place.group(1).decode().upper()))
    if _ERROR.search(opening):
        return {key: content.decode("utf-8", "replace") or "#GALAT"}
    if formula is None or content or (value is not None and _TEXT_RESULT.search(opening)):
        return {}
    return {key: "=" + html.unescape((formula.group(1) or b"").decode("utf-8", "replace"))}


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
