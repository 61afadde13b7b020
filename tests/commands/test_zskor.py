"""`zskor`: the columns come back as they were, scored; a bad file is refused in one sentence and leaves no output."""

import csv
from pathlib import Path

import pytest

from commands.zskor import ADDED, run

GOLDEN = Path(__file__).parents[1] / "acuan" / "acuan_zskor.csv"
HEADER = "id,jk,umur_hari,berat_kg,tinggi_cm,cara_ukur,edema\n"
ROW = "1,L,400,9.0,75.0,terlentang,tidak\n"
DATES = "id,jk,tgl_lahir,tgl_ukur,berat_kg,tinggi_cm,cara_ukur,edema\n"
NO_SCORE = [""] * len(ADDED)


@pytest.fixture
def score_text(tmp_path: Path):
    """A function that scores a text (or bytes) and returns header and rows of the result."""

    def work(text: str | bytes) -> tuple[list[str], list[list[str]]]:
        masuk, keluar = tmp_path / "masuk.csv", tmp_path / "keluar.csv"
        masuk.write_bytes(text if isinstance(text, bytes) else text.encode())
        assert run(masuk, keluar) == 0
        with keluar.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        return header, rows

    return work


@pytest.fixture
def refusal(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """A function that has a text (or bytes) refused and returns the sentence."""

    def work(text: str | bytes) -> str:
        masuk = tmp_path / "masuk.csv"
        masuk.write_bytes(text if isinstance(text, bytes) else text.encode())
        return refused(masuk, tmp_path / "keluar.csv", capsys)

    return work


def refused(masuk: Path, keluar: Path, capsys: pytest.CaptureFixture[str]) -> str:
    before = sorted(keluar.parent.rglob("*")) if keluar.parent.exists() else []
    assert run(masuk, keluar) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.endswith("\n")
    assert said.err.count("\n") == 1
    assert (sorted(keluar.parent.rglob("*")) if keluar.parent.exists() else []) == before
    return said.err


def test_golden_file_in_the_form_of_the_contract(tmp_path: Path) -> None:
    keluar = tmp_path / "keluar.csv"
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        golden = list(csv.DictReader(file))
    assert run(GOLDEN, keluar) == 0
    with keluar.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        scored = list(reader)
    assert reader.fieldnames == [*HEADER.strip().split(","), *ADDED]
    assert [row["id"] for row in scored] == [row["id"] for row in golden]
    for expected, row in zip(golden, scored, strict=True):
        if expected["tinggi_cm"] and float(expected["tinggi_cm"]) <= 0:
            continue  # no length measured: see tests/analytics/test_growth_golden.py
        for name in ADDED[:8]:
            if expected[name] == "" or row[name] == "":
                assert (expected["id"], row[name]) == (expected["id"], expected[name])
            else:
                assert abs(float(row[name]) - float(expected[name])) <= 0.005
                assert name.startswith("tanda") or len(row[name].split(".")[1]) == 2


def test_columns_and_cells_come_back_as_they_were(score_text) -> None:
    """Order, unknown columns, spaces, leading zeros, commas, line breaks and formula-like text are the user's."""
    text = "nama,id, TINGGI_CM ,jk,umur_hari,berat_kg,cara_ukur,edema\n"
    text += '"Ani, ""A""\nB",007, 75.0,l,400.0,9.00, Berdiri,\n=1+1,x,,,,,,\n'
    header, rows = score_text("\ufeff" + text)
    assert header == ["nama", "id", " TINGGI_CM ", "jk", "umur_hari", "berat_kg", "cara_ukur", "edema", *ADDED]
    assert rows[0][:8] == ['Ani, "A"\nB', "007", " 75.0", "l", "400.0", "9.00", " Berdiri", ""]
    _, (plain,) = score_text(HEADER + "1,L,400,9,75,berdiri,\n")
    assert rows[0][8:] == plain[7:] != NO_SCORE
    assert rows[1] == ["=1+1", "x", "", "", "", "", "", "", *NO_SCORE]


def test_dates_stand_in_for_the_age(score_text) -> None:
    ages = "2024-01-01,2025-02-04", "2024-01,2025-02-18", "2024,2025-02-04", ",2025-02-04", "2024-01-01,2025-02"
    _, rows = score_text(DATES + "".join(f"1,L,{age},9.0,75.0,terlentang,\n" for age in ages))
    known, day_unknown, *unknown = (row[8:12] for row in rows)
    _, (by_days,) = score_text(HEADER + ROW)
    assert known == day_unknown == by_days[7:11]
    assert unknown == [["", "", known[2], ""]] * 3


def test_a_given_age_goes_before_the_dates(score_text) -> None:
    text = "jk,umur_hari,tgl_lahir,tgl_ukur,berat_kg,tinggi_cm,cara_ukur,edema\n"
    _, rows = score_text(text + "L,400,2020-01-01,2020-01-02,9.0,75.0,,\nL,,2024-01-01,2025-02-04,9.0,75.0,,\n")
    assert rows[0][8:] == rows[1][8:]


def test_a_row_measured_before_birth_stays_without_scores(score_text) -> None:
    _, rows = score_text(DATES + "1,L,2024-01-02,2024-01-01,3.3,50,,\n" + "2,L,2024-01-01,2024-01-01,3.3,50,,\n")
    assert rows[0][8:] == NO_SCORE
    assert rows[1][8] != ""


def test_oedema_and_implausible_rows(score_text) -> None:
    _, (swollen, short) = score_text(HEADER + "1,L,400,9,75,,ya\n2,L,400,9,50,,tidak\n")
    assert [*swollen[8:11], *swollen[12:15]] == [""] * 6
    assert swollen[15:] == ["Normal", "Berat badan sangat kurang", "Gizi buruk", "Gizi buruk"]
    assert float(short[7]) < -6
    assert (short[11], short[15]) == ("1", "")


def test_old_scores_give_way_and_the_file_may_be_its_own_output(tmp_path: Path) -> None:
    file = tmp_path / "data.csv"
    file.write_text(HEADER + ROW, encoding="utf-8")
    assert run(file, file) == 0
    once = file.read_text(encoding="utf-8")
    assert run(file, file) == 0
    assert file.read_text(encoding="utf-8") == once
    assert [path.name for path in tmp_path.iterdir()] == ["data.csv"]


def test_many_rows_keep_their_order(score_text) -> None:
    """More rows than are held in memory at a time."""
    body = "".join(f"{number},L,{number % 1827},9.0,75.0,,\n" for number in range(60_000))
    _, rows = score_text(HEADER + body)
    assert [int(row[0]) for row in rows] == list(range(60_000))
    assert rows[59_000][7:] == rows[59_000 - 1827][7:] != rows[58_999][7:]


def test_blank_lines_are_not_rows_and_a_table_may_be_empty(score_text) -> None:
    header, rows = score_text(HEADER + "\n" + ROW + "\n")
    assert len(rows) == 1
    assert score_text(HEADER) == (header, [])


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("1,L,400,abc,75.0,,", ["Baris 3", "berat_kg", '"abc"']),
        ('1,L,400,"9,5",75.0,,', ["Baris 3", "berat_kg", '"9,5"', "titik"]),
        ("1,L,400,9,inf,,", ["tinggi_cm", '"inf"']),
        ("1,L,400,9,nan,,", ["tinggi_cm", '"nan"']),
        ("1,L,4_0,9,75,,", ["umur_hari", '"4_0"']),
        ("1,X,400,9,75,,", ["jk", '"X"', "L atau P"]),
        ("1,L,400,9,75,duduk,", ["cara_ukur", '"duduk"', "terlentang atau berdiri"]),
        ("1,L,400,9,75,,mungkin", ["edema", '"mungkin"']),
        ("1,L,400,9,75,", ["Baris 3", "6 kolom", "7"]),
        ("1,L,400,9,75,,,", ["Baris 3", "8 kolom", "7"]),
    ],
)
def test_an_unreadable_cell_is_named(refusal, line: str, parts: list[str]) -> None:
    sentence = refusal(HEADER + ROW + line + "\n")
    assert [part for part in parts if part not in sentence] == []


