"""`cadangkan`: writes the whole store into one file for its owner only."""

import sys
from pathlib import Path

from data.audit import AuditNotWritten
from data.backup import back_up
from data.backup_file import BackupRefused
from data.store import holds_data, open_store, store_folder, system_user

WARNING = (
    "PERHATIAN: berkas ini memuat nama, NIK, dan kunci penyamaran. Simpan di tempat terkunci, jangan kirim lewat surel "
    "atau grup percakapan."
)


def run(berkas: Path) -> int:
    """Write the backup; return 0, or 2 with one sentence when there is nothing to keep or it cannot be written."""
    if not holds_data():
        print(f"Belum ada data untuk dicadangkan di {store_folder()}. Impor dahulu.", file=sys.stderr)
        return 2
    try:
        backup = back_up(open_store(), berkas.expanduser(), system_user())
    except (BackupRefused, AuditNotWritten) as error:
        print(error, file=sys.stderr)
        return 2
    size = f"{berkas.expanduser().stat().st_size / 1e6:.1f}".replace(".", ",")
    print(f"Dicadangkan ke {berkas}: {backup.versi} versi, {size} MB, sudah dibaca ulang dan utuh.")
    print(f"SHA-256 {backup.sha256}")
    print(WARNING)
    return 0
