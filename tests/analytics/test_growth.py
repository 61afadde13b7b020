"""Every rule of scoring, tried at its edges."""

import numpy as np
import pandas as pd
import pytest

from analytics.growth import age_days, age_group, age_months, score
from analytics.status import INDICES
from data.growth_tables import SEXES, load_tables, measure_at

NAN = float("nan")


def one(jk="L", umur_hari=400.0, berat_kg=9.0, tinggi_cm=75.0, cara_ukur=None, edema=None) -> pd.Series:
    """Return the scores of one child."""
    return score([jk], [umur_hari], [berat_kg], [tinggi_cm], [cara_ukur], [edema]).iloc[0]


def z_of(**child) -> list[float]:
    return [float(one(**child)[f"zs_{index}"]) for index in INDICES]


@pytest.mark.parametrize(
    ("z", "rounded", "status"),
    [
        (-3.006, -3.01, "Sangat pendek"),
        (-3.004, -3.0, "Pendek"),
        (-2.006, -2.01, "Pendek"),
        (-2.004, -2.0, "Normal"),
        (3.004, 3.0, "Normal"),
        (3.006, 3.01, "Tinggi"),
    ],
)
def test_rounds_before_it_classifies(z: float, rounded: float, status: str) -> None:
    lfa = load_tables()["lfa"]
    child = one(tinggi_cm=float(measure_at(z, lfa.L[0, 400], lfa.M[0, 400], lfa.S[0, 400])))
    assert (child.zs_tbu, child.status_tbu, child.tanda_tbu) == (rounded, status, 0)


def test_a_score_near_zero_is_never_minus_zero() -> None:
    lfa = load_tables()["lfa"]
    child = one(tinggi_cm=float(measure_at(-0.001, lfa.L[0, 400], lfa.M[0, 400], lfa.S[0, 400])))
    assert f"{child.zs_tbu:.2f}" == "0.00"


def test_weight_scores_beyond_three_are_linear() -> None:
    """One SD further out adds as many kg as from SD2 to SD3 (rule 1), on both sides."""
    wfa = load_tables()["wfa"]
    lms = wfa.L[0, 400], wfa.M[0, 400], wfa.S[0, 400]
    for side in (-1, 1):
        sd2, sd3 = measure_at(2 * side, *lms), measure_at(3 * side, *lms)
        assert z_of(berat_kg=float(sd3 + 1.5 * (sd3 - sd2)))[1] == 4.5 * side


@pytest.mark.parametrize("sex", [0, 1])
def test_weight_for_age_where_the_power_is_nearly_zero(sex: int) -> None:
    """At the day whose L is nearest 0 the formula is ln(y/M)/S."""
    wfa = load_tables()["wfa"]
    day = int(np.abs(wfa.L[sex]).argmin())
    assert abs(wfa.L[sex, day]) <= 1e-4
    weight = 1.2 * wfa.M[sex, day]
    expected = np.log(1.2) / wfa.S[sex, day]
    assert z_of(jk=SEXES[sex], umur_hari=day, berat_kg=weight)[1] == pytest.approx(expected, abs=0.005)


@pytest.mark.parametrize(
    ("umur_hari", "same_as"), [(729.5, 730), (730.49, 730), (730.5, 731), (1825.5, 1826), (1826.4, 1826), (-0.5, 0)]
)
def test_age_is_rounded_half_up(umur_hari: float, same_as: int) -> None:
    assert z_of(umur_hari=umur_hari, tinggi_cm=85) == z_of(umur_hari=same_as, tinggi_cm=85)


@pytest.mark.parametrize("umur_hari", [-1, -0.51, -1e9, 1826.5, 1827, 1856, 1e9])
def test_no_score_before_birth_or_from_five_years(umur_hari: float) -> None:
    child = one(umur_hari=umur_hari, tinggi_cm=100, berat_kg=15, edema="ya")
    assert child.isna().all()
    assert np.isfinite(z_of(umur_hari=1826, tinggi_cm=100, berat_kg=15)).all()


def test_unknown_age_leaves_only_weight_for_length() -> None:
    child = one(umur_hari=NAN, tinggi_cm=75.0, berat_kg=9.0)
    assert child.drop(["zs_bbtb", "tanda_bbtb", "status_bbtb"]).isna().all()
    assert child.zs_bbtb == one(umur_hari=400, tinggi_cm=75.0, berat_kg=9.0).zs_bbtb


