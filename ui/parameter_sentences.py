"""The sentences of the page Parameter; every one follows from the cleared tables, none names a cause."""

from typing import Any

import pandas as pd

from analytics.comparison import BETTER, MIX_ONLY, WORSE
from analytics.disclosure import NEARLY_ALL
from config.parameters import load_parameters
from config.text import text
from ui.format import join_names, number, percent

NAMED_VERDICTS = {BETTER: "parameter.sub_membaik", WORSE: "parameter.sub_memburuk", MIX_ONLY: "parameter.sub_susunan"}
SMALLEST_CHANCE = 0.001
NAMED = 3  # how many parameters a line names before it counts the rest


def parameter_names() -> dict[str, str]:
    """Return {kode: short name} of the catalogue."""
    return {known.kode: known.nama for known in load_parameters()}


def headline(awal: pd.DataFrame, kini: pd.DataFrame, change: pd.DataFrame) -> str:
    """Return the headline of one group of sasaran: red parameters then and now, and how many surely improved.

    All three are the rows of the kabupaten: `awal`, `kini` of the shares, `change` of the comparison.
    """
    before, now = ((side["warna"] == "merah").sum() for side in (awal, kini))
    better = int((change["putusan"] == BETTER).sum())
    if not len(kini):
        return text("parameter.utama_nihil")
    name = "parameter.utama_membaik" if better else "parameter.utama"
    return text(name, awal=number(before), kini=number(now) if now else text("parameter.nol"), membaik=better)


def subline(kini: pd.DataFrame, change: pd.DataFrame) -> str:
    """Return the line under it: what surely improved or worsened, what only the list changed, what is highest now."""
    parts = []
    for verdict, name in NAMED_VERDICTS.items():
        rows = change[change["putusan"] == verdict]
        order = rows["selisih"].abs().sort_values(ascending=False, na_position="last").index
        if len(rows):
            parts.append(text(name, daftar=_listed(rows.loc[order, "parameter"].tolist())))
    known = kini[kini["persen"].notna()]
    if len(known):
        worst = known.loc[known["persen"].astype("float64").idxmax()]
        name = f"“{parameter_names()[worst['parameter']]}”"
        parts.append(text("parameter.sub_terdekat", nama=name, persen=percent(worst["persen"], 0)))
    return " ".join(parts)


def _listed(codes: list[str]) -> str:
    names = [f"“{parameter_names()[code]}”" for code in codes[:NAMED]]
    rest = len(codes) - NAMED
    return join_names(names) if rest <= 0 else ", ".join(names) + text("parameter.dan_lain", jumlah=rest)


def spoken(row: Any) -> str:
    """Return what can be read aloud of one parameter; `row` is the kabupaten's row of the comparison."""
    name = parameter_names()[row.parameter]
    if pd.isna(row.selisih):
        withheld = "disamarkan" in row.catatan or NEARLY_ALL in row.catatan
        return text("parameter.ucap_samar" if withheld else "parameter.ucap_tak_terbanding", nama=name)
    facts = {
        "nama": name,
        "n_awal": number(row.n_awal),
        "penyebut_awal": number(row.penyebut_awal),
        "n_kini": number(row.n_kini),
        "penyebut_kini": number(row.penyebut_kini),
        "selisih": number(abs(row.selisih), 1),
        "arah": text("parameter.turun" if row.selisih < 0 else "parameter.naik"),
        "tetap": number(row.tetap),
    }
    stayers, linked = "", pd.isna(row.tetap) or row.tetap > 0
    if linked and pd.notna(row.tetap_n_awal) and pd.notna(row.tetap_n_kini):
        stayers = text(
            "parameter.ucap_tetap", tetap=facts["tetap"], awal=number(row.tetap_n_awal), kini=number(row.tetap_n_kini)
        )
    verdict = row.putusan if linked else "tidak_terhubung"
    if pd.isna(row.putusan):
        verdict = "putusan_samar"
    if verdict == MIX_ONLY and (pd.isna(row.b) or row.b > 0):  # withheld, or as many better as worse: not "none"
        verdict = "hanya_susunan_imbang"
    return f"{text('parameter.ucap_angka', **facts)} {stayers} {text(f'parameter.ucap_{verdict}')}".replace("  ", " ")


def robustness(row: Any) -> str:
    """Return how sure a verdict is: mid-p of the stayers, and q among all parameters; empty where withheld."""
    if pd.isna(row.p_mcnemar):
        return ""
    if pd.isna(row.q_bh):
        return text("parameter.uji", p=_chance(row.p_mcnemar))
    return text("parameter.uji_koreksi", p=_chance(row.p_mcnemar), q=_chance(row.q_bh))


def _chance(value: float) -> str:
    return f"= {number(value, 3)}" if value >= SMALLEST_CHANCE else f"< {number(SMALLEST_CHANCE, 3)}"
