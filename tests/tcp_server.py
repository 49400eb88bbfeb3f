"""A server on this computer that does with a connection what a test says, and keeps what it was sent."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator


class Listening(NamedTuple):
    """Where it listens, and the requests that came (empty where none was read)."""

    port: int
    requests: list[bytes]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"


Act = "Callable[[socket.socket, bytes], None]"


def request_of(connection: socket.socket) -> bytes:
    """One request, head and body."""
    raw = b""
    while b"\r\n\r\n" not in raw:
        more = connection.recv(65536)
        if not more:
            return raw
        raw += more
    head, _, body = raw.partition(b"\r\n\r\n")
    wanted = 0
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            wanted = int(line.partition(b":")[2])
    while len(body) < wanted:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body


def answer(body: bytes, *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    """An answer's bytes; the connection closes after it."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}"]
    return "\r\n".join([*lines, "Connection: close", *headers, "", ""]).encode() + body


@contextlib.contextmanager
def listening(
    *acts: Callable[[socket.socket, bytes], None] | bytes,
    reads: bool = True,
    tls: ssl.SSLContext | None = None,
) -> Iterator[Listening]:
    """Listen; each connection gets the next act, the last one again and again.

    Args:
        *acts: The bytes to answer with, or what to do with the connection and the request.
        reads: Whether requests are read before the act.
        tls: For a server with a certificate.
    """
    listener = socket.create_server(("127.0.0.1", 0))
    here = Listening(listener.getsockname()[1], [])

    def serve() -> None:
        number = 0
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            act = acts[min(number, len(acts) - 1)]
            number += 1
            with contextlib.suppress(OSError), contextlib.closing(connection):
                connection.settimeout(20)
                wrapped = tls.wrap_socket(connection, server_side=True) if tls else connection
                with contextlib.closing(wrapped):
                    request = request_of(wrapped) if reads else b""
                    here.requests.append(request)
                    if isinstance(act, bytes):
                        wrapped.sendall(act)
                    else:
                        act(wrapped, request)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield here
    finally:
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(25)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
