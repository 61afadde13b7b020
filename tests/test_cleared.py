"""Nothing about people is drawn or written but `Cleared` and `Named` tables: by who makes them, who takes them, by type.

The type checker knows a pandas table from a cleared one by `typings/pandas`; without it both are Any and all passes.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT

PRODUCTION = ("config", "data", "analytics", "geo", "ui", "commands", "pages", "app.py", "balanting.py")
MAKERS = {"Cleared": "analytics", "Named": "analytics/by_name.py"}  # where each may be made
DRAWING = (
    "ui/charts/",
    "ui/maps.py",
    "ui/map_cells.py",
    "ui/frame.py",
    "ui/heatmap.py",
    "ui/bars.py",
    "commands/angka.py",
)
RAW = ("DataFrame", "Series")

# Public functions among the drawing modules that take a bare table, and why that is right.
TAKES_RAW = {
    "ui/charts/targets.py:target_chart": "the targets of the programme, nobody counted",
    "ui/charts/growth_curve.py:growth_curve": "one child's own measurements, on the card of named staff",
    "ui/frame.py:show_texts": "sentences; its callers are listed below",
    "ui/frame.py:as_csv": "a table on its way into a file; its callers are listed below",
    "commands/angka.py:write_csv": "the table inside what `TABLES` returns, which is Cleared",
}
# Who hands a bare table on to be shown or written, and what it is.
GIVES_RAW = {
    ("show_texts", "ui/method_view.py"): "definitions and printed figures from config",
    ("show_texts", "ui/history_view.py"): "imports and audit log, named staff only",
    ("show_texts", "ui/versions_view.py"): "imports, and sums of a Cleared table, named staff only",
    ("show_texts", "ui/by_name_view.py"): "a Named table, after the audit row",
    ("show_texts", "ui/child_card_view.py"): "one child's own measurements, named staff only",
    ("show_texts", "ui/quality_view.py"): "rows of a Cleared table as words",
    ("show_texts", "ui/quality_places.py"): "rows of a Cleared table as words",
    ("show_texts", "ui/upload_findings.py"): "the file that this visitor is just uploading, named staff only",
    ("as_csv", "ui/frame.py"): "the table of `show_table`, which is Cleared",
    ("as_csv", "ui/by_name_view.py"): "a Named table, after the audit row",
    ("as_csv", "ui/upload_findings.py"): "the file that this visitor is just uploading, named staff only",
    ("write_csv", "commands/angka.py"): "the table inside what `TABLES` returns, which is Cleared",
    ("dataframe", "ui/frame.py"): "the table of `show_table`, which is Cleared",
    ("dataframe", "ui/method_view.py"): "catalogue, thresholds and printed figures from config",
}
SHOWS = {
    "show_texts",
    "as_csv",
    "write_csv",
    "dataframe",
    "table",
    "data_editor",
    "line_chart",
    "bar_chart",
    "altair_chart",
}
# `rework` with a function that does not look at the table it is given: what it returns instead.
IGNORES = {
    "ui/map_cells.py": "the cells made of the same cleared rows",
    "ui/women_view.py": "cells, and rows of two months, made of the same cleared rows",
}


@cache
def modules() -> dict[str, ast.Module]:
    """Return every module of the product by its path."""
    paths = [
        each for name in PRODUCTION for each in ([ROOT / name] if name.endswith(".py") else (ROOT / name).rglob("*.py"))
    ]
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """Yield the last name of everything that is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            yield (called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")), node


def arguments(function: ast.FunctionDef) -> list[ast.arg]:
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


def annotated(argument: ast.arg, names: tuple[str, ...]) -> bool:
    """True when the type of an argument speaks of one of these classes."""
    parts = ast.walk(argument.annotation) if argument.annotation else ()
    return any(getattr(part, "attr", getattr(part, "id", "")) in names for part in parts)


def public_functions(paths: tuple[str, ...]) -> Iterator[tuple[str, ast.FunctionDef]]:
    for path, tree in modules().items():
        if path.startswith(paths):
            found = (node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"))
            yield from ((path, node) for node in found)


def test_cleared_and_named_tables_are_made_only_where_they_are_cleared() -> None:
    made = [(name, path) for path, tree in modules().items() for name, _ in calls(tree) if name in MAKERS]
    assert {name for name, _ in made} == set(MAKERS)
    assert [(name, path) for name, path in made if not path.startswith(MAKERS[name])] == []


def test_what_draws_takes_no_bare_table() -> None:
    takes = {
        f"{path}:{function.name}"
        for path, function in public_functions(DRAWING)
        if any(annotated(argument, RAW) for argument in arguments(function))
    }
    assert takes == set(TAKES_RAW)


def test_nobody_reaches_the_private_helpers_that_draw_parts_of_a_table() -> None:
    drawing = {path.removesuffix(".py").replace("/", ".") for path in modules() if path.startswith(DRAWING)}
    reached = [
        (path, name.name)
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in drawing
        for name in node.names
        if name.name.startswith("_")
    ]
    assert reached == []


def test_every_place_that_shows_a_bare_table_is_known() -> None:
    shown = {(name, path) for path, tree in modules().items() for name, _ in calls(tree) if name in SHOWS}
    assert shown == set(GIVES_RAW)


def test_a_cleared_table_is_not_exchanged_for_another() -> None:
    exchanging = {
        path
        for path, tree in modules().items()
        for name, call in calls(tree)
        for given in call.args
        if name == "rework" and isinstance(given, ast.Lambda) and given.args.args[0].arg.startswith("_")
    }
    assert exchanging == set(IGNORES)


def entries() -> Iterator[tuple[str, ast.FunctionDef, str, str]]:
    """Yield module, function, argument and class of each public function that wants a Cleared or Named table."""
    for path, function in public_functions(("ui/", "commands/")):
        for argument in arguments(function):
            for wanted in MAKERS:
                if annotated(argument, (wanted,)):
                    yield path.removesuffix(".py").replace("/", "."), function, argument.arg, wanted


HEAD = """
from typing import Any
import pandas as pd
from analytics.by_name import Named
from analytics.disclosure import Cleared
from commands.angka import TABLES
from ui import frame, maps
{imports}

def draw(raw: pd.DataFrame, good_cleared: Cleared, good_named: Named, anything: Any) -> None:
"""
# What a bypass looks like besides a bare table in place of a cleared one.
BYPASSES = [
    "frame.show_table(good_cleared.table, {}, 'kunci')",
    "frame.show_table(good_cleared.table.round(1), {}, 'kunci')",
    "frame.show_table(raw[['n', 'penyebut']], {}, 'kunci')",
    "frame.show_table(raw.assign(n=1).rename(columns={}), {}, 'kunci')",
    "frame.show_table(lambda: raw, {}, 'kunci')",
    "frame.show_table(pd.read_parquet('jawaban.parquet'), {}, 'kunci')",
    "maps.show_map('desa', '{}', 'kunci', 300)",
    "TABLES['anak'] = lambda asked: raw",
]
RIGHT = [
    "frame.show_table(good_cleared.rework(lambda table: table.round(1)), {}, 'kunci')",
    "frame.show_table(lambda: good_cleared, {}, 'kunci')",
    "maps.show_map('desa', maps.encode_cells('desa', good_cleared, []), 'kunci', 300)",
    "TABLES['anak'] = lambda asked: good_cleared",
]


def lines() -> Iterator[tuple[str, bool]]:
    """Yield lines of code and whether the type checker must refuse them."""
    for module, function, name, wanted in entries():
        required = arguments(function)[: len(arguments(function)) - len(function.args.kwonlyargs)]
        others = "".join(f", {each.arg}=anything" for each in required if each.arg != name)
        own = f"good_{wanted.lower()}"
        for given, refused in (("raw", True), (own, False), (f"{own}.table", True)):
            yield f"{module}.{function.name}({name}={given}{others})", refused
    yield from ((line, True) for line in BYPASSES)
    yield from ((line, False) for line in RIGHT)


@pytest.mark.lambat
def test_the_type_checker_refuses_every_bypass_and_nothing_else(tmp_path: Path) -> None:
    written = list(lines())
    module = tmp_path / "jalan_pintas.py"
    head = HEAD.format(imports="\n".join(sorted({f"import {entry[0]}" for entry in entries()})))
    module.write_text(head + "".join(f"    {line}\n" for line, _ in written), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", str(ROOT / "pyproject.toml"), str(module)],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    said = [line for line in done.stdout.splitlines() if "jalan_pintas.py:" in line and ": error:" in line]
    refused = {int(line.split("jalan_pintas.py:")[1].split(":")[0]) - head.count("\n") - 1 for line in said}
    assert len(written) > 60 and done.returncode == 1, done.stdout + done.stderr
    assert {line for number, (line, _) in enumerate(written) if number in refused} == {
        line for line, wrong in written if wrong
    }, "\n".join(said)
