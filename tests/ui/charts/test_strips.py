"""All desa at a glance: every place has its cell, in the right colour and shape, and the bytes stay few."""

import re
from typing import Any
from urllib.parse import unquote

import lxml.html
import pytest

from config.colours import colour
from config.parameters import parameters_of
from config.places import load_desa
from ui.charts.heatmap import Column, Line, Panel
from ui.charts.heatmap_cells import CHANGE_LOOKS, STATUS_LOOKS, Mark
from ui.charts.strips import draw_strips

LINES = [Line("SS01", "Tidak punya SPAL", "SENSITIF")]


def places(*sizes: int) -> list[Column]:
    return [
        Column(f"{group}.{n}", f"Desa {group}.{n}", "", f"Kec {group}")
        for group, size in enumerate(sizes)
        for n in range(size)
    ]


def draw(looks: str, *sizes: int, change: bool = False) -> Any:
    known = places(*sizes)
    marks = {("SS01", place.kode): Mark(look) for place, look in zip(known, looks.split(), strict=True)}
    panel = Panel("Kini", "Jun 2023", marks, {}, perubahan=change)
    return lxml.html.fromstring(draw_strips("uji", LINES, known, panel, "?parameter={}".format, "?wilayah={}".format))


def painted(page: Any) -> dict[tuple[str, str], list[int]]:
    """Return which cells are painted, by colour and shape, read from the picture."""
    picture = lxml.html.fromstring(unquote(page.xpath("//img/@src")[0].split(",", 1)[1]))
    cells: dict[tuple[str, str], list[int]] = {}
    for path in picture.xpath(".//path"):
        group = path.getparent()
        shape = "bulat" if group.get("stroke-linecap") == "round" else group.get("stroke-width")
        at, found = 0, []
        for step, length in re.findall(r"m(\d+) 0h(\d+)", path.get("d")):
            at += int(step)
            found += range(at, at + int(length))
            at += int(length)
        cells[path.get("stroke"), shape] = found
    return cells


def test_each_place_is_painted_in_its_colour_a_bar_where_certain_a_dot_where_not() -> None:
    page = draw("m mb mb h kh x s hk t kb", 4, 6)  # the second group begins one cell further
    assert painted(page) == {
        (colour("merah"), "2"): [0],
        (colour("merah"), "bulat"): [1, 2],
        (colour("hijau"), "2"): [3, 8],
        (colour("kuning"), "2"): [5],
        (colour("kosong"), ".14"): [6],
        (colour("samar"), "2"): [7],
        (colour("kuning"), "bulat"): [10],
    }


def test_the_row_counts_the_red_places_and_tells_the_picture_in_words() -> None:
    page = draw("m mb mb h k x", 6)
    assert page.xpath("string(//tr[@data-baris]/td[2])") == "1 / 3"
    assert page.xpath("//img/@alt") == ["merah pasti 1, belum pasti 2; kuning 1, hijau 1, tanpa angka 1"]


def test_changes_are_drawn_as_well_certain_ones_in_their_colour() -> None:
    page = draw("tu nk tuf nkf td nd nol su te tv nv ov s x q t", 16, change=True)
    assert painted(page) == {
        (colour("turun"), "2"): [0, 2],
        (colour("naik"), "2"): [1, 3],
        (colour("tinta3"), "bulat"): [4, 5, 6, 7, 8],
        (colour("samar"), "bulat"): [9, 10, 11],
        (colour("samar"), "2"): [12],
        (colour("kosong"), ".14"): [13, 14],
    }
    assert page.xpath("string(//tr[@data-baris]/td[2])") == "2 / 2"
    assert page.xpath("//img/@alt") == ["pasti membaik 2, pasti memburuk 2; tetap atau belum pasti 5, tanpa putusan 7"]
    letters = page.xpath("//td/@data-s")[0]
    known = page.xpath("//table/@data-rupa")[0].split(",")
    assert [known[ord(letter) - ord("a")] for letter in letters] == [*CHANGE_LOOKS]


def test_the_card_can_name_every_place_and_its_look() -> None:
    page = draw("m mb hk t", 2, 2)
    letters = page.xpath("//td/@data-s")[0]
    assert [page.xpath("//table/@data-rupa")[0].split(",")[ord(letter) - ord("a")] for letter in letters] == [
        "m",
        "mb",
        "hk",
        "t",
    ]
    assert page.xpath("//table/@data-grup") == ["2,2"]
    assert "Desa 1.0 (Kec 1)" in page.xpath("//table/@data-nama")[0]


def test_the_heading_of_a_kecamatan_leads_to_its_desa() -> None:
    heads = draw("m m m", 1, 2).xpath("//tr[@class='grup']//a")
    assert [(head.get("href"), head.get("style")) for head in heads] == [
        ("?wilayah=Kec 0", "flex-grow:1"),
        ("?wilayah=Kec 1", "flex-grow:2"),
    ]


def test_text_from_outside_is_escaped() -> None:
    evil = "<b onclick=x>\"'"
    panel = Panel(evil, evil, {}, {})
    html = draw_strips(
        "uji", [Line("SS01", evil, evil)], [Column("a", evil, "", evil)], panel, lambda _: evil, lambda _: evil
    )
    assert not lxml.html.fromstring(html).xpath("//@onclick")


@pytest.mark.parametrize("every", [1, 2])
def test_all_desa_stay_under_sixty_kilobytes(every: int) -> None:
    """Given 157 desa x 32 parameters whose looks change from cell to cell (every cell, every second)."""
    desa = load_desa()
    known = [Column(row.kode, row.nama, "", row.kecamatan) for row in desa.itertuples()]
    lines = [Line(each.kode, each.nama, each.jenis) for each in parameters_of("balita")]
    looks = [look for look in STATUS_LOOKS if len(look) < 3]
    marks = {
        (line.kode, place.kode): Mark(looks[(7 * row + n // every) % 8])
        for row, line in enumerate(lines)
        for n, place in enumerate(known)
    }
    html = draw_strips("uji", lines, known, Panel("Kini", "", marks, {}), "?parameter={}".format, "?wilayah={}".format)
    assert html.count("data-s=") == 32
    assert len(html.encode()) < (70_000 if every == 1 else 58_000)
