"""Numbers, dates and NIK as people and exports write them: golden cases, and no text that breaks the reader."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.parse import (
    DistinctCells,
    is_date_shaped,
    is_mistaken_unit,
    is_rounded_nik,
    looks_like_formula,
    parse_date,
    parse_nik,
    parse_number,
)
from data.sheet import is_blank, show_cell

DAY = dt.date(2022, 7, 3)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("10.6", 10.6), ("10,6", 10.6), ("10", 10), ("-1.04", -1.04), ("-1,04", -1.04), ("+2", 2), (",5", 0.5), ("0", 0),
        ("1.234,5", 1234.5), ("1,234.5", 1234.5), ("12.345.678", 12345678), ("1.234.567,8", 1234567.8), ("1.234", 1.234),
    ],
)  # fmt: skip
def test_numbers_with_point_or_comma(text: str, number: float) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "abc",
        "",
        "-",
        "1.2.3",
        "1,2,3",
        "1.23,4,5",
        "10 6",
        "10..6",
        "1e3",
        "nan",
        "inf",
        "=1+1",
        "1.2345,6",
        "#N/A",
        "½",
        "9" * 30,
    ],
)
def test_what_is_no_number_is_not_guessed(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("text", "satuan", "number"),
    [
        ("10,6 kg", "kg", 10.6), ("10.6KG", "kg", 10.6), ("81.5 cm", "cm", 81.5), ("81,5cm.", "cm", 81.5),
        ("8500 gram", "kg", 8500), ("8500gr", "kg", 8500), ("0,85 m", "cm", 0.85), ("0.85 meter", "cm", 0.85),
        ("85 gram", "kg", None), ("85 m", "cm", None), ("10 cm", "kg", None), ("10 kg", "", None), ("10 kg 5", "kg", None),
    ],
)  # fmt: skip
def test_a_unit_is_read_as_its_own_or_as_the_mistake_that_refuses_the_row(
    text: str, satuan: str, number: float | None
) -> None:
    assert parse_number(text, satuan) == number


@pytest.mark.parametrize(
    ("number", "satuan", "mistaken"),
    [
        (99.9, "kg", False),
        (100, "kg", True),
        (2.49, "cm", True),
        (2.5, "cm", False),
        (0, "cm", False),
        (815, "cm", False),
    ],
)
def test_only_grams_and_metres_count_as_the_wrong_unit(number: float, satuan: str, mistaken: bool) -> None:
    assert is_mistaken_unit(number, satuan) == mistaken


@pytest.mark.parametrize(
    "text",
    [
        "2022-07-03", "2022-7-3", "2022/07/03", "03-07-2022", "03/07/2022", "3/7/2022", "03.07.2022", "44745", "44745.75",
        "2022-07-03 00:00:00", "2022-07-03T08:15:00", "03/07/2022 08:15",
    ],
)  # fmt: skip
def test_every_way_to_write_the_third_of_july(text: str) -> None:
    assert parse_date(text) == DAY


def test_the_month_never_comes_first() -> None:
    assert parse_date("03-04-2022") == dt.date(2022, 4, 3)
    assert parse_date("07/13/2022") is None


@pytest.mark.parametrize("text", ["31/06/2022", "29-02-2022", "2022-13-01", "2022-00-10", "0000-00-00", "07/13/2022"])
def test_dates_that_do_not_exist_keep_the_form_of_a_date(text: str) -> None:
    assert parse_date(text) is None
    assert is_date_shaped(text)


@pytest.mark.parametrize(
    "text", ["", "-", "2022", "juli", "03-07-22", "2022-07", "20220703", "99999", "29999", "3/7-2022", "=A1"]
)
def test_other_texts_are_no_dates(text: str) -> None:
    assert parse_date(text) is None
    assert not is_date_shaped(text)


@given(st.dates(dt.date(1982, 3, 1), dt.date(2064, 4, 1)))
def test_every_date_is_read_back_from_every_form(date: dt.date) -> None:
    serial = (date - dt.date(1899, 12, 30)).days
    texts = [date.isoformat(), f"{date:%d/%m/%Y}", f"{date:%d-%m-%Y}", f"{date:%Y/%m/%d}", str(serial)]
    assert {parse_date(text) for text in texts} == {date}


@given(st.decimals(0, 999, places=2))
def test_every_number_is_read_back_with_point_and_with_comma(number: object) -> None:
    text = str(number)
    assert parse_number(text) == parse_number(text.replace(".", ",")) == float(text)


@given(st.text() | st.from_regex(r"[0-9.,/eE+=@ kgcm-]{0,12}", fullmatch=True))
def test_no_text_breaks_the_reader(text: str) -> None:
    for satuan in ("", "kg", "cm"):
        assert isinstance(parse_number(text, satuan), float | None)
    assert isinstance(parse_date(text), dt.date | None)
    assert isinstance(parse_nik(text), str)
    assert isinstance(looks_like_formula(show_cell(text)), bool)
    assert is_blank(text) == (show_cell(text) in {"", "-", "–", "—"})


@pytest.mark.parametrize(
    ("text", "nik"),
    [
        ("6311010101200001", "6311010101200001"), ("02022**********", "02022**********"), ("'6311010101200001", "6311010101200001"),
        ('="6311010101200001"', "6311010101200001"), ("6311 0101 0120 0001", "6311010101200001"), ("6.3110112E+15", "6311011200000000"),
        ("6,3110112E+15", "6311011200000000"), ("tidak ada", "tidak ada"), ("=1+1", "=1+1"),
    ],
)  # fmt: skip
def test_nik_loses_only_what_was_put_around_it(text: str, nik: str) -> None:
    assert parse_nik(text) == nik


def test_a_nik_that_went_through_a_number_is_known_by_its_last_digit() -> None:
    assert is_rounded_nik(6311011200000000.0, show_cell(6311011200000000.0))
    assert is_rounded_nik("6.3110112E+15", "6.3110112E+15")
    assert not is_rounded_nik("6311011200000010", "6311011200000010")
    assert not is_rounded_nik(6311011200000001.0, show_cell(6311011200000001.0))


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("=cmd|'/C calc'!A0", True),
        ("+62 812", True),
        ("@nama", True),
        ("-x", True),
        ("-", False),
        ("-1,04", False),
        ("+5", False),
        ("A=1", False),
    ],
)
def test_texts_a_spreadsheet_might_run(text: str, formula: bool) -> None:
    assert looks_like_formula(text) == formula


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (8500.0, "8500"), (10.6, "10.6"), (6.3110112e15, "6311011200000000"), ("\xa0 L\n", "L"), ("a \n b", "a b"), (True, "TRUE"),
        (dt.date(2022, 7, 3), "2022-07-03"), (dt.datetime(2022, 7, 3), "2022-07-03"), (dt.datetime(2022, 7, 3, 8), "2022-07-03 08:00:00"),
        (None, ""),
    ],
)  # fmt: skip
def test_cells_are_shown_as_the_user_sees_them(cell: object, shown: str) -> None:
    assert show_cell(cell) == shown


def test_a_column_is_read_once_for_every_distinct_cell() -> None:
    asked = []
    column = pd.Series(["10,6", 10.6, "-", "10,6", None, "\xa0"], index=[5, 6, 7, 9, 10, 11], dtype=object)
    numbers = DistinctCells(column).map(lambda text: asked.append(text) or parse_number(text), "float64")
    assert asked == ["10,6", "10.6"]
    assert numbers.dropna().to_dict() == {5: 10.6, 6: 10.6, 9: 10.6}
    assert list(numbers.index) == list(column.index)


@pytest.mark.parametrize(("text", "satuan", "number"), [("28 minggu", "minggu", 28), ("28mgg", "minggu", 28), ("10,9 g/dL", "g/dL", 10.9), ("10.9 gr%", "g/dL", 10.9)])  # fmt: skip
def test_weeks_and_haemoglobin_may_carry_their_unit(text: str, satuan: str, number: float) -> None:
    assert parse_number(text, satuan) == number
