"""The sample answers obey what the report says of the parameters, statement by statement, through the real pipeline."""

import pandas as pd
import pytest

from analytics.comparison import compare_parameters
from analytics.parameters import tabulate_parameters
from config.parameters import load_parameters, parameters_of
from config.places import load_lokus
from data.answers import identify_sasaran, merge_answers, to_jawaban
from data.sample_parameter import as_parameter_file, sample_answers
from data.sample_people import FOLDER
from data.sample_sasaran import FIRST, SECOND, sample_measurements, sample_sasaran, sample_women

KEY = bytes(32)


@pytest.fixture(scope="module")
def jawaban() -> pd.DataFrame:
    stored = None
    for table in sample_answers().values():
        stored = merge_answers(stored, to_jawaban(table, identify_sasaran(table, KEY, stored)))
    assert stored is not None
    return stored


@pytest.fixture(scope="module")
def shares(jawaban: pd.DataFrame) -> pd.DataFrame:
    """Return the shares of the kabupaten by jenis_sasaran, round and parameter."""
    return tabulate_parameters(jawaban, "kabupaten").set_index(["jenis_sasaran", "periode", "parameter"]).sort_index()


@pytest.fixture(scope="module")
def changes(jawaban: pd.DataFrame) -> pd.DataFrame:
    """Return the comparison of the kabupaten by jenis_sasaran and parameter."""
    return (
        compare_parameters(jawaban, FIRST, SECOND, "kabupaten").set_index(["jenis_sasaran", "parameter"]).sort_index()
    )


def test_171_and_245_children_and_65_women_in_28_desa(jawaban: pd.DataFrame) -> None:
    people = jawaban.drop_duplicates(["id_sasaran", "periode"]).groupby(["jenis_sasaran", "periode"]).size()
    assert people.to_dict() == {
        ("balita", FIRST): 171, ("balita", SECOND): 245, ("bumil", FIRST): 65, ("bumil", SECOND): 17 + 21,
    }  # fmt: skip
    desa = set(jawaban["kode_desa"])
    assert len(desa) == 28
    assert set(load_lokus()["kode"]) <= desa


def test_some_stay_some_leave_some_enter_and_201_are_under_full_monitoring() -> None:
    children = sample_sasaran()
    assert children["kelompok"].value_counts().to_dict() == {"tetap": 139, "keluar": 32, "masuk": 106}
    assert children["penuh"].sum() == 201
    assert not (children["penuh"] & (children["kelompok"] == "keluar")).any()
    plan = pd.read_csv(FOLDER / "sasaran.csv", dtype={"kode_desa": "str"}).set_index("kode_desa")
    found = pd.crosstab(children["kode_desa"], children["kelompok"])
    for group in ("tetap", "keluar", "masuk"):
        assert found[group].to_dict() == plan[group].to_dict()


def test_kecamatan_are_of_different_sizes_and_some_are_small(jawaban: pd.DataFrame) -> None:
    now = jawaban[(jawaban["periode"] == SECOND) & (jawaban["jenis_sasaran"] == "balita")]
    size = now.drop_duplicates("id_sasaran")["kode_desa"].str[:8].value_counts()
    assert len(size) == 8 and size.sum() == 245
    assert (size < 10).sum() >= 1 and size.max() >= 50


def test_no_parameter_of_children_is_red_now(shares: pd.DataFrame) -> None:
    now = shares.loc[("balita", SECOND)]
    assert len(now) == 32
    assert now["persen"].max() <= 50
    assert "merah" not in set(now["warna"])


def test_several_were_red_before(shares: pd.DataFrame) -> None:
    before = shares.loc[("balita", FIRST)]
    assert set(before.index[before["warna"] == "merah"]) == {"SP01", "SP02", "SS01", "SS04", "SS05", "SS10", "SS12"}


@pytest.mark.parametrize("kode", ["SP01", "SS05", "SS04"])
def test_food_waste_disposal_and_stimulus_improved_in_the_same_families(changes: pd.DataFrame, kode: str) -> None:
    row = changes.loc[("balita", kode)]
    assert row["putusan"] == "membaik"
    assert row["p_mcnemar"] < 0.001 and row["q_bh"] < 0.01
    assert row["dari_tetap"] < -20


def test_drains_are_nearest_to_red_and_fell_through_new_families_alone(
    shares: pd.DataFrame, changes: pd.DataFrame
) -> None:
    now = shares.loc[("balita", SECOND)]
    assert now["persen"].idxmax() == "SS01"
    assert 47 < now.loc["SS01", "persen"] <= 50 and now.loc["SS01", "warna"] == "kuning"
    row = changes.loc[("balita", "SS01")]
    assert (row["putusan"], row["b"], row["c"]) == ("hanya_susunan", 0, 0)
    assert row["selisih"] < -10


def test_sanitation_is_still_the_trouble(shares: pd.DataFrame, changes: pd.DataFrame) -> None:
    now = shares.loc[("balita", SECOND)]
    for kode in ("SS06", "SS07", "SS12"):
        assert now.loc[kode, "warna"] == "kuning"
        assert changes.loc[("balita", kode), "putusan"] in ("belum_pasti", "tidak_berubah", "hanya_susunan")


def test_digestive_infection_is_high(shares: pd.DataFrame) -> None:
    now = shares.loc[("balita", SECOND)]
    specific = now[now.index.str.startswith("SP")]
    assert specific["persen"].idxmax() == "SP05" and specific["persen"].max() > 45


