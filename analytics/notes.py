"""The Indonesian remarks of the `catatan` column of the parameter, comparison and KEK tables, all in one place."""

from analytics.prevalence import NO_DATA

NOT_APPLICABLE = "tidak berlaku"
NOT_ASKED = "tidak ditanyakan"
NOT_LINKED = (
    "keluarga kedua putaran tidak sama (tidak ada sasaran yang tertaut); rentang selisih menurut Newcombe, "
    "bukan perubahan keluarga"
)
NO_WOMAN = "tidak ada ibu hamil tercatat"
SOME_UNJUDGED = "ada ibu tanpa status dan tanpa LiLA, tidak dihitung"
NOT_BY_STATUS = "disamarkan: status ibu hamil hanya sampai tingkat kecamatan"
SMALL_GROUP = "disamarkan: kelompok tetap, keluar atau masuk terlalu kecil"
SMALL_CHANGE = "disamarkan: jumlah keluarga yang berubah kecil"
NOT_BY_GROUP = "disamarkan: keluarga tetap, keluar dan masuk hanya untuk kabupaten"


def note_rounds(notes: tuple[str, str], rounds: tuple[str, str]) -> str:
    """Join the remarks on two rounds, either of which may be empty; one that holds for both stands once."""
    if notes[0] == notes[1]:
        return notes[0]
    return "; ".join(f"{note} pada {periode}" for note, periode in zip(notes, rounds, strict=True) if note)


__all__ = [
    "NOT_APPLICABLE",
    "NOT_ASKED",
    "NOT_BY_GROUP",
    "NOT_BY_STATUS",
    "NOT_LINKED",
    "NO_DATA",
    "NO_WOMAN",
    "SMALL_CHANGE",
    "SMALL_GROUP",
    "SOME_UNJUDGED",
    "note_rounds",
]
