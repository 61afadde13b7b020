"""The card of a child tells what was done and what happened; pairs say where a family may have moved."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics.intake import import_files
from analytics.intake_links import read_links
from config.text import text
from data.decisions import SAME, write_decision
from data.store import Store, current_version, open_store, reading
from tests.builders import make_children, make_table, write_csv
from tests.conftest import ROOT
from tests.sasaran_tables import KRS, PARAMETER, as_table
from ui import access

CARD = str(KRS["No. Kartu Keluarga"])


@pytest.fixture
def store(penyimpanan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A child followed in two rounds between which the family moved, found by the KRS, measured twice in a month."""
    monkeypatch.setattr(access, "who", lambda: "bidan")
    monkeypatch.setattr(access, "may_see", lambda _: True)
    child = {"nama": "Anak Contoh A", "id_keluarga": CARD}
    rounds = [child | {"periode": "2022-05"}, child | {"periode": "2022-09", "desa": "Mungkur Uyam", "SP01": "0"}]
    first = make_children()[0]
    days = [first | {"Tanggal Pengukuran": day} for day in ("2022-08-04", "2022-08-20", "2022-09-04")]
    opened = open_store(penyimpanan)
    import_files(opened, [write_csv(tmp_path / "p.csv", as_table(rounds, PARAMETER))])
    import_files(opened, [write_csv(tmp_path / "u.csv", make_table(1, days))])
    import_files(opened, [write_csv(tmp_path / "k.csv", as_table([{}], KRS))], periode="2022-06")
    return opened


def open_page(**state: str) -> AppTest:
    page = AppTest.from_file(str(ROOT / "pages" / "petugas" / "sasaran.py"), default_timeout=60)
    for name, value in ({"_ruang": "petugas"} | state).items():
        page.session_state[name] = value
    return page


def html_of(page: AppTest) -> str:
    return "\n".join(element.proto.body for element in page.get("html"))


def test_the_card_tells_month_by_month_what_was_done_and_what_happened(store: Store) -> None:
    with reading(store) as connection:
        links = read_links(store, *(str(current_version(connection, name)) for name in ("parameter", "eppgbm")))
    write_decision(store, "sasaran", links["id_sasaran"].iloc[0], links["id_anak"].iloc[0], SAME, "bidan")
    page = open_page(_kartu=links["id_sasaran"].iloc[0]).run()
    assert not page.exception and not page.error
    [table] = [each.proto.body for each in page.get("html") if each.proto.body.startswith('<table class="bl-peristiwa')]
    told = [row.split("</th>") for row in table.split('<th scope="row">')[1:]]
    assert [month for month, _ in told] == ["Sep 2022", "Agu 2022", "Jun 2022", "Mei 2022"]
    september, august, june, may = (said for _, said in told)
    assert text("kartu.peristiwa_pindah", dari="Galumbang", ke="Mungkur Uyam") in september
    assert "Teratasi: Belum menerima PMT" in september and text("kartu.peristiwa_ukur_ulang", kali=2) in august
    assert "vitamin A" in august and text("kartu.peristiwa_krs") in june
    assert text("kartu.peristiwa_sejak_awal") in may


def test_a_pair_in_two_desa_says_that_the_family_may_have_moved(store: Store) -> None:
    page = open_page()
    page.query_params["bagian"] = "pasangan"
    page.run()
    assert not page.exception
    shown = html_of(page)
    assert "Mungkur Uyam, Juai" in shown and "Galumbang, Juai" in shown and shown.count(text("pasangan.pindah")) == 1
