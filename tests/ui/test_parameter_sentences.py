"""The sentences of the page Parameter follow from the cleared tables: no improvement that nobody made, no hidden count."""

import re
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from analytics.comparison import BETTER, MIX_ONLY, UNCHANGED, UNSURE, WORSE
from analytics.disclosure_parameters import clear_comparison, clear_parameters
from config.parameters import load_parameters
from config.text import text
from tests.answer_tables import AWAL, HALONG, JUAI, KINI, rounds_of
from ui.parameter_sentences import NAMED, headline, parameter_names, robustness, spoken, subline

UNREAD = re.compile(r"<NA>|\bnan\b|–|None|[{}]|  ")  # what shows that a value was missing
CAUSES = ("karena program", "berkat", "akibat", "berhasil", "disebabkan")


def compared(*tables: pd.DataFrame, ruang: str = "publik") -> pd.DataFrame:
    """Return the cleared comparison of the kabupaten."""
    jawaban = pd.concat(tables)
    return clear_comparison(jawaban, (AWAL, KINI), "kabupaten", clear_parameters(jawaban, ruang)).table


def shares(*tables: pd.DataFrame, periode: str = KINI) -> pd.DataFrame:
    """Return the cleared shares of the kabupaten in one round."""
    return clear_parameters(pd.concat(tables), "publik", periode)["kabupaten"].table


def first(table: pd.DataFrame) -> Any:
    return next(table.itertuples())


def say(
    stay: dict[str, int] | None = None,
    leave: tuple[int, int] = (0, 0),
    enter: tuple[int, int] = (0, 0),
    ruang: str = "publik",
) -> str:
    return spoken(first(compared(rounds_of(stay, leave, enter), ruang=ruang)))


def test_the_dilution_case_says_that_no_family_improved() -> None:
    sentence = say({"11": 103, "00": 68}, enter=(18, 56))
    assert sentence.startswith(
        f"{parameter_names()['SP01']}: 103 dari 171 keluarga dahulu, 121 dari 245 keluarga kini, turun 10,8 poin persen."
    )
    assert "Pada 171 keluarga yang sama di kedua putaran: 103 menjadi 103." in sentence
    assert sentence.endswith(text("parameter.ucap_hanya_susunan"))
    assert "Tidak ada keluarga yang membaik" in sentence
    assert "pasti membaik" not in sentence


@pytest.mark.parametrize(
    ("stay", "leave", "enter", "verdict"),
    [
        ({"11": 40, "10": 20, "01": 5, "00": 40}, (6, 8), (9, 9), BETTER),
        ({"11": 40, "10": 5, "01": 20, "00": 40}, (6, 8), (9, 9), WORSE),
        ({"11": 50, "00": 50}, (0, 0), (0, 0), UNCHANGED),
        ({"11": 40, "10": 10, "01": 6, "00": 40}, (6, 8), (9, 9), UNSURE),
    ],
)
def test_each_verdict_has_its_sentence_and_only_its_own(
    stay: dict[str, int], leave: tuple[int, int], enter: tuple[int, int], verdict: str
) -> None:
    assert compared(rounds_of(stay, leave, enter))["putusan"].item() == verdict
    sentence = say(stay, leave, enter)
    assert sentence.endswith(text(f"parameter.ucap_{verdict}"))
    others = [
        text(f"parameter.ucap_{other}") for other in (BETTER, WORSE, UNCHANGED, UNSURE, MIX_ONLY) if other != verdict
    ]
    assert not [other for other in others if other in sentence]
    assert not UNREAD.search(sentence)
    assert not [word for word in CAUSES if word in sentence]


@pytest.mark.parametrize("turned", [10, 3])
@pytest.mark.parametrize("ruang", ["publik", "rapat"])
def test_as_many_better_as_worse_is_not_called_nobody(turned: int, ruang: str) -> None:
    """Also where the counts of those who changed are withheld."""
    stay = {"11": 60, "10": turned, "01": turned, "00": 60}
    row = first(compared(rounds_of(stay, enter=(9, 60)), ruang=ruang))
    assert row.putusan == MIX_ONLY
    assert pd.isna(row.b) == (turned == 3 and ruang == "publik")
    sentence = spoken(row)
    assert text("parameter.ucap_hanya_susunan") not in sentence
    assert "Tidak ada keluarga yang membaik" not in sentence


def test_rounds_without_the_same_families_do_not_tell_whether_families_improved() -> None:
    sentence = say(leave=(48, 32), enter=(56, 14))
    assert "48 dari 80" in sentence and "56 dari 70" in sentence and "naik 20,0 poin persen" in sentence
    assert sentence.endswith(text("parameter.ucap_tidak_terhubung"))
    assert "yang sama di kedua putaran:" not in sentence


def test_a_round_that_did_not_ask_cannot_be_compared() -> None:
    sentence = say(enter=(20, 30))
    assert sentence == text("parameter.ucap_tak_terbanding", nama=parameter_names()["SP01"])


def test_withheld_counts_are_not_spoken() -> None:
    small = say({"11": 2, "00": 60}, enter=(20, 40))
    assert not re.search(r"\d", small.removeprefix(parameter_names()["SP01"]))
    groups = say({"11": 30, "10": 2, "00": 60}, (3, 20), (20, 40))  # the leavers with the problem are few
    row = first(compared(rounds_of({"11": 30, "10": 2, "00": 60}, (3, 20), (20, 40))))
    assert pd.isna(row.tetap_n_awal) and pd.isna(row.putusan)
    assert "35 dari 115" in groups and "yang sama di kedua putaran:" not in groups
    assert groups.endswith(text("parameter.ucap_putusan_samar"))
    assert "  " not in groups


