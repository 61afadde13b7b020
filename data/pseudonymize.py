"""Takes names and NIK out of the analytic table: a keyed pseudonym a child, and the by-name table kept apart."""

import hmac
import os
import re
import secrets
import unicodedata
from pathlib import Path

import numpy as np
import pandas as pd

PERSON_COLUMNS = ["nik", "nama", "nama_ortu", "alamat", "rt", "rw"]
NIK_DIGITS = 16
LONG_NUMBER = re.compile(rf"\d{{{NIK_DIGITS},}}")
SHOWN_DIGITS = 6


def load_key(folder: Path) -> bytes:
    """Return the secret key of the store, made at first use with owner-only permissions."""
    path = folder / "kunci"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        temporary = folder / f".kunci-{secrets.token_hex(4)}"
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(32))
        if path.exists():
            temporary.unlink()
        else:
            temporary.replace(path)
    return path.read_bytes()


def normalise_name(name: object) -> str:
    """Return a name folded for comparison: capitals, single spaces, letters and digits only."""
    if not isinstance(name, str):
        return ""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return " ".join(re.sub(r"[^A-Za-z0-9]+", " ", plain).upper().split())


def hide_numbers(text: str) -> str:
    """Return a text with the numbers as long as a NIK masked: their first digits (the place), then stars."""
    return LONG_NUMBER.sub(lambda found: found[0][:SHOWN_DIGITS] + "*" * (len(found[0]) - SHOWN_DIGITS), text)


def hide_people(rows: pd.DataFrame, kept: list[str]) -> pd.DataFrame:
    """Return accepted rows without the texts, in columns `kept`, that repeat a name of their row or hold a NIK.

    Columns of a file are sometimes filled one place off; what then stands in a column that is kept must not take a
    name into the analytic tables.
    """
    child, parent = (_fold(rows[name]) for name in ("nama", "nama_ortu"))
    cleaned = rows.copy()
    for name in rows[kept].select_dtypes("str").columns:
        folded = _fold(rows[name])
        numbers = [kind for kind in rows[name].dropna().unique() if LONG_NUMBER.search(kind)]
        repeats = (folded != "") & ((folded == child) | (folded == parent))
        cleaned[name] = rows[name].mask(repeats | rows[name].isin(numbers))
    return cleaned


def _fold(texts: pd.Series) -> pd.Series:
    """Return `normalise_name` of every text, each distinct one folded once."""
    codes, kinds = pd.factorize(texts, use_na_sentinel=True)
    folded = np.array([*(normalise_name(kind) for kind in kinds), ""], dtype=object)
    return pd.Series(folded[codes], index=texts.index)


def usable_nik(nik: pd.Series) -> pd.Series:
    """Return the NIK where it is whole (16 digits, not one digit repeated), else empty text."""
    text = nik.fillna("").astype("str").str.strip()
    whole = text.str.fullmatch(r"\d{16}") & (text != text.str[:1] * NIK_DIGITS)
    return text.where(whole, "")


def digest(key: bytes, texts: pd.Series) -> pd.Series:
    """Return the keyed pseudonym of every text: 32 hexadecimal digits, the same for the same key and text."""
    unique = texts.unique()
    digests = {text: hmac.digest(key, text.encode(), "sha256").hex()[:32] for text in unique}
    return texts.map(digests)


def identify(rows: pd.DataFrame, known: pd.DataFrame | None, key: bytes) -> pd.DataFrame:
    """Return id_anak, kunci_nik and kunci_data for each row, aligned with `rows`.

    A child is first looked for by NIK and name (the mother's NIK on twins must not merge them), then by name, birth
    date, sex and desa, among the children already `known`; two different whole NIK are always two children. A new one
    takes its own key as id. Without a usable NIK `kunci_nik` is empty.
    """
    names = rows["nama"].map(normalise_name)
    nik = usable_nik(rows["nik"])
    born = rows["tgl_lahir"].dt.strftime("%Y-%m-%d")
    by_data = digest(key, names + "|" + born + "|" + rows["jk"].astype("str") + "|" + rows["kode_desa"].astype("str"))
    by_nik = digest(key, nik + "|" + names).where(nik != "", "")
    ids = pd.Series(pd.NA, index=rows.index, dtype="str")
    taken = pd.Series(False, index=rows.index)
    if known is not None and len(known):
        ids = _find_known(by_nik, by_data, _is_sure(nik), known)
        taken = by_data.isin(known["kunci_data"])
    fresh = _new_ids(by_nik.where(_is_sure(nik), ""), by_data, taken)
    return pd.DataFrame({"id_anak": ids.fillna(fresh), "kunci_nik": by_nik, "kunci_data": by_data})


def _is_sure(nik: pd.Series) -> pd.Series:
    """True for a whole NIK that went through no number: Excel keeps 15 digits and ends the rest in 0."""
    return (nik != "") & ~nik.str.endswith("0")


def _find_known(by_nik: pd.Series, by_data: pd.Series, sure: pd.Series, known: pd.DataFrame) -> pd.Series:
    """Return the id of each row's child among the known ones, missing where there is none."""
    with_nik = known[known["kunci_nik"] != ""].drop_duplicates("kunci_nik", keep="last")
    newest = known.drop_duplicates("kunci_data", keep="last").set_index("kunci_data")["id_anak"]
    without_nik = newest[~newest.index.isin(known.loc[_is_sure(usable_nik(known["nik"])), "kunci_data"])]
    found = by_nik.map(with_nik.set_index("kunci_nik")["id_anak"]).astype("str")
    # A row with a whole NIK may only be a child whose NIK is not known yet.
    by_known_data = by_data.map(newest).where(~sure, by_data.map(without_nik))
    return found.fillna(by_known_data.astype("str"))


def _new_ids(by_nik: pd.Series, by_data: pd.Series, taken: pd.Series) -> pd.Series:
    """Return the id of each row if its child is new: its data, or its NIK where the data fit another child too."""
    several = by_nik.where(by_nik != "").groupby(by_data).transform("nunique") > 1
    own = by_nik.where((by_nik != "") & (several | taken), by_data)
    return own.groupby(by_nik.where(by_nik != "", own)).transform("first")


def merge_people(rows: pd.DataFrame, keys: pd.DataFrame, known: pd.DataFrame | None) -> pd.DataFrame:
    """Return the by-name table with this file's children added: one row a combination of keys, the newest text kept."""
    fresh = pd.concat([keys, rows[["kode_desa", *PERSON_COLUMNS]].astype("str")], axis="columns")
    fresh = fresh.drop_duplicates(["kunci_nik", "kunci_data"], keep="last")
    if known is not None:
        fresh = pd.concat([known, fresh]).drop_duplicates(["kunci_nik", "kunci_data"], keep="last")
    return fresh.reset_index(drop=True)
