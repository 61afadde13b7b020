"""Files that came in over the page: read and checked first, stored only when somebody has seen what would change.

Meets the store as `intake` does, whose steps it takes one by one.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from analytics.disclosure import Cleared
from analytics.intake import KINDS, Importer, ImportResult
from analytics.intake_kind import Kind, Tables
from analytics.preview import RuleGroup, group_findings, tabulate_changes
from analytics.version_changes import COMPARED, same_content
from data.audit import append_audit
from data.defects import tell_defect
from data.findings import refuse
from data.pseudonymize import hide_numbers
from data.read import Upload
from data.refused import count_named, refused_bytes
from data.snapshot import storing
from data.store import Store, current_version, find_table, now_text, reading

IMPORTED, KNOWN = "impor", "berkas_sudah_ada"
LOG = logging.getLogger("balanting")
Step = tuple[ImportResult, Kind, Tables]
Tell = Callable[[int, str], None]
"""Is told how many files are done, and the name of the next one (empty: what would change is worked out)."""


class Overtaken(Exception):
    """Another import came in between: what was shown is no longer what storing would change."""


@dataclass(frozen=True)
class FileSeen:
    """What one file is: the result of the import, its findings by rule, the refused rows as a file (or None).

    nama: how many of the refused rows name somebody; sama: its content is that of the version that counts now (the same
    file saved anew), so that there is nothing to store.
    """

    result: ImportResult
    temuan: list[RuleGroup]
    ditolak: bytes | None
    nama: int
    akan_disimpan: bool
    sama: bool

    @property
    def brings_nothing(self) -> bool:
        """True when all of it is stored already, from this file or another."""
        return self.sama or any(found.aturan == KNOWN for found in self.result.temuan)


@dataclass(frozen=True)
class Prepared:
    """Files ready to be stored, the versions they build on, and what storing them would change, by chain."""

    files: list[FileSeen]
    periode: str | None
    pending: list[Step]
    dasar: dict[str, str | None]
    perubahan: dict[str, Cleared]


def prepare(
    store: Store, uploads: Sequence[Upload], periode: str | None, ruang: str, tell: Tell = lambda *_: None
) -> Prepared:
    """Read and check files on top of what is stored, without storing and without keeping an import waiting.

    A file that cannot be taken in keeps no other out. Raises PermissionError for a room other than that of named staff.
    """
    chains = {kind.rantai for kind in KINDS.values()}
    with reading(store) as connection:
        dasar = {rantai: current_version(connection, rantai) for rantai in chains}
        importer = Importer(store, connection, periode)
        results = []
        for done, upload in enumerate(uploads):
            tell(done, upload.name)
            results.append(_take(importer, upload))
    tell(len(uploads), "")
    pending = _with_news(store, importer.pending, dasar)
    last = {kind.rantai: tables for _, kind, tables in pending}
    taken, stored = ({id(result) for result, _, _ in each} for each in (importer.pending, pending))
    files = []
    for result, refused in zip(results, importer.refused, strict=True):
        content = refused_bytes(refused, result.temuan) if refused is not None and len(refused.rows) else None
        named = count_named(refused) if refused is not None else 0
        news = id(result) in stored
        same = id(result) in taken and not news
        files.append(FileSeen(result, group_findings(result.temuan), content, named, news, same))
    changes = {
        rantai: tabulate_changes(rantai, _stored(store, dasar[rantai], rantai), tables[COMPARED[rantai]], ruang)
        for rantai, tables in last.items()
    }
    return Prepared(files, periode, pending, {rantai: dasar[rantai] for rantai in last}, changes)


def _with_news(store: Store, pending: list[Step], dasar: dict[str, str | None]) -> list[Step]:
    """Return the files that change something: an answer, a measurement, a name, against what stands before them."""
    before: dict[str, Tables] = {}
    kept = []
    for step in pending:
        _, kind, tables = step
        version = dasar[kind.rantai]
        known = before.get(kind.rantai)
        if known is None and version:
            held = {name: find_table(store, version, name) for name in kind.tabel}
            known = {name: table for name, table in held.items() if table is not None}
        if known is None or not same_content(kind.rantai, known, tables):
            kept.append(step)
        before[kind.rantai] = tables
    return kept


def store_prepared(store: Store, prepared: Prepared, siapa: str, ruang: str) -> None:
    """Store what was prepared, all of it or nothing, and write it into the audit log in the same transaction.

    Raises Overtaken when one of the chains has another version by now; StoreBusy, StoreFull as an import does.
    """
    with storing(store) as connection:
        if any(current_version(connection, rantai) != versi for rantai, versi in prepared.dasar.items()):
            raise Overtaken
        importer = Importer(store, connection, prepared.periode, siapa)
        importer.pending = prepared.pending
        importer.store_all()
        for result, _, _ in prepared.pending:
            details = f"{result.baris} baris, {result.diterima} diterima; {result.sha256[:8]}"
            append_audit(connection, now_text(), siapa, ruang, IMPORTED, hide_numbers(result.berkas), details)


def _take(importer: Importer, upload: Upload) -> ImportResult:
    try:
        return importer.take(upload)
    except Exception as error:  # noqa: BLE001 - a file made to break its reader must not take the page down
        LOG.error("Berkas unggahan tidak terbaca\n%s", tell_defect(error))
        return ImportResult(upload.name, "", None, temuan=[refuse("berkas_tidak_terbaca", upload.name).as_finding()])


def _stored(store: Store, versi: str | None, rantai: str) -> pd.DataFrame | None:
    return find_table(store, versi, COMPARED[rantai]) if versi else None
