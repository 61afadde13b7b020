"""The rules: complete, in Indonesian sentences that can always be filled in."""

import string

import pytest

from config.rules import ALWAYS_GIVEN, Rule, limit, load_limits, load_rules

REFUSING = {
    "tanggal_tidak_ada", "umur_negatif", "umur_di_atas_59_bulan", "jk_kosong", "berat_mungkin_gram", "tinggi_mungkin_meter",
    "desa_tidak_dikenal", "desa_meragukan", "rumus_tanpa_nilai", "baris_kembar", "jumlah_sel_berbeda", "id_sasaran_kosong",
    "jenis_sasaran_tidak_dikenal", "periode_tidak_sah", "sasaran_kembar", "bukan_sasaran", "lila_mungkin_milimeter",
    "status_tidak_diketahui",
}  # fmt: skip
WARNING = {
    "tidak_wajar", "tinggi_menyusut", "status_berbeda", "ukuran_kosong", "tanggal_di_masa_depan", "di_luar_periode",
    "angka_tidak_terbaca", "isian_tidak_dikenal", "ukuran_lahir_salah_satuan", "nik_dibulatkan", "kolom_tidak_dikenal",
    "jawaban_tidak_dikenal", "parameter_bukan_sasaran", "desa_berubah", "angka_tidak_wajar", "status_lila_berbeda",
}  # fmt: skip
INFORMING = {"ukur_ganda_sebulan", "teks_mirip_rumus", "nama_berubah"}
OF_A_FILE = {
    "berkas_tidak_terbaca", "berkas_kosong", "berkas_terlalu_besar", "bukan_tabel_ini", "jenis_tidak_didukung",
    "periode_harus_disebut",
}  # fmt: skip


@pytest.mark.parametrize(
    ("rules", "tingkat"), [(REFUSING | OF_A_FILE, "tolak"), (WARNING, "peringatan"), (INFORMING, "info")]
)
def test_every_decided_rule_has_its_severity(rules: set[str], tingkat: str) -> None:
    assert {load_rules()[rule].tingkat for rule in rules} == {tingkat}


def test_scopes_are_file_and_row() -> None:
    assert {load_rules()[rule].lingkup for rule in REFUSING | WARNING | INFORMING} == {"baris"}
    assert {load_rules()[rule].lingkup for rule in OF_A_FILE} == {"berkas"}
    assert {rule.lingkup for rule in load_rules().values()} == {"baris", "berkas"}


@pytest.mark.parametrize("rule", load_rules().values(), ids=lambda rule: rule.id)
def test_every_sentence_can_be_filled_in_and_says_what_to_do(rule: Rule) -> None:
    for varian, sentence in rule.pesan.items():
        named = {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}
        assert named <= {*ALWAYS_GIVEN, *rule.isi}, varian
        assert sentence[-1] in ".?)", varian
        assert rule.lingkup == "baris" or "{nilai}" in sentence, varian


@pytest.mark.parametrize("name", load_limits())
def test_every_limit_has_unit_source_and_year(name: str) -> None:
    entry = load_limits()[name]
    assert entry.satuan and entry.sumber and entry.berlaku.isdigit()
    assert limit(name) == entry.nilai > 0


def test_a_limit_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError):
        limit("tidak_ada")
