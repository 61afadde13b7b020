"""For the tests of power cuts and full disks: small stores, what matters of them, processes that work on one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd

from data.key_swap import KEY
from data.store import Store, current_version, open_store, read_table, reading
from tests.builders import write_csv
from tests.conftest import ROOT
from tests.sasaran_tables import PARAMETER, as_table

IMPORT = "from analytics.intake import import_files; done = lambda: import_files(open_store(), [Path(sys.argv[1])])\n"
RESTORE = "from data.restore import restore; done = lambda: restore(open_store(), Path(sys.argv[1]), 'uji')\n"
CHILD = (
    "import os, signal, sys\nfrom pathlib import Path\nfrom data.store import open_store\nimport data.snapshot\n"
    "{what}import pandas, pyarrow.parquet\nprint('siap', flush=True)\ndone()\n"
)


def people(count: int, answer: str) -> list[dict[str, object]]:
    return [
        {"id_sasaran": f"BLT-{n}", "id_keluarga": f"K{n}", "nama": f"Anak {n}", "SP01": answer} for n in range(count)
    ]


def file_of(path: Path, count: int, answer: str) -> Path:
    return write_csv(path, as_table(people(count, answer), PARAMETER))


def answers(store: Store) -> pd.DataFrame:
    with reading(store) as connection:
        version = current_version(connection, "parameter")
    return read_table(store, str(version), "jawaban")


def folders(store: Store) -> set[str]:
    return {path.name for path in (store.folder / "versi").iterdir()}


def state(store: Store) -> tuple[str, bytes]:
    """Return everything that matters of a store: the answers that count and the key."""
    return answers(store).to_csv(), (store.folder / KEY).read_bytes()


def start(code: str, folder: Path, *arguments: object) -> "subprocess.Popen[str]":
    environment = os.environ | {"BALANTING_PENYIMPANAN": str(folder), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


def copy(source: Path, target: Path) -> Store:
    return open_store(shutil.copytree(source, target))
