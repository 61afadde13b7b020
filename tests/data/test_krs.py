"""The KRS export: 1 on a "Tidak Mempunyai" column is bad; families become sasaran; no card number is kept."""

from pathlib import Path

import pandas as pd
import pytest

from data.answers import identify_sasaran, merge_answers, name_sasaran, to_jawaban
from data.findings import FileRefused
from data.krs import krs_as_answers, mask_card
from tests.builders import write_csv, write_xlsx
from tests.sasaran_tables import KRS, WRITERS, Row, as_table, places, refused, take_krs

KEY = bytes(32)
CARD, WATER, TOILET = (
    "No. Kartu Keluarga", "Keluarga Tidak Mempunyai Sumber Air Minum Utama yang Layak", "Keluarga Tidak Mempunyai Jamban yang Layak",
)  # fmt: skip
YOUNG, OLDER, PREGNANT = "Punya Anak 0-23 Bulan", "Punya Anak 24-59 Bulan", "PUS Hamil"
FAMILY_PLANNING, HELP = "Bukan Peserta KB Modern", "Jenis Pendampingan yang Diterima"
TOOS = [label for label in KRS if label.startswith("PUS 4")]
NOBODY: Row = {YOUNG: "2", OLDER: "2", PREGNANT: "2"}

PLANTED: list[tuple[Row, tuple[str, str] | None]] = [
    ({CARD: ""}, (CARD, "id_sasaran_kosong")),
    ({CARD: "63110101012"}, (CARD, "id_sasaran_kosong")),
    ({CARD: "631101**********"}, (CARD, "id_sasaran_kosong")),
    ({"Desa": "Atlantis"}, ("Desa", "desa_tidak_dikenal")),
    (NOBODY, ("", "bukan_sasaran")),
    ({TOILET: "9"}, (TOILET, "isian_tidak_dikenal")),
    ({HELP: "3,8"}, (HELP, "jawaban_tidak_dikenal")),
    ({HELP: "9"}, (HELP, "jawaban_tidak_dikenal")),
    ({HELP: "PMT"}, (HELP, "jawaban_tidak_dikenal")),
    ({HELP: ""}, None),
    ({HELP: " 1; 3 ,7,"}, None),
    ({PREGNANT: "1"}, None),
]


def families(*changes: Row) -> list[Row]:
    """Return one family a change, each with a card of its own."""
    return [{CARD: f"99631101012{number:05d}"} | change for number, change in enumerate(changes)]


@pytest.mark.parametrize("writer", WRITERS)
def test_every_planted_error_is_found_at_its_row_and_column(tmp_path: Path, writer: str) -> None:
    rows = families(*(change for planted, _ in PLANTED for change in (planted, {})))
    accepted, findings, sheet = take_krs(WRITERS[writer](tmp_path / "a", as_table(rows, KRS)))
    expected = [(2 * number + 2, *found) for number, (_, found) in enumerate(PLANTED) if found]
    assert places(findings) == sorted(expected)
    assert len(accepted) + len(refused(findings)) == len(sheet.rows) == len(rows)


def answers(folder: Path, *changes: Row) -> pd.DataFrame:
    """Return the answers of families, indexed by their row in the file and kind of sasaran."""
    accepted, _, _ = take_krs(write_csv(folder / "a.csv", as_table(families(*changes), KRS)))
    return krs_as_answers(accepted).set_index(["baris", "jenis_sasaran"])


def test_one_is_bad_two_is_good_three_does_not_apply(tmp_path: Path) -> None:
    found = answers(tmp_path, {WATER: "1", TOILET: "2", FAMILY_PLANNING: "3"}, {WATER: "2", TOILET: "1"}, {WATER: "3", TOILET: ""})  # fmt: skip
    assert found["SS08"].tolist() == ["1", "0", "TB"]
    assert found["SS06"].tolist()[:2] == ["0", "1"]
    assert pd.isna(found["SS06"].iloc[2])
    assert found["SS17"].tolist() == ["TB", "1", "1"]


@pytest.mark.parametrize(
    ("codes", "answer"),
    [
        ("2222", "0"),
        ("2212", "1"),
        ("1333", "1"),
        ("3333", "TB"),
        ("2333", "0"),
        ("22-2", None),
        ("1-22", "1"),
        ("33-3", None),
    ],
)
def test_any_of_the_four_toos(tmp_path: Path, codes: str, answer: str | None) -> None:
    [found] = answers(tmp_path, dict(zip(TOOS, codes, strict=True)), {})["SS16"].iloc[:1]
    assert found == answer or (answer is None and pd.isna(found))


