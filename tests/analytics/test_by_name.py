"""The list by name: newest round of each kind, counts, last measurement, order; and nobody but staff gets it."""

import ast
import re
from pathlib import Path

import pandas as pd
import pytest

from analytics.by_name import FOLLOWED, Named, for_staff, list_followed, name_followed, search
from config.places import load_desa, load_kecamatan
from config.values import ROOMS
from tests.conftest import ROOT

JUAI, HALONG = "63.11.01.2006", "63.11.02.2001"
LINKS = pd.DataFrame(
    {
        "id_sasaran": ["a", "b", "c"],
        "id_anak": ["anak_a", "anak_b", None],
        "keadaan": ["pasti", "diputuskan", "meragukan"],
    }
).astype({"id_anak": "str"})
NAMES = pd.DataFrame({"id_sasaran": ["a", "b", "c", "w"], "nama": ["Siti A", "ani b", None, "Ibu W."]}, dtype="str")
MEASURED = pd.DataFrame(
    {
        "id_anak": ["anak_a", "anak_a", "anak_b"],
        "tgl_ukur": pd.to_datetime(["2022-02-05", "2022-09-03", "2021-12-01"], format="%Y-%m-%d"),
        "terakhir": True,
        "zs_tbu": [-1.9, -2.35, -7.0],
        "tanda_tbu": [0, 0, 1],
    }
)
WOMEN = pd.DataFrame({"id_sasaran": ["w"], "tanggal": pd.to_datetime(["2022-05-17"], format="%Y-%m-%d")})


def answers(*rows: tuple[str, str, str, str, str]) -> pd.DataFrame:
    """Return stored answers of (sasaran, kind, desa, round, answers such as "110T-")."""
    words = {"1": "1", "0": "0", "T": "TB", "-": None}
    long = [
        (who, kind, desa, periode, f"SP{place:02}", words[mark])
        for who, kind, desa, periode, marks in rows
        for place, mark in enumerate(marks, start=1)
    ]
    names = ["id_sasaran", "jenis_sasaran", "kode_desa", "periode", "parameter", "jawaban"]
    return pd.DataFrame(long, columns=names, dtype="str")


ANSWERS = answers(
    ("a", "balita", JUAI, "2022-02", "111"),
    ("a", "balita", JUAI, "2022-09", "110T-"),
    ("b", "balita", HALONG, "2022-09", "11000"),
    ("c", "balita", JUAI, "2022-09", "TT---"),
    ("left", "balita", JUAI, "2022-02", "11111"),
    ("w", "bumil", HALONG, "2022-02", "10"),
)


def everyone(ruang: str = "petugas") -> Named:
    return name_followed(list_followed(ANSWERS, LINKS, MEASURED, WOMEN), NAMES, ruang)


def test_the_newest_round_of_each_kind_is_listed_with_counts_and_the_last_measurement() -> None:
    table = list_followed(ANSWERS, LINKS, MEASURED, WOMEN)
    assert list(table.columns) == FOLLOWED
    rows = table.set_index("id_sasaran")
    assert set(rows.index) == {"a", "b", "c", "w"}
    assert rows["periode"].to_dict() == {"a": "2022-09", "b": "2022-09", "c": "2022-09", "w": "2022-02"}
    assert rows[["masalah", "ditanya"]].T.to_dict("list") == {"a": [2, 3], "b": [2, 5], "c": [0, 0], "w": [1, 2]}
    days = rows["terakhir"].dt.strftime("%Y-%m-%d").fillna("").to_dict()
    assert days == {"a": "2022-09-03", "b": "2021-12-01", "c": "", "w": "2022-05-17"}
    assert rows["jeda_bulan"].fillna(-1).to_dict() == {"a": 0, "b": 9, "c": -1, "w": 0}
    assert rows["keadaan"].to_dict() == {"a": "pasti", "b": "diputuskan", "c": "meragukan", "w": ""}
    assert rows[["zs_tbu", "beda_z"]].fillna(0).T.to_dict("list")["a"] == [-2.35, -0.45] and rows["zs_tbu"].isna()["b"]
    assert rows["merah"].to_dict() == {"a": 2, "b": 2, "c": 0, "w": 1}
    assert rows.loc["a", ["desa", "kecamatan", "kode_kecamatan"]].tolist() == ["Galumbang", "Juai", "63.11.01"]


