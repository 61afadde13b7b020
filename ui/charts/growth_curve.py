"""One child among the WHO curves of an index: the zones below -2 and -3, six curves, the measurements. No Streamlit."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from analytics.growth_curves import SDS, child_points, curves, is_standing, window
from config.colours import colour
from config.text import text
from ui.charts.style import NORMAL, SMALL, finish
from ui.format import day, number, signed

HEIGHT = 330
LOW, VERY_LOW = -2, -3
LABEL_ROOM = 0.2  # of the width, for the names of the curves at their right end


def growth_curve(history: pd.DataFrame, jk: str, index: str, events: pd.DataFrame | None = None) -> dict[str, Any]:
    """Return the chart of one child (`history`: stored measurements) and index: `tbu`, `bbu` or `bbtb`.

    `events`: months in which something happened (x: age in months, Bulan, Peristiwa), marked on the axis of age; `bbtb`
    has no such axis. Those outside the part that is drawn are left out.
    """
    points = child_points(history, index)
    start, end = window(points, index)
    lines = curves(index, jk, start, end, is_standing(history))
    axes = _Axes(index, (start, end), lines, points)
    layers = [*_zones(lines, axes), *_curves(lines, axes), *_names(lines, axes)]
    if events is not None and index != "bbtb":
        layers += _events(events[events["x"].between(start, end)], axes)
    layers += _child(points, axes)
    return finish(alt.layer(*layers), HEIGHT)


class _Axes:
    """The shared axes: x with room on the right for the names, y around curves and child."""

    def __init__(self, index: str, span: tuple[float, float], lines: pd.DataFrame, points: pd.DataFrame) -> None:
        start, end = span
        values = pd.concat([lines["y"], points["y"]])
        low, high = float(values.min()), float(values.max())
        room = 0.04 * (high - low)
        self.index = index
        self.floor = low - room
        self.x = self._channel(alt.X, "x", [start, end + LABEL_ROOM * (end - start)], _steps(start, end, index))
        self.y = self._channel(alt.Y, "y", [self.floor, high + room], None)

    def _channel(self, kind: Any, name: str, domain: list[float], values: list[float] | None) -> Any:
        options = {"values": values} if values else {"tickCount": 6}
        title = text(f"kartu.sumbu_{name}_{self.index}")
        axis = alt.Axis(
            title=title, titleFontSize=SMALL, titleFontWeight=400, titleColor=colour("tinta2"), labelFontSize=SMALL,
            labelColor=colour("tinta2"), domain=False, tickColor=colour("garis"), gridColor=colour("garis"),
            gridOpacity=0.6, format="d", **options,
        )  # fmt: skip
        return kind(f"{name}:Q", scale=alt.Scale(domain=domain, nice=False, zero=False), axis=axis)


def _steps(start: float, end: float, index: str) -> list[float]:
    step = 5 if index == "bbtb" else 6 if end - start <= 42 else 12
    return [float(each) for each in np.arange(np.ceil(start / step) * step, end + 0.01, step)]


def _zones(lines: pd.DataFrame, axes: _Axes) -> list[alt.Chart]:
    wide = lines.pivot(index="x", columns="sd", values="y").reset_index()
    very_low = pd.DataFrame({"x": wide["x"], "y": axes.floor, "y2": wide[VERY_LOW]})
    low = pd.DataFrame({"x": wide["x"], "y": wide[VERY_LOW], "y2": wide[LOW]})
    parts = ((very_low, "zona_merah"), (low, "zona_kuning"))
    return [
        alt.Chart(rows).mark_area(color=colour(name), tooltip=None).encode(x=axes.x, y=axes.y, y2="y2:Q")
        for rows, name in parts
    ]


def _curves(lines: pd.DataFrame, axes: _Axes) -> list[alt.Chart]:
    parts = []
    for sd in SDS:
        options: dict[str, Any] = {"strokeWidth": 2 if sd in (0, LOW, VERY_LOW) else 1}
        hue = {VERY_LOW: "merah", LOW: "naik", 0: "tinta2"}.get(sd, "samar")
        line = alt.Chart(lines[lines["sd"] == sd]).mark_line(color=colour(hue), tooltip=None, **options)
        parts.append(line.encode(x=axes.x, y=axes.y))
    return parts


def _names(lines: pd.DataFrame, axes: _Axes) -> list[alt.Chart]:
    ends = lines.sort_values("x").drop_duplicates("sd", keep="last").sort_values("sd")
    ends = ends.assign(nama=[text("kartu.median") if sd == 0 else signed(sd, 0) for sd in ends["sd"]])
    mark = alt.Chart(ends).mark_text(align="left", dx=5, fontSize=SMALL, color=colour("tinta2"), tooltip=None)
    return [mark.encode(x=axes.x, y=axes.y, text="nama:N")]


def _events(events: pd.DataFrame, axes: _Axes) -> list[alt.Chart]:
    if events.empty:
        return []
    rows = alt.Chart(events.assign(y=axes.floor))
    tips = [alt.Tooltip("Bulan:N"), alt.Tooltip("Peristiwa:N")]
    line = rows.mark_rule(color=colour("merek"), strokeDash=[2, 3], opacity=0.6, tooltip=None).encode(x=axes.x)
    mark = rows.mark_point(shape="triangle-up", filled=True, color=colour("merek"), size=110, opacity=1, yOffset=-6)
    return [line, mark.encode(x=axes.x, y=axes.y, tooltip=tips)]


def _child(points: pd.DataFrame, axes: _Axes) -> list[alt.Chart]:
    if points.empty:
        return []
    unit = text(f"kartu.satuan_{'tbu' if axes.index == 'tbu' else 'berat'}")
    told = points.assign(
        Tanggal=[day(each) for each in points["tgl_ukur"]],
        Nilai=[f"{number(each, 1)} {unit}" for each in points["y"]],
        Skor=[signed(each) for each in points["z"]],
    )
    sure, odd = told[told["wajar"]], told[~told["wajar"]]
    tips = [alt.Tooltip("Tanggal:N"), alt.Tooltip("Nilai:N"), alt.Tooltip("Skor:N", title=text("kartu.skor"))]
    place: dict[str, Any] = {"x": axes.x, "y": axes.y}
    track = alt.Chart(sure).mark_line(color=colour("tinta"), strokeWidth=2.5, tooltip=None).encode(**place, order="x:Q")
    dots = alt.Chart(sure).mark_circle(color=colour("tinta"), size=90, opacity=1).encode(**place, tooltip=tips)
    hollow = alt.Chart(odd).mark_point(color=colour("tinta"), size=90, strokeWidth=2, fill=colour("putih"))
    newest = alt.Chart(sure.tail(1)).encode(**place, text="Skor:N")
    halo = newest.mark_text(dy=-14, fontSize=NORMAL, fontWeight=700, stroke=colour("putih"), strokeWidth=4)
    label = newest.mark_text(dy=-14, fontSize=NORMAL, fontWeight=700, tooltip=None)
    return [track, hollow.encode(**place, tooltip=tips), dots, halo, label]
