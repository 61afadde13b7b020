"""The sample obeys every printed value and range, one by one, in its specification and after scoring and pooling."""

from collections.abc import Callable

import pandas as pd
import pytest

from analytics.growth import score
from config.places import load_kecamatan, load_lokus
from config.published import load_published, load_ranges
from data.sample import load_rounds, sample_rounds

KABUPATEN = "63.11"
BEFORE, FEBRUARY, AUGUST, AFTER = "2021-12", "2022-02", "2022-08", "2022-09"
PERIODS = [BEFORE, FEBRUARY, AUGUST, AFTER]
CODES = dict(zip(load_kecamatan()["nama"], load_kecamatan()["kode"], strict=True)) | {"Balangan": KABUPATEN}

# id, place, round, printed value with its decimals (a variant is compared at the precision at which all three agree)
LEVELS = [
    ("S004", "Balangan", BEFORE, "17.90"),
    ("S005", "Balangan", BEFORE, "17.9"),
    ("S006", "Balangan", BEFORE, "17.9"),
    ("S007", "Balangan", AFTER, "14.91"),
    ("S014", "Lampihong", BEFORE, "26.56"),
    ("S015", "Awayan", BEFORE, "20.85"),
    ("S016", "Halong", BEFORE, "20.41"),
    ("S017", "Paringin Selatan", BEFORE, "16.20"),
    ("S018", "Lampihong", AFTER, "21.7"),
    ("S019", "Paringin", AFTER, "8.24"),
    ("D01", "Awayan", AFTER, "10.93"),
    ("W002", "Balangan", BEFORE, "17.9"),
    ("W003", "Balangan", AFTER, "14.91"),
    ("W005", "Balangan", AUGUST, "14"),
]
CHANGES = [
    ("S008", "Balangan", "-2.98"),
    ("S009", "Balangan", "-3"),
    ("S020", "Awayan", "-9.92"),
    ("S022", "Juai", "2.55"),
    ("D02", "Lampihong", "-4.86"),
]
# Open intervals.
RANGES = [
    ("D04", "Paringin Selatan", AFTER, 14.91, 16.20),
    ("D05", "Halong", AFTER, 14.91, 20.41),
    ("D06", "Juai", AFTER, 14.91, 21.70),
    ("D07", "Juai", BEFORE, 12.36, 19.15),
    ("D08", "Tebing Tinggi", AFTER, 14.91, 21.70),
    ("D09", "Tebing Tinggi", BEFORE, 12.36, 20.41),
    ("D10", "Paringin", BEFORE, 5.69, 8.24),
    ("D11", "Batumandi", AFTER, 8.24, 14.91),
    ("D22", "Batumandi", BEFORE, 8.24, 20.41),
]
RISING = {"Juai", "Paringin", "Tebing Tinggi"}
FALLING = {"Awayan", "Batumandi", "Halong", "Paringin Selatan", "Lampihong"}
ABOVE = {"Lampihong", "Tebing Tinggi", "Juai", "Paringin Selatan", "Halong"}
CONTRADICTED = {"S021", "D03"}

Rates = dict[tuple[str, str], float]


@pytest.fixture(scope="module")
def rounds() -> dict[str, pd.DataFrame]:
    return sample_rounds()


