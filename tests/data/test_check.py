"""Every planted error is found by its rule at its row and column; every row is accepted or refused, exactly once."""

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.check import check_rows
from data.findings import Finding
from data.read import RawSheet, read_sheet
from data.standardize import standardize_eppgbm
from tests.builders import GENERATION_2, make_children, make_table, write_csv, write_html, write_xlsx

TODAY = dt.date(2022, 7, 1)
WRITERS = {"xlsx": write_xlsx, "csv": write_csv, "html": write_html}
# changed cells, then what is found: column, rule
PLANTED = [
    ({"Tgl Lahir": "31/06/2022"}, ("Tgl Lahir", "tanggal_tidak_ada")),
    ({"Tgl Lahir": "-"}, ("Tgl Lahir", "tanggal_tidak_ada")),
    ({"Tanggal Pengukuran": "kemarin"}, ("Tanggal Pengukuran", "tanggal_tidak_ada")),
    ({"Tanggal Pengukuran": "2018-01-01", "Tgl Lahir": "2018-01-02"}, ("Tanggal Pengukuran", "umur_negatif")),
    ({"Tgl Lahir": "2017-06-03", "Tanggal Pengukuran": "2022-06-04"}, ("Tgl Lahir", "umur_di_atas_59_bulan")),
    ({"JK": "-"}, ("JK", "jk_kosong")),
    ({"JK": "X"}, ("JK", "jk_kosong")),
    ({"Berat": "8500"}, ("Berat", "berat_mungkin_gram")),
    ({"Berat": "8500 gram"}, ("Berat", "berat_mungkin_gram")),
    ({"Tinggi": "0,85"}, ("Tinggi", "tinggi_mungkin_meter")),
    ({"Kec": "Juai", "Desa/Kel": "Galumbng"}, ("Desa/Kel", "desa_tidak_dikenal")),
    ({"Kec": "Juai", "Desa/Kel": "-"}, ("Desa/Kel", "desa_tidak_dikenal")),
    ({"Kec": "Juai", "Desa/Kel": "Marajai"}, ("Desa/Kel", "desa_tidak_dikenal")),
    ({"Kec": "-", "Desa/Kel": "Galumbang"}, ("Desa/Kel", "desa_meragukan")),
    ({"Kec": "Lampihong", "Desa/Kel": "Kusambi"}, ("Desa/Kel", "desa_meragukan")),
    ({"Berat": "0", "Tinggi": "-"}, ("Berat", "ukuran_kosong")),
    ({"Tanggal Pengukuran": "2022-07-02", "Tgl Lahir": "2022-01-01"}, ("Tanggal Pengukuran", "tanggal_di_masa_depan")),
    ({"Berat": "abc"}, ("Berat", "angka_tidak_terbaca")),
    ({"Nama": "=1+1"}, ("Nama", "teks_mirip_rumus")),
]  # fmt: skip


def check(path: Path, **options: object) -> tuple[pd.DataFrame, list[Finding], RawSheet]:
    sheet = read_sheet(path)
    table, found = standardize_eppgbm(sheet)
    accepted, more = check_rows(table, sheet, hari_ini=TODAY, **options)
    return accepted, found + more, sheet


def refused_rows(findings: list[Finding]) -> set[int]:
    return {finding.baris for finding in findings if finding.tingkat == "tolak"}


