"""What an import would change: parts sum to wholes for every kind of table; findings stand by rule, the gravest first."""

from pathlib import Path

import pandas as pd
import pytest

from analytics.preview import SHOWN, group_findings, tabulate_changes
from analytics.upload import Overtaken, prepare, store_prepared
from data.findings import make_finding
from data.read import Upload
from data.sample_activities import sample_activities
from data.store import current_version, lineage, open_store, read_table, reading
from tests.builders import make_children, make_table, write_csv
from tests.sasaran_tables import BUMIL, KRS, PARAMETER, as_table

KINDS = ["baru", "berubah", "hilang", "tetap"]
ACTIVITY = {"kode": "K1", "kegiatan": "FGD", "target_kali": "8", "terlaksana_kali": "6", "per_tanggal": "2022-12-31"}
FILES = {
    "eppgbm": make_table(2, make_children()),
    "parameter": as_table([{}, {"id_sasaran": "B2", "desa": "Hauwai", "kecamatan": "Halong"}], PARAMETER),
    "bumil": as_table([{}], BUMIL),
    "krs": as_table([{}], KRS),
    "kegiatan": as_table([{}, {"kode": "K2"}], ACTIVITY),
}


def upload(folder: Path, name: str, table: list[list[object]]) -> Upload:
    return Upload(name, write_csv(folder / "x.csv", table).read_bytes())


@pytest.mark.parametrize("jenis", FILES)
def test_every_kind_is_prepared_stored_and_then_the_same(penyimpanan: Path, tmp_path: Path, jenis: str) -> None:
    store, file = open_store(penyimpanan), upload(tmp_path, f"{jenis}.csv", FILES[jenis])
    prepared = prepare(store, [file], "2022-05", "petugas")
    [seen] = prepared.files
    assert seen.result.jenis == jenis and seen.akan_disimpan and seen.ditolak is None
    [(rantai, cleared)] = prepared.perubahan.items()
    rows = len(FILES[jenis]) - 1
    assert cleared.table.iloc[-1][KINDS].tolist() == [rows, 0, 0, 0]
    assert cleared.table.iloc[:-1][KINDS].sum().tolist() == ([0] * 4 if jenis == "kegiatan" else [rows, 0, 0, 0])
    store_prepared(store, prepared, "bidan", "petugas")
    with reading(store) as connection:
        assert lineage(connection, rantai)["pengimpor"].tolist() == ["bidan"]
    again = prepare(store, [file], "2022-05", "petugas")
    assert again.pending == [] and again.files[0].result.temuan[0].aturan == "berkas_sudah_ada"


def test_several_files_of_one_kind_build_on_each_other_and_a_bad_one_keeps_none_out(
    penyimpanan: Path, tmp_path: Path
) -> None:
    store, children = open_store(penyimpanan), make_children()
    files = [upload(tmp_path, f"{part}.csv", make_table(2, children[part : part + 4])) for part in (0, 4)]
    told: list[tuple[int, str]] = []
    prepared = prepare(
        store,
        [files[0], Upload("x.pdf", b"%PDF-1.7"), files[1], files[0]],
        None,
        "petugas",
        lambda *step: told.append(step),
    )
    assert [seen.akan_disimpan for seen in prepared.files] == [True, False, True, False]
    assert told == [(0, "0.csv"), (1, "x.pdf"), (2, "4.csv"), (3, "0.csv"), (4, "")]
    store_prepared(store, prepared, "bidan", "petugas")
    with reading(store) as connection:
        version = current_version(connection, "eppgbm")
    assert version and len(read_table(store, version, "pengukuran")) == 8


def test_preparing_alone_leaves_the_store_as_it_was_and_waits_for_nobody(penyimpanan: Path, tmp_path: Path) -> None:
    from data.store import writing

    store = open_store(penyimpanan)
    before = sorted(path.name for path in (penyimpanan / "versi").iterdir())
    with writing(store):  # an import is running
        prepare(store, [upload(tmp_path, "a.csv", FILES["eppgbm"])], None, "petugas")
    assert sorted(path.name for path in (penyimpanan / "versi").iterdir()) == before == []


def test_what_was_overtaken_is_not_stored(penyimpanan: Path, tmp_path: Path) -> None:
    store = open_store(penyimpanan)
    first, second = (
        prepare(store, [upload(tmp_path, "a.csv", make_table(2, make_children()[:size]))], None, "petugas")
        for size in (2, 3)
    )
    store_prepared(store, first, "bidan", "petugas")
    with pytest.raises(Overtaken):
        store_prepared(store, second, "bidan", "petugas")
    with reading(store) as connection:
        assert len(lineage(connection, "eppgbm")) == 1


def test_activities_are_told_apart_by_what_they_hold() -> None:
    before = sample_activities()
    after = before.drop(index=0).assign(terlaksana_kali=before["terlaksana_kali"] + (before["kode"] == "K2"))
    after = pd.concat([after, before.iloc[[0]].assign(kode="K9")], ignore_index=True)
    table = tabulate_changes("kegiatan", before, after, "petugas").table
    assert table[["nama", *KINDS]].to_numpy().tolist() == [["Balangan", 1, 1, 1, 3]]


@pytest.mark.parametrize("ruang", ["publik", "rapat"])
def test_changes_are_for_named_staff_only(ruang: str) -> None:
    with pytest.raises(PermissionError):
        tabulate_changes("kegiatan", None, sample_activities(), ruang)


def test_findings_stand_by_rule_the_gravest_first_then_the_most_frequent() -> None:
    few = [make_finding("jk_kosong", row, "JK", "") for row in range(2, 4)]
    many = [make_finding("nik_dibulatkan", row, "NIK", "1") for row in range(2, 20)]
    whole = make_finding("berkas_sudah_ada", 0, "", "x.csv")
    groups = group_findings([whole, *many, *few, make_finding("baris_kembar", 9, "", "2")])
    assert [(group.aturan, group.jumlah, len(group.contoh)) for group in groups] == [
        ("jk_kosong", 2, 2), ("baris_kembar", 1, 1), ("nik_dibulatkan", 18, SHOWN),
    ]  # fmt: skip
