"""Finds the table in a sheet: header row, rows of data, and what only looks like data (sums, repeated headers)."""

import re
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from config.columns import almost_kind, header_key, load_kinds, load_not_data_words, map_header, match_kind
from data.parse import parse_number
from data.sheet import Grid, RawSheet, is_blank, show_cell

Cells = npt.NDArray[Any]
Mask = npt.NDArray[np.bool_]
NOTE_CELLS = 3  # a note or a signature under the table fills no more cells
HEADER_WITHIN = 60
_AGE = re.compile(r"\s*\d+\s*(tahun|thn|th)\b", re.IGNORECASE)
_SEX = re.compile(r"(l|p|laki|perempuan)\b", re.IGNORECASE)
_DATE = re.compile(r"\s*\d{1,4}[-/]\d{1,2}[-/]\d{1,4}")


def find_header(grid: Grid) -> tuple[int, str] | None:
    """Return (index in `grid.rows`, kind) of the first row that is the header of a known kind of table, or None."""
    for index, row in enumerate(grid.rows[:HEADER_WITHIN]):
        kind = match_kind(row)
        if kind is not None:
            return index, kind
    return None


def find_almost_header(grid: Grid) -> list[object] | None:
    """Return the first row that has more than half of the required columns of a supported kind, or None."""
    return next((row for row in grid.rows[:HEADER_WITHIN] if almost_kind(row)), None)


def cut_table(berkas: str, grid: Grid, header_index: int, kind: str) -> RawSheet:
    """Return the table under the header as a RawSheet, rows numbered as the user sees them.

    Left out, because they are no data: empty rows (a lone running number counts as empty), sums and notes, repeated
    headers with the titles above them, and a line of column numbers under the header.
    """
    header = [show_cell(cell) for cell in grid.rows[header_index]]
    while not header[-1]:
        header.pop()
    body = grid.rows[header_index + 1 :]
    numbers = np.arange(len(body)) + grid.first_row + header_index + 1
    positions = {name: found[0] for name, found in map_header(header, kind).items()}
    needed = max((positions.get(name, -1) for name in load_kinds()[kind].sel_inti), default=-1)
    cells, counts = _make_rectangle(body, len(header), len(grid.rows[header_index]), grid, positions, needed)
    kept = ~_not_data(cells, header, positions, load_kinds()[kind].tanda_baris)
    rows = pd.DataFrame(cells[kept], index=pd.Index(numbers[kept], name="baris"), dtype=object)
    kept_numbers = set(rows.index)
    return RawSheet(
        berkas=berkas,
        header=header,
        header_row=grid.first_row + header_index,
        rows=rows,
        jenis=kind,
        lembar=grid.nama,
        cell_counts={int(numbers[index]): count for index, count in counts.items() if kept[index]},
        formulas={place: text for place, text in grid.formulas.items() if place[0] in kept_numbers},
    )


def _make_rectangle(
    body: list[list[object]], width: int, widest: int, grid: Grid, positions: dict[str, int], needed: int
) -> tuple[Cells, dict[int, int]]:
    """Return the body as an object array of `width` columns, and {index: cells} of rows that do not fit."""
    counts = _fit_ragged_rows(body, width, widest, grid, needed) if grid.ragged else {}
    cells = np.empty((len(body), len(body[0]) if body else width), dtype=object)
    if body:
        cells[:] = body
    cells = cells[:, :width]
    for index in _mend_missing_total(cells, positions):
        if counts.get(index) == width - 1:
            del counts[index]
    return cells, counts


def _fit_ragged_rows(body: list[list[object]], width: int, widest: int, grid: Grid, needed: int) -> dict[int, int]:
    """Pad or cut the rows of `body` to `width` in place; return {index: cells it had} where some may be lost or moved.

    `widest` is what the header's own row holds, empty cells behind the last header included; `needed` the last position
    that no row may lack.
    """
    counts = {}
    for index, row in enumerate(body):
        if len(row) == width:
            continue
        body[index] = row[:width] + [""] * (width - len(row))
        too_many = len(row) > widest or not all(map(is_blank, row[width:]))
        if too_many or _cells_missing(row, width, grid, needed, last=index == len(body) - 1):
            counts[index] = len(row)
    return counts


def _cells_missing(row: list[object], width: int, grid: Grid, needed: int, last: bool) -> bool:
    """Say whether a short row is damaged; CSV writers may leave out empty cells at the end, HTML exports do not."""
    if len(row) >= width:
        return False
    if grid.exact_cells or (last and grid.cut_off):
        return True
    return len(row) <= needed


