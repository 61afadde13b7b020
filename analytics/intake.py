"""Where a file becomes stored numbers: read, check, score, merge, store.

The only modules of analytics that meet the store are this one and `serving`; all others are pure functions on tables.
"""

import getpass
import hashlib
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd
import sqlalchemy as sa

from analytics.measurements import derive_measurements, find_in_history, find_in_scores, merge_measurements
from data.check import check_rows
from data.findings import FileRefused, Finding, make_finding, refuse
from data.kubus import build_kubus, build_register
from data.pseudonymize import identify, load_key, merge_people
from data.read import RawSheet, read_sheet
from data.snapshot import ImportRecord, clear_orphans, write_version
from data.standardize import standardize_eppgbm
from data.store import Store, current_version, lineage, read_table, writing

KIND = "eppgbm"


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
        return self.baris == 0 or self.diterima == 0

    def as_report(self) -> dict[str, Any]:
        """Return the result as plain values, in the order of the report."""
        return asdict(self)


@dataclass(frozen=True)
class Measurements:
    """The tables of kind `eppgbm` of one version."""

    pengukuran: pd.DataFrame
    nama: pd.DataFrame

    def as_tables(self) -> dict[str, pd.DataFrame]:
        """Return every table to store, the derived ones computed now."""
        return {
            "pengukuran": self.pengukuran,
            "nama": self.nama,
            "kubus": build_kubus(self.pengukuran),
            "cakupan": build_register(self.pengukuran),
        }


def import_files(
    store: Store, paths: list[Path], jenis: str | None = None, periode: str | None = None, uji_coba: bool = False
) -> list[ImportResult]:
    """Read, check and store files, all or none; return one result a file.

    With `uji_coba` nothing is stored. A file already part of the current version changes nothing and says so.
    """
    with writing(store) as connection:
        clear_orphans(store, connection)
        tables = _stored(store, current_version(connection, KIND))
        seen = set(lineage(connection, KIND)["sha256"])
        results = []
        pending: list[tuple[ImportResult, Measurements]] = []
        for path in paths:
            result, after = _take_in(path, jenis, periode, tables, load_key(store.folder), seen)
            results.append(result)
            if after is not None:
                tables = after
                seen.add(result.sha256)
                pending.append((result, after))
        if uji_coba or any(result.refused for result in results):
            return results
        return _store(store, connection, results, pending, periode)


def import_table(store: Store, table: pd.DataFrame, berkas: str) -> None:
    """Store an already standardized e-PPGBM table (the sample data), with the same scores as a file would get."""
    sha256 = hashlib.sha256(pd.util.hash_pandas_object(table, index=False).to_numpy().tobytes()).hexdigest()
    with writing(store) as connection:
        version = current_version(connection, KIND)
        after, _ = _score_and_merge(table, sha256, _stored(store, version), load_key(store.folder))
        result = ImportResult(berkas, sha256, KIND, baris=len(table), diterima=len(table))
        _store(store, connection, [result], [(result, after)], None)


def _take_in(
    path: Path, jenis: str | None, periode: str | None, tables: Measurements | None, key: bytes, seen: set[str]
) -> tuple[ImportResult, Measurements | None]:
    result = ImportResult(path.name, "", jenis)
    try:
        sheet = read_sheet(path)
        result = replace(result, sha256=hashlib.sha256(path.read_bytes()).hexdigest())
        if jenis is not None and jenis != sheet.jenis:
            raise refuse("bukan_tabel_ini", path.name, "jenis_lain", jenis)
    except FileRefused as refusal:
        return replace(result, temuan=[refusal.as_finding()]), None
    result = replace(result, jenis=sheet.jenis, baris=len(sheet.rows))
    result, after = _check_and_score(result, sheet, periode, tables, key)
    if result.sha256 in seen:
        known = make_finding("berkas_sudah_ada", 0, "", path.name)
        return replace(result, temuan=[known, *result.temuan]), None
    return result, (None if result.refused else after)


def _check_and_score(
    result: ImportResult, sheet: RawSheet, periode: str | None, tables: Measurements | None, key: bytes
) -> tuple[ImportResult, Measurements]:
    table, parsed = standardize_eppgbm(sheet)
    accepted, checked = check_rows(table, sheet, periode)
    after, fresh = _score_and_merge(accepted, result.sha256, tables, key)
    found = [*parsed, *checked, *find_in_scores(fresh, sheet.header_of)]
    found += find_in_history(after.pengukuran, result.sha256, sheet.header_of)
    found.sort(key=lambda finding: finding.baris)
    result = replace(result, diterima=len(accepted), ditolak=len(table) - len(accepted), temuan=found)
    return result, after


def _score_and_merge(
    accepted: pd.DataFrame, sha256: str, tables: Measurements | None, key: bytes
) -> tuple[Measurements, pd.DataFrame]:
    keys = identify(accepted, tables.nama if tables else None, key)
    fresh = derive_measurements(accepted, keys["id_anak"], sha256)
    merged = merge_measurements(tables.pengukuran if tables else None, fresh)
    return Measurements(merged, merge_people(accepted, keys, tables.nama if tables else None)), fresh


def _stored(store: Store, version: str | None) -> Measurements | None:
    if version is None:
        return None
    return Measurements(read_table(store, version, "pengukuran"), read_table(store, version, "nama"))


def _store(
    store: Store,
    connection: sa.Connection,
    results: list[ImportResult],
    pending: list[tuple[ImportResult, Measurements]],
    periode: str | None,
) -> list[ImportResult]:
    for result, tables in pending:
        record = ImportRecord(
            KIND, result.berkas, result.sha256, periode, result.baris, result.diterima, result.ditolak, _who()
        )
        write_version(store, connection, record, tables.as_tables())
    stored = {result.sha256 for result, _ in pending}
    return [replace(result, disimpan=result.sha256 in stored) for result in results]


def _who() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no user name is known to the system
        return "tidak diketahui"
