"""What a kind of table is to the intake: where it is kept, how a file is taken in, what is derived from it."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from data.findings import Finding
from data.sheet import RawSheet

Tables = dict[str, pd.DataFrame]
"""The tables of one version by name; empty while nothing is stored."""


@dataclass(frozen=True)
class Incoming:
    """One file on its way in: its cells, hash, the month its user named (or None), the key of the store."""

    sheet: RawSheet
    sha256: str
    periode: str | None
    key: bytes


@dataclass(frozen=True)
class Outcome:
    """What a file became: rows accepted, findings, and the tables of the version it would make."""

    diterima: int
    temuan: list[Finding]
    tables: Tables


@dataclass(frozen=True)
class Kind:
    """One kind of file.

    rantai: the chain of versions it extends (two kinds may share one). tabel: the tables each version hands on to the
    next; jika_ada: those that it hands on where it holds them. derive: makes the other tables of a version, once, when
    it is stored, from those and from what staff decided about doubtful pairs (`read_decisions`).
    """

    rantai: str
    tabel: tuple[str, ...]
    take: Callable[[Incoming, Tables], Outcome]
    derive: Callable[[Tables, pd.DataFrame], Tables]
    jika_ada: tuple[str, ...] = ()
