"""One-time codes: each lets one in once and for a while; guessing is stopped; nothing kept lets anybody in."""

import pickle
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.login_code import LENGTH, LETTERS, LOCKED, RIGHT, WRONG, CodeDesk


@pytest.fixture
def desk() -> SimpleNamespace:
    """A desk with a clock of its own (`now`) and what it told (`codes`)."""
    shown = SimpleNamespace(now=1000.0, codes={}, told=0)

    def tell(codes: dict[str, str]) -> None:
        shown.codes |= codes
        shown.told += 1

    shown.desk = CodeDesk(tell, lambda: shown.now)
    shown.desk.renew()
    return shown


def test_each_room_has_its_own_code(desk: SimpleNamespace) -> None:
    assert set(desk.codes) == {"rapat", "petugas"}
    assert desk.desk.attempt(desk.codes["rapat"]).ruang == "rapat"
    assert desk.desk.attempt(desk.codes["petugas"]).ruang == "petugas"


def test_a_code_is_eight_letters_nobody_confuses(desk: SimpleNamespace) -> None:
    for code in desk.codes.values():
        assert len(code.replace("-", "")) == LENGTH and set(code) <= {*LETTERS, "-"}
    assert not set(LETTERS) & set("0O1IL5S8B2Z")


def test_how_a_code_is_typed_does_not_matter(desk: SimpleNamespace) -> None:
    code = desk.codes["petugas"]
    assert desk.desk.attempt(f"  {code[:4].lower()} {code[5:]} ").hasil == RIGHT


def test_a_used_code_is_worthless_and_a_new_one_is_told(desk: SimpleNamespace) -> None:
    used = desk.codes["petugas"]
    assert desk.desk.attempt(used).hasil == RIGHT
    assert desk.codes["petugas"] != used
    assert desk.desk.attempt(used).hasil == WRONG
    assert desk.desk.attempt(desk.codes["petugas"]).hasil == RIGHT


@pytest.mark.parametrize(("minutes", "hasil"), [(9.9, RIGHT), (10, WRONG)])
def test_a_code_lasts_ten_minutes(desk: SimpleNamespace, minutes: float, hasil: str) -> None:
    desk.now += minutes * 60
    assert desk.desk.attempt(desk.codes["petugas"]).hasil == hasil


def test_ten_wrong_tries_lock_and_replace_the_codes(desk: SimpleNamespace) -> None:
    before = dict(desk.codes)
    results = [desk.desk.attempt("AAAAAAAA") for _ in range(10)]
    assert [result.hasil for result in results] == [WRONG] * 5 + [LOCKED] * 5
    assert [result.dikunci for result in results].index(True) == 4
    assert all(desk.codes[ruang] != before[ruang] for ruang in before)
    assert desk.desk.attempt(desk.codes["petugas"]).hasil == LOCKED  # even the right one
    desk.now += 60
    assert desk.desk.attempt(before["petugas"]).hasil == WRONG
    assert desk.desk.attempt(desk.codes["petugas"]).hasil == RIGHT


def test_a_right_code_forgives_earlier_mistakes(desk: SimpleNamespace) -> None:
    for _ in range(3):
        for _ in range(4):
            desk.desk.attempt("AAAAAAAA")
        assert desk.desk.attempt(desk.codes["rapat"]).hasil == RIGHT


def test_fresh_codes_on_request_but_not_all_the_time(desk: SimpleNamespace) -> None:
    assert desk.desk.ask() and not desk.desk.ask()
    desk.now += 30
    assert desk.desk.ask()


def test_asking_does_not_open_a_lock(desk: SimpleNamespace) -> None:
    for _ in range(5):
        desk.desk.attempt("AAAAAAAA")
    assert not desk.desk.ask()
    assert desk.desk.attempt(desk.codes["petugas"]).hasil == LOCKED


def test_only_expired_codes_are_replaced_unasked(desk: SimpleNamespace) -> None:
    desk.now += 300
    desk.desk.attempt(desk.codes["rapat"])  # its new code is younger
    kept, old = desk.codes["rapat"], desk.codes["petugas"]
    desk.desk.refresh()
    assert desk.codes == {"rapat": kept, "petugas": old}
    desk.now += 300
    desk.desk.refresh()
    assert desk.codes["rapat"] == kept and desk.codes["petugas"] != old


def test_the_codes_themselves_are_not_kept(desk: SimpleNamespace) -> None:
    kept = pickle.dumps({name: value for name, value in vars(desk.desk).items() if isinstance(value, dict)})
    for code in desk.codes.values():
        assert code.replace("-", "").encode() not in kept and code.encode() not in kept


@given(st.text())
def test_no_text_gets_in_by_surprise(typed: str) -> None:
    desk = CodeDesk(lambda _: None)
    assert desk.attempt(typed).hasil == WRONG  # not even before there is a code
