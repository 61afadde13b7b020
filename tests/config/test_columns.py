"""The column lists: declared once, spellings clear, kinds never mixed up."""

import pytest

from config.columns import (
    COLUMN_TYPES,
    Kind,
    almost_kind,
    header_key,
    load_kinds,
    map_header,
    match_kind,
    missing_columns,
)
from tests.builders import GENERATIONS

KRS = (
    "No. Kartu Keluarga,NIK Kepala Keluarga,Nama Kepala Keluarga,NIK Istri,Nama Istri,Kecamatan,Desa,Punya Anak 0-23 Bulan,"
    "Punya Anak 24-59 Bulan,PUS,PUS Hamil,Keluarga Tidak Mempunyai Sumber Air Minum Utama yang Layak,"
    "Keluarga Tidak Mempunyai Jamban yang Layak,PUS 4 Terlalu Muda (Umur Istri < 20 Tahun),"
    "PUS 4 Terlalu Tua (Umur Istri 35 sd 40 Tahun),PUS 4 Terlalu Dekat (< 2 Tahun),PUS 4 Terlalu Banyak (≥ 3 Anak),"
    "Bukan Peserta KB Modern,Jenis Pendampingan yang Diterima"
)
KRS_COUNTS = (
    "PROVINSI,KABUPATEN,KECAMATAN,KELURAHAN,TERLALU TUA (UMUR ISTRI 35-40 TAHUN),TERLALU MUDA (UMUR ISTRI < 20 TAHUN),"
    "KELUARGA TIDAK MEMPUNYAI JAMBAN YANG LAYAK,KELUARGA TIDAK MEMPUNYAI SUMBER AIR MINUM UTAMA YANG LAYAK,"
    "BUKAN PESERTA KB MODERN"
)
BUMIL_REGISTER = (
    "No,NIK,Nama Ibu,Tanggal Lahir,Umur,Alamat,No Hp,Hamil Ke,Minggu Ke,Berat Badan (Kg),Sesuai Kurva Buku KIA,LILA (cm),"
    "Tekanan Darah,Sesuai Kurva Buku KIA,Batuk Terus Menerus"
)
PARAMETER = "id_sasaran,id_keluarga,jenis_sasaran,nama,desa,kecamatan,periode,SP01,SP02"
BUMIL = "id_sasaran,nama,desa,kecamatan,tanggal,usia_kehamilan_minggu,lila_cm,hb_g_dl,status"
KEGIATAN = "kode,kegiatan,target_kali,terlaksana_kali,per_tanggal,tujuan,output"
WITH_COLUMNS = [kind for kind in load_kinds().values() if kind.kolom]
OTHER_HEADERS = [
    (KRS, "krs"),
    (KRS_COUNTS, "rekap_krs"),
    (BUMIL_REGISTER, "register_bumil"),
    ("NIK,NAMA_LENGKAP,TANGGAL_HPHT,KEHAMILAN_KE", "register_bumil"),
    (BUMIL, "bumil"),
    (PARAMETER, "parameter"),
    (KEGIATAN, "kegiatan"),
    ("anak_ke,riwayat_4t,riwayat_kb,asi,imunisasi,diasuh_oleh", None),
    ("Kode,Nama,Jumlah", None),
    ("", None),
]


@pytest.mark.parametrize("kind", WITH_COLUMNS, ids=lambda kind: kind.id)
def test_every_column_is_declared_completely(kind: Kind) -> None:
    columns = kind.kolom
    assert len({column.nama for column in columns}) == len(columns)
    assert {*kind.tanda_baris, *kind.sel_inti} <= {column.nama for column in columns}
    assert kind.tanda_baris[0] in {column.nama for column in kind.wajib()}
    for column in columns:
        assert column.jenis in COLUMN_TYPES
        assert column.label and column.keterangan
        assert bool(column.nilai) == (column.jenis == "pilihan")
        assert column.satuan or column.jenis != "ukuran"


@pytest.mark.parametrize("kind", WITH_COLUMNS, ids=lambda kind: kind.id)
def test_no_spelling_means_two_columns(kind: Kind) -> None:
    spellings = [key for column in kind.kolom for key in column.header_keys()]
    assert len(spellings) == len(set(spellings))


@pytest.mark.parametrize("generation", [1, 2, 3])
def test_every_header_of_every_generation_is_known(generation: int) -> None:
    header = GENERATIONS[generation]
    assert match_kind(header) == "eppgbm"
    assert len(map_header(header)) == len(header)


@pytest.mark.parametrize(
    ("written", "label"),
    [("TGL\nLAHIR", "Tgl Lahir"), ("bb / tb", "BB/TB"), ("Zs\xa0BB/U ", "ZS BB/U"), ("Desa / Kel.", "Desa/Kel")],
)
def test_case_spaces_breaks_and_marks_of_a_header_do_not_matter(written: str, label: str) -> None:
    assert header_key(written) == header_key(label)


@pytest.mark.parametrize(
    ("label", "spelling"), [("Pukesmas", "Puskesmas"), ("Kec", "KECAMATAN"), ("Desa/Kel", "Desa"), ("Prov", "Provinsi")]
)
def test_spellings_met_elsewhere_are_the_same_column(label: str, spelling: str) -> None:
    assert map_header([label]).keys() == map_header([spelling]).keys() != set()


@pytest.mark.parametrize(("header", "kind"), OTHER_HEADERS)
def test_other_tables_are_told_apart_by_their_header(header: str, kind: str | None) -> None:
    assert match_kind(header.split(",")) == kind


def test_which_tables_can_be_imported() -> None:
    assert [kind.id for kind in load_kinds().values() if kind.didukung] == [
        "eppgbm",
        "parameter",
        "bumil",
        "krs",
        "kegiatan",
    ]


@pytest.mark.parametrize(
    ("header", "kind"), [(PARAMETER, "parameter"), (BUMIL, "bumil"), (KRS, "krs"), (KEGIATAN, "kegiatan")]
)
def test_every_header_of_the_other_tables_is_known(header: str, kind: str) -> None:
    labels = header.split(",")
    assert len(map_header(labels, kind)) == len(labels)
    shortened = [label for label in labels if label not in ("desa", "Desa", "kegiatan")]
    assert (match_kind(shortened), almost_kind(shortened)) == (None, kind)


def test_a_parameter_is_known_by_its_code_with_or_without_its_name() -> None:
    assert map_header(["SP01", "ss 06", "SH06 Anemia (Hb di bawah 11)", "SP99"], "parameter") == {
        "SP01": [0],
        "SS06": [1],
        "SH06": [2],
    }


def test_a_table_with_a_column_taken_out_is_named_as_such() -> None:
    header = [label for label in GENERATIONS[2] if label != "Tgl Lahir"]
    assert match_kind(header) is None
    assert almost_kind(header) == "eppgbm"
    assert [column.nama for column in missing_columns(header)] == ["tgl_lahir"]


@pytest.mark.parametrize("header", [KRS, KRS_COUNTS, BUMIL_REGISTER, BUMIL, PARAMETER, KEGIATAN])
def test_another_table_is_never_a_measurement_table_with_columns_taken_out(header: str) -> None:
    assert almost_kind(header.split(",")) != "eppgbm"
