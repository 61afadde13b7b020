"""What every chart shares: fonts, sizes, colours of axes and text, Indonesian decimal comma. No Streamlit."""

from typing import Any

import altair as alt

from config.colours import colour

FONT = "Inter, Arial, sans-serif"
SMALL, NORMAL, LARGE = 12, 14, 16
LOCALE = {"number": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["Rp", ""]}}


def finish(chart: alt.LayerChart | alt.FacetChart, height: int) -> dict[str, Any]:
    """Return the finished Vega-Lite specification, as wide as its place and `height` pixels high."""
    spec = (
        chart.properties(width="container", height=height)
        .configure(font=FONT, locale=LOCALE, padding=2, autosize={"type": "fit", "contains": "padding"})
        .configure_view(stroke=None)
        .configure_text(color=colour("tinta"), fontSize=NORMAL)
        .to_dict()
    )
    return dict(spec)


def axis_free(name: str, domain: list[float]) -> dict[str, Any]:
    """Return channel options for a positional field with a fixed domain and no axis drawn."""
    return {
        "field": name,
        "type": "quantitative",
        "axis": None,
        "scale": alt.Scale(domain=domain, nice=False, zero=False),
    }
