"""Printed figures stand as printed; what follows from them is worked out again; contradictions are complete."""

import pandas as pd
import pytest

from config.places import load_kecamatan
from config.published import (
    PUBLISHED_COLUMNS,
    kabupaten_levels,
    kecamatan_levels,
    load_published,
    load_ranges,
    printed_direction,
    published_number,
)


def printed(figure: str) -> pd.Series:
    return load_published().set_index("id").loc[figure]


def derived(name: str) -> tuple[float, float]:
    row = load_ranges().set_index("id").loc[name]
    return row["bawah"], row["atas"]


def test_all_85_figures_stand_once_in_order() -> None:
    table = load_published()
    assert table["id"].tolist() == [f"S{number:03d}" for number in range(1, 86)]
    assert table.columns[:8].tolist() == PUBLISHED_COLUMNS
    assert (table[["indikator", "nilai", "satuan", "bagian", "tercetak"]] != "").all(axis=None)


@pytest.mark.parametrize(
    ("figure", "value", "characters"),
    [
        ("S001", "24.4", "24,4%"),
        ("S004", "17.90", "17,90%"),
        ("S005", "17.89", "17,89"),
        ("S006", "17.91", "17,91%"),
        ("S007", "14.91", "14,91%"),
        ("S008", "-2.98", "2,98%"),
        ("S009", "-3", "3%"),
        ("S010", "18.40", "18,40%"),
        ("S011", "17", "17%"),
        ("S013", "19.4", "19,4%"),
        ("S014", "26.56", "26,56%"),
        ("S017", "16.20", "16,20%"),
        ("S018", "21.7", "21.7%"),
        ("S019", "8.24", "8.24%"),
        ("S020", "-9.92", "9.92%"),
        ("S021", "-2.49", "2.49%"),
        ("S022", "2.55", "2.55%"),
        ("S035", "25.4", "25,4%"),
        ("S037", "0", "0%"),
        ("S050", "0.02", "0.02%"),
        ("S052", "52.87", "52.87%"),
        ("S054", "476190", "Rp 476.190,-"),
        ("S057", "171", "171 Sasaran"),
        ("S059", "245", "245 sasaran"),
        ("S060", "50", "lebih dari 50% sasaran"),
        ("S067", "23.5", "< 23.5 cm"),
        ("S071", "80.00", "80.00"),
        ("S074", "66.67", "66.67"),
        ("S083", "75.00", "75.00"),
        ("S084", ">75", "lebih dari 75%"),
        ("S085", "20", "20 indikator layanan"),
    ],
)
def test_a_figure_keeps_its_printed_form(figure: str, value: str, characters: str) -> None:
    assert printed(figure)["nilai"] == value
    assert printed(figure)["tercetak"] == characters


def test_the_number_shown_is_the_number_printed() -> None:
    """The digits of `nilai` are those of `tercetak`, whatever the decimal sign of the report."""
    table = load_published()
    numeric = table[table["satuan"].isin(["%", "poin persen"]) & ~table["nilai"].str.startswith(">")]
    assert (numeric["tercetak"].str.rstrip("%").str.replace(",", ".") == numeric["nilai"].str.lstrip("-")).all()
    assert len(numeric) == 46


def test_the_impossible_date_is_kept_and_not_computed_with() -> None:
    june = load_published().query("periode_tercetak == '31 juni 2022'")
    assert june["id"].tolist() == [f"S{number:03d}" for number in range(35, 55)]
    assert set(june["periode"]) == {"2022-06", "2022"}
    assert june["catatan"].str.contains('"31 juni 2022"').all()


def test_numbers_can_be_read_and_words_are_refused() -> None:
    assert published_number("S007") == 14.91
    with pytest.raises(ValueError):
        published_number("S023")
    with pytest.raises(KeyError):
        published_number("S086")


def test_eight_lokus_villages() -> None:
    assert len(load_published().query("indikator == 'desa_lokus'")) == published_number("S034") == 8


def test_kek_outcomes_close() -> None:
    assert sum(published_number(figure) for figure in ("S064", "S065", "S066")) == published_number("S063")


@pytest.mark.parametrize("first", [69, 72, 75, 78, 81])
def test_progress_of_an_activity_is_done_over_target(first: int) -> None:
    target, done, progress = (published_number(f"S{first + step:03d}") for step in range(3))
    assert progress == pytest.approx(100 * done / target, abs=0.005)


