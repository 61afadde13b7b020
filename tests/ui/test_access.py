"""The visitor and the pages: anyone costs no query; every page is in the menu of its own room and of no other."""

import ast
from typing import NoReturn

import pytest
from streamlit.testing.v1 import AppTest

from config.values import ROOMS
from tests.conftest import ROOT
from ui import access, gate
from ui.access import ANYONE, Visitor


def test_the_menu_holds_every_page_in_the_room_of_its_folder() -> None:
    tree = ast.parse((ROOT / "ui" / "main.py").read_text(encoding="utf-8"))
    pages = next(
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "PAGES"
    )
    assert tuple(pages) == ROOMS
    for room, names in pages.items():
        there = {path.stem for path in (ROOT / "pages" / room).glob("*.py")} - {"__init__"}
        assert set(names) == there and len(names) == len(there)


def test_anyone_without_a_cookie_costs_no_query(monkeypatch: pytest.MonkeyPatch) -> None:
    def touched() -> NoReturn:
        raise AssertionError("the store was opened")

    monkeypatch.setenv("BALANTING_ALAMAT", "127.0.0.1")
    monkeypatch.setattr(gate, "own_store", touched)
    assert access.current() == access.arrive() == ANYONE
    assert access.who() == "" and access.may_see("publik") and not access.may_see("rapat")


def test_no_part_of_a_page_runs_without_the_main_script() -> None:
    """A fragment runs by itself, without asking who is looking: only the watch may be one, it does nothing else."""
    code = [path for folder in ("ui", "pages") for path in (ROOT / folder).rglob("*.py")]
    assert [path.name for path in code if "st.fragment" in path.read_text(encoding="utf-8")] == ["room_bar.py"]


def strip(ruang: str, tampil: str) -> None:
    import streamlit as st

    from ui import access, room_bar, session

    access.keep_shown = lambda *_: None
    visitor = access.Visitor(ruang, tampil, "Rina <b>", "tanda")
    session.set_room(room_bar.choose_room(visitor))
    st.text(session.room())


@pytest.fixture
def kept_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "keep_shown", access.keep_shown)


@pytest.mark.usefixtures("kept_as_it_is")
@pytest.mark.parametrize(
    ("ruang", "tampil", "offered"),
    [("petugas", "petugas", 3), ("petugas", "publik", 3), ("rapat", "rapat", 2)],
)
def test_the_strip_offers_the_rooms_up_to_ones_own(ruang: str, tampil: str, offered: int) -> None:
    shown = AppTest.from_function(strip, args=(ruang, tampil)).run()
    assert not shown.exception
    assert len(shown.get("button_group")[0].options) == offered
    assert shown.text[0].value == tampil


@pytest.mark.usefixtures("kept_as_it_is")
def test_the_strip_escapes_the_name_and_has_a_way_out() -> None:
    shown = AppTest.from_function(strip, args=("rapat", "rapat")).run()
    html = "".join(part.proto.body for part in shown.get("html"))
    assert "Rina &lt;b&gt;" in html and "Rina <b>" not in html and 'action="/keluar"' in html


@pytest.mark.usefixtures("kept_as_it_is")
def test_a_room_above_ones_own_is_not_shown_even_if_the_register_says_so() -> None:
    shown = AppTest.from_function(strip, args=("publik", "petugas")).run()
    assert shown.text[0].value == "publik" and len(shown.get("button_group")) == 0


def test_a_known_visitor_without_a_role_is_known() -> None:
    assert Visitor(tanda="x").is_known and not ANYONE.is_known
