"""The rows of the sample: deterministic, clearly invented, one child over all rounds, with a few planted mistakes."""

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from dateutil.relativedelta import relativedelta

from analytics.growth import score
from config.columns import load_columns
from config.places import load_desa
from data.sample import as_export, load_rounds, sample_rounds
from data.sample_visits import AGE_LIMITS_DAYS

ROOT = Path(__file__).resolve().parents[2]
HEADER = (
    "NIK,Nama,JK,Tgl Lahir,BB Lahir,TB Lahir,Nama Ortu,Prov,Kab/Kota,Kec,Pukesmas,Desa/Kel,Posyandu,RT,RW,Alamat,"
    "Usia Saat Ukur,Tanggal Pengukuran,Berat,Tinggi,Cara Ukur,LiLA,BB/U,ZS BB/U,TB/U,ZS TB/U,BB/TB,ZS BB/TB,"
    "Naik Berat Badan,Jml Vit A,KPSP,KIA,Detail"
)
PROVINCE_CODES = range(11, 98)
SAME_FOR_LIFE = ["nama", "jk", "tgl_lahir", "kode_desa", "nama_ortu", "berat_lahir_kg", "posyandu", "rt"]


@pytest.fixture(scope="module")
def rounds() -> dict[str, pd.DataFrame]:
    return sample_rounds()


@pytest.fixture(scope="module")
def everything(rounds: dict[str, pd.DataFrame]) -> pd.DataFrame:
    return pd.concat([table.assign(periode=periode) for periode, table in rounds.items()], ignore_index=True)


@pytest.fixture(scope="module")
def scores(everything: pd.DataFrame) -> pd.DataFrame:
    table = everything
    age = (table["tgl_ukur"] - table["tgl_lahir"]).dt.days
    found = score(table["jk"], age, table["berat_kg"], table["tinggi_cm"], table["cara_ukur"])
    return found.assign(umur_hari=age)


@pytest.mark.parametrize("index", ["tbu", "bbu", "bbtb"])
def test_scores_of_the_export_agree_with_our_own(index: str, everything: pd.DataFrame, scores: pd.DataFrame) -> None:
    theirs, ours = everything[f"zs_{index}_asal"], scores[f"zs_{index}"]
    assert theirs.isna().eq(ours.isna()).all()
    assert (theirs - ours).abs().max() < 0.005


def test_same_tables_in_separate_processes_with_other_hash_seeds_and_clocks() -> None:
    code = (
        "import hashlib, pandas as pd; from data.sample import sample_rounds; digest = hashlib.sha256();"
        "[digest.update(pd.util.hash_pandas_object(table).to_numpy().tobytes()) for table in sample_rounds().values()];"
        "print(digest.hexdigest())"
    )
    seen = set()
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": f"XYZ{seed}"}
        run = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )
        seen.add(run.stdout)
    assert len(seen) == 1


def test_a_second_call_gives_the_same_and_the_caller_may_change_it(rounds: dict[str, pd.DataFrame]) -> None:
    again = sample_rounds()
    for periode, table in rounds.items():
        pd.testing.assert_frame_equal(table, again[periode])


def test_columns_are_those_of_a_standardized_table(rounds: dict[str, pd.DataFrame]) -> None:
    names = [column.nama for column in load_columns() if column.jenis != "abaikan"]
    for table in rounds.values():
        assert table.columns.tolist() == ["baris", *names, "kode_desa"]
        assert table["baris"].tolist() == list(range(3, len(table) + 3))
        assert table[["pmt_kg", "kelas_ibu", "mbg"]].isna().all(axis=None)


def test_no_person_can_be_taken_for_a_real_one(everything: pd.DataFrame) -> None:
    """A NIK begins with a province code; none begins with 99. Every name ends with a word that nobody is called."""
    assert everything["nik"].str.fullmatch(r"99\d{14}").all()
    assert 99 not in PROVINCE_CODES
    assert everything["nama"].str.endswith(" Contoh").all()
    assert everything["nama_ortu"].str.fullmatch(r"[A-Z]\w+ / [A-Z]\w+").all()


