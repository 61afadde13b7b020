"""Where a file becomes stored numbers: read, check, score, merge, store; all files of one call, or none.

The only modules of analytics that meet the store are this one and `serving`; all others are pure functions on tables.
"""

import hashlib
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from analytics.intake_activities import PROGRAMME
from analytics.intake_families import FAMILIES, FAMILIES_AT_RISK, WOMEN
from analytics.intake_kind import Incoming, Kind, Tables
from analytics.intake_links import derive_links
from analytics.intake_measurements import MEASUREMENTS
from data.decisions import read_decisions
from data.findings import FileRefused, Finding, make_finding, refuse
from data.pseudonymize import hide_numbers, load_key
from data.read import RawSheet, Upload, read_sheet
from data.row_rules import refused_rows
from data.snapshot import ImportRecord, storing, write_version
from data.store import Store, current_version, find_table, lineage, read_table, system_user

KINDS: dict[str, Kind] = {
    "eppgbm": MEASUREMENTS,
    "parameter": FAMILIES,
    "krs": FAMILIES_AT_RISK,
    "bumil": WOMEN,
    "kegiatan": PROGRAMME,
}


@dataclass(frozen=True)
class ImportResult:
    """What one file became; `as_report` is the object of `impor --lapor`."""

    berkas: str
    sha256: str
    jenis: str | None
    baris: int = 0
    diterima: int = 0
    ditolak: int = 0
    disimpan: bool = False
    temuan: list[Finding] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """True when the whole file is kept out."""
        return self.diterima == 0

    def as_report(self) -> dict[str, Any]:
        """Return the result as plain values, in the order of the report."""
        return asdict(self)


@dataclass
class Chain:
    """The versions of one chain during an import: the tables so far, and the hashes of the files in them."""

    tables: Tables
    seen: set[str]


class Importer:
    """Takes files in one after the other, each on top of the one before, and stores them in the end."""

    def __init__(self, store: Store, connection: sa.Connection, periode: str | None, siapa: str | None = None) -> None:
        self.store, self.connection, self.periode = store, connection, periode
        self.key = load_key(store.folder)
        self.chains: dict[str, Chain] = {}
        self.siapa = siapa or system_user()
        self.pending: list[tuple[ImportResult, Kind, Tables]] = []
        self.refused: list[RawSheet | None] = []  # the refused rows of each file, None where no table was found

    def chain(self, kind: Kind) -> Chain:
        """Return the chain of a kind, opened from the store at first need."""
        name = kind.rantai
        if name not in self.chains:
            version = current_version(self.connection, name)
            tables = _handed_on(self.store, version, kind) if version else {}
            self.chains[name] = Chain(tables, set(lineage(self.connection, name)["sha256"]))
        return self.chains[name]

    def take(self, path: Path | Upload, jenis: str | None = None) -> ImportResult:
        """Return what a file becomes; remember it for `store_all` unless it is refused or already there."""
        self.refused.append(None)
        result = ImportResult(path.name, "", jenis)
        try:
            sheet = read_sheet(path)
            if jenis is not None and jenis != sheet.jenis:
                raise refuse("bukan_tabel_ini", path.name, "jenis_lain", jenis)
            sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
            result = replace(result, sha256=sha256, jenis=sheet.jenis, baris=len(sheet.rows))
            kind = KINDS[sheet.jenis]
            chain = self.chain(kind)
            outcome = kind.take(Incoming(sheet, sha256, self.periode, self.key), chain.tables)
        except FileRefused as refusal:
            return replace(result, baris=0, temuan=[refusal.as_finding()])
        found = sorted(outcome.temuan, key=lambda finding: finding.baris)
        self.refused[-1] = replace(sheet, rows=sheet.rows.loc[refused_rows(found)])
        rest = result.baris - outcome.diterima
        result = replace(result, diterima=outcome.diterima, ditolak=rest, temuan=found)
        if sha256 in chain.seen:
            return replace(result, temuan=[make_finding("berkas_sudah_ada", 0, "", path.name), *found])
        if not result.refused:
            self.add(result, kind, outcome.tables)
        return result

    def add(self, result: ImportResult, kind: Kind, tables: Tables) -> None:
        """Remember the tables a file leads to; the next file builds on them."""
        chain = self.chain(kind)
        chain.tables = tables
        chain.seen.add(result.sha256)
        self.pending.append((result, kind, tables))

    def store_all(self) -> None:
        """Write one version a remembered file; the last one of a chain knows its links with the other."""
        last = {kind.rantai: place for place, (_, kind, _) in enumerate(self.pending)}
        decided = read_decisions(self.store)
        for place, (result, kind, tables) in enumerate(self.pending):
            counts = (result.baris, result.diterima, result.ditolak)
            name = hide_numbers(result.berkas)
            what = (kind.rantai, result.jenis or "", name, result.sha256, self.periode)
            record = ImportRecord(*what, *counts, self.siapa)
            whole = tables | kind.derive(tables, decided)
            if last[kind.rantai] == place:
                whole |= derive_links(self.store, self.connection, kind.rantai, whole)
            write_version(self.store, self.connection, record, whole)


def import_files(
    store: Store, paths: list[Path], jenis: str | None = None, periode: str | None = None, uji_coba: bool = False
) -> list[ImportResult]:
    """Read, check and store files, all or none; return one result a file.

    With `uji_coba` nothing is stored. A file already part of the current version changes nothing and says so.
    """
    with storing(store) as connection:
        importer = Importer(store, connection, periode)
        results = [importer.take(path, jenis) for path in paths]
        if uji_coba or any(result.refused for result in results):
            return results
        kept = {id(result) for result, _, _ in importer.pending}
        importer.store_all()
        return [replace(result, disimpan=id(result) in kept) for result in results]


def import_tables(store: Store, jenis: str, berkas: str, sha256: str, baris: int, tables: Tables) -> None:
    """Store tables that no file was read for (the sample data) as the newest version of their kind."""
    with storing(store) as connection:
        importer = Importer(store, connection, None)
        result = ImportResult(berkas, sha256, jenis, baris=baris, diterima=baris)
        importer.add(result, KINDS[jenis], tables)
        importer.store_all()


def _handed_on(store: Store, version: str, kind: Kind) -> Tables:
    tables = {name: read_table(store, version, name) for name in kind.tabel}
    found = {name: find_table(store, version, name) for name in kind.jika_ada}
    return tables | {name: table for name, table in found.items() if table is not None}
