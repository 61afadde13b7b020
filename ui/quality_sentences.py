"""The verdict on the data in words that an official understands; values and limits as the screen writes them."""

import math
from collections.abc import Mapping

import pandas as pd

from config.quality import COVERAGE, SHARE, Check, Criterion, load_checks
from config.text import text
from ui.format import MISSING, month, number, percent

REASONS_TOLD = 2  # in one sentence
NO_BREAK = "\u00a0"


def headline(verdict: pd.Series, wilayah: str, values: Mapping[str, float]) -> str:
    """Return the one-line verdict of a row of `add_verdicts`; `values` gives the value of each check there."""
    why = reasons(str(verdict["alasan"]), values, REASONS_TOLD)
    return text(f"mutu.utama_{verdict['putusan']}", wilayah=wilayah, bulan=month(verdict["periode"]), alasan=why)


def reasons(alasan: str, values: Mapping[str, float], most: int) -> str:
    """Return the first `most` reasons in words, joined by semicolons."""
    return "; ".join(_reason(check, values[check]) for check in alasan.split()[:most])


def _reason(check: str, value: float) -> str:
    return text(f"mutu.alasan_{check}", bagian=part(value), nilai=number(value, _decimals(load_checks()[check])))


def part(share: float) -> str:
    """Return 44 (percent) as `4 dari 10`, 3.2 as `3 dari 100`."""
    if share >= 9.5:
        return text("mutu.bagian_10", jumlah=number(share / 10))
    return text("mutu.bagian_100", jumlah=number(share)) if share >= 0.5 else text("mutu.bagian_1000")


def show_value(check: Check, value: float) -> str:
    """Return a value with its unit where it is a percentage."""
    return percent(value).replace(" ", NO_BREAK) if _is_share(check) else number(value, _decimals(check))


def show_limits(check: Check) -> str:
    """Return the limits of a check in words."""
    low, high = (_limit(check, side) if math.isfinite(side) else "" for side in check.perhatian)
    if low and high:
        return text("mutu.batas_antara", bawah=low, atas=high)
    return text("mutu.batas_atas", atas=high) if high else text("mutu.batas_bawah", bawah=low)


def _limit(check: Check, value: float) -> str:
    decimals = 0 if value == round(value) else _decimals(check)
    return percent(value, decimals).replace(" ", NO_BREAK) if _is_share(check) else number(value, decimals)


def show_criterion(criterion: Criterion, value: float) -> str:
    """Return the value of a criterion of SMART."""
    if pd.isna(value):
        return MISSING
    if criterion.is_p:
        return f"p = {number(value, 3)}"
    return percent(value) if criterion.satuan.startswith("%") else number(value, 2)


def _is_share(check: Check) -> bool:
    return check.jenis in (SHARE, COVERAGE)


def _decimals(check: Check) -> int:
    return 1 if check.jenis in ("akhir", "sebaran", *(SHARE, COVERAGE)) else 2
