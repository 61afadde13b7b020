"""From file to stored numbers: all or none, corrections replace, the same file changes nothing, names stay apart."""

from pathlib import Path

import pandas as pd
import pytest

from analytics.intake import import_files
from analytics.prevalence import tabulate_prevalence
from data.sample import as_export, sample_rounds
from data.store import Store, current_version, open_store, read_table, reading


@pytest.fixture(scope="module")
def children() -> pd.DataFrame:
    """Sixty children of September 2022 as the export has them."""
    return as_export(sample_rounds()["2022-09"].head(60))


def write(folder: Path, name: str, rows: pd.DataFrame) -> Path:
    path = folder / name
    rows.to_csv(path, index=False)
    return path


def stored(store: Store, name: str) -> pd.DataFrame:
    with reading(store) as connection:
        version = current_version(connection, "eppgbm")
    assert version is not None
    return read_table(store, version, name)


def test_every_row_is_accepted_or_refused_and_the_counts_reach_the_kubus(
    store: Store, tmp_path: Path, children: pd.DataFrame
) -> None:
    broken = children.astype(object)
    broken.loc[3, "Tgl Lahir"] = "31/06/2022"
    broken.loc[5, "Desa/Kel"] = "ATLANTIS"
    result = import_files(store, [write(tmp_path, "a.csv", broken)])[0]
    assert (result.baris, result.diterima, result.ditolak, result.disimpan) == (60, 58, 2, True)
    refused = {(finding.baris, finding.aturan) for finding in result.temuan if finding.tingkat == "tolak"}
    assert refused == {(5, "tanggal_tidak_ada"), (7, "desa_tidak_dikenal")}
    assert stored(store, "kubus")["diukur"].sum() == 58


def test_the_same_file_again_changes_nothing_and_says_so(store: Store, tmp_path: Path, children: pd.DataFrame) -> None:
    path = write(tmp_path, "a.csv", children)
    import_files(store, [path])
    before = stored(store, "pengukuran")
    again = import_files(store, [path])[0]
    assert not again.disimpan and not again.refused
    assert again.temuan[0].aturan == "berkas_sudah_ada"
    pd.testing.assert_frame_equal(stored(store, "pengukuran"), before)


def test_a_correction_of_the_same_child_and_date_replaces_the_row(
    store: Store, tmp_path: Path, children: pd.DataFrame
) -> None:
    import_files(store, [write(tmp_path, "a.csv", children)])
    corrected = children.head(1).assign(Berat=9.87)
    import_files(store, [write(tmp_path, "b.csv", corrected)])
    table = stored(store, "pengukuran")
    assert len(table) == 60
    assert (table["berat_kg"] == 9.87).sum() == 1


def test_one_bad_file_among_good_ones_stores_nothing(store: Store, tmp_path: Path, children: pd.DataFrame) -> None:
    photo = tmp_path / "foto.xlsx"
    photo.write_bytes(b"\xff\xd8\xff\xe0 not a table")
    results = import_files(store, [write(tmp_path, "a.csv", children), photo])
    assert [result.disimpan for result in results] == [False, False]
    assert (results[1].baris, results[1].temuan[0].baris) == (0, 0)
    with reading(store) as connection:
        assert current_version(connection, "eppgbm") is None


def test_a_trial_stores_nothing(store: Store, tmp_path: Path, children: pd.DataFrame) -> None:
    result = import_files(store, [write(tmp_path, "a.csv", children)], uji_coba=True)[0]
    assert result.diterima == 60 and not result.disimpan
    with reading(store) as connection:
        assert current_version(connection, "eppgbm") is None


def test_names_and_nik_never_reach_the_analytic_tables(store: Store, tmp_path: Path, children: pd.DataFrame) -> None:
    import_files(store, [write(tmp_path, "a.csv", children)])
    secrets = set(children["Nama"]) | set(children["NIK"].astype(str)) | set(children["Nama Ortu"])
    for name in ("pengukuran", "kubus", "cakupan"):
        texts = stored(store, name).astype("str").stack().unique()
        assert not secrets & set(texts), name
    assert secrets <= set(stored(store, "nama").astype("str").stack().unique())


def test_the_latest_of_two_measurements_in_a_month_counts(store: Store, tmp_path: Path, children: pd.DataFrame) -> None:
    first = children.head(1)
    second = first.assign(**{"Tanggal Pengukuran": "2022-09-30", "Tinggi": 60.0, "Berat": 6.0})
    result = import_files(store, [write(tmp_path, "a.csv", pd.concat([second, first]))])[0]
    assert result.diterima == 2
    assert ("ukur_ganda_sebulan", 2) in {(finding.aturan, finding.baris) for finding in result.temuan}
    assert stored(store, "kubus")["diukur"].sum() == 1
    assert stored(store, "pengukuran").query("terakhir")["tinggi_cm"].tolist() == [60.0]


def test_a_child_keeps_its_pseudonym_when_the_nik_is_masked_later(
    store: Store, tmp_path: Path, children: pd.DataFrame
) -> None:
    import_files(store, [write(tmp_path, "a.csv", children)])
    masked = children.assign(NIK="63110**********").assign(**{"Tanggal Pengukuran": "2022-10-05"})
    import_files(store, [write(tmp_path, "b.csv", masked)])
    table = stored(store, "pengukuran")
    assert len(table) == 120
    assert table["id_anak"].nunique() == 60


def test_the_whole_sample_as_files_gives_the_same_prevalence_as_the_built_in_sample(
    store: Store, tmp_path: Path, penyimpanan_contoh: Path
) -> None:
    table = sample_rounds()["2022-09"]
    import_files(store, [write(tmp_path, "a.csv", as_export(table))])
    ours = tabulate_prevalence(stored(store, "kubus"), ["stunting"], "kecamatan")
    built_in = stored(open_store(penyimpanan_contoh / "contoh"), "kubus")
    theirs = tabulate_prevalence(built_in, ["stunting"], "kecamatan", "2022-09")
    pd.testing.assert_frame_equal(ours.reset_index(drop=True), theirs.reset_index(drop=True))
