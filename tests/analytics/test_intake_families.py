"""Families, pregnant women and KRS from file to store: findings, corrections, all or none, names apart."""

import os
from pathlib import Path

import pandas as pd
import pytest

from analytics.intake import ImportResult, import_files
from config.places import place_names
from data.answers import ANSWER_COLUMNS, NAME_COLUMNS
from data.bumil import BUMIL_COLUMNS
from data.store import Store, current_version, lineage, open_store, read_table, reading
from tests.builders import make_children, make_table, write_csv
from tests.sasaran_tables import BUMIL, KRS, PARAMETER, Row, as_table

CARD, TOILET = "No. Kartu Keluarga", "Keluarga Tidak Mempunyai Jamban yang Layak"


@pytest.fixture
def store(penyimpanan: Path) -> Store:
    return open_store(penyimpanan)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the files of this test lie, outside the store."""
    path = tmp_path / "berkas"
    path.mkdir()
    return path


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


def test_every_trouble_of_a_messy_file_is_found_and_no_row_is_lost(store: Store, folder: Path) -> None:
    rows = [row | {"ZZ99": "1", "SP01x": ""} for row, _ in MESS]
    result = take(store, write(folder, "a.csv", *rows), periode="2022-05")
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


def test_free_text_is_no_answer_but_the_rest_of_the_row_is_kept(store: Store, folder: Path) -> None:
    result = take(store, write(folder, "a.csv", {"SP01": "mungkin", "SP05": "1"}))
    assert (result.diterima, result.ditolak) == (1, 0)
    assert (answers(store, "SP01"), answers(store, "SP05"), answers(store, "SS01")) == ([None], ["1"], ["TB"])


def test_a_sasaran_who_moves_between_two_files_is_told_and_each_round_keeps_its_desa(
    store: Store, folder: Path
) -> None:
    assert take(store, write(folder, "a.csv", {})).temuan == []
    moved = {"periode": "2022-09", "desa": "Marajai", "kecamatan": "Halong"}
    result = take(store, write(folder, "b.csv", moved))
    assert told(result) == [(2, "desa", "Marajai", "desa_berubah", "peringatan")]
    assert "Galumbang" in result.temuan[0].pesan and "2022-05" in result.temuan[0].pesan
    table = stored(store)
    assert table["id_sasaran"].nunique() == 1
    names = {kode: place_names()[kode] for kode in table["kode_desa"]}
    assert table.assign(desa=table["kode_desa"].map(names)).groupby("periode")["desa"].agg(set).to_dict() == {
        "2022-05": {"Galumbang"},
        "2022-09": {"Marajai"},
    }


def test_importing_the_same_file_again_changes_nothing_and_says_so(store: Store, folder: Path) -> None:
    path = write(folder, "a.csv", {}, {"id_sasaran": "B2"})
    take(store, path)
    before, version = stored(store), version_of(store)
    copy = folder / "nama_lain.csv"
    copy.write_bytes(path.read_bytes())
    for again in (take(store, path), take(store, copy)):
        assert (again.disimpan, again.refused, again.diterima) == (False, False, 2)
        assert (again.temuan[0].aturan, again.temuan[0].baris) == ("berkas_sudah_ada", 0)
    assert version_of(store) == version and len(imports(store)) == 1
    pd.testing.assert_frame_equal(stored(store), before)


def test_one_file_named_twice_is_stored_once(store: Store, folder: Path) -> None:
    path = write(folder, "a.csv", {})
    first, second = import_files(store, [path, path])
    assert second.temuan[0].aturan == "berkas_sudah_ada" and not second.refused
    assert first.disimpan and len(imports(store)) == 1


def test_a_correction_replaces_the_answer_and_the_version_before_can_be_read(store: Store, folder: Path) -> None:
    take(store, write(folder, "a.csv", {}, {"id_sasaran": "B2"}))
    first = version_of(store)
    assert first
    take(store, write(folder, "b.csv", {"SP01": "0", "SP05": "", "nama": "Nama Benar"}))
    assert answers(store, "SP01").count("0") == answers(store, "SP01").count("1") == 1
    assert answers(store, "SP05") == ["0", "0"]  # an empty cell corrects nothing
    assert set(stored(store, "nama")["nama"]) == {"Nama Benar", "Anak Contoh"}
    assert set(read_table(store, first, "jawaban").query("parameter == 'SP01'")["jawaban"]) == {"1"}
    assert imports(store)["induk"].tolist()[0] == first


def test_one_refused_file_keeps_all_others_out(store: Store, folder: Path) -> None:
    good = write(folder, "a.csv", {})
    women = write(folder, "b.csv", {}, base=BUMIL)
    photo = folder / "foto.xlsx"
    photo.write_bytes(b"\xff\xd8\xff\xe0 bukan tabel")
    empty = write(folder, "c.csv", {"desa": "Atlantis"})  # every row refused
    for bad in (photo, empty):
        results = import_files(store, [good, women, bad])
        assert [result.refused for result in results] == [False, False, True]
        assert not any(result.disimpan for result in results)
        assert (version_of(store), version_of(store, "bumil")) == (None, None)
        assert not list((store.folder / "versi").iterdir())
    assert all(result.disimpan for result in import_files(store, [good, women]))


def test_a_trial_stores_nothing_and_finds_the_same(store: Store, folder: Path) -> None:
    path = write(folder, "a.csv", {}, {"SP01": "0"})
    trial = take(store, path, uji_coba=True)
    assert not trial.disimpan and version_of(store) is None
    real = take(store, path)
    assert told(trial) == told(real) == [(3, "id_sasaran", "BLT-0001", "sasaran_kembar", "tolak")]


def test_files_of_every_kind_go_in_together_each_to_its_chain(store: Store, folder: Path) -> None:
    paths = [
        write(folder, "a.csv", {}),
        write(folder, "b.csv", {}, base=BUMIL),
        write_csv(folder / "c.csv", make_table(3, make_children())),
        write(folder, "d.csv", {}, base=KRS),
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
def test_a_file_that_is_not_of_the_named_kind_is_refused(store: Store, folder: Path, jenis: str) -> None:
    result = take(store, write(folder, "a.csv", {}), jenis=jenis)
    assert (result.refused, result.baris, len(result.temuan)) == (True, 0, 1)
    assert (result.temuan[0].baris, result.temuan[0].aturan) == (0, "bukan_tabel_ini")
    assert take(store, write(folder, "a.csv", {}), jenis="parameter").disimpan


def test_krs_needs_its_month(store: Store, folder: Path) -> None:
    path = write(folder, "a.csv", {}, base=KRS)
    without = take(store, path)
    assert (without.refused, without.baris, without.jenis) == (True, 0, "krs")
    [found] = without.temuan
    assert (found.aturan, found.baris, "--periode" in found.pesan) == ("periode_harus_disebut", 0, True)
    assert version_of(store) is None
    assert take(store, path, periode="2022-05").disimpan
    assert set(stored(store)["periode"]) == {"2022-05"}
    again = take(store, path, periode="2022-05")
    assert again.temuan[0].aturan == "berkas_sudah_ada" and not again.disimpan


def test_krs_adds_to_the_round_of_the_parameters_without_a_second_sasaran(store: Store, folder: Path) -> None:
    card = str(KRS[CARD])
    take(store, write(folder, "a.csv", {"id_keluarga": card, "SS06": ""}))
    result = take(store, write(folder, "b.csv", {TOILET: "1"}, base=KRS), periode="2022-05")
    assert told(result) == []
    table = stored(store)
    assert table["id_sasaran"].nunique() == 1
    assert (answers(store, "SS06"), answers(store, "SP01")) == (["1"], ["1"])
    corrected = take(store, write(folder, "c.csv", {TOILET: "2"}, base=KRS), periode="2022-05")
    assert corrected.disimpan and answers(store, "SS06") == ["0"]


def test_rows_of_krs_are_families_whatever_they_become(store: Store, folder: Path) -> None:
    both, nobody = {"PUS Hamil": "1"}, {"Punya Anak 0-23 Bulan": "2", "Punya Anak 24-59 Bulan": "2"}
    rows = [
        row | {CARD: f"996311010120{number:04d}"} for number, row in enumerate([both, nobody, {"Desa": "Atlantis"}])
    ]
    result = take(store, write(folder, "a.csv", *rows, base=KRS), periode="2022-05")
    assert (result.baris, result.diterima, result.ditolak) == (3, 1, 2)
    assert sorted(found.aturan for found in result.temuan) == ["bukan_sasaran", "desa_tidak_dikenal"]
    assert stored(store).groupby("jenis_sasaran")["id_sasaran"].nunique().to_dict() == {"balita": 1, "bumil": 1}


def test_a_woman_is_one_row_a_date_and_a_correction_replaces_it(store: Store, folder: Path) -> None:
    take(store, write(folder, "a.csv", {}, {"tanggal": "2022-09-12", "lila_cm": "23.5"}, base=BUMIL))
    table = stored(store, "bumil", "bumil")
    assert table["status"].tolist() == ["dalam_pemantauan", "hamil_normal"]
    result = take(store, write(folder, "b.csv", {"lila_cm": "24", "desa": "Hauwai"}, base=BUMIL))
    assert [found.aturan for found in result.temuan] == ["desa_berubah"]
    corrected = stored(store, "bumil", "bumil")
    assert corrected[["periode", "lila_cm", "status"]].to_numpy().tolist() == [
        ["2022-05", 24.0, "hamil_normal"],
        ["2022-09", 23.5, "hamil_normal"],
    ]
    assert corrected["id_sasaran"].nunique() == 1


def test_a_woman_has_one_pseudonym_in_both_tables(store: Store, folder: Path) -> None:
    mother: Row = {"jenis_sasaran": "bumil", "id_sasaran": "BML-0001"}
    import_files(store, [write(folder, "a.csv", mother), write(folder, "b.csv", {}, base=BUMIL)])
    assert set(stored(store)["id_sasaran"]) == set(stored(store, "bumil", "bumil")["id_sasaran"])


def test_no_name_and_no_number_of_a_person_leaves_the_table_kept_apart(store: Store, folder: Path) -> None:
    secret = ["BLT-0001", "KEL-0001", "Anak Contoh", "BML-0001", "Ibu Contoh", "Ayah Contoh", str(KRS[CARD])]
    paths = [write(folder, "a.csv", {}), write(folder, "b.csv", {}, base=BUMIL), write(folder, "c.csv", {}, base=KRS)]
    import_files(store, paths, periode="2022-05")
    for name, rantai in (("jawaban", "parameter"), ("bumil", "bumil")):
        text = stored(store, name, rantai).to_csv()
        assert not [word for word in secret if word in text]
    names = stored(store, "nama")
    assert list(names) == NAME_COLUMNS
    assert set(names["nama"]) == {"Anak Contoh", "Ayah Contoh"}
    assert str(KRS[CARD]) not in names.to_csv()
    if os.name != "nt":
        by_name = list((store.folder / "versi").rglob("nama.parquet"))
        assert len(by_name) == 3
        assert {path.stat().st_mode & 0o777 for path in by_name} == {0o600}
