"""The table behind the overview: one row a kecamatan from earlier to now, from the data or from the printed figures."""

import pandas as pd

from analytics.change import compare_months
from analytics.disclosure import Cleared, as_printed
from config.published import kabupaten_levels, kecamatan_levels, load_published, load_ranges

INCONSISTENT = "†"
SLOPE_COLUMNS = [
    "kode", "nama", "arah", "pasti", "selisih", "tanda", "nilai_awal", "bawah_awal", "atas_awal", "rentang_awal",
    "nilai_kini", "bawah_kini", "atas_kini", "rentang_kini", "desimal",
]  # fmt: skip


def slopes_from_data(cleared: Cleared, awal: str, kini: str) -> Cleared:
    """Return SLOPE_COLUMNS for each place of a cleared prevalence table of one indicator, highest now first."""
    change = compare_months(cleared, awal, kini).table
    change = change.assign(nilai_awal=change["persen_awal"], nilai_kini=change["persen_kini"], tanda="")
    change = change.assign(rentang_awal=False, rentang_kini=False, desimal=1)
    return Cleared(change.sort_values("nilai_kini", ascending=False)[SLOPE_COLUMNS], cleared.ruang)


def slopes_as_printed() -> Cleared:
    """Return SLOPE_COLUMNS for each kecamatan as the report knows it: points where printed, else ranges.

    A direction the report states counts as certain here: it is quoted, not computed. `selisih` is given only where
    the report prints one and it does not contradict its own levels; otherwise `tanda` marks the contradiction.
    """
    levels = kecamatan_levels()
    sides = []
    for side, tahun in (("awal", 2021), ("kini", 2022)):
        year = levels[levels["tahun"] == tahun].set_index("kode")
        part = year[["nilai", "bawah", "atas"]].assign(rentang=year["jenis"] == "rentang")
        sides.append(part.rename(columns=lambda name, side=side: f"{name}_{side}"))
    names = levels.drop_duplicates("kode").set_index("kode")[["nama", "arah"]]
    table = names.join(sides).reset_index()
    printed = load_published().query("indikator == 'perubahan_prevalensi'")
    stated = dict(zip(printed["wilayah"].str.removeprefix("Kec. "), printed["nilai"].astype(float), strict=True))
    computed = table["nilai_kini"] - table["nilai_awal"]
    table["selisih"] = table["nama"].map(stated)
    contradicts = (computed - table["selisih"]).abs() > 0.005
    table["tanda"] = contradicts.map({True: f" {INCONSISTENT}", False: ""})
    table["selisih"] = table["selisih"].mask(contradicts)
    table["pasti"], table["desimal"] = True, 2
    order = table[["bawah_kini", "atas_kini"]].mean(axis="columns").sort_values(ascending=False).index
    return as_printed(table.loc[order, SLOPE_COLUMNS].reset_index(drop=True))


def printed_contradiction(nama: str) -> tuple[float, float] | None:
    """Return the printed and the computed change (percentage points) where the report contradicts itself."""
    chosen = f"indikator == 'perubahan_prevalensi' and wilayah == 'Kec. {nama}'"
    printed, derived = load_published().query(chosen), load_ranges().query(chosen)
    if printed.empty or derived.empty:
        return None
    return float(printed["nilai"].iloc[0]), float(derived["bawah"].iloc[0])


def printed_variants() -> list[float]:
    """Return every printing of the kabupaten's 2021 prevalence, the working value first."""
    working = kabupaten_levels().set_index("tahun").at[2021, "nilai"]
    rows = load_published().query("indikator == 'prevalensi_stunting' and wilayah == 'Kab. Balangan'")
    others = rows[rows["periode"].str.startswith("2021")]["nilai"].astype(float)
    return [float(working), *(value for value in others if value != working)]


def printed_beside(cleared: Cleared, periode: str) -> Cleared:
    """Return the printed figures of a month beside ours: kode, nama, laporan_bawah, laporan_atas, hitungan, selisih.

    Only for months the report prints (those of 2021-12 and 2022-09); an empty table otherwise. A range counts as
    agreeing (selisih 0) while our figure lies inside it.
    """
    printed = pd.concat([kabupaten_levels(), kecamatan_levels()])
    year = {"2021-12": 2021, "2022-09": 2022}.get(periode)
    printed = printed[printed["tahun"] == year]
    ours = cleared.table[cleared.table["periode"] == periode].set_index("kode")["persen"].astype("float64")
    table = printed[["kode", "nama", "bawah", "atas"]].assign(hitungan=printed["kode"].map(ours).astype("float64"))
    rounded = table["hitungan"].round(2)
    gap = (rounded - table["atas"]).clip(lower=0) + (rounded - table["bawah"]).clip(upper=0)
    table = table.rename(columns={"bawah": "laporan_bawah", "atas": "laporan_atas"}).assign(selisih=gap)
    return Cleared(table.reset_index(drop=True), cleared.ruang)
