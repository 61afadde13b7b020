"""Sasaran and measured children: linked by name and desa, and never where that is not sure."""

import pandas as pd

from data.answers import identify_sasaran, merge_names, name_sasaran
from data.link_children import link_children
from data.pseudonymize import identify, merge_people
from data.sample import sample_rounds
from data.sample_parameter import sample_answers
from data.sample_sasaran import sample_sasaran

KEY = bytes(32)
COLUMNS = ["id_sasaran", "jenis_sasaran", "nama", "kode_desa"]


def link(sasaran: list[tuple[str, str, str, str]], children: list[tuple[str, str, str]]) -> dict[str, str]:
    names = pd.DataFrame(children, columns=["id_anak", "nama", "kode_desa"], dtype="str")
    found = link_children(pd.DataFrame(sasaran, columns=COLUMNS, dtype="str"), names)
    return dict(zip(found["id_sasaran"], found["id_anak"], strict=True))


def test_same_name_and_desa_however_written() -> None:
    children = [("a", "AHMAD  NOOR", "1"), ("a", "Ahmad Noor", "1"), ("b", "Siti", "1"), ("c", "Siti", "2")]
    assert link([("s", "balita", "ahmad noor", "1"), ("t", "balita", "Siti", "2")], children) == {"s": "a", "t": "c"}


def test_what_is_not_sure_is_not_linked() -> None:
    twins = [("a", "Ahmad", "1"), ("b", "Ahmad", "1")]
    assert link([("s", "balita", "Ahmad", "1")], twins) == {}
    assert link([("s", "balita", "Ahmad", "1"), ("t", "balita", "Ahmad", "1")], [("a", "Ahmad", "1")]) == {}
    assert link([("s", "bumil", "Ahmad", "1")], [("a", "Ahmad", "1")]) == {}
    assert link([("s", "balita", "Ahmad", "2")], [("a", "Ahmad", "1")]) == {}
    assert link([("s", "balita", "", "1")], [("a", "", "1")]) == {}
    assert link([], []) == {}


def test_every_child_under_full_monitoring_is_found_among_the_measured() -> None:
    measured = None
    for table in sample_rounds().values():
        measured = merge_people(table, identify(table, measured, KEY), measured)
    names = None
    numbers = {}
    for table in sample_answers().values():
        keys = identify_sasaran(table, KEY)
        names = merge_names(names, name_sasaran(table, keys))
        numbers |= dict(zip(table["id_sasaran"], keys["id_sasaran"], strict=True))
    assert names is not None and measured is not None
    found = link_children(names, measured).set_index("id_sasaran")["id_anak"]
    nik = measured.drop_duplicates("id_anak").set_index("id_anak")["nik"]
    children = sample_sasaran().query("penuh or kelompok == 'keluar'")
    assert len(found) == len(children) == 201 + 32
    assert (nik[found[children["id_sasaran"].map(numbers)]].to_numpy() == children["nik"].to_numpy()).all()
