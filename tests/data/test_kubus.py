"""The kubus counts what a plain count finds; the register holds who was measured in the last twelve months and is young."""

from pathlib import Path

import pandas as pd
import pytest

from config.places import load_desa
from data.kubus import KEYS, build_kubus, build_register
from data.store import current_version, open_store, read_table, reading

TERMS = {
    "tbu": ["Sangat pendek", "Pendek", "Normal", "Tinggi"],
    "bbu": ["Berat badan sangat kurang", "Berat badan kurang", "Berat badan normal", "Risiko berat badan lebih"],
    "bbtb": ["Gizi buruk", "Gizi kurang", "Gizi baik", "Berisiko gizi lebih", "Gizi lebih", "Obesitas"],
}
TERMS["imtu"] = TERMS["bbtb"]
A, B = load_desa()["kode"].tolist()[:2]


def column_of(index: str, term: str) -> str:
    """Return the column that counts a status: its words without "Berat badan" and "gizi" where the table shortens them."""
    short = term.lower().replace("berat badan ", "").replace("berisiko gizi lebih", "berisiko_lebih")
    return f"{index}_{'risiko_lebih' if term == 'Risiko berat badan lebih' else short.replace(' ', '_')}"


@pytest.fixture(scope="module")
def sample(penyimpanan_contoh: Path) -> dict[str, pd.DataFrame]:
    """The stored measurements, kubus and register of the sample data."""
    store = open_store(penyimpanan_contoh / "contoh")
    with reading(store) as connection:
        version = current_version(connection, "eppgbm")
    assert version
    return {name: read_table(store, version, name) for name in ("pengukuran", "kubus", "cakupan")}


def test_every_count_is_that_of_a_plain_pandas_count(sample: dict[str, pd.DataFrame]) -> None:
    latest = sample["pengukuran"].query("terakhir").astype(dict.fromkeys(KEYS, "str"))
    kubus = sample["kubus"].set_index(KEYS).sort_index()
    counted = set()
    for name, chosen in _plain_masks(latest).items():
        plain = latest[chosen].groupby(KEYS).size().reindex(kubus.index, fill_value=0)
        assert kubus[name].tolist() == plain.tolist(), name
        counted.add(name)
    assert counted == set(kubus.columns)
    assert len(kubus) == latest[KEYS].drop_duplicates().shape[0]


def _plain_masks(latest: pd.DataFrame) -> dict[str, pd.Series]:
    masks = {"diukur": pd.Series(True, index=latest.index)}
    for index, terms in TERMS.items():
        status = latest[f"status_{index}"].astype("str")
        masks[f"{index}_z"] = status.notna()
        masks[f"{index}_tidak_wajar"] = (latest[f"tanda_{index}"] == 1).fillna(False).astype(bool)
        masks |= {column_of(index, term): status == term for term in terms}
    return masks


def test_the_statuses_of_an_index_add_up_to_its_plausible_scores(sample: dict[str, pd.DataFrame]) -> None:
    kubus = sample["kubus"]
    for index, terms in TERMS.items():
        statuses = kubus[[column_of(index, term) for term in terms]].sum(axis="columns")
        assert (statuses == kubus[f"{index}_z"]).all()
        assert (kubus[f"{index}_z"] + kubus[f"{index}_tidak_wajar"] <= kubus["diukur"]).all()


def measurements(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Return measurements of (id_anak, kode_desa, tgl_lahir, tgl_ukur)."""
    table = pd.DataFrame(list(rows), columns=["id_anak", "kode_desa", "tgl_lahir", "tgl_ukur"])
    for name in ("tgl_lahir", "tgl_ukur"):
        table[name] = pd.to_datetime(table[name], format="%Y-%m-%d")
    table = table.assign(bulan=table["tgl_ukur"].dt.strftime("%Y-%m"), baris=range(1, len(table) + 1))
    return table.assign(terakhir=~table.duplicated(["id_anak", "bulan"], keep="last"))


def test_only_the_latest_measurement_of_a_child_and_month_is_counted() -> None:
    table = measurements(("a", A, "2020-01-01", "2022-01-02"), ("a", A, "2020-01-01", "2022-01-30"))
    table = table.assign(jk="L", kelompok_umur="24-35")
    for index in TERMS:
        table[f"status_{index}"], table[f"tanda_{index}"] = TERMS[index][:2], 0
    kubus = build_kubus(table)
    assert kubus[["diukur", "tbu_z", "tbu_sangat_pendek", "tbu_pendek"]].to_numpy().tolist() == [[1, 1, 0, 1]]
    assert build_kubus(table.iloc[:0]).empty


def registered(*rows: tuple[str, str, str, str]) -> dict[tuple[str, str], tuple[object, int]]:
    """Return {(month, desa): (registered, measured)}."""
    table = build_register(measurements(*rows))
    table["terdaftar"] = table["terdaftar"].astype(object).where(table["terdaftar"].notna(), None)
    return {(row.bulan, row.kode_desa): (row.terdaftar, row.diukur) for row in table.itertuples()}


def test_the_first_month_has_no_register_of_its_own() -> None:
    found = registered(("a", A, "2020-01-01", "2022-01-10"), ("b", A, "2020-01-01", "2022-02-10"))
    assert found == {("2022-01", A): (None, 1), ("2022-02", A): (2, 1)}


def test_who_was_not_measured_for_twelve_months_is_no_longer_registered() -> None:
    found = registered(
        ("a", A, "2020-01-01", "2021-01-10"), ("b", A, "2020-01-01", "2021-12-10"), ("b", A, "2020-01-01", "2022-01-10")
    )
    assert found["2021-12", A] == (2, 1)  # eleven months ago: still there
    assert found["2022-01", A] == (1, 1)


def test_who_turns_sixty_months_leaves_the_register_unless_measured_that_month() -> None:
    old, young = "2017-02-15", "2017-03-15"  # 60 months (1826.25 days) on 2022-02-16 and 2022-03-16
    found = registered(
        ("a", A, old, "2022-01-10"), ("b", A, young, "2022-01-10"), ("c", A, old, "2022-02-10"), ("d", A, "2021-01-01", "2022-02-10")
    )  # fmt: skip
    assert found["2022-02", A] == (3, 2)  # not a; b is young enough, c was measured before turning, d is a baby


def test_a_child_is_registered_where_it_was_measured_last() -> None:
    found = registered(
        ("a", A, "2020-01-01", "2022-01-10"), ("a", B, "2020-01-01", "2022-02-10"), ("b", A, "2020-01-01", "2022-03-10")
    )
    assert (found["2022-02", B], ("2022-02", A) in found) == ((1, 1), False)
    assert (found["2022-03", A], found["2022-03", B]) == ((1, 1), (1, 0))


def test_the_register_of_the_sample_covers_everybody_measured(sample: dict[str, pd.DataFrame]) -> None:
    cakupan = sample["cakupan"]
    later = cakupan[cakupan["bulan"] > cakupan["bulan"].min()]
    assert (later["diukur"] <= later["terdaftar"]).all()
    assert cakupan[cakupan["bulan"] == cakupan["bulan"].min()]["terdaftar"].isna().all()
    measured = sample["kubus"].groupby(["bulan", "kode_desa"])["diukur"].sum()
    assert cakupan.set_index(["bulan", "kode_desa"])["diukur"].reindex(measured.index).tolist() == measured.tolist()
