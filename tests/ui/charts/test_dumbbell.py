"""One parameter place by place: both rounds on one line, the verdict beside it, withheld places say so."""

import lxml.html

from tests.ui.charts.heatmap_tables import HALONG, JUAI, KAB, change_row, change_table
from ui.charts.dumbbell import draw_places

NOTE = "disamarkan: kelompok tetap, keluar atau masuk terlalu kecil"


def test_each_place_has_its_line_its_numbers_and_its_verdict() -> None:
    table = change_table(
        change_row("SS01", KAB, -20.0, "membaik"),
        change_row("SS01", HALONG, -20.0, "hanya_susunan"),
        change_row("SS01", JUAI, None, None, catatan=NOTE),
    )
    page = lxml.html.fromstring(draw_places(table, ("Mei 2022", "Jun 2023")))
    first, second, third = page.xpath("//tbody/tr")
    assert first.xpath("string(th)") == "Kabupaten Balangan"
    assert first.xpath("string(td[@class='awal'])") == "50 % 20 dari 40"
    assert first.xpath("string(td[@class='kini'])") == "30 % 15 dari 50"
    assert first.xpath(".//i[@class='garis tu']/@style") == ["left:30.0%;width:20.0%"]
    assert first.xpath(".//i[@class='awal tu']/@style") == ["left:50.0%"]
    assert first.xpath("string(td[@class='putusan'])") == "membaik, pasti"
    assert first.xpath("string(td[@class='tetap'])") == "15 → 9 dari 30"
    assert second.xpath("string(td[@class='putusan'])") == "hanya susunan keluarga"
    assert second.xpath("string(.//span[@class='bl-sel su'])") == "−20"
    assert third.xpath("string(td[@class='putusan'])") == "disamarkan"
    assert third.xpath("td[@class='putusan']/@title") == [NOTE]
    assert not third.xpath(".//i") and third.xpath("string(td[@class='awal'])") == "–"


def test_the_heads_name_both_rounds_and_text_is_escaped() -> None:
    table = change_table(change_row("SS01", KAB, -20.0, "membaik", nama="<script>"))
    html = draw_places(table, ("Mei 2022", "<i>"))
    assert "Mei 2022" in html and "<script" not in html and "○ Mei 2022   ● &lt;i&gt;" in html
