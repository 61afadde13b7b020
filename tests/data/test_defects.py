"""What is written down of a defect: the way to it and its kind, never a message, which may hold somebody's name."""

import subprocess
import sys
from pathlib import Path

from data.defects import tell_defect
from tests.conftest import ROOT

NAME = "Kenari Kanari"
FAILING = f"raise ValueError({NAME!r} + ' 9963119909990017')"


def fail(name: str) -> None:
    try:
        {}[name]
    except KeyError as error:
        raise ValueError(f"tidak terbaca: {name}") from error


def test_the_way_to_an_error_and_to_its_cause_is_told_without_messages() -> None:
    try:
        fail(NAME)
    except ValueError as error:
        told = tell_defect(error)
    assert NAME not in told
    assert told.index("builtins.KeyError") < told.index("builtins.ValueError")
    assert "in fail" in told and "test_defects.py" in told


def run(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    code = f"import os; os.environ['BALANTING_PENYIMPANAN'] = {str(folder)!r}\n{code}"
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_log_of_a_failed_command_holds_no_name(tmp_path: Path) -> None:
    done = run(
        f"import sys\nfrom commands.run import report_defect\nsys.excepthook = report_defect\n{FAILING}", tmp_path
    )
    log = (tmp_path / "galat.log").read_text(encoding="utf-8")
    assert "builtins.ValueError" in log and "line" in log
    assert "galat.log" in done.stderr and "Kanari" not in log + done.stderr and "9963" not in log + done.stderr


def test_what_streamlit_writes_of_a_failed_page_holds_no_name(tmp_path: Path) -> None:
    code = (
        "import ui.defects\nfrom streamlit.error_util import _log_uncaught_app_exception\n"
        f"text = {NAME!r}\n"
        "try:\n    int(text)\nexcept ValueError as error:\n    _log_uncaught_app_exception(error)\n"
    )
    done = run(code, tmp_path)
    assert "builtins.ValueError" in done.stderr and "Uncaught" in done.stderr
    assert "Kanari" not in done.stderr
