"""Unggah: files are shown before anything is stored, one bad file keeps no other out, only staff may store."""

import re
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analytics.intake import import_files
from config.text import text
from data.audit import read_audit
from data.dictionary import FILE
from data.read import Upload
from data.store import lineage, open_store, reading
from data.templates import TEMPLATES, template_name
from tests.builders import make_children, make_table, write_csv
from tests.conftest import ROOT
from ui import access, downloads

OFFERED: dict[str, bytes] = {}
GOOD = "ukur.csv"


@pytest.fixture
def halaman(penyimpanan: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page as a midwife sees it, with an empty store."""
    OFFERED.clear()
    monkeypatch.setattr(access, "who", lambda: "bidan Rina")
    monkeypatch.setattr(access, "may_see", lambda _: True)
    monkeypatch.setattr(downloads, "offer", lambda name, content, *_: OFFERED.__setitem__(name, content))
    page = AppTest.from_file(str(ROOT / "pages" / "petugas" / "unggah.py"), default_timeout=60)
    page.session_state["_ruang"] = "petugas"
    page.session_state["_simpan_unggah_giliran"] = 0
    return page


def measured(folder: Path, **changes: str) -> bytes:
    children = make_children()
    children[0] |= changes
    return write_csv(folder / GOOD, make_table(2, children)).read_bytes()


def drop(page: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """Run the page with these files in its uploader."""
    page.run()
    page.file_uploader[0].set_value([(name, content, "text/csv") for name, content in files])
    return page.run()


def said(page: AppTest) -> str:
    shown = "\n".join(element.proto.body for element in page.get("html"))
    return "\n".join(
        [shown, *(each.value for kind in (page.error, page.info, page.warning, page.caption) for each in kind)]
    )


def versions(folder: Path, rantai: str = "eppgbm") -> list[Any]:
    store = open_store(folder)
    with reading(store) as connection:
        return lineage(connection, rantai)[["jenis", "berkas", "pengimpor", "diterima"]].to_numpy().tolist()


def test_nothing_is_stored_before_it_is_confirmed_and_then_all_of_it(
    halaman: AppTest, penyimpanan: Path, tmp_path: Path
) -> None:
    page = drop(halaman, (GOOD, measured(tmp_path)), ("rusak.xlsx", b"\x89PNG bukan tabel"))
    assert not page.exception
    shown = said(page)
    assert "8 baris dibaca · 8 diterima · 0 ditolak" in shown
    assert "rusak.xlsx adalah foto atau gambar" in shown
    assert versions(penyimpanan) == []
    page.button(key="simpan_unggahan").click().run()
    assert not page.exception and "8</em> baris tersimpan" in said(page)
    assert versions(penyimpanan) == [["eppgbm", GOOD, "bidan Rina", 8]]
    [row] = read_audit(open_store(penyimpanan))[["siapa", "ruang", "perbuatan", "objek"]].to_numpy().tolist()
    assert row == ["bidan Rina", "petugas", "impor", GOOD]


def test_the_same_file_again_says_so_and_offers_nothing_to_store(
    halaman: AppTest, penyimpanan: Path, tmp_path: Path
) -> None:
    content = measured(tmp_path)
    import_files(open_store(penyimpanan), [tmp_path / GOOD])
    page = drop(halaman, (GOOD, content))
    assert "sudah pernah dimuat" in said(page) and not page.button and "<em>Tidak ada yang baru</em>" in said(page)


def test_findings_stand_by_rule_with_the_row_the_value_and_what_to_do(halaman: AppTest, tmp_path: Path) -> None:
    page = drop(halaman, (GOOD, measured(tmp_path, **{"Berat": "8500", "Nama": "Nama Rahasia"})))
    assert next(each.label for each in page.expander) == "Ditolak: berat mungkin gram (1)"
    shown = said(page)
    assert "8500" in shown and "Tulis berat dalam kilogram" in shown
    assert "Nama Rahasia" not in shown
    assert set(OFFERED) == {"ditolak_ukur.xlsx", "temuan_ukur.csv"}
    assert b"berat mungkin gram" in OFFERED["temuan_ukur.csv"]


def test_a_correction_is_counted_as_a_change_in_its_kecamatan(
    halaman: AppTest, penyimpanan: Path, tmp_path: Path
) -> None:
    measured(tmp_path)
    import_files(open_store(penyimpanan), [tmp_path / GOOD])
    page = drop(halaman, ("ulang.csv", measured(tmp_path, Berat="10.9")))
    [table] = [each.proto.body for each in page.get("html") if text("unggah.kol_berubah") in each.proto.body]
    rows = {row.split("<")[0]: row for row in table.split('<th scope="row">')[1:]}
    counts = {name: re.findall(r"<td>(\d+)</td>", row) for name, row in rows.items()}
    assert counts["Juai"] == ["0", "1", "0", "0"] and counts["Halong"] == ["0", "0", "0", "1"]
    assert counts["Balangan"] == ["0", "1", "0", "7"]


def test_who_is_staff_no_more_stores_nothing(
    halaman: AppTest, penyimpanan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = drop(halaman, (GOOD, measured(tmp_path)))
    monkeypatch.setattr(access, "may_see", lambda _: False)
    page.button(key="simpan_unggahan").click().run()
    assert text("unggah.tidak_boleh") in said(page) and versions(penyimpanan) == []


def test_an_import_in_between_is_noticed_and_the_changes_are_worked_out_anew(
    halaman: AppTest, penyimpanan: Path, tmp_path: Path
) -> None:
    page = drop(halaman, (GOOD, measured(tmp_path)))
    children = make_table(2, make_children()[:2])
    import_files(open_store(penyimpanan), [write_csv(tmp_path / "lain.csv", children)])
    page.button(key="simpan_unggahan").click().run()
    assert text("unggah.didahului") in said(page) and len(versions(penyimpanan)) == 1
    page.button(key="simpan_unggahan").click().run()
    assert len(versions(penyimpanan)) == 2


@pytest.mark.parametrize("ruang", ["publik", "rapat"])
def test_a_lower_room_that_reaches_the_page_sees_no_change_and_stores_nothing(
    halaman: AppTest, tmp_path: Path, ruang: str
) -> None:
    halaman.session_state["_ruang"] = ruang
    page = drop(halaman, (GOOD, measured(tmp_path)))
    assert page.exception and not page.button


def test_a_reader_that_breaks_gives_one_sentence(
    halaman: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from analytics import intake

    def fail(_file: Upload) -> None:
        raise ZeroDivisionError("Nama Rahasia")

    monkeypatch.setattr(intake, "read_sheet", fail)
    page = drop(halaman, (GOOD, measured(tmp_path)))
    assert not page.exception and f"Berkas {GOOD} tidak dapat dibaca" in said(page)
    assert "Rahasia" not in said(page)


def test_templates_and_dictionary_are_made_only_when_asked_for(halaman: AppTest) -> None:
    halaman.run()
    assert OFFERED == {}
    halaman.session_state["templat"] = True
    assert not halaman.run().exception
    assert set(OFFERED) == {FILE, *(template_name(*kind) for kind in TEMPLATES)}
