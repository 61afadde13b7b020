"""The filter bar of the list by name, and what it says. What is searched for never enters the URL."""

from dataclasses import dataclass

import streamlit as st

from analytics.follow_up import REASONS
from analytics.verification import STATES
from config.places import load_kecamatan, load_region
from config.text import text
from ui import child_card_view, frame, session
from ui.filters import choose_from, choose_one, choose_place
from ui.session import Source

PARTS = ("daftar", "pasangan")
KINDS = ("", "balita", "bumil")


@dataclass(frozen=True)
class Choice:
    """What the filter bar says; empty text means all.

    jenis: kind of sasaran, wilayah: code of a kecamatan, cari: part of a name, alasan: why somebody should visit,
    keadaan: how sure it is which measured child the sasaran is.
    """

    jenis: str
    wilayah: str
    cari: str
    alasan: str = ""
    keadaan: str = ""

    @property
    def place(self) -> str:
        """The name of the place looked at."""
        names = dict(zip(load_kecamatan()["kode"], load_kecamatan()["nama"], strict=True))
        return names.get(self.wilayah) or load_region().nama_pendek

    @property
    def kind(self) -> str:
        """The kind of sasaran in words."""
        return text(f"sasaran.jenis_{self.jenis or 'semua'}")

    @property
    def narrowing(self) -> str:
        """The reason and the state chosen, in words; empty where neither is."""
        said = [
            text(f"sasaran.alasan_{self.alasan}") if self.alasan else "",
            state(self.keadaan) if self.keadaan else "",
        ]
        return ", ".join(each for each in said if each)


EVERYONE = Choice("", "", "")


def choose_part(families: Source) -> bool:
    """Show the switch between the list and the doubtful pairs; True for the pairs. No switch beside an open card."""
    if not families.versi or (child_card_view.opened() and session.recall("bagian") != PARTS[1]):
        return False
    names = {part: text(f"sasaran.bagian_{part}") for part in PARTS}
    part = choose_one("bagian", "", PARTS, names.__getitem__, PARTS[0])
    session.keep_in_url(bagian=part, default_bagian=PARTS[0])
    return part == PARTS[1]


def state(keadaan: str) -> str:
    """Return a state of verification in words, empty for who needs none."""
    return text(f"sasaran.keadaan_{keadaan}") if keadaan else ""


def choose(families: Source) -> Choice | None:
    """Show the filter bar; None when there is no table of parameters. What is searched for never enters the URL."""
    if not families.versi:
        frame.show_head(text("sasaran.tanya"), text("sasaran.utama_nihil"), text("parameter.perlu"))
        return None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        names = {kind: text(f"sasaran.jenis_{kind or 'semua'}") for kind in KINDS}
        jenis = choose_one("jenis", text("parameter.jenis"), KINDS, names.__getitem__, "")
        wilayah = choose_place(dict(zip(load_kecamatan()["kode"], load_kecamatan()["nama"], strict=True)))
        alasan = choose_from("alasan", text("sasaran.alasan"), ("", *REASONS), _reason, "", 220)
        keadaan = choose_from("keadaan", text("sasaran.keadaan"), ("", *STATES), _any_state, "", 190)
        cari = st.text_input(text("sasaran.cari"), key="cari_nama", width=190)
    chosen = {"jenis": jenis, "wilayah": wilayah, "alasan": alasan, "keadaan": keadaan}
    session.keep_in_url(**chosen, **{f"default_{name}": "" for name in chosen})
    return Choice(jenis, wilayah, cari.strip(), alasan, keadaan)


def _reason(alasan: str) -> str:
    return text(f"sasaran.alasan_{alasan or 'semua'}")


def _any_state(keadaan: str) -> str:
    return text(f"sasaran.keadaan_{keadaan or 'semua'}")
