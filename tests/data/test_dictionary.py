"""The data dictionary says of every column and every rule what `config/` says, and is always the same file."""

import io

import openpyxl

from config.columns import load_kinds
from config.rules import load_rules
from data.dictionary import dictionary_bytes


def test_every_column_and_every_sentence_stands_in_it() -> None:
    book = openpyxl.load_workbook(io.BytesIO(dictionary_bytes()))
    supported = [kind for kind in load_kinds().values() if kind.didukung]
    assert book.sheetnames == [*(kind.id for kind in supported), "aturan"]
    for kind in supported:
        rows = list(book[kind.id].iter_rows(min_row=2, values_only=True))
        assert [row[0] for row in rows] == [column.label for column in kind.kolom if column.nama != "pesan_penolakan"]
        assert {row[0] for row in rows if row[1] == "ya"} == {column.label for column in kind.wajib()}
        assert all(row[2] and row[6] for row in rows)
    sentences = [row[3] for row in book["aturan"].iter_rows(min_row=2, values_only=True)]
    assert sentences == [sentence for rule in load_rules().values() for sentence in rule.pesan.values()]


def test_the_same_bytes_every_time() -> None:
    assert dictionary_bytes() == dictionary_bytes()
