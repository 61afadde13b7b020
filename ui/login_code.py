"""One-time codes for the machine itself: who can read the console may enter. Knows no Streamlit and no web."""

import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from config.access import seconds, setting
from config.roles import GRANTED

LETTERS = "ACDEFGHJKMNPQRTUVWXY34679"  # none that looks or sounds like another
LENGTH = 8
RIGHT, WRONG, LOCKED = "benar", "salah", "terkunci"


@dataclass(frozen=True)
class Attempt:
    """A try: `hasil` RIGHT, WRONG or LOCKED; `ruang` the room won; `dikunci` True when this very try locked."""

    hasil: str
    ruang: str = ""
    dikunci: bool = False


class CodeDesk:
    """Hands out one code a room, each for one use; `tell` shows fresh codes (room -> code) to who sits at the machine.

    Only the SHA-256 of a code is kept. After too many wrong tries every code is replaced and nobody gets in a while.
    """

    def __init__(self, tell: Callable[[dict[str, str]], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._tell, self._clock, self._lock = tell, clock, threading.Lock()
        self._kept: dict[str, bytes] = {}
        self._made: dict[str, float] = {}
        self._wrong, self._locked_until, self._asked = 0, float("-inf"), float("-inf")

    def renew(self, *rooms: str) -> None:
        """Replace the codes of `rooms` (default: every room) and tell them."""
        with self._lock:
            self._renew(rooms or GRANTED)

    def ask(self) -> bool:
        """Make fresh codes because somebody asks for them; False when the last ones are too young for that."""
        with self._lock:
            now = self._clock()
            if now < max(self._asked + seconds("kode_jeda"), self._locked_until):
                return False
            self._asked = now
            self._renew(GRANTED)
            return True

    def refresh(self) -> None:
        """Make fresh codes for the rooms whose code has expired."""
        with self._lock:
            if late := [ruang for ruang in GRANTED if not self._is_fresh(ruang)]:
                self._renew(late)

    def attempt(self, typed: str) -> Attempt:
        """Judge a typed code. A right one is used up and replaced."""
        with self._lock:
            if self._clock() < self._locked_until:
                return Attempt(LOCKED)
            won = [ruang for ruang in GRANTED if self._fits(ruang, typed)]  # always compares with each
            if won:
                self._wrong = 0
                self._renew(won)
                return Attempt(RIGHT, won[-1])
            self._wrong += 1
            if self._wrong < setting("kode_coba"):
                return Attempt(WRONG)
            self._wrong, self._locked_until = 0, self._clock() + seconds("kode_kunci")
            self._renew(GRANTED)
            return Attempt(WRONG, dikunci=True)

    def _fits(self, ruang: str, typed: str) -> bool:
        same = hmac.compare_digest(_digest(_plain(typed)), self._kept.get(ruang, b""))
        return same and self._is_fresh(ruang)

    def _is_fresh(self, ruang: str) -> bool:
        return ruang in self._made and self._clock() < self._made[ruang] + seconds("kode_berlaku")

    def _renew(self, rooms: tuple[str, ...] | list[str]) -> None:
        codes = {ruang: "".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for ruang in rooms}
        self._kept |= {ruang: _digest(code) for ruang, code in codes.items()}
        self._made |= dict.fromkeys(rooms, self._clock())
        self._tell({ruang: f"{code[:4]}-{code[4:]}" for ruang, code in codes.items()})


def _plain(typed: str) -> str:
    return "".join(typed.upper().replace("-", " ").split())


def _digest(code: str) -> bytes:
    return hashlib.sha256(code.encode("utf-8", "replace")).digest()
