"""A number line: the earlier and the present prevalence among the targets; further left is better."""

from typing import Any, Literal

import altair as alt
import pandas as pd

from config.colours import colour
from config.text import text
from ui.charts.style import LARGE, NORMAL, axis_free, finish
from ui.format import percent, signed

STOREY = 68  # pixels a label of a target takes; one storey up where two would touch
BELOW = 136  # pixels kept below the line
TARGET_GAP = 0.155  # share of the line that the label of a target takes
VALUE_GAP = 0.42  # share of the line that two values with the change between them take


def target_chart(
    targets: pd.DataFrame, awal: float | None, kini: float, months: tuple[str, str], decimals: int
) -> dict[str, Any]:
    """Return the chart.

    `targets`: nama, nilai (percent). `awal` may be missing. `months`: the texts of both. `decimals` is how finely the
    earlier value and the change are known; the present value is always written with two.
    """
    values = [*targets["nilai"], kini, *([awal] if awal is not None else [])]
    margin = max(0.12 * (max(values) - min(values)), 0.5)
    domain = [min(values) - margin, max(values) + margin]
    marks = targets.sort_values("nilai")
    marks = marks.assign(lantai=_storeys(marks["nilai"], domain))
    line = 124 + STOREY * int(marks["lantai"].max())
    layers = [_base(domain, line), *_draw_targets(marks, domain, line)]
    if awal is not None:
        layers += _draw_change(awal, kini, decimals, domain, line)
    layers += _draw_values(awal, kini, months, decimals, domain, line)
    return finish(alt.layer(*layers), line + BELOW)


def _at(field: str, domain: list[float]) -> alt.X:
    return alt.X(**axis_free(field, domain))


def _base(domain: list[float], line: int) -> alt.Chart:
    ends = pd.DataFrame({"dari": [domain[0]], "sampai": [domain[1]]})
    rule = alt.Chart(ends).mark_rule(strokeWidth=3, color=colour("garis"))
    return rule.encode(x=_at("dari", domain), x2="sampai:Q", y=alt.value(line))


def _storeys(values: pd.Series, domain: list[float]) -> list[int]:
    """Return for each ascending value the storey of its label, so that neighbours do not touch."""
    last = [float("-inf"), float("-inf")]
    storeys = []
    for value in values:
        storey = 0 if value - last[0] >= TARGET_GAP * (domain[1] - domain[0]) else 1
        last[storey] = value
        storeys.append(storey)
    return storeys


def _draw_targets(marks: pd.DataFrame, domain: list[float], line: int) -> list[alt.Chart]:
    marks = marks.assign(
        angka=[percent(value, 1 if value % 1 else 0) for value in marks["nilai"]],
        baris=marks["nama"].str.replace(" ", "\n"),
    )
    layers = []
    for storey in sorted(marks["lantai"].unique()):
        top = line - 118 - STOREY * storey
        base = alt.Chart(marks[marks["lantai"] == storey]).encode(x=_at("nilai", domain))
        number = base.mark_text(fontWeight=700, fontSize=LARGE + 4, color=colour("merek"), baseline="top")
        name = base.mark_text(
            fontSize=NORMAL - 1, color=colour("tinta2"), baseline="top", lineHeight=16, lineBreak="\n"
        )
        stem = base.mark_rule(strokeWidth=2, color=colour("merek"))
        head = base.mark_point(shape="triangle-down", size=70, filled=True, opacity=1, color=colour("merek"))
        layers += [
            number.encode(y=alt.value(top), text="angka:N"),
            name.encode(y=alt.value(top + 26), text="baris:N"),
            stem.encode(y=alt.value(top + 68), y2=alt.value(line)),
            head.encode(y=alt.value(top + 70)),
        ]
    return layers


def _hue(awal: float | None, kini: float) -> str:
    if awal is None:
        return colour("tinta2")
    return colour("turun") if kini <= awal else colour("naik")


def _draw_change(awal: float, kini: float, decimals: int, domain: list[float], line: int) -> list[alt.Chart]:
    ends = pd.DataFrame({"dari": [min(awal, kini)], "sampai": [max(awal, kini)], "tengah": [(awal + kini) / 2]})
    unit = text("ringkasan.leg_satuan_pendek").replace(" ", "\n")
    ends["selisih"] = f"{signed(kini - awal, decimals)}\n{unit}"
    near = abs(kini - awal) < VALUE_GAP * (domain[1] - domain[0])
    words = alt.Chart(ends).mark_text(
        fontWeight=700, fontSize=NORMAL - 1, color=_hue(awal, kini), baseline="top", lineBreak="\n", lineHeight=15
    )
    return [
        alt.Chart(ends)
        .mark_rule(strokeWidth=8, color=_hue(awal, kini))
        .encode(x=_at("dari", domain), x2="sampai:Q", y=alt.value(line)),
        words.encode(x=_at("tengah", domain), y=alt.value(line + (76 if near else 22)), text="selisih:N"),
    ]


def _draw_values(
    awal: float | None, kini: float, months: tuple[str, str], decimals: int, domain: list[float], line: int
) -> list[alt.Chart]:
    points = [{"nilai": kini, "angka": percent(kini, 2), "bulan": months[1], "isi": _hue(awal, kini)}]
    if awal is not None:
        points.append({"nilai": awal, "angka": percent(awal, decimals), "bulan": months[0], "isi": colour("putih")})
    dots = alt.Chart(pd.DataFrame(points)).mark_point(size=260, filled=True, opacity=1, strokeWidth=3)
    dots = dots.encode(
        x=_at("nilai", domain),
        y=alt.value(line),
        fill=alt.Fill("isi:N", scale=None),
        stroke=alt.value(_hue(awal, kini)),
    )
    layers = [dots]
    for point in points:
        base = alt.Chart(pd.DataFrame([point])).encode(x=_at("nilai", domain))
        align, shift = _alignment(points, point)
        number = base.mark_text(fontWeight=700, fontSize=22, baseline="top", align=align, dx=shift)
        month = base.mark_text(fontSize=NORMAL, color=colour("tinta2"), baseline="top", align=align, dx=shift)
        layers += [
            number.encode(y=alt.value(line + 18), text="angka:N"),
            month.encode(y=alt.value(line + 46), text="bulan:N"),
        ]
    return layers


def _alignment(points: list[dict[str, Any]], point: dict[str, Any]) -> tuple[Literal["left", "center", "right"], int]:
    """Let the left value grow to the left and the right one to the right, so that the change fits between them."""
    if len(points) == 1:
        return "center", 0
    leftmost = point["nilai"] == min(each["nilai"] for each in points)
    return ("right", 26) if leftmost else ("left", -26)
