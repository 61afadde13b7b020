"""The kelompok desa of a store: made at import, kept from version to version, made on the spot for an older one."""

from pathlib import Path

import pandas as pd

from analytics.groups import GROUP_COLUMNS, groups_of
from analytics.intake import import_files
from analytics.serving import read_groups
from config.places import place_names
from data.store import Store, current_version, read_table, reading
from tests.builders import write_csv
from tests.sasaran_tables import PARAMETER, as_table

JUAI, HAMARUNG, TIGARUN = "63.11.01.2003", "63.11.01.2002", "63.11.01.2009"


def write(folder: Path, periode: str, counts: dict[str, int]) -> Path:
    rows = [
        {"id_sasaran": f"{kode}-{number}", "id_keluarga": "", "desa": place_names()[kode], "kecamatan": "Juai", "periode": periode}
        for kode, count in counts.items()
        for number in range(count)
    ]  # fmt: skip
    name = "-".join([periode, *(kode[-4:] + str(count) for kode, count in counts.items())])
    return write_csv(folder.parent / f"{name}.csv", as_table(rows, PARAMETER))


def take(store: Store, *paths: Path) -> pd.DataFrame:
    """Import files in one go; return the kelompok of the version that counts then."""
    assert all(result.disimpan for result in import_files(store, list(paths)))
    return read_groups(store, version_of(store))


def version_of(store: Store) -> str:
    with reading(store) as connection:
        version = current_version(connection, "parameter")
    assert version
    return version


def code(table: pd.DataFrame, kode: str) -> str:
    return str(table.set_index("kode_desa")["kode"][kode])


def test_each_version_holds_its_kelompok_and_they_are_kept(store: Store) -> None:
    first = take(store, write(store.folder, "2022-05", {JUAI: 12, HAMARUNG: 11}))
    assert list(first) == GROUP_COLUMNS and len(first) == 157
    pd.testing.assert_frame_equal(first, read_table(store, version_of(store), "kelompok"))
    assert code(first, JUAI) != code(first, HAMARUNG)
    second = take(store, write(store.folder, "2022-09", {JUAI: 12, HAMARUNG: 3}))
    assert code(second, JUAI) == code(second, HAMARUNG) == code(first, JUAI)
    third = take(store, write(store.folder, "2022-09", {HAMARUNG: 20}))  # more of that round: never divided again
    pd.testing.assert_frame_equal(third, second)


def test_a_round_in_several_files_is_seen_whole(store: Store) -> None:
    first = take(store, write(store.folder, "2022-05", {JUAI: 12, HAMARUNG: 11}))
    parts = [write(store.folder, "2022-09", counts) for counts in ({JUAI: 12}, {HAMARUNG: 11})]
    pd.testing.assert_frame_equal(take(store, *parts), first)


def test_an_older_version_without_kelompok_is_read_and_built_upon(store: Store) -> None:
    made = take(store, write(store.folder, "2022-05", {JUAI: 12, HAMARUNG: 11}))
    (store.folder / "versi" / version_of(store) / "kelompok.parquet").unlink()
    pd.testing.assert_frame_equal(read_groups(store, version_of(store)), made)
    after = take(store, write(store.folder, "2022-09", {JUAI: 12, HAMARUNG: 3}))
    answers = read_table(store, version_of(store), "jawaban")
    pd.testing.assert_frame_equal(after, groups_of(answers))
    assert code(after, JUAI) == code(after, HAMARUNG)
