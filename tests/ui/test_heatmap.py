"""Showing the heatmap: the style, the picture, the outlined row, and the words of the card."""

import json

from streamlit.testing.v1 import AppTest

from ui.charts.heatmap_cells import CHANGE_LOOKS, STATUS_LOOKS
from ui.heatmap import SCRIPT, STYLE, _words


def _page(chosen: str) -> None:
    from ui.charts.heatmap import Column, Line, Panel, draw_heatmap
    from ui.charts.heatmap_cells import Mark
    from ui.heatmap import show_heatmap

    marks = {("SS01", "63.11"): Mark("mb", "55", ("17", "31")), ("SS01", "63.11.02"): Mark("s")}
    columns = [Column("63.11", "Kabupaten", "KAB."), Column("63.11.02", "Halong", "HAL")]
    html = draw_heatmap("uji", [Line("SS01", "SPAL", "SENSITIF")], columns, [Panel("Kini", "", marks, {})], str)
    show_heatmap(html, "panas", chosen)


def shown(chosen: str) -> str:
    at = AppTest.from_function(_page, args=(chosen,)).run()
    assert not at.exception
    return "".join(str(element.proto.body) for element in at.get("html"))


def test_the_picture_and_its_style_are_sent_and_no_row_is_outlined_at_first() -> None:
    body = shown("")
    assert 'data-baris="SS01"' in body and "outline:2px" not in body


def test_the_chosen_row_is_outlined() -> None:
    assert "tr[data-baris=SS01]{outline:2px" in shown("SS01")


def test_a_strange_choice_from_the_url_reaches_no_style() -> None:
    assert "<img" not in shown("x]}</style><img src=x>")
    assert "outline:2px" not in shown("SS01 td")


def test_the_words_of_the_card_cover_every_look_and_can_be_sent() -> None:
    words = _words()
    assert set(words["rupa"]) == {*STATUS_LOOKS, *CHANGE_LOOKS}
    assert json.loads(json.dumps(words))["nilai"] == "{n} dari {penyebut} ({persen} %), rentang 95 %: {bawah}–{atas} %"


def test_style_and_script_are_there() -> None:
    assert STYLE.is_file() and "export default" in SCRIPT.read_text(encoding="utf-8")
