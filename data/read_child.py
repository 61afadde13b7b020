"""Reads a file in a process of its own, with limits on memory and time: the parsers of workbooks and HTML are native
code, and what is uploaded may be made to break them.

Memory is limited by the system where it can be (not on Windows: there the limits on unpacked size, far cells, rows
and time must do).
"""

import pickle
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from config.rules import limit
from data.child import OUT_OF_MEMORY
from data.findings import FileRefused, refuse
from data.sheet import Grid, Size

CHILD = Path(__file__).with_name("child.py")
TORN = (EOFError, pickle.UnpicklingError, ValueError, TypeError, LookupError, AttributeError)
ALLOWED = {"date", "datetime", "time", "timedelta"}


class PlainUnpickler(pickle.Unpickler):
    """Takes plain values and dates, nothing else: a parser taken over by its file must not run code in this process."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a class of `datetime`; raises UnpicklingError for any other."""
        if module != "datetime" or name not in ALLOWED:
            raise pickle.UnpicklingError(name)
        return super().find_class(module, name)


def read_in_child(kind: str, berkas: str, content: bytes) -> list[Grid]:
    """Return the sheets of a file; `kind` is xlsx, xls or html.

    Raises FileRefused: what the reader itself refuses; berkas_terlalu_besar where it reached a limit;
    berkas_tidak_terbaca where it died.
    """
    seconds = limit("baca_detik") + limit("baca_detik_per_megabita") * len(content) / 1e6
    limits = [str(int(limit("baca_megabita"))), str(int(seconds) + 1)]
    with subprocess.Popen(  # noqa: S603 - this interpreter and this project's own file, nothing of the user's
        [sys.executable, "-I", str(CHILD), kind, *limits],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as child:
        start = time.monotonic()
        timer = threading.Timer(seconds, child.kill)
        timer.start()
        try:
            assert child.stdin is not None and child.stdout is not None  # noqa: S101 - for the type checker
            with suppress(OSError), child.stdin:
                child.stdin.write(content)
            return _receive(berkas, child.stdout)
        except TORN as problem:
            late = time.monotonic() - start >= seconds
            raise _explain_end(kind, berkas, child.wait(), late) from problem
        finally:
            timer.cancel()
            child.kill()


def _receive(berkas: str, stream: IO[bytes]) -> list[Grid]:
    """Return the sheets as the child writes them; raises one of TORN where it stops before the end."""
    grids: list[Grid] = []
    size = Size(berkas)
    while (message := PlainUnpickler(stream).load()) is not None:
        if isinstance(message, dict):
            grids.append(Grid(rows=[], **message))
        elif isinstance(message, tuple):
            raise refuse(message[0], berkas, message[1])
        else:
            size.add(message)
            grids[-1].rows.extend(message)
    return grids


def _explain_end(kind: str, berkas: str, code: int, late: bool) -> FileRefused:
    """Return the refusal for a child that ended too early.

    A workbook's parser aborts when it gets no memory; that of an old .xls does so for a damaged file as well.
    """
    if late or code == -getattr(signal, "SIGXCPU", 0):
        return refuse("berkas_terlalu_besar", berkas, "lama")
    if code == OUT_OF_MEMORY or (kind == "xlsx" and code == -signal.SIGABRT):
        return refuse("berkas_terlalu_besar", berkas, "ingatan")
    return refuse("berkas_tidak_terbaca", berkas)
