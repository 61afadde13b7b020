"""Turns cleared parameter tables into the marks of the heatmap: how a cell looks, its text, the facts on its card."""

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analytics.comparison import BETTER, MIX_ONLY, UNCHANGED, WORSE
from analytics.disclosure import NEARLY_ALL, Cleared
from analytics.notes import NOT_APPLICABLE, NOT_ASKED
from config.text import text
from config.values import threshold
from ui.format import MINUS, MISSING, number

WITHHELD = "disamarkan"  # every remark of the disclosure about a withheld cell begins so
LETTERS = {"merah": "m", "kuning": "k", "hijau": "h"}
NEIGHBOURS = {"k": "kh", "h": "hk"}
# Looks are classes of heatmap.css; the words of each are `panas.rupa_...` of the texts.
STATUS_LOOKS = ("m", "k", "h", "kh", "hk", "mb", "kb", "hb", "r", "s", "ms", "ks", "hs", "x", "q", "t")
CHANGE_LOOKS = ("tu", "nk", "tuf", "nkf", "td", "nd", "nol", "su", "te", "tv", "nv", "ov", "s", "x", "q", "t")
FACTS = ("n", "penyebut", "persen", "bawah", "atas", "tidak_berlaku", "tidak_ditanya")
CHANGE_FACTS = ("selisih", "dari_tetap", "dari_masuk", "dari_keluar", "tetap", "masuk", "keluar")


@dataclass(frozen=True)
class Mark:
    """One cell: its look, what is written in it, facts for its card (texts, may be empty), a remark."""

    look: str
    text: str = ""
    facts: tuple[str, ...] = ()
    note: str = ""


Marks = dict[tuple[str, str], Mark]  # by parameter and kode


def status_marks(cleared: Cleared) -> Marks:
    """Return the mark of every cell of a cleared parameter table of one round, with `FACTS`.

    tidak_berlaku and tidak_ditanya are empty when both are zero.
    """
    return {(row.parameter, row.kode): _status_mark(row) for row in cleared.table.itertuples()}


def change_marks(cleared: Cleared) -> Marks:
    """Return the mark of every cell of a cleared comparison, with `CHANGE_FACTS`."""
    return {(row.parameter, row.kode): _change_mark(row) for row in cleared.table.itertuples()}


def count_sasaran(cleared: Cleared) -> dict[str, str]:
    """Return the number of sasaran of each place (by kode) as written under its name; withheld where its cells are."""
    return {str(kode): _sasaran_text(rows) for kode, rows in cleared.table.groupby("kode", sort=False)}


def _sasaran_text(rows: pd.DataFrame) -> str:
    if rows["sasaran"].isna().all() and rows["catatan"].str.startswith(WITHHELD).any():
        return "••"
    return number(rows["sasaran"].max())


def count_stayers(cleared: Cleared) -> dict[str, str]:
    """Return the largest number of stayers of each place (by kode) in a cleared comparison, empty where unknown.

    A parameter that one round did not ask has no stayers, which says nothing about the families.
    """
    compared = cleared.table["selisih"].notna()
    largest = cleared.table["tetap"].where(compared).groupby(cleared.table["kode"]).max()
    return {str(kode): "" if pd.isna(value) else number(value) for kode, value in largest.items()}


def short_percent(value: float) -> str:
    """Return a percentage without decimals; finer where rounding would show exactly a limit that it is not."""
    for decimals in (0, 1):
        shown = brief(value, decimals)
        touched = [limit for limit in limits() if value != limit and shown == brief(limit, decimals)]
        if not touched:
            return shown
    return f"{'<' if value < touched[0] else '>'}{brief(touched[0])}"


