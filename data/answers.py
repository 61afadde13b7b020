"""Turns accepted rows into the stored answers (`jawaban`) without names and numbers of people; merges rounds."""

from collections.abc import Callable, Collection

import pandas as pd

from config.parameters import parameters_of
from config.places import place_names
from data.check_parameter import answered_codes
from data.findings import Finding, make_finding
from data.pseudonymize import digest, normalise_name
from data.row_rules import identity_key

FAMILY_CARD = "KARTU-KELUARGA:"
"""What the number of a sasaran starts with when it was made from a family card; such numbers are never stored."""

ANSWER_COLUMNS = ["id_sasaran", "id_keluarga", "jenis_sasaran", "kode_desa", "periode", "parameter", "jawaban"]
ANSWER_KEY = ["id_sasaran", "periode", "parameter"]
NAME_COLUMNS = ["id_sasaran", "jenis_sasaran", "nomor", "nama", "kode_desa"]


def identify_sasaran(rows: pd.DataFrame, key: bytes, stored: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return id_sasaran and id_keluarga, the keyed pseudonyms of each row, aligned with `rows`.

    `rows` has id_sasaran, jenis_sasaran and perhaps id_keluarga as written. The same number means two different sasaran
    for balita and for bumil. A row whose number comes from a family card is, where `stored` answers know exactly one
    sasaran of that family and kind, that sasaran.
    """
    numbers = rows["id_sasaran"].map(identity_key)
    ids = digest(key, rows["jenis_sasaran"] + "|" + numbers)
    families = pd.Series(pd.NA, index=rows.index, dtype="str")
    if "id_keluarga" in rows:
        written = rows["id_keluarga"].dropna()
        families = digest(key, "keluarga|" + written.map(identity_key)).reindex(rows.index).astype("str")
    if stored is not None:
        known = _only_sasaran(stored)
        pairs = pd.MultiIndex.from_arrays([families, rows["jenis_sasaran"]])
        found = known.reindex(pairs).set_axis(rows.index)
        ids = found.where(numbers.str.startswith(FAMILY_CARD)).fillna(ids)
    return pd.DataFrame({"id_sasaran": ids.astype("str"), "id_keluarga": families})


def _only_sasaran(stored: pd.DataFrame) -> pd.Series:
    """Return {(family, kind): sasaran} for the families with exactly one sasaran of that kind."""
    pairs = stored[["id_keluarga", "jenis_sasaran", "id_sasaran"]].dropna().drop_duplicates()
    alone = pairs[~pairs.duplicated(["id_keluarga", "jenis_sasaran"], keep=False)]
    return alone.set_index(["id_keluarga", "jenis_sasaran"])["id_sasaran"]


def to_jawaban(rows: pd.DataFrame, keys: pd.DataFrame) -> pd.DataFrame:
    """Return the answers of accepted rows, one row a sasaran, round and parameter: `ANSWER_COLUMNS`, all text.

    `keys` is `identify_sasaran(rows, ...)`. Only parameters that the file has as a column and that are asked of that
    kind of sasaran; jawaban is "1", "0", "TB" or missing (not asked).
    """
    wide = rows[["jenis_sasaran", "kode_desa", "periode", *answered_codes(rows)]].join(keys)
    parts = []
    for jenis, theirs in wide.groupby("jenis_sasaran"):
        codes = [parameter.kode for parameter in parameters_of(str(jenis)) if parameter.kode in wide]
        about = [name for name in ANSWER_COLUMNS if name not in ("parameter", "jawaban")]
        parts.append(theirs.melt(about, codes, "parameter", "jawaban"))
    if not parts:
        return pd.DataFrame(columns=ANSWER_COLUMNS, dtype="str")
    return _in_order(pd.concat(parts)[ANSWER_COLUMNS].astype("str"))


def merge_answers(stored: pd.DataFrame | None, fresh: pd.DataFrame) -> pd.DataFrame:
    """Return the stored answers with those of a file added.

    An answer to the same question of the same sasaran and round replaces the earlier one; an empty cell replaces
    nothing, so that two offices may send their own columns of one round. Desa and family of a sasaran in that round
    become those of the file.
    """
    if stored is None:
        return fresh
    both = pd.concat([stored.assign(_given=stored["jawaban"].notna()), fresh.assign(_given=fresh["jawaban"].notna())])
    # Of one question the last given answer counts, else the last empty one.
    both = both.sort_values("_given", kind="stable").drop_duplicates(ANSWER_KEY, keep="last")
    newest = fresh.drop_duplicates(["id_sasaran", "periode"]).set_index(["id_sasaran", "periode"])
    pairs = pd.MultiIndex.from_frame(both[["id_sasaran", "periode"]])
    for name in ("kode_desa", "id_keluarga"):
        both[name] = newest[name].reindex(pairs).set_axis(both.index).fillna(both[name])
    return _in_order(both[ANSWER_COLUMNS].astype("str"))


def _in_order(answers: pd.DataFrame) -> pd.DataFrame:
    return answers.sort_values(["periode", "jenis_sasaran", "id_sasaran", "parameter"], ignore_index=True)


def name_sasaran(rows: pd.DataFrame, keys: pd.DataFrame) -> pd.DataFrame:
    """Return the by-name table of accepted rows, one row a sasaran, of the newest round: `NAME_COLUMNS`, all text.

    nomor is the number of the sasaran as written, missing where it is that of a family card. Only for petugas.
    """
    number = rows["id_sasaran"].mask(rows["id_sasaran"].str.startswith(FAMILY_CARD))
    named = rows[["jenis_sasaran", "nama", "kode_desa"]].assign(id_sasaran=keys["id_sasaran"], nomor=number)
    in_order = rows["periode"].sort_values(kind="stable").index
    return merge_names(None, named.loc[in_order, NAME_COLUMNS].astype("str"))


def merge_names(stored: pd.DataFrame | None, fresh: pd.DataFrame, late: Collection[str] = ()) -> pd.DataFrame:
    """Return the by-name table with a file's sasaran added; an empty name or number takes no earlier one away.

    The newest name stays: `late` are the sasaran of whom the file tells of an earlier round than is stored. A family
    card carries the name of the family's head, so it says nothing of a sasaran that is known by its own number.
    """
    if stored is None:
        both = fresh
    else:
        before = fresh["id_sasaran"].isin(list(late))
        both = pd.concat([fresh[before], stored, fresh[~before]])
    numbered = both["nomor"].notna().groupby(both["id_sasaran"]).transform("any")
    both = both[both["nomor"].notna() | ~numbered]
    filled = both.groupby("id_sasaran", sort=False)[[name for name in NAME_COLUMNS if name != "id_sasaran"]].last()
    return filled.reset_index()[NAME_COLUMNS].astype("str")


def find_late(rows: pd.DataFrame, keys: pd.DataFrame, stored: pd.DataFrame | None) -> set[str]:
    """Return the sasaran of whom `stored` (any table with id_sasaran, periode) knows a newer round than `rows`."""
    if stored is None:
        return set()
    told = rows["periode"].groupby(keys["id_sasaran"]).max()
    known = stored.groupby("id_sasaran")["periode"].max().reindex(told.index)
    return set(told.index[(known > told).fillna(False)])


def find_renamed(
    rows: pd.DataFrame, keys: pd.DataFrame, names: pd.DataFrame | None, header_of: Callable[[str], str]
) -> list[Finding]:
    """Find accepted rows whose sasaran, known by its own number, is stored in `names` under another name.

    The name itself is not repeated. Capitals, blanks and signs make no other name.
    """
    if names is None:
        return []
    known = names[names["nomor"].notna()].drop_duplicates("id_sasaran", keep="last").set_index("id_sasaran")["nama"]
    before = keys["id_sasaran"].map(known).map(normalise_name)
    now = rows["nama"].map(normalise_name).mask(rows["id_sasaran"].str.startswith(FAMILY_CARD), "")
    other = rows.loc[(before != "") & (now != "") & (before != now), "baris"]
    return [make_finding("nama_berubah", int(baris), header_of("nama"), "") for baris in other]


def find_moved(
    rows: pd.DataFrame, keys: pd.DataFrame, stored: pd.DataFrame | None, header_of: Callable[[str], str]
) -> list[Finding]:
    """Find accepted rows whose sasaran stands in another desa elsewhere, in the file or in what is stored.

    `rows` has baris, desa, kode_desa, periode; `stored` is any stored table with id_sasaran, periode, kode_desa.
    Compared is the same round as stored, else the round before, else (for a round that comes in late) the one after.
    """
    fresh = rows[["baris", "desa", "kode_desa", "periode"]].assign(id_sasaran=keys["id_sasaran"])
    seen = fresh.iloc[:0] if stored is None else stored[stored["id_sasaran"].isin(fresh["id_sasaran"])]
    seen = seen[["id_sasaran", "periode", "kode_desa"]].drop_duplicates(["id_sasaran", "periode"], keep="last")
    rounds = pd.concat([seen, fresh]).drop_duplicates(["id_sasaran", "periode"], keep="last")
    rounds = rounds.sort_values(["id_sasaran", "periode"], ignore_index=True)
    pairs = pd.MultiIndex.from_frame(rounds[["id_sasaran", "periode"]])
    same = seen.set_index(["id_sasaran", "periode"])["kode_desa"].reindex(pairs).set_axis(rounds.index)
    by_sasaran = rounds.groupby("id_sasaran")
    before, after = (by_sasaran[["kode_desa", "periode", "baris"]].shift(step) for step in (1, -1))
    stayed = before["kode_desa"].isna() | (before["kode_desa"] == rounds["kode_desa"])
    late = same.isna() & stayed & after["baris"].isna()
    corrected = same.notna() & (same != rounds["kode_desa"])
    other = before.where(~late, after)
    other = other.assign(kode_desa=same.where(corrected, other["kode_desa"]))
    other = other.assign(periode=rounds["periode"].where(corrected, other["periode"]))
    moved = rounds["baris"].notna() & other["kode_desa"].notna() & (other["kode_desa"] != rounds["kode_desa"])
    found = [
        make_finding("desa_berubah", int(row.baris), header_of("desa"), row.desa, lain=_place(lain), waktu=waktu)
        for row, lain, waktu in zip(
            rounds[moved].itertuples(), other["kode_desa"][moved], other["periode"][moved], strict=True
        )
    ]
    return sorted(found, key=lambda finding: finding.baris)


def _place(kode_desa: str) -> str:
    names = place_names()
    return f"{names[kode_desa]} (Kecamatan {names[kode_desa[:8]]})"
