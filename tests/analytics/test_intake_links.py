"""Links are worked out when a file is stored, hold for one pair of versions, and are made anew for any other."""

from pathlib import Path

import pandas as pd
import pytest

from analytics import intake_links
from analytics.intake import import_files
from analytics.intake_links import LINKED, PAIRS, read_links, read_pairs
from analytics.matching import CERTAIN
from analytics.matching_sasaran import match_sasaran
from data.kubus import build_register
from data.store import Store, current_version, find_table, open_store, read_table, reading
from tests.builders import make_children, make_table, write_csv
from tests.sasaran_tables import PARAMETER, as_table


def measured(path: Path, name: str, day: str, nama: str = "Anak Contoh A") -> Path:
    children = [child | {"NIK": "02022**********", "Tanggal Pengukuran": day} for child in make_children()[:1]]
    other = make_children()[1] | {"Tanggal Pengukuran": day}
    return write_csv(path / name, make_table(2, [children[0] | {"Nama": nama}, other]))


def families(path: Path, periode: str) -> Path:
    return write_csv(path / f"p{periode}.csv", as_table([{"nama": "Anak Contoh A", "periode": periode}], PARAMETER))


def versions(store: Store) -> tuple[str, str]:
    with reading(store) as connection:
        return str(current_version(connection, "parameter")), str(current_version(connection, "eppgbm"))


def test_whichever_table_comes_last_keeps_the_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store(tmp_path / "s")
    import_files(store, [families(tmp_path, "2022-05")])
    assert find_table(store, versions(store)[0], LINKED) is None
    import_files(store, [measured(tmp_path, "a.csv", "2022-06-04")])
    early = versions(store)
    import_files(store, [families(tmp_path, "2022-09")])
    late = versions(store)
    monkeypatch.setattr(intake_links, "match_sasaran", lambda *_: pytest.fail("not read as stored"))
    for pair in (early, late):
        assert read_links(store, *pair)["keadaan"].tolist() == [CERTAIN]
    names = set(read_table(store, early[1], "nama")["nama"]) | set(read_table(store, late[0], "nama")["nama"])
    for version, table in ((early[1], LINKED), (early[1], PAIRS), (late[0], LINKED)):
        assert not names & set(read_table(store, version, table).astype("str").to_numpy().ravel())


def test_files_of_both_kinds_in_one_call_are_linked(tmp_path: Path) -> None:
    store = open_store(tmp_path / "s")
    import_files(store, [measured(tmp_path, "a.csv", "2022-06-04"), families(tmp_path, "2022-09")])
    kept = read_table(store, versions(store)[0], LINKED)
    assert kept["keadaan"].tolist() == [CERTAIN] and kept["dengan"].tolist() == [versions(store)[1]]


def test_other_pairs_of_versions_are_linked_on_the_spot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store(tmp_path / "s")
    import_files(store, [measured(tmp_path, "a.csv", "2022-06-04")])
    before = versions(store)[1]
    import_files(store, [measured(tmp_path, "b.csv", "2022-07-04")])
    import_files(store, [families(tmp_path, "2022-09")])
    made = []
    monkeypatch.setattr(intake_links, "match_sasaran", lambda *tables: made.append(1) or match_sasaran(*tables))
    assert read_links(store, *versions(store))["keadaan"].tolist() == [CERTAIN] and not made
    assert read_links(store, versions(store)[0], before)["keadaan"].tolist() == [CERTAIN] and made


def test_a_child_typed_anew_is_registered_once(tmp_path: Path) -> None:
    store = open_store(tmp_path / "s")
    import_files(store, [measured(tmp_path, "a.csv", "2022-06-04")])
    import_files(store, [measured(tmp_path, "b.csv", "2022-07-04", "Anak Contoh Aa")])
    version = versions(store)[1]
    pairs = read_pairs(store, version)
    assert pairs["keadaan"].tolist() == [CERTAIN] and len(read_table(store, version, "nama")["id_anak"].unique()) == 3

    def registered(table: pd.DataFrame) -> int:
        return int(table.loc[table["bulan"] == "2022-07", "terdaftar"].sum())

    assert registered(read_table(store, version, "cakupan")) == 2
    assert registered(build_register(read_table(store, version, "pengukuran"))) == 3
