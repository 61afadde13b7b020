"""Families, pregnant women and KRS from file to store: findings, corrections, all or none, names apart."""

import os
from pathlib import Path

import pandas as pd
import pytest

from analytics.intake import import_files
from config.places import place_names
from data.answers import ANSWER_COLUMNS, NAME_COLUMNS
from data.bumil import BUMIL_COLUMNS
from data.store import Store, read_table
from tests.builders import make_children, make_table, write_csv
from tests.intakes import answers, imports, stored, take, told, version_of, write
from tests.sasaran_tables import BUMIL, KRS, Row

MESS: list[tuple[Row, list[tuple[str, str, str, str]]]] = [
    ({"id_sasaran": "B1"}, []),
    ({"id_sasaran": "B2", "SP01": "sudah, rutin"}, [("SP01", "sudah, rutin", "jawaban_tidak_dikenal", "peringatan")]),
    ({"id_sasaran": "B1", "SP01": "0"}, [("id_sasaran", "B1", "sasaran_kembar", "tolak")]),
    ({"id_sasaran": "B3", "periode": "Mei 2022"}, [("periode", "Mei 2022", "periode_tidak_sah", "tolak")]),
    ({"id_sasaran": "B4", "periode": "2022-06"}, [("periode", "2022-06", "di_luar_periode", "peringatan")]),
    ({"id_sasaran": "B5", "desa": "Atlantis"}, [("desa", "Atlantis", "desa_tidak_dikenal", "tolak")]),
    ({"id_sasaran": "B4", "periode": "2022-09", "desa": "Hukai"},
     [("desa", "Hukai", "desa_berubah", "peringatan"), ("periode", "2022-09", "di_luar_periode", "peringatan")]),
    ({"id_sasaran": "B6", "jenis_sasaran": "lansia"}, [("jenis_sasaran", "lansia", "jenis_sasaran_tidak_dikenal", "tolak")]),
    ({"id_sasaran": "", "nama": ""}, [("id_sasaran", "", "id_sasaran_kosong", "tolak")]),
    ({"id_sasaran": "B1"}, [("", "2", "baris_kembar", "tolak")]),
]  # fmt: skip


def test_every_trouble_of_a_messy_file_is_found_and_no_row_is_lost(store: Store, tmp_path: Path) -> None:
    rows = [row | {"ZZ99": "1", "SP01x": ""} for row, _ in MESS]
    result = take(store, write(tmp_path, "a.csv", *rows), periode="2022-05")
    expected = [(2 + number, *found) for number, (_, each) in enumerate(MESS) for found in each]
    expected += [
        (1, "ZZ99", "ZZ99", "kolom_tidak_dikenal", "peringatan"),
        (1, "SP01x", "SP01x", "kolom_tidak_dikenal", "peringatan"),
    ]
    assert sorted(told(result)) == sorted(expected)
    assert [found.baris for found in result.temuan] == sorted(found.baris for found in result.temuan)
    assert (result.baris, result.diterima, result.ditolak, result.disimpan) == (10, 4, 6, True)
    by_round = stored(store).groupby("periode")["id_sasaran"].nunique()
    assert by_round.to_dict() == {"2022-05": 2, "2022-06": 1, "2022-09": 1}
    assert "ZZ99" not in set(stored(store)["parameter"])
    assert answers(store, "SP01").count(None) == 1  # what could not be read is no answer


def test_free_text_is_no_answer_but_the_rest_of_the_row_is_kept(store: Store, tmp_path: Path) -> None:
    result = take(store, write(tmp_path, "a.csv", {"SP01": "mungkin", "SP05": "1"}))
    assert (result.diterima, result.ditolak) == (1, 0)
    assert (answers(store, "SP01"), answers(store, "SP05"), answers(store, "SS01")) == ([None], ["1"], ["TB"])


