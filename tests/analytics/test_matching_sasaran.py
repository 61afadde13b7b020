"""Sasaran and measured children: linked by name and desa where that is sure, doubted where it is near."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analytics.intake_links import read_links
from analytics.matching import CERTAIN, DOUBTFUL
from analytics.matching_sasaran import LINKS, NOT_FOUND, match_sasaran
from data.sample_sasaran import sample_sasaran
from data.store import current_version, open_store, read_table, reading

JUAI, TETANGGA, HALONG = "63.11.01.2006", "63.11.01.2003", "63.11.02.2001"
Sasaran, Child = tuple[str, str, str], tuple[str, str, str, str]


def link(
    sasaran: list[Sasaran],
    children: list[Child],
    same: dict[str, str] | None = None,
    jenis: str = "balita",
    nomor: str | None = "1",
) -> pd.DataFrame:
    """Return the links of sasaran (id, name, desa), asked in May and September 2022, and children (id, name, desa, born)."""
    people = pd.DataFrame(sasaran, columns=["id_sasaran", "nama", "kode_desa"], dtype="str")
    people = people.assign(jenis_sasaran=jenis, nomor=pd.Series(nomor, index=people.index, dtype="str"))
    asked = [(who, month) for who, _, _ in sasaran for month in ("2022-05", "2022-09")]
    answers = pd.DataFrame(asked, columns=["id_sasaran", "periode"], dtype="str")
    nama = pd.DataFrame(children, columns=["id_anak", "nama", "kode_desa", "lahir"], dtype="str")
    nama = nama.assign(nama_ortu="", nik="")
    born = pd.to_datetime(nama["lahir"], format="%Y-%m-%d")
    measured = pd.DataFrame({"id_anak": nama["id_anak"], "jk": "L", "tgl_lahir": born, "bulan": "2022-02"})
    return match_sasaran(people, answers, nama, measured, pd.Series(same or {}, dtype="str"))


def states(*arguments: Any, **options: Any) -> dict[str, list[tuple[str, str]]]:
    found = link(*arguments, **options)
    pairs = found.assign(id_anak=found["id_anak"].fillna("")).groupby("id_sasaran")
    return {str(who): list(zip(rows["id_anak"], rows["keadaan"], strict=True)) for who, rows in pairs}


AHMAD = ("a", "Ahmad Noor", JUAI, "2020-01-01")


@pytest.mark.parametrize(
    ("name", "desa", "expected"),
    [
        ("ahmad  NOOR", JUAI, [("a", CERTAIN)]),
        ("Akhmad Nur", JUAI, [("a", CERTAIN)]),
        ("Ahmad Noorr", JUAI, [("a", DOUBTFUL)]),
        ("A. Noor", JUAI, [("a", DOUBTFUL)]),
        ("R. Noor", JUAI, [("", NOT_FOUND)]),
        ("Ahmad Noor", TETANGGA, [("a", DOUBTFUL)]),
        ("Ahmad Noor", HALONG, [("", NOT_FOUND)]),
        ("Siti", JUAI, [("", NOT_FOUND)]),
        ("", JUAI, [("", NOT_FOUND)]),
    ],
)
def test_golden_links(name: str, desa: str, expected: list[tuple[str, str]]) -> None:
    assert states([("s", name, desa)], [AHMAD])["s"] == expected


def test_a_first_letter_that_does_not_fit_is_another_child_however_long_the_rest() -> None:
    child = ("a", "Rafi Ramadhani Contoh", JUAI, "2020-01-01")
    assert states([("s", "R. Ramadhani Contoh", JUAI)], [child])["s"] == [("a", DOUBTFUL)]
    assert states([("s", "A. Ramadhani Contoh", JUAI)], [child])["s"] == [("", NOT_FOUND)]


def test_namesakes_are_doubted_and_two_sasaran_of_one_name_as_well() -> None:
    twins = [AHMAD, ("b", "Ahmad Noor", JUAI, "2020-06-01")]
    assert states([("s", "Ahmad Noor", JUAI)], twins)["s"] == [("a", DOUBTFUL), ("b", DOUBTFUL)]
    both = states([("s", "Ahmad Noor", JUAI), ("t", "Ahmad Noor", JUAI)], [AHMAD])
    assert both == {"s": [("a", DOUBTFUL)], "t": [("a", DOUBTFUL)]}


def test_two_records_of_one_child_are_one_candidate() -> None:
    records = [AHMAD, ("b", "Ahmad Noor", JUAI, "2020-01-01")]
    assert states([("s", "Ahmad Noor", JUAI)], records, {"a": "a", "b": "a"})["s"] == [("a", CERTAIN)]


@pytest.mark.parametrize(
    ("born", "found"), [("2017-05-02", True), ("2017-04-01", False), ("2022-09-30", True), ("2022-10-01", False)]
)
def test_only_a_child_of_the_right_age_counts(born: str, found: bool) -> None:
    assert (states([("s", "Ahmad Noor", JUAI)], [(*AHMAD[:3], born)])["s"][0][1] == CERTAIN) == found


def test_women_are_not_looked_for_and_family_cards_carry_no_childs_name() -> None:
    assert states([("s", "Ahmad Noor", JUAI)], [AHMAD], jenis="bumil") == {}
    assert states([("s", "Ahmad Noor", JUAI)], [AHMAD], nomor=None)["s"] == [("", NOT_FOUND)]
    assert link([], []).columns.tolist() == LINKS


def test_every_child_under_full_monitoring_is_found_among_the_measured(penyimpanan_contoh: Path) -> None:
    store = open_store(penyimpanan_contoh / "contoh")
    with reading(store) as connection:
        families, measured = (str(current_version(connection, name)) for name in ("parameter", "eppgbm"))
    found = read_links(store, families, measured)
    sure = found[found["keadaan"] == CERTAIN].set_index("id_sasaran")["id_anak"]
    people = read_table(store, families, "nama").query("jenis_sasaran == 'balita'").set_index("nomor")["id_sasaran"]
    nik = read_table(store, measured, "nama").drop_duplicates("id_anak").set_index("id_anak")["nik"]
    children = sample_sasaran().query("penuh or kelompok == 'keluar'")
    assert len(sure) == len(children) == 201 + 32
    assert (nik[sure[children["id_sasaran"].map(people)]].to_numpy() == children["nik"].to_numpy()).all()
