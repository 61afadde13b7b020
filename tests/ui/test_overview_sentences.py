"""The sentences of the overview: direction, certainty, who rose, which targets; as printed and as computed."""

import pandas as pd
import pytest

from analytics.disclosure import Cleared
from analytics.overview import slopes_as_printed
from config.places import load_region
from config.published import kabupaten_levels
from config.text import text
from config.values import targets
from ui.overview_sentences import View, headline, risers_line, targets_line

PLACE = load_region().nama_pendek
Slope = tuple[str, str, bool]


def view(kini: float | None, awal: float | None, *slopes: Slope, pasti: bool = True) -> View:
    """Return a view of two months; each slope is (name, direction, certain)."""
    table = pd.DataFrame(list(slopes), columns=["nama", "arah", "pasti"])
    return View(kini, awal, "2022-02", "2022-09", Cleared(table, "publik"), False, pasti)


FALLS: Slope = ("Awayan", "turun", True)
RISES: Slope = ("Juai", "naik", True)
MAY_RISE: Slope = ("Halong", "naik", False)


@pytest.mark.parametrize(
    ("shown", "sentence"),
    [
        (view(14.91, 17.9, FALLS), f"Stunting {PLACE} turun ke *14,91 %*"),
        (view(14.91, 17.9, FALLS, RISES), f"Stunting {PLACE} turun ke *14,91 %*, tetapi naik di 1 kecamatan"),
        (view(14.91, 17.9, MAY_RISE, RISES), f"Stunting {PLACE} turun ke *14,91 %*, tetapi naik di 1 kecamatan"),
        (view(14.91, 17.9, MAY_RISE), f"Stunting {PLACE} turun ke *14,91 %*; kenaikan di 1 kecamatan belum pasti"),
        (view(18.0, 17.0, RISES), f"Stunting {PLACE} naik ke *18,00 %*, naik di 1 kecamatan"),
        (view(18.0, 17.0, MAY_RISE), f"Stunting {PLACE} naik ke *18,00 %*"),
        (view(14.9, 15.0, pasti=False), f"Stunting {PLACE} turun ke *14,90 %* (perubahannya belum pasti)"),
        (view(14.912, 14.914, RISES), f"Stunting {PLACE} tetap *14,91 %*"),
        (view(14.91, None, RISES), f"Stunting {PLACE} *14,91 %* pada Sep 2022"),
        (view(None, 17.0), text("ringkasan.utama_nihil", wilayah=PLACE)),
    ],
)
def test_the_headline(shown: View, sentence: str) -> None:
    assert headline(shown) == sentence


@pytest.mark.parametrize(
    ("slopes", "line"),
    [
        ([FALLS], ""),
        ([RISES, FALLS], "Naik: Juai."),
        ([RISES, ("Awayan", "naik", True)], "Naik: Awayan dan Juai."),
        ([RISES, MAY_RISE], "Naik: Halong dan Juai. 1 dari 2 kenaikan itu belum pasti (rentang 95 % memuat nol)."),
        ([MAY_RISE], "Naik: Halong."),  # the headline says already that it is uncertain
        ([("Juai", None, False)], ""),
    ],
)
def test_who_rose_and_how_surely(slopes: list[Slope], line: str) -> None:
    assert risers_line(view(14.91, 17.9, *slopes)) == line


def test_the_report_itself_falls_and_names_three_that_rose() -> None:
    levels = kabupaten_levels().set_index("tahun")["nilai"]
    printed = View(levels[2022], levels[2021], "2021-12", "2022-09", slopes_as_printed(), printed=True)
    assert headline(printed) == f"Stunting {PLACE} turun ke *14,91 %*, tetapi naik di 3 kecamatan"
    assert risers_line(printed) == "Naik: Juai, Paringin, dan Tebing Tinggi."


def test_targets_reached_and_missed_each_name_the_nearest() -> None:
    levels = sorted((target.nilai, target.nama) for target in targets())
    lowest, highest = levels[0], levels[-1]
    between = targets_line(view(14.91, None))
    assert between == "Di bawah target RPJMD 2024 (16 %), masih 0,91 poin persen di atas target nasional 2024 (14 %)."
    below = targets_line(view(lowest[0] - 0.01, None))
    assert below.count("target") == 1 and "poin persen" not in below and "14 %" in below
    above = targets_line(view(highest[0] + 1.25, None))
    assert above.startswith("Masih 1,25 poin persen di atas target") and highest[1] in above
    assert targets_line(view(None, None)) == ""


def test_a_target_is_reached_only_below_it() -> None:
    assert targets_line(view(16.0, None)).startswith("Di bawah target RPJMD 2023 (17 %), masih 0,00 poin persen")


def test_months_and_keys_tell_views_apart() -> None:
    assert view(1, 2).months == ("Feb 2022", "Sep 2022")
    assert view(1, 2).key != View(1, 2, "2022-02", "2022-09", Cleared(pd.DataFrame(), "publik"), True).key
