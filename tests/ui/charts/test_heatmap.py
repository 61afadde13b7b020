"""The heatmap as an HTML table: rows, columns and panels where they belong, nothing unescaped, few bytes."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from analytics.disclosure import WITHHELD
from config.parameters import parameters_of
from config.places import load_desa, load_kecamatan
from tests.ui.charts.heatmap_tables import HALONG, JUAI, KAB, change_row, change_table, status_row, status_table
from ui.charts.heatmap import MAX_COLUMNS, Column, Line, Panel, draw_heatmap, shorten
from ui.charts.heatmap_cells import CHANGE_LOOKS, STATUS_LOOKS, Mark, change_marks, status_marks

LINES = [Line("SS01", "Tidak punya SPAL", "SENSITIF"), Line("SP08", "MP-ASI belum sesuai", "SPESIFIK", usulan=True)]
COLUMNS = [Column(KAB, "Kabupaten", "KAB."), Column(HALONG, "Halong", "HAL"), Column(JUAI, "Juai", "JUA")]
STYLE = Path(__file__).parents[3] / "ui" / "heatmap.css"


def panels() -> list[Panel]:
    status = status_table(
        status_row("SS01", KAB, 116, 171),
        status_row("SS01", HALONG, 17, 31),
        status_row("SS01", JUAI, None, None, WITHHELD),
        status_row("SP08", KAB, 20, 171, tidak_berlaku=4),
    )
    change = change_table(change_row("SS01", KAB, -20.0, "membaik"), change_row("SS01", HALONG, -9.0, "hanya_susunan"))
    return [
        Panel("Awal", "Mei 2022, n = 171", status_marks(status), {KAB: "171", HALONG: "31", JUAI: "<10"}),
        Panel("Perubahan", "poin persen", change_marks(change), {KAB: "118"}, perubahan=True),
    ]


def draw(**more: Any) -> Any:
    given = {"lines": LINES, "columns": COLUMNS, "panels": panels(), "link": "?parameter={}".format} | more
    return lxml.html.fromstring(draw_heatmap("uji", **given))


def cells(page: Any, parameter: str) -> Sequence[Any]:
    return page.xpath(f"//tr[@data-baris='{parameter}']/td")


def test_each_row_has_its_name_and_a_cell_for_each_place_of_each_panel() -> None:
    page = draw()
    assert [cell.get("class") for cell in cells(page, "SS01")] == ["m", "mb", "s", "tu", "su", "x"]
    assert [cell.text_content() for cell in cells(page, "SS01")] == ["68", "55", "", "20", "−9", ""]
    assert [cell.get("class") for cell in cells(page, "SP08")] == ["h", "x", "x", "x", "x", "x"]
    names = page.xpath("//tr[@class='nama']/th")
    assert len(names) == len(cells(page, "SS01"))
    assert [name.findtext("abbr") for name in names] == ["KAB.", "HAL", "JUA"] * 2
    assert [name.findtext("small") for name in names] == ["171", "31", "<10", "118", "", ""]


def test_the_groups_stand_apart_and_a_proposed_parameter_is_marked() -> None:
    page = draw()
    bodies = page.xpath("//tbody")
    assert [body.xpath("string(tr[@class='kelompok']/th)") for body in bodies] == ["SENSITIF", "SPESIFIK"]
    assert [body.xpath("string(tr[@data-baris]/th)") for body in bodies] == ["Tidak punya SPAL", "MP-ASI belum sesuai°"]


def test_the_name_of_a_row_is_a_link_so_that_it_works_by_keyboard_and_without_script() -> None:
    assert draw().xpath("//tr[@data-baris='SP08']/th/a/@href") == ["?parameter=SP08"]


def test_the_facts_of_the_cards_are_on_the_row_and_each_remark_is_sent_once() -> None:
    page = draw()
    facts = {
        row.get("data-baris"): row.xpath("string(th/@data-t)").split("|") for row in page.xpath("//tr[@data-baris]")
    }
    assert len(facts["SS01"]) == len(cells(page, "SS01"))
    assert facts["SS01"][0] == "116;171;67,8;61;74" and facts["SP08"][0] == "20;171;11,7;8;17;4;0"
    assert page.xpath("//table/@data-catatan") == [f'["{WITHHELD}"]']
    assert facts["SS01"][2] == ":0" and facts["SS01"][5] == ""


def test_text_from_outside_is_escaped() -> None:
    evil = "<img src=x onerror=alert(1)>\"'&"
    page = draw(
        lines=[Line("SS01", evil, evil)],
        columns=[Column(KAB, evil, evil, evil), *COLUMNS[1:]],
        panels=[Panel(evil, evil, {("SS01", KAB): Mark("m", evil, (evil,), evil)}, {KAB: evil})],
        link=lambda _: evil,
    )
    assert not page.xpath("//img") and not page.xpath("//@onerror")
    assert page.xpath("string(//tbody//a)") == evil and page.xpath("string(//tbody//a/@href)") == evil


def test_the_legend_shows_only_what_is_on_the_page() -> None:
    words = draw().xpath("//div[@class='bl-panas-leg']")[0].text_content()
    assert "disamarkan" in words and "hanya susunan" in words and "parameter usulan" in words
    assert "memburuk" not in words and "tidak ditanyakan" not in words
    bare = draw(lines=LINES[:1], panels=panels()[:1]).xpath("//div[@class='bl-panas-leg']")[0].text_content()
    assert "susunan" not in bare and "usulan" not in bare and "belum pasti" in bare


def test_one_panel_has_nothing_to_choose_and_the_first_seen_can_be_given() -> None:
    assert draw(first=1).xpath("//input[@checked]/@value") == ["1"]
    assert draw(panels=panels()[:1]).xpath("//fieldset/@hidden")


def test_few_places_stand_beside_each_other_many_one_panel_at_a_time() -> None:
    assert "bl-jajar" in draw().xpath("//div[contains(@class,'bl-panas')]/@class")[0]
    many = [Column(str(number), str(number), str(number), str(number // 5)) for number in range(MAX_COLUMNS + 1)]
    page = draw(columns=many)
    assert "bl-satu" in page.xpath("//div[contains(@class,'bl-panas')]/@class")[0]
    heads = page.xpath("//tr[@class='induk']/th[contains(@class,'p0')]")
    assert [head.get("colspan") for head in heads] == ["5", "5", "5", "5", "5", "5", "1"]
    with pytest.raises(ValueError, match="32 kolom"):
        draw(columns=[*many, Column("a", "a", "a")])


def test_the_widths_of_the_columns_add_up() -> None:
    html = draw_heatmap("uji", LINES, COLUMNS, panels(), str)
    beside = html.split("@media")[0]
    width = {name: float(value) for name, value in re.findall(r"\.bl-uji \.(\w+)\{width:([\d.]+)%\}", beside)}
    assert width["label"] + 2 * (width["semua"] + width["tempat"] + width["ujung"]) == pytest.approx(100, abs=0.02)


def test_code_letters_are_never_twice_the_same() -> None:
    assert shorten(["Halong", "Paringin", "Paringin Selatan", "Tebing Tinggi"]) == ["HAL", "PAR", "PRS", "TBT"]
    for _, desa in load_desa().groupby("kode_kecamatan"):
        codes = shorten(desa["nama"].tolist())
        assert len(set(codes)) == len(codes) and {len(code) for code in codes} == {3}


def test_every_look_is_drawn_by_the_style_sheet() -> None:
    style = STYLE.read_text(encoding="utf-8")
    for look in {*STATUS_LOOKS, *CHANGE_LOOKS}:
        assert re.search(rf"\.{look}\b", style), look


def test_a_page_of_three_panels_stays_under_sixty_kilobytes() -> None:
    """Given 32 parameters x 9 columns x 3 panels with a number in every cell, and long links."""
    places = [KAB, *load_kecamatan()["kode"]]
    known = parameters_of("balita")
    lines = [Line(each.kode, each.nama, each.jenis, each.status == "usulan") for each in known]
    rows = [
        status_row(line.kode, kode, 17, 41, tidak_berlaku=11 if line.kode in ("SP08", "SS15") else 0)
        for line in lines
        for kode in places
    ]
    changes = [
        change_row(line.kode, kode, -12.3, "membaik", dari_tetap=-22.2, dari_masuk=11.1, dari_keluar=-1.2)
        for line in lines
        for kode in places
    ]
    status, change = status_marks(status_table(*rows)), change_marks(change_table(*changes))
    columns = [Column(kode, "Paringin Selatan", "PRS") for kode in places]
    shown = [Panel("Awal", "Mei 2022", status, {}), Panel("Kini", "Jun 2023", status, {})]
    shown.append(Panel("Perubahan", "poin persen", change, {}, perubahan=True))
    link = "?sasaran=balita&tingkat=kecamatan&awal=2022-05&kini=2023-06&urut=terburuk&parameter={}".format
    html = draw_heatmap("uji", lines, columns, shown, link)
    assert len(lines) == 32 and html.count("<td class=") == 32 * 27
    assert len(html.encode()) < 58_000  # the card and the choice of a row take 2 kB more
