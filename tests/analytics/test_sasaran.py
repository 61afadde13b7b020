"""Status of the followed children: 171 then and 201 of 245 now, where they moved, and every reason to leave or enter."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.intake_links import read_links
from analytics.sasaran import (
    ENTRY_REASONS,
    EXIT_REASONS,
    INDICES,
    UNKNOWN_FLOW,
    count_status,
    explain_entries,
    explain_exits,
    flow_status,
    status_at,
)
from analytics.status import STATUS_TERMS
from analytics.verification import verify
from data.decisions import read_decisions
from data.store import current_version, open_store, read_table, reading
from tests.followed import (
    AWAL,
    KINI,
    NORMAL,
    SHORT,
    TALL,
    VERY_SHORT,
    Child,
    both_rounds,
    followed,
    linked,
    measured,
)


@pytest.fixture(scope="module")
def sample(penyimpanan_contoh: Path) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Status at both rounds of the sample data, and its measurements."""
    store = open_store(penyimpanan_contoh / "contoh")
    with reading(store) as connection:
        families, children = (current_version(connection, name) for name in ("parameter", "eppgbm"))
    assert families and children
    answers, measurements = read_table(store, families, "jawaban"), read_table(store, children, "pengukuran")
    links = verify(read_links(store, families, children), read_decisions(store), pd.Series(dtype="str")).dropna()
    before, now = (status_at(answers, links, measurements, moment) for moment in (AWAL, KINI))
    return before, now, measurements


def test_the_sample_has_the_sasaran_of_the_report(sample: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]) -> None:
    before, now, measurements = sample
    assert (len(before), before["status_tbu"].notna().sum()) == (171, 171)
    assert (len(now), now["status_tbu"].notna().sum()) == (245, 201)
    counts = pd.concat([count_status(before, AWAL), count_status(now, KINI)])
    height = counts[counts["indeks"] == "tbu"].drop_duplicates("periode")
    assert height["penyebut"].tolist() == [171, 201]
    assert before["status_tbu"].isin([VERY_SHORT, SHORT]).all()
    assert explain_exits(before, now, measurements, KINI)["jumlah"].sum() == 32
    assert explain_entries(before, now, measurements, AWAL)["jumlah"].sum() == 245 - (171 - 32)


def test_the_flow_starts_from_the_counts_of_the_first_round(
    sample: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame],
) -> None:
    before, _, measurements = sample
    flow = flow_status(before, measurements, KINI)
    assert flow["jumlah"].sum() == before["status_tbu"].notna().sum()
    counts = count_status(before, AWAL).query("indeks == 'tbu' and jumlah > 0").set_index("status")["jumlah"]
    assert flow.groupby("status_awal")["jumlah"].sum().to_dict() == counts.to_dict()


def test_counts_stand_in_the_order_of_the_terms_with_zeros_and_their_denominator() -> None:
    before, _, _ = both_rounds({"a": [("2022-05-03", SHORT)], "b": [("2022-05-03", None)]}, "abc", "")
    counts = count_status(before, AWAL)
    assert list(counts) == ["periode", "indeks", "status", "jumlah", "penyebut"]
    for index in INDICES:
        mine = counts[counts["indeks"] == index]
        assert tuple(mine["status"]) == STATUS_TERMS[index]
        assert (mine["jumlah"].sum() == mine["penyebut"]).all()
    assert counts.groupby("indeks")["penyebut"].first().to_dict() == {"tbu": 1, "bbu": 2, "bbtb": 2}


@pytest.mark.parametrize(
    ("visits", "status"),
    [
        ([("2022-05-31", SHORT)], SHORT),
        ([("2022-03-01", SHORT), ("2022-05-01", NORMAL)], NORMAL),
        ([("2022-05-01", SHORT), ("2022-06-01", NORMAL)], SHORT),  # what comes later does not count yet
        ([("2021-12-01", SHORT)], SHORT),  # six months up to the round
        ([("2021-11-30", SHORT)], None),
        ([("2022-05-02", SHORT), ("2022-05-20", NORMAL)], NORMAL),  # the latest of a month
        ([("2022-04-02", SHORT), ("2022-05-20", None)], None),  # the latest has no plausible score
        ([], None),
    ],
)
def test_the_status_is_that_of_the_latest_measurement_near_the_round(visits: Child, status: str | None) -> None:
    before, _, _ = both_rounds({"a": visits, "z": [("2022-05-01", TALL)]}, "a", "")
    [found] = before["status_tbu"]
    assert found == status or (status is None and pd.isna(found))


