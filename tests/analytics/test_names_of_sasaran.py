"""Whose name a sasaran carries: that of its newest round; a family card's head never stands for a child with a number."""

from pathlib import Path

import pytest

from analytics.intake import ImportResult, import_files
from analytics.intake_links import read_links
from analytics.matching import CERTAIN
from data.store import Store, current_version, open_store, read_table, reading
from tests.builders import make_children, make_table, write_csv
from tests.sasaran_tables import KRS, PARAMETER, Row, as_table

CHILD: Row = {"nama": "Anak Contoh A", "id_keluarga": str(KRS["No. Kartu Keluarga"])}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "s")


def take(store: Store, *rows: Row, base: Row = PARAMETER, periode: str | None = None) -> ImportResult:
    path = store.folder.parent / f"{len(list(store.folder.parent.iterdir()))}.csv"
    [result] = import_files(store, [write_csv(path, as_table(list(rows), base))], periode=periode)
    assert result.disimpan
    return result


def version(store: Store, rantai: str) -> str:
    with reading(store) as connection:
        return str(current_version(connection, rantai))


def names(store: Store) -> list[list[str]]:
    table = read_table(store, version(store, "parameter"), "nama")
    return table[["nomor", "nama"]].fillna("").to_numpy().tolist()


def test_a_krs_file_does_not_put_the_head_of_the_family_in_the_place_of_the_child(store: Store) -> None:
    take(store, CHILD | {"periode": "2022-05"})
    import_files(store, [write_csv(store.folder.parent / "u.csv", make_table(2, make_children()[:1]))])
    assert take(store, {}, base=KRS, periode="2022-06").temuan == []
    assert names(store) == [["BLT-0001", "Anak Contoh A"]]
    links = read_links(store, version(store, "parameter"), version(store, "eppgbm"))
    assert links["keadaan"].tolist() == [CERTAIN]


def test_a_card_alone_carries_the_name_of_its_head_until_a_numbered_sasaran_comes(store: Store) -> None:
    take(store, {}, base=KRS, periode="2022-06")
    assert names(store) == [["", "Ayah Contoh"]]
    take(store, {}, base=KRS | {"Nama Kepala Keluarga": "Ayah Baru"}, periode="2022-09")
    assert names(store) == [["", "Ayah Baru"]]


def test_the_name_of_the_newest_round_stays_in_whatever_order_files_come_and_the_change_is_told(store: Store) -> None:
    take(store, CHILD | {"nama": "Moh. Rizki", "periode": "2022-05"})
    told = take(store, CHILD | {"nama": "Muhammad Rizki", "periode": "2022-09"}).temuan
    assert [(each.aturan, each.kolom, each.nilai, each.tingkat) for each in told] == [
        ("nama_berubah", "nama", "", "info")
    ]
    late = take(store, CHILD | {"nama": "Lain Sekali", "periode": "2022-02"}).temuan
    assert [each.aturan for each in late] == ["nama_berubah"] and names(store) == [["BLT-0001", "Muhammad Rizki"]]
    assert take(store, CHILD | {"nama": "MUHAMMAD  RIZKI.", "periode": "2022-10"}).temuan == []
    assert not {"Rizki", "Lain"} & set(" ".join(each.pesan for each in [*told, *late]).split())


def test_of_two_rounds_in_one_file_the_newer_names_the_sasaran(store: Store) -> None:
    take(store, CHILD | {"nama": "Baru", "periode": "2022-09"}, CHILD | {"nama": "Lama", "periode": "2022-05"})
    assert names(store) == [["BLT-0001", "Baru"]]