def test_a_nik_is_one_child_over_all_rounds_and_once_a_round(everything: pd.DataFrame) -> None:
    assert not everything.duplicated(["periode", "nik"]).any()
    assert everything.groupby("nik")[SAME_FOR_LIFE].nunique(dropna=False).eq(1).all(axis=None)
    identity = everything.drop_duplicates("nik")
    assert not identity.duplicated(["nama", "tgl_lahir", "jk", "kode_desa"]).any()


def test_dates_lie_in_their_month_and_ages_under_five_years(everything: pd.DataFrame, scores: pd.DataFrame) -> None:
    assert (everything["tgl_ukur"].dt.strftime("%Y-%m") == everything["periode"]).all()
    assert scores["umur_hari"].between(*AGE_LIMITS_DAYS).all()
    assert (everything["tgl_ukur"] < everything["tgl_lahir"] + pd.DateOffset(months=60)).all()
    assert everything["tgl_lahir"].min().year == 2017
    assert set((scores["umur_hari"] // 365.25).astype(int)) == {0, 1, 2, 3, 4}


def test_position_is_by_age_so_that_nothing_is_adjusted(everything: pd.DataFrame, scores: pd.DataFrame) -> None:
    assert ((everything["cara_ukur"] == "berdiri") == (scores["umur_hari"] >= 731)).all()


def test_every_village_is_measured_and_villages_differ_in_size_and_rate(
    everything: pd.DataFrame, scores: pd.DataFrame
) -> None:
    size = everything.groupby(["periode", "kode_desa"]).size().unstack()
    assert set(size.columns) == set(load_desa()["kode"])
    assert size.min(axis=None) >= 20
    assert 120 <= size.max(axis=None) <= 200
    stunted = scores["zs_tbu"].lt(-2).groupby(everything["kode_desa"]).mean()
    assert stunted.quantile(0.9) > 2 * stunted.quantile(0.1)


def test_about_2_to_4_in_100_miss_a_round_and_children_enter_and_leave(rounds: dict[str, pd.DataFrame]) -> None:
    first, february, august, last = (set(table["nik"]) for table in rounds.values())
    for before, missed, after in ((first, february, august), (february, august, last)):
        always = before & after
        assert 0.01 < len(always - missed) / len(always) < 0.05
    assert len(last - first) > 1000
    assert len(first - last) > 1000


def test_body_sizes_are_plausible_for_the_place(scores: pd.DataFrame, everything: pd.DataFrame) -> None:
    plausible = {index: scores[f"zs_{index}"][scores[f"tanda_{index}"] == 0] for index in ("tbu", "bbu", "bbtb")}
    means = [z.mean() for z in plausible.values()]
    assert means == pytest.approx([-0.86, -0.68, -0.28], abs=0.08)
    assert [z.std() for z in plausible.values()] == pytest.approx([1.16, 1.0, 1.06], abs=0.06)
    boys = everything.drop_duplicates("nik")["jk"].eq("L")
    assert boys.sum() / (~boys).sum() == pytest.approx(1.05, abs=0.01)
    assert 0.05 < (everything["berat_lahir_kg"] < 2.5).mean() < 0.09


def test_heights_end_in_0_or_5_more_often_than_by_chance_but_less_than_in_the_audit(everything: pd.DataFrame) -> None:
    millimetres = (everything["tinggi_cm"].dropna() * 10).round()
    assert 0.35 < (millimetres % 5 == 0).mean() < 0.50


def test_planted_mistakes_are_there_and_few(everything: pd.DataFrame, scores: pd.DataFrame) -> None:
    assert 0.003 < (scores["tanda_tbu"] == 1).mean() < 0.01
    assert 0.003 < everything["tinggi_cm"].isna().mean() < 0.01
    assert 0.003 < everything["berat_kg"].isna().mean() < 0.01
    assert everything[["berat_kg", "tinggi_cm"]].notna().any(axis="columns").all()


def test_heights_shrink_only_where_planted(everything: pd.DataFrame, scores: pd.DataFrame) -> None:
    measured = everything.assign(wajar=scores["tanda_tbu"] == 0).dropna(subset="tinggi_cm").sort_values("tgl_ukur")
    before = measured.groupby("nik")["tinggi_cm"].cummax().groupby(measured["nik"]).shift()
    shrunk = measured["tinggi_cm"] < before
    later = measured["periode"] != "2021-12"
    assert shrunk[~later].sum() == 0
    assert 0.002 < (shrunk & measured["wajar"])[later].mean() < 0.004
    assert (shrunk & ~measured["wajar"]).sum() > 50


def test_about_one_row_in_200_has_a_status_that_is_not_that_of_its_score(
    everything: pd.DataFrame, scores: pd.DataFrame
) -> None:
    terms = pd.read_csv(ROOT / "config" / "status_asal.csv", dtype="str")
    differs = {}
    for index in ("tbu", "bbu", "bbtb"):
        known = terms[terms["indeks"] == index].set_index("tertulis")["status"]
        theirs, ours = everything[f"status_{index}_asal"], scores[f"status_{index}"].astype("str")
        assert theirs.isna().eq(ours.isna()).all()
        differs[index] = theirs.notna() & (theirs.str.casefold().map(known) != ours)
    assert 0.004 < pd.DataFrame(differs).any(axis="columns").mean() < 0.006
    assert all(column.any() for column in differs.values())


def test_status_words_are_the_short_ones_of_the_export(everything: pd.DataFrame) -> None:
    assert set(everything["status_tbu_asal"].dropna()) == {"Sangat Pendek", "Pendek", "Normal", "Tinggi"}
    assert set(everything["status_bbu_asal"].dropna()) == {
        "Sangat Kurang",
        "Kurang",
        "Berat Badan Normal",
        "Risiko Lebih",
    }
    gizi = {"Gizi Buruk", "Gizi Kurang", "Gizi Baik", "Risiko Gizi Lebih", "Gizi Lebih", "Obesitas"}
    assert set(everything["status_bbtb_asal"].dropna()) == gizi


def test_age_in_words_is_the_calendar_age(rounds: dict[str, pd.DataFrame]) -> None:
    for table in rounds.values():
        for row in table.iloc[::5].itertuples():
            age = relativedelta(row.tgl_ukur, row.tgl_lahir)
            assert row.usia_teks == f"{age.years} Tahun - {age.months} Bulan - {age.days} Hari"


def test_export_has_the_header_and_the_cells_of_the_second_generation(rounds: dict[str, pd.DataFrame]) -> None:
    table = rounds["2022-02"]
    export = as_export(table)
    assert ",".join(export.columns) == HEADER
    assert len(export) == len(table)
    assert export.map(type).isin([str, float]).all(axis=None)
    assert export["Tanggal Pengukuran"].str.fullmatch(r"2022-02-\d\d").all()
    assert (export["Tinggi"].eq("-") == table["tinggi_cm"].isna()).all()
    assert set(export["Cara Ukur"]) == {"Terlentang", "Berdiri"}


@pytest.mark.parametrize("banyak", [1, 300, 21_000])
def test_another_number_of_children_is_met_roughly(banyak: int) -> None:
    for table in sample_rounds(banyak).values():
        assert 0.95 * banyak <= len(table) <= 1.02 * banyak + 8


def test_twice_as_many_children_have_about_the_same_rates() -> None:
    spec = load_rounds().query("periode == '2022-09'")
    table = sample_rounds(21_000)["2022-09"]
    rate = table["zs_tbu_asal"][table["zs_tbu_asal"].between(-6, 6)].lt(-2).mean()
    assert rate == pytest.approx(spec["stunting"].sum() / spec["diukur"].sum(), abs=0.001)
