"""Decisions on pairs: kept, the newest counts, taken back, and no names in them."""

from pathlib import Path

import pytest

from data.decisions import count_decisions, read_decisions, write_decision
from data.store import open_store


def test_the_newest_decision_on_a_pair_counts_and_can_be_taken_back(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    assert read_decisions(store).empty and count_decisions(store) == 0
    write_decision(store, "sasaran", "s", "a", "sama", "bidan")
    write_decision(store, "sasaran", "s", "b", "berbeda", "bidan")
    write_decision(store, "sasaran", "s", "a", "berbeda", "kader")
    rows = read_decisions(store)
    assert rows[["id_kanan", "keputusan", "siapa"]].to_numpy().tolist() == [
        ["b", "berbeda", "bidan"],
        ["a", "berbeda", "kader"],
    ]
    write_decision(store, "sasaran", "s", "a", "belum", "kader")
    assert read_decisions(store)["id_kanan"].tolist() == ["b"] and count_decisions(store) == 4


def test_two_records_are_one_pair_in_either_order_a_sasaran_and_a_child_are_not(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    for pair in (("b", "a"), ("a", "b")):
        write_decision(store, "anak", *pair, "sama", "bidan")
        write_decision(store, "sasaran", *pair, "sama", "bidan")
    rows = read_decisions(store).sort_values(["jenis", "id_kiri"])
    assert rows[["jenis", "id_kiri", "id_kanan"]].to_numpy().tolist() == [
        ["anak", "a", "b"],
        ["sasaran", "a", "b"],
        ["sasaran", "b", "a"],
    ]


@pytest.mark.parametrize(("jenis", "keputusan"), [("ibu", "sama"), ("anak", "mungkin")])
def test_an_unknown_kind_or_verdict_is_refused(tmp_path: Path, jenis: str, keputusan: str) -> None:
    with pytest.raises(ValueError, match="tidak dikenal"):
        write_decision(open_store(tmp_path), jenis, "a", "b", keputusan, "bidan")
