"""The sums behind the checks: small tables by hand, the register as at import, any place the sum of its parts."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.measurements import find_in_history, find_in_scores
from analytics.quality import POSYANDU, add_up
from analytics.quality_sums import KEYS, build_quality, empty_quality, tenths
from analytics.serving import read_quality
from data.kubus import build_register
from data.store import SAMPLE_FOLDER, Store, current_version, open_store, read_table, reading
from tests.quality_tables import DESA, OTHER_DESA, measured


def one(rows: list[dict[str, Any]], month: str = "2022-06") -> pd.Series:
    """Return the sums of the only posyandu of a month."""
    return build_quality(measured(rows)).set_index("bulan").loc[month]


def test_the_last_digits_are_counted_of_what_was_written() -> None:
    sums = one([{"tinggi_cm": 84.0, "berat_kg": 9.5}, {"tinggi_cm": 90.5}, {"tinggi_cm": 84.2, "berat_kg": np.nan}])
    assert [sums[f"tinggi_akhir_{digit}"] for digit in range(10)] == [1, 0, 1, 0, 0, 1, 0, 0, 0, 0]
    assert [sums[f"tinggi_cm_{digit}"] for digit in range(10)] == [1, 0, 0, 0, 2, 0, 0, 0, 0, 0]
    assert (sums["berat_akhir_5"], sums["berat_akhir_3"], sums["berat_ada"], sums["tinggi_ada"]) == (1, 1, 2, 3)


@given(st.integers(400, 1300))
def test_a_size_in_tenths_comes_back_whatever_its_binary_form(whole: int) -> None:
    assert tenths(pd.Series([whole / 10, np.nan])).tolist() == [whole, -1]


def test_a_child_shrinks_against_the_tallest_height_before() -> None:
    rows = [("2022-04-05", 80.0), ("2022-05-05", 82.0), ("2022-06-05", 81.0)]
    sums = one([{"id_anak": "a", "tgl_ukur": day, "tinggi_cm": height} for day, height in rows])
    assert (sums["pernah"], sums["menyusut"]) == (1, 1)


def test_a_missing_height_between_does_not_hide_a_shrinking() -> None:
    rows = [("2022-04-05", 82.0), ("2022-05-05", np.nan), ("2022-06-05", 81.9)]
    table = measured([{"id_anak": "a", "tgl_ukur": day, "tinggi_cm": height} for day, height in rows])
    sums = build_quality(table).set_index("bulan")
    assert sums["pernah"].tolist() == [0, 0, 1] and sums["menyusut"].tolist() == [0, 0, 1]


def test_only_the_latest_of_a_month_counts_and_the_other_is_a_repeat() -> None:
    sums = one([{"id_anak": "a", "tinggi_cm": 84.0}, {"id_anak": "a", "tgl_ukur": "2022-06-20", "tinggi_cm": 85.1}])
    assert (sums["baris"], sums["n"], sums["ukur_ganda"], sums["tinggi_akhir_0"]) == (2, 1, 1, 0)


def test_two_children_alike_in_everything_are_suspected_and_others_are_not() -> None:
    alike, brother = {"tinggi_cm": 84.2}, {"tinggi_cm": 84.3}
    assert one([alike, alike, brother])["kembar"] == 2
    assert one([{"tinggi_cm": np.nan}, {"tinggi_cm": np.nan}])["kembar"] == 0


def test_a_status_differs_once_a_row_however_many_of_its_indices_do() -> None:
    wrong = {"status_tbu_asal": "Pendek", "status_bbu_asal": "Kurang"}
    none = dict.fromkeys(("status_tbu_asal", "status_bbu_asal", "status_bbtb_asal"))
    sums = one([wrong, {}, {"status_tbu_asal": " NORMAL "}, none, {"status_tbu_asal": "Outlier"}])
    assert (sums["status_dibanding"], sums["status_berbeda"]) == (4, 2)


def test_implausible_scores_are_counted_and_left_out_of_the_sums() -> None:
    sums = one(
        [{"zs_tbu": -7.0, "tanda_tbu": 1}, {"zs_tbu": -1.5}, {"zs_tbu": 0.5}, {"zs_tbu": np.nan, "tanda_tbu": pd.NA}]
    )
    assert (sums["tbu_z"], sums["tbu_tidak_wajar"], sums["tbu_s1"], sums["tbu_s2"]) == (2, 1, -1.0, 2.5)


def test_spelling_does_not_split_a_posyandu_and_a_missing_name_is_one_of_its_own() -> None:
    names = ["Melati  1", "MELATI 1 ", "melati 1", None]
    sums = build_quality(measured([{"posyandu": name} for name in names]))
    assert dict(zip(sums["posyandu"], sums["n"], strict=True)) == {"MELATI 1": 3, "": 1}


@pytest.mark.parametrize(
    ("born", "last_seen", "month", "registered"),
    [
        ("2020-05-20", "2021-07-05", "2022-06", 1),  # eleven months ago
        ("2020-05-20", "2021-06-05", "2022-06", 0),  # twelve months ago
        ("2017-06-30", "2022-05-05", "2022-06", 1),  # 1826 days at the end of June: still under 60 months
        ("2017-06-29", "2022-05-05", "2022-06", 0),  # 1827 days
    ],
)
def test_who_is_registered_by_hand(born: str, last_seen: str, month: str, registered: int) -> None:
    child = {"id_anak": "a", "tgl_lahir": born, "tgl_ukur": last_seen, "posyandu": "MELATI"}
    others = [{"tgl_ukur": f"{each}-05", "posyandu": "MAWAR"} for each in ("2021-05", month)]
    sums = build_quality(measured([child, *others])).set_index(["bulan", "posyandu"])["terdaftar"]
    assert sums.get((month, "MELATI"), 0) == registered


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 6), st.sampled_from(["2020-11", "2021-03", "2021-06", "2022-02", "2022-03", "2022-06"]),
            st.integers(1, 28), st.sampled_from([DESA, OTHER_DESA]), st.sampled_from(["2017-03-01", "2019-08-31"]),
        ),
        min_size=1, max_size=25,
    )
)  # fmt: skip
def test_the_register_is_the_one_made_at_import(visits: list[tuple[int, str, int, str, str]]) -> None:
    born = {child: day for child, *_, day in visits}
    rows = [
        {
            "id_anak": f"a{child}",
            "tgl_ukur": f"{month}-{day:02}",
            "kode_desa": desa,
            "tgl_lahir": born[child],
            "posyandu": f"P{day % 2}",
            "baris": number,
        }
        for number, (child, month, day, desa, _) in enumerate(visits)
    ]
    table = measured(rows).drop_duplicates(["id_anak", "tgl_ukur"], ignore_index=True)
    table["terakhir"] = ~table.duplicated(["id_anak", "bulan"], keep="last")
    ours = build_quality(table).groupby(["bulan", "kode_desa"], as_index=False)[["terdaftar", "n"]].sum(min_count=1)
    ours = ours[(ours["n"] > 0) | (ours["terdaftar"] > 0).fillna(False)]  # else only a repeat was measured there
    theirs = build_register(table).sort_values(["bulan", "kode_desa"], ignore_index=True)
    theirs = theirs[theirs["terdaftar"].isna() | (theirs["terdaftar"] > 0)]
    merged = ours.merge(theirs, on=["bulan", "kode_desa"], how="outer", suffixes=("", "_impor"))
    assert merged["n"].fillna(0).tolist() == merged["diukur"].fillna(0).tolist()
    assert merged["terdaftar"].fillna(-1).tolist() == merged["terdaftar_impor"].fillna(-1).tolist()


@pytest.fixture(scope="module")
def sample(penyimpanan_contoh: Path) -> tuple[Store, str]:
    store = open_store(penyimpanan_contoh / SAMPLE_FOLDER)
    with reading(store) as connection:
        return store, str(current_version(connection, "eppgbm"))


def test_what_import_stores_is_what_would_be_built_now_and_older_versions_stay_readable(
    sample: tuple[Store, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, version = sample
    stored = read_table(store, version, "mutu")
    monkeypatch.setattr("analytics.serving.find_table", lambda *_: None)
    built = read_quality(store, version)
    pd.testing.assert_frame_equal(stored, built, check_dtype=False)
    assert list(empty_quality().columns) == [*KEYS, *[name for name in stored.columns if name not in KEYS]]


def test_every_level_holds_the_same_children(sample: tuple[Store, str]) -> None:
    sums = read_table(*sample, "mutu")
    whole = add_up(sums, "kabupaten").set_index("periode")
    for level in ("kecamatan", "desa", POSYANDU):
        parts = add_up(sums, level).groupby("periode")
        for name in ("n", "laki", "menyusut", "tinggi_akhir_5", "tbu_s4"):
            assert parts[name].sum().tolist() == pytest.approx(whole[name].tolist())


def test_the_counts_are_those_of_the_findings_at_import(sample: tuple[Store, str]) -> None:
    table = read_table(*sample, "pengukuran")
    total = read_table(*sample, "mutu").sum(numeric_only=True)
    odd = [found for found in find_in_scores(table, str) if found.aturan == "tidak_wajar"]
    shrunk = [
        found
        for sha256 in table["berkas"].unique()
        for found in find_in_history(table, sha256, str)
        if found.aturan == "tinggi_menyusut"
    ]
    assert total["menyusut"] == len(shrunk) > 0
    assert total[["tbu_tidak_wajar", "bbu_tidak_wajar", "bbtb_tidak_wajar"]].sum() <= len(odd)
