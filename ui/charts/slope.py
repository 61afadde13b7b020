"""Small slopes side by side, one a place: first to second month, ranges where only a range is known."""

from typing import Any

import altair as alt
import pandas as pd

from analytics.disclosure import Cleared
from config.colours import colour
from ui.charts.style import LARGE, NORMAL, SMALL, axis_free, finish
from ui.format import number, signed

PANELS = 4
HEIGHT = 276
TOP, BOTTOM = 42, 54  # pixels kept for the names above and for change and months below
LABEL = 20  # pixels a number needs above or below its point
LEFT, RIGHT = 0.28, 0.72
SIDES = (("awal", LEFT), ("kini", RIGHT))


def slope_chart(
    cleared: Cleared, level: float | None, domain: tuple[float, float], months: tuple[str, str]
) -> dict[str, Any]:
    """Return the chart of up to four places.

    `cleared.table` has one row a place: nama, arah (naik, turun, tetap), pasti, selisih (percentage points or
    missing), tanda (mark behind the change, may be empty), and for awal and kini: nilai_, bawah_, atas_ (percent),
    rentang_ (True where only the range is known); desimal says how finely the change is written.
    `level` is drawn as a dashed line across.
    """
    places = cleared.table.reset_index(drop=True)
    places = places.assign(panel=places.index, warna=[_hue(row) for row in places.itertuples()])
    ends = _ends(places)
    scale = _Scales(domain)
    layers = [
        _stripes(places, scale),
        _wedges(places, ends, scale),
        *_ranges(ends, scale),
        *_lines(places, ends, scale),
    ]
    if level is not None:
        layers.insert(1, _level(level, scale))
    layers += [_points(ends, scale), *_labels(ends, scale), *_captions(places, months, scale)]
    return finish(alt.layer(*[layer for layer in layers if layer is not None]), HEIGHT)


def shared_domain(cleared: Cleared, level: float | None) -> tuple[float, float]:
    """Return the percent range that holds every value, range and the level, so that panels compare by eye."""
    columns = ["bawah_awal", "atas_awal", "bawah_kini", "atas_kini"]
    values = pd.concat([cleared.table[column] for column in columns]).dropna().tolist()
    values += [level] if level is not None else []
    return (min(values), max(values)) if values else (0.0, 1.0)


class _Scales:
    """The shared axes: x counts panels, y is percent with room above and below for the captions."""

    def __init__(self, domain: tuple[float, float]) -> None:
        low, high = domain
        span = max(high - low, 1.0)
        usable = HEIGHT - TOP - BOTTOM - 2 * LABEL
        per_pixel = span / usable
        self.y = [low - per_pixel * (BOTTOM + LABEL), high + per_pixel * (TOP + LABEL)]
        self.x = [0.0, float(PANELS)]

    def at(self, x: str = "x", y: str = "y") -> dict[str, Any]:
        return {"x": alt.X(**axis_free(x, self.x)), "y": alt.Y(**axis_free(y, self.y))}

    def column(self, x: str = "x", pixel: float = 0) -> dict[str, Any]:
        return {"x": alt.X(**axis_free(x, self.x)), "y": alt.value(pixel)}


def _hue(row: Any) -> str:
    if not row.pasti or row.arah not in ("naik", "turun"):
        return colour("tinta3")
    return colour(row.arah)


def _ends(places: pd.DataFrame) -> pd.DataFrame:
    parts = []
    for (side, offset), other in zip(SIDES, ("kini", "awal"), strict=True):
        part = places[["nama", "panel", "warna", "pasti"]].copy()
        part["x"] = part["panel"] + offset
        part["nilai"], part["rentang"] = places[f"nilai_{side}"], places[f"rentang_{side}"].astype(bool)
        part["bawah"], part["atas"] = places[f"bawah_{side}"], places[f"atas_{side}"]
        part["rendah"] = places[f"nilai_{side}"] < places[f"nilai_{other}"]
        parts.append(part)
    ends = pd.concat(parts, ignore_index=True)
    low, high = ends["bawah"].map(lambda v: number(v)), ends["atas"].map(lambda v: number(v))
    ends["label"] = ends["nilai"].map(lambda v: number(v, 1)).where(~ends["rentang"], low + "–" + high)
    return ends


def _stripes(places: pd.DataFrame, scale: _Scales) -> alt.Chart:
    stripes = pd.DataFrame({"x": places["panel"], "x2": places["panel"] + 1})[places["panel"] % 2 == 0]
    return (
        alt.Chart(stripes)
        .mark_rect(color=colour("kertas"), tooltip=None)
        .encode(x=alt.X(**axis_free("x", scale.x)), x2="x2:Q", y=alt.value(0), y2=alt.value(HEIGHT))
    )


def _level(level: float, scale: _Scales) -> alt.Chart:
    rule = alt.Chart(pd.DataFrame({"y": [level]})).mark_rule(strokeDash=[5, 4], color=colour("tinta2"))
    return rule.encode(y=alt.Y(**axis_free("y", scale.y)))


