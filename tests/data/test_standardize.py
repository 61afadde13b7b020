"""The standardized table: fixed columns and types, and a finding for every cell that could not be read."""

from pathlib import Path

import pandas as pd
import pytest

from config.columns import load_columns
from data.findings import Finding
from data.read import read_sheet
from data.standardize import standardize_eppgbm
from tests.builders import GENERATIONS, as_typed, make_children, make_table, write_csv, write_xlsx

ROW = 4  # the changed child stands in this row of the file


def standardize(folder: Path, generation: int = 3, **changes: str) -> tuple[pd.Series, list[Finding]]:
    """Return the row of one changed child ({label with _ for spaces and slashes}) and all findings."""
    children = make_children()
    children[ROW - 2] |= {label.replace("__", "/").replace("_", " "): value for label, value in changes.items()}
    table, findings = standardize_eppgbm(read_sheet(write_csv(folder / "a.csv", make_table(generation, children))))
    return table.set_index("baris").loc[ROW], findings


def test_columns_and_types_are_the_same_for_every_generation(tmp_path: Path) -> None:
    kinds = {"tanggal": "datetime64[us]", "angka": "float64", "ukuran": "float64"}
    expected = {"baris": "int64"}
    expected |= {column.nama: kinds.get(column.jenis, "str") for column in load_columns() if column.jenis != "abaikan"}
    expected["kode_desa"] = "str"
    for generation in GENERATIONS:
        table, _ = standardize_eppgbm(
            read_sheet(write_csv(tmp_path / "a.csv", make_table(generation, make_children())))
        )
        assert {name: str(dtype) for name, dtype in table.dtypes.items()} == expected
        assert list(table.index) == list(range(len(table)))
        assert list(table["baris"]) == list(range(2, len(table) + 2))


def test_columns_that_a_generation_lacks_are_missing(tmp_path: Path) -> None:
    row, findings = standardize(tmp_path, generation=1)
    assert row[["cara_ukur", "kelas_ibu", "mbg", "detail"]].isna().all()
    assert findings == []


@pytest.mark.parametrize(
    ("label", "written", "column", "value"),
    [
        ("JK", "Laki-laki", "jk", "L"), ("JK", "p ", "jk", "P"), ("JK", "PEREMPUAN", "jk", "P"), ("JK", "l", "jk", "L"),
        ("Cara_Ukur", "Telentang", "cara_ukur", "terlentang"), ("Cara_Ukur", "BERDIRI", "cara_ukur", "berdiri"),
        ("Berat", "10,6 kg", "berat_kg", 10.6), ("Tinggi", "81.5", "tinggi_cm", 81.5), ("ZS_TB__U", "-2,54", "zs_tbu_asal", -2.54),
        ("NIK", "6.3110112E+14", "nik", "631101120000000"), ("Desa__Kel", "6311032004", "kode_desa", "63.11.03.2004"),
        ("RT", "\xa0 003 ", "rt", "003"), ("ZS_TB__U", "0", "zs_tbu_asal", 0),
    ],
)  # fmt: skip
def test_cells_are_read_as_meant(tmp_path: Path, label: str, written: str, column: str, value: object) -> None:
    row, _ = standardize(tmp_path, **{label: written})
    assert row[column] == value


@pytest.mark.parametrize("written", ["-", "", " ", "\xa0", "0", "0,0"])
@pytest.mark.parametrize(("label", "column"), [("Berat", "berat_kg"), ("Tinggi", "tinggi_cm"), ("LiLA", "lila_cm")])
def test_dash_blank_and_zero_mean_not_measured(tmp_path: Path, label: str, column: str, written: str) -> None:
    row, findings = standardize(tmp_path, **{label: written})
    assert pd.isna(row[column])
    assert findings == []


@pytest.mark.parametrize(
    ("label", "written", "aturan", "column"),
    [
        ("Berat", "sepuluh", "angka_tidak_terbaca", "berat_kg"), ("Berat", "-8", "angka_tidak_terbaca", "berat_kg"),
        ("ZS_BB__U", "#N/A", "angka_tidak_terbaca", "zs_bbu_asal"), ("LiLA", "14 kg", "angka_tidak_terbaca", "lila_cm"),
        ("Cara_Ukur", "Duduk", "isian_tidak_dikenal", "cara_ukur"), ("BB_Lahir", "3100", "ukuran_lahir_salah_satuan", "berat_lahir_kg"),
        ("TB_Lahir", "0.49", "ukuran_lahir_salah_satuan", "tinggi_lahir_cm"),
    ],
)  # fmt: skip
def test_unreadable_cells_are_missing_and_reported(
    tmp_path: Path, label: str, written: str, aturan: str, column: str
) -> None:
    row, [finding] = standardize(tmp_path, **{label: written})
    assert pd.isna(row[column])
    assert (finding.baris, finding.kolom, finding.nilai) == (ROW, label.replace("__", "/").replace("_", " "), written)
    assert (finding.aturan, finding.tingkat) == (aturan, "peringatan")
    assert written in finding.pesan


def test_formula_like_text_is_kept_as_data_and_reported(tmp_path: Path) -> None:
    row, [finding] = standardize(tmp_path, Nama="=cmd|'/C calc'!A0")
    assert row["nama"] == "=cmd|'/C calc'!A0"
    assert (finding.aturan, finding.tingkat, finding.kolom) == ("teks_mirip_rumus", "info", "Nama")


def test_a_nik_kept_as_text_by_a_formula_is_only_a_nik(tmp_path: Path) -> None:
    row, findings = standardize(tmp_path, NIK='="6311010101200001"')
    assert (row["nik"], findings) == ("6311010101200001", [])


def test_a_nik_that_excel_made_a_number_has_its_digits_back_and_is_reported(tmp_path: Path) -> None:
    table = as_typed(make_table(2, make_children()))
    table[1][0], table[2][0] = 6311010101200000, "6311010101200002"
    result, [finding] = standardize_eppgbm(read_sheet(write_xlsx(tmp_path / "a.xlsx", table)))
    assert list(result["nik"][:2]) == ["6311010101200000", "6311010101200002"]
    assert (finding.aturan, finding.baris) == ("nik_dibulatkan", 2)
