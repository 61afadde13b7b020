"""What reading and checking report: a finding for a row, or the refusal of a whole file."""

from dataclasses import dataclass

from config.rules import Tingkat, load_rules

LONGEST_SHOWN = 120


@dataclass(frozen=True)
class Finding:
    """One thing found: row as the user sees it (0 for the file), header, value as shown, rule, severity, message."""

    baris: int
    kolom: str
    nilai: str
    aturan: str
    tingkat: Tingkat
    pesan: str


class FileRefused(Exception):
    """A whole file that cannot be taken in: `aturan` is the rule, `pesan` says in Indonesian what to do."""

    def __init__(self, aturan: str, pesan: str) -> None:
        super().__init__(pesan)
        self.aturan = aturan
        self.pesan = pesan

    def as_finding(self) -> Finding:
        """Return the one finding (row 0) of a refused file."""
        return Finding(0, "", "", self.aturan, "tolak", self.pesan)


def make_finding(aturan: str, baris: int, kolom: str, nilai: str, varian: str = "", **isi: object) -> Finding:
    """Return a finding with severity and message taken from the rule.

    `varian` picks another sentence of the rule; `isi` fills what that sentence names besides nilai, kolom and baris.
    Raises KeyError for an unknown rule or variant, or when a value is missing.
    """
    rule = load_rules()[aturan]
    shown = nilai if len(nilai) <= LONGEST_SHOWN else nilai[:LONGEST_SHOWN] + "…"
    return Finding(
        baris, kolom, shown, aturan, rule.tingkat, rule.message(varian, nilai=shown, kolom=kolom, baris=baris, **isi)
    )


def refuse(aturan: str, berkas: str, varian: str = "", daftar: str = "") -> FileRefused:
    """Return the refusal of a file, to be raised; `daftar` names columns, sheets or a kind in the sentence."""
    message = load_rules()[aturan].message(varian, nilai=berkas, kolom="", baris=0, daftar=daftar)
    return FileRefused(aturan, message)


def sort_findings(findings: list[Finding], header: list[str]) -> list[Finding]:
    """Return the findings by row, then by the place of their column in the file."""
    places = {label: place for place, label in enumerate(header)}
    return sorted(findings, key=lambda finding: (finding.baris, places.get(finding.kolom, -1)))
