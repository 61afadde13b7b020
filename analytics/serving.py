"""Opens what is to be shown: the user's own store once it holds anything, else sample data, made when needed."""

import hashlib
import secrets
import shutil
from contextlib import suppress
from functools import cache
from pathlib import Path

import pandas as pd

from analytics.groups import groups_of
from analytics.intake import import_tables
from analytics.intake_activities import ACTIVITIES
from analytics.intake_families import BUMIL, GROUPS, PARAMETER, add_answers, add_women
from analytics.intake_kind import Tables
from analytics.intake_measurements import QUALITY, add_measurements
from analytics.quality_sums import build_quality
from data.answers import identify_sasaran
from data.bumil import as_sasaran
from data.pseudonymize import load_key
from data.sample import sample_rounds
from data.sample_activities import PER_DAY, sample_activities
from data.sample_bumil import sample_bumil
from data.sample_parameter import sample_answers
from data.store import SAMPLE_FOLDER, Store, find_table, holds_data, open_store, read_table, store_folder

ROOT = Path(__file__).resolve().parent.parent
STAMP = "CONTOH.txt"
MADE_FROM = (
    "data/*.py",
    "data/*.sql",
    "data/sample/*",
    "analytics/*.py",
    "config/*.csv",
    "config/*.toml",
    "config/wilayah/*",
)


def open_active() -> Store:
    """Return the opened store to show. Real and sample data are never mixed."""
    own = store_folder()
    if holds_data(own):
        return _opened(own)
    sample = own / SAMPLE_FOLDER
    stamp = sample / STAMP
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != sample_hash():
        make_sample_store(sample)
    return _opened(sample)


def read_groups(store: Store, version: str) -> pd.DataFrame:
    """Return the kelompok desa of a version of the family parameters; made on the spot where it is older than they."""
    kept = find_table(store, version, GROUPS)
    return groups_of(read_table(store, version, "jawaban")) if kept is None else kept


def read_quality(store: Store, version: str) -> pd.DataFrame:
    """Return the sums behind the checks of data quality of a version; made on the spot where it is older than they."""
    kept = find_table(store, version, QUALITY)
    return build_quality(read_table(store, version, "pengukuran")) if kept is None else kept


@cache
def _opened(folder: Path) -> Store:
    return open_store(folder)


@cache
def sample_hash() -> str:
    """Return the hash of everything the sample store is made from."""
    digest = hashlib.sha256()
    for pattern in MADE_FROM:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def make_sample_store(folder: Path) -> None:
    """Generate the sample rounds into a store beside `folder`, then put it in place whole."""
    making = folder.parent / f".{folder.name}-{secrets.token_hex(4)}" / SAMPLE_FOLDER
    store = open_store(making)
    _add_measurements(store)
    _add_families(store)
    activities = sample_activities()
    name, sha256 = f"{ACTIVITIES}_{PER_DAY[:7]}_CONTOH.xlsx", _sample_sha256(ACTIVITIES)
    import_tables(store, ACTIVITIES, name, sha256, len(activities), {ACTIVITIES: activities})
    store.engine.dispose()
    (making / STAMP).write_text(sample_hash(), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):  # another process put the same sample in place first
        making.replace(folder)
    shutil.rmtree(making.parent, ignore_errors=True)


def _add_measurements(store: Store) -> None:
    tables: Tables = {}
    for periode, table in sample_rounds().items():
        sha256 = _sample_sha256(f"eppgbm {periode}")
        tables = add_measurements(table, sha256, load_key(store.folder), tables)
        import_tables(store, "eppgbm", f"eppgbm_{periode}_CONTOH.xlsx", sha256, len(table), tables)


def _add_families(store: Store) -> None:
    rounds = {PARAMETER: (sample_answers(), add_answers), BUMIL: (_sample_women(), add_women)}
    for jenis, (parts, add) in rounds.items():
        tables: Tables = {}
        for periode, rows in parts.items():
            keys = identify_sasaran(rows, load_key(store.folder), tables.get("jawaban"))
            tables = add(rows, keys, tables)
            name = f"{jenis}_{periode}_CONTOH.xlsx"
            import_tables(store, jenis, name, _sample_sha256(f"{jenis} {periode}"), len(rows), tables)


def _sample_women() -> dict[str, pd.DataFrame]:
    return {periode: as_sasaran(rows) for periode, rows in sample_bumil().items()}


def _sample_sha256(name: str) -> str:
    return hashlib.sha256(f"{sample_hash()} {name}".encode()).hexdigest()
