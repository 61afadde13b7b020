"""What of plain counts that add up to a shown total may leave for a room: statuses, flows, reasons."""

import numpy as np
import pandas as pd

from analytics.disclosure import COMPLEMENT, NEARLY_ALL, SMALL_COUNT, SMALL_TOTAL, Cleared
from analytics.withholding import floats, hide_counts
from config.values import room_minima


def clear_counts(table: pd.DataFrame, ruang: str, tabel: str, kelompok: list[str]) -> Cleared:
    """Clear a table with the column `jumlah`; rows of one `kelompok` add up to a total that is known.

    Every row of a group must be there, zeros too: which rows are missing would tell. Adds catatan with the reason. In
    `publik`: whole groups that are too small (their `penyebut` with them) or all but one empty, small counts, and more
    of the same group until none can be worked out.
    """
    minima = room_minima(ruang, tabel)
    count = floats(table["jumlah"])
    ids = table.groupby(kelompok, dropna=False).ngroup().to_numpy("int64")
    in_group = pd.Series(count).groupby(ids)
    whole, largest = in_group.transform("sum").to_numpy(), in_group.transform("max").to_numpy()
    # Small counts alone can add up to only one possibility, such as 4 + 4 + 4: nothing is left to hide beside them.
    few = (whole > 0) & ((whole < minima.penyebut) | (largest < minima.cacah))
    same = (whole > 0) & ~few & (largest == whole) & (whole < minima.hampir_semua)
    hidden = hide_counts(count, few | same, ids, minima)
    small = (count > 0) & (count < minima.cacah)
    reasons = [SMALL_TOTAL, NEARLY_ALL, SMALL_COUNT, COMPLEMENT]
    shown = table.assign(jumlah=table["jumlah"].astype("Int64").mask(hidden))
    if "penyebut" in shown:
        shown["penyebut"] = shown["penyebut"].astype("Int64").mask(few)
    return Cleared(shown.assign(catatan=np.select([few, same, small, hidden], reasons, default="")), ruang)
