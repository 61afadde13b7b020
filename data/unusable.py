"""The one mistake of the store that a user can mend; a module of its own, so that catching it costs no imports."""

from pathlib import Path


class StoreUnusable(Exception):
    """The folder of the store cannot be made or written; the text is the sentence for the user."""

    def __init__(self, folder: Path, environment: str) -> None:
        super().__init__(
            f"Folder penyimpanan {folder} tidak dapat dipakai. Pilih folder lain lewat {environment}, "
            "atau minta izin menulis di sana."
        )
