"""Whatever bytes come in: a table, or one sentence; never another exception, for the whole way into the store."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.intake import KINDS, import_files
from analytics.intake_kind import Incoming
from data.read import FileRefused, Upload, read_sheet
from data.store import open_store
from tests.builders import make_children, make_table, write_csv, write_html, write_xlsx

WRITERS: dict[str, Callable[..., Path]] = {"xlsx": write_xlsx, "html": write_html, "csv": write_csv}
XLS = Path(__file__).parent / "berkas" / "biner.xls"
PARTS = [b"\0", b"\xff", b"<", b"<table>", b"<tr>", b"</td>", b"\n", b'"', b";", b"PK\x01\x02", b"\xff\xff\xff\xff", b"&#0;"]  # fmt: skip
CHANGES = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 64), st.sampled_from(PARTS) | st.binary(max_size=8)),
    min_size=1,
    max_size=6,
)
"""Where (share of the file), how many bytes are taken out, what comes in their place."""
CELLS = st.text(max_size=12) | st.sampled_from(
    ["", "-", "=1+1", "1e999", "-0", "nan", "9" * 40, "31/02/2022", "2022-13-01", "0000-00-00", "L", "1,5", "\u202e", "'"]
)  # fmt: skip
SLOW = settings(max_examples=40, suppress_health_check=list(HealthCheck))


@cache
def example(kind: str) -> bytes:
    if kind == "xls":
        return XLS.read_bytes()
    with TemporaryDirectory() as folder:
        return WRITERS[kind](Path(folder) / "a", make_table(2, make_children())).read_bytes()


def spoil(content: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    for share, cut, put in changes:
        place = int(share * len(content))
        content = content[:place] + put + content[place + cut :]
    return content


def take(content: bytes) -> None:
    """Read, check and score one file as an import does; a refusal must be one Indonesian sentence or two."""
    try:
        sheet = read_sheet(Upload("berkas.xls", content))
        KINDS[sheet.jenis].take(Incoming(sheet, "0" * 64, "2022-06", b"kunci" * 8), {})
    except FileRefused as refused:
        assert "berkas.xls" in refused.pesan and refused.pesan.endswith(".") and "\n" not in refused.pesan


@pytest.mark.lambat
@pytest.mark.parametrize("kind", ["xlsx", "xls", "html"])
@SLOW
@given(changes=CHANGES)
def test_a_spoilt_file_is_read_or_refused_by_the_child(kind: str, changes: list[tuple[float, int, bytes]]) -> None:
    take(spoil(example(kind), changes))


@SLOW
@given(changes=CHANGES)
def test_a_spoilt_text_table_is_read_or_refused(changes: list[tuple[float, int, bytes]]) -> None:
    take(spoil(example("csv"), changes))


@settings(SLOW, max_examples=150)
@given(start=st.sampled_from([b"", b"\xff\xfe", b"\xef\xbb\xbf", b"sep=;\n"]), content=st.binary(max_size=2000))
def test_any_bytes_are_refused_with_a_sentence(start: bytes, content: bytes) -> None:
    take(start + content)


@pytest.mark.lambat
@SLOW
@given(table=st.lists(st.lists(CELLS, min_size=33, max_size=33), min_size=1, max_size=4))
def test_any_cells_under_a_true_header_are_read_or_refused(table: list[list[str]]) -> None:
    with TemporaryDirectory() as folder:
        header, *_ = make_table(2, [])
        path = write_csv(Path(folder) / "berkas.xls", [header, *table], ";", "utf-8")
        take(path.read_bytes())


def test_a_refused_file_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    store = open_store(tmp_path / "toko")
    path = tmp_path / "rusak.xlsx"
    path.write_bytes(spoil(example("xlsx"), [(0.5, 60, b"\0")]))
    [result] = import_files(store, [path])
    store.engine.dispose()
    assert (result.refused, result.disimpan, len(result.temuan)) == (True, False, 1)
