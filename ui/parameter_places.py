"""The places that stand beside each other in the picture of the parameters: kecamatan, kelompok desa or desa."""

import pandas as pd

from analytics.groups import members_of
from analytics.prevalence import GROUP
from config.places import load_desa, load_kecamatan, load_region
from config.text import text
from ui.charts.heatmap import Column, shorten


def whole() -> Column:
    """Return the column of the kabupaten."""
    return Column(load_region().kode, load_region().nama, "KAB.")


def columns_of(tingkat: str, wilayah: str, kelompok: pd.DataFrame) -> list[Column]:
    """Return the places of a level within `wilayah` (a kecamatan, all where empty), in order.

    Where several kecamatan are seen, kelompok and desa stand under the name of theirs. `kelompok`: see `groups_of`.
    """
    kecamatan = load_kecamatan()
    heads = {} if wilayah else dict(zip(kecamatan["kode"], kecamatan["nama"], strict=True))
    if tingkat == GROUP:
        return _groups(wilayah, heads, kelompok)
    places = kecamatan if tingkat == "kecamatan" else load_desa()
    shown = places[places["kode"].str.startswith(wilayah)]
    names = shown["nama"].tolist()
    above = [heads.get(kode[:8], "") if tingkat == "desa" else "" for kode in shown["kode"]]
    return [Column(*each) for each in zip(shown["kode"], names, shorten(names), above, strict=True)]


def _groups(wilayah: str, heads: dict[str, str], kelompok: pd.DataFrame) -> list[Column]:
    titles = dict(zip(kelompok["kode"], kelompok["nama"], strict=True))
    members = {kode: desa for kode, desa in members_of(kelompok).items() if kode.startswith(wilayah)}
    names = [titles[kode].removeprefix(text("kelompok.nama", desa="")) for kode in members]
    return [
        Column(
            kode,
            _count_others(nama, titles[kode], len(desa) - 1),
            short,
            heads.get(kode[:8], ""),
            text("kelompok.anggota", nama=titles[kode], banyak=len(desa), desa=", ".join(desa)),
        )
        for (kode, desa), nama, short in zip(members.items(), names, shorten(names), strict=True)
    ]


def _count_others(nama: str, title: str, others: int) -> str:
    """Return the name over a column, with how many desa there are beside the one it names: none may be overlooked."""
    return text("kelompok.singkat", desa=nama, lain=others) if others and nama != title else nama


def explain_groups(wilayah: str, kelompok: pd.DataFrame) -> str:
    """Return the words under the picture of kelompok desa: whose names the columns bear, or who is in them."""
    if not wilayah:
        return text("kelompok.keterangan")
    return "  \n".join(column.rincian for column in columns_of(GROUP, wilayah, kelompok))
