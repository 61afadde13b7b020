"""Numbers and dates as they are written in Indonesian: decimal comma, thousands point, true minus, short months."""

import math

import pandas as pd
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

LOCALE = "id"
MINUS = "\u2212"
MISSING = "–"


def number(value: float | None, decimals: int = 0) -> str:
    """Return 10453 as `10.453`, -2.5 as `−2,5`; missing as an en dash."""
    if value is None or pd.isna(value):
        return MISSING
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(_round_half_up(float(value), decimals), pattern, locale=LOCALE)).replace("-", MINUS)


def percent(value: float | None, decimals: int = 1) -> str:
    """Return 14.91 as `14,9 %`; missing as an en dash."""
    text = number(value, decimals)
    return text if text == MISSING else f"{text} %"


def signed(value: float | None, decimals: int = 2) -> str:
    """Return a difference with its sign: `+2,55`, `−9,92`."""
    text = number(value, decimals)
    return f"+{text}" if value is not None and not pd.isna(value) and _round_half_up(value, decimals) > 0 else text


def month(periode: str) -> str:
    """Return `2022-09` as `Sep 2022`."""
    return str(format_date(pd.Period(periode, "M").start_time, "MMM yyyy", locale=LOCALE))


def short_months(awal: str, kini: str) -> tuple[str, str]:
    """Return two months as shortly as they differ: `2021`, `2022`, or within one year `Feb`, `Sep`."""
    if awal[:4] != kini[:4]:
        return awal[:4], kini[:4]
    return month(awal).split(" ")[0], month(kini).split(" ")[0]


def moment(iso: str) -> str:
    """Return an ISO moment as `24 Nov 2026 11.05`."""
    return str(
        format_datetime(pd.Timestamp(iso).to_pydatetime().replace(tzinfo=None), "d MMM yyyy HH.mm", locale=LOCALE)
    )


def day(date: pd.Timestamp) -> str:
    """Return a day as `24 Nov 2026`."""
    return str(format_date(date.date(), "d MMM yyyy", locale=LOCALE))


def join_names(names: list[str]) -> str:
    """Return `A, B, dan C`."""
    if len(names) < 3:
        return " dan ".join(names)
    return ", ".join(names[:-1]) + ", dan " + names[-1]


def _round_half_up(value: float, decimals: int) -> float:
    # Printed percentages follow school rounding; a tiny nudge undoes the binary error of values such as 2.675.
    scale = 10**decimals
    rounded = math.floor(abs(value) * scale + 0.5 + 1e-9) / scale
    return math.copysign(rounded, value) if rounded else 0.0  # nothing is minus zero
