"""The page Parameter: which problems families still have, where, and whether the change is theirs or the list's."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from analytics.disclosure import Cleared, join_cleared
from analytics.groups import members_of
from analytics.prevalence import GROUP
from config.parameters import Parameter, parameters_of
from config.places import load_kecamatan, load_region
from config.text import text
from ui import cuts, frame, session
from ui.charts.heatmap import MAX_COLUMNS, Line, Panel, draw_heatmap
from ui.charts.heatmap_cells import change_marks, count_sasaran, count_stayers, status_marks
from ui.charts.strips import draw_strips
from ui.filters import choose_from, choose_month, choose_one, choose_place
from ui.format import MISSING, moment, month
from ui.heatmap import show_heatmap
from ui.parameter_places import columns_of, explain_groups, whole
from ui.parameter_sentences import headline, subline
from ui.session import Source

BALITA, BUMIL = "balita", "bumil"
KECAMATAN, DESA = "kecamatan", "desa"
LEVELS = (KECAMATAN, GROUP, DESA)
SIDES = ("awal", "kini", "perubahan")
USUAL = {"jenis": BALITA, "tingkat": KECAMATAN, "urut": "kini", "sisi": "kini", "wilayah": ""}
SORTS = ("kini", "perubahan", "nama")


@dataclass(frozen=True)
class Choice:
    """What the filter bar says. `sisi`: the panel seen where only one fits; `wilayah`: a kecamatan code or empty."""

    jenis: str
    tingkat: str
    awal: str
    kini: str
    urut: str
    sisi: str
    wilayah: str
    cari: str

    @property
    def rounds(self) -> tuple[str, ...]:
        """What the sentences are kept by."""
        return (self.jenis, self.awal, self.kini)

    @property
    def key(self) -> tuple[str, ...]:
        """What the picture is kept by."""
        return (self.jenis, self.tingkat, self.awal, self.kini, self.urut, self.sisi, self.wilayah, self.cari)


def choose(source: Source) -> Choice | None:
    """Show the filter bar; None when there is no table of parameters."""
    rounds = cuts.rounds(source)
    if not rounds:
        frame.show_head(text("parameter.tanya"), text("parameter.utama_nihil"), text("parameter.perlu"))
        return None
    defaults = USUAL | {"awal": rounds[0], "kini": rounds[-1]}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        picked = {
            "jenis": _choose("jenis", (BALITA, BUMIL), defaults),
            "awal": choose_month("awal", text("parameter.awal"), rounds, rounds[0]),
            "kini": choose_month("kini", text("parameter.kini"), rounds, rounds[-1]),
            "tingkat": _choose("tingkat", LEVELS, defaults),
        }
        if picked["tingkat"] != KECAMATAN:
            picked["sisi"] = _choose("sisi", SIDES, defaults)
            picked["wilayah"] = choose_place(dict(zip(load_kecamatan()["kode"], load_kecamatan()["nama"], strict=True)))
        label = text("parameter.urut")
        picked["urut"] = choose_from("urut", label, SORTS, lambda name: text(f"parameter.urut_{name}"), "kini", 170)
        cari = st.text_input(text("parameter.cari"), key="cari", width=170)
    picked = defaults | picked
    session.keep_in_url(**picked, **{f"default_{name}": value for name, value in defaults.items()})
    return Choice(**picked, cari=cari.strip().casefold())


def _choose(name: str, options: tuple[str, ...], defaults: dict[str, str]) -> str:
    show = {option: text(f"parameter.{name}_{option}") for option in options}
    return choose_one(name, text(f"parameter.{name}"), options, show.__getitem__, defaults[name])


def show_headline(choice: Choice, source: Source) -> None:
    """Show question, headline and the line under it."""
    sentences = session.drawn(lambda: _sentences(choice, source), "kepala", source.versi, *choice.rounds)
    frame.show_head(text("parameter.tanya"), *sentences)


def _sentences(choice: Choice, source: Source) -> tuple[str, str]:
    awal, kini = (kabupaten_round(source, choice, periode) for periode in (choice.awal, choice.kini))
    change = compared(source, choice, "kabupaten").table
    return headline(awal, kini, change), subline(kini, change)


def kabupaten_round(source: Source, choice: Choice, periode: str) -> pd.DataFrame:
    """Return the shares of a round for the kabupaten."""
    return _mine(cuts.parameters(source, "kabupaten"), choice, periode).table


def compared(source: Source, choice: Choice, tingkat: str) -> Cleared:
    """Return the comparison of the chosen group at a level."""
    return _mine(cuts.comparison(source, choice.awal, choice.kini, tingkat), choice)


def _mine(cleared: Cleared, choice: Choice, periode: str = "") -> Cleared:
    mine = cleared.where(jenis_sasaran=choice.jenis)
    return mine.where(periode=periode) if periode else mine


def show_picture(choice: Choice, source: Source) -> None:
    """Show the heatmap, or the strips of all desa; a click on a row opens its story."""
    html = session.drawn(lambda: _draw(choice, source), source.versi, *choice.key)
    show_heatmap(html, "panas", session.recall("parameter"), lambda kode: session.remember("parameter", kode))
    if choice.tingkat == GROUP:
        st.caption(explain_groups(choice.wilayah, session.stored_groups(source)))


def _draw(choice: Choice, source: Source) -> str:
    lines = [_line(known) for known in ordered(choice, source)]
    link = "?parameter={}".format
    places = columns_of(choice.tingkat, choice.wilayah, session.stored_groups(source))
    if choice.tingkat == KECAMATAN:
        panels = [_panel(choice, source, side) for side in SIDES]
        return draw_heatmap("par", lines, [whole(), *places], panels, link, first=1)
    panel = _panel(choice, source, choice.sisi)
    if len(places) <= MAX_COLUMNS:
        return draw_heatmap("par", lines, [whole(), *places], [panel], link)
    codes = dict(zip(load_kecamatan()["nama"], load_kecamatan()["kode"], strict=True))
    address = f"?tingkat={choice.tingkat}&wilayah={{}}".format
    return draw_strips("par", lines, places, panel, link, lambda name: address(codes[name]))


def _line(known: Parameter) -> Line:
    return Line(known.kode, known.nama, text(f"panas.kelompok_{known.jenis}"), known.status == "usulan")


def _panel(choice: Choice, source: Source, side: str) -> Panel:
    levels = ("kabupaten", choice.tingkat)
    if side == "perubahan":
        tables = [compared(source, choice, level) for level in levels]
        marks = {place: mark for table in tables for place, mark in change_marks(table).items()}
        counts = {kode: count for table in tables for kode, count in count_stayers(table).items()}
        return Panel(text("panas.perubahan"), text("panas.ket_perubahan"), marks, counts, perubahan=True)
    periode = choice.awal if side == "awal" else choice.kini
    tables = [_mine(cuts.parameters(source, level), choice, periode) for level in levels]
    marks = {place: mark for table in tables for place, mark in status_marks(table).items()}
    counts = {kode: count for table in tables for kode, count in count_sasaran(table).items()}
    note = text("panas.ket_status", periode=month(periode), n=counts.get(load_region().kode, "0"))
    return Panel(text(f"panas.{side}"), note, marks, counts)


def ordered(choice: Choice, source: Source) -> list[Parameter]:
    """Return the parameters of the group that match the search, sensitif first, the rest as `urut` says."""
    known = [each for each in parameters_of(choice.jenis) if choice.cari in f"{each.kode} {each.nama}".casefold()]
    now = kabupaten_round(source, choice, choice.kini).set_index("parameter")["persen"].astype("float64")
    change = compared(source, choice, "kabupaten").table.set_index("parameter")["selisih"].astype("float64")
    keys = {
        "kini": lambda each: -now.get(each.kode, -1.0),
        "perubahan": lambda each: -change.get(each.kode, float("-inf")),
        "nama": lambda each: each.nama,
    }
    missing = {"kini": now, "perubahan": change}.get(choice.urut, pd.Series(dtype="float64"))
    gone = set(missing.index[missing.isna()])
    return sorted(known, key=lambda each: (each.jenis != "sensitif", each.kode in gone, keys[choice.urut](each)))


def show_table(choice: Choice, source: Source) -> None:
    """Show the numbers behind the picture: both rounds of the level shown."""
    about = ("anggota",) if choice.tingkat == GROUP else ()
    names = ("periode", "kode", "nama", *about, "parameter", "n", "penyebut", "persen", "bawah95", "atas95", "warna",
             "pasti", "tidak_berlaku", "tidak_ditanya", "catatan")  # fmt: skip
    titles = {name: text(f"parameter.kol_{name}") for name in names}
    frame.show_table(lambda: _table(choice, source), titles, "tabel_parameter")


def _table(choice: Choice, source: Source) -> Cleared:
    levels = ("kabupaten", choice.tingkat)
    both = join_cleared([_mine(cuts.parameters(source, level), choice) for level in levels])
    members = {kode: ", ".join(names) for kode, names in members_of(session.stored_groups(source)).items()}

    def arrange(table: pd.DataFrame) -> pd.DataFrame:
        rows = table["periode"].isin([choice.awal, choice.kini]) & table["kode"].str.startswith(choice.wilayah)
        return table[rows].assign(anggota=table["kode"].map(members).fillna("")).round(1)

    return both.rework(arrange)


def show_stamp(choice: Choice, source: Source) -> None:
    """Show where the numbers come from and which filter is on."""
    sizes = session.drawn(lambda: _sizes(choice, source), "n", source.versi, *choice.rounds)
    level = text(f"parameter.tingkat_{choice.tingkat}").lower()
    own = text("umum.cap_sumber_parameter")
    frame.show_stamp(
        [
            text("umum.cap_sumber_contoh_parameter") if source.contoh else own,
            text("umum.cap_data", periode=f"{month(choice.awal)} dan {month(choice.kini)}"),
            text("umum.cap_n_keluarga", n=sizes),
            text("umum.cap_saring", saring=f"{text(f'parameter.jenis_{choice.jenis}')}, {level}"),
            text("umum.cap_impor", waktu=moment(source.waktu)),
            text("umum.cap_ruang", ruang=session.room()),
            text("umum.cap_versi", versi=source.sha256[:8]),
        ],
        text("umum.cip_contoh") if source.contoh else "",
    )


def _sizes(choice: Choice, source: Source) -> str:
    sides = [_mine(cuts.parameters(source, "kabupaten"), choice, periode) for periode in (choice.awal, choice.kini)]
    return " dan ".join(count_sasaran(side).get(load_region().kode, MISSING) for side in sides)


def for_women(source: Source, awal: str, kini: str) -> Choice | None:
    """Return the choice that shows the parameters of pregnant women in the rounds nearest to two months."""
    rounds = cuts.rounds(source)
    if not rounds:
        return None
    first = max((each for each in rounds if each <= awal), default=rounds[0])
    last = max((each for each in rounds if each <= kini), default=rounds[-1])
    return Choice(BUMIL, KECAMATAN, first, last, "kini", "kini", "", "")
