"""Records of one child under two pseudonyms: found, doubted, and never made of twins, siblings and namesakes."""

import numpy as np
import pandas as pd
import pytest

from analytics.matching import CERTAIN, DOUBTFUL, PAIRS, match_children
from analytics.matching_blocks import _pairs_of, month_words, together
from tests.matching_families import TROUBLES, count_found, found_by_trouble, make_families

JUAI, TETANGGA, HALONG = "63.11.01.2006", "63.11.01.2003", "63.11.02.2001"
CHILD = {
    "nama": "Siti Rahmah", "ortu": "Murjani / Norlaila", "jk": "P", "lahir": "2020-03-04", "desa": JUAI, "nik": "",
    "bulan": "2022-02",
}  # fmt: skip


def match(*changes: dict[str, str], known: bool = True) -> pd.DataFrame:
    """Return the pairs of records, each the same child but for its changes; another child is measured every month."""
    rows = [CHILD | {"id": chr(97 + place)} | change for place, change in enumerate(changes)]
    rows += [CHILD | {"id": "z", "nama": "Budi", "jk": "L", "lahir": "2018-07-01", "desa": HALONG}] if known else []
    nama = pd.DataFrame(
        {"id_anak": [row["id"] for row in rows], "nama": [row["nama"] for row in rows],
         "nama_ortu": [row["ortu"] or None for row in rows], "nik": [row["nik"] for row in rows],
         "kode_desa": [row["desa"] for row in rows]}, dtype="str",
    )  # fmt: skip
    seen = [(row["id"], row["jk"], row["lahir"], month) for row in rows for month in row["bulan"].split()]
    pengukuran = pd.DataFrame(seen, columns=["id_anak", "jk", "tgl_lahir", "bulan"], dtype="str")
    pengukuran["tgl_lahir"] = pd.to_datetime(pengukuran["tgl_lahir"], format="%Y-%m-%d")
    return match_children(nama, pengukuran)


def verdict(first: dict[str, str], second: dict[str, str]) -> str:
    """Return how the pair is judged, "-" where it is not even shown."""
    pairs = match(first, second)
    return str(pairs["keadaan"].iloc[0]) if len(pairs) else "-"


LATER = {"bulan": "2022-08"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"nama": "Siti Rahma"}, CERTAIN),
        ({"nama": "St. Rahmah"}, CERTAIN),
        ({"nama": "S. Rahmah"}, CERTAIN),
        ({"nama": "RAHMAH SITI"}, CERTAIN),
        ({"desa": TETANGGA}, CERTAIN),
        ({"desa": HALONG}, CERTAIN),
        ({"desa": HALONG, "ortu": ""}, DOUBTFUL),
        ({"desa": HALONG, "nama": "Siti Rahmat"}, DOUBTFUL),
        ({"lahir": "2020-04-03"}, CERTAIN),
        ({"lahir": "2020-03-05"}, CERTAIN),
        ({"lahir": "2020-04-03", "ortu": ""}, DOUBTFUL),
        ({"ortu": "Norlaila"}, CERTAIN),
        ({"ortu": "Hasan / Rusmini"}, DOUBTFUL),
        ({"jk": "L"}, DOUBTFUL),
        ({"nama": "Siti Aminah"}, DOUBTFUL),
        ({"nama": "Budi Kartika"}, "-"),
        ({"lahir": "2021-11-29"}, "-"),
        ({"lahir": "2021-11-29", "ortu": "Hasan / Rusmini", "desa": HALONG}, "-"),
        ({"nama": ""}, "-"),
    ],
)
def test_golden_pairs(changes: dict[str, str], expected: str) -> None:
    assert verdict({}, LATER | changes) == expected
    assert verdict(LATER | changes, {}) == expected


def test_two_whole_nik_are_two_children_and_a_masked_or_rounded_one_says_nothing() -> None:
    one, other = "9963110101200001", "9963110101200002"
    assert verdict({"nik": one}, LATER | {"nama": "Siti Rahma", "nik": other}) == "-"
    for nik in ("02022**********", "9963110101200000", "", one):
        assert verdict({"nik": one}, LATER | {"nama": "Siti Rahma", "nik": nik}) == CERTAIN


