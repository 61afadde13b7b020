"""Keeps docs/keamanan.md honest: every level-1 requirement once, a known judgement, and places that exist."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docs" / "keamanan.md").read_text(encoding="utf-8")
NUMBERS = [
    line
    for line in (ROOT / "tests" / "acuan" / "asvs_l1.csv").read_text(encoding="utf-8").splitlines()
    if line[:1].isdigit()
]
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
MET, NOT_HERE, OPEN = "terpenuhi", "tidak berlaku", "terbuka"
PLACE = re.compile(r"`([\w.][\w./-]*/[\w.-]*|[\w-]+\.(?:py|toml|txt|md))`")  # not `/peta`: an address
OUTSIDE = (".streamlit/secrets.toml", "secrets.toml")  # made by the administrator, never here


def test_every_requirement_of_level_one_is_judged_once() -> None:
    assert len(NUMBERS) == 70
    assert Counter(number for number, *_ in ROW.findall(TEXT)) == Counter(NUMBERS)


def test_every_judgement_is_one_of_three_and_a_met_one_names_its_place() -> None:
    for number, _, judged, where in ROW.findall(TEXT):
        assert judged in (MET, NOT_HERE, OPEN), number
        assert judged != MET or PLACE.search(where), f"{number} is met, but where?"
        assert len(where) > 10, f"{number}: why?"


def test_the_summary_counts_what_the_table_says() -> None:
    counted = Counter(judged for _, _, judged, _ in ROW.findall(TEXT))
    said = re.search(r"(\d+) terpenuhi, (\d+) tidak berlaku, (\d+) terbuka", TEXT)
    assert said and [int(each) for each in said.groups()] == [counted[MET], counted[NOT_HERE], counted[OPEN]]


def test_every_place_exists() -> None:
    places = set(PLACE.findall(TEXT)) - set(OUTSIDE)
    assert len(places) > 40
    missing = [place for place in places if not (ROOT / place).exists()]
    assert missing == []
