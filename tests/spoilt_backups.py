"""Backups that are not what they were: damaged, packed, with odd names, without parts; and how each is refused."""

import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from data.backup_file import CONTENTS
from data.store import DATABASE


def rewrite(
    source: Path,
    target: Path,
    change: Callable[[dict[str, bytes]], None],
    pack: int = zipfile.ZIP_STORED,
    true: bool = True,
) -> Path:
    """Write a backup anew after `change` touched its parts; `true`: with hashes that fit what is in it."""
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    if true and CONTENTS in parts:
        listed = json.loads(parts[CONTENTS])
        seals = {name: hashlib.sha256(content).hexdigest() for name, content in parts.items() if name != CONTENTS}
        parts[CONTENTS] = json.dumps(listed | {"berkas": seals}).encode()
    with zipfile.ZipFile(target, "w", pack) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        if CONTENTS in parts:
            archive.comment = hashlib.sha256(parts[CONTENTS]).hexdigest().encode()
    return target


def spoil(parts: dict[str, bytes]) -> None:
    name = next(name for name in parts if name.endswith("nama.parquet"))
    parts[name] = parts[name][:-1] + b"?"


def in_database(sql: str) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(parts[DATABASE])
            connection.executescript(sql)
            parts[DATABASE] = connection.serialize()

    return change


def without(name: str) -> Callable[[dict[str, bytes]], None]:
    return lambda parts: [parts.pop(each) for each in list(parts) if each.endswith(name)] and None


ODD_NAMES = [
    "../keluar.txt", "/etc/passwd", "C:\\x.parquet", "versi/../../x.parquet", "versi/a/b/c.parquet", "versi\\a\\x.parquet",
    "versi/a/x.py", "balanting.sqlite3-wal", "versi/a/", "versi/./x.parquet", "versi/a b/x.parquet", "app.py",
    "versi/a/nul.parquet\n",
]  # fmt: skip
SPOILT: dict[str, Callable[[Path, Path], object]] = {
    "rusak": lambda good, bad: rewrite(good, bad, spoil, true=False),
    "terpotong": lambda good, bad: bad.write_bytes(good.read_bytes()[:-500]),
    "satu_bit": lambda good, bad: bad.write_bytes(bytes(
        byte ^ (number == 5000) for number, byte in enumerate(good.read_bytes()))),
    "kosong": lambda _, bad: bad.write_bytes(b""),
    "foto": lambda _, bad: bad.write_bytes(b"\xff\xd8\xff" + bytes(5000)),
    "dimampatkan": lambda good, bad: rewrite(good, bad, lambda _: None, zipfile.ZIP_DEFLATED),
    "bom": lambda good, bad: rewrite(
        good, bad, lambda parts: parts.update({"versi/a/x.parquet": bytes(50_000_000)}), zipfile.ZIP_DEFLATED),
    "tanpa_kunci": lambda good, bad: rewrite(good, bad, without("kunci")),
    "kunci_pendek": lambda good, bad: rewrite(good, bad, lambda parts: parts.update(kunci=b"x")),
    "tanpa_daftar": lambda good, bad: rewrite(good, bad, without(CONTENTS)),
    "tanpa_versi": lambda good, bad: rewrite(
        good, bad, lambda parts: [parts.pop(each) for each in list(parts) if "bumil-" in each] and None),
    "versi_lebih": lambda good, bad: rewrite(good, bad, lambda parts: parts.update({"versi/a/x.parquet": b"x"})),
    "penunjuk_salah": lambda good, bad: rewrite(good, bad, in_database("UPDATE penunjuk SET versi = 'tak-ada'")),
    "tabel_baru": lambda good, bad: rewrite(good, bad, in_database("CREATE TABLE masa_depan (a)")),
    "tanpa_tabel": lambda good, bad: rewrite(good, bad, in_database("DROP TABLE penunjuk")),
    "tanpa_kolom": lambda good, bad: rewrite(good, bad, in_database(
        "CREATE TABLE v AS SELECT id, rantai FROM versi; DROP TABLE versi; ALTER TABLE v RENAME TO versi")),
    "bukan_basis_data": lambda good, bad: rewrite(good, bad, lambda parts: parts.update({DATABASE: b"x" * 4096})),
    "bentuk_lain": lambda good, bad: rewrite(good, bad, lambda parts: parts.update(
        {CONTENTS: parts[CONTENTS].replace(b'"bentuk": 1', b'"bentuk": 2')})),
    "daftar_bukan_json": lambda good, bad: rewrite(
        good, bad, lambda parts: parts.update({CONTENTS: b"[" * 100_000}), true=False),
} | {
    f"nama_{number}": lambda good, bad, name=name: rewrite(good, bad, lambda parts: parts.update({name: b"x"}))
    for number, name in enumerate(ODD_NAMES)
}  # fmt: skip


WORDS = {
    "rusak": "tidak sama dengan catatannya", "dimampatkan": "dimampatkan", "bom": "dimampatkan",
    "tanpa_kunci": "daftar isinya", "kunci_pendek": "kuncinya", "tanpa_versi": "tidak lengkap",
    "penunjuk_salah": "tidak lengkap", "tabel_baru": "lebih baru", "bentuk_lain": "lain versinya",
    "nama_0": "tidak dikenal", "foto": "bukan berkas cadangan",
}  # fmt: skip
