"""What staff decide about doubtful pairs counts: in the links at once, in coverage and prevalence with the next import."""

from pathlib import Path

import pytest

from analytics.intake import import_files
from analytics.intake_links import read_links, read_pairs
from analytics.matching import CERTAIN, DOUBTFUL
from analytics.verification import BY_PERSON, one_id, verify
from data.decisions import DIFFERENT, SAME, UNDECIDED, read_decisions, write_decision
from data.store import Store, current_version, open_store, read_table, reading
from tests.builders import make_children, make_table, write_csv
from tests.sasaran_tables import PARAMETER, as_table

TWICE = ("Muhammad Contoh A", "Muhamad Contoh A")


def measured(folder: Path, day: str) -> Path:
    """Return a file in which one child stands twice in one month, its name spelt in two ways, and another once."""
    hidden = {"NIK": "02022**********", "Tanggal Pengukuran": day}
    first, other = make_children()[:2]
    rows = [first | hidden | {"Nama": name} for name in TWICE] + [other | hidden]
    return write_csv(folder / f"u{day}.csv", make_table(2, rows))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """The child that stands twice, and a sasaran of that name: doubtful on both sides."""
    opened = open_store(tmp_path / "s")
    families = as_table([{"nama": TWICE[0], "periode": "2022-06"}], PARAMETER)
    import_files(opened, [measured(tmp_path, "2022-06-04"), write_csv(tmp_path / "p.csv", families)])
    return opened


def versions(store: Store) -> tuple[str, str]:
    with reading(store) as connection:
        return str(current_version(connection, "parameter")), str(current_version(connection, "eppgbm"))


def counted(store: Store, bulan: str) -> tuple[int, int]:
    """Return how many children the coverage and the kubus count as measured in a month."""
    tables = (read_table(store, versions(store)[1], name) for name in ("cakupan", "kubus"))
    coverage, cube = (int(table.loc[table["bulan"] == bulan, "diukur"].sum()) for table in tables)
    return coverage, cube


def decide(store: Store, verdict: str) -> None:
    [pair] = read_pairs(store, versions(store)[1]).query("keadaan == @DOUBTFUL").to_dict("records")
    write_decision(store, "anak", pair["id_kiri"], pair["id_kanan"], verdict, "bidan")


def state(store: Store) -> list[str]:
    """Return how sure it is which child the sasaran is, as the pages ask for it."""
    decided, pairs = read_decisions(store), read_pairs(store, versions(store)[1])
    return verify(read_links(store, *versions(store)), decided, one_id(pairs, decided))["keadaan"].tolist()


def test_one_child_written_twice_is_counted_once_from_the_next_import_on(store: Store, tmp_path: Path) -> None:
    assert counted(store, "2022-06") == (3, 3)
    decide(store, SAME)
    assert counted(store, "2022-06") == (3, 3)
    import_files(store, [measured(tmp_path, "2022-07-04")])
    assert counted(store, "2022-06") == (2, 2) and counted(store, "2022-07") == (2, 2)
    decide(store, UNDECIDED)
    import_files(store, [measured(tmp_path, "2022-08-04")])
    assert counted(store, "2022-08") == (3, 3)


def test_two_candidates_that_are_one_child_leave_the_sasaran_in_no_doubt_at_once(store: Store) -> None:
    assert state(store) == [DOUBTFUL]
    decide(store, SAME)
    assert state(store) == [CERTAIN]
    decide(store, DIFFERENT)
    assert state(store) == [DOUBTFUL]


def test_a_sasaran_decided_by_a_person_stays_so_over_later_imports(store: Store, tmp_path: Path) -> None:
    link = read_links(store, *versions(store)).iloc[0]
    write_decision(store, "sasaran", link["id_sasaran"], link["id_anak"], SAME, "bidan")
    assert state(store) == [BY_PERSON]
    import_files(store, [measured(tmp_path, "2022-07-04")])
    assert state(store) == [BY_PERSON]
