"""Checks the inner chains of an old binary .xls before it is read: one that runs in a circle never ends.

An .xls is a compound file: a header, then sectors of one size; a table (FAT) names the sector that follows each one.
Source: Microsoft [MS-CFB], sections 2.2 to 2.6.
"""

import struct

SECTOR_SHIFTS = (9, 12)
LAST_SECTOR = 0xFFFFFFFA  # this and greater numbers are no sectors: end of chain, free, or reserved
ENTRY = 128
STREAM, ROOT = 2, 5


class BrokenChain(Exception):
    """The compound file points outside itself or in a circle."""


def check_chains(content: bytes) -> None:
    """Raise BrokenChain unless every chain of the compound file ends, and every stream can fit in the file."""
    try:
        _check(content)
    except struct.error as problem:
        raise BrokenChain from problem


def _check(content: bytes) -> None:
    (shift,) = struct.unpack_from("<H", content, 0x1E)
    if shift not in SECTOR_SHIFTS:
        raise BrokenChain
    first_directory, _, cutoff, first_minifat = struct.unpack_from("<4I", content, 0x30)
    fat = _read_fat(content, 1 << shift)
    minifat = _numbers(_join(content, 1 << shift, _walk(first_minifat, fat)))
    directory = _join(content, 1 << shift, _walk(first_directory, fat))
    for place in range(0, len(directory) - ENTRY + 1, ENTRY):
        kind = directory[place + 66]
        start, size = struct.unpack_from("<2I", directory, place + 116)
        if kind not in (STREAM, ROOT) or size == 0:
            continue
        if size > len(content):
            raise BrokenChain
        _walk(start, fat if kind == ROOT or size >= cutoff else minifat)


def _read_fat(content: bytes, size: int) -> list[int]:
    """Return for every sector the number of the next one."""
    listed = list(struct.unpack_from("<109I", content, 0x4C))
    following, _ = struct.unpack_from("<2I", content, 0x44)
    seen = set()
    while following < LAST_SECTOR:
        if following in seen:
            raise BrokenChain
        seen.add(following)
        *more, following = _numbers(_sector(content, size, following))
        listed += more
    return _numbers(_join(content, size, [sector for sector in listed if sector < LAST_SECTOR]))


def _walk(start: int, following: list[int]) -> list[int]:
    """Return the sectors of a chain in order."""
    chain: list[int] = []
    while start < LAST_SECTOR:
        if start >= len(following) or len(chain) > len(following):
            raise BrokenChain
        chain.append(start)
        start = following[start]
    return chain


def _join(content: bytes, size: int, sectors: list[int]) -> bytes:
    return b"".join(_sector(content, size, sector) for sector in sectors)


def _sector(content: bytes, size: int, sector: int) -> bytes:
    place = (sector + 1) * size
    if place >= len(content):
        raise BrokenChain
    return content[place : place + size].ljust(size, b"\0")


def _numbers(content: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(content) // 4}I", content))
