"""Files of the higher rooms, waiting in memory at an address that only the login they were made for may fetch."""

import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from config.access import seconds, setting
from config.text import text
from config.values import ROOMS
from data.audit import AuditNotWritten, write_audit
from data.sessions import Session
from ui import callers, gate

NO_STORE = {"cache-control": "no-store", "x-content-type-options": "nosniff"}


@dataclass(frozen=True)
class Parcel:
    """One file waiting to be fetched by one login; names: how many people it names."""

    name: str
    content: bytes
    mime: str
    ruang: str
    tanda: str
    made: float
    names: int = 0

    @property
    def said(self) -> str:
        """What the audit log says of it."""
        size = f"{len(self.content)} byte"
        return f"{text('sasaran.catat_nama', jumlah=self.names)}; {size}" if self.names else size


class Shelf:
    """Parcels by secret number: kept in memory for a while, the oldest leave first when there are too many bytes."""

    def __init__(self, most: float, lasts: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._lasts, self._clock, self._lock = most, lasts, clock, threading.Lock()
        self._parcels: dict[str, Parcel] = {}
        self._numbers: dict[str, str] = {}  # the same file for the same login keeps its number

    def put(self, name: str, content: bytes, mime: str, ruang: str, tanda: str, names: int = 0) -> str | None:
        """Keep a file and return its number; None when it alone is larger than the shelf."""
        same = hashlib.sha256(b"\0".join([name.encode(), ruang.encode(), tanda.encode(), content])).hexdigest()
        with self._lock:
            number = self._numbers.get(same) or secrets.token_urlsafe(32)
            self._parcels.pop(number, None)
            if len(content) > self._most:
                return None
            self._parcels[number] = Parcel(name, content, mime, ruang, tanda, self._clock(), names)
            self._numbers[same] = number
            self._tidy()
        return number

    def get(self, number: str) -> Parcel | None:
        """Return a parcel that is still there."""
        with self._lock:
            self._tidy()
            return self._parcels.get(number)

    def _tidy(self) -> None:
        total, kept = 0, {}
        for number, parcel in reversed(self._parcels.items()):
            total += len(parcel.content)
            if total <= self._most and self._clock() < parcel.made + self._lasts:
                kept[number] = parcel
        self._parcels = dict(reversed(kept.items()))
        self._numbers = {same: number for same, number in self._numbers.items() if number in kept}


SHELF = Shelf(setting("unduh_besar") * 1_000_000, seconds("unduh_berlaku"))


async def fetch(request: Request) -> Response:
    """Answer /unduh/<number>: the file to the login it was made for, 404 to anyone else."""
    return await run_in_threadpool(_hand_out, request.path_params["nomor"], request)


def _hand_out(number: str, request: Request) -> Response:
    parcel, asking = SHELF.get(number), callers.session_of(request)
    if parcel is None or asking is None or not _is_for(parcel, asking):
        if parcel or asking:  # guesses by anybody must not fill the log
            who, ruang = (asking.siapa, asking.ruang) if asking else ("", "publik")
            gate.record(who, ruang, "unduh_ditolak", parcel.name if parcel else "")
        return PlainTextResponse(text("akses.unduh_tiada"), 404, NO_STORE)
    try:
        write_audit(gate.own_store(), asking.siapa, parcel.ruang, "unduh", parcel.name, parcel.said)
    except AuditNotWritten as error:
        return PlainTextResponse(str(error), 503, NO_STORE)
    to_file = f"attachment; filename*=UTF-8''{quote(parcel.name)}"
    return Response(parcel.content, 200, NO_STORE | {"content-disposition": to_file}, parcel.mime)


def _is_for(parcel: Parcel, asking: Session) -> bool:
    return asking.tanda == parcel.tanda and ROOMS.index(asking.ruang) >= ROOMS.index(parcel.ruang)
