"""What of plain counts that add up to a shown total may leave for a room: statuses, flows, reasons."""

import numpy as np
import pandas as pd

from analytics.disclosure import COMPLEMENT, SMALL_COUNT, SMALL_TOTAL, Cleared
from analytics.withholding import floats, hide_counts
from config.values import room_minima


def clear_counts(table: pd.DataFrame, ruang: str, tabel: str, kelompok: list[str]) -> Cleared:
    """Clear a table with the column `jumlah`; rows of one `kelompok` add up to a total that is known.

    Adds catatan with the reason. In `publik`: whole groups under the smallest denominator, small counts, and more of
    the same group until none can be worked out.
    """
    minima = room_minima(ruang, tabel)
    count = floats(table["jumlah"])
    ids = table.groupby(kelompok, dropna=False).ngroup().to_numpy("int64")
    whole = pd.Series(count).groupby(ids).transform("sum").to_numpy()
    few = (whole > 0) & (whole < minima.penyebut)
    hidden = hide_counts(count, few, ids, minima)
    small = (count > 0) & (count < minima.cacah)
    notes = np.select([few, small, hidden], [SMALL_TOTAL, SMALL_COUNT, COMPLEMENT], default="")
    shown = table["jumlah"].astype("Int64").mask(hidden)
    return Cleared(table.assign(jumlah=shown, catatan=notes), ruang)
