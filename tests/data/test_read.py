"""Files: every format gives the same table; what cannot be read is refused with one sentence that says what to do."""

import zipfile
from pathlib import Path

import openpyxl
import pytest

from data.read import FileRefused, find_kind, read_sheet
from data.standardize import standardize_eppgbm
from tests.builders import (
    ALWAYS_THERE,
    GENERATION_2,
    Table,
    as_typed,
    make_children,
    make_table,
    write_csv,
    write_html,
    write_xlsx,
)

FILES = Path(__file__).parent / "berkas"
WRITERS = {
    "xlsx teks": lambda path, table: write_xlsx(path, table),
    "xlsx bertipe": lambda path, table: write_xlsx(path, as_typed(table)),
    "xlsx bersampul": lambda path, table: write_xlsx(
        path, table, titles=["LAPORAN e-PPGBM", "Juni 2022", ""], cover=True
    ),
    "csv koma": lambda path, table: write_csv(path, table),
    "csv titik koma": lambda path, table: write_csv(path, table, ";", "utf-8", comma=True),
    "csv cp1252": lambda path, table: write_csv(path, table, ";", "cp1252"),
    "csv tab utf-16": lambda path, table: write_csv(path, table, "\t", "utf-16"),
    "html": lambda path, table: write_html(path, table),
}


def read_columns(path: Path) -> list[dict[str, object]]:
    """Return the columns that every generation has, as records whose missing values are None."""
    table, findings = standardize_eppgbm(read_sheet(path))
    assert findings == []
    part = table[ALWAYS_THERE]
    return part.astype(object).where(part.notna(), None).to_dict("records")


@pytest.fixture
def expected(tmp_path: Path) -> list[dict[str, object]]:
    return read_columns(write_csv(tmp_path / "acuan.csv", make_table(2, make_children())))


def test_the_reference_table_is_what_the_children_are(expected: list[dict[str, object]]) -> None:
    first, third, fifth = expected[0], expected[2], expected[4]
    assert len(expected) == len(make_children())
    assert (first["nama"], first["jk"], first["berat_kg"], first["kode_desa"]) == (
        "Anak Contoh A",
        "L",
        10.6,
        "63.11.01.2006",
    )
    assert str(first["tgl_lahir"])[:10] == "2020-07-17"
    assert str(first["tgl_ukur"])[:10] == "2022-06-04"
    assert (first["zs_tbu_asal"], first["status_tbu_asal"], first["rw"]) == (-2.54, "Pendek", None)
    assert third["lila_cm"] is None
    assert first["nama_ortu"] == "AYAH CONTOH / IBU RENÉE"
    assert fifth["nik"] == "02022**********"


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("generation", [1, 2, 3])
def test_all_formats_and_generations_give_the_same_table(
    tmp_path: Path, expected: list[dict[str, object]], generation: int, writer: str
) -> None:
    path = WRITERS[writer](tmp_path / "tanpa_nama_yang_berarti", make_table(generation, make_children()))
    assert read_columns(path) == expected


@pytest.mark.parametrize("suffix", ["xls", "xlsx", "csv"])
def test_the_name_of_a_file_does_not_matter(tmp_path: Path, expected: list[dict[str, object]], suffix: str) -> None:
    table = make_table(3, make_children())
    assert read_columns(write_html(tmp_path / f"ekspor.{suffix}", table)) == expected
    assert read_columns(write_xlsx(tmp_path / f"ekspor.{suffix}", table)) == expected


def test_the_old_binary_xls_gives_the_same_table(expected: list[dict[str, object]]) -> None:
    assert read_columns(FILES / "biner.xls") == expected


def test_rows_are_numbered_as_the_user_sees_them(tmp_path: Path) -> None:
    table = make_table(2, make_children())
    sheet = read_sheet(write_xlsx(tmp_path / "a.xlsx", table, titles=["Judul", ""]))
    assert (sheet.header_row, list(sheet.rows.index)) == (3, list(range(4, 4 + len(table) - 1)))
    assert sheet.header == GENERATION_2
    assert find_kind(sheet.header) == "eppgbm"
    gaps: Table = [["Judul"], [], *table[:3], [], *table[3:]]
    sheet = read_sheet(write_csv(tmp_path / "a.csv", gaps))
    assert (sheet.header_row, list(sheet.rows.index)[:3]) == (3, [4, 5, 7])


