"""Where a file becomes stored numbers: read, check, score, merge, store; all files of one call, or none.

The only modules of analytics that meet the store are this one and `serving`; all others are pure functions on tables.
"""

import getpass
import hashlib
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from analytics.intake_families import FAMILIES, FAMILIES_AT_RISK, WOMEN
from analytics.intake_kind import Incoming, Kind, Tables
from analytics.intake_measurements import MEASUREMENTS
from data.findings import FileRefused, Finding, make_finding, refuse
from data.pseudonymize import load_key
from data.read import read_sheet
from data.snapshot import ImportRecord, clear_orphans, write_version
from data.store import Store, current_version, lineage, read_table, writing

KINDS: dict[str, Kind] = {"eppgbm": MEASUREMENTS, "parameter": FAMILIES, "krs": FAMILIES_AT_RISK, "bumil": WOMEN}


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

    def __init__(self, store: Store, connection: sa.Connection, periode: str | None) -> None:
        self.store, self.connection, self.periode = store, connection, periode
        self.key = load_key(store.folder)
        self.chains: dict[str, Chain] = {}
        self.pending: list[tuple[ImportResult, Kind, Tables]] = []

    def chain(self, kind: Kind) -> Chain:
        """Return the chain of a kind, opened from the store at first need."""
        name = kind.rantai
        if name not in self.chains:
            version = current_version(self.connection, name)
            tables = {table: read_table(self.store, version, table) for table in kind.tabel} if version else {}
            self.chains[name] = Chain(tables, set(lineage(self.connection, name)["sha256"]))
        return self.chains[name]

    def take(self, path: Path, jenis: str | None) -> ImportResult:
        """Return what a file becomes; remember it for `store_all` unless it is refused or already there."""
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
        """Write one version a remembered file."""
        for result, kind, tables in self.pending:
            counts = (result.baris, result.diterima, result.ditolak)
            record = ImportRecord(
                kind.rantai, result.jenis or "", result.berkas, result.sha256, self.periode, *counts, _who()
            )
            write_version(self.store, self.connection, record, tables | kind.derive(tables))


def import_files(
    store: Store, paths: list[Path], jenis: str | None = None, periode: str | None = None, uji_coba: bool = False
) -> list[ImportResult]:
    """Read, check and store files, all or none; return one result a file.

    With `uji_coba` nothing is stored. A file already part of the current version changes nothing and says so.
    """
    with writing(store) as connection:
        clear_orphans(store, connection)
        importer = Importer(store, connection, periode)
        results = [importer.take(path, jenis) for path in paths]
        if uji_coba or any(result.refused for result in results):
            return results
        kept = {id(result) for result, _, _ in importer.pending}
        importer.store_all()
        return [replace(result, disimpan=id(result) in kept) for result in results]


def import_tables(store: Store, jenis: str, berkas: str, sha256: str, baris: int, tables: Tables) -> None:
    """Store tables that no file was read for (the sample data) as the newest version of their kind."""
    with writing(store) as connection:
        importer = Importer(store, connection, None)
        result = ImportResult(berkas, sha256, jenis, baris=baris, diterima=baris)
        importer.add(result, KINDS[jenis], tables)
        importer.store_all()


def _who() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no user name is known to the system
        return "tidak diketahui"
