"""The style rules of one heatmap that depend on how many columns and panels it has; all others are in heatmap.css."""

from collections.abc import Sequence

BESIDE = 10  # up to so many columns the panels stand beside each other; more, and one panel is seen at a time
LABEL_PERCENT = 17.5  # width of the names of the parameters
TOTAL_WIDTH = 1.5  # width of the column of the whole, in columns
GAP = 0.25  # room after the whole and after each panel, in columns; drawn as a border of about as many pixels


def layout(key: str, columns: int, starts: Sequence[int], changes: Sequence[bool]) -> str:
    """Return the rules.

    `columns`: of one panel, the whole included. `starts`: columns that begin a group of places. `changes`: for each
    panel whether it shows changes.
    """
    whole, last = f"{columns}n+2", f"{columns}n+1"  # the first child of a row is the name of the parameter
    narrow = _one_at_a_time(key, columns, changes) + _widths(key, columns, 1)
    if columns <= BESIDE:
        narrow = f"{_widths(key, columns, len(changes))}@media(max-width:1099px){{{narrow}}}"
    groups = "".join(
        f"{_cells(key, f'{columns}n+{start + 2}')}{{border-left:var(--sela) solid transparent}}" for start in starts
    )
    return (
        f".bl-{key}{{--kolom:{columns - 1}}}{narrow}{groups}"
        f"{_cells(key, whole)},{_cells(key, last)}{{border-right:var(--sela) solid transparent}}"
        f".bl-{key} td:nth-child({whole}){{font-size:13px;font-weight:700}}"
        f".bl-{key} td:nth-child({whole})>b{{min-width:74%}}"
        f"@media(max-width:640px){{.bl-satu.bl-{key} tbody td:nth-child({whole}){{grid-area:1/7/2/9}}}}"
    )


def _cells(key: str, which: str) -> str:
    """Return the selector of the cells and the names above them; without :is(), which slows the browser."""
    return f".bl-{key} td:nth-child({which}),.bl-{key} .nama th:nth-child({which})"


def _one_at_a_time(key: str, columns: int, changes: Sequence[bool]) -> str:
    """Hide each panel that is not chosen, and of the legend what the chosen panel has not."""
    rules = ""
    for number, change in enumerate(changes):
        chosen = f":has(input[value='{number}']:checked)"
        first, last = number * columns + 2, (number + 1) * columns + 1
        cells = f":is(.p{number},:is(td,.nama>th):nth-child(n+{first}):nth-child(-n+{last}))"
        legend = ".status" if change else ".ubah"
        rules += f".bl-{key}:not({chosen}) {cells},.bl-{key}{chosen} {legend}{{display:none}}"
    return rules


def _widths(key: str, columns: int, panels: int) -> str:
    unit = (100 - LABEL_PERCENT) / panels / (TOTAL_WIDTH + columns - 1 + 2 * GAP)
    shares = {"label": LABEL_PERCENT, "tempat": unit, "ujung": unit * (1 + GAP), "semua": unit * (TOTAL_WIDTH + GAP)}
    return "".join(f".bl-{key} .{name}{{width:{share:.3f}%}}" for name, share in shares.items())
