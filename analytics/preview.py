"""What an import would change and what was found in its files, before anything is stored: pure functions on tables."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analytics.disclosure import Cleared
from analytics.version_changes import KINDS, clear_changes, compare_versions
from config.places import load_region
from data.findings import Finding

LEVELS = ("tolak", "peringatan", "info")
SHOWN = 5  # findings of a rule that are shown at once


@dataclass(frozen=True)
class RuleGroup:
    """The findings of one rule in one file: how many, and the first of them."""

    aturan: str
    tingkat: str
    jumlah: int
    contoh: tuple[Finding, ...]


def group_findings(findings: Sequence[Finding]) -> list[RuleGroup]:
    """Return the findings about rows by rule: what refuses rows first, then the most frequent."""
    by_rule: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.baris:
            by_rule[finding.tingkat, finding.aturan].append(finding)
    groups = [
        RuleGroup(aturan, tingkat, len(found), tuple(found[:SHOWN])) for (tingkat, aturan), found in by_rule.items()
    ]
    return sorted(groups, key=lambda group: (LEVELS.index(group.tingkat), -group.jumlah, group.aturan))


def tabulate_changes(rantai: str, before: pd.DataFrame | None, after: pd.DataFrame, ruang: str) -> Cleared:
    """Return how many rows of the compared table are new, changed, gone and the same, for named staff only.

    `before` is None where nothing is stored yet. One row a kecamatan that holds any, by code, and at the end their sum
    under the name of the kabupaten: kode, nama, baru, berubah, hilang, tetap. Activities, which belong to no kecamatan,
    have only the last row. Raises PermissionError for another room.
    """
    region, counts = load_region(), list(KINDS)
    whole = {"kode": region.kode, "nama": region.nama_pendek}
    table = compare_versions(rantai, before, after).groupby(["kode", "nama"], as_index=False)[counts].sum()
    total = pd.DataFrame([whole | table[counts].sum().to_dict()])
    table = table[table["kode"] != region.kode]
    return clear_changes(pd.concat([table, total], ignore_index=True), ruang)
