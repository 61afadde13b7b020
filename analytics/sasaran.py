"""Nutritional status of the followed children (sasaran balita) in two rounds: counts, flow, who left and came."""

import pandas as pd

from analytics.growth import age_months
from analytics.status import STATUS_TERMS

WINDOW_MONTHS = 6
WINDOW_BEFORE_MONTHS = 12  # how far back an entrant's earlier status is looked for
INDICES = ("tbu", "bbu", "bbtb")
UNKNOWN_FLOW = "tanpa pengukuran"
STUNTED = ("Sangat pendek", "Pendek")
OVER_AGE, RECOVERED, STILL, UNMEASURED, NOT_LINKED = (
    "lewat_59_bulan", "tidak_lagi_pendek", "masih_pendek", "tanpa_pengukuran", "belum_terhubung",
)  # fmt: skip
FIRST_SEEN, NEWLY, EARLIER = "baru_diukur", "baru_pendek", "sudah_pendek"
EXIT_REASONS = (OVER_AGE, RECOVERED, STILL, UNMEASURED, NOT_LINKED)
ENTRY_REASONS = (NEWLY, FIRST_SEEN, EARLIER, UNMEASURED, NOT_LINKED)


def status_at(jawaban: pd.DataFrame, links: pd.DataFrame, pengukuran: pd.DataFrame, periode: str) -> pd.DataFrame:
    """Return the sasaran balita of a round with the status of their latest measurement.

    `links`: id_sasaran, id_anak. One row a sasaran: id_sasaran, kode_desa, id_anak (missing: not linked), tgl_ukur,
    umur_hari, status_tbu, status_bbu, status_bbtb (missing: no measurement in the WINDOW_MONTHS up to the round, or
    no plausible score).
    """
    mine = jawaban[(jawaban["periode"] == periode) & (jawaban["jenis_sasaran"] == "balita")]
    people = mine.drop_duplicates("id_sasaran")[["id_sasaran", "kode_desa"]].merge(links, on="id_sasaran", how="left")
    return people.merge(_latest(pengukuran, people["id_anak"], periode, WINDOW_MONTHS), on="id_anak", how="left")


def _latest(pengukuran: pd.DataFrame, ids: pd.Series, periode: str, months: int) -> pd.DataFrame:
    first = str(pd.Period(periode, "M") - (months - 1))
    inside = pengukuran[
        pengukuran["id_anak"].isin(ids.dropna()) & pengukuran["terakhir"] & pengukuran["bulan"].between(first, periode)
    ]
    newest = inside.sort_values("tgl_ukur").drop_duplicates("id_anak", keep="last")
    return newest[["id_anak", "tgl_lahir", "tgl_ukur", "umur_hari", *(f"status_{index}" for index in INDICES)]]


def count_status(status: pd.DataFrame, periode: str) -> pd.DataFrame:
    """Return counts of `status_at`: periode, indeks, status (in the order of the terms), jumlah, penyebut (scored)."""
    parts = []
    for index in INDICES:
        counts = status[f"status_{index}"].value_counts().reindex(STATUS_TERMS[index], fill_value=0)
        part = pd.DataFrame({"status": counts.index, "jumlah": counts.to_numpy(), "penyebut": int(counts.sum())})
        parts.append(part.assign(periode=periode, indeks=index))
    return pd.concat(parts, ignore_index=True)[["periode", "indeks", "status", "jumlah", "penyebut"]]


def flow_status(awal: pd.DataFrame, pengukuran: pd.DataFrame, periode: str) -> pd.DataFrame:
    """Return where the linked sasaran of the first round stand now by TB/U, whether they are still followed or not.

    `awal`: `status_at` of the first round; the status now is that of the latest measurement up to `periode`. Columns:
    status_awal (those that occur, in the order of the terms), status_kini (every term, then UNKNOWN_FLOW), jumlah.
    Zeros stand in the table: a row left out would tell of those withheld beside it that they are more than zero.
    """
    linked = awal[awal["status_tbu"].notna()]
    now = _latest(pengukuran, linked["id_anak"], periode, WINDOW_MONTHS).set_index("id_anak")["status_tbu"]
    pairs = pd.DataFrame(
        {
            "status_awal": linked["status_tbu"],
            "status_kini": linked["id_anak"].map(now).astype("str").fillna(UNKNOWN_FLOW),
        }
    )
    terms = STATUS_TERMS["tbu"]
    starts = [term for term in terms if (linked["status_tbu"] == term).any()]
    grid = pd.MultiIndex.from_product([starts, [*terms, UNKNOWN_FLOW]], names=pairs.columns)
    return pairs.value_counts().reindex(grid, fill_value=0).rename("jumlah").reset_index()


def explain_exits(awal: pd.DataFrame, kini: pd.DataFrame, pengukuran: pd.DataFrame, periode: str) -> pd.DataFrame:
    """Return why sasaran of the first round are not in the second, as far as measurements tell: alasan, jumlah."""
    left = awal[~awal["id_sasaran"].isin(kini["id_sasaran"])]
    now = _latest(pengukuran, left["id_anak"], periode, WINDOW_MONTHS).set_index("id_anak")["status_tbu"].dropna()
    born = left["id_anak"].map(pengukuran.drop_duplicates("id_anak").set_index("id_anak")["tgl_lahir"])
    age = (pd.Period(periode, "M").end_time.normalize() - born).dt.days
    reason = left["id_anak"].map(now).map(lambda status: STILL if status in STUNTED else RECOVERED)
    reason = reason.where(left["id_anak"].isin(now.index), UNMEASURED)
    reason = reason.mask(age_months(age) >= 60, OVER_AGE).mask(left["id_anak"].isna(), NOT_LINKED)
    return _count(reason, EXIT_REASONS)


def explain_entries(awal: pd.DataFrame, kini: pd.DataFrame, pengukuran: pd.DataFrame, periode: str) -> pd.DataFrame:
    """Return how sasaran of the second round that were not in the first stood before `periode`: alasan, jumlah.

    `periode` is the first round: baru_pendek (measured up to then and not stunted), sudah_pendek (stunted by then but
    not in the round), baru_diukur (first measured after it), tanpa_pengukuran (none that counts in the
    WINDOW_BEFORE_MONTHS up to it, or none in the second round).
    """
    came = kini[~kini["id_sasaran"].isin(awal["id_sasaran"])]
    before = _latest(pengukuran, came["id_anak"], periode, WINDOW_BEFORE_MONTHS).set_index("id_anak")["status_tbu"]
    before = before.dropna()
    seen = pengukuran.loc[pengukuran["bulan"] <= periode, "id_anak"]
    reason = came["id_anak"].map(before).map(lambda status: EARLIER if status in STUNTED else NEWLY)
    reason = reason.where(came["id_anak"].isin(before.index), UNMEASURED)
    reason = reason.where(came["id_anak"].isin(seen), FIRST_SEEN)
    reason = reason.mask(came["status_tbu"].isna(), UNMEASURED).mask(came["id_anak"].isna(), NOT_LINKED)
    return _count(reason, ENTRY_REASONS)


def _count(reason: pd.Series, order: tuple[str, ...]) -> pd.DataFrame:
    counts = reason.value_counts().reindex(order, fill_value=0)
    return pd.DataFrame({"alasan": counts.index, "jumlah": counts.to_numpy()})