def test_every_verdict_but_worse_occurs(changes: pd.DataFrame) -> None:
    verdicts = changes.loc["balita", "putusan"].value_counts()
    assert set(verdicts.index) == {"membaik", "tidak_berubah", "belum_pasti", "hanya_susunan"}
    assert verdicts["hanya_susunan"] >= 2 and verdicts["belum_pasti"] >= 10


def test_exactly_two_parameters_of_women_were_red_before(shares: pd.DataFrame) -> None:
    before = shares.loc[("bumil", FIRST)]
    assert set(before.index[before["warna"] == "merah"]) == {"SS01", "SS03"}
    assert set(before["penyebut"].drop(["SS13", "SS15"])) == {65}


def test_washing_hands_drains_and_food_are_the_main_problems_of_women_now(shares: pd.DataFrame) -> None:
    now = shares.loc[("bumil", SECOND)]
    assert set(now["persen"].astype(float).nlargest(3).index) == {"SS01", "SS02", "SS03"}
    assert len(now) == 24


def test_asked_not_asked_and_not_applicable_all_occur(shares: pd.DataFrame) -> None:
    before, now = shares.loc[("balita", FIRST)], shares.loc[("balita", SECOND)]
    assert before.loc["SS13", "catatan"] == "tidak ditanyakan" and now.loc["SS13", "penyebut"] == 245
    for kode in ("SP07", "SP08", "SP12", "SS15", "SS17"):
        assert now.loc[kode, "tidak_berlaku"] > 0, kode
    assert now.loc["SS11", "tidak_ditanya"] == 4
    assert (now[["penyebut", "tidak_berlaku", "tidak_ditanya"]].fillna(0).sum(axis="columns") == 245).all()


def test_one_kecamatan_was_not_asked_about_caregiving_before(jawaban: pd.DataFrame) -> None:
    table = tabulate_parameters(jawaban, "kecamatan", FIRST)
    row = table[(table["parameter"] == "SS18") & (table["kode"] == "63.11.05")].iloc[0]
    assert (row["catatan"], row["tidak_ditanya"] > 0) == ("tidak ditanyakan", True)


def test_answers_agree_with_age_and_measurements() -> None:
    table = sample_answers()[SECOND].query("jenis_sasaran == 'balita'").set_index("id_sasaran")
    children = sample_sasaran().set_index("id_sasaran").loc[table.index]
    months = (pd.Timestamp(f"{SECOND}-15") - children["tgl_lahir"]).dt.days / 30.4375
    assert (table["SP08"] == "TB").equals(~((months >= 6) & (months < 24)))
    measured = sample_measurements()[SECOND].reindex(children["nik"]).set_axis(table.index)
    assert (table["SP10"] == "1").equals(measured["naik_berat"] == "T")
    assert (table["SP12"] != "TB").equals(measured["zs_bbtb_asal"] < -2)


def test_every_child_is_a_measured_stunted_child_of_the_same_desa() -> None:
    children = sample_sasaran()
    assert children["nik"].is_unique and not children.duplicated(["nama", "kode_desa"]).any()
    before, after = (sample_measurements()[periode] for periode in ("2022-02", SECOND))
    first = children[children["kelompok"] != "masuk"]
    assert (before.loc[first["nik"], "zs_tbu_asal"] < -2).all()
    entered = children[children["kelompok"] == "masuk"]
    assert (after.loc[entered["nik"], "zs_tbu_asal"] < -2).all()
    now = children[children["kelompok"] != "keluar"].set_index("nik")
    assert after.loc[now.index, ["nama", "kode_desa"]].equals(now[["nama", "kode_desa"]])
    assert (pd.Timestamp(f"{FIRST}-31") - first["tgl_lahir"]).dt.days.max() < 60 * 30.4375


def test_leavers_are_recovered_or_not_measured_any_more() -> None:
    gone = sample_sasaran().query("kelompok == 'keluar'")
    z = sample_measurements()[SECOND]["zs_tbu_asal"].reindex(gone["nik"])
    z = z.where(z.between(-6, 6))
    assert (z.isna() | (z >= -2)).all()
    assert z.isna().any() and (z >= -2).any()


def test_nobody_can_be_taken_for_real() -> None:
    for table in sample_answers().values():
        assert table["nama"].str.endswith(" Contoh").all()
        assert set(table["id_sasaran"].str[:4]) == {"BLT-", "BML-"}
    assert not set(sample_women()["id_keluarga"]) & set(sample_sasaran()["id_keluarga"])


def test_the_sample_is_always_the_same_and_cannot_be_spoilt_by_a_caller() -> None:
    first = sample_answers()
    kept = {periode: table.copy() for periode, table in first.items()}
    first[FIRST].loc[0, "SP01"] = "rusak"
    first[FIRST]["lain"] = 1
    children = sample_sasaran()
    children["nama"] = "rusak"
    for periode, table in sample_answers().items():
        pd.testing.assert_frame_equal(table, kept[periode])
    assert sample_sasaran()["nama"].str.endswith(" Contoh").all()


def test_the_file_has_the_agreed_columns_and_cells() -> None:
    codes = [parameter.kode for parameter in load_parameters()]
    for table in sample_answers().values():
        written = as_parameter_file(table)
        assert list(written) == [
            "id_sasaran", "id_keluarga", "jenis_sasaran", "nama", "desa", "kecamatan", "periode", *codes,
        ]  # fmt: skip
        cells = set(written[codes].to_numpy().ravel().tolist())
        assert cells == {1, 0, "TB", ""}
        for jenis in ("balita", "bumil"):
            foreign = [kode for kode in codes if kode not in {known.kode for known in parameters_of(jenis)}]
            assert (written.loc[written["jenis_sasaran"] == jenis, foreign] == "").all(axis=None)
