"""The blank tables: they open, have drop-downs and notes for every column, and read back once filled in."""

import io
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from config.columns import load_kinds
from config.parameters import parameter, parameters_of
from config.places import load_desa, load_kecamatan
from data.findings import FileRefused
from data.read import read_sheet
from data.templates import DESA_SHEET, HELP_SHEET, TABLE_SHEET, TEMPLATES, template_bytes, template_name
from tests.sasaran_tables import BUMIL, PARAMETER, Row, take_bumil, take_parameter


def open_template(jenis: str, jenis_sasaran: str | None) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(template_bytes(jenis, jenis_sasaran)))


def labels_of(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for cell in sheet[1]]


def rules_of(sheet: Worksheet) -> dict[str, object]:
    """Return {header: validation of the cells below it}; every column must have exactly one."""
    rules = {}
    for rule in sheet.data_validations.dataValidation:
        [area] = rule.sqref.ranges
        assert (area.min_row, area.min_col) == (2, area.max_col)
        rules[str(sheet.cell(1, area.min_col).value)] = rule
    return rules


@pytest.mark.parametrize(("jenis", "sasaran"), TEMPLATES)
def test_every_column_has_a_note_a_rule_and_an_explanation(jenis: str, sasaran: str | None) -> None:
    book = open_template(jenis, sasaran)
    sheet = book[TABLE_SHEET]
    assert book.sheetnames == [TABLE_SHEET, HELP_SHEET, *([DESA_SHEET] if jenis != "kegiatan" else [])]
    labels = labels_of(sheet)
    assert set(rules_of(sheet)) == set(labels)
    assert all(cell.comment and cell.comment.text for cell in sheet[1])
    assert [row[0].value for row in book[HELP_SHEET].iter_rows(min_row=2)] == labels
    assert all(
        rule.prompt and len(rule.prompt) <= 255 and len(rule.promptTitle) <= 32 for rule in rules_of(sheet).values()
    )
    needed = {column.label for column in load_kinds()[jenis].wajib()}
    assert needed <= set(labels)


@pytest.mark.parametrize("sasaran", ["balita", "bumil"])
def test_the_parameters_are_those_of_the_group(sasaran: str) -> None:
    sheet = open_template("parameter", sasaran)[TABLE_SHEET]
    about = ["id_sasaran", "id_keluarga", "jenis_sasaran", "nama", "desa", "kecamatan", "periode"]
    assert labels_of(sheet) == [*about, *(known.kode for known in parameters_of(sasaran))]
    rules = rules_of(sheet)
    assert {rules[known.kode].formula1 for known in parameters_of(sasaran)} == {'"1,0,TB"'}
    assert rules["jenis_sasaran"].formula1 == f'"{sasaran}"'
    note = sheet.cell(1, labels_of(sheet).index("SS01") + 1).comment.text
    assert parameter("SS01").nama in note and parameter("SS01").definisi.rstrip(".") in note


def test_without_a_group_all_parameters_are_asked() -> None:
    sheet = open_template("parameter", None)[TABLE_SHEET]
    assert len(labels_of(sheet)) == 7 + 38
    assert rules_of(sheet)["jenis_sasaran"].formula1 == '"balita,bumil"'


def test_places_come_from_the_lists() -> None:
    book = open_template("bumil", None)
    rules = rules_of(book[TABLE_SHEET])
    assert rules["kecamatan"].formula1 == f'"{",".join(load_kecamatan()["nama"])}"'
    assert rules["desa"].type == "list" and rules["desa"].errorStyle == "information"
    last = int(rules["desa"].formula1.split("$")[-1])
    offered = [book[DESA_SHEET].cell(row, 1).value for row in range(2, last + 1)]
    assert offered == sorted(set(load_desa()["nama"]))
    listed = {tuple(cell.value for cell in row[2:5]) for row in book[DESA_SHEET].iter_rows(min_row=2)}
    listed.discard((None, None, None))
    assert listed == {(row.kecamatan, row.nama, row.kode) for row in load_desa().itertuples()}


def test_numbers_and_dates_have_their_limits() -> None:
    rules = rules_of(open_template("bumil", None)[TABLE_SHEET])
    assert (rules["lila_cm"].type, float(rules["lila_cm"].formula1), float(rules["lila_cm"].formula2)) == (
        "decimal",
        10,
        45,
    )
    assert rules["tanggal"].type == "date"
    assert rules["status"].formula1 == '"hamil_normal,melahirkan_normal,dalam_pemantauan,keluar"'


@pytest.mark.parametrize(("jenis", "sasaran"), TEMPLATES)
def test_the_same_bytes_every_time(jenis: str, sasaran: str | None) -> None:
    assert template_bytes(jenis, sasaran) == template_bytes(jenis, sasaran)
    assert template_name(jenis, sasaran).startswith(f"templat_{jenis}")


@pytest.mark.parametrize(("jenis", "sasaran"), TEMPLATES)
def test_a_template_that_was_not_filled_in_is_empty(tmp_path: Path, jenis: str, sasaran: str | None) -> None:
    path = tmp_path / template_name(jenis, sasaran)
    path.write_bytes(template_bytes(jenis, sasaran))
    with pytest.raises(FileRefused) as caught:
        read_sheet(path)
    assert caught.value.aturan == "berkas_kosong"


def fill(path: Path, jenis: str, sasaran: str | None, row: Row) -> Path:
    book = open_template(jenis, sasaran)
    sheet = book[TABLE_SHEET]
    for position, label in enumerate(labels_of(sheet), start=1):
        sheet.cell(2, position).value = row.get(label) or None
    book.save(path)
    return path


def test_a_filled_template_reads_back(tmp_path: Path) -> None:
    for sasaran in ("balita", "bumil"):
        answers: Row = {known.kode: (1, "0", "TB")[place % 3] for place, known in enumerate(parameters_of(sasaran))}
        row = PARAMETER | {"SP01": "", "SP05": "", "SH01": "", "jenis_sasaran": sasaran} | answers
        path = fill(tmp_path / "a.xlsx", "parameter", sasaran, row)
        accepted, findings, sheet = take_parameter(path)
        assert (sheet.jenis, findings) == ("parameter", [])
        expected = {code: "0" if answer == "0" else str(answer) for code, answer in answers.items()}
        assert accepted.loc[0, list(answers)].to_dict() == expected
    accepted, findings, sheet = take_bumil(fill(tmp_path / "b.xlsx", "bumil", None, BUMIL | {"lila_cm": 22.8}))
    assert (sheet.jenis, findings) == ("bumil", [])
    assert (accepted.loc[0, "lila_cm"], accepted.loc[0, "kode_desa"]) == (22.8, "63.11.02.2020")


def test_there_is_no_template_for_an_export() -> None:
    for jenis in ("eppgbm", "krs"):
        with pytest.raises(ValueError, match="templat"):
            template_bytes(jenis)
    with pytest.raises(ValueError, match="lansia"):
        template_bytes("parameter", "lansia")
