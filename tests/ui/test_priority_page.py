"""Prioritas: every red cell of the newest round with its reach and owner; the order; what it says without data."""

import html
import re
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics.intake import import_files
from analytics.parameters import tabulate_parameters
from analytics.reach import add_reach
from config.parameters import parameter
from data.store import SAMPLE_FOLDER, current_version, open_store, read_table, reading
from tests.builders import write_csv
from tests.conftest import ROOT
from tests.sasaran_tables import BUMIL, PARAMETER, as_table

CELL = re.compile(r'<td class="bl-(?:merah|condong)"[^>]*>([\d.]+)</td>')
NAME = re.compile(r'<th scope="row">(.*?)<small>(.*?)</small>')


@pytest.fixture
def contoh(penyimpanan: Path, penyimpanan_contoh: Path) -> Path:
    """A store that shows sample data."""
    kept = shutil.ignore_patterns("*-wal", "*-shm")
    shutil.copytree(penyimpanan_contoh / SAMPLE_FOLDER, penyimpanan / SAMPLE_FOLDER, ignore=kept)
    return penyimpanan


def open_page() -> AppTest:
    page = AppTest.from_file(str(ROOT / "pages" / "rapat" / "prioritas.py"), default_timeout=60)
    page.session_state["_ruang"] = "rapat"
    return page.run()


def html_of(page: AppTest) -> str:
    return "\n".join(element.proto.body for element in page.get("html"))


def family(number: int, **answers: str) -> dict[str, object]:
    return {"id_sasaran": f"BLT-{number}", "id_keluarga": f"K{number}", "SP01": "", "SP05": "", "SS01": ""} | answers


def test_every_red_cell_of_the_newest_round_is_there_with_its_reach(contoh: Path) -> None:
    store = open_store(contoh / SAMPLE_FOLDER)
    with reading(store) as connection:
        jawaban = read_table(store, str(current_version(connection, "parameter")), "jawaban")
    newest = jawaban.loc[jawaban["jenis_sasaran"] == "balita", "periode"].max()
    table = add_reach(tabulate_parameters(jawaban, "kecamatan", newest).query("jenis_sasaran == 'balita'"))
    expected = sorted(table.loc[table["warna"] == "merah", "jangkauan"].tolist())
    page = open_page()
    assert not page.exception
    assert sorted(int(cell) for cell in CELL.findall(html_of(page))) == expected and expected
    shown = {html.unescape(name): html.unescape(owner) for name, owner in NAME.findall(html_of(page))}
    red = [parameter(kode) for kode in table.loc[table["warna"] == "merah", "parameter"].unique()]
    assert {each.nama: each.penanggung_jawab for each in red}.items() <= shown.items()


def test_a_red_parameter_says_how_many_families_and_the_order_can_be_turned(penyimpanan: Path, tmp_path: Path) -> None:
    rows = [family(number, SP01="1", SP05="1" if number < 4 else "0", SS01="0") for number in range(6)]
    import_files(open_store(penyimpanan), [write_csv(tmp_path / "p.csv", as_table(rows, PARAMETER))])
    page = open_page()
    names = [parameter(kode).nama for kode in ("SP01", "SP05", "SS01")]
    shown = html_of(page)
    assert not page.exception
    assert [html.unescape(name) for name, _ in NAME.findall(shown)] == names[:2]
    assert re.findall(r"<td><b>(\d+)</b>", shown) == ["3", "1"]
    assert f"2 parameter merah; terdekat: <em>{html.escape(names[1])}</em>, 1 keluarga lagi" in shown
    page.segmented_control(key="urut").select("terdekat").run()
    assert [html.unescape(name) for name, _ in NAME.findall(html_of(page))] == [names[1], names[0]]


def test_without_anything_red_the_page_says_so(penyimpanan: Path, tmp_path: Path) -> None:
    rows = [family(number, SP01="0") for number in range(3)]
    import_files(open_store(penyimpanan), [write_csv(tmp_path / "p.csv", as_table(rows, PARAMETER))])
    page = open_page()
    assert not page.exception and "Tidak ada parameter merah" in html_of(page)


def test_without_a_table_of_parameters_the_page_says_what_to_load(penyimpanan: Path, tmp_path: Path) -> None:
    import_files(open_store(penyimpanan), [write_csv(tmp_path / "b.csv", as_table([{}], BUMIL))])
    page = open_page()
    assert not page.exception and "Belum ada tabel parameter" in html_of(page)