def test_without_measurements_the_list_still_stands() -> None:
    table = list_followed(ANSWERS, None, None, None)
    assert len(table) == 4 and table["terakhir"].isna().all() and (table["keadaan"] == "").all()


def test_most_problems_come_first_and_of_as_many_the_longest_not_measured() -> None:
    table = everyone().table
    assert table["nama"].fillna("").tolist() == ["ani b", "Siti A", "Ibu W.", ""]


def test_search_keeps_kind_kecamatan_and_part_of_a_name() -> None:
    def found(*choice: str) -> list[str]:
        return search(everyone(), *choice).table["id_sasaran"].tolist()

    assert found("", "", "") == ["b", "a", "w", "c"]
    assert found("bumil", "", "") == ["w"]
    assert found("balita", "63.11.01", "") == ["a", "c"]
    assert found("", "", "SITI") == ["a"]
    assert found("", "", "", "terlambat") == ["b", "c"]
    assert found("", "", "", "memburuk") == ["a"]
    assert found("balita", "", "", "merah") == ["b", "a"]
    assert found("", "", "", "", "meragukan") == ["c"]
    assert found("", "", "Ibu W.") == ["w"] and found("", "", "i.*") == []


@pytest.mark.parametrize("ruang", [*(room for room in ROOMS if room != "petugas"), "", "Petugas"])
def test_no_other_room_gets_names(ruang: str) -> None:
    with pytest.raises(PermissionError):
        for_staff(NAMES, ruang)
    with pytest.raises(PermissionError):
        everyone(ruang)


def test_every_desa_code_starts_with_that_of_its_kecamatan() -> None:
    assert set(load_desa()["kode"].str[: len("63.11.01")]) == set(load_kecamatan()["kode"])


def calls(path: Path, name: str) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == name for node in ast.walk(tree))


def test_only_one_module_makes_a_named_table_and_only_the_pages_of_staff_use_it() -> None:
    files = [path for folder in ("analytics", "ui", "pages", "commands") for path in (ROOT / folder).rglob("*.py")]
    assert {path.name for path in files if calls(path, "Named")} == {"by_name.py"}
    modules = re.compile(r"analytics\.(pairs_)?by_name|by_name_(view|filters)|child_card_view|pairs_view")
    users = {path for path in files if modules.search(path.read_text(encoding="utf-8"))}
    views = ("by_name_filters", "by_name_view", "child_card_view", "cuts", "pairs_view")
    pages = {ROOT / "pages" / "petugas" / "sasaran.py", ROOT / "analytics" / "pairs_by_name.py"}
    users -= {ROOT / "analytics" / "version_changes.py"}  # takes only the name of the room
    assert users <= {ROOT / "ui" / f"{name}.py" for name in views} | pages
    makers = {path.name for path in files if calls(path, "for_staff")}
    assert makers == {"by_name.py", "pairs_by_name.py", "child_card_view.py"}


def test_the_by_name_table_is_read_by_the_pages_of_staff_and_never_kept_for_other_sessions() -> None:
    readers, keepers = set(), set()
    for path in [*(ROOT / "ui").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and any(ast.unparse(each) == "'nama'" for each in node.args):
                called = ast.unparse(node.func).split(".")[-1]
                readers |= {path.name} if called in ("read_once", "read_table") else set()
                keepers |= {path.name} if called == "stored" else set()
    assert readers == {"by_name_view.py", "child_card_view.py", "pairs_view.py"}
    assert keepers == set()