def plant(changes: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return a clean child before and after every changed one, no two of them alike."""
    base = make_children()[2]
    children = []
    for number, change in enumerate(changes):
        children.append(base | {"Nama": f"Anak Contoh A{number}"})
        children.append(base | {"Nama": f"Anak Contoh B{number}"} | change)
    return [*children, base]


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("generation", [1, 2, 3])
def test_every_planted_error_is_found_in_every_generation_and_format(
    tmp_path: Path, generation: int, writer: str
) -> None:
    children = plant([change for change, _ in PLANTED])
    accepted, findings, sheet = check(WRITERS[writer](tmp_path / "a", make_table(generation, children)))
    expected = [(2 * number + 3, *found) for number, (_, found) in enumerate(PLANTED)]
    assert sorted((finding.baris, finding.kolom, finding.aturan) for finding in findings) == expected
    assert len(accepted) + len(refused_rows(findings)) == len(sheet.rows) == len(children)
    assert not refused_rows(findings) & set(accepted["baris"])


def test_clean_children_are_all_accepted_without_a_word(tmp_path: Path) -> None:
    accepted, findings, sheet = check(write_csv(tmp_path / "a.csv", make_table(3, make_children())), periode="2022-06")
    assert (len(accepted), findings) == (len(sheet.rows), [])


def test_the_sentence_names_the_value_and_what_to_do(tmp_path: Path) -> None:
    _, [finding], _ = check(write_csv(tmp_path / "a.csv", make_table(2, plant([{"Tgl Lahir": "31/06/2022"}]))))
    assert finding == Finding(
        baris=3,
        kolom="Tgl Lahir",
        nilai="31/06/2022",
        aturan="tanggal_tidak_ada",
        tingkat="tolak",
        pesan="Tanggal 31/06/2022 tidak ada di kalender. Perbaiki kolom Tgl Lahir dengan urutan hari/bulan/tahun.",
    )


def test_sixty_months_begin_on_day_1827(tmp_path: Path) -> None:
    born = dt.date(2017, 1, 1)
    dates = [born + dt.timedelta(days=days) for days in (1826, 1827, -1, 0)]
    children = plant([{"Tgl Lahir": born.isoformat(), "Tanggal Pengukuran": date.isoformat()} for date in dates])
    _, findings, _ = check(write_csv(tmp_path / "a.csv", make_table(2, children)))
    assert [(finding.baris, finding.aturan) for finding in findings] == [
        (5, "umur_di_atas_59_bulan"),
        (7, "umur_negatif"),
    ]


def test_a_refused_row_gets_all_its_findings(tmp_path: Path) -> None:
    change = {"JK": "", "Berat": "8500", "Tinggi": "0.85", "Desa/Kel": "Xyzzy", "Tgl Lahir": ""}
    _, findings, _ = check(write_csv(tmp_path / "a.csv", make_table(2, plant([change]))))
    assert [finding.aturan for finding in findings] == [
        "jk_kosong", "tanggal_tidak_ada", "desa_tidak_dikenal", "berat_mungkin_gram", "tinggi_mungkin_meter",
    ]  # fmt: skip


def test_an_exact_copy_is_refused_and_the_first_stays(tmp_path: Path) -> None:
    children = [*make_children(), make_children()[1], make_children()[1], make_children()[2] | {"Detail": "lain"}]
    for generation in (2, 3):
        accepted, findings, sheet = check(write_csv(tmp_path / "a.csv", make_table(generation, children)))
        assert [(finding.baris, finding.aturan, finding.nilai) for finding in findings] == [
            (10, "baris_kembar", "3"),
            (11, "baris_kembar", "3"),
        ]
        assert 3 in set(accepted["baris"])
        assert len(accepted) == len(sheet.rows) - 2


def test_a_formula_without_value_refuses_its_row_and_is_the_only_finding_there(tmp_path: Path) -> None:
    table = make_table(2, make_children())
    for row, label in enumerate(["Tgl Lahir", "JK", "Desa/Kel", "Berat"], start=1):
        table[row][GENERATION_2.index(label)] = "=A1"
    accepted, findings, _ = check(write_xlsx(tmp_path / "a.xlsx", table, formulas=True))
    assert [(finding.baris, finding.kolom, finding.aturan, finding.nilai) for finding in findings] == [
        (2, "Tgl Lahir", "rumus_tanpa_nilai", "=A1"),
        (3, "JK", "rumus_tanpa_nilai", "=A1"),
        (4, "Desa/Kel", "rumus_tanpa_nilai", "=A1"),
        (5, "Berat", "rumus_tanpa_nilai", "=A1"),
    ]
    assert list(accepted["baris"]) == [6, 7, 8, 9]


def test_a_row_with_the_wrong_number_of_cells_has_that_finding_alone(tmp_path: Path) -> None:
    table = make_table(2, make_children())
    table[3] = table[3][:4] + table[3][5:]
    accepted, [finding], _ = check(write_html(tmp_path / "a.xls", table))
    assert (finding.baris, finding.aturan, finding.nilai) == (4, "jumlah_sel_berbeda", "32")
    assert 4 not in set(accepted["baris"])


def test_other_months_are_marked_when_a_period_is_given(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", make_table(2, plant([{"Tanggal Pengukuran": "2022-05-31"}])))
    assert check(path)[1] == []
    accepted, [finding], sheet = check(path, periode="2022-06")
    assert (finding.baris, finding.aturan, finding.tingkat) == (3, "di_luar_periode", "peringatan")
    assert len(accepted) == len(sheet.rows)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from([*GENERATION_2]),
            st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)
            | st.sampled_from(["2022-02-30", "8500", "0,85", "Juai", "63.11.01.2001", "=A1", "-5", "L", "#N/A"]),
            max_size=6,
        ),
        min_size=1,
        max_size=6,
    )
)
def test_whatever_the_cells_hold_every_row_is_accepted_or_refused(
    tmp_path: Path, changes: list[dict[str, str]]
) -> None:
    accepted, findings, sheet = check(write_csv(tmp_path / "a.csv", make_table(2, plant(changes))))
    rows = set(sheet.rows.index)
    assert set(accepted["baris"]) | refused_rows(findings) == rows
    assert not set(accepted["baris"]) & refused_rows(findings)
    assert {finding.baris for finding in findings} <= rows
    assert accepted[["jk", "tgl_lahir", "tgl_ukur", "kode_desa"]].notna().all(axis=None)
