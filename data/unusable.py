"""The mistakes of the store that a user can mend; a module of its own, so that catching them costs no imports."""

import errno
from pathlib import Path

NO_ROOM = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
NO_ROOM_TEXTS = ("disk is full", "disk I/O error")  # how SQLite says the same


class StoreUnusable(Exception):
    """The folder of the store cannot be made or written; the text is the sentence for the user."""

    def __init__(self, folder: Path, environment: str) -> None:
        super().__init__(
            f"Folder penyimpanan {folder} tidak dapat dipakai. Pilih folder lain lewat {environment}, "
            "atau minta izin menulis di sana."
        )


class StoreFull(StoreUnusable):
    """There was no room to write; what was stored before still counts."""

    def __init__(self, folder: Path) -> None:
        Exception.__init__(
            self,
            f"Tidak ada tempat untuk menulis ke {folder}: disk penuh atau terganggu. Tidak ada yang berubah; "
            "kosongkan tempat, lalu ulangi.",
        )


class StoreBusy(StoreUnusable):
    """Another process was writing for longer than one waits."""

    def __init__(self) -> None:
        Exception.__init__(
            self, "Impor lain masih berjalan. Tidak ada yang berubah; ulangi perintah ini setelah impor itu selesai."
        )


def is_no_room(error: Exception) -> bool:
    """True for an error of the system or of SQLite that says that nothing more can be written."""
    if isinstance(error, OSError):
        return error.errno in NO_ROOM
    return any(text in str(error) for text in NO_ROOM_TEXTS)
