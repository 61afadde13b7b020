"""Hands a parsed command to its module; a module is imported only when its command is asked."""

import argparse
import datetime as dt
import sys
from io import TextIOWrapper
from types import TracebackType

from data.unusable import StoreUnusable


def run(asked: argparse.Namespace) -> int:
    """Run the command of `asked` and return its exit status."""
    sys.excepthook = report_defect
    for stream, newline in ((sys.stdout, "\n"), (sys.stderr, None)):
        if isinstance(stream, TextIOWrapper):  # Windows consoles and pipes: UTF-8 and plain newlines everywhere
            stream.reconfigure(encoding="utf-8", newline=newline)
    try:
        return COMMANDS[asked.perintah](asked)
    except StoreUnusable as error:
        print(error, file=sys.stderr)
        return 2


def report_defect(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    """Say a defect of the program in one line and keep where it happened in a file: users never see a traceback."""
    if issubclass(kind, KeyboardInterrupt | BrokenPipeError):
        return
    from data.defects import tell_defect
    from data.store import make_private, store_folder

    try:
        log = store_folder() / "galat.log"
        make_private(log.parent)
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{dt.datetime.now().isoformat(timespec='seconds')}\n{tell_defect(error)}")
    except OSError:
        print(
            "Program berhenti karena galat yang tidak dapat dicatat: folder penyimpanan tidak dapat ditulis.",
            file=sys.stderr,
        )
        return
    print(f"Program berhenti karena galat. Rinciannya di {log}; kirimkan kepada pengelola program.", file=sys.stderr)


def _serve(asked: argparse.Namespace) -> int:
    from commands import jalankan

    return jalankan.run(asked.alamat, asked.port, asked.tanpa_browser)


def _test(asked: argparse.Namespace) -> int:
    from commands import uji

    return uji.run(asked.pytest)


def _import(asked: argparse.Namespace) -> int:
    from commands import impor

    return impor.run(asked.berkas, asked.jenis, asked.periode, asked.lapor, asked.uji_coba)


def _score(asked: argparse.Namespace) -> int:
    from commands import zskor

    return zskor.run(asked.masuk, asked.keluar)


def _tabulate(asked: argparse.Namespace) -> int:
    from commands import angka

    return angka.run(asked)


def _sample(asked: argparse.Namespace) -> int:
    from commands import contoh

    return contoh.run(asked.keluar, asked.banyak)


def _back_up(asked: argparse.Namespace) -> int:
    from commands import cadangkan

    return cadangkan.run(asked.berkas)


def _restore(asked: argparse.Namespace) -> int:
    from commands import pulihkan

    return pulihkan.run(asked.berkas)


COMMANDS = {
    "jalankan": _serve,
    "uji": _test,
    "impor": _import,
    "zskor": _score,
    "angka": _tabulate,
    "contoh": _sample,
    "cadangkan": _back_up,
    "pulihkan": _restore,
}
