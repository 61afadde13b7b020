"""What a reader in the child process hands back: sheets whose rows come in parts, or why the file cannot be read.

Imports almost nothing, because every child pays for its imports.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

Row = list[object]
Sheet = tuple[dict[str, object], Iterable[Row]]
"""The fields of `data.sheet.Grid` other than rows, and the rows."""
Reader = Callable[[bytes], Iterator[Sheet]]
CELLS_A_PART = 70_000  # few, because a part stands in memory before its size is looked at


class CannotRead(Exception):
    """The file is refused: `aturan` is the rule, `varian` names its sentence."""

    def __init__(self, varian: str = "", aturan: str = "berkas_tidak_terbaca") -> None:
        super().__init__(aturan, varian)
        self.aturan, self.varian = aturan, varian


def share_texts(rows: Iterable[Sequence[object]]) -> Iterator[list[Row]]:
    """Yield the rows in parts; equal texts of a part are one object, which pickle then writes once.

    Most cells of a table repeat: this makes it a third of the size in memory and on its way to the parent.
    """
    part: list[Row] = []
    cells, once = 0, dict[str, str]().setdefault
    for row in rows:
        part.append([once(cell, cell) if type(cell) is str else cell for cell in row])
        cells += len(row) + 1
        if cells > CELLS_A_PART:
            yield part
            part, cells, once = [], 0, dict[str, str]().setdefault
    if part:
        yield part