def test_a_sasaran_who_moves_between_two_files_is_told_and_each_round_keeps_its_desa(
    store: Store, tmp_path: Path
) -> None:
    assert take(store, write(tmp_path, "a.csv", {})).temuan == []
    moved = {"periode": "2022-09", "desa": "Marajai", "kecamatan": "Halong"}
    result = take(store, write(tmp_path, "b.csv", moved))
    assert told(result) == [(2, "desa", "Marajai", "desa_berubah", "peringatan")]
    assert "Galumbang" in result.temuan[0].pesan and "2022-05" in result.temuan[0].pesan
    table = stored(store)
    assert table["id_sasaran"].nunique() == 1
    names = {kode: place_names()[kode] for kode in table["kode_desa"]}
    assert table.assign(desa=table["kode_desa"].map(names)).groupby("periode")["desa"].agg(set).to_dict() == {
        "2022-05": {"Galumbang"},
        "2022-09": {"Marajai"},
    }


def test_importing_the_same_file_again_changes_nothing_and_says_so(store: Store, tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", {}, {"id_sasaran": "B2"})
    take(store, path)
    before, version = stored(store), version_of(store)
    copy = tmp_path / "nama_lain.csv"
    copy.write_bytes(path.read_bytes())
    for again in (take(store, path), take(store, copy)):
        assert (again.disimpan, again.refused, again.diterima) == (False, False, 2)
        assert (again.temuan[0].aturan, again.temuan[0].baris) == ("berkas_sudah_ada", 0)
    assert version_of(store) == version and len(imports(store)) == 1
    pd.testing.assert_frame_equal(stored(store), before)


def test_one_file_named_twice_is_stored_once(store: Store, tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", {})
    first, second = import_files(store, [path, path])
    assert second.temuan[0].aturan == "berkas_sudah_ada" and not second.refused
    assert first.disimpan and len(imports(store)) == 1


def test_a_correction_replaces_the_answer_and_the_version_before_can_be_read(store: Store, tmp_path: Path) -> None:
    take(store, write(tmp_path, "a.csv", {}, {"id_sasaran": "B2"}))
    first = version_of(store)
    assert first
    take(store, write(tmp_path, "b.csv", {"SP01": "0", "SP05": "", "nama": "Nama Benar"}))
    assert answers(store, "SP01").count("0") == answers(store, "SP01").count("1") == 1
    assert answers(store, "SP05") == ["0", "0"]  # an empty cell corrects nothing
    assert set(stored(store, "nama")["nama"]) == {"Nama Benar", "Anak Contoh"}
    assert set(read_table(store, first, "jawaban").query("parameter == 'SP01'")["jawaban"]) == {"1"}
    assert imports(store)["induk"].tolist()[0] == first


def test_one_refused_file_keeps_all_others_out(store: Store, tmp_path: Path) -> None:
    good = write(tmp_path, "a.csv", {})
    women = write(tmp_path, "b.csv", {}, base=BUMIL)
    photo = tmp_path / "foto.xlsx"
    photo.write_bytes(b"\xff\xd8\xff\xe0 bukan tabel")
    empty = write(tmp_path, "c.csv", {"desa": "Atlantis"})  # every row refused
    for bad in (photo, empty):
        results = import_files(store, [good, women, bad])
        assert [result.refused for result in results] == [False, False, True]
        assert not any(result.disimpan for result in results)
        assert (version_of(store), version_of(store, "bumil")) == (None, None)
        assert not list((store.folder / "versi").iterdir())
    assert all(result.disimpan for result in import_files(store, [good, women]))


def test_a_trial_stores_nothing_and_finds_the_same(store: Store, tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", {}, {"SP01": "0"})
    trial = take(store, path, uji_coba=True)
    assert not trial.disimpan and version_of(store) is None
    real = take(store, path)
    assert told(trial) == told(real) == [(3, "id_sasaran", "BLT-0001", "sasaran_kembar", "tolak")]


def test_files_of_every_kind_go_in_together_each_to_its_chain(store: Store, tmp_path: Path) -> None:
    paths = [
        write(tmp_path, "a.csv", {}),
        write(tmp_path, "b.csv", {}, base=BUMIL),
        write_csv(tmp_path / "c.csv", make_table(3, make_children())),
        write(tmp_path, "d.csv", {}, base=KRS),
    ]
    results = import_files(store, paths, periode="2022-06")
    assert [result.jenis for result in results] == ["parameter", "bumil", "eppgbm", "krs"]
    assert all(result.disimpan and result.baris == result.diterima + result.ditolak for result in results)
    assert imports(store)["jenis"].tolist() == ["krs", "parameter"]
    assert (len(imports(store, "bumil")), len(imports(store, "eppgbm"))) == (1, 1)
    assert set(imports(store)["periode"]) == {"2022-06"}
    assert list(stored(store)) == ANSWER_COLUMNS
    assert list(stored(store, "bumil", "bumil")) == BUMIL_COLUMNS


@pytest.mark.parametrize("jenis", ["bumil", "krs", "eppgbm"])
def test_a_file_that_is_not_of_the_named_kind_is_refused(store: Store, tmp_path: Path, jenis: str) -> None:
    result = take(store, write(tmp_path, "a.csv", {}), jenis=jenis)
    assert (result.refused, result.baris, len(result.temuan)) == (True, 0, 1)
    assert (result.temuan[0].baris, result.temuan[0].aturan) == (0, "bukan_tabel_ini")
    assert take(store, write(tmp_path, "a.csv", {}), jenis="parameter").disimpan


def test_a_woman_is_one_row_a_date_and_a_correction_replaces_it(store: Store, tmp_path: Path) -> None:
    take(store, write(tmp_path, "a.csv", {}, {"tanggal": "2022-09-12", "lila_cm": "23.5"}, base=BUMIL))
    table = stored(store, "bumil", "bumil")
    assert table["status"].tolist() == ["dalam_pemantauan", "hamil_normal"]
    result = take(store, write(tmp_path, "b.csv", {"lila_cm": "24", "desa": "Hauwai"}, base=BUMIL))
    assert [found.aturan for found in result.temuan] == ["desa_berubah"]
    corrected = stored(store, "bumil", "bumil")
    assert corrected[["periode", "lila_cm", "status"]].to_numpy().tolist() == [
        ["2022-05", 24.0, "hamil_normal"],
        ["2022-09", 23.5, "hamil_normal"],
    ]
    assert corrected["id_sasaran"].nunique() == 1


def test_a_woman_has_one_pseudonym_in_both_tables(store: Store, tmp_path: Path) -> None:
    mother: Row = {"jenis_sasaran": "bumil", "id_sasaran": "BML-0001"}
    import_files(store, [write(tmp_path, "a.csv", mother), write(tmp_path, "b.csv", {}, base=BUMIL)])
    assert set(stored(store)["id_sasaran"]) == set(stored(store, "bumil", "bumil")["id_sasaran"])


def test_no_name_and_no_number_of_a_person_leaves_the_table_kept_apart(store: Store, tmp_path: Path) -> None:
    secret = [
        "BLT-0001",
        "KEL-0001",
        "Anak Contoh",
        "BML-0001",
        "Ibu Contoh",
        "Ayah Contoh",
        str(KRS["No. Kartu Keluarga"]),
    ]
    paths = [
        write(tmp_path, "a.csv", {}),
        write(tmp_path, "b.csv", {}, base=BUMIL),
        write(tmp_path, "c.csv", {}, base=KRS),
    ]
    import_files(store, paths, periode="2022-05")
    for name, rantai in (("jawaban", "parameter"), ("bumil", "bumil")):
        text = stored(store, name, rantai).to_csv()
        assert not [word for word in secret if word in text]
    names = stored(store, "nama")
    assert list(names) == NAME_COLUMNS
    assert set(names["nama"]) == {"Anak Contoh", "Ayah Contoh"}
    assert str(KRS["No. Kartu Keluarga"]) not in names.to_csv()
    if os.name != "nt":
        by_name = list((store.folder / "versi").rglob("nama.parquet"))
        assert len(by_name) == 3
        assert {path.stat().st_mode & 0o777 for path in by_name} == {0o600}
