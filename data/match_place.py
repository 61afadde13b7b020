"""Matches the kecamatan and desa written in a table to Kemendagri codes: on both together, never on the name alone."""

import difflib
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

import pandas as pd

from config.places import load_aliases, load_desa, load_kecamatan
from config.rules import limit

PREFIX = re.compile(r"^(desa|kelurahan|kel|ds|kecamatan|kec)\b[.\s-]*(?=\w)")
RIVER = re.compile(r"^(?:(?:sei|sungei|sungai|s(?=\.))[\s./-]+)+(?=\w)")
CODE = re.compile(r"(\d{2})\.?(\d{2})\.?(\d{2})\.?(\d{4})")
KECAMATAN_CODE = re.compile(r"(\d{2})\.?(\d{2})\.?(\d{2})")
CAN_BE_SHORT = 4


@dataclass(frozen=True)
class Match:
    """Where a written place was found: `kode`, or the rule that refuses it, its variant and what the sentence names."""

    kode: str | None
    aturan: str = ""
    varian: str = ""
    daftar: str = ""
    kecamatan: str = ""


def place_key(name: str) -> str:
    """Reduce a place name to letters and digits: no "Desa", "Kel." or "Kec." before it, "Sei" becomes "Sungai"."""
    text = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().strip()
    text = RIVER.sub("sungai ", PREFIX.sub("", text))
    return re.sub(r"[^a-z0-9]", "", text)


@cache
def _kecamatan_codes() -> dict[str, str]:
    """Return {key: code} for every spelling of every kecamatan."""
    codes = {}
    for row in load_kecamatan().itertuples():
        for name in (row.nama, row.nama_resmi, *row.alias.split("|")):
            if name:
                codes[place_key(name)] = row.kode
    return codes


@cache
def _desa_codes() -> dict[str, dict[str, str]]:
    """Return {kecamatan code: {key: desa code}}, aliases included."""
    desa = load_desa()
    codes: dict[str, dict[str, str]] = {kode: {} for kode in load_kecamatan()["kode"]}
    home = dict(zip(desa["kode"], desa["kode_kecamatan"], strict=True))
    for row in load_aliases().itertuples():
        codes[home[row.kode]][place_key(row.alias)] = row.kode
    for row in desa.itertuples():
        codes[row.kode_kecamatan][place_key(row.nama)] = row.kode
    return codes


@cache
def _names() -> dict[str, str]:
    """Return {code: name} of every kecamatan and desa."""
    return {row.kode: row.nama for table in (load_kecamatan(), load_desa()) for row in table.itertuples()}


def match_places(kecamatan: pd.Series, desa: pd.Series) -> pd.Series:
    """Return the Kemendagri code of every row (dtype str), missing where there is no sure match.

    Every distinct pair of texts is looked up once.
    """
    pairs = pd.DataFrame({"kecamatan": kecamatan.fillna(""), "desa": desa.fillna("")})
    group = pairs.groupby(["kecamatan", "desa"], sort=False).ngroup()
    distinct = pairs[~group.duplicated()]
    codes = [match_place(*pair).kode for pair in zip(distinct["kecamatan"], distinct["desa"], strict=True)]
    return pd.Series(codes, dtype="str").take(group).set_axis(desa.index)


@lru_cache(maxsize=4096)
def match_place(kecamatan: str, desa: str) -> Match:
    """Return the desa meant by two cells as written (texts, "" for empty), or why it is not sure."""
    if not place_key(desa):
        return Match(None, "desa_tidak_dikenal", "kosong")
    home = _find_kecamatan(kecamatan)
    if (code := CODE.fullmatch(desa.strip())) is not None:
        return _match_code(".".join(code.groups()), home)
    key = place_key(desa)
    elsewhere = [kode for kode, codes in _desa_codes().items() if key in codes]
    if home is None:
        return _without_kecamatan(kecamatan.strip(), elsewhere)
    if home in elsewhere:
        return Match(_desa_codes()[home][key])
    return _explain_unknown(key, home, elsewhere)


def _explain_unknown(key: str, home: str, elsewhere: list[str]) -> Match:
    """Return the refusal of a name that its kecamatan does not have: which names are near, where else it is."""
    name, likely = _names()[home], _likely(key, home)
    if elsewhere and likely:
        usul = f"{_join(elsewhere)}; di Kecamatan {name} ada {_join(likely)}"
        return Match(None, "desa_tidak_dikenal", "kecamatan_lain_usul", usul, name)
    if elsewhere:
        return Match(None, "desa_tidak_dikenal", "kecamatan_lain", _join(elsewhere), name)
    if len(likely) > 1:
        return Match(None, "desa_meragukan", "", _join(likely, " atau "), name)
    return Match(None, "desa_tidak_dikenal", "usul" if likely else "", _join(likely), name)


def _find_kecamatan(written: str) -> str | None:
    if (code := KECAMATAN_CODE.fullmatch(written.strip())) is not None:
        dotted = ".".join(code.groups())
        return dotted if dotted in _desa_codes() else None
    return _kecamatan_codes().get(place_key(written))


def _match_code(kode: str, home: str | None) -> Match:
    """Return the match of a Kemendagri code; a kecamatan cell that says otherwise makes it doubtful."""
    if kode not in _names():
        return Match(None, "desa_tidak_dikenal", "kode")
    if home is not None and not kode.startswith(f"{home}."):
        place = f"{_names()[kode]} di Kecamatan {_names()[kode[:8]]}"
        return Match(None, "desa_meragukan", "kode_bertentangan", place, _names()[home])
    return Match(kode)


def _without_kecamatan(kecamatan: str, homes: list[str]) -> Match:
    if not homes:
        return Match(None, "desa_tidak_dikenal", "tanpa_kecamatan")
    varian = "kecamatan_tidak_dikenal" if kecamatan else "kecamatan_kosong"
    return Match(None, "desa_meragukan", varian, _join(homes, " dan "), kecamatan)


def _likely(key: str, home: str) -> list[str]:
    """Return the codes of the desa of a kecamatan that a shortened or misspelt name may mean, or none."""
    codes = _desa_codes()[home]
    longer = [kode for name, kode in codes.items() if len(key) >= CAN_BE_SHORT and name.startswith(key)]
    if longer:
        return sorted(set(longer))
    nearness = {name: difflib.SequenceMatcher(None, key, name).ratio() for name in codes}
    best = max(nearness.values(), default=0.0)
    if best < limit("usul_nama_mirip"):
        return []
    return sorted({codes[name] for name, value in nearness.items() if value >= best - limit("usul_nama_selisih")})


def _join(codes: list[str], mark: str = ", ") -> str:
    return mark.join(_names()[kode] for kode in codes)
