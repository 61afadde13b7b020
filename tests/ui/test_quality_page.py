"""Mutu data: the one-line verdict, the checks, SMART, who is visited first, another place and month, no data."""

import re
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics.disclosure_quality import clear_visits
from analytics.intake import import_files
from config.quality import load_checks
from data.store import SAMPLE_FOLDER, current_version, open_store, read_table, reading
from tests.builders import write_csv
from tests.conftest import ROOT
from tests.sasaran_tables import BUMIL, as_table
from ui import quality_sentences


@pytest.fixture
def contoh(penyimpanan: Path, penyimpanan_contoh: Path) -> Path:
    """A store that shows sample data."""
    kept = shutil.ignore_patterns("*-wal", "*-shm")
    shutil.copytree(penyimpanan_contoh / SAMPLE_FOLDER, penyimpanan / SAMPLE_FOLDER, ignore=kept)
    return penyimpanan


def open_page(ruang: str = "petugas", **url: str) -> AppTest:
    page = AppTest.from_file(str(ROOT / "pages" / "petugas" / "mutu.py"), default_timeout=120)
    page.session_state["_ruang"] = ruang
    for name, value in url.items():
        page.query_params[name] = value
    return page.run()


def words_of(page: AppTest) -> str:
    """Return what can be read, blank-separated."""
    shown = " ".join(element.proto.body for element in page.get("html"))
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown))


def test_the_verdict_stands_in_one_line_with_its_reason(contoh: Path) -> None:
    page = open_page()
    assert not page.exception
    shown = words_of(page)
    assert "Data Balangan Sep 2022 dapat dipakai dengan hati-hati : 4 dari 10 tinggi badan berakhir 0 atau 5" in shown
    assert "10.481 balita diukur. Masalah pada 0 dari 11 hal yang dinilai, perhatian pada 1." in shown
    first = shown.index("Angka akhir tinggi badan")  # the worst of the groups stands first
    assert first < shown.index("Nilai tidak wajar") and "44,0 % paling banyak 30 % PERHATIAN" in shown


def test_a_link_reproduces_place_month_and_smart(contoh: Path) -> None:
    shown = words_of(open_page(wilayah="63.11.02", periode="2022-02", cara="smart"))
    assert "Data Halong Feb 2022" in shown and "Menurut desa, Feb 2022" in shown
    assert re.search(r"Skor SMART: \d+ poin", shown) and "Apa yang diperiksa" not in shown


def test_the_posyandu_to_visit_are_those_of_the_rule_in_its_order(contoh: Path) -> None:
    store = open_store(contoh / SAMPLE_FOLDER)
    with reading(store) as connection:
        sums = read_table(store, str(current_version(connection, "eppgbm")), "mutu")
    expected = clear_visits(sums, "petugas", "2022-09").within("63.11.01").table["nama"].head(10).tolist()
    shown = words_of(open_page(wilayah="63.11.01"))
    places = [shown.index(f"{place}. {name} ") for place, name in enumerate(expected, start=1)]
    assert places == sorted(places) and len(places) > 2


def test_every_check_can_be_looked_up_with_its_source(contoh: Path) -> None:
    shown = words_of(open_page())
    for check in load_checks().values():
        assert check.nama in shown and check.sumber in shown


@pytest.mark.parametrize("ruang", ["publik"])
def test_publik_gets_nothing_even_when_it_reaches_the_page(contoh: Path, ruang: str) -> None:
    page = open_page(ruang)
    assert page.exception and "berakhir 0 atau 5" not in words_of(page)


def test_without_measurements_the_page_says_what_to_load(penyimpanan: Path, tmp_path: Path) -> None:
    import_files(open_store(penyimpanan), [write_csv(tmp_path / "b.csv", as_table([{}], BUMIL))])
    page = open_page()
    assert not page.exception and "Belum ada data pengukuran" in words_of(page)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (44.0, "4 dari 10"),
        (9.5, "1 dari 10"),
        (9.4, "9 dari 100"),
        (0.5, "1 dari 100"),
        (0.4, "kurang dari 1 dari 100"),
        (100.0, "10 dari 10"),
    ],
)
def test_shares_in_words(share: float, words: str) -> None:
    assert quality_sentences.part(share) == words
