"""Sasaran and Riwayat: names only for staff, an audit row before each look and file, whether the log is whole."""

import re
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analytics.intake import import_files
from data.audit import AuditNotWritten, read_audit, write_audit
from data.store import DATABASE, SAMPLE_FOLDER, open_store
from tests.builders import write_csv
from tests.conftest import ROOT
from tests.sasaran_tables import PARAMETER, as_table
from ui import access, by_name_view

OFFERED: list[tuple[str, bytes]] = []


@pytest.fixture
def contoh(penyimpanan: Path, penyimpanan_contoh: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of one's own that still shows sample data, visited by a midwife."""
    kept = shutil.ignore_patterns("*-wal", "*-shm")
    shutil.copytree(penyimpanan_contoh / SAMPLE_FOLDER, penyimpanan / SAMPLE_FOLDER, ignore=kept)
    visit(monkeypatch)
    return penyimpanan


def visit(monkeypatch: pytest.MonkeyPatch) -> None:
    OFFERED.clear()
    monkeypatch.setattr(access, "who", lambda: "bidan")
    monkeypatch.setattr(by_name_view.downloads, "offer", lambda name, content, *_: OFFERED.append((name, content)))


def open_page(name: str, ruang: str = "petugas") -> AppTest:
    """Run a page as a session of a room sees it."""
    page = AppTest.from_file(str(ROOT / "pages" / "petugas" / f"{name}.py"), default_timeout=60)
    page.session_state["_ruang"] = ruang
    return page.run()


def html_of(page: AppTest) -> str:
    return "\n".join(element.proto.body for element in page.get("html"))


def log(folder: Path) -> list[list[Any]]:
    columns = ["siapa", "ruang", "perbuatan", "objek", "rincian"]
    return read_audit(open_store(folder))[columns].to_numpy().tolist()


def test_the_list_shows_at_most_a_hundred_people_with_most_problems_first(contoh: Path) -> None:
    page = open_page("sasaran")
    assert not page.exception and not page.error
    shown = html_of(page)
    assert "283 sasaran" in shown and shown.count('<th scope="row">') == 100
    assert page.selectbox(key="halaman").options == ["1–100 dari 283", "101–200 dari 283", "201–283 dari 283"]
    page.selectbox(key="halaman").select("3").run()
    assert html_of(page).count('<th scope="row">') == 83


def test_each_look_is_one_row_of_the_log_and_a_rerun_of_it_none(contoh: Path) -> None:
    page = open_page("sasaran")
    page.run()
    assert log(contoh) == [
        ["bidan", "petugas", "lihat", "sasaran", "data contoh; Semua; Balangan; halaman 1; 100 nama"]
    ]
    page.selectbox(key="wilayah").select("63.11.01").run()
    page.text_input(key="cari_nama").input("siti").run()
    newest = [row[-1] for row in log(contoh)]
    assert len(newest) == 3
    assert newest[0].startswith("data contoh; Semua; Juai; cari: siti; halaman 1; ")
    assert "cari" not in page.query_params and "siti" not in str(page.query_params)


@pytest.mark.parametrize(("alasan", "words"), [("terlambat", "Terlambat diukur"), ("memburuk", "TB/U memburuk"),
                                               ("merah", "Parameter merah di kecamatan")])  # fmt: skip
def test_each_reason_for_a_visit_keeps_only_those_it_holds_for(contoh: Path, alasan: str, words: str) -> None:
    page = open_page("sasaran")
    page.selectbox(key="alasan").select(alasan).run()
    assert not page.exception and page.query_params["alasan"] == alasan
    rows = [re.findall(r'data-kol="([^"]+)">([^<]*)', row) for row in html_of(page).split('<th scope="row">')[1:]]
    cells = [dict(row) for row in rows]
    holds = {
        "terlambat": lambda row: row["Terakhir diukur"] == "–" or "bulan lalu" in row["Terakhir diukur"],
        "memburuk": lambda row: float(row["TB/U (ubah)"].split("(−")[1].rstrip(")").replace(",", ".")) >= 0.3,
        "merah": lambda row: int(row["Merah di kecamatannya"]) > 0,
    }[alasan]
    assert cells and all(holds(row) for row in cells) and "283 sasaran" not in html_of(page)
    assert f"Saringan: Semua, Balangan, {words}" in html_of(page) and words in log(contoh)[0][-1]


def test_a_search_that_finds_nobody_shows_and_writes_nothing(contoh: Path) -> None:
    page = open_page("sasaran")
    page.text_input(key="cari_nama").input("tidak ada orang begini").run()
    assert len(page.info) == 1 and len(log(contoh)) == 1


@pytest.mark.parametrize("ruang", ["publik", "rapat"])
def test_a_lower_room_gets_no_name_even_when_it_reaches_the_page(contoh: Path, ruang: str) -> None:
    open_page("sasaran")
    page = open_page("sasaran", ruang)
    assert page.exception and '<th scope="row">' not in html_of(page)
    assert len(log(contoh)) == 1


def test_without_a_log_there_are_no_names(contoh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AuditNotWritten

    monkeypatch.setattr(by_name_view, "write_audit", refuse)
    page = open_page("sasaran")
    assert "coba lagi" in page.error[0].value and '<th scope="row">' not in html_of(page)
    page.button(key="siapkan_sasaran").click().run()
    assert page.error and not OFFERED


def test_a_file_is_offered_only_when_asked_for_and_that_is_written_down(contoh: Path) -> None:
    page = open_page("sasaran")
    assert not OFFERED
    page.selectbox(key="wilayah").select("63.11.01").run()
    page.button(key="siapkan_sasaran").click().run()
    [(name, content)] = OFFERED
    rows = content.decode("utf-8-sig").splitlines()
    assert name.startswith("sasaran_Juai_") and name.endswith("_CONTOH.csv")
    assert rows[0].startswith("Nama;Sasaran;Desa;") and rows[0].endswith("DATA CONTOH")
    assert log(contoh)[0][2] == "siapkan_unduhan" and log(contoh)[0][4].endswith(f"{len(rows) - 1} nama")


def test_formula_like_names_are_escaped_in_the_file_and_markup_on_the_screen(
    penyimpanan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit(monkeypatch)
    people = [{"nama": "=HYPERLINK(1)"}, {"id_sasaran": "BLT-2", "id_keluarga": "K2", "nama": "<b>Siti</b>"}]
    import_files(open_store(penyimpanan), [write_csv(tmp_path / "p.csv", as_table(people, PARAMETER))])
    page = open_page("sasaran")
    assert "&lt;b&gt;Siti" in html_of(page) and "<b>Siti" not in html_of(page)
    page.button(key="siapkan_sasaran").click().run()
    assert "'=HYPERLINK(1)" in OFFERED[0][1].decode("utf-8-sig")


def test_pages_without_their_tables_say_what_to_load(
    penyimpanan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bumil_only: Callable[[Path], None]
) -> None:
    visit(monkeypatch)
    bumil_only(tmp_path)
    page = open_page("sasaran")
    assert not page.exception and "Belum ada tabel parameter" in html_of(page)
    history = open_page("riwayat")
    assert not history.exception and "1 impor" in html_of(history) and "masih kosong" in html_of(history)
    assert log(penyimpanan) == []


@pytest.fixture
def bumil_only(penyimpanan: Path) -> Callable[[Path], None]:
    from tests.sasaran_tables import BUMIL

    def load(folder: Path) -> None:
        import_files(open_store(penyimpanan), [write_csv(folder / "bumil.csv", as_table([{}], BUMIL))])

    return load


def test_the_history_shows_imports_and_log_and_says_when_the_log_was_touched(contoh: Path) -> None:
    for number in range(3):
        write_audit(
            open_store(contoh), "bidan", "petugas", "unduh" if number else "lihat", "sasaran", f"baris <{number}>"
        )
    page = open_page("riwayat")
    shown = html_of(page)
    assert not page.exception and "9 impor" in shown and "parameter_2022-09_CONTOH.xlsx" in shown
    assert "utuh: 3 baris" in shown and "baris &lt;2&gt;" in shown
    page.selectbox(key="perbuatan").select("lihat").run()
    assert "baris &lt;0&gt;" in html_of(page) and "baris &lt;2&gt;" not in html_of(page)
    with sqlite3.connect(contoh / DATABASE) as connection:
        connection.execute("DROP TRIGGER audit_tidak_diubah")
        connection.execute("UPDATE audit SET siapa = 'orang lain' WHERE nomor = 2")
    assert "TIDAK utuh: mulai baris 2" in html_of(page.run())