def _mend_missing_total(cells: Cells, positions: dict[str, int]) -> list[int]:
    """Move cells back where the export left out "Total Pengukuran" and all after it stands one column too far left.

    The .xls export of 2025/26 has 37 headers and rows of 36 cells; saved again as .xlsx or .csv the rows stay shifted.
    Returns the rows mended.
    """
    total, usia, tgl_ukur = (positions.get(name) for name in ("total_pengukuran", "usia_teks", "tgl_ukur"))
    if total is None or usia != total + 1 or tgl_ukur != total + 2:
        return []
    undated = [not _looks_like_date(cell) for cell in cells[:, tgl_ukur]]
    mended = [index for index in np.flatnonzero(undated).tolist() if _lacks_total(cells[index], total, positions)]
    for index in mended:
        cells[index, total + 1 :] = cells[index, total:-1].copy()
        cells[index, total] = ""
    return mended


def _lacks_total(row: Cells, total: int, positions: dict[str, int]) -> bool:
    """Say whether it is "Total Pengukuran", and no other cell, that a row lacks.

    The age stands under "Total Pengukuran"; where it is blank, both dates must prove the same. A number before the age
    would be the total itself; a sex or a birth date out of its place means that an earlier cell is missing.
    """
    born, age = row[positions["tgl_lahir"]], show_cell(row[total])
    if show_cell(row[total - 1]).isdecimal() or not is_blank(row[-1]):
        return False
    if _AGE.match(age) is not None:
        in_place = "jk" in positions and _SEX.match(show_cell(row[positions["jk"]])) is not None
        return in_place and (_looks_like_date(born) or parse_number(show_cell(born)) is None)
    return is_blank(row[total]) and _looks_like_date(born) and _looks_like_date(row[total + 1])


def _looks_like_date(cell: object) -> bool:
    return hasattr(cell, "year") or (isinstance(cell, str) and _DATE.match(cell) is not None)


def _not_data(cells: Cells, header: list[str], positions: dict[str, int], marks: tuple[str, ...]) -> Mask:
    """Return a mask of rows that are no data; looked at are rows without any of `marks` or with a header text there."""
    out = np.zeros(len(cells), dtype=bool)
    marked = [cells[:, positions[name]] for name in marks if name in positions]
    unmarked = np.array([all(map(is_blank, parts)) for parts in zip(*marked, strict=True)], dtype=bool)
    keys = [header_key(label) for label in header]
    words = load_not_data_words()
    for index in np.flatnonzero(unmarked).tolist():
        out[index] = _is_empty_or_note(cells[index], positions, words)
    if "jk" in positions:  # a sum may stand under any column; a child's row without a sex is looked at too
        for index in np.flatnonzero([is_blank(cell) for cell in cells[:, positions["jk"]]]).tolist():
            out[index] |= _is_sum(cells[index], words)
    first_key = keys[positions[marks[0]]]
    for index in np.flatnonzero(
        [isinstance(cell, str) and header_key(cell) == first_key for cell in _texts(marked[0])]
    ).tolist():
        if sum(header_key(cell) == key for cell, key in zip(cells[index], keys, strict=True)) * 2 > len(keys):
            out[index] = True
            _mark_titles_above(cells, index, unmarked, out)
    if len(cells) and _is_number_line(cells[0]):
        out[0] = True
    return out


def _texts(cells: Cells) -> list[object]:
    """Blank out texts that start with a digit, so that only the few others are compared with the header."""
    return [cell if isinstance(cell, str) and not cell[:1].isdigit() else None for cell in cells]


def _is_empty_or_note(row: Cells, positions: dict[str, int], words: tuple[str, ...]) -> bool:
    filled = [(position, show_cell(cell)) for position, cell in enumerate(row) if not is_blank(cell)]
    if all(position == positions.get("no") for position, _ in filled):
        return True
    first = filled[0][1].lower()
    # A child may be called Sumber or Jumlah: then names and places stand beside it, not only sums.
    if len(filled) > NOTE_CELLS and any(re.search(r"[a-zA-Z]", cell) for _, cell in filled[1:]):
        return False
    return any(re.match(rf"{re.escape(word)}\b", first) for word in words)


def _is_sum(row: Cells, words: tuple[str, ...]) -> bool:
    """Say whether a row is a word such as "Jumlah" and otherwise only numbers."""
    first, *rest = [show_cell(cell) for cell in row if not is_blank(cell)] or [""]
    named = any(re.fullmatch(rf"{re.escape(word)}\W*", first.lower()) for word in words)
    return named and all(parse_number(cell) is not None for cell in rest)


def _mark_titles_above(cells: Cells, index: int, unmarked: Mask, out: Mask) -> None:
    """Mark the lines of text between the table and a repeated header (a title printed on every page)."""
    for above in range(index - 1, -1, -1):
        if not unmarked[above] or sum(not is_blank(cell) for cell in cells[above]) > 2:
            return
        out[above] = True


def _is_number_line(row: Cells) -> bool:
    """Say whether a row only numbers the columns: 1, 2, 3 ... or (1), (2), (3) ..."""
    return all(show_cell(cell).strip("()") == str(position) for position, cell in enumerate(row, start=1))