@pytest.mark.parametrize(
    ("born", "why"),
    [("2023-02-29", "kalender"), ("2023-13-01", "kalender"), ("01/02/2023", "2024-05-31"), ("x", "bukan")],
)
def test_an_impossible_date_is_named(refusal, born: str, why: str) -> None:
    sentence = refusal(DATES + f"1,L,{born},2024-01-01,9,75,,\n")
    assert [part for part in ("Baris 2", "tgl_lahir", f'"{born}"', why) if part not in sentence] == []


@pytest.mark.parametrize("column", ["jk", "umur_hari", "berat_kg", "tinggi_cm", "cara_ukur", "edema"])
def test_a_missing_column_is_named(refusal, column: str) -> None:
    assert column in refusal(HEADER.replace(column, "lain") + ROW)


def test_a_column_twice_is_refused(refusal) -> None:
    assert "lebih dari sekali" in refusal(HEADER.replace("id", "berat_kg") + ROW)


def test_other_separators_and_empty_files(refusal) -> None:
    assert "titik koma" in refusal((HEADER + ROW).replace(",", ";"))
    assert "kosong" in refusal("")


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04\xff\xfe\x00\x01" * 50, (HEADER + ROW).encode("utf-16"), b"id,jk\xe9\n"]
)
def test_what_is_not_utf8_is_refused(refusal, content: bytes) -> None:
    assert "UTF-8" in refusal(content)


def test_bytes_that_break_late_leave_nothing(refusal) -> None:
    assert "UTF-8" in refusal((HEADER + ROW * 60_000).encode() + b"\xff\n")


def test_a_quote_that_never_ends_is_refused(refusal) -> None:
    assert "CSV" in refusal(HEADER + ROW + '2,"L,400,9,75,,\n')


def test_files_that_cannot_be_opened(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = tmp_path / "masuk.csv"
    good.write_text(HEADER + ROW, encoding="utf-8")
    folder = tmp_path / "folder"
    folder.mkdir()
    assert "tidak ada" in refused(tmp_path / "lain.csv", tmp_path / "keluar.csv", capsys)
    assert "dibuka" in refused(folder, tmp_path / "keluar.csv", capsys)
    assert "ditulis" in refused(good, tmp_path / "tiada" / "keluar.csv", capsys)
    assert "ditulis" in refused(good, good / "keluar.csv", capsys)
    assert "ditulis" in refused(good, folder, capsys)


def test_a_refused_file_leaves_the_earlier_output(tmp_path: Path) -> None:
    masuk, keluar = tmp_path / "masuk.csv", tmp_path / "keluar.csv"
    masuk.write_text("salah", encoding="utf-8")
    keluar.write_text("lama", encoding="utf-8")
    assert run(masuk, keluar) == 2
    assert keluar.read_text(encoding="utf-8") == "lama"
