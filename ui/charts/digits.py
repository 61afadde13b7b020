"""How often each last digit was written: ten bars, 0 and 5 dark, a dashed line where all would be if read with care."""

from typing import Any

import altair as alt
import pandas as pd

from analytics.disclosure import Cleared
from config.colours import colour
from ui.charts.style import NORMAL, SMALL, finish
from ui.format import number

HEIGHT = 190
ROUND = (0, 5)
EVEN = 10.0  # percent
ROOM_ABOVE = 1.18  # for the numbers over the bars
HALO: dict[str, Any] = {"strokeWidth": 4, "strokeJoin": "round"}  # keeps the line out of the numbers


def digit_chart(cleared: Cleared) -> dict[str, Any]:
    """Return the chart of one view of `tabulate_digits`, its ten rows: digit, persen."""
    rows = cleared.table.assign(
        bulat=lambda table: table["digit"].isin(ROUND),
        label=lambda table: table["persen"].map(lambda value: number(value, 0)),
    )
    top = max(2 * EVEN, float(rows["persen"].max())) * ROOM_ABOVE  # in this order: nothing measured is NaN
    axis = alt.Axis(labelAngle=0, labelFontSize=NORMAL, ticks=False, domain=False, title=None)
    x = alt.X("digit:O", axis=axis, scale=alt.Scale(paddingInner=0.22))
    y = alt.Y("persen:Q", axis=None, scale=alt.Scale(domain=[0, top], nice=False))
    base = alt.Chart(rows[["digit", "persen", "bulat", "label"]]).encode(x=x, y=y)
    dark = alt.condition("datum.bulat", alt.value(colour("tinta")), alt.value(colour("garis")))
    bars = base.mark_bar(stroke=colour("tinta2"), strokeWidth=0.6).encode(color=dark)
    words: dict[str, Any] = {"dy": -4, "baseline": "bottom", "fontSize": SMALL}
    texts = [
        base.mark_text(**words, **look).encode(text="label:N") for look in (HALO | {"stroke": colour("putih")}, {})
    ]
    line = alt.Chart(pd.DataFrame({"harapan": [EVEN]})).mark_rule(strokeDash=[5, 4], color=colour("tinta2"), size=1.5)
    return finish(alt.layer(bars, line.encode(y=alt.Y("harapan:Q", axis=None)), *texts), HEIGHT)
