"""The heatmap of family parameters as an HTML table: panels beside each other, on a phone one strip a parameter."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from config.text import text
from ui.charts.heatmap_cells import Mark, Marks
from ui.charts.heatmap_layout import BESIDE, layout
from ui.charts.heatmap_legend import draw_legend, spoken_words
from ui.format import MINUS

MAX_COLUMNS = 30  # a number still fits into a cell
EMPTY = Mark("x")
ROUND = ("mb", "kb", "hb", "su")  # looks whose text stands in a circle or pill


@dataclass(frozen=True)
class Line:
    """One parameter: code, name, group heading it stands under, whether it is only proposed."""

    kode: str
    nama: str
    kelompok: str
    usulan: bool = False


@dataclass(frozen=True)
class Column:
    """One place: code, name, code letters for narrow screens, heading of its group, more about it (may be empty)."""

    kode: str
    nama: str
    singkat: str
    kelompok: str = ""
    rincian: str = ""


@dataclass(frozen=True)
class Panel:
    """One panel: title, what stands behind it, the marks, what is written under each place (by kode); change or not."""

    judul: str
    catatan: str
    marks: Marks
    counts: dict[str, str]
    perubahan: bool = False


def draw_heatmap(
    key: str,
    lines: Sequence[Line],
    columns: Sequence[Column],
    panels: Sequence[Panel],
    link: Callable[[str], str],
    first: int = 0,
) -> str:
    """Return the HTML of the heatmap.

    `columns`: the whole first (drawn wide, set apart), then at most 30 places, those of a group together. `link` gives
    the address that a parameter code leads to. `first`: the panel seen where there is room for one only; with more
    than nine places that is everywhere, so give one panel then, the others cost bytes. `key`: letters, its own on
    the page. Raises ValueError for more columns, which nobody could read: see strips.py.
    """
    if len(columns) > MAX_COLUMNS + 1:
        raise ValueError(f"{len(columns)} kolom: paling banyak {MAX_COLUMNS + 1}")
    form = "jajar" if len(columns) <= BESIDE else "satu"
    notes = _number_notes(panels)
    looks = {mark.look for panel in panels for mark in panel.marks.values()}

    def row(line: Line) -> str:
        marks = [panel.marks.get((line.kode, column.kode), EMPTY) for panel in panels for column in columns]
        return label(line, link(line.kode), _facts(marks, notes)) + "".join(map(_cell, marks))

    rules = layout(key, len(columns), _starts(columns), [panel.perubahan for panel in panels])
    title = text("panas.ket", panel=", ".join(panel.judul for panel in panels))
    parts = [
        f'<div class="bl-panas bl-{form} bl-{key}">',
        f"<style>{rules}{spoken_words(key, looks)}</style>",
        draw_legend(looks, any(line.usulan for line in lines)),
        _switch(key, panels, first),
        f'<table data-kolom="{len(columns)}" data-catatan="{escape(json.dumps(list(notes), ensure_ascii=False))}">',
        f"<caption>{escape(title)}</caption>{_cols(len(columns), len(panels))}",
        f"<thead>{_head(columns, panels)}</thead>",
        bodies(lines, row),
        "</table></div>",
    ]
    return "".join(parts)


def _starts(columns: Sequence[Column]) -> list[int]:
    """Return the numbers of the columns with which a group of places begins, but for the first group."""
    groups = [column.kelompok for column in columns]
    return [number for number in range(2, len(groups)) if groups[number] != groups[number - 1]]


def shorten(names: Sequence[str]) -> list[str]:
    """Return three code letters for each name, no two alike: `Halong` HAL, `Paringin Selatan` PRS."""
    codes: list[str] = []
    for name in names:
        first, *rest = name.upper().split()
        usual = first[:1] + first[2:3] + rest[0][:1] if rest else first[:3]
        letters = "".join(rest) + first[1:]
        others = (first[:1] + one + two for one in first[1:] for two in (*letters, *"123456789"))
        codes.append(next(code for code in (usual, *others) if code not in codes))
    return codes


def _number_notes(panels: Sequence[Panel]) -> dict[str, int]:
    """Return each remark once, numbered; cells name only the number."""
    remarks = dict.fromkeys(mark.note for panel in panels for mark in panel.marks.values() if mark.note)
    return {remark: number for number, remark in enumerate(remarks)}


def _switch(key: str, panels: Sequence[Panel], first: int) -> str:
    """Return the choice of the panel; it works in the browser alone, without asking the server."""
    choices = "".join(
        f'<label><input type="radio" name="bl-{key}" value="{number}"{" checked" if number == first else ""}>'
        f"<span>{escape(panel.judul)}</span></label>"
        for number, panel in enumerate(panels)
    )
    alone = " hidden" if len(panels) == 1 else ""
    return f"<fieldset{alone}><legend>{escape(text('panas.panel'))}</legend>{choices}</fieldset>"


def _cols(columns: int, panels: int) -> str:
    kinds = ["semua", *["tempat"] * (columns - 2), "ujung"][:columns]
    cols = (f'<col class="{kind} p{panel}">' for panel in range(panels) for kind in kinds)
    return '<col class="label">' + "".join(cols)


def _head(columns: Sequence[Column], panels: Sequence[Panel]) -> str:
    titles = "".join(
        f'<th scope="colgroup" colspan="{len(columns)}" class="p{number}"><b>{escape(panel.judul)}</b>'
        f"<small>{escape(panel.catatan)}</small></th>"
        for number, panel in enumerate(panels)
    )
    names = "".join(
        _name(column, panel.counts, whole=number == 0) for panel in panels for number, column in enumerate(columns)
    )
    return f'<tr class="judul"><td></td>{titles}</tr>{_groups(columns, panels)}<tr class="nama"><td></td>{names}</tr>'


def _name(column: Column, counts: dict[str, str], whole: bool) -> str:
    kind, shown = (' class="kab"', column.singkat) if whole else ("", column.nama)
    about = f' title="{escape(column.rincian)}"' if column.rincian else ""
    return (
        f'<th scope="col"{kind}{about}><span>{escape(shown)}</span><abbr title="{escape(column.nama)}">'
        f"{escape(column.singkat)}</abbr><small>{escape(counts.get(column.kode, ''))}</small></th>"
    )


def _groups(columns: Sequence[Column], panels: Sequence[Panel]) -> str:
    """Return the row of headings over groups of places, when there are any."""
    if not any(column.kelompok for column in columns):
        return ""
    runs = [(name, len(list(members))) for name, members in groupby(columns, lambda column: column.kelompok)]
    cells = "".join(
        f'<th scope="colgroup" colspan="{span}" class="p{number}">{escape(name)}</th>'
        for number in range(len(panels))
        for name, span in runs
    )
    return f'<tr class="induk"><td></td>{cells}</tr>'


def bodies(lines: Sequence[Line], row: Callable[[Line], str]) -> str:
    """Return the table bodies, one a group heading; `row` gives the cells of a line, its name included."""
    parts = []
    for heading in dict.fromkeys(line.kelompok for line in lines):
        rows = (f'<tr data-baris="{escape(line.kode)}">{row(line)}</tr>' for line in lines if line.kelompok == heading)
        head = f'<tr class="kelompok"><th scope="rowgroup">{escape(heading)}</th></tr>'
        parts.append(f"<tbody>{head}{''.join(rows)}</tbody>")
    return "".join(parts)


def label(line: Line, address: str, facts: str = "") -> str:
    """Return the heading cell of a row: the name of the parameter, leading to `address`; `facts` of the row's cards."""
    about = f' data-t="{escape(facts)}"' if facts else ""
    mark = f'<abbr title="{escape(text("panas.usulan"))}">°</abbr>' if line.usulan else ""
    return f'<th scope="row"{about}><a href="{escape(address)}" target="_self">{escape(line.nama)}</a>{mark}</th>'


def _facts(marks: Sequence[Mark], notes: Mapping[str, int]) -> str:
    """Return what the cards of a row say, once for the row: an attribute in each cell takes the browser far longer.

    For each cell its facts joined by ";" and, after ":", the number of its remark; cells are parted by "|".
    """
    cells = (";".join(mark.facts).rstrip(";") + (f":{notes[mark.note]}" if mark.note else "") for mark in marks)
    return "|".join(cells).replace(MINUS, "-")  # a byte instead of three; the script puts it back


def _cell(mark: Mark) -> str:
    """Return one cell, left open: it ends where the next begins, five bytes less in each."""
    return f"<td class={mark.look}>{inside(mark)}"


def inside(mark: Mark) -> str:
    """Return what stands in a cell of this mark."""
    return f"<b>{escape(mark.text)}</b>" if mark.look in ROUND else escape(mark.text)