@pytest.fixture(scope="module")
def scored(rounds: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    return {periode: score_table(table) for periode, table in rounds.items()}


def score_table(table: pd.DataFrame) -> pd.DataFrame:
    age = (table["tgl_ukur"] - table["tgl_lahir"]).dt.days
    scores = score(table["jk"], age, table["berat_kg"], table["tinggi_cm"], table["cara_ukur"])
    return scores.assign(
        kode_desa=table["kode_desa"],
        wajar=scores["tanda_tbu"] == 0,
        stunting=scores["status_tbu"].isin(["Sangat pendek", "Pendek"]),
    )


def count_scored(scored: dict[str, pd.DataFrame]) -> pd.DataFrame:
    counted = pd.concat([table.assign(periode=periode) for periode, table in scored.items()])
    counted["kode_kecamatan"] = counted["kode_desa"].str[:8]
    sums = counted.groupby(["periode", "kode_kecamatan"], as_index=False)[["wajar", "stunting"]].sum()
    return sums.rename(columns={"wajar": "diukur"}).astype({"diukur": "int64", "stunting": "int64"})


def rates_of(counts: pd.DataFrame) -> Rates:
    pooled = counts.groupby("periode", as_index=False)[["diukur", "stunting"]].sum()
    everywhere = pd.concat([counts, pooled.assign(kode_kecamatan=KABUPATEN)])
    percent = 100 * everywhere["stunting"] / everywhere["diukur"]
    return dict(zip(zip(everywhere["periode"], everywhere["kode_kecamatan"], strict=True), percent, strict=True))


@pytest.fixture(params=["spesifikasi", "data yang dinilai"])
def rate(request: pytest.FixtureRequest) -> Callable[[str, str], float]:
    if request.param == "spesifikasi":
        rates = rates_of(load_rounds())
    else:
        rates = scored_rates(request.getfixturevalue("scored"))
    return lambda name, periode: rates[periode, CODES[name]]


def scored_rates(scored: dict[str, pd.DataFrame]) -> Rates:
    return rates_of(count_scored(scored))


def as_printed(value: float, printed: str) -> str:
    decimals = len(printed.partition(".")[2])
    return f"{value:.{decimals}f}"


Rate = Callable[[str, str], float]


def change(rate: Rate, name: str) -> float:
    return rate(name, AFTER) - rate(name, BEFORE)


@pytest.mark.parametrize(("figure", "name", "periode", "printed"), LEVELS, ids=[row[0] for row in LEVELS])
def test_printed_level(rate: Rate, figure: str, name: str, periode: str, printed: str) -> None:
    assert as_printed(rate(name, periode), printed) == printed


@pytest.mark.parametrize(("figure", "name", "printed"), CHANGES, ids=[row[0] for row in CHANGES])
def test_printed_change(rate: Rate, figure: str, name: str, printed: str) -> None:
    assert as_printed(change(rate, name), printed) == printed


@pytest.mark.parametrize(("figure", "name", "periode", "low", "high"), RANGES, ids=[row[0] for row in RANGES])
def test_range_that_follows(rate: Rate, figure: str, name: str, periode: str, low: float, high: float) -> None:
    assert low < rate(name, periode) < high


def test_S010_target_2022_lies_above_the_level_of_2021(rate: Rate) -> None:
    assert rate("Balangan", BEFORE) < 18.40


def test_S013_neighbour_is_higher_than_balangan_2022(rate: Rate) -> None:
    assert rate("Balangan", AFTER) < 19.4


def test_S014_S015_S016_are_the_three_highest_of_2021_in_this_order(rate: Rate) -> None:
    ranked = sorted(RISING | FALLING, key=lambda name: rate(name, BEFORE), reverse=True)
    assert ranked[:3] == ["Lampihong", "Awayan", "Halong"]


def test_S018_highest_and_S019_lowest_of_2022(rate: Rate) -> None:
    ranked = sorted(RISING | FALLING, key=lambda name: rate(name, AFTER))
    assert (ranked[0], ranked[-1]) == ("Paringin", "Lampihong")


def test_S020_awayan_falls_most(rate: Rate) -> None:
    assert min(RISING | FALLING, key=lambda name: change(rate, name)) == "Awayan"


def test_S022_juai_rises_most(rate: Rate) -> None:
    assert max(RISING | FALLING, key=lambda name: change(rate, name)) == "Juai"
    assert all(0 < change(rate, name) < 2.545 for name in RISING - {"Juai"})


def test_S023_three_kecamatan_rise(rate: Rate) -> None:
    assert {name for name in RISING | FALLING if change(rate, name) > 0} == RISING


def test_S024_five_kecamatan_fall(rate: Rate) -> None:
    assert {name for name in RISING | FALLING if change(rate, name) < 0} == FALLING


def test_S025_five_kecamatan_lie_above_the_kabupaten_and_three_below(rate: Rate) -> None:
    above = {name for name in RISING | FALLING if rate(name, AFTER) > rate("Balangan", AFTER)}
    assert above == ABOVE
    assert len((RISING | FALLING) - above) == 3


def test_D04_paringin_selatan_falls_least_and_by_less_than_1_29(rate: Rate) -> None:
    assert max(FALLING, key=lambda name: change(rate, name)) == "Paringin Selatan"
    assert -1.29 < change(rate, "Paringin Selatan") < 0


def test_D12_relative_change(rate: Rate) -> None:
    assert as_printed(100 * change(rate, "Balangan") / rate("Balangan", BEFORE), "-16.66") == "-16.66"


@pytest.mark.parametrize(("figure", "target", "printed"), [("D18", 18.40, "-3.49"), ("D19", 14.0, "0.91")])
def test_gap_to_target(rate: Rate, figure: str, target: float, printed: str) -> None:
    assert as_printed(rate("Balangan", AFTER) - target, printed) == printed


def test_S021_and_D03_contradict_the_printed_levels_and_are_not_followed(rate: Rate) -> None:
    assert as_printed(change(rate, "Lampihong"), "-2.49") != "-2.49"
    assert as_printed(rate("Lampihong", AFTER), "24.07") != "24.07"


def test_february_lies_between_december_and_august(rate: Rate) -> None:
    """No figure is printed for February 2022: it only has to be plausible."""
    assert rate("Balangan", AUGUST) < rate("Balangan", FEBRUARY) < rate("Balangan", BEFORE)


LOKUS = [f"S{number:03d}" for number in range(26, 34)]


@pytest.mark.parametrize("figure", LOKUS)
def test_printed_lokus_village_is_measured_in_every_round(figure: str, rounds: dict[str, pd.DataFrame]) -> None:
    place = load_published().set_index("id").at[figure, "wilayah"]
    village, kecamatan = place.removeprefix("Desa ").replace(" (kelurahan)", "").split(", Kec. ")
    for table in rounds.values():
        assert ((table["desa"] == village) & (table["kecamatan"] == kecamatan)).sum() >= 20


def test_S034_eight_lokus_villages_have_more_stunting_than_the_rest(scored: dict[str, pd.DataFrame]) -> None:
    codes = load_lokus().query("tahun == 2022")["kode"]
    assert len(codes) == 8
    counted = scored[BEFORE].query("wajar")
    in_lokus = counted["kode_desa"].isin(codes)
    assert counted.loc[in_lokus, "stunting"].mean() > counted.loc[~in_lokus, "stunting"].mean()


def test_every_figure_on_stunting_in_balangan_has_its_test() -> None:
    subjects = [
        "prevalensi_stunting",
        "perubahan_prevalensi",
        "arah_tren",
        "di_atas_rerata_kabupaten",
        "perubahan_relatif",
    ]
    here = "Kab. Balangan|Kec. "
    printed, derived = load_published(), load_ranges()
    known = {
        *printed[printed["indikator"].isin(subjects) & printed["wilayah"].str.contains(here)]["id"],
        *derived[derived["indikator"].isin(subjects) & derived["wilayah"].str.contains(here)]["id"],
    }
    tested = {row[0] for row in [*LEVELS, *CHANGES, *RANGES]} | {"S023", "S024", "S025", "D12"}
    assert known - tested - CONTRADICTED == set()


def test_counts_after_scoring_are_those_of_the_specification(scored: dict[str, pd.DataFrame]) -> None:
    pd.testing.assert_frame_equal(count_scored(scored), load_rounds())


def test_specification_has_four_rounds_of_eight_kecamatan_and_about_ten_thousand_children() -> None:
    spec = load_rounds()
    assert spec["periode"].unique().tolist() == PERIODS
    assert spec.groupby("periode")["kode_kecamatan"].agg(list).map(set).eq(set(load_kecamatan()["kode"])).all()
    assert spec.groupby("periode")["diukur"].sum().between(10_200, 10_500).all()
