"""The pregnant women of the sample: 65 with KEK, 17, 27 and 21 later, as the report says, by kecamatan too."""

import pandas as pd
import pytest

from analytics.kek import kek_flow, tabulate_kek
from config.places import load_kecamatan
from data.answers import identify_sasaran
from data.bumil import as_sasaran, merge_bumil, to_bumil
from data.sample_bumil import as_bumil_file, sample_bumil
from data.sample_parameter import sample_answers
from data.sample_people import FOLDER
from data.sample_sasaran import FIRST, SECOND, sample_women

KEY = bytes(32)
NAMES = dict(zip(load_kecamatan()["kode"], load_kecamatan()["nama"], strict=True))


@pytest.fixture(scope="module")
def bumil() -> pd.DataFrame:
    stored = None
    for table in sample_bumil().values():
        rows = as_sasaran(table)
        stored = merge_bumil(stored, to_bumil(rows, identify_sasaran(rows, KEY)))
    assert stored is not None
    return stored


def test_65_with_kek_become_17_27_and_21(bumil: pd.DataFrame) -> None:
    table = tabulate_kek(bumil, "kabupaten").set_index("periode")
    counts = ["hamil_normal", "melahirkan_normal", "dalam_pemantauan", "keluar", "jumlah"]
    assert table.loc[FIRST, counts].tolist() == [0, 0, 65, 0, 65]
    assert table.loc[SECOND, counts].tolist() == [17, 27, 21, 0, 65]
    flow = kek_flow(bumil, FIRST, SECOND)
    assert flow["jumlah"].sum() == 65 and set(flow.loc[flow["jumlah"] > 0, "status_awal"]) == {"dalam_pemantauan"}


def test_juai_falls_halong_and_paringin_stay_high(bumil: pd.DataFrame) -> None:
    table = tabulate_kek(bumil, "kecamatan").set_index(["periode", "nama"])["dalam_pemantauan"]
    before, after = table[FIRST], table[SECOND]
    assert (before.sum(), after.sum()) == (65, 21)
    share = (after / before).astype(float)
    assert share["Juai"] < 0.2
    assert set(after.astype(int).nlargest(2).index) == {"Halong", "Paringin"}
    assert share[["Halong", "Paringin"]].min() > share.drop(["Halong", "Paringin"]).max()


def test_every_kecamatan_has_the_counts_of_its_plan(bumil: pd.DataFrame) -> None:
    plan = pd.read_csv(FOLDER / "bumil.csv").set_index("kecamatan")
    found = tabulate_kek(bumil, "kecamatan", SECOND).set_index("nama")
    for status in ("hamil_normal", "melahirkan_normal", "dalam_pemantauan"):
        assert found[status].astype(int).to_dict() == plan[status].to_dict()


def test_measurements_agree_with_the_status() -> None:
    first, second = sample_bumil()[FIRST], sample_bumil()[SECOND]
    assert first["status"].isna().all()
    assert (first["lila_cm"] < 23.5).all() and first["lila_cm"].between(10, 45).all()
    lila = second.groupby("status")["lila_cm"]
    assert lila.max()["dalam_pemantauan"] < 23.5 <= lila.min()["hamil_normal"]
    born = second["status"] == "melahirkan_normal"
    assert second.loc[born, ["lila_cm", "hb_g_dl", "usia_kehamilan_minggu"]].isna().all(axis=None)
    assert second.loc[~born, "usia_kehamilan_minggu"].max() <= 42
    assert (first.loc[born.to_numpy(), "usia_kehamilan_minggu"] >= 25).all()
    weeks = (second["tanggal"] - first["tanggal"]).dt.days // 7
    later = first["usia_kehamilan_minggu"] + weeks
    assert (later[~born] == second.loc[~born, "usia_kehamilan_minggu"]).all()


def test_anaemia_agrees_with_the_parameter() -> None:
    for periode, table in sample_bumil().items():
        asked = sample_answers()[periode].query("jenis_sasaran == 'bumil'").set_index("id_sasaran")["SH06"]
        hb = table.set_index("id_sasaran")["hb_g_dl"].dropna()
        assert (hb < 11).eq(asked[hb.index] == "1").all() and len(hb) == len(asked)


def test_the_same_women_in_both_tables_under_one_pseudonym(bumil: pd.DataFrame) -> None:
    women = sample_women()
    assert len(women) == 65 and women["nama"].str.endswith(" Contoh").all()
    assert set(bumil["kode_desa"]) <= set(sample_answers()[FIRST]["kode_desa"])
    assert bumil["id_sasaran"].nunique() == 65
    assert not bumil.duplicated(["id_sasaran", "tanggal"]).any()


def test_the_file_has_the_agreed_columns() -> None:
    written = as_bumil_file(sample_bumil()[SECOND])
    assert ",".join(written) == ("id_sasaran,nama,desa,kecamatan,tanggal,usia_kehamilan_minggu,lila_cm,hb_g_dl,status")
    assert written["tanggal"].str.fullmatch(r"2022-09-\d\d").all()
    assert set(written["kecamatan"]) == set(NAMES.values())
