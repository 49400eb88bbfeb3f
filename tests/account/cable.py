"""The cable between the program and a server: what goes through it can be cut at any byte, or be changed."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def _all(_request: bytes, passing: bytes) -> bytes:
    return passing


class Cable:
    """A proxy on this computer.

    Attributes:
        url: The API's address through it.
        ask: Given a request, twice, and says what of it goes through; if that is not all, the connection
            breaks.
        answer: Given a request and its answer, and says what of the answer goes through. It may be another
            answer; if it is the beginning of the right one, the connection breaks after it.
    """

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._port = int(self._listener.getsockname()[1])
        self.url = f"http://127.0.0.1:{self._port}/v1"
        self.ask: Callable[[bytes, bytes], bytes] = _all
        self.answer: Callable[[bytes, bytes], bytes] = _all
        self._listen()

    def unplug(self) -> None:
        """Nobody listens any more."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(20)

    def plug(self) -> None:
        """As before it was unplugged."""
        self._listener = socket.create_server(("127.0.0.1", self._port))
        self._listen()

    def repair(self) -> None:
        """Everything goes through again."""
        self.ask = self.answer = _all

    def cut(self, word: str, place: str) -> None:
        """Cut, once, where it says in PLACES, at the first request that holds a word."""
        is_done = False
        side, find = PLACES[place]

        def passing(request: bytes, passing: bytes) -> bytes:
            nonlocal is_done
            if is_done or word.encode() not in request:
                return passing
            is_done = True
            return passing[: find(passing)]

        self.repair()
        setattr(self, side, passing)

    def _listen(self) -> None:
        self._thread = threading.Thread(target=self._accept, args=(self._listener,), daemon=True)
        self._thread.start()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(near,), daemon=True).start()

    def _serve(self, near: socket.socket) -> None:
        with contextlib.suppress(OSError), contextlib.closing(near):
            near.settimeout(30)
            while request := _message(near):
                # The server answers to its own name only.
                request = request.replace(b":%d\r\n" % self._port, b":%d\r\n" % self._server_port, 1)
                asked = self.ask(request, request)
                with socket.create_connection(("127.0.0.1", self._server_port), 30) as far:
                    far.sendall(asked)
                    if asked != request:
                        near.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
                        return
                    whole = _message(far)
                answer = self.answer(request, whole)
                near.sendall(answer)
                if len(answer) < len(whole) and whole.startswith(answer):
                    return


def _message(connection: socket.socket) -> bytes:
    """A request or an answer; empty if the other side is gone before it was whole."""
    raw = b""
    while b"\r\n\r\n" not in raw or len(raw) < _length(raw):
        more = connection.recv(65536)
        if not more:
            return b""
        raw += more
    return raw


def _length(raw: bytes) -> int:
    head = raw.partition(b"\r\n\r\n")[0]
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return len(head) + 4 + int(line.partition(b":")[2])
    return len(head) + 4


def _in_head(raw: bytes) -> int:
    return raw.index(b"\r\n\r\n") // 2


def _body(raw: bytes) -> int:
    return raw.index(b"\r\n\r\n") + 4


PLACES: dict[str, tuple[str, Callable[[bytes], int]]] = {
    "before the first byte": ("ask", lambda _raw: 0),
    "in the request line": ("ask", lambda _raw: 9),
    "in the request's headers": ("ask", _in_head),
    "before the request's body": ("ask", _body),
    "in the request's body": ("ask", lambda raw: (_body(raw) + len(raw)) // 2),
    "before the request's last byte": ("ask", lambda raw: len(raw) - 1),
    "before the answer": ("answer", lambda _raw: 0),
    "in the status line": ("answer", lambda _raw: 10),
    "in the answer's headers": ("answer", _in_head),
    "before the answer's body": ("answer", _body),
    "in the answer's body": ("answer", lambda raw: (_body(raw) + len(raw)) // 2),
    "before the answer's last byte": ("answer", lambda raw: len(raw) - 1),
}
"""Where a cable can be cut: on which side, and after how many bytes."""


@contextlib.contextmanager
def cable_to(port: int) -> Iterator[Cable]:
    """A cable to a server on this computer."""
    cable = Cable(port)
    try:
        yield cable
    finally:
        cable.unplug()
