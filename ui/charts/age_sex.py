"""Prevalence by age group and sex: two points a group, their intervals as upright lines."""

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


def age_sex_chart(cleared: Cleared) -> dict[str, Any]:
    """Return the chart of `split_prevalence` (without the totals of ages or sexes)."""
    rows = cleared.table[(cleared.table["kelompok_umur"] != WHOLE) & (cleared.table["jk"] != WHOLE)]
    rows = rows[rows["persen"].notna()].assign(
        umur=lambda table: table["kelompok_umur"].map(lambda name: text("gizi.umur", kelompok=name)),
        label=lambda table: table["persen"].map(lambda value: number(value, 1)),
    )
    order = [text("gizi.umur", kelompok=name) for name in dict.fromkeys(rows["kelompok_umur"])]
    hues = {"L": colour("tinta"), "P": colour("prev3")}
    shared: dict[str, Any] = {"title": None, "domain": False}
    x = alt.X("umur:N", sort=order, axis=alt.Axis(labelAngle=0, labelFontSize=SMALL, ticks=False, **shared))
    y = alt.Y("persen:Q", axis=alt.Axis(grid=True, gridColor=colour("garis"), tickCount=4, **shared))
    layers = []
    for sex in SEXES:
        base = alt.Chart(rows[rows["jk"] == sex]).encode(x=x, xOffset=alt.XOffset("jk:N", sort=list(SEXES)))
        words = base.mark_text(dy=-9, baseline="bottom", fontSize=NORMAL - 1, fontWeight=700, color=hues[sex])
        layers += [
            base.mark_rule(color=hues[sex], opacity=0.7).encode(y=alt.Y("bawah95:Q"), y2="atas95:Q"),
            base.mark_point(shape=SHAPES[sex], size=90, filled=True, opacity=1, color=hues[sex]).encode(y=y),
            words.encode(y=alt.Y("atas95:Q"), text="label:N"),
        ]
    return finish(alt.layer(*layers), HEIGHT)