def test_a_note_for_excel_is_no_row(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", make_table(2, make_children()), ";", "utf-8")
    path.write_text("sep=;\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert read_sheet(path).header_row == 1


def refusal(path: Path) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        read_sheet(path)
    assert path.name in caught.value.pesan
    assert caught.value.pesan.endswith(".")
    assert caught.value.as_finding().baris == 0
    return caught.value


@pytest.mark.parametrize(
    ("content", "aturan", "said"),
    [
        (b"", "berkas_kosong", "kosong"),
        (b" \n\n", "berkas_kosong", "kosong"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(200), "berkas_tidak_terbaca", "foto"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "berkas_tidak_terbaca", "foto"),
        (b"\0\0\0\x18ftypheic" + bytes(200), "berkas_tidak_terbaca", "foto"),
        (b"%PDF-1.7\n" + bytes(200), "berkas_tidak_terbaca", "PDF"),
        (bytes(range(256)) * 4, "berkas_tidak_terbaca", "simpan ulang"),
        (b"PK\x03\x04" + bytes(200), "berkas_tidak_terbaca", "simpan ulang"),
        (b"PK\x03\x04 xl/workbook.xml" + bytes(200), "berkas_tidak_terbaca", "simpan ulang"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + bytes(2000), "berkas_tidak_terbaca", "simpan ulang"),
        (b"Kode,Nama\n1,Budi\n", "bukan_tabel_ini", "e-PPGBM"),
        (b"<html><table><tr><td>Kode</td></tr></table></html>", "bukan_tabel_ini", "e-PPGBM"),
        (b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>", "berkas_tidak_terbaca", ".xlsx"),
        (b"NIK,NAMA_LENGKAP,TANGGAL_HPHT,KEHAMILAN_KE\n1,X,2022-05-01,2\n", "jenis_tidak_didukung", "ini register ibu hamil posyandu, belum dapat diimpor"),
        (b"No;NIK;Nama Ibu;Hamil Ke;Minggu Ke;LILA (cm)\n", "jenis_tidak_didukung", "register ibu hamil"),
        (b"No. Kartu Keluarga;NIK Kepala Keluarga;Kecamatan;Desa;Punya Anak 0-23 Bulan;PUS Hamil\n", "bukan_tabel_ini", "kolom Punya Anak 24-59 Bulan."),
        (b"id_sasaran,jenis_sasaran,desa,SP01\n1,balita,Juai,1\n", "bukan_tabel_ini", "kolom periode."),
        (b"id_sasaran,jenis_sasaran,desa,periode,SP01\n", "berkas_kosong", "Isi barisnya"),
    ],
)  # fmt: skip
def test_what_is_no_such_table_is_refused(tmp_path: Path, content: bytes, aturan: str, said: str) -> None:
    path = tmp_path / "berkas.xls"
    path.write_bytes(content)
    refused = refusal(path)
    assert refused.aturan == aturan
    assert said in refused.pesan


def test_missing_files_and_folders_are_refused(tmp_path: Path) -> None:
    assert "tidak ditemukan" in refusal(tmp_path / "tidak_ada.xlsx").pesan
    assert "folder" in refusal(tmp_path).pesan


@pytest.mark.parametrize("name", ["sandi.xlsx"])
def test_a_password_is_named_as_the_reason(name: str) -> None:
    assert "kata sandi" in refusal(FILES / name).pesan


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("word/document.xml", "dokumen"), ("ppt/presentation.xml", "presentasi"), ("xl/workbook.bin", ".xlsb"),
        ("isi/ekspor.xlsx", "arsip zip"),
    ],
)  # fmt: skip
def test_other_zipped_files_are_named_as_what_they_are(tmp_path: Path, part: str, said: str) -> None:
    inner = write_xlsx(tmp_path / "inner.xlsx", make_table(2, make_children())).read_bytes()
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr(part, inner)
    assert said in refusal(tmp_path / "a.xlsx").pesan


def test_an_open_document_sheet_is_named_as_such(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert ".ods" in refusal(tmp_path / "a.ods").pesan


def test_a_torn_workbook_is_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", make_table(2, make_children()))
    path.write_bytes(path.read_bytes()[:-900])
    assert refusal(path).aturan == "berkas_tidak_terbaca"


def test_a_damaged_old_xls_is_refused_without_taking_the_program_down(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Row and column of one cell are set to the last possible: the reader would reserve 100 GB and abort."""
    content = (FILES / "biner.xls").read_bytes()
    number_cell = content.index(bytes([0x7E, 0x02, 0x0A, 0x00]))
    path = tmp_path / "a.xls"
    path.write_bytes(content[: number_cell + 4] + b"\xff\xff\xff\xff" + content[number_cell + 8 :])
    assert refusal(path).aturan == "berkas_tidak_terbaca"
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("place", range(40, 4000, 331))
def test_a_damaged_workbook_is_refused_or_read(tmp_path: Path, place: int) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", make_table(2, make_children()))
    content = path.read_bytes()
    path.write_bytes(content[:place] + content[place + 7 :])
    assert refusal(path).aturan == "berkas_tidak_terbaca"


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    table = [[cell for place, cell in enumerate(row) if place != 3] for row in make_table(2, make_children())]
    refused = refusal(write_csv(tmp_path / "a.csv", table))
    assert (refused.aturan, "kolom Tgl Lahir." in refused.pesan) == ("bukan_tabel_ini", True)


def test_a_doubled_column_is_named(tmp_path: Path) -> None:
    table = [[*row, row[GENERATION_2.index("Berat")]] for row in make_table(2, make_children())]
    assert "lebih dari sekali: Berat." in refusal(write_csv(tmp_path / "a.csv", table)).pesan


def test_a_header_without_rows_is_empty(tmp_path: Path) -> None:
    assert refusal(write_xlsx(tmp_path / "a.xlsx", make_table(2, []))).aturan == "berkas_kosong"


def test_two_sheets_with_tables_are_refused_rather_than_one_dropped(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", make_table(2, make_children()), cover=True)
    workbook = openpyxl.load_workbook(path)
    workbook.copy_worksheet(workbook["Data"]).title = "Juli"
    workbook.save(path)
    assert "Data, Juli" in refusal(path).pesan


def test_a_workbook_of_other_sheets_is_refused(tmp_path: Path) -> None:
    assert (
        refusal(write_xlsx(tmp_path / "a.xlsx", [["Rekap", "Jumlah"], [1, 2]], cover=True)).aturan == "bukan_tabel_ini"
    )
