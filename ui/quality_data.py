"""What the page on data quality looks at: its choice, and the tables kept for all sessions of a room."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analytics.disclosure import Cleared, join_cleared
from analytics.disclosure_quality import clear_digits, clear_quality, clear_smart, clear_verdicts, clear_visits
from analytics.quality import POSYANDU
from analytics.serving import open_active, read_quality
from config.places import load_kecamatan, load_region
from ui import session
from ui.session import Source


@dataclass(frozen=True)
class Choice:
    """What the filter bar says: month, kecamatan (empty: the whole kabupaten), way of judging; and of which data."""

    source: Source
    periode: str
    wilayah: str
    cara: str

    @property
    def tingkat(self) -> str:
        """The level of the place looked at."""
        return "kecamatan" if self.wilayah else "kabupaten"

    @property
    def kode(self) -> str:
        """The code of the place looked at."""
        return self.wilayah or load_region().kode

    @property
    def nama(self) -> str:
        """The name of the place looked at."""
        names = dict(zip(load_kecamatan()["kode"], load_kecamatan()["nama"], strict=True))
        return names.get(self.wilayah) or load_region().nama_pendek

    def here(self, cleared: Cleared) -> Cleared:
        """Return the rows of the month and place looked at."""
        return cleared.where(periode=self.periode, kode=self.kode)


def sums(source: Source) -> pd.DataFrame:
    """Return the sums behind all checks of a version."""
    table: pd.DataFrame = session.drawn(lambda: read_quality(open_active(), source.versi), "mutu", source.versi)
    return table


def checks(source: Source, tingkat: str) -> Cleared:
    """Return every check of every month and place of a level."""

    def make() -> Cleared:
        return clear_quality(sums(source), session.room(), tingkat)

    cleared: Cleared = session.drawn(make, "mutu_periksa", source.versi, tingkat)
    return cleared


def verdicts(source: Source, tingkat: str) -> Cleared:
    """Return the verdict on every month and place of a level."""

    def make() -> Cleared:
        return clear_verdicts(sums(source), session.room(), tingkat)

    cleared: Cleared = session.drawn(make, "mutu_putusan", source.versi, tingkat)
    return cleared


def values(source: Source, tingkat: str) -> pd.DataFrame:
    """Return the value of every check (the columns) by month and code."""

    def make() -> pd.DataFrame:
        table = checks(source, tingkat).table
        return table.pivot(index=["periode", "kode"], columns="pemeriksaan", values="nilai")

    wide: pd.DataFrame = session.drawn(make, "mutu_nilai", source.versi, tingkat)
    return wide


def values_of(table: pd.DataFrame, periode: str, kode: str) -> Mapping[str, float]:
    """Return the value of every check of one month and place out of `values`."""
    return dict(table.loc[(periode, kode)])


def digits(choice: Choice) -> Cleared:
    """Return how often each last digit was written at the month and place looked at."""

    def make() -> Cleared:
        return clear_digits(sums(choice.source), session.room(), choice.tingkat)

    cleared: Cleared = session.drawn(make, "mutu_angka", choice.source.versi, choice.tingkat)
    return choice.here(cleared)


def smart(choice: Choice) -> Cleared:
    """Return SMART's criteria at the month and place looked at."""

    def make() -> Cleared:
        return clear_smart(session.read_once(choice.source, "pengukuran"), session.room(), choice.tingkat)

    cleared: Cleared = session.drawn(make, "mutu_smart", choice.source.versi, choice.tingkat)
    return choice.here(cleared)


def visits(choice: Choice) -> Cleared:
    """Return the posyandu of the month and place looked at that a visit would help, the first to visit on top."""

    def make() -> Cleared:
        return clear_visits(sums(choice.source), session.room(), choice.periode)

    cleared: Cleared = session.drawn(make, "mutu_kunjungan", choice.source.versi, choice.periode)
    return cleared.within(choice.kode)


def everything(choice: Choice) -> Cleared:
    """Return every check of the month: of the place looked at, the places in it, and their posyandu."""
    below = "desa" if choice.wilayah else "kecamatan"
    levels = [checks(choice.source, level).within(choice.kode) for level in (choice.tingkat, below, POSYANDU)]
    return join_cleared(levels).where(periode=choice.periode)
