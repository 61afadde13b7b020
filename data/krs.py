"""Reads the KRS export (families at risk of stunting) and turns it into answers to the parameters that it holds."""

import re

import pandas as pd

from data.answers import FAMILY_CARD
from data.check_parameter import answered_codes
from data.findings import Finding, make_finding, refuse
from data.parse import parse_nik
from data.row_rules import (
    accept,
    check_cells,
    check_copies,
    check_place,
    find_cell,
    find_twice,
    has_value,
    rows_where,
    sure_rows,
)
from data.sheet import BLANKS, RawSheet
from data.standardize import standardize_sheet

CARD = re.compile(r"\d{16}")
SHOWN_DIGITS = 6
ANSWERS = {"1": "1", "2": "0", "3": "TB"}
"""1 means that the family has the problem (on a "Tidak Mempunyai" column too), 2 that it has not, 3 not applicable."""
GROUPS = ["anak_0_23", "anak_24_59", "pus_hamil"]
FOUR_TOOS = ["terlalu_muda", "terlalu_tua", "terlalu_dekat", "terlalu_banyak"]
ACCOMPANIMENTS = {"1", "2", "3", "4", "5", "6", "7"}
NO_ACCOMPANIMENT = "8"


def standardize_krs(sheet: RawSheet, periode: str | None) -> tuple[pd.DataFrame, list[Finding]]:
    """Return the standardized table of a KRS sheet and what was found while reading its cells.

    Columns: baris, no_kk, nama_kepala, nama_istri, kecamatan, desa (texts), the questions with the codes "1", "2", "3"
    or missing, pendampingan (text), kode_desa, periode. No finding shows a whole card number. Raises FileRefused
    without `periode`: the export does not say of which month it is.
    """
    if periode is None:
        raise refuse("periode_harus_disebut", sheet.berkas)
    table, findings = standardize_sheet(sheet)
    cards = sheet.header_of("no_kk")
    hidden = [
        make_finding(found.aturan, found.baris, cards, mask_card(found.nilai), "identitas")
        if found.kolom == cards and found.aturan == "nik_dibulatkan"
        else found
        for found in findings
    ]
    return table.assign(periode=pd.Series(periode, index=table.index, dtype="str")), hidden


def mask_card(text: str) -> str:
    """Return a card number as it may be shown: the first digits (the place), stars for the rest."""
    bare = parse_nik(text)
    return bare[:SHOWN_DIGITS] + "*" * (len(bare) - SHOWN_DIGITS) if len(bare) > SHOWN_DIGITS else bare


def check_krs(table: pd.DataFrame, sheet: RawSheet) -> tuple[pd.DataFrame, list[Finding]]:
    """Return the accepted families (same columns, new index) and the findings of all rows, by row and column.

    `table` is `standardize_krs(sheet, periode)`. Refused too, because nothing of them is kept: families with neither a
    child under five nor a pregnant woman. `table` rows = accepted + refused.
    """
    findings = check_cells(sheet)
    sure = sure_rows(table, sheet)
    findings += _check_cards(sure, sheet)
    findings += check_place(sure, sheet)
    findings += check_copies(sure, sheet, ["no_kk"])
    neither = ~has_balita(sure) & (sure["pus_hamil"] != "1") & has_value(sure, sheet, GROUPS)
    findings += [make_finding("bukan_sasaran", baris, "", "") for baris in rows_where(sure, neither)]
    findings += _check_accompaniment(sure, sheet)
    for baris, pertama in find_twice(sure, findings, ["no_kk"], "no_kk"):
        findings.append(_find_card(sheet, "sasaran_kembar", baris, pertama=pertama, waktu=""))
    return accept(table, sheet, findings)


