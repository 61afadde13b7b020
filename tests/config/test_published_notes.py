"""What is said about the printed figures: contradictions are complete and quote them, texts are Indonesian."""

import string

import pandas as pd

from config.published import (
    load_contradictions,
    load_published,
    load_ranges,
)

ENGLISH = {"the", "and", "printed", "derived", "draw", "highest", "lowest", "fall", "rise", "list", "with", "not", "of"}


def words(text: str) -> set[str]:
    return set("".join(letter if letter.isalpha() else " " for letter in text.lower()).split())


def test_contradictions_a_to_x_are_complete() -> None:
    table = load_contradictions()
    assert table["huruf"].tolist() == list(string.ascii_lowercase[:24])
    assert (table != "").all(axis=None)
    assert table["pokok"].is_unique


def test_contradictions_quote_the_printed_figures() -> None:
    quoted = load_contradictions().set_index("huruf")["tertulis"]
    printed = load_published().set_index("id")["tercetak"]
    for letter, figures in {
        "a": ("S004", "S005", "S006"),
        "b": ("S008", "S009"),
        "c": ("S021", "S014", "S018"),
        "m": ("S047", "S048"),
        "o": ("S042",),
        "p": ("S051",),
        "s": ("S010", "S004"),
        "t": ("S001", "S002"),
        "u": ("S013",),
    }.items():
        assert all(printed[figure] in quoted[letter] for figure in figures), letter


def test_what_a_reader_sees_is_indonesian() -> None:
    texts = pd.concat(
        [load_published()["catatan"], load_ranges()[["turunan", "catatan"]].stack(), load_contradictions().stack()]
    )
    assert [text for text in texts if words(text) & ENGLISH] == []
