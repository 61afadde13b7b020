"""Unggah, again: a file saved anew changes nothing, what was read goes with the page, who is named is written down."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics.intake import import_files
from config.text import text
from data.store import open_store
from tests.builders import make_children, make_table, write_csv, write_xlsx
from tests.sasaran_tables import KRS, PARAMETER, as_table
from tests.ui.test_upload_page import halaman, said, versions
from ui import access, downloads

__all__ = ["halaman"]
CHILDREN = make_table(2, make_children())


def drop(page: AppTest, *files: Path) -> AppTest:
    page.run()
    page.file_uploader[0].set_value([(file.name, file.read_bytes(), "") for file in files])
    return page.run()


def buttons(page: AppTest) -> list[str]:
    return [each.key for each in page.button]


@pytest.mark.parametrize("rantai", ["eppgbm", "parameter"])
def test_a_file_saved_anew_with_the_same_content_says_so_and_is_not_offered(
    halaman: AppTest, penyimpanan: Path, tmp_path: Path, rantai: str
) -> None:
    table = CHILDREN if rantai == "eppgbm" else as_table([{}], PARAMETER)
    import_files(open_store(penyimpanan), [write_csv(tmp_path / "awal.csv", table)])
    page = drop(halaman, write_xlsx(tmp_path / "awal.xlsx", table))
    assert not page.exception and text("unggah.sama") in said(page) and not buttons(page)
    assert "<em>Tidak ada yang baru</em>" in said(page) and len(versions(penyimpanan, rantai)) == 1


def test_another_name_alone_is_a_change(halaman: AppTest, penyimpanan: Path, tmp_path: Path) -> None:
    import_files(open_store(penyimpanan), [write_csv(tmp_path / "a.csv", as_table([{}], PARAMETER))])
    page = drop(halaman, write_csv(tmp_path / "b.csv", as_table([{"nama": "Anak Dibetulkan"}], PARAMETER)))
    assert text("unggah.sama") not in said(page) and buttons(page) == ["simpan_unggahan"]


def test_of_two_files_only_the_one_with_news_is_stored(halaman: AppTest, penyimpanan: Path, tmp_path: Path) -> None:
    import_files(open_store(penyimpanan), [write_csv(tmp_path / "awal.csv", CHILDREN)])
    later = [child | {"Tanggal Pengukuran": "2022-07-04"} for child in make_children()[:1]]
    files = write_xlsx(tmp_path / "awal.xlsx", CHILDREN), write_csv(tmp_path / "juli.csv", make_table(2, later))
    page = drop(halaman, *files, write_xlsx(tmp_path / "juli.xlsx", make_table(2, later)))
    assert said(page).count(text("unggah.sama")) == 2 and page.button[0].label == text("unggah.simpan", jumlah=1)
    page.button(key="simpan_unggahan").click().run()
    assert [row[1] for row in versions(penyimpanan)] == ["juli.csv", "awal.csv"]


def test_the_log_will_know_how_many_people_a_file_of_refused_rows_names(
    halaman: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named: dict[str, int] = {}
    monkeypatch.setattr(downloads, "offer", lambda name, *rest: named.__setitem__(name, (*rest, 0)[4]))
    wrong = [child | {"Berat": "8500"} for child in make_children()[:3]]
    wrong[2] |= {"Nama": "-", "Nama Ortu": ""}
    families = as_table([{"Desa": "Atlantis"}], KRS)
    page = drop(halaman, write_csv(tmp_path / "u.csv", make_table(2, wrong)), write_csv(tmp_path / "k.csv", families))
    page.selectbox(key="bulan_unggah").select_index(1).run()
    assert not page.exception
    assert named == {"ditolak_u.xlsx": 2, "temuan_u.csv": 0, "ditolak_k.xlsx": 1, "temuan_k.csv": 0}


def two_pages() -> None:
    import streamlit as st

    from ui import session

    session.open_page(st.session_state["buka"])
    if st.session_state["buka"] == "unggah" and session.kept("isi") is None:
        session.keep("isi", "nama orang")


def test_what_a_page_keeps_goes_when_another_is_opened_and_stays_over_reruns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "who", lambda: "bidan")
    page = AppTest.from_function(two_pages)
    for name, kept in (("unggah", True), ("unggah", True), ("peta", False), ("unggah", True)):
        page.session_state["buka"] = name
        page.run()
        assert ("_simpan_isi" in page.session_state) is kept
