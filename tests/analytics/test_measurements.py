"""The stored measurements: derived columns, corrections, the latest of a month, and what only scores and history show."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from analytics.growth import score
from analytics.measurements import (
    KEPT,
    derive_measurements,
    find_in_history,
    find_in_scores,
    merge_measurements,
)
from data.findings import Finding

Row = dict[str, object]
TEXTS = [name for name in KEPT if name.startswith("status_") or name in ("puskesmas", "posyandu", "jk", "cara_ukur")]


def rows(*changes: Row) -> pd.DataFrame:
    """Return accepted rows of a boy of 13 months, 75.6 cm and 9.4 kg, each with its changes."""
    base: Row = dict.fromkeys(KEPT) | {
        "kode_desa": "63.11.01.2006", "jk": "L", "tgl_lahir": "2021-08-01", "tgl_ukur": "2022-09-05", "berat_kg": 9.4,
        "tinggi_cm": 75.6, "cara_ukur": "terlentang",
    }  # fmt: skip
    table = pd.DataFrame([base | {"baris": number} | change for number, change in enumerate(changes, start=3)])
    for name in ("tgl_lahir", "tgl_ukur"):
        table[name] = pd.to_datetime(table[name], format="%Y-%m-%d")
    return table.astype(dict.fromkeys(TEXTS, "str"))


def derive(*changes: Row, berkas: str = "a", ids: str | None = None) -> pd.DataFrame:
    table = rows(*changes)
    return derive_measurements(table, pd.Series(list(ids or "x" * len(table)), dtype="str"), berkas)


def headers(name: str) -> str:
    return f"<{name}>"


def told(findings: list[Finding]) -> list[tuple[int, str, str, str]]:
    return [(found.baris, found.kolom, found.nilai, found.aturan) for found in findings]


def test_age_month_group_and_scores_are_derived_and_no_name_is_kept() -> None:
    table = derive({}, {"tgl_ukur": "2022-02-01", "tinggi_cm": 66.0, "berat_kg": np.nan})
    assert table[["bulan", "umur_hari", "kelompok_umur"]].to_numpy().tolist() == [
        ["2022-09", 400, "12-23"],
        ["2022-02", 184, "6-11"],
    ]
    expected = score(["L", "L"], [400, 184], [9.4, np.nan], [75.6, 66.0], ["terlentang"] * 2)
    for name in expected:
        assert table[name].astype(object).where(table[name].notna(), None).tolist() == (
            expected[name].astype(object).where(expected[name].notna(), None).tolist()
        )
    assert table["status_tbu"].tolist() == ["Normal", "Normal"]
    assert pd.isna(table.loc[1, "zs_bbu"]) and pd.isna(table.loc[1, "status_bbu"])
    assert not {"nik", "nama", "nama_ortu", "alamat"} & set(table)
    assert set(table["berkas"]) == {"a"} and set(table["id_anak"]) == {"x"}


def test_rows_keep_their_order_whatever_their_index() -> None:
    table = rows({"berat_kg": 9.0}, {"berat_kg": 9.5})
    table.index = [7, 2]
    found = derive_measurements(table, pd.Series(["x", "y"], index=[7, 2]), "a")
    assert found[["id_anak", "berat_kg"]].to_numpy().tolist() == [["x", 9.0], ["y", 9.5]]


def test_the_same_child_and_date_replaces_and_the_rest_stays() -> None:
    stored = merge_measurements(None, derive({}, {"tgl_ukur": "2022-08-01"}, {}, ids="xxy"))
    fresh = derive({"tinggi_cm": 76.0}, {"tgl_ukur": "2022-10-01"}, berkas="b", ids="xx")
    merged = merge_measurements(stored, fresh)
    found = merged[["id_anak", "bulan", "tinggi_cm", "berkas"]].to_numpy().tolist()
    assert found == [
        ["x", "2022-08", 75.6, "a"], ["x", "2022-09", 76.0, "b"], ["x", "2022-10", 75.6, "b"], ["y", "2022-09", 75.6, "a"],
    ]  # fmt: skip
    assert merged["terakhir"].all()
    again = merge_measurements(merged, fresh)
    pd.testing.assert_frame_equal(again, merged)


def test_of_one_month_the_latest_date_counts_and_of_one_date_the_lower_row() -> None:
    first = merge_measurements(None, derive({"tgl_ukur": "2022-09-20"}, {"tgl_ukur": "2022-09-05"}, ids="xx"))
    assert first[["tgl_ukur", "terakhir"]].astype("str").to_numpy().tolist() == [
        ["2022-09-05", "False"],
        ["2022-09-20", "True"],
    ]
    later = merge_measurements(first, derive({"tgl_ukur": "2022-09-28"}, berkas="b"))
    assert later["terakhir"].tolist() == [False, False, True]
    twice = merge_measurements(None, derive({"tinggi_cm": 75.0}, {"tinggi_cm": 76.0}, ids="xx"))
    assert twice.query("terakhir")["tinggi_cm"].tolist() == [76.0]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"tinggi_cm": 100.0, "berat_kg": np.nan}, [(3, "<tinggi_cm>", "100", "tidak_wajar")]),
        ({"tinggi_cm": np.nan, "berat_kg": 3.25}, [(3, "<berat_kg>", "3,25", "tidak_wajar")]),
        ({"tinggi_cm": np.nan, "berat_kg": np.nan}, []),
    ],
)
def test_implausible_scores_are_found_at_the_measure(change: Row, found: list[tuple[int, str, str, str]]) -> None:
    assert told(find_in_scores(derive(change), headers)) == found


def test_an_implausible_score_names_index_and_z() -> None:
    [found] = find_in_scores(derive({"tinggi_cm": 100.0, "berat_kg": np.nan}), headers)
    assert (
        "TB/U" in found.pesan and f"{derive({'tinggi_cm': 100.0})['zs_tbu'].item():g}".replace(".", ",") in found.pesan
    )
    assert found.tingkat == "peringatan"


@pytest.mark.parametrize(
    ("written", "differs"),
    [
        ("Normal", False),
        (" normal ", False),
        ("Pendek", True),
        ("Sangat Pendek", True),
        ("Gizi Baik", True),  # no status of this index
        (None, False),
    ],
)
def test_a_status_of_the_export_that_differs_is_found(written: str | None, differs: bool) -> None:
    found = told(find_in_scores(derive({"status_tbu_asal": written}), headers))
    assert found == ([(3, "<status_tbu_asal>", written, "status_berbeda")] if differs else [])


def test_every_word_of_the_export_agrees_with_our_class_of_the_same_meaning() -> None:
    same = {"status_tbu_asal": "Normal", "status_bbu_asal": "Berat Badan Normal", "status_bbtb_asal": "Gizi Baik"}
    assert find_in_scores(derive(same), headers) == []
    short = {"tinggi_cm": 71.0, "berat_kg": 8.4, "status_tbu_asal": "Pendek"}
    assert derive(short)["status_tbu"].item() == "Pendek"
    assert find_in_scores(derive(short), headers) == []
    without = {"tinggi_cm": np.nan, "status_tbu_asal": "Pendek"}  # nothing of ours to compare with
    assert find_in_scores(derive(without), headers) == []


Heights = list[tuple[str, float | None]]


def history(heights: Heights, berkas: Callable[[int], str] = lambda _: "a") -> pd.DataFrame:
    """Return merged measurements of one child, row 3 on; `berkas` says which file each row is of."""
    merged = None
    for place, (date, height) in enumerate(heights):
        change = {"tgl_ukur": date, "tinggi_cm": np.nan if height is None else height, "baris": place + 3}
        merged = merge_measurements(merged, derive(change, berkas=berkas(place)))
    assert merged is not None
    return merged


@pytest.mark.parametrize(
    ("heights", "rows_found"),
    [
        ([("2022-07-01", 70.0), ("2022-08-01", 70.0), ("2022-09-01", 71.0)], []),
        ([("2022-07-01", 70.0), ("2022-08-01", 69.9)], [4]),
        ([("2022-07-01", 72.0), ("2022-08-01", 68.0), ("2022-09-01", 70.0)], [4, 5]),  # only half recovered
        ([("2022-07-01", 70.0), ("2022-08-01", None), ("2022-09-01", 69.0)], [5]),
        ([("2022-09-01", 69.0), ("2022-07-01", 70.0)], [3]),  # the earlier one comes in late
    ],
)
def test_a_child_that_shrank_is_found(heights: Heights, rows_found: list[int]) -> None:
    found = find_in_history(history(heights), "a", headers)
    assert [(one.baris, one.kolom, one.aturan) for one in found] == [
        (baris, "<tinggi_cm>", "tinggi_menyusut") for baris in rows_found
    ]


def test_only_rows_of_the_file_are_reported_and_the_earlier_height_is_named() -> None:
    merged = history([("2022-06-01", 72.0), ("2022-07-01", 70.5), ("2022-08-01", 69.0)], "aab".__getitem__)
    [found] = find_in_history(merged, "b", headers)
    assert (found.baris, found.nilai) == (5, "69")
    assert "72 cm" in found.pesan
    assert len(find_in_history(merged, "a", headers)) == 1


def test_a_second_measurement_of_a_month_is_told_and_which_one_counts() -> None:
    merged = history([("2022-09-20", 75.6), ("2022-09-05", 75.6), ("2022-10-05", 76.0)])
    [found] = find_in_history(merged, "a", headers)
    assert (found.baris, found.nilai, found.aturan, found.tingkat) == (3, "20-09-2022", "ukur_ganda_sebulan", "info")
    assert "2022-09" in found.pesan and "20-09-2022" in found.pesan