def test_unknown_age_and_position_is_length_below_87_cm() -> None:
    def bbtb(tinggi_cm: float, **known) -> float:
        return z_of(**({"umur_hari": NAN, "tinggi_cm": tinggi_cm, "berat_kg": 14.0} | known))[2]

    assert bbtb(86.9) == bbtb(86.9, umur_hari=400) != bbtb(86.9, umur_hari=800)
    assert bbtb(87.0) == bbtb(87.0, umur_hari=800) != bbtb(87.0, umur_hari=400)
    # A known position decides, and nothing is added or taken off.
    assert bbtb(86.9, cara_ukur="berdiri") == bbtb(86.9, umur_hari=800)
    assert bbtb(87.0, cara_ukur="terlentang") == bbtb(87.0, umur_hari=400)


@pytest.mark.parametrize(
    ("umur_hari", "cara_ukur", "added_cm"),
    [
        (273, "berdiri", 0),  # under nine months: taken as unknown
        (274, "berdiri", 0.7),
        (730, "berdiri", 0.7),
        (730, "terlentang", 0),
        (731, "berdiri", 0),
        (731, "terlentang", -0.7),
        (1826, "terlentang", -0.7),
    ],
)
def test_position_is_corrected_in_every_index_with_length(umur_hari: int, cara_ukur: str, added_cm: float) -> None:
    corrected = z_of(umur_hari=umur_hari, tinggi_cm=85.3, cara_ukur=cara_ukur, berat_kg=11)
    plain = z_of(umur_hari=umur_hari, tinggi_cm=85.3 + added_cm, berat_kg=11)
    assert corrected == plain
    if added_cm:
        other = z_of(umur_hari=umur_hari, tinggi_cm=85.3, berat_kg=11)
        assert [a != b for a, b in zip(corrected, other, strict=True)] == [True, False, True, True]


@pytest.mark.parametrize("name", ["wfl", "wfh"])
def test_every_millimetre_meets_its_own_row(name: str) -> None:
    """No length of a table falls between rows by the way floats are stored (51.9, 103.1, 44.6 + 0.7)."""
    table = load_tables()[name]
    mm = np.arange(table.first, table.last + 1)
    for row, sex in enumerate(SEXES):
        weight = measure_at(-1.5, table.L[row], table.M[row], table.S[row])
        days, adjusted = (400, "berdiri") if name == "wfl" else (800, "terlentang")
        shift = 0.7 if name == "wfl" else -0.7
        for lengths, position in ((mm / 10, None), (mm / 10 - shift, adjusted)):
            scores = score([sex] * len(mm), [days] * len(mm), weight, lengths, [position] * len(mm))
            assert (scores["zs_bbtb"] == -1.5).all()


def test_weight_for_length_interpolates_between_rows() -> None:
    wfl = load_tables()["wfl"]
    low = 519 - wfl.first
    L, M, S = (0.75 * part[1, low] + 0.25 * part[1, low + 1] for part in (wfl.L, wfl.M, wfl.S))
    for z in (-2.13, 1.37):
        weight = float(measure_at(z, L, M, S))
        assert z_of(jk="P", umur_hari=60, tinggi_cm=51.925, berat_kg=weight)[2] == z


@pytest.mark.parametrize(
    ("umur_hari", "tinggi_cm", "scored"),
    [
        (400, 44.99, False),
        (400, 45.0 - 1e-12, True),
        (400, 45.0, True),
        (400, 110.0, True),
        (400, 110.0 + 1e-12, True),
        (400, 110.01, False),
        (800, 64.99, False),
        (800, 65.0, True),
        (800, 120.0, True),
        (800, 120.05, False),
        (800, 1e6, False),
    ],
)
def test_weight_for_length_ends_with_its_table(umur_hari: int, tinggi_cm: float, scored: bool) -> None:
    assert np.isfinite(z_of(umur_hari=umur_hari, tinggi_cm=tinggi_cm)[2]) == scored


