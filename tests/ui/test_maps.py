"""What the map sends: a base that never changes, and cells that are few, small and cannot become script."""

import json
import re

import pandas as pd
import pytest

from analytics.disclosure import Cleared
from config.places import load_desa, load_kecamatan
from ui import maps

CARD = [("Sep 2022", "{n} dari {penyebut} ({persen} %)"), ("Perubahan", "{ubah} poin persen")]


@pytest.fixture
def desa() -> pd.DataFrame:
    """All desa with plausible texts, as the page gives them."""
    kode = load_desa()["kode"]
    number = pd.Series(range(len(kode)))
    return pd.DataFrame(
        {
            "kode": kode,
            "warna": ("prev" + (number * 7 % 4 + 1).astype(str)),
            "pola": "",
            "n": number % 30,
            "penyebut": number + 40,
            "persen": (number % 30 + 0.5).astype(str).str.replace(".", ","),
            "ubah": "−" + (number % 9 + 0.5).astype(str).str.replace(".", ","),
            "bintang": number == 3,
            "rahasia": "tidak disebut kartu",
        }
    )


def encoded(cells: pd.DataFrame, layer: maps.Layer = "desa", card: maps.Card = CARD) -> maps.EncodedCells:
    return maps.encode_cells(layer, Cleared(cells, "publik"), card)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict]:
    """What show_map hands to streamlit-folium's component, one entry a call; the browser answers with a click on Uren."""
    calls: list[dict] = []
    monkeypatch.setattr(
        "streamlit_folium._component_func", lambda **arguments: calls.append(arguments) or {"kode": "63.11.02.2019"}
    )
    return calls


def decode(column: str | list) -> list[str]:
    """The reading rule of static/peta.js, except for the true minus."""
    if isinstance(column, str):
        return column.split("|")
    texts, runs = column
    return [texts[int(which, 36)] for which, rows in re.findall("(.)(.)", runs) for _ in range(int(rows, 36))]


def test_a_change_of_filter_weighs_less_than_eight_kilobytes(desa: pd.DataFrame, sent: list[dict]) -> None:
    maps.show_map("desa", encoded(desa), "kiri", 500)
    sent[0].pop("on_change")
    assert len(json.dumps(sent[0])) < 8000


def test_the_base_is_the_same_for_every_filter(desa: pd.DataFrame, sent: list[dict]) -> None:
    """Same key and script: the browser keeps the map, its zoom and its centre. Only the layer of cells differs."""
    maps.show_map("desa", encoded(desa), "kiri", 500)
    maps.show_map("desa", encoded(desa.assign(warna="prev1")), "kiri", 500, "63.11.02.2019", focus="63.11.02")
    maps.show_map("desa", encoded(desa.assign(warna="prev2"), card=[]), "kiri", 500)
    assert len({call["feature_group"] for call in sent}) == 3
    for name in sent[0].keys() - {"feature_group", "on_change"}:
        assert all(call[name] == sent[0][name] for call in sent), name


def test_two_maps_and_two_layers_are_different_components(desa: pd.DataFrame, sent: list[dict]) -> None:
    maps.show_map("desa", encoded(desa), "kiri", 500)
    maps.show_map("desa", encoded(desa), "kanan", 500)
    kecamatan = load_kecamatan()[["kode"]].assign(warna="prev1", pola="")
    maps.show_map("kecamatan", encoded(kecamatan, "kecamatan"), "kiri", 500)
    assert len({call["key"] for call in sent}) == 3


def test_nothing_comes_from_another_host(desa: pd.DataFrame, sent: list[dict]) -> None:
    maps.show_map("desa", encoded(desa), "kiri", 500)
    sent[0].pop("on_change")
    assert not re.search(r"https?:|//[a-z]", json.dumps(sent[0]))
    assert all(link.startswith("../../app/static/") for link in sent[0]["js_links"] + sent[0]["css_links"])


def test_a_click_returns_the_code(desa: pd.DataFrame, sent: list[dict]) -> None:
    assert maps.show_map("desa", encoded(desa), "kiri", 500) == "63.11.02.2019"


def test_what_is_sent_reads_back_to_the_same_cells(desa: pd.DataFrame) -> None:
    told = json.loads(encoded(desa.sample(frac=1, random_state=1)))
    ordered = desa.sort_values("kode")
    for name in ("warna", "n", "penyebut", "persen"):
        assert decode(told["kolom"][name]) == ordered[name].astype(str).tolist()
    assert decode(told["kolom"]["ubah"]) == ordered["ubah"].str.replace("−", "-").tolist()
    assert decode(told["kolom"]["bintang"]).index("1") == ordered["bintang"].tolist().index(True)
    codes = [f"{first[:-4]}{int(first[-4:]) + i:04d}" for first, count in told["kode"] for i in range(count)]
    assert codes == ordered["kode"].tolist()


def test_only_what_is_painted_or_on_the_card_leaves_the_server(desa: pd.DataFrame) -> None:
    told = json.loads(encoded(desa.assign(angka="12,3")))
    assert set(told["kolom"]) == {"warna", "n", "penyebut", "persen", "ubah", "bintang"}


def test_missing_is_empty_and_never_zero() -> None:
    cells = pd.DataFrame(
        {"kode": ["63.11.01", "63.11.02"], "warna": [None, "prev1"], "pola": ["samar", ""], "n": [pd.NA, 0]}
    )
    told = json.loads(encoded(cells, "kecamatan", [("", "{n}")]))
    assert decode(told["kolom"]["n"]) == ["", "0"]
    assert decode(told["kolom"]["warna"]) == ["", "prev1"]


def test_long_runs_are_split_into_readable_lengths() -> None:
    texts = ["a"] * 100 + ["b"] + ["a"] * 36
    assert decode(maps._short(texts)) == texts


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "a|b", '"; alert(1); "', "{{ 'x' }}", "\\"])
def test_hostile_text_stays_text(text: str) -> None:
    cells = pd.DataFrame({"kode": ["63.11.01"], "warna": ["prev1"], "pola": [""], "n": [text]})
    told = encoded(cells, "kecamatan", [("", "{n}")])
    assert "<" not in told
    assert decode(json.loads(told)["kolom"]["n"]) == [text.replace("|", "/")]


@pytest.mark.parametrize("wrong", [{"warna": "#FF0000"}, {"pola": "titik"}])
def test_colours_and_patterns_outside_the_palette_are_refused(desa: pd.DataFrame, wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="unknown"):
        encoded(desa.assign(**wrong))