def _check_cards(table: pd.DataFrame, sheet: RawSheet) -> list[Finding]:
    """Find families whose card number is missing, masked or of another length: they cannot be told apart."""
    broken = ~table["no_kk"].fillna("").str.fullmatch(CARD.pattern) & has_value(table, sheet, ["no_kk"])
    return [
        find_cell(sheet, "id_sasaran_kosong", baris, "no_kk")
        if sheet.shown(baris, "no_kk") in BLANKS
        else _find_card(sheet, "id_sasaran_kosong", baris)
        for baris in rows_where(table, broken)
    ]


def _find_card(sheet: RawSheet, aturan: str, baris: int, **isi: object) -> Finding:
    shown = mask_card(sheet.shown(baris, "no_kk"))
    return make_finding(aturan, baris, sheet.header_of("no_kk"), shown, "kk", **isi)


def _check_accompaniment(table: pd.DataFrame, sheet: RawSheet) -> list[Finding]:
    """Find lists of accompaniment that are no list of 1-8, or say both "none" and something."""
    odd = table["pendampingan"].notna() & table["pendampingan"].map(_no_accompaniment).isna()
    rows = rows_where(table, odd)
    return [find_cell(sheet, "jawaban_tidak_dikenal", baris, "pendampingan", "pendampingan") for baris in rows]


def _no_accompaniment(listed: object) -> str | None:
    """Return "1" where a list of accompaniment says that there is none, "0" where it names some, else None."""
    parts = set(re.split(r"[,;\s]+", listed.strip(" ,;"))) if isinstance(listed, str) else set()
    if parts == {NO_ACCOMPANIMENT}:
        return "1"
    return "0" if parts and parts <= ACCOMPANIMENTS else None


def has_balita(table: pd.DataFrame) -> pd.Series:
    """Return a mask of the families with a child under five."""
    return (table["anak_0_23"] == "1") | (table["anak_24_59"] == "1")


def krs_as_answers(accepted: pd.DataFrame) -> pd.DataFrame:
    """Return accepted families as rows of a parameter table: one a family with a balita, one a family with a bumil.

    Columns: baris, id_sasaran (made from the card number; never to be stored), id_keluarga, jenis_sasaran, nama, desa,
    kode_desa, periode, and of SS06, SS08, SS16, SS17, SS20 those that anybody answered ("1", "0", "TB" or missing). A
    family of both kinds gives two rows.
    """
    shared = accepted[["baris", "desa", "kode_desa", "periode"]].assign(
        id_sasaran=FAMILY_CARD + accepted["no_kk"],
        id_keluarga=accepted["no_kk"],
        SS06=accepted["jamban"].map(ANSWERS),
        SS08=accepted["air_minum"].map(ANSWERS),
        SS16=_any_of_four(accepted[FOUR_TOOS]),
        SS17=accepted["bukan_kb"].map(ANSWERS).mask(accepted["pus_hamil"] == "1", "TB"),
        SS20=accepted["pendampingan"].map(_no_accompaniment),
    )
    mother = accepted["nama_istri"].fillna(accepted["nama_kepala"])
    balita = shared.assign(jenis_sasaran="balita", nama=accepted["nama_kepala"])[has_balita(accepted)]
    bumil = shared.assign(jenis_sasaran="bumil", nama=mother)[accepted["pus_hamil"] == "1"].drop(columns="SS17")
    rows = pd.concat([balita, bumil]).sort_values(["baris", "jenis_sasaran"], ignore_index=True)
    rows = rows.drop(columns=[kode for kode in answered_codes(rows) if rows[kode].isna().all()])
    return rows.astype({name: "str" for name in rows.columns if name != "baris"})


def _any_of_four(codes: pd.DataFrame) -> pd.Series:
    """Return "1" where one of the four holds, "0" where all are known and some apply, "TB" where none applies.

    Missing where one is not known and none holds.
    """
    answer = pd.Series(pd.NA, index=codes.index, dtype="str")
    known = codes.notna().all(axis="columns")
    answer = answer.mask(known, "0").mask(known & (codes == "3").all(axis="columns"), "TB")
    return answer.mask((codes == "1").any(axis="columns"), "1")
