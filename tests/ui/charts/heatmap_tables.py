"""Small invented tables for the tests of the heatmap: cleared parameter tables and comparisons."""

from typing import Any

import pandas as pd

from analytics.disclosure import Cleared
from analytics.intervals import wilson
from analytics.parameters import colour_of

KAB, HALONG, JUAI = "63.11", "63.11.02", "63.11.01"
NAMES = {KAB: "Kabupaten Balangan", HALONG: "Halong", JUAI: "Juai"}


def status_row(
    parameter: str, kode: str, n: int | None, total: int | None, note: str = "", **more: Any
) -> dict[str, Any]:
    """One row of a parameter table; n and total None for a cell without numbers."""
    known = n is not None and total
    lower, upper = wilson(n, total) if known else (float("nan"), float("nan"))
    persen = 100 * n / total if known else float("nan")
    return {
        "periode": "2022-05",
        "jenis_sasaran": "balita",
        "tingkat": "kecamatan",
        "kode": kode,
        "nama": NAMES.get(kode, kode),
        "parameter": parameter,
        "n": n,
        "penyebut": total,
        "persen": persen,
        "bawah95": 100 * float(lower),
        "atas95": 100 * float(upper),
        "warna": colour_of([persen])[0],
        "pasti": "ya" if known and len(set(colour_of([100 * float(lower), 100 * float(upper)]))) == 1 else "tidak",
        "catatan": note,
        "tidak_berlaku": 0,
        "tidak_ditanya": 0,
        "sasaran": total,
    } | more


def status_table(*rows: dict[str, Any], ruang: str = "publik") -> Cleared:
    """A cleared parameter table of these rows, with the types of the real one."""
    table = pd.DataFrame(list(rows))
    for name in ("n", "penyebut", "tidak_berlaku", "tidak_ditanya", "sasaran"):
        table[name] = table[name].astype("Int64")
    return Cleared(table, ruang)


def change_row(parameter: str, kode: str, difference: float | None, verdict: str | None, **more: Any) -> dict[str, Any]:
    """One row of a comparison; the parts of the difference are all from the stayers unless given."""
    counts = {"n_awal": 20, "penyebut_awal": 40, "n_kini": 15, "penyebut_kini": 50, "tetap": 30, "keluar": 10}
    counts |= {"masuk": 20, "tetap_n_awal": 15, "tetap_n_kini": 9, "keluar_n_awal": 5, "masuk_n_kini": 6}
    if difference is None:
        counts = dict.fromkeys(counts)
    parts = {"dari_tetap": difference, "dari_masuk": 0.0, "dari_keluar": 0.0}
    if difference is None:
        parts = dict.fromkeys(parts)
    return {
        "parameter": parameter,
        "jenis_sasaran": "balita",
        "tingkat": "kecamatan",
        "kode": kode,
        "nama": NAMES.get(kode, kode),
        "awal": "2022-05",
        "kini": "2023-06",
        **counts,
        "selisih": difference,
        **parts,
        "putusan": verdict,
        "catatan": "",
    } | more


def change_table(*rows: dict[str, Any], ruang: str = "rapat") -> Cleared:
    """A cleared comparison of these rows, with the types of the real one."""
    table = pd.DataFrame(list(rows))
    counts = [name for name in table.columns if name.startswith(("n_", "penyebut", "tetap", "keluar", "masuk"))]
    for name in counts:
        table[name] = table[name].astype("Int64")
    for name in ("selisih", "dari_tetap", "dari_masuk", "dari_keluar"):
        table[name] = table[name].astype("float64")
    return Cleared(table, ruang)
