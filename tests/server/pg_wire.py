"""The protocol of PostgreSQL: a cable to a database that can be cut, and a database that is too old."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NAME = ".s.PGSQL.5432"
COMMIT = b"Q\x00\x00\x00\x0bCOMMIT\x00"


@contextlib.contextmanager
def _listening(folder: Path, serve: Callable[[socket.socket], None]) -> Iterator[None]:
    """Serve each connection to a socket in a folder, which is the `host` of a URL."""
    folder.mkdir(parents=True, exist_ok=True)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / NAME))
        listener.listen()

        def accept() -> None:
            with contextlib.suppress(OSError):
                while True:
                    near, _ = listener.accept()
                    threading.Thread(target=serve, args=(near,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        try:
            yield
        finally:
            listener.shutdown(socket.SHUT_RDWR)


class Cut:
    """A cable to a database, which can be cut at the next COMMIT.

    Attributes:
        at_commit: Whether the next COMMIT arrives before the cable is cut, while its answer does not; None
            to let everything through.
        cuts: How often it was cut.
    """

    def __init__(self, database: str) -> None:
        self.at_commit: bool | None = None
        self.cuts = 0
        self._database = database

    def serve(self, near: socket.socket) -> None:
        with contextlib.suppress(OSError), near, socket.socket(socket.AF_UNIX) as far:
            far.connect(f"{self._database}/{NAME}")
            is_cut = threading.Event()
            answers = threading.Thread(target=_forward, args=(far, near, is_cut), daemon=True)
            answers.start()
            while sent := near.recv(65_536):
                if self.at_commit is not None and sent == COMMIT:
                    arrives, self.at_commit = self.at_commit, None
                    self.cuts += 1
                    is_cut.set()
                    if arrives:
                        far.sendall(sent)
                    far.shutdown(socket.SHUT_WR)
                    answers.join()
                    return
                far.sendall(sent)


def _forward(source: socket.socket, target: socket.socket, is_cut: threading.Event) -> None:
    with contextlib.suppress(OSError):
        while sent := source.recv(65_536):
            if not is_cut.is_set():
                target.sendall(sent)
        target.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def cut_cable(folder: Path, database: str) -> Iterator[Cut]:
    """A cable whose near end is in a folder, to the database whose socket is in another."""
    cut = Cut(database)
    with _listening(folder, cut.serve):
        yield cut


def _message(kind: bytes, content: bytes) -> bytes:
    return kind + struct.pack("!I", len(content) + 4) + content


@contextlib.contextmanager
def database_that_refuses(folder: Path, code: str, text: str) -> Iterator[None]:
    """A database in a folder that lets nobody in."""

    def serve(near: socket.socket) -> None:
        with contextlib.suppress(OSError), near:
            near.recv(65_536)
            near.sendall(_message(b"E", f"SFATAL\0VFATAL\0C{code}\0M{text}\0\0".encode()))

    with _listening(folder, serve):
        yield


@contextlib.contextmanager
def database_of_version(folder: Path, version: str) -> Iterator[None]:
    """A database in a folder that lets anybody in, says its version, and answers nothing else."""

    def serve(near: socket.socket) -> None:
        with contextlib.suppress(OSError), near:
            near.recv(65_536)
            settings = {"server_version": version, "client_encoding": "UTF8"}
            said = [_message(b"S", f"{name}\0{value}\0".encode()) for name, value in settings.items()]
            near.sendall(b"".join([_message(b"R", struct.pack("!I", 0)), *said, _message(b"Z", b"I")]))
            while near.recv(65_536):
                pass

    with _listening(folder, serve):
        yield
