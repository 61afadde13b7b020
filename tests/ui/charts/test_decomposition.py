"""The story of one parameter: the bars add up, only a certain change of the same families has a colour."""

import re
from typing import Any

import lxml.html
import pytest

from tests.ui.charts.heatmap_tables import KAB, change_row, change_table
from ui.charts.decomposition import draw_decomposition

SPAL = {
    "n_awal": 116, "penyebut_awal": 171, "n_kini": 118, "penyebut_kini": 245, "tetap": 118, "keluar": 53, "masuk": 127,
    "tetap_n_awal": 85, "tetap_n_kini": 45, "keluar_n_awal": 31, "masuk_n_kini": 73,
}  # fmt: skip
DILUTION = {
    "n_awal": 103, "penyebut_awal": 171, "n_kini": 121, "penyebut_kini": 245, "tetap": 171, "keluar": 0, "masuk": 74,
    "tetap_n_awal": 103, "tetap_n_kini": 103, "keluar_n_awal": 0, "masuk_n_kini": 18,
}  # fmt: skip


def decomposed(counts: dict[str, Any], verdict: str, **more: Any) -> dict[str, Any]:
    p0, p1 = (100 * counts[f"n_{side}"] / counts[f"penyebut_{side}"] for side in ("awal", "kini"))
    s0, s1 = (100 * counts[f"tetap_n_{side}"] / counts["tetap"] for side in ("awal", "kini"))
    parts = {"dari_tetap": s1 - s0, "dari_masuk": p1 - s1, "dari_keluar": s0 - p0}
    return change_row("SS01", KAB, p1 - p0, verdict, **(counts | parts | more))


def draw(row: dict[str, Any]) -> Any:
    return lxml.html.fromstring(draw_decomposition(change_table(row), KAB))


def bars(page: Any) -> list[tuple[str, str, str, str]]:
    return [
        (bar.get("class").split()[0], bar.xpath("string(.//b)"), bar.findtext("h3"), bar.findtext("p"))
        for bar in page.xpath("//section")
    ]


def ends(page: Any) -> list[tuple[float, float]]:
    """Return lower and upper end of each bar, in percent of the height."""
    found = [re.findall(r"(?:bottom|height):([\d.]+)%", style) for style in page.xpath("//*[@class='batang']/@style")]
    return [(float(low), float(low) + float(size)) for low, size in found]


def test_the_bars_tell_then_who_left_who_stayed_who_came_and_now() -> None:
    assert bars(draw(decomposed(SPAL, "membaik"))) == [
        ("jumlah", "67,8 %", "Awal", "116 dari 171"),
        ("susunan", "+4,2", "Keluarga keluar", "31 dari 53"),
        ("turun", "−33,9", "Keluarga yang tetap", "85 → 45 dari 118"),
        ("susunan", "+10,0", "Keluarga baru", "73 dari 127"),
        ("jumlah", "48,2 %", "Kini", "118 dari 245"),
    ]


def test_each_bar_begins_where_the_one_before_ends() -> None:
    first, left, stayed, came, last = ends(draw(decomposed(SPAL, "membaik")))
    assert left[0] == pytest.approx(first[1], abs=0.02)
    assert stayed[1] == pytest.approx(left[1], abs=0.02)
    assert came[0] == pytest.approx(stayed[0], abs=0.02)
    assert last == pytest.approx((0, came[1]), abs=0.02)
    sizes = [high - low for low, high in (left, stayed, came)]
    assert [size / first[1] for size in sizes] == pytest.approx([4.20 / 67.84, 33.90 / 67.84, 10.03 / 67.84], abs=0.001)


def test_when_only_the_families_changed_no_bar_has_a_colour() -> None:
    """103 of 171 stay as they are, 74 come with 18: 60,2 % becomes 49,4 %, and no family became better."""
    told = bars(draw(decomposed(DILUTION, "hanya_susunan")))
    assert [kind for kind, *_ in told] == ["jumlah", "susunan", "ragu", "susunan", "jumlah"]
    assert told[0][1] == "60,2 %" and told[-1][1] == "49,4 %"
    assert told[1][1] == "0,0" and told[2][1:] == ("0,0", "Keluarga yang tetap", "103 → 103 dari 171")
    assert told[3][1] == "−10,8"


@pytest.mark.parametrize(("verdict", "kind"), [("memburuk", "naik"), ("belum_pasti", "ragu"), (None, "ragu")])
def test_the_stayers_have_a_colour_only_where_it_is_certain(verdict: str | None, kind: str) -> None:
    assert bars(draw(decomposed(SPAL, verdict)))[2][0] == kind


def test_withheld_groups_leave_only_then_and_now() -> None:
    row = decomposed(SPAL, "membaik", dari_tetap=None, dari_masuk=None, dari_keluar=None)
    assert [bar[2] for bar in bars(draw(row))] == ["Awal", "Kini"]


def test_a_withheld_count_is_named_so_beside_its_bar() -> None:
    row = decomposed(SPAL, "membaik", keluar_n_awal=None, tetap_n_kini=None)
    told = bars(draw(row))
    assert told[1][3] == "53 keluarga" and told[2][3] == "85 → disamarkan dari 118"


def test_nothing_is_drawn_where_a_round_is_not_known() -> None:
    assert draw_decomposition(change_table(change_row("SS01", KAB, None, None)), KAB) == ""


def test_the_red_limit_is_drawn_at_its_height() -> None:
    page = draw(decomposed(SPAL, "membaik"))
    limit = float(re.findall(r"[\d.]+", page.xpath("//p[@class='ambang']/@style")[0])[0])
    top = ends(page)[0][1]
    assert limit / top == pytest.approx(50 / (100 * 116 / 171), abs=0.001)
    assert "50 %" in page.xpath("string(//p[@class='ambang'])")
