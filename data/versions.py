"""Every version a store holds, and bringing an earlier one back: a pointer moves, nothing is deleted."""

import pandas as pd
import sqlalchemy as sa

from data.audit import append_audit
from data.snapshot import storing
from data.store import POINTERS, VERSIONS, Store, current_version, now_text, reading

BROUGHT_BACK = "kembalikan_versi"


class NotBroughtBack(Exception):
    """A version cannot be brought back; the text is the sentence for the user."""


def list_versions(store: Store, rantai: str) -> pd.DataFrame:
    """Return every version of a chain, newest first, also those that are passed over now: columns of `versi`, kini.

    kini is True for the version that counts.
    """
    with reading(store) as connection:
        chosen = sa.select(VERSIONS).where(VERSIONS.c.rantai == rantai).order_by(VERSIONS.c.waktu.desc())
        rows = [dict(row) for row in connection.execute(chosen).mappings()]
        now = current_version(connection, rantai)
    table = pd.DataFrame(rows, columns=[column.name for column in VERSIONS.columns])
    return _children_first(table).assign(kini=lambda kept: kept["id"] == now)


def _children_first(table: pd.DataFrame) -> pd.DataFrame:
    """Files of one import share a moment: put each version above the one it was built on."""
    depth: dict[str, int] = {}
    parents = dict(zip(table["id"], table["induk"], strict=True))
    for version in parents:
        path: list[str] = []
        step: str | None = version
        while step in parents and step not in depth:
            path.append(str(step))
            step = parents[str(step)]
        start = depth.get(str(step), 0)
        depth |= {each: start + number for number, each in enumerate(reversed(path), start=1)}
    ordered = table.assign(_depth=table["id"].map(depth))
    return ordered.sort_values(["waktu", "_depth"], ascending=False, ignore_index=True).drop(columns="_depth")


def bring_back(store: Store, versi: str, dilihat: str, siapa: str, ruang: str, alasan: str) -> None:
    """Let an earlier (or passed over) version of a chain count again, and write down who did so and why.

    `dilihat`: the version that counted when the user decided; if another counts by now nothing is moved. Raises
    NotBroughtBack for that, for an unknown version and without a reason; StoreBusy, StoreFull as an import does.
    """
    if not alasan.strip():
        raise NotBroughtBack("Tulis alasannya dahulu; alasan itu masuk ke catatan audit.")
    with storing(store) as connection:
        row = connection.execute(sa.select(VERSIONS).where(VERSIONS.c.id == versi)).mappings().one_or_none()
        if row is None:
            raise NotBroughtBack("Versi itu tidak ada di penyimpanan ini.")
        rantai = row["rantai"]
        now = current_version(connection, rantai)
        if now != dilihat:
            raise NotBroughtBack("Sementara itu ada impor atau pengembalian lain. Lihat lagi versinya, lalu putuskan.")
        if now == versi:
            raise NotBroughtBack("Versi itu sudah yang berlaku.")
        connection.execute(sa.update(POINTERS).where(POINTERS.c.rantai == rantai).values(versi=versi))
        details = f"alasan: {alasan.strip()}; dari {now}"
        append_audit(connection, now_text(), siapa, ruang, BROUGHT_BACK, versi, details)
