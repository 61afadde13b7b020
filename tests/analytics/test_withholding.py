"""Which further cells are hidden so that none follows from a total, one by one."""

import numpy as np
import pandas as pd

from analytics.withholding import NO_TOTAL, Guarded, hide_crossed, hide_more, totals_of
from config.values import room_minima
from tests.answer_tables import HALONG, JUAI

PUBLIK = room_minima("publik", "parameter")


def guarded(count: list[float], total: list[int], least: float = 0, most: float = 99) -> Guarded:
    size = len(count)
    return Guarded(np.array(count, dtype=float), np.full(size, least), np.full(size, most), np.array(total))


def hidden(*places: bool) -> np.ndarray:
    return np.array(places, dtype=bool)


def test_a_single_hidden_cell_takes_the_smallest_other_of_its_total_along() -> None:
    more = hide_more(guarded([3, 30, 20, 8], [0, 0, 0, 1]), hidden(True, False, False, False))
    assert more.tolist() == [True, False, True, False]


def test_a_zero_is_hidden_only_when_nothing_else_is_left() -> None:
    assert hide_more(guarded([6, 0, 20], [0, 0, 0]), hidden(True, False, False)).tolist() == [True, False, True]
    assert hide_more(guarded([6, 0, 0], [0, 0, 0]), hidden(True, False, False)).tolist() == [True, True, False]


def test_bounds_that_leave_one_value_count_as_told() -> None:
    cells = guarded([1, 1, 30], [0, 0, 0], least=1, most=4)
    assert hide_more(cells, hidden(True, True, False)).tolist() == [True, True, True]
    cells = guarded([1, 2, 30], [0, 0, 0], least=1, most=4)
    assert hide_more(cells, hidden(True, True, False)).tolist() == [True, True, False]


def test_a_hidden_zero_or_a_cell_without_a_total_needs_no_other() -> None:
    assert hide_more(guarded([0, 30], [0, 0]), hidden(True, False)).tolist() == [True, False]
    assert hide_more(guarded([3, 30], [NO_TOTAL, NO_TOTAL]), hidden(True, False)).tolist() == [True, False]


def test_a_place_without_data_is_neither_hidden_nor_in_the_way() -> None:
    assert hide_more(guarded([3, np.nan, 30], [0, 0, 0]), hidden(True, False, False)).tolist() == [True, False, True]


def crossed(count: list[list[float]]) -> np.ndarray:
    table = np.array(count, dtype=float)
    columns = np.broadcast_to(np.arange(table.shape[1]), table.shape)
    return hide_crossed(table, np.zeros(len(table), dtype=bool), np.arange(len(table)), columns, PUBLIK)


def test_a_cell_that_joins_two_hidden_blocks_follows_from_both_and_gets_company() -> None:
    blocks = np.array([[3, 3, 20, 20], [3, 3, 3, 20], [20, 20, 3, 3], [20, 20, 3, 3]])
    assert crossed(blocks.tolist()).sum() > (blocks == 3).sum()
    blocks[1, 2] = 20
    assert crossed(blocks.tolist()).tolist() == (blocks == 3).tolist()


def test_a_hidden_zero_in_a_row_of_zeros_protects_nothing() -> None:
    more = crossed([[0, 8, 0, 3], [5, 0, 5, 0]])
    assert more[1, [0, 2]].any()


def test_places_are_part_of_their_kecamatan_or_of_the_kabupaten_and_the_kabupaten_of_nothing() -> None:
    table = pd.DataFrame(
        {
            "tingkat": ["desa", "desa", "desa", "kecamatan", "kecamatan", "kabupaten"],
            "kode": [JUAI[0], JUAI[1], HALONG[0], "63.11.01", "63.11.02", "63.11"],
            "parameter": "SP01",
        }
    )
    one, two, three, four, five, six = totals_of(table, ["parameter"])
    assert one == two != three and four == five and six == NO_TOTAL
    assert len({one, three, four}) == 3
