"""`pulihkan`: makes the store what a backup holds, wholly or not at all."""

import sys
from pathlib import Path

from data.audit import check_audit
from data.backup_file import BackupRefused, check_backup
from data.restore import restore
from data.store import open_store, system_user


def run(berkas: Path) -> int:
    """Restore the backup; return 0, or 2 with one sentence when it is not whole: then nothing is changed."""
    path = berkas.expanduser()
    try:
        check_backup(path)  # before a store is made for it
        store = open_store()
        restored = restore(store, path, system_user())
    except BackupRefused as error:
        print(error, file=sys.stderr)
        return 2
    print(f"Dipulihkan dari {berkas}: {restored.versi} versi, {restored.audit} baris catatan audit.")
    if restored.sebelumnya:
        print(f"Isi sebelumnya disimpan di {restored.sebelumnya}; hapus bila tidak diperlukan lagi (memuat nama).")
    if broken := check_audit(store):
        print(f"Catatan audit TIDAK utuh mulai baris {broken}: periksa di halaman Riwayat.", file=sys.stderr)
    print("Yang sedang masuk tidak ikut dipulihkan. Penyimpanan ini memuat nama dan NIK.")
    return 0
