"""A websocket client that asks the server for a page by hand, as no browser of ours would."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import md5
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect


def ask_page(address: str, name: str, by_hash: bool = False, cookie: str = "", **headers: str) -> list[ForwardMsg]:
    """Return every message the server sends for one run that asks for the page `name`, by its name or by its hash."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    with stay_on_page(address, name, by_hash, cookie, **sent) as messages:
        return messages


@contextmanager
def stay_on_page(
    address: str, name: str, by_hash: bool = False, cookie: str = "", **headers: str
) -> Iterator[list[ForwardMsg]]:
    """Give the messages of one run and keep the page open for the length of a `with` block."""
    asked = BackMsg()
    asked.rerun_script.query_string = ""
    if by_hash:
        asked.rerun_script.page_script_hash = md5(name.encode(), usedforsecurity=False).hexdigest()
    else:
        asked.rerun_script.page_name = name
        asked.rerun_script.context_info.url = f"{address}/{name}"
    with connect(
        f"{address.replace('http', 'ws')}/_stcore/stream",
        origin=headers.pop("Origin", address),
        subprotocols=["streamlit"],
        additional_headers=headers | ({"Cookie": cookie} if cookie else {}),
        max_size=None,
        proxy=None,
    ) as socket:
        socket.send(asked.SerializeToString())
        yield list(_until_finished(socket))


def _until_finished(socket: Any) -> Any:
    while True:
        message = ForwardMsg()
        message.ParseFromString(socket.recv(timeout=60))
        yield message
        if message.WhichOneof("type") == "script_finished":
            return


def text_of(messages: list[ForwardMsg]) -> str:
    """Return everything in messages as one text, to look for what must not be there."""
    return "\n".join(str(message) for message in messages)


def number_of(messages: list[ForwardMsg]) -> str:
    """Return Streamlit's own number of the open page that messages came to."""
    first = next(message for message in messages if message.WhichOneof("type") == "new_session")
    return first.new_session.initialize.session_id