def test_oedema_has_no_weight_score_but_the_lowest_class() -> None:
    child, dry = one(edema="ya"), one(edema="tidak")
    assert child.zs_tbu == dry.zs_tbu
    for index in ("bbu", "bbtb", "imtu"):
        assert pd.isna(child[f"zs_{index}"])
        assert pd.isna(child[f"tanda_{index}"])
    assert (child.status_bbu, child.status_bbtb, child.status_imtu) == (
        "Berat badan sangat kurang",
        "Gizi buruk",
        "Gizi buruk",
    )
    assert child.status_tbu == dry.status_tbu


def test_oedema_counts_without_a_weight_and_with_the_age_unknown() -> None:
    assert one(edema="ya", berat_kg=NAN).status_bbu == "Berat badan sangat kurang"
    ageless = one(edema="ya", umur_hari=NAN)
    assert ageless.status_bbtb == "Gizi buruk"
    assert pd.isna(ageless.status_bbu)
    assert pd.isna(ageless.status_imtu)
    assert one(edema="ya", jk=None).isna().all()


@pytest.mark.parametrize("value", [0.0, -1.0, NAN])
@pytest.mark.parametrize("cara_ukur", [None, "berdiri", "terlentang"])
def test_nothing_measured_is_no_score(value: float, cara_ukur: str | None) -> None:
    no_weight = z_of(berat_kg=value, cara_ukur=cara_ukur)
    assert np.isnan(no_weight).tolist() == [False, True, True, True]


def test_without_a_length_only_weight_for_age_is_scored() -> None:
    assert np.isnan(z_of(tinggi_cm=NAN)).tolist() == [True, False, True, True]


@pytest.mark.parametrize("value", [0.0, -1.0])
@pytest.mark.parametrize("cara_ukur", [None, "berdiri", "terlentang"])
def test_a_length_of_nothing_is_never_classed(value: float, cara_ukur: str | None) -> None:
    """The reference squares it into a BMI all the same; whatever comes out is flagged and leaves every count."""
    child = one(tinggi_cm=value, cara_ukur=cara_ukur)
    assert pd.isna([child.status_tbu, child.status_bbtb, child.status_imtu]).all()
    assert pd.isna(child.zs_bbtb) and child.tanda_imtu == 1


def test_an_implausible_score_is_kept_but_has_no_status() -> None:
    child = one(tinggi_cm=50.0)
    assert child.zs_tbu < -6
    assert child.tanda_tbu == 1
    assert pd.isna(child.status_tbu)
    assert child.tanda_bbu == 0
    assert child.status_bbu == "Berat badan normal"


@pytest.mark.parametrize("jk", [None, "", "X", NAN])
def test_unknown_sex_has_no_score(jk: object) -> None:
    assert one(jk=jk).isna().all()


def test_keeps_the_index_and_takes_every_form_of_text() -> None:
    texts = pd.Series(["P", None, "L"], index=[7, 3, 5])
    numbers = [400, 400, 400], [9, 9, 9], [75, 75, 75]
    expected = score(texts, *numbers)
    assert expected.index.tolist() == [7, 3, 5]
    forms = (
        texts.astype(object),
        texts.astype("category"),
        pd.Series(pd.Categorical(texts, ["P", "X", "L"]), [7, 3, 5]),
    )
    for form in forms:
        pd.testing.assert_frame_equal(score(form, *numbers), expected)
    assert len(score([], [], [], [])) == 0


def test_ages() -> None:
    born = pd.to_datetime(pd.Series(["2024-02-29", None, "2024-03-02"]), format="%Y-%m-%d")
    measured = pd.to_datetime(pd.Series(["2024-03-01"] * 3), format="%Y-%m-%d")
    np.testing.assert_array_equal(age_days(born, measured), [1, NAN, -1])
    days = [0, 182, 183, 365, 366, 730, 731, 1826, 1827, -1, NAN]
    np.testing.assert_array_equal(age_months(days), [0, 5, 6, 11, 12, 23, 24, 59, 60, -1, NAN])
    groups = ["0-5", "0-5", "6-11", "6-11", "12-23", "12-23", "24-35", "48-59", None, None, None]
    assert [None if pd.isna(group) else group for group in age_group(days)] == groups


def test_a_negative_length_never_gives_a_plausible_score() -> None:
    """-80 cm squared is 80 cm squared."""
    child = one(umur_hari=500.0, berat_kg=9.0, tinggi_cm=-80.0)
    assert pd.isna(child.zs_imtu) and pd.isna(child.tanda_imtu) and pd.isna(child.status_imtu)
