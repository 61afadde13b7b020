"""Every version stays; bringing one back moves a pointer and is written down with who, when and why."""

from pathlib import Path

import pandas as pd
import pytest

from analytics.intake import import_files
from data.audit import check_audit, read_audit
from data.store import Store, current_version, lineage, open_store, read_table, reading
from data.versions import BROUGHT_BACK, NotBroughtBack, bring_back, list_versions
from tests.builders import write_csv
from tests.sasaran_tables import BUMIL, PARAMETER, as_table

PERIODS = ("2022-05", "2022-06", "2022-07")


@pytest.fixture
def store(penyimpanan: Path, tmp_path: Path) -> Store:
    """A store with three versions of family parameters, stored in one go, and one of pregnant women."""
    opened = open_store(penyimpanan)
    files = [
        write_csv(tmp_path / f"{n}.csv", as_table([{"periode": periode}], PARAMETER))
        for n, periode in enumerate(PERIODS)
    ]
    import_files(opened, [*files, write_csv(tmp_path / "b.csv", as_table([{}], BUMIL))])
    return opened


def ids(store: Store) -> list[str]:
    return list_versions(store, "parameter")["id"].tolist()


def now(store: Store, rantai: str = "parameter") -> str:
    with reading(store) as connection:
        return str(current_version(connection, rantai))


def back(store: Store, versi: str, alasan: str = "salah berkas") -> None:
    bring_back(store, versi, now(store), "bidan", "petugas", alasan)


def files_of(store: Store) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in (store.folder / "versi").rglob("*.parquet")}


def test_versions_are_listed_newest_first_even_when_they_came_in_one_go(store: Store) -> None:
    versions = list_versions(store, "parameter")
    assert versions["berkas"].tolist() == ["2.csv", "1.csv", "0.csv"]
    assert versions["kini"].tolist() == [True, False, False]
    assert list_versions(store, "eppgbm").empty


def test_an_earlier_version_counts_again_and_nothing_is_deleted(store: Store) -> None:
    third, second, first = ids(store)
    before, women = files_of(store), now(store, "bumil")
    back(store, first)
    assert now(store) == first and now(store, "bumil") == women
    assert files_of(store) == before and ids(store) == [third, second, first]
    back(store, third)
    assert now(store) == third and files_of(store) == before
    with reading(store) as connection:
        assert lineage(connection, "parameter")["id"].tolist() == [third, second, first]


def test_it_is_written_down_with_who_and_why_in_the_same_moment(store: Store) -> None:
    third, _, first = ids(store)
    back(store, first, "  kecamatan Juai terkirim dua kali ")
    row = read_audit(store).iloc[0]
    assert row[["siapa", "ruang", "perbuatan", "objek"]].tolist() == ["bidan", "petugas", BROUGHT_BACK, first]
    assert row["rincian"] == f"alasan: kecamatan Juai terkirim dua kali; dari {third}"
    assert check_audit(store) is None


def test_the_next_import_builds_on_the_version_brought_back(store: Store, tmp_path: Path) -> None:
    *_, first = ids(store)
    back(store, first)
    again = import_files(store, [tmp_path / "1.csv"])  # its rows are not in the version that counts
    assert again[0].disimpan
    table = read_table(store, now(store), "jawaban")
    assert sorted(table["periode"].unique()) == ["2022-05", "2022-06"]
    assert len(ids(store)) == 4 and len(files_of(store)) == 4 * 3 + 2


@pytest.mark.parametrize("alasan", ["", "  \n"])
def test_without_a_reason_nothing_moves(store: Store, alasan: str) -> None:
    before = now(store)
    with pytest.raises(NotBroughtBack, match="alasan"):
        back(store, ids(store)[1], alasan)
    assert now(store) == before and read_audit(store).empty


def test_an_unknown_version_and_the_one_that_counts_are_refused(store: Store) -> None:
    for versi in ("tidak-ada", now(store), "../kunci"):
        with pytest.raises(NotBroughtBack):
            back(store, versi)
    assert read_audit(store).empty


def test_a_version_of_another_kind_never_moves_this_one(store: Store) -> None:
    women = now(store, "bumil")
    with pytest.raises(NotBroughtBack, match="Sementara itu"):
        bring_back(store, women, now(store), "bidan", "petugas", "keliru")


def test_who_decided_on_an_older_view_is_told(store: Store, tmp_path: Path) -> None:
    seen, second, _ = ids(store)
    import_files(store, [write_csv(tmp_path / "n.csv", as_table([{"periode": "2022-08"}], PARAMETER))])
    fresh = now(store)
    with pytest.raises(NotBroughtBack, match="Sementara itu"):
        bring_back(store, second, seen, "bidan", "petugas", "salah")
    assert now(store) == fresh


def test_when_the_log_cannot_be_written_the_pointer_stays(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise RuntimeError

    before = now(store)
    monkeypatch.setattr("data.versions.append_audit", refuse)
    with pytest.raises(RuntimeError):
        back(store, ids(store)[-1])
    assert now(store) == before
    pd.testing.assert_frame_equal(
        list_versions(store, "parameter"), list_versions(open_store(store.folder), "parameter")
    )
