"""Run by `data.read_child` as a program of its own: reads the file on standard input, writes its sheets as pickles.

A file made or damaged for it can make a parser panic, hang, or ask for any amount of memory; here only this process
ends. Arguments: kind of file, megabytes of memory, seconds of processor time.
"""

import contextlib
import gc
import pickle
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT_OF_MEMORY = 4


def main(kind: str, megabytes: int, seconds: int) -> int:
    """Write for each sheet a dict and its rows in lists; at the end None, or (rule, variant) of a refusal."""
    _limit(megabytes, seconds)
    gc.disable()  # millions of cells and no circles: looking for them takes a tenth of the time
    sys.path.append(str(ROOT))
    try:
        _write_sheets(kind, sys.stdin.buffer.read())
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


def _write_sheets(kind: str, content: bytes) -> None:
    from data.child_sheets import CannotRead, share_texts

    end: tuple[str, str] | None = None
    try:
        for head, rows in _reader(kind)(content):
            _write(head)
            for part in share_texts(rows):
                _write(part)
    except CannotRead as problem:
        end = (problem.aturan, problem.varian)
    _write(end)
    sys.stdout.buffer.flush()


def _reader(kind: str):  # type: ignore[no-untyped-def]  # its type lies in a module that is not on the path yet
    match kind:
        case "xlsx":
            from data.read_xlsx import read_xlsx as reader
        case "xls":
            from data.read_xls import read_xls as reader
        case _:
            from data.read_html import read_html as reader
    return reader


def _write(message: object) -> None:
    pickle.dump(message, sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)


def _limit(megabytes: int, seconds: int) -> None:
    """Limit memory and time of this process and forbid a core dump, which would hold names; not on Windows."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