def test_one_row_a_balita_of_the_round_linked_or_not() -> None:
    table = measured({"a": [("2022-05-01", SHORT)]})
    answers = pd.concat([followed("ab", "c"), followed("ab", "").assign(parameter="SP02"), followed("m", "", "bumil")])
    found = status_at(answers, linked("am"), table, AWAL)
    assert found["id_sasaran"].tolist() == ["a", "b"]
    assert found["id_anak"].isna().tolist() == [False, True]
    assert status_at(answers, linked(""), table, AWAL)["status_tbu"].isna().all()
    assert status_at(answers, linked("a"), table.iloc[:0], AWAL)["status_tbu"].isna().all()
    assert status_at(answers, linked("a"), table, "2019-01").empty


def test_the_flow_follows_everybody_of_the_first_round_also_who_left() -> None:
    children: dict[str, Child] = {
        "a": [("2022-05-01", SHORT), ("2022-09-01", NORMAL)],
        "b": [("2022-05-01", SHORT), ("2022-08-01", SHORT)],
        "c": [("2022-01-01", SHORT)],  # in the window of the first round, not of the second
        "d": [("2022-05-01", VERY_SHORT), ("2022-09-01", None)],
        "e": [("2022-05-01", None), ("2022-09-01", NORMAL)],  # no start
    }
    before, _, table = both_rounds(children, "abcdef", "a")
    flow = flow_status(before, table, KINI).set_index(["status_awal", "status_kini"])["jumlah"]
    assert list(flow.index) == [
        (start, end) for start in (VERY_SHORT, SHORT) for end in (*STATUS_TERMS["tbu"], UNKNOWN_FLOW)
    ]
    assert flow[flow > 0].to_dict() == {
        (VERY_SHORT, UNKNOWN_FLOW): 1, (SHORT, SHORT): 1, (SHORT, NORMAL): 1, (SHORT, UNKNOWN_FLOW): 1,
    }  # fmt: skip


def test_nobody_gives_empty_tables_of_the_same_form() -> None:
    before, now, table = both_rounds({"a": [("2022-05-01", SHORT)]}, "a", "a", links="")
    assert flow_status(before, table, KINI).empty
    assert list(flow_status(before, table, KINI)) == ["status_awal", "status_kini", "jumlah"]
    nobody = before.iloc[:0]
    for explain, order in ((explain_exits, EXIT_REASONS), (explain_entries, ENTRY_REASONS)):
        for pair in ((before, now), (nobody, nobody), (before, before)):
            found = explain(*pair, table, KINI)
            assert tuple(found["alasan"]) == order
            assert found["jumlah"].sum() == 0


DATES = ["2021-03-01", "2021-08-01", "2022-02-01", "2022-05-01", "2022-05-20", "2022-07-01", "2022-09-01", "2022-10-01"]


@settings(deadline=None, max_examples=25)
@given(
    st.lists(
        st.tuples(
            st.dictionaries(st.sampled_from(DATES), st.sampled_from([*STATUS_TERMS["tbu"], None]), max_size=4),
            st.sampled_from(["stays", "leaves", "enters"]),
            st.booleans(),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_flow_and_reasons_lose_nobody(people: list[tuple[dict[str, str | None], str, bool]]) -> None:
    letters = "abcdefghijkl"[: len(people)]
    children: dict[str, Child] = {"z": [("2022-05-01", SHORT)]}  # somebody is always measured where this is asked
    children |= {letter: list(visits.items()) for letter, (visits, _, _) in zip(letters, people, strict=True)}
    role = {letter: person[1] for letter, person in zip(letters, people, strict=True)}
    links = "".join(letter for letter, person in zip(letters, people, strict=True) if person[2])
    awal, kini = ("".join(letter for letter in letters if role[letter] != other) for other in ("enters", "leaves"))
    before, now, table = both_rounds(children, awal, kini, links)
    assert (len(before), len(now)) == (len(awal), len(kini))
    flow = flow_status(before, table, KINI)
    assert flow["jumlah"].sum() == before["status_tbu"].notna().sum()
    assert explain_exits(before, now, table, KINI)["jumlah"].sum() == len(set(awal) - set(kini))
    assert explain_entries(before, now, table, AWAL)["jumlah"].sum() == len(set(kini) - set(awal))
    for index in INDICES:
        counts = count_status(now, KINI).query("indeks == @index")
        assert counts["jumlah"].sum() == now[f"status_{index}"].notna().sum()
