"""Prevalence by age group and sex: two points a group, their intervals as upright lines.

Numbers of boys stand above, those of girls below their line: on a phone there is no room for both side by side.
"""

from typing import Any

import altair as alt

from analytics.disclosure import Cleared
from analytics.prevalence_split import SEXES, WHOLE
from config.colours import colour
from config.text import text
from ui.charts.style import NORMAL, SMALL, finish
from ui.format import number

HEIGHT = 250
SHAPES = {"L": "square", "P": "circle"}
LABELS: dict[str, tuple[str, dict[str, Any]]] = {  # by sex: the end of the interval, and which side of it
    "L": ("atas95", {"dy": -9, "baseline": "bottom"}),
    "P": ("bawah95", {"dy": 9, "baseline": "top"}),
}


def age_sex_chart(cleared: Cleared) -> dict[str, Any]:
    """Return the chart of `split_prevalence` (without the totals of ages or sexes)."""
    rows = cleared.table[(cleared.table["kelompok_umur"] != WHOLE) & (cleared.table["jk"] != WHOLE)]
    rows = rows[rows["persen"].notna()].assign(
        label=lambda table: table["persen"].map(lambda value: number(value, 1)),
    )
    order = list(dict.fromkeys(rows["kelompok_umur"]))
    hues = {"L": colour("tinta"), "P": colour("prev3")}
    ages = alt.Axis(title=text("gizi.umur"), labelAngle=0, labelFontSize=SMALL, ticks=False, domain=False)
    x = alt.X("kelompok_umur:N", sort=order, axis=ages)
    levels = alt.Axis(title=None, grid=True, gridColor=colour("garis"), tickCount=4, domain=False)
    y = alt.Y("persen:Q", axis=levels)
    layers = []
    for sex in SEXES:
        base = alt.Chart(rows[rows["jk"] == sex]).encode(x=x, xOffset=alt.XOffset("jk:N", sort=list(SEXES)))
        end, side = LABELS[sex]
        words = base.mark_text(**side, fontSize=NORMAL - 1, fontWeight=700, color=hues[sex])
        layers += [
            base.mark_rule(color=hues[sex], opacity=0.7).encode(y=alt.Y("bawah95:Q"), y2="atas95:Q"),
            base.mark_point(shape=SHAPES[sex], size=90, filled=True, opacity=1, color=hues[sex]).encode(y=y),
            words.encode(y=alt.Y(f"{end}:Q"), text="label:N"),
        ]
    return finish(alt.layer(*layers), HEIGHT)
