"""Doubtful pairs and the card of a child: each look and each decision in the log, and only staff may decide."""

from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analytics.intake_links import read_links
from analytics.matching import CERTAIN, DOUBTFUL
from data.audit import AuditNotWritten
from data.decisions import read_decisions
from data.store import SAMPLE_FOLDER, current_version, open_store, read_table, reading
from tests.ui.test_staff_pages import contoh, html_of, log, open_page
from ui import access, child_card_view, pairs_view

__all__ = ["contoh"]


@pytest.fixture
def staff(contoh: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(access, "may_see", lambda ruang: True)
    return contoh


def open_pairs(ruang: str = "petugas") -> AppTest:
    page = AppTest.from_file(
        str(Path(pairs_view.__file__).parents[1] / "pages" / "petugas" / "sasaran.py"), default_timeout=60
    )
    page.session_state["_ruang"] = ruang
    page.query_params["bagian"] = "pasangan"
    return page.run()


def links(folder: Path) -> tuple[pd.DataFrame, pd.Series]:
    """Return the stored links of the sample and the names of its sasaran."""
    store = open_store(folder / SAMPLE_FOLDER)
    with reading(store) as connection:
        families, measured = (str(current_version(connection, name)) for name in ("parameter", "eppgbm"))
    return read_links(store, families, measured), read_table(store, families, "nama").set_index("id_sasaran")["nama"]


def verdicts(page: AppTest) -> list[str]:
    return [button.key for button in page.button if button.key.startswith(("sama_", "berbeda_"))]


def test_pairs_are_shown_with_both_sides_and_each_look_is_in_the_log(staff: Path) -> None:
    page = open_pairs()
    assert not page.exception and "menunggu keputusan" in html_of(page)
    doubtful, names = links(staff)
    best = (
        doubtful[doubtful["keadaan"] == DOUBTFUL].sort_values(["skor", "id_sasaran"], ascending=[False, True]).iloc[0]
    )
    assert names[best["id_sasaran"]] in html_of(page) and "orang tua" in html_of(page)
    page.run()
    assert [row[2] for row in log(staff)] == ["lihat_pasangan"]


def test_a_decision_is_logged_kept_and_can_be_taken_back(staff: Path) -> None:
    page = open_pairs()
    before, key = verdicts(page), verdicts(page)[0]
    page.button(key=key).click().run()
    kept = read_decisions(open_store(staff / SAMPLE_FOLDER))
    assert kept[["jenis", "keputusan", "siapa"]].to_numpy().tolist() == [["sasaran", "sama", "bidan"]]
    assert key not in verdicts(page)
    row = next(row for row in log(staff) if row[2] == "putuskan_pasangan")
    assert row[4] == f"sasaran {key.split('_')[1]} {key.split('_')[2]}: sama"
    page.button(key="batal_putusan").click().run()
    assert read_decisions(open_store(staff / SAMPLE_FOLDER)).empty and verdicts(page) == before
    assert [each[2] for each in log(staff)].count("putuskan_pasangan") == 2


def test_a_decided_sasaran_is_listed_as_decided_with_its_measurements(staff: Path) -> None:
    page = open_pairs()
    page.button(key=verdicts(page)[0]).click().run()
    listed = open_page("sasaran")
    listed.selectbox(key="keadaan").select("diputuskan").run()
    assert "1 sasaran" in html_of(listed) and "Diputuskan petugas" in html_of(listed)


def test_who_is_no_staff_decides_nothing(staff: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_pairs()
    monkeypatch.setattr(access, "may_see", lambda ruang: False)
    page.button(key=verdicts(page)[0]).click().run()
    assert read_decisions(open_store(staff / SAMPLE_FOLDER)).empty
    assert "putuskan_pasangan" not in [row[2] for row in log(staff)]


@pytest.mark.parametrize("ruang", ["publik", "rapat"])
def test_lower_rooms_get_no_pair(staff: Path, ruang: str) -> None:
    page = open_pairs(ruang)
    assert page.exception and not verdicts(page) and "orang tua" not in html_of(page) and log(staff) == []


def test_without_a_log_nothing_is_shown_or_decided(staff: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AuditNotWritten

    page = open_pairs()
    monkeypatch.setattr(pairs_view, "write_audit", refuse)
    page.button(key=verdicts(page)[0]).click().run()
    assert "tidak disimpan" in page.error[0].value and read_decisions(open_store(staff / SAMPLE_FOLDER)).empty
    fresh = open_pairs()
    assert fresh.error and not verdicts(fresh) and "orang tua" not in html_of(fresh)
    monkeypatch.setattr(child_card_view, "write_audit", refuse)
    card = open_card(staff)
    assert card.error and "orang tua" not in html_of(card)


def open_card(folder: Path, state: str = CERTAIN) -> AppTest:
    found, _ = links(folder)
    page = AppTest.from_file(
        str(Path(pairs_view.__file__).parents[1] / "pages" / "petugas" / "sasaran.py"), default_timeout=60
    )
    page.session_state["_ruang"] = "petugas"
    page.session_state["_kartu"] = found.loc[found["keadaan"] == state, "id_sasaran"].iloc[-1]
    return page.run()


def test_a_card_shows_growth_and_deeds_and_is_one_row_of_the_log(staff: Path) -> None:
    page = open_card(staff)
    assert not page.exception and not page.error
    shown = html_of(page)
    assert "orang tua" in shown and "Pengukuran" in shown and "Layanan sudah diterima" in shown
    assert len(page.get("vega_lite_chart")) == 3
    page.run()
    [row] = log(staff)
    assert row[2] == "buka_kartu" and row[4] == f"kartu {page.session_state['_kartu'][:12]}"
    page.button(key="kembali").click().run()
    assert "283 sasaran" in html_of(page)


def test_a_card_without_a_certain_child_shows_no_measurements(staff: Path) -> None:
    page = open_card(staff, DOUBTFUL)
    assert "belum terhubung" in page.info[0].value and not page.get("vega_lite_chart")
    assert "orang tua" not in html_of(page) and "Masih menjadi masalah" in html_of(page)


def test_choosing_a_name_in_the_list_opens_its_card(staff: Path) -> None:
    page = open_page("sasaran")
    page.selectbox(key="pilih_kartu").select_index(0).run()
    assert (
        not page.exception and page.button(key="kembali") and [row[2] for row in log(staff)] == ["buka_kartu", "lihat"]
    )
    assert not set(page.query_params) & {"kartu", "pilih_kartu"}
