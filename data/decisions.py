"""What staff decided about doubtful pairs: the same child or not. Both sides are pseudonyms; the newest counts."""

from typing import Any

import pandas as pd
import sqlalchemy as sa

from data.store import METADATA, Store, now_text, reading, writing

KINDS = ("anak", "sasaran")
SAME, DIFFERENT, UNDECIDED = "sama", "berbeda", "belum"
VERDICTS = (SAME, DIFFERENT, UNDECIDED)
DECIDED = ["jenis", "id_kiri", "id_kanan", "keputusan", "siapa", "waktu"]

DECISIONS = sa.Table(
    "keputusan_pasangan",
    METADATA,
    sa.Column("nomor", sa.Integer, primary_key=True, autoincrement=True),
    *(sa.Column(name, sa.String, nullable=False) for name in DECIDED),
)


def write_decision(store: Store, jenis: str, id_kiri: str, id_kanan: str, keputusan: str, siapa: str) -> None:
    """Keep a decision on a pair; UNDECIDED takes an earlier one back. Raises ValueError for an unknown kind or verdict.

    jenis "anak": two records of measured children, in either order; "sasaran": a sasaran and a child, in this order.
    """
    if jenis not in KINDS or keputusan not in VERDICTS:
        raise ValueError(f"Keputusan {keputusan!r} tentang {jenis!r} tidak dikenal.")
    sides = sorted((id_kiri, id_kanan)) if jenis == "anak" else [id_kiri, id_kanan]
    row: dict[str, Any] = dict(zip(DECIDED, [jenis, *sides, keputusan, siapa, now_text()], strict=True))
    with writing(store) as connection:
        DECISIONS.create(connection, checkfirst=True)
        connection.execute(sa.insert(DECISIONS).values(**row))


def read_decisions(store: Store) -> pd.DataFrame:
    """Return the decision that counts on each pair: `DECIDED`; those taken back are left out."""
    rows: list[Any] = []
    if sa.inspect(store.engine).has_table(DECISIONS.name):
        with reading(store) as connection:
            every = sa.select(*(DECISIONS.c[name] for name in DECIDED)).order_by(DECISIONS.c.nomor)
            rows = [tuple(row) for row in connection.execute(every)]
    table = pd.DataFrame(rows, columns=DECIDED, dtype="str")
    newest = table.drop_duplicates(["jenis", "id_kiri", "id_kanan"], keep="last")
    return newest[newest["keputusan"] != UNDECIDED].reset_index(drop=True)


def count_decisions(store: Store) -> int:
    """Return how many decisions were ever written: what is kept in memory is kept by this number."""
    if not sa.inspect(store.engine).has_table(DECISIONS.name):
        return 0
    with reading(store) as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(DECISIONS)).scalar_one())
