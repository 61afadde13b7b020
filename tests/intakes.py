"""Short words for the tests of imports: write a file, take it in, look what the store holds of it."""

from pathlib import Path

import pandas as pd

from analytics.intake import ImportResult, import_files
from data.store import Store, current_version, lineage, read_table, reading
from tests.builders import write_csv
from tests.sasaran_tables import PARAMETER, Row, as_table


def write(folder: Path, name: str, *rows: Row, base: Row = PARAMETER) -> Path:
    return write_csv(folder / name, as_table(list(rows), base))


def take(store: Store, path: Path, **options: object) -> ImportResult:
    [result] = import_files(store, [path], **options)
    return result


def version_of(store: Store, rantai: str = "parameter") -> str | None:
    with reading(store) as connection:
        return current_version(connection, rantai)


def stored(store: Store, name: str = "jawaban", rantai: str = "parameter") -> pd.DataFrame:
    version = version_of(store, rantai)
    assert version
    return read_table(store, version, name)


def imports(store: Store, rantai: str = "parameter") -> pd.DataFrame:
    with reading(store) as connection:
        return lineage(connection, rantai)


def answers(store: Store, parameter: str) -> list[object]:
    """Return the stored answers to a parameter, None where it was not asked."""
    table = stored(store).query("parameter == @parameter")
    return table["jawaban"].astype(object).where(table["jawaban"].notna(), None).tolist()


def told(result: ImportResult) -> list[tuple[int, str, str, str, str]]:
    return [(f.baris, f.kolom, f.nilai, f.aturan, f.tingkat) for f in result.temuan]
