"""Riwayat: versions are compared and an earlier one brought back, by named staff, with a reason."""

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics.intake import import_files
from analytics.version_changes import COMPARED
from data.audit import read_audit
from data.store import SAMPLE_FOLDER, Store, current_version, open_store, reading
from tests.builders import make_children, make_table, write_csv
from tests.conftest import ROOT
from tests.sasaran_tables import BUMIL, PARAMETER, as_table
from ui import access


@pytest.fixture
def store(penyimpanan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Two versions of family parameters: the second corrects a row and adds one."""
    monkeypatch.setattr(access, "who", lambda: "bidan")
    monkeypatch.setattr(access, "may_see", lambda ruang: True)
    opened = open_store(penyimpanan)
    import_files(opened, [write_csv(tmp_path / "awal.csv", as_table([{"SP01": "0"}], PARAMETER))])
    rows = [{}, {"id_sasaran": "BLT-2", "id_keluarga": "K2", "desa": "Marajai", "kecamatan": "Halong"}]
    import_files(opened, [write_csv(tmp_path / "<b>kini.csv", as_table(rows, PARAMETER))])
    return opened


def open_page(ruang: str = "petugas") -> AppTest:
    page = AppTest.from_file(str(ROOT / "pages" / "petugas" / "riwayat.py"), default_timeout=60)
    page.session_state["_ruang"] = ruang
    return page.run()


def html_of(page: AppTest) -> str:
    return "\n".join(element.proto.body for element in page.get("html"))


def now(store: Store, rantai: str = "parameter") -> str:
    with reading(store) as connection:
        return str(current_version(connection, rantai))


def test_the_version_that_counts_is_compared_with_the_one_before(store: Store) -> None:
    page = open_page()
    shown = html_of(page)
    assert not page.exception and "1 baris baru, 1 berubah, 0 hilang, 0 tetap." in shown
    assert "Halong" in shown and "Mei 2022" in shown and "&lt;b&gt;kini.csv" in shown
    page.selectbox(key="versi_awal").select(now(store)).run()
    assert "versi yang sama" in html_of(page)


def test_an_earlier_version_is_brought_back_with_a_reason_and_the_page_tells_so_at_once(store: Store) -> None:
    page, before = open_page(), now(store)
    page.button(key="kembalikan_versi").click().run()
    assert "alasannya" in page.error[0].value and now(store) == before
    page.text_input(key="alasan_kembali").input("salah kirim").run()
    page.button(key="kembalikan_versi").click().run()
    assert not page.exception and not page.error and now(store) != before
    shown = html_of(page)
    assert "awal.csv" in page.success[0].value and "dilewati" in shown and "*1 impor*" not in shown
    assert "alasan: salah kirim" in shown and "1 impor" in shown
    assert read_audit(store).iloc[0]["siapa"] == "bidan"
    page.run()
    assert page.selectbox(key="versi_kembali").value == before  # and back again


def test_a_login_that_ended_moves_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    page, before = open_page(), now(store)
    page.text_input(key="alasan_kembali").input("salah kirim").run()
    monkeypatch.setattr(access, "may_see", lambda ruang: False)
    page.button(key="kembalikan_versi").click().run()
    assert page.error and now(store) == before and read_audit(store).empty


ACTIVITY = {"kode": "K1", "kegiatan": "FGD", "target_kali": "8", "terlaksana_kali": "6", "per_tanggal": "2022-12-31"}
CHILD = make_children()[0]
CHAINS = {  # two files a chain: the second corrects the row of the first
    "eppgbm": [make_table(2, [CHILD]), make_table(2, [CHILD | {"Berat": "10.9"}])],
    "parameter": [as_table([{"SP01": answer}], PARAMETER) for answer in "01"],
    "bumil": [as_table([{"lila_cm": lila}], BUMIL) for lila in ("22.8", "24")],
    "kegiatan": [as_table([{"terlaksana_kali": done}], ACTIVITY) for done in "67"],
}


@pytest.mark.parametrize("rantai", CHAINS)
def test_every_chain_is_compared_and_brought_back(
    rantai: str, penyimpanan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "who", lambda: "bidan")
    monkeypatch.setattr(access, "may_see", lambda ruang: True)
    opened = open_store(penyimpanan)
    files = [write_csv(tmp_path / f"{number}.csv", table) for number, table in enumerate(CHAINS[rantai])]
    first, _ = [import_files(opened, [file]) and now(opened, rantai) for file in files]
    page = open_page()
    assert not page.exception and "0 baris baru, 1 berubah, 0 hilang, 0 tetap." in html_of(page)
    assert set(CHAINS) == set(COMPARED) and "2 impor" in html_of(page)
    page.text_input(key="alasan_kembali").input("salah kirim").run()
    page.button(key="kembalikan_versi").click().run()
    assert not page.exception and page.success and now(opened, rantai) == first


@pytest.mark.parametrize("ruang", ["publik", "rapat"])
def test_a_lower_room_is_told_no_count(store: Store, ruang: str) -> None:
    page = open_page(ruang)
    assert page.exception and "baris baru" not in html_of(page)


def test_versions_of_the_sample_are_compared_but_never_moved(
    penyimpanan: Path, penyimpanan_contoh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "may_see", lambda ruang: True)
    kept = shutil.ignore_patterns("*-wal", "*-shm")
    shutil.copytree(penyimpanan_contoh / SAMPLE_FOLDER, penyimpanan / SAMPLE_FOLDER, ignore=kept)
    page = open_page()
    assert not page.exception and "baris baru" in html_of(page)
    assert "Data contoh" in page.caption[0].value and not [
        each for each in page.button if each.key == "kembalikan_versi"
    ]
    page.selectbox(key="rantai").select("bumil").run()
    assert "65 baris baru" in html_of(page)