def test_derived_points_follow_from_the_printed_figures() -> None:
    s = published_number
    targets = sum(s(f"S{number:03d}") for number in (69, 72, 75, 78, 81))
    done = sum(s(f"S{number:03d}") for number in (70, 73, 76, 79, 82))
    progress = [s(f"S{number:03d}") for number in (71, 74, 77, 80, 83)]
    expected = {
        "D01": s("S015") + s("S020"),
        "D02": s("S018") - s("S014"),
        "D03": s("S014") + s("S021"),
        "D12": 100 * s("S008") / s("S005"),
        "D13": 100 * done / targets,
        "D14": sum(progress) / 5,
        "D15": sum(value > 75 for value in progress),
        "D16": s("S059") - s("S057"),
        "D17": s("S064") + s("S065"),
        "D18": s("S007") - s("S010"),
        "D19": s("S007") - s("S003"),
        "D20": round(s("S052") / 100 * 157),
        "D21": load_published().loc[34:52, "indikator"].nunique(),
    }
    for name, value in expected.items():
        assert derived(name) == pytest.approx((value, value), abs=0.005), name


def test_derived_ranges_follow_from_the_printed_figures() -> None:
    s = published_number
    kabupaten, highest, lowest, largest_rise, third_2021 = s("S007"), s("S018"), s("S019"), s("S022"), s("S016")
    expected = {
        "D04": (kabupaten, s("S017")),
        "D05": (kabupaten, s("S016")),
        "D06": (kabupaten, highest),
        "D07": (kabupaten - largest_rise, highest - largest_rise),
        "D08": (kabupaten, highest),
        "D09": (kabupaten - largest_rise, min(highest, third_2021)),
        "D10": (lowest - largest_rise, lowest),
        "D11": (lowest, kabupaten),
        "D22": (lowest, third_2021),
    }
    for name, bounds in expected.items():
        assert derived(name) == pytest.approx(bounds, abs=0.005), name


def test_only_83_of_157_rounds_to_the_printed_share() -> None:
    assert [n for n in range(158) if round(100 * n / 157, 2) == published_number("S052")] == [83]


def test_every_range_is_named_ordered_and_rests_on_known_figures() -> None:
    table = load_ranges()
    assert table["id"].tolist() == [f"D{number:02d}" for number in range(1, 23)]
    assert (table["bawah"] <= table["atas"]).all()
    known = set(load_published()["id"]) | set(table["id"])
    assert set(table["dari"].str.split(";").explode()) <= known
    assert (table[["indikator", "wilayah", "kode", "periode", "satuan", "turunan"]] != "").all(axis=None)
    codes = dict(zip("Kec. " + load_kecamatan()["nama"], load_kecamatan()["kode"], strict=True))
    of_kecamatan = table[table["wilayah"].str.startswith("Kec. ")]
    assert (of_kecamatan["wilayah"].map(codes) == of_kecamatan["kode"]).all()


def test_each_kecamatan_has_a_level_in_both_years() -> None:
    levels = kecamatan_levels()
    assert list(zip(levels["kode"], levels["tahun"], strict=True)) == [
        (kode, tahun) for kode in load_kecamatan()["kode"] for tahun in (2021, 2022)
    ]
    assert dict(zip(levels["id"], levels["jenis"], strict=True)) == {
        **dict.fromkeys(("S014", "S015", "S016", "S017", "S018", "S019"), "terbit"),
        "D01": "turunan",
        **dict.fromkeys(("D04", "D05", "D06", "D07", "D08", "D09", "D10", "D11", "D22"), "rentang"),
    }


def test_a_level_is_a_point_or_a_range_never_both() -> None:
    levels = kecamatan_levels()
    ranged = levels["jenis"] == "rentang"
    assert levels.loc[ranged, "nilai"].isna().all()
    assert (levels.loc[ranged, "bawah"] < levels.loc[ranged, "atas"]).all()
    points = levels[~ranged]
    assert (points["nilai"] == points["bawah"]).all() and (points["nilai"] == points["atas"]).all()
    assert (levels["catatan"] != "").all()


def test_no_level_speaks_against_its_printed_direction() -> None:
    wide = kecamatan_levels().pivot(index="nama", columns="tahun", values=["bawah", "atas"])
    for nama, arah in printed_direction().items():
        row = wide.loc[nama]
        if arah == "turun":
            assert row[("bawah", 2022)] < row[("atas", 2021)], nama
        else:
            assert row[("atas", 2022)] > row[("bawah", 2021)], nama
    assert sorted(printed_direction().values()) == ["naik"] * 3 + ["turun"] * 5


def test_the_working_figures_of_the_kabupaten() -> None:
    levels = kabupaten_levels()
    assert list(levels[["tahun", "nilai", "id", "kode"]].itertuples(index=False, name=None)) == [
        (2021, 17.90, "S004", "63.11"),
        (2022, 14.91, "S007", "63.11"),
    ]
    assert levels.columns.tolist() == kecamatan_levels().columns.tolist()


def test_the_three_variants_of_2021_agree_at_one_decimal() -> None:
    variants = [published_number(figure) for figure in ("S004", "S005", "S006")]
    assert {f"{value:.1f}" for value in variants} == {"17.9"}
    assert {f"{published_number('S007') - value:.1f}" for value in variants} == {"-3.0"}
