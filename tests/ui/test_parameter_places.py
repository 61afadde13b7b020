"""The columns of the picture of parameters: places of a level in order, kelompok desa never taken for one desa."""

import pandas as pd
import pytest

from analytics.groups import groups_of
from config.places import load_desa, load_kecamatan
from tests.analytics.test_groups import rounds_of
from tests.answer_tables import HALONG, JUAI
from ui.charts.heatmap import Panel, draw_heatmap
from ui.parameter_places import columns_of, explain_groups, whole


@pytest.fixture(scope="module")
def kelompok() -> pd.DataFrame:
    return groups_of(rounds_of([{JUAI[5]: 12, JUAI[10]: 11, HALONG[0]: 30}]))


def test_kecamatan_and_desa_are_as_in_the_list_of_places(kelompok: pd.DataFrame) -> None:
    assert [place.nama for place in columns_of("kecamatan", "", kelompok)] == load_kecamatan()["nama"].tolist()
    desa = columns_of("desa", "", kelompok)
    assert [place.kode for place in desa] == load_desa()["kode"].tolist()
    assert (desa[0].kelompok, desa[-1].kelompok) == ("Juai", "Tebing Tinggi")
    halong = columns_of("desa", "63.11.02", kelompok)
    assert len(halong) == len(HALONG) and {place.kelompok for place in halong} == {""}


def test_a_kelompok_stands_under_its_kecamatan_and_tells_how_many_desa_it_has(kelompok: pd.DataFrame) -> None:
    places = columns_of("kelompok", "", kelompok)
    assert [place.kode for place in places] == sorted(set(kelompok["kode"]))
    other, first, third = places[:3]
    sizes = kelompok["kode"].value_counts()
    assert first.nama == f"Galumbang (Juai) +{sizes[first.kode] - 1}"
    assert (other.kelompok, third.kelompok, third.nama) == ("Juai", "Halong", "Seluruh Halong")
    assert not any("+" in place.singkat for place in places) and len({place.singkat for place in places}) == len(places)
    assert first.rincian.startswith(f"Kelompok Galumbang (Juai) ({sizes[first.kode]} desa): ")
    assert sum(len(place.rincian.split(": ")[1].split(", ")) for place in places) == 157


def test_a_kelompok_of_one_desa_bears_only_its_name() -> None:
    counts = dict.fromkeys(JUAI, 10)
    places = columns_of("kelompok", "63.11.01", groups_of(rounds_of([counts])))
    assert len(places) == len(JUAI) and not any("+" in place.nama for place in places)


def test_the_words_below_name_the_desa_of_the_kecamatan_chosen(kelompok: pd.DataFrame) -> None:
    assert "+9" in explain_groups("", kelompok)
    words = explain_groups("63.11.01", kelompok)
    assert words.count("\n") == 1 and "Galumbang" in words and "Hauwai" not in words


def test_the_heading_of_a_kelompok_lists_its_desa(kelompok: pd.DataFrame) -> None:
    places = [whole(), *columns_of("kelompok", "63.11.01", kelompok)]
    html = draw_heatmap("uji", [], places, [Panel("Kini", "", {}, {})], "?parameter={}".format)
    assert html.count('scope="col" title="Kelompok ') == 2 and "Muara Ninian" in html