def _wedges(places: pd.DataFrame, ends: pd.DataFrame, scale: _Scales) -> alt.Chart | None:
    ranged = set(ends.loc[ends["rentang"], "nama"])
    rows = ends[ends["nama"].isin(ranged)]
    if rows.empty:
        return None
    area = alt.Chart(rows).mark_area(opacity=0.16, tooltip=None)
    colours = alt.Color("warna:N", scale=None)
    return area.encode(**scale.at(y="bawah"), y2="atas:Q", detail="nama:N", color=colours)


def _ranges(ends: pd.DataFrame, scale: _Scales) -> list[alt.Chart]:
    capsules = alt.Chart(ends[ends["rentang"]]).encode(**scale.at(y="bawah"), color=alt.Color("warna:N", scale=None))
    whiskers = alt.Chart(ends[~ends["rentang"] & (ends["atas"] > ends["bawah"])])
    whiskers = whiskers.encode(**scale.at(y="bawah"), color=alt.Color("warna:N", scale=None))
    top = alt.Chart(ends[ends["rentang"]]).encode(**scale.at(y="atas"), color=alt.Color("warna:N", scale=None))
    return [
        whiskers.mark_rule(strokeWidth=1.5, opacity=0.7).encode(y2="atas:Q"),
        capsules.mark_rule(strokeWidth=9, opacity=0.45).encode(y2="atas:Q"),
        capsules.mark_tick(orient="horizontal", thickness=2.5, size=16),
        top.mark_tick(orient="horizontal", thickness=2.5, size=16),
    ]


def _lines(places: pd.DataFrame, ends: pd.DataFrame, scale: _Scales) -> list[alt.Chart]:
    ranged = set(ends.loc[ends["rentang"] | ends["nilai"].isna(), "nama"])
    rows = ends[~ends["nama"].isin(ranged)]
    parts = []
    for sure, dash in ((True, [1, 0]), (False, [4, 4])):
        chosen = rows[rows["pasti"].astype(bool) == sure]
        line = alt.Chart(chosen).mark_line(strokeWidth=3, strokeDash=dash, tooltip=None)
        parts.append(line.encode(**scale.at(y="nilai"), detail="nama:N", color=alt.Color("warna:N", scale=None)))
    return parts


def _points(ends: pd.DataFrame, scale: _Scales) -> alt.Chart:
    dots = alt.Chart(ends[ends["nilai"].notna()]).mark_circle(size=110, opacity=1)
    return dots.encode(**scale.at(y="nilai"), color=alt.Color("warna:N", scale=None))


def _labels(ends: pd.DataFrame, scale: _Scales) -> list[alt.Chart]:
    single, ranged = ends[ends["nilai"].notna()], ends[ends["rentang"]]
    above, below = single[~single["rendah"]], single[single["rendah"]]
    bold: dict[str, Any] = {"fontWeight": 700, "fontSize": LARGE}
    return [
        alt.Chart(above).mark_text(dy=-13, **bold).encode(**scale.at(y="atas"), text="label:N"),
        alt.Chart(below).mark_text(dy=15, **bold).encode(**scale.at(y="bawah"), text="label:N"),
        alt.Chart(ranged).mark_text(dy=14, fontSize=SMALL).encode(**scale.at(y="bawah"), text="label:N"),
    ]


def _captions(places: pd.DataFrame, months: tuple[str, str], scale: _Scales) -> list[alt.Chart]:
    middle = places.assign(x=places["panel"] + 0.5, ubah=[_change(row) for row in places.itertuples()])
    middle["baris"] = middle["nama"].str.replace(" ", "\n")
    ends = pd.concat(
        [places.assign(x=places["panel"] + offset, bulan=name) for (_, offset), name in zip(SIDES, months, strict=True)]
    )
    name: dict[str, Any] = {
        "fontWeight": 700,
        "fontSize": NORMAL,
        "lineHeight": 16,
        "lineBreak": "\n",
        "baseline": "top",
    }
    change = alt.Chart(middle).mark_text(fontWeight=700, fontSize=NORMAL)
    return [
        alt.Chart(middle).mark_text(**name).encode(**scale.column(pixel=6), text="baris:N"),
        change.encode(**scale.column(pixel=HEIGHT - 34), text="ubah:N", color=alt.Color("warna:N", scale=None)),
        alt.Chart(ends)
        .mark_text(fontSize=SMALL - 1, color=colour("tinta2"))
        .encode(**scale.column(pixel=HEIGHT - 12), text="bulan:N"),
    ]


def _change(row: Any) -> str:
    marks = {"naik": ("▲", "△"), "turun": ("▼", "▽")}
    if row.arah not in marks:
        return "tetap" if row.arah == "tetap" else ""
    mark = marks[row.arah][0 if row.pasti else 1]
    return f"{mark} {row.arah if pd.isna(row.selisih) else signed(row.selisih, row.desimal)}{row.tanda}"