def test_twins_are_measured_together_and_so_never_one() -> None:
    both = {"bulan": "2022-02 2022-08"}
    assert verdict(both | {"nama": "Hasanah"}, both | {"nama": "Husnah"}) == "-"
    assert verdict(both, both | {"nama": "Siti Rahma"}) == DOUBTFUL
    assert verdict(both | {"nama": "Hasan", "jk": "L"}, both | {"nama": "Hasanah"}) == "-"


def test_a_record_that_fits_two_twins_is_linked_with_neither() -> None:
    pairs = match({"nama": "Siti Rahma"}, {"nama": "Siti Rahmi"}, LATER | {"nama": "Siti Rahmo"})
    assert set(pairs["keadaan"]) == {DOUBTFUL}
    assert {("a", "c"), ("b", "c")} <= set(zip(pairs["id_kiri"], pairs["id_kanan"], strict=True))


def test_three_spellings_of_three_months_are_one_child() -> None:
    pairs = match({}, LATER | {"nama": "Siti Rahma"}, {"bulan": "2022-09", "nama": "Siti Rahmahh"})
    assert pairs["keadaan"].tolist() == [CERTAIN] * 3


def test_a_moved_family_is_told_as_moved() -> None:
    assert match({}, LATER | {"desa": HALONG})["pindah"].tolist() == [True]
    assert match({}, LATER | {"nama": "Siti Rahma"})["pindah"].tolist() == [False]


def test_nothing_comes_of_nothing() -> None:
    assert list(match(known=False).columns) == PAIRS
    assert match({"nama": "Aa"}, known=False).empty and match().empty


def test_scores_are_between_the_limits_and_the_order_of_rows_does_not_matter() -> None:
    made = make_families(400, seed=3)
    pairs = match_children(made.nama, made.pengukuran)
    newest = made.nama.drop_duplicates("id_anak", keep="last")
    mixed = match_children(newest.iloc[::-1], made.pengukuran.sample(frac=1, random_state=5))
    assert pairs["skor"].between(0.8, 1).all() and (pairs["id_kiri"] < pairs["id_kanan"]).all()
    pd.testing.assert_frame_equal(pairs, mixed)


def test_invented_families_are_found_again_and_hardly_any_two_children_are_made_one() -> None:
    made = make_families(2500)
    found = count_found(made, match_children(made.nama, made.pengukuran))
    assert found["presisi"] >= 0.995 and found["ingatan"] >= 0.9 and found["ingatan_ragu"] >= 0.98
    assert found["benar"] > 300 and found["ragu"] < 120


def test_the_report_by_trouble_adds_up_and_no_trouble_is_hopeless() -> None:
    made = make_families(2500)
    pairs = match_children(made.nama, made.pengukuran)
    found, table = count_found(made, pairs), found_by_trouble(made, pairs)
    whole = table.loc["semua"]
    assert whole[["benar", "salah", "presisi", "ingatan", "ragu"]].to_dict() == {
        name: found[name] for name in ("benar", "salah", "presisi", "ingatan", "ragu")
    }
    assert list(table.index) == [*TROUBLES, "kembar", "senama", "semua"]
    assert (table["presisi"] >= 0.98).all() and (table["ingatan_ragu"] >= 0.95).all()
    assert (table.loc[["salah_ketik", "pindah"], "ingatan"] >= 0.9).all()
    assert table.loc[list(TROUBLES), "anak"].sum() <= whole["anak"]


def test_pairs_of_a_key_are_all_pairs_once() -> None:
    pairs = _pairs_of(pd.Series(["x", "y", "x", None, "x", "y", None]))
    assert sorted(map(tuple, pairs.tolist())) == [(0, 2), (0, 4), (1, 5), (2, 4)]
    assert _pairs_of(pd.Series([], dtype="str")).shape == (0, 2)


def test_months_are_told_apart_beyond_one_word_of_bits() -> None:
    months = [f"{2015 + place // 12}-{place % 12 + 1:02}" for place in range(130)]
    seen = pd.DataFrame({"id_anak": ["a"] * 129 + ["b"], "bulan": months})
    words = month_words(seen, pd.Series(["a", "b"]))
    assert words.shape == (2, 3)
    assert not together(words, np.array([0]), np.array([1]))[0] and together(words, np.array([0]), np.array([0]))[0]