@pytest.mark.parametrize(
    ("listed", "answer"), [("8", "1"), ("8,", "1"), ("3", "0"), ("1,2,7", "0"), ("3,8", None), ("", None)]
)
def test_only_eight_alone_means_no_accompaniment(tmp_path: Path, listed: str, answer: str | None) -> None:
    [found] = answers(tmp_path, {HELP: listed}, {})["SS20"].iloc[:1]
    assert found == answer or (answer is None and pd.isna(found))


def test_families_become_balita_and_bumil(tmp_path: Path) -> None:
    found = answers(tmp_path, {}, NOBODY | {OLDER: "1"}, NOBODY | {PREGNANT: "1"}, {PREGNANT: "1"})
    assert list(found.index) == [(2, "balita"), (3, "balita"), (4, "bumil"), (5, "balita"), (5, "bumil")]
    assert found.loc[(5, "balita"), "SS17"] == "TB"
    assert found.loc[(5, "balita"), "nama"] == "Ayah Contoh"
    assert found.loc[(5, "bumil"), "nama"] == "Ibu Contoh"


def test_a_question_that_the_file_lacks_is_no_answer(tmp_path: Path) -> None:
    table = [
        [cell for place, cell in enumerate(row) if list(KRS)[place] != TOILET] for row in as_table(families({}), KRS)
    ]
    accepted, _, _ = take_krs(write_csv(tmp_path / "a.csv", table))
    assert [name for name in krs_as_answers(accepted) if name[:2] == "SS"] == ["SS08", "SS16", "SS17", "SS20"]


def test_without_a_month_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as caught:
        take_krs(write_csv(tmp_path / "a.csv", as_table(families({}), KRS)), periode=None)
    assert (caught.value.aturan, "--periode" in caught.value.pesan) == ("periode_harus_disebut", True)


def test_the_same_card_twice_is_refused_without_showing_it(tmp_path: Path) -> None:
    rows = [{}, {TOILET: "1"}, {}]
    accepted, findings, _ = take_krs(write_csv(tmp_path / "a.csv", as_table(rows, KRS)))
    assert places(findings) == [(3, CARD, "sasaran_kembar"), (4, "", "baris_kembar")]
    assert not any("9963110101200001" in finding.pesan + finding.nilai for finding in findings)
    assert len(accepted) == 1


def test_a_rounded_card_is_marked_without_showing_it(tmp_path: Path) -> None:
    rows: list[Row] = [{CARD: 6311010101200000}]
    _, findings, _ = take_krs(write_xlsx(tmp_path / "a.xlsx", as_table(rows, KRS)))
    assert [finding.aturan for finding in findings] == ["nik_dibulatkan"]
    assert findings[0].nilai == "631101**********" and "6311010101200000" not in findings[0].pesan


def test_no_card_number_reaches_a_stored_table(tmp_path: Path) -> None:
    rows = answers(tmp_path, {}, {PREGNANT: "1"}).reset_index()
    keys = identify_sasaran(rows, KEY)
    written = to_jawaban(rows, keys).to_csv() + name_sasaran(rows, keys).to_csv()
    assert "99631101012" not in written and "KARTU" not in written
    assert "Ayah Contoh" in written


def test_a_family_already_known_is_not_counted_a_second_time(tmp_path: Path) -> None:
    rows = answers(tmp_path, {}, {}).reset_index()
    known = pd.DataFrame(
        {"id_sasaran": ["BLT-1"], "id_keluarga": [rows["id_keluarga"][0]], "jenis_sasaran": ["balita"],
         "kode_desa": ["63.11.01.2006"], "periode": ["2022-05"], "SS01": ["1"]}, dtype="str",
    )  # fmt: skip
    known_keys = identify_sasaran(known, KEY)
    stored = to_jawaban(known, known_keys)
    keys = identify_sasaran(rows, KEY, stored)
    assert keys["id_sasaran"][0] == known_keys["id_sasaran"][0] != keys["id_sasaran"][1]
    merged = merge_answers(stored, to_jawaban(rows, keys))
    assert merged["id_sasaran"].nunique() == 2
    both = stored.assign(id_sasaran="lain")
    ambiguous = identify_sasaran(rows, KEY, pd.concat([stored, both]))
    assert ambiguous["id_sasaran"].tolist() == identify_sasaran(rows, KEY)["id_sasaran"].tolist()


@pytest.mark.parametrize(("card", "shown"), [("6311010101200001", "631101**********"), ("'6311010101200001", "631101**********"), ("123", "123"), ("", "")])  # fmt: skip
def test_what_is_shown_of_a_card(card: str, shown: str) -> None:
    assert mask_card(card) == shown
