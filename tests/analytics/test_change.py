"""The change of a prevalence between two months: difference, Newcombe limits, direction, certain or not, withheld."""

import numpy as np
import pandas as pd
import pytest

from analytics.change import compare_months
from analytics.disclosure import Cleared
from analytics.disclosure_prevalence import clear_prevalence
from analytics.intervals import newcombe, wilson
from config.indicators import indicator
from config.places import load_desa

AWAL, KINI = "2022-02", "2022-09"
STUNTING = indicator("stunting")
DESA = load_desa()["kode"].tolist()


def cleared(*rows: tuple[str, str, int | None, int | None]) -> Cleared:
    """Return a cleared prevalence table of (place, month, cases, children); None is withheld."""
    table = pd.DataFrame(list(rows), columns=["kode", "periode", "n", "penyebut"]).astype(
        {"n": "Int64", "penyebut": "Int64"}
    )
    n, total = (table[name].to_numpy("float64", na_value=np.nan) for name in ("n", "penyebut"))
    lower, upper = wilson(n, total)
    rates = {"persen": 100 * n / total, "bawah95": 100 * lower, "atas95": 100 * upper}
    return Cleared(table.assign(nama="Desa " + table["kode"], **rates), "publik")


def compare(*rows: tuple[str, str, int | None, int | None]) -> pd.DataFrame:
    return compare_months(cleared(*rows), AWAL, KINI).table.set_index("kode")


def test_difference_and_limits_are_in_points_of_the_same_place() -> None:
    row = compare(("a", AWAL, 48, 80), ("a", KINI, 56, 70), ("b", AWAL, 5, 50), ("b", KINI, 5, 50)).loc["a"]
    assert row["selisih"] == pytest.approx(100 * (56 / 70 - 48 / 80))
    lower, upper = newcombe(48, 80, 56, 70)
    assert (row["bawah95"], row["atas95"]) == (pytest.approx(100 * lower), pytest.approx(100 * upper))
    assert (round(row["bawah95"], 2), round(row["atas95"], 2)) == (5.24, 33.39)  # printed in Newcombe (1998)
    sides = ["nama", "persen_awal", "n_awal", "penyebut_awal", "persen_kini", "n_kini", "penyebut_kini"]
    assert row[sides].tolist() == ["Desa a", 60, 48, 80, 80, 56, 70]
    assert (row["bawah_awal"], row["atas_kini"]) == (
        pytest.approx(100 * wilson(48, 80)[0]),
        pytest.approx(100 * wilson(56, 70)[1]),
    )


@pytest.mark.parametrize(
    ("before", "now", "direction", "certain"),
    [
        ((48, 80), (56, 70), "naik", True),
        ((56, 70), (48, 80), "turun", True),
        ((20, 100), (24, 100), "naik", False),
        ((24, 100), (20, 100), "turun", False),
        ((20, 100), (20, 100), "tetap", False),
        ((20_000, 100_000), (20_006, 100_000), "naik", False),  # 0.01 at two decimals
        ((20_000, 100_000), (20_004, 100_000), "tetap", False),
        ((20_000, 100_000), (19_996, 100_000), "tetap", False),
    ],
)
def test_direction_and_certainty(before: tuple[int, int], now: tuple[int, int], direction: str, certain: bool) -> None:
    row = compare(("a", AWAL, *before), ("a", KINI, *now)).loc["a"]
    assert (row["arah"], bool(row["pasti"])) == (direction, certain)


def test_the_same_month_twice_is_no_change() -> None:
    table = compare_months(cleared(("a", KINI, 20, 100)), KINI, KINI).table
    assert (table["selisih"].item(), table["arah"].item(), bool(table["pasti"].item())) == (0, "tetap", False)


def test_a_place_of_only_one_month_has_its_name_but_no_change() -> None:
    table = compare(("a", AWAL, 20, 100), ("b", KINI, 30, 100))
    assert table["nama"].to_dict() == {"a": "Desa a", "b": "Desa b"}
    assert table[["selisih", "bawah95", "atas95", "arah"]].isna().all(axis=None)
    assert not table["pasti"].any()
    assert compare().empty


def test_what_is_withheld_stays_withheld() -> None:
    table = compare(("a", AWAL, None, 100), ("a", KINI, 30, 100), ("b", AWAL, 20, 100), ("b", KINI, None, None))
    assert table[["selisih", "bawah95", "atas95", "arah"]].isna().all(axis=None)
    assert not table["pasti"].any()
    assert table.loc["a", ["persen_kini", "n_kini"]].tolist() == [30, 30]
    assert compare_months(cleared(("a", AWAL, 1, 10)), AWAL, KINI).ruang == "publik"


def test_a_small_count_of_the_data_never_reaches_the_comparison() -> None:
    columns = [*STUNTING.pembilang, STUNTING.penyebut]
    rows = [(month, kode, n, 0, 100) for month in (AWAL, KINI) for kode, n in zip(DESA[:3], (3, 20, 30), strict=True)]
    kubus = pd.DataFrame(rows, columns=["bulan", "kode_desa", *columns])
    change = compare_months(clear_prevalence(kubus, ["stunting"], "publik")["desa"], AWAL, KINI).table.set_index("kode")
    assert change.loc[DESA[0], ["n_awal", "n_kini", "selisih"]].isna().all()
    open_to_staff = compare_months(
        clear_prevalence(kubus, ["stunting"], "petugas")["desa"], AWAL, KINI
    ).table.set_index("kode")
    assert open_to_staff.loc[DESA[0], ["n_awal", "n_kini"]].tolist() == [3, 3]
