"""The verdict on the data of a place and month, and which posyandu to visit first. Only what is sure counts."""

from dataclasses import dataclass

import pandas as pd

from analytics.quality import BAD, CARE, NO_DATA, TOO_FEW
from config.quality import load_checks

USABLE, WITH_CARE, CHECK_FIRST, UNKNOWN = "dapat", "hati_hati", "periksa", "belum"
PLACE = ["periode", "tingkat", "kode", "nama"]
DECISIVE = 2  # groups of checks with a sure problem that make the data unusable before they are looked at


@dataclass(frozen=True)
class Verdict:
    """What an official is told: `putusan`, and the reasons (checks), worst first."""

    putusan: str
    alasan: tuple[str, ...]


def add_verdicts(judged: pd.DataFrame) -> pd.DataFrame:
    """Return one row a place and month of `judge_quality`: PLACE, putusan, masalah, perhatian (groups), alasan.

    Checks of one group count once, by the worst of them. putusan: `periksa` from DECISIVE groups with masalah on,
    `hati_hati` from one masalah or perhatian on, `belum` where no check could be judged, else `dapat`. alasan: the
    first check of each such group in the order of `mutu.toml`, masalah before perhatian, joined by spaces.
    """
    checks = load_checks()
    order = {name: place for place, name in enumerate(checks)}
    rows = judged.assign(
        _group=judged["pemeriksaan"].map({check.id: check.kelompok for check in checks.values()}),
        _order=judged["pemeriksaan"].map(order),
        _bad=-judged["penilaian"].map({BAD: 2, CARE: 1}).fillna(0).astype(int),
        _judged=~judged["penilaian"].isin([TOO_FEW, NO_DATA]),
    )
    able = rows.groupby(PLACE, sort=False)["_judged"].any()
    sure = rows[rows["_bad"] < 0].sort_values("_order", kind="stable")
    sure = sure.assign(_bad=sure.groupby([*PLACE, "_group"])["_bad"].transform("min"))
    worst = sure.sort_values(["_bad", "_order"], kind="stable").drop_duplicates([*PLACE, "_group"])
    found = worst.groupby(PLACE, sort=False).agg(
        masalah=("_bad", lambda bad: int((bad == -2).sum())),
        perhatian=("_bad", lambda bad: int((bad == -1).sum())),
        alasan=("pemeriksaan", " ".join),
    )
    table = able.to_frame().join(found)
    table = table.fillna({"masalah": 0, "perhatian": 0, "alasan": ""}).astype({"masalah": int, "perhatian": int})
    putusan = pd.Series(USABLE, index=table.index)
    putusan = putusan.mask(table["masalah"] + table["perhatian"] > 0, WITH_CARE)
    putusan = putusan.mask(table["masalah"] >= DECISIVE, CHECK_FIRST).mask(~table["_judged"], UNKNOWN)
    return table.drop(columns="_judged").assign(putusan=putusan).reset_index()


def rank_visits(judged: pd.DataFrame) -> pd.DataFrame:
    """Return the posyandu of one month that a visit would help, the first to visit on top.

    Columns of `add_verdicts`, urut (1 ...) and terdampak. The order: more groups with a sure masalah, then more with a
    sure perhatian, then more children surely affected (the lower limits of all shares that are masalah or perhatian,
    times their denominators), then by code. Nothing that chance may explain counts, so a small posyandu cannot lead
    for being small; posyandu without a sure finding are not in the list.
    """
    table = add_verdicts(judged)
    sure = judged[judged["penilaian"].isin([BAD, CARE]) & judged["n"].notna() & (judged["pemeriksaan"] != "cakupan")]
    affected = (sure["bawah"] / 100 * sure["penyebut"]).groupby(sure["kode"]).sum()
    table = table.assign(terdampak=table["kode"].map(affected).fillna(0.0))
    table = table[table["masalah"] + table["perhatian"] > 0]
    order = ["masalah", "perhatian", "terdampak", "kode"]
    table = table.sort_values(order, ascending=[False, False, False, True], ignore_index=True)
    return table.assign(urut=range(1, len(table) + 1))