def brief(value: float, decimals: int = 0) -> str:
    """Return what `number` returns, without a minus before zero; thousands of cells need it fifty times as fast."""
    if pd.isna(value) or abs(value) >= 999:
        return number(value, decimals)
    whole = str(math.floor(abs(value) * 10**decimals + 0.5 + 1e-9)).zfill(decimals + 1)
    text = f"{whole[:-decimals]},{whole[-decimals:]}" if decimals else whole
    return f"{MINUS}{text}" if value < 0 and whole.strip("0") else text


def brief_signed(difference: float, decimals: int = 0) -> str:
    """Return a difference with its sign; none before a zero."""
    written = brief(difference, decimals)
    return f"+{written}" if difference > 0 and written.strip("0,") else written


def limits() -> tuple[float, float]:
    """Return the limits of kuning and merah in percent."""
    return threshold("parameter_kuning").nilai, threshold("parameter_merah").nilai


def _status_mark(row: Any) -> Mark:
    asked = _asked(row)
    if pd.isna(row.persen):
        look = _blank_look(row.catatan, row.warna)
        facts = ("", "", "", "", "", *asked) if any(asked) else ()
        return Mark(look, text("panas.hampir") if look == "r" else "", facts, row.catatan)
    bounds = ("", "") if pd.isna(row.bawah95) else (brief(row.bawah95), brief(row.atas95))
    facts = (brief(row.n), brief(row.penyebut), brief(row.persen, 1), *bounds, *asked)
    return Mark(_status_look(row), short_percent(row.persen), facts, row.catatan)


def _asked(row: Any) -> tuple[str, str]:
    counts = [row.tidak_berlaku, row.tidak_ditanya]
    if all(pd.isna(count) or count == 0 for count in counts):
        return "", ""
    first, second = (MISSING if pd.isna(count) else brief(count) for count in counts)
    return first, second


def _status_look(row: Any) -> str:
    letter = LETTERS[row.warna]
    if pd.isna(row.bawah95):
        return letter if row.pasti == "ya" else f"{letter}b"
    yellow, red = limits()
    if row.bawah95 <= red < row.atas95:
        return f"{letter}b"
    return NEIGHBOURS[letter] if row.bawah95 <= yellow < row.atas95 else letter


def _blank_look(note: str, colour: Any = None) -> str:
    if note == NEARLY_ALL:
        return "r"
    if note.startswith((WITHHELD, NEARLY_ALL)):
        return f"{LETTERS.get(colour, '')}s"
    if note.startswith(NOT_ASKED):
        return "q"
    return "t" if note.startswith(NOT_APPLICABLE) else "x"


def _change_mark(row: Any) -> Mark:
    if pd.isna(row.selisih):
        look = _blank_look(row.catatan)
        return Mark("s" if look == "r" else look, note=row.catatan)
    parts = [row.selisih, row.dari_tetap, row.dari_masuk, row.dari_keluar]
    counts = [row.tetap, row.masuk, row.keluar]
    facts = [brief_signed(part, 1) if pd.notna(part) else "" for part in parts]
    facts += [brief(count) if pd.notna(count) else "" for count in counts]
    look = _change_look(row.selisih, row.putusan)
    return Mark(look, _change_text(look, row.selisih), tuple(facts), row.catatan)


def _change_look(difference: float, verdict: Any) -> str:
    if verdict in (MIX_ONLY, UNCHANGED):
        return "su" if verdict == MIX_ONLY else "te"
    if verdict == BETTER:
        return "tuf" if difference > 0 else "tu"
    if verdict == WORSE:
        return "nkf" if difference < 0 else "nk"
    unknown = pd.isna(verdict)  # withheld: that a change is not certain may not be said either
    if brief(abs(difference)) == "0":
        return "ov" if unknown else "nol"
    if unknown:
        return "tv" if difference < 0 else "nv"
    return "td" if difference < 0 else "nd"


def _change_text(look: str, difference: float) -> str:
    if look == "te":
        return text("panas.tetap")
    if look == "su":
        return brief_signed(difference)
    size = brief(abs(difference))
    return text("panas.kurang_dari_satu") if size == "0" and look not in ("nol", "ov") else size
