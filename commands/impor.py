"""`impor`: reads, checks and stores files; prints what happened, writes the report, exits 2 when a file is refused."""

import json
import sys
from collections import Counter
from pathlib import Path

from analytics.intake import ImportResult, import_files
from data.pseudonymize import hide_numbers
from data.store import open_store

SHOWN_FINDINGS = 5


def run(berkas: list[Path], jenis: str | None, periode: str | None, lapor: Path | None, uji_coba: bool) -> int:
    """Import the files, all or none; return 0 when every file is in the store (or would be), 2 when one is refused."""
    if lapor is not None and not _can_write(lapor):
        print(f"Laporan tidak dapat ditulis ke {lapor}. Tidak ada yang diimpor; pilih folder lain.", file=sys.stderr)
        return 2
    results = import_files(open_store(), berkas, jenis, periode, uji_coba)
    for result in results:
        _print_result(result, uji_coba)
    if lapor is not None:
        reports = [result.as_report() for result in results]
        text = json.dumps(reports[0] if len(reports) == 1 else reports, ensure_ascii=False, indent=1)
        lapor.write_text(text + "\n", encoding="utf-8")
    if any(result.refused for result in results):
        print("Tidak ada yang disimpan.", file=sys.stderr)
        return 2
    return 0


def _can_write(path: Path) -> bool:
    """Try the report before anything is stored: after that it is too late to refuse."""
    try:
        path.touch(mode=0o600)  # the values it shows may be names and NIK
        with path.open("a", encoding="utf-8"):
            return True
    except OSError:
        return False


def _print_result(result: ImportResult, uji_coba: bool) -> None:
    """Print what became of a file; a console is often kept as a log, so it shows no NIK."""
    name = hide_numbers(result.berkas)
    if result.baris == 0:
        for finding in result.temuan:
            print(f"{name}: {hide_numbers(finding.pesan)}", file=sys.stderr)
        return
    print(f"{name}: {result.baris} baris dibaca, {result.diterima} diterima, {result.ditolak} ditolak.")
    for (tingkat, aturan), count in Counter((f.tingkat, f.aturan) for f in result.temuan).most_common():
        print(f"  {tingkat:<10} {aturan:<24} {count}")
    for finding in [f for f in result.temuan if f.tingkat == "tolak"][:SHOWN_FINDINGS]:
        print(f"  baris {finding.baris}, {finding.kolom}: {hide_numbers(finding.pesan)}")
    if uji_coba:
        print("  Uji coba: tidak ada yang disimpan.")
    elif result.disimpan:
        print("  Disimpan.")
