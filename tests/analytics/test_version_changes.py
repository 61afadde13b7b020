"""What differs between two versions: every row is new, changed, gone or the same, and counted in its kecamatan."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.version_changes import KINDS, clear_changes, compare_versions

JUAI, HALONG = "63.11.01.2001", "63.11.02.2001"


def women(rows: dict[str, tuple[str, float]]) -> pd.DataFrame:
    """Return a table of women {id: (desa, LiLA)}, all of May 2022."""
    table = pd.DataFrame(
        [{"id_sasaran": name, "kode_desa": desa, "lila_cm": lila} for name, (desa, lila) in rows.items()],
        columns=["id_sasaran", "kode_desa", "lila_cm"],
    )
    return table.astype({"id_sasaran": "str", "kode_desa": "str", "lila_cm": "float"}).assign(
        tanggal=pd.Timestamp("2022-05-17"), periode="2022-05"
    )


def sums(before: pd.DataFrame | None, after: pd.DataFrame, rantai: str = "bumil") -> list[int]:
    return compare_versions(rantai, before, after)[list(KINDS)].sum().tolist()


def test_each_kind_of_change_is_counted_where_the_row_is_now() -> None:
    before = women({"a": (JUAI, 22), "b": (JUAI, 23), "c": (JUAI, 24), "d": (JUAI, 25)})
    after = women({"a": (JUAI, 22), "b": (JUAI, 21), "c": (HALONG, 24), "e": (HALONG, 20)})
    changes = compare_versions("bumil", before, after)
    assert changes[["kode", "bulan", *KINDS]].to_numpy().tolist() == [
        ["63.11.01", "2022-05", 0, 1, 1, 1],
        ["63.11.02", "2022-05", 1, 1, 0, 0],
    ]
    assert changes["nama"].tolist() == [compare_versions("bumil", None, after)["nama"].iloc[n] for n in (0, 1)]


ROWS = st.dictionaries(
    st.sampled_from("abcdef"), st.tuples(st.sampled_from([JUAI, HALONG]), st.sampled_from([20.5, 22.0]))
)


@given(ROWS, ROWS)
def test_rows_add_up_to_both_versions_and_the_way_back_is_the_mirror(
    old: dict[str, tuple[str, float]], new: dict[str, tuple[str, float]]
) -> None:
    fresh, changed, gone, same = sums(women(old), women(new))
    assert fresh + changed + same == len(new) and gone + changed + same == len(old)
    assert sums(women(new), women(old)) == [gone, changed, fresh, same]
    assert sums(women(old), women(old).sample(frac=1, random_state=1)) == [0, 0, 0, len(old)]
    assert sums(None, women(new)) == [len(new), 0, 0, 0]


def answers(*rows: tuple[str, str, str | None]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["id_sasaran", "parameter", "jawaban"]).astype("str")
    return table.assign(id_keluarga="K", jenis_sasaran="balita", kode_desa=JUAI, periode="2022-05")


def test_the_answers_of_a_sasaran_are_one_row_and_a_new_question_unanswered_is_no_change() -> None:
    before = answers(("a", "SP01", "1"), ("a", "SP02", "0"), ("b", "SP01", "1"))
    more = answers(("a", "SP01", "1"), ("a", "SP02", "0"), ("a", "SP09", None), ("b", "SP01", "1"), ("b", "SP09", "1"))
    assert sums(before, more, "parameter") == [0, 1, 0, 1]
    assert sums(before, answers(("a", "SP01", "1"), ("a", "SP02", "TB")), "parameter") == [0, 1, 1, 0]


def test_where_a_measurement_stood_in_the_file_is_not_its_content() -> None:
    row = {
        "id_anak": "a",
        "tgl_ukur": pd.Timestamp("2022-06-04"),
        "bulan": "2022-06",
        "kode_desa": JUAI,
        "tinggi_cm": 81.5,
    }
    before = pd.DataFrame([row | {"baris": 2, "berkas": "x", "terakhir": True}])
    again = pd.DataFrame([row | {"baris": 9, "berkas": "y", "terakhir": False}])
    assert sums(before, again, "eppgbm") == [0, 0, 0, 1]
    assert sums(before, again.assign(tinggi_cm=81.6), "eppgbm") == [0, 1, 0, 0]
    assert sums(before, again.assign(pmt_kg=float("nan")), "eppgbm") == [0, 0, 0, 1]  # a column that came later


def test_activities_are_compared_by_code_and_day_for_the_whole_kabupaten() -> None:
    day = pd.Timestamp("2022-12-31")
    rows = pd.DataFrame(
        {"kode": ["K1", "K2", "K3"], "per_tanggal": day, "kegiatan": "FGD", "terlaksana_kali": [1, 2, 3]}
    )
    after = rows[rows["kode"] != "K3"].assign(terlaksana_kali=[1, 5])
    later = rows.head(1).assign(per_tanggal=pd.Timestamp("2023-01-31"))
    changes = compare_versions("kegiatan", rows, pd.concat([after, later]))
    assert changes[["nama", "bulan", *KINDS]].to_numpy().tolist() == [
        ["Balangan", "2022-12", 0, 1, 1, 1],
        ["Balangan", "2023-01", 1, 0, 0, 0],
    ]
    assert sums(rows, rows.iloc[::-1], "kegiatan") == [0, 0, 0, 3]


@pytest.mark.parametrize("ruang", ["publik", "rapat"])
def test_only_named_staff_are_told(ruang: str) -> None:
    changes = compare_versions("bumil", None, women({"a": (JUAI, 22)}))
    assert clear_changes(changes, "petugas").ruang == "petugas"
    with pytest.raises(PermissionError):
        clear_changes(changes, ruang)
