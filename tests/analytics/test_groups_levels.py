"""The level kelompok of every table: its counts add up to those of the kecamatan and are made of whole desa."""

import pandas as pd
import pytest
from hypothesis import given, settings

from analytics.comparison import compare_parameters
from analytics.groups import groups_of
from analytics.kek import STATUSES, tabulate_kek
from analytics.parameters import tabulate_parameters
from analytics.prevalence import GROUP, code_at_level, list_places, tabulate_prevalence
from tests.analytics.test_groups import rounds_of
from tests.answer_tables import AWAL, AWAYAN, HALONG, JUAI, KINI, any_answers, women

KELOMPOK = groups_of(rounds_of([{JUAI[0]: 11, JUAI[1]: 12, HALONG[0]: 13, HALONG[9]: 14, AWAYAN[0]: 9}]))


def sums(table: pd.DataFrame, counts: list[str], also: list[str]) -> pd.DataFrame:
    """Return the counts of a table by kecamatan, what nobody answered as nothing."""
    kecamatan = table["kode"].astype("str").str[:8]
    return table.assign(kode=kecamatan).fillna(dict.fromkeys(counts, 0)).groupby([*also, "kode"])[counts].sum()


def test_the_kelompok_are_places_of_their_kecamatan() -> None:
    places = list_places(GROUP, "63.11.01", KELOMPOK)
    assert places["kode"].tolist() == ["63.11.01.K01", "63.11.01.K02"]
    assert places["nama"].str.startswith("Kelompok ").all()
    assert list_places(GROUP, "63.11.01.K02", KELOMPOK)["kode"].tolist() == ["63.11.01.K02"]
    assert list_places("kabupaten", "63.11.01.K02", KELOMPOK).empty
    assert code_at_level(pd.Series([AWAYAN[0]]), GROUP, KELOMPOK).tolist() == ["63.11.03.K00"]
    with pytest.raises(ValueError, match="K02"):
        list_places("kabupaten", "63.11.01.K02")
    with pytest.raises(KeyError):
        list_places(GROUP)


@given(any_answers())
@settings(max_examples=25)
def test_counts_of_families_add_up(jawaban: pd.DataFrame) -> None:
    counts, also = ["n", "penyebut"], ["periode", "jenis_sasaran", "parameter"]
    group, kecamatan = (tabulate_parameters(jawaban, level, kelompok=KELOMPOK) for level in (GROUP, "kecamatan"))
    assert set(group["tingkat"]) <= {GROUP}
    pd.testing.assert_frame_equal(sums(group, counts, also), sums(kecamatan, counts, also))
    counts, also = ["n_awal", "penyebut_awal", "n_kini", "penyebut_kini"], ["jenis_sasaran", "parameter"]
    pair = [compare_parameters(jawaban, AWAL, KINI, level, kelompok=KELOMPOK) for level in (GROUP, "kecamatan")]
    pd.testing.assert_frame_equal(sums(pair[0], counts, also), sums(pair[1], counts, also))
    assert (sums(pair[0], ["tetap"], also) <= sums(pair[1], ["tetap"], also)).to_numpy().all()  # some moved within


def test_a_place_within_is_cut_out_of_the_whole() -> None:
    jawaban = rounds_of([{JUAI[0]: 11, JUAI[1]: 12, HALONG[0]: 13}])
    whole = tabulate_parameters(jawaban, GROUP, kelompok=KELOMPOK)
    part = tabulate_parameters(jawaban, GROUP, wilayah="63.11.01", kelompok=KELOMPOK)
    mine = whole[whole["kode"].str.startswith("63.11.01.")].reset_index(drop=True)
    pd.testing.assert_frame_equal(part, mine)
    assert sorted(part["n"]) == [11, 12]


def test_women_and_measured_children_add_up() -> None:
    bumil = women((str(n), kode, "2022-05-10", None, 20.0 + n) for n, kode in enumerate([*JUAI[:4], *HALONG[:4]]))
    counts = [*STATUSES, "jumlah"]
    group, kecamatan = (
        sums(tabulate_kek(bumil, level, kelompok=KELOMPOK), counts, ["periode"]) for level in (GROUP, "kecamatan")
    )
    pd.testing.assert_frame_equal(group, kecamatan)
    kubus = pd.DataFrame({"bulan": "2022-05", "kode_desa": [*JUAI, *HALONG, *AWAYAN], "tbu_z": 7, "tbu_pendek": 2, "tbu_sangat_pendek": 1})  # fmt: skip
    group, kecamatan = (
        tabulate_prevalence(kubus, ["stunting"], level, kelompok=KELOMPOK) for level in (GROUP, "kecamatan")
    )
    pd.testing.assert_frame_equal(
        sums(group, ["n", "penyebut"], ["periode"]), sums(kecamatan, ["n", "penyebut"], ["periode"])
    )
    assert group["nama"].notna().all() and set(group["kode"]) == set(KELOMPOK["kode"])
