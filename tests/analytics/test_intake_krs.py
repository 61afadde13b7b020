"""Families at risk (KRS) from file to store: their month, the round they add to, what becomes of a row."""

from pathlib import Path

from data.store import Store
from tests.intakes import answers, stored, take, told, version_of, write
from tests.sasaran_tables import KRS

CARD, TOILET = "No. Kartu Keluarga", "Keluarga Tidak Mempunyai Jamban yang Layak"


def test_krs_needs_its_month(store: Store, tmp_path: Path) -> None:
    path = write(tmp_path, "a.csv", {}, base=KRS)
    without = take(store, path)
    assert (without.refused, without.baris, without.jenis) == (True, 0, "krs")
    [found] = without.temuan
    assert (found.aturan, found.baris, "--periode" in found.pesan) == ("periode_harus_disebut", 0, True)
    assert version_of(store) is None
    assert take(store, path, periode="2022-05").disimpan
    assert set(stored(store)["periode"]) == {"2022-05"}
    again = take(store, path, periode="2022-05")
    assert again.temuan[0].aturan == "berkas_sudah_ada" and not again.disimpan


def test_krs_adds_to_the_round_of_the_parameters_without_a_second_sasaran(store: Store, tmp_path: Path) -> None:
    card = str(KRS[CARD])
    take(store, write(tmp_path, "a.csv", {"id_keluarga": card, "SS06": ""}))
    result = take(store, write(tmp_path, "b.csv", {TOILET: "1"}, base=KRS), periode="2022-05")
    assert told(result) == []
    table = stored(store)
    assert table["id_sasaran"].nunique() == 1
    assert (answers(store, "SS06"), answers(store, "SP01")) == (["1"], ["1"])
    corrected = take(store, write(tmp_path, "c.csv", {TOILET: "2"}, base=KRS), periode="2022-05")
    assert corrected.disimpan and answers(store, "SS06") == ["0"]


def test_rows_of_krs_are_families_whatever_they_become(store: Store, tmp_path: Path) -> None:
    both, nobody = {"PUS Hamil": "1"}, {"Punya Anak 0-23 Bulan": "2", "Punya Anak 24-59 Bulan": "2"}
    rows = [
        row | {CARD: f"996311010120{number:04d}"} for number, row in enumerate([both, nobody, {"Desa": "Atlantis"}])
    ]
    result = take(store, write(tmp_path, "a.csv", *rows, base=KRS), periode="2022-05")
    assert (result.baris, result.diterima, result.ditolak) == (3, 1, 2)
    assert sorted(found.aturan for found in result.temuan) == ["bukan_sasaran", "desa_tidak_dikenal"]
    assert stored(store).groupby("jenis_sasaran")["id_sasaran"].nunique().to_dict() == {"balita": 1, "bumil": 1}
