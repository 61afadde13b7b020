"""How sure it is which measured child a sasaran is: the stored matches together with what people decided."""

import pandas as pd

from analytics.matching import CERTAIN, DOUBTFUL, under_one_id
from analytics.matching_sasaran import NOT_FOUND
from data.decisions import DIFFERENT, SAME

BY_PERSON = "diputuskan"
STATES = (CERTAIN, BY_PERSON, DOUBTFUL, NOT_FOUND)


def one_id(padanan: pd.DataFrame, keputusan: pd.DataFrame | None = None) -> pd.Series:
    """Return {id_anak: the one id that stands for it} of all records known to be one child; others are not in it.

    `padanan`: `match_children`; `keputusan`: `read_decisions`. A decision of a person outweighs the score.
    """
    decided = _verdicts(keputusan, "anak")
    pairs = padanan.loc[padanan["keadaan"] == CERTAIN, ["id_kiri", "id_kanan"]].itertuples(index=False, name=None)
    joined = {pair for pair in pairs if decided.get(pair) != DIFFERENT}
    joined |= {pair for pair, verdict in decided.items() if verdict == SAME}
    root: dict[str, str] = {}

    def find(each: str) -> str:
        while root.setdefault(each, each) != each:
            each = root[each]
        return each

    for left, right in sorted(joined):
        low, high = sorted((find(left), find(right)))
        root[high] = low
    return pd.Series({each: find(each) for each in root}, dtype="str")


def as_one_child(pengukuran: pd.DataFrame, same: pd.Series) -> pd.DataFrame:
    """Return the measurements under one id a child, `terakhir` set anew where records came together."""
    if same.empty:
        return pengukuran
    moved = pengukuran.assign(id_anak=under_one_id(pengukuran["id_anak"], same))
    moved = moved.sort_values(["id_anak", "tgl_ukur", "baris"], ignore_index=True)
    return moved.assign(terakhir=~moved.duplicated(["id_anak", "bulan"], keep="last"))


def verify(tautan: pd.DataFrame, keputusan: pd.DataFrame, same: pd.Series) -> pd.DataFrame:
    """Return one row a sasaran balita: id_sasaran, id_anak (missing where no child is certain), keadaan (`STATES`).

    `tautan`: `match_sasaran`; `same`: `one_id`. BY_PERSON where a person said which child it is, or that it is none of
    the candidates; one candidate ruled out of several leaves the others doubtful.
    """
    rows = _judged(tautan, keputusan, same)
    kept = rows[rows["putusan"] != DIFFERENT]
    named = kept[kept["putusan"] == SAME].drop_duplicates("id_sasaran", keep="last").set_index("id_sasaran")["id_anak"]
    certain = kept[kept["keadaan"] == CERTAIN].set_index("id_sasaran")["id_anak"]
    ruled_out = set(rows["id_sasaran"]) - set(kept["id_sasaran"])
    people = rows[["id_sasaran"]].drop_duplicates()
    state = people["id_sasaran"].map(kept.drop_duplicates("id_sasaran").set_index("id_sasaran")["keadaan"])
    by_person = people["id_sasaran"].isin({*named.index, *ruled_out})
    child, sure = (people["id_sasaran"].map(found).astype("str") for found in (named, certain))
    people = people.assign(id_anak=child.fillna(sure), keadaan=state.mask(by_person, BY_PERSON).astype("str"))
    return people.reset_index(drop=True)


def undecided(tautan: pd.DataFrame, keputusan: pd.DataFrame, same: pd.Series) -> pd.DataFrame:
    """Return the candidates to decide on, of each sasaran together, best first: id_sasaran, id_anak, skor."""
    state = verify(tautan, keputusan, same).set_index("id_sasaran")["keadaan"]
    rows = _judged(tautan, keputusan, same)
    rows = rows[(rows["putusan"] != DIFFERENT) & (rows["id_sasaran"].map(state) == DOUBTFUL)]
    best = rows.groupby("id_sasaran")["skor"].transform("max")
    rows = rows.assign(_best=best).sort_values(
        ["_best", "id_sasaran", "skor", "id_anak"], ascending=[False, True, False, True]
    )
    return rows[["id_sasaran", "id_anak", "skor"]].reset_index(drop=True)


def undecided_children(padanan: pd.DataFrame, keputusan: pd.DataFrame) -> pd.DataFrame:
    """Return the doubtful pairs of measured children on which nobody decided yet, best first."""
    decided = _verdicts(keputusan, "anak")
    pairs = padanan[padanan["keadaan"] == DOUBTFUL]
    known = [pair in decided for pair in zip(pairs["id_kiri"], pairs["id_kanan"], strict=True)]
    return pairs[~pd.Series(known, index=pairs.index, dtype="bool")].reset_index(drop=True)


def _judged(tautan: pd.DataFrame, keputusan: pd.DataFrame, same: pd.Series) -> pd.DataFrame:
    """Return the candidates under one id a child, with `putusan` (missing: nobody decided) and decided others added."""
    rows = tautan.assign(id_anak=under_one_id(tautan["id_anak"], same)).drop_duplicates(["id_sasaran", "id_anak"])
    mine = keputusan[(keputusan["jenis"] == "sasaran") & keputusan["id_kiri"].isin(tautan["id_sasaran"])]
    said = pd.DataFrame(
        {"id_sasaran": mine["id_kiri"], "id_anak": under_one_id(mine["id_kanan"], same), "putusan": mine["keputusan"]}
    ).drop_duplicates(["id_sasaran", "id_anak"], keep="last")
    known = pd.MultiIndex.from_frame(rows[["id_sasaran", "id_anak"]])
    news = ~pd.MultiIndex.from_frame(said[["id_sasaran", "id_anak"]]).isin(known) & (said["putusan"] == SAME).to_numpy()
    both = pd.concat([rows.merge(said, on=["id_sasaran", "id_anak"], how="left"), said[news]], ignore_index=True)
    return both.assign(keadaan=both["keadaan"].fillna(DOUBTFUL), putusan=both["putusan"].fillna(""))


def _verdicts(keputusan: pd.DataFrame | None, jenis: str) -> dict[tuple[str, str], str]:
    if keputusan is None:
        return {}
    mine = keputusan[keputusan["jenis"] == jenis]
    return {(row.id_kiri, row.id_kanan): row.keputusan for row in mine.itertuples()}
