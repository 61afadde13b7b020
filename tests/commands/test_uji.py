"""`uji` shares all tests among the cores, and starts no workers for a few that are named."""

import pytest

from commands.uji import spread


@pytest.mark.parametrize("arguments", [[], ["-x"], ["-m", "not lambat"], ["--durations=10"], ["-n", "1"]], ids=" ".join)
def test_all_tests_are_shared_file_by_file(arguments: list[str]) -> None:
    assert spread(arguments) == ["-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["tests/commands"],
        ["tests/commands/test_uji.py", "-x"],
        ["-q", "tests/commands/test_uji.py::test_named_tests_need_no_workers"],
        ["-k", "uji"],
        ["-kuji"],
    ],
    ids=" ".join,
)
def test_named_tests_need_no_workers(arguments: list[str]) -> None:
    assert spread(arguments) == []
