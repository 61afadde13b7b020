"""Chains of the old binary .xls: a sound file passes, a circle or a way out of the file is refused before it is read."""

import struct
from pathlib import Path

import pytest

from data.scan_xls import BrokenChain, check_chains

SOUND = (Path(__file__).parent / "berkas" / "biner.xls").read_bytes()
(FAT_SECTOR,) = struct.unpack_from("<I", SOUND, 0x4C)
FAT = (FAT_SECTOR + 1) * 512
(DIRECTORY,) = struct.unpack_from("<I", SOUND, 0x30)
WORKBOOK = (DIRECTORY + 1) * 512 + 128


def changed(place: int, number: int) -> bytes:
    return SOUND[:place] + struct.pack("<I", number) + SOUND[place + 4 :]


def with_list_of_tables_in_a_circle() -> bytes:
    """Return a file that names sector 2 as the rest of its list of tables, whose last number names sector 2 again."""
    end = 3 * 512 + 508
    content = changed(0x44, 2)
    return content[: 3 * 512] + b"\xff" * 508 + struct.pack("<I", 2) + content[end + 4 :]


def test_a_sound_file_passes() -> None:
    check_chains(SOUND)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(changed(FAT, 0), id="a sector that follows itself"),
        pytest.param(changed(FAT + 4 * 5, 2), id="a circle of several sectors"),
        pytest.param(changed(FAT + 4 * 5, 90_000), id="a sector outside the file"),
        pytest.param(changed(FAT + 4 * DIRECTORY, DIRECTORY), id="a directory in a circle"),
        pytest.param(changed(WORKBOOK + 120, 0xF0000000), id="a stream longer than the file"),
        pytest.param(changed(WORKBOOK + 116, 90_000), id="a stream that starts outside"),
        pytest.param(changed(0x30, 90_000), id="a directory outside"),
        pytest.param(with_list_of_tables_in_a_circle(), id="a list of tables that names itself"),
        pytest.param(changed(0x1C, 0x0003_FFFE), id="an impossible sector size"),
        pytest.param(SOUND[:60], id="a torn header"),
    ],
)  # fmt: skip
def test_broken_chains_are_refused(content: bytes) -> None:
    with pytest.raises(BrokenChain):
        check_chains(content)