def test_a_group_too_small_to_be_shown_takes_the_verdict_along_but_not_the_shares() -> None:
    desa = (JUAI[0], HALONG[0])
    parts = [rounds_of({"11": 20, "10": 10, "01": 3, "00": 20}, (1, 0), (10, 15), kode) for kode in desa]
    few_left = compared(*parts)
    row = first(few_left)
    assert pd.isna(row.tetap) and pd.isna(row.keluar) and pd.isna(row.putusan)
    sentence = spoken(row)
    assert sentence.endswith(text("parameter.ucap_putusan_samar"))
    assert "62 dari 108" in sentence and not UNREAD.search(sentence)


def test_what_cannot_be_counted_is_never_written_as_a_number() -> None:
    for stay, leave, enter in (
        ({"11": 1}, (0, 0), (0, 0)),
        ({"10": 4, "00": 3}, (1, 1), (2, 2)),
        ({}, (3, 3), (40, 9)),
    ):
        sentence = say(stay, leave, enter)
        assert not UNREAD.search(sentence), sentence


def test_how_sure_a_verdict_is() -> None:
    several = [rounds_of({"10": 6 + size, "01": 15, "11": 40, "00": 40}, parameter=f"SP0{size}") for size in (1, 2, 3)]
    row = first(compared(*several))
    said = robustness(row)
    assert f"{row.p_mcnemar:.3f}".replace(".", ",") in said and f"{row.q_bh:.3f}".replace(".", ",") in said
    sure = robustness(first(compared(rounds_of({"10": 60, "01": 5, "11": 40, "00": 40}))))
    assert "< 0,001" in sure and "0,000" not in sure
    assert robustness(first(compared(rounds_of({"10": 3, "01": 2, "11": 40, "00": 40})))) == ""  # withheld


RED, GREEN = {"11": 80, "00": 20}, {"11": 10, "00": 90}
IMPROVED = {"11": 30, "10": 50, "01": 5, "00": 15}


def test_the_headline_counts_red_parameters_then_and_now_and_who_surely_improved() -> None:
    tables = [
        rounds_of(RED, parameter="SP01"),
        rounds_of(IMPROVED, parameter="SP02"),
        rounds_of(GREEN, parameter="SP03"),
    ]
    awal, kini, change = shares(*tables, periode=AWAL), shares(*tables), compared(*tables)
    assert headline(awal, kini, change) == text("parameter.utama_membaik", awal="2", kini="1", membaik=1)
    nobody = [tables[0], tables[2]]
    assert headline(shares(*nobody, periode=AWAL), shares(*nobody), compared(*nobody)) == text(
        "parameter.utama", awal="1", kini="1"
    )
    none_red = [tables[1], tables[2]]
    assert headline(shares(*none_red, periode=AWAL), shares(*none_red), compared(*none_red)) == text(
        "parameter.utama_membaik", awal="1", kini=text("parameter.nol"), membaik=1
    )
    empty = shares(tables[0], periode="2019-01")
    assert headline(empty, empty, compared(tables[0]).iloc[:0]) == text("parameter.utama_nihil")


def test_what_only_the_list_changed_is_never_named_an_improvement() -> None:
    diluted = rounds_of({"11": 103, "00": 68}, enter=(18, 56), parameter="SS01")
    change = compared(diluted)
    kini = shares(diluted)
    assert "pasti membaik" not in headline(shares(diluted, periode=AWAL), kini, change).replace(
        "belum ada yang pasti membaik", ""
    )
    line = subline(kini, change)
    before, after = text("parameter.sub_susunan", daftar="|").split("|")
    [named] = re.findall(f"{re.escape(before)}([^.]*){re.escape(after)}", line)
    assert parameter_names()["SS01"].lower() in named.lower()
    assert text("parameter.sub_membaik", daftar="|").split("|")[0] not in line


def test_the_line_names_the_largest_changes_and_counts_the_rest() -> None:
    codes = [known.kode for known in load_parameters() if known.kode.startswith("SP")][: NAMED + 2]
    tables = [rounds_of({"11": 30, "10": 20 + 5 * place, "00": 60}, parameter=code) for place, code in enumerate(codes)]
    line = subline(shares(*tables), compared(*tables))
    better = line.split(".")[0].lower()
    named = [place for place, code in enumerate(codes) if parameter_names()[code].lower() in better]
    assert named == [2, 3, 4]
    assert [better.index(parameter_names()[code].lower()) for code in codes[:1:-1]] == sorted(
        better.index(parameter_names()[codes[place]].lower()) for place in named
    )
    assert text("parameter.dan_lain", jumlah=2).strip(", ") in better


def test_the_highest_now_is_named_with_its_share() -> None:
    tables = [rounds_of(RED, parameter="SP01"), rounds_of(GREEN, parameter="SP02")]
    line = subline(shares(*tables), compared(*tables))
    assert "80 %" in line and "10 %" not in line
    hidden = rounds_of({"11": 3, "00": 2}, parameter="SP01")
    assert subline(shares(hidden), compared(hidden)) == ""


@pytest.mark.parametrize("write", [headline, lambda _, kini, change: subline(kini, change)])
def test_a_group_without_any_comparison_has_sentences_too(write: Callable[..., str]) -> None:
    tables = [rounds_of(enter=(30, 20))]
    assert "{" not in write(shares(*tables, periode=AWAL), shares(*tables), compared(*tables))
