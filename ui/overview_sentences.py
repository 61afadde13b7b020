"""The sentences of the overview; every word follows from the numbers of the view."""

from dataclasses import dataclass

import pandas as pd

from analytics.disclosure import Cleared
from config.places import load_region
from config.text import text
from config.values import targets
from ui.format import join_names, month, number, percent


@dataclass(frozen=True)
class View:
    """What the overview speaks of: kabupaten now and before (percent), both months, slopes, printed or computed."""

    kini: float | None
    awal: float | None
    periode_awal: str
    periode_kini: str
    slopes: Cleared
    printed: bool
    pasti: bool = True

    @property
    def key(self) -> str:
        """What the charts are kept by, besides the version."""
        return f"{self.printed}-{self.periode_awal}-{self.periode_kini}"

    @property
    def months(self) -> tuple[str, str]:
        """Both months as a screen writes them."""
        return month(self.periode_awal), month(self.periode_kini)


def headline(view: View) -> str:
    """Return the headline sentence."""
    place = load_region().nama_pendek
    if view.kini is None:
        return text("ringkasan.utama_nihil", wilayah=place)
    shown = percent(view.kini, 2)
    if view.awal is None:
        return text("ringkasan.utama_satu", wilayah=place, persen=shown, periode=view.months[1])
    difference = round(view.kini - view.awal, 2)
    if difference == 0:
        return text("ringkasan.utama_tetap", wilayah=place, persen=shown, anak="")
    rising = _rising(view)
    sure = int(rising["pasti"].astype(bool).sum())
    tail = "" if view.pasti else text("ringkasan.anak_belum_pasti")
    if sure:
        tail += text("ringkasan.anak_naik" if difference < 0 else "ringkasan.anak_naik_juga", jumlah=sure)
    elif len(rising) and difference < 0:
        tail += text("ringkasan.anak_naik_ragu", jumlah=len(rising))
    direction = "turun ke" if difference < 0 else "naik ke"
    return text("ringkasan.utama", wilayah=place, arah=direction, persen=shown, anak=tail)


def _rising(view: View) -> pd.DataFrame:
    return view.slopes.table[view.slopes.table["arah"] == "naik"]


def risers_line(view: View) -> str:
    """Return which kecamatan rose, and how many of these rises are uncertain; empty when none rose."""
    rising = _rising(view)
    if rising.empty:
        return ""
    line = text("ringkasan.naik", daftar=join_names(sorted(rising["nama"])))
    unsure = int((~rising["pasti"].astype(bool)).sum())
    if unsure and unsure < len(rising):
        line += " " + text("ringkasan.naik_belum_pasti", jumlah=unsure, semua=len(rising))
    return line


def targets_line(view: View) -> str:
    """Return which target is reached and how far the nearest missed one is."""
    if view.kini is None:
        return ""
    reached = [target for target in targets() if view.kini < target.nilai]
    missed = [target for target in targets() if view.kini >= target.nilai]
    parts = []
    if reached:
        best = min(reached, key=lambda target: target.nilai)
        parts.append(text("ringkasan.target_di_bawah", nama=_target_name(best.nama), nilai=percent(best.nilai, 0)))
    if missed:
        nearest = max(missed, key=lambda target: target.nilai)
        gap = number(view.kini - nearest.nilai, 2)
        parts.append(
            text(
                "ringkasan.target_di_atas",
                selisih=gap,
                nama=_target_name(nearest.nama),
                nilai=percent(nearest.nilai, 0),
            )
        )
    sentence = ", ".join(parts)
    return sentence[:1].upper() + sentence[1:] + "."


def _target_name(nama: str) -> str:
    return (
        f"target {nama[0].lower()}{nama[1:]}"
        if not nama.isupper() and nama.startswith("Nasional")
        else f"target {nama}"
    )
