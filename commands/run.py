"""Hands a parsed command to its module; a module is imported only when its command is asked."""

import argparse
import sys


def run(asked: argparse.Namespace) -> int:
    """Run the command of `asked` and return its exit status."""
    if hasattr(sys.stdout, "reconfigure"):  # Windows consoles and pipes: UTF-8 and plain newlines everywhere
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        sys.stderr.reconfigure(encoding="utf-8")
    return COMMANDS[asked.perintah](asked)


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


COMMANDS = {
    "jalankan": _serve,
    "uji": _test,
    "impor": _import,
    "zskor": _score,
    "angka": _tabulate,
    "contoh": _sample,
}
