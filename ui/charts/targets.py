"""A number line: the earlier and the present prevalence among the targets; further left is better."""

from typing import Any

import altair as alt
import pandas as pd

from config.colours import colour
from ui.charts.style import LARGE, SMALL, axis_free, finish
from ui.format import percent, signed

HEIGHT = 232
LINE = 136  # pixel of the number line
NEAR = 0.155  # closer than this share of the line two labels would touch


def target_chart(targets: pd.DataFrame, awal: float | None, kini: float, months: tuple[str, str]) -> dict[str, Any]:
    """Return the chart; `targets` has nama and nilai (percent), `awal` may be missing, `months` are texts."""
    values = [*targets["nilai"], kini, *([awal] if awal is not None else [])]
    margin = max(0.12 * (max(values) - min(values)), 0.5)
    domain = [min(values) - margin, max(values) + margin]
    x = alt.X(**axis_free("nilai", domain))
    marks = targets.sort_values("nilai").assign(tingkat=_levels(targets["nilai"].sort_values(), domain))
    marks["tulisan"] = [percent(v, 1 if v % 1 else 0) for v in marks["nilai"]]
    marks["baris"] = marks["nama"].str.split(" ")
    layers = [_base(domain), *_targets(marks, x), *_levels_reached(awal, kini, months, domain)]
    return finish(alt.layer(*layers), HEIGHT)


def _levels(values: pd.Series, domain: list[float]) -> list[int]:
    levels: list[int] = []
    last: dict[int, float] = {}
    gap = NEAR * (domain[1] - domain[0])
    for value in values:
        level = next((n for n in (0, 1) if value - last.get(n, -1e9) >= gap), 1)
        last[level] = value
        levels.append(level)
    return levels


def _base(domain: list[float]) -> alt.Chart:
    ends = pd.DataFrame({"x": [domain[0]], "x2": [domain[1]]})
    line = alt.Chart(ends).mark_rule(strokeWidth=3, color=colour("garis"))
    return line.encode(x=alt.X(**axis_free("x", domain)), x2="x2:Q", y=alt.value(LINE))


def _targets(marks: pd.DataFrame, x: alt.X) -> list[alt.Chart]:
    parts = []
    for level, top in ((0, 44), (1, 0)):
        rows = marks[marks["tingkat"] == level]
        base = alt.Chart(rows).encode(x=x)
        number = base.mark_text(fontWeight=700, fontSize=LARGE, color=colour("merek"), baseline="top")
        name = base.mark_text(fontSize=SMALL, color=colour("tinta2"), baseline="top", lineHeight=14)
        parts += [
            base.mark_rule(strokeWidth=2, color=colour("merek")).encode(y=alt.value(top + 54), y2=alt.value(LINE)),
            number.encode(y=alt.value(top), text="tulisan:N"),
            name.encode(y=alt.value(top + 20), text="baris:N"),
        ]
    return parts


def _levels_reached(awal: float | None, kini: float, months: tuple[str, str], domain: list[float]) -> list[alt.Chart]:
    hue = colour("turun") if awal is None or kini <= awal else colour("naik")
    near = awal is not None and abs(kini - awal) < 0.3 * (domain[1] - domain[0])
    points = [{"nilai": kini, "tulisan": percent(kini, 2), "bulan": months[1], "isi": hue, "y": LINE + 20}]
    layers = []
    if awal is not None:
        points.append(
            {"nilai": awal, "tulisan": percent(awal, 2), "bulan": months[0], "isi": colour("putih"), "y": LINE + 20}
        )
        ends = pd.DataFrame({"nilai": [min(awal, kini)], "x2": [max(awal, kini)], "tengah": [(awal + kini) / 2]})
        ends["selisih"] = signed(kini - awal, 2)
        line = alt.Chart(ends).mark_rule(strokeWidth=8, color=hue)
        layers.append(line.encode(x=alt.X(**axis_free("nilai", domain)), x2="x2:Q", y=alt.value(LINE)))
        change = alt.Chart(ends).mark_text(fontWeight=700, fontSize=SMALL, color=hue, baseline="bottom")
        layers.append(
            change.encode(
                x=alt.X(**axis_free("tengah", domain)), y=alt.value(HEIGHT - 4 if near else LINE + 34), text="selisih:N"
            )
        )
    rows = pd.DataFrame(points)
    x = alt.X(**axis_free("nilai", domain))
    dots = alt.Chart(rows).mark_point(size=260, filled=True, opacity=1, stroke=hue, strokeWidth=3)
    layers.append(dots.encode(x=x, y=alt.value(LINE), fill=alt.Fill("isi:N", scale=None)))
    for side, align, shift in (
        (rows["nilai"] == rows["nilai"].min(), "left", -22),
        (rows["nilai"] != rows["nilai"].min(), "right", 22),
    ):
        base = alt.Chart(rows[side]).encode(x=x)
        layers.append(
            base.mark_text(fontWeight=700, fontSize=18, align=align, dx=shift, baseline="top").encode(
                y=alt.value(LINE + 16), text="tulisan:N"
            )
        )
        layers.append(
            base.mark_text(fontSize=SMALL, color=colour("tinta2"), align=align, dx=shift, baseline="top").encode(
                y=alt.value(LINE + 40), text="bulan:N"
            )
        )
    return layers
