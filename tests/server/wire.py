"""Raw bytes over a socket, for requests that no well-behaved client sends."""

from __future__ import annotations

import json
import socket
from typing import Any, NamedTuple


class Answer(NamedTuple):
    """What came back until the server closed the connection, or the body was whole."""

    status: int
    headers: dict[str, str]
    body: bytes

    def error(self) -> dict[str, Any]:
        """The error, which must be in the reference's form with the limit headers."""
        assert self.headers["content-type"] == "application/json"
        for name in ("limit", "remaining", "reset"):
            assert self.headers[f"x-ratelimit-{name}"].isdigit()
        document = json.loads(self.body)
        assert list(document) == ["error"]
        assert list(document["error"]) == ["code", "message", "details"]
        error: dict[str, Any] = document["error"]
        return error


def connected(port: int, seconds: float = 20) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=seconds)


def request(port: int, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """A request as it is sent: only the headers that are given, and Host."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def answered(connection: socket.socket) -> Answer:
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65_536)
        assert part, f"closed after {data!r}"
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    length = int(headers.get("content-length", 0))
    while len(body) < length and (part := connection.recv(65_536)):
        body += part
    return Answer(int(first.split()[1]), headers, body[:length])  # what follows answers the next request


def ask(port: int, sent: bytes, *, then_stop_sending: bool = False) -> Answer:
    with connected(port) as connection:
        connection.sendall(sent)
        if then_stop_sending:
            connection.shutdown(socket.SHUT_WR)
        return answered(connection)
