"""Hands a connection that was begun early to httpcore, which carries httpx's requests."""

from __future__ import annotations

import select
from contextlib import contextmanager
from typing import Any

import httpcore

from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable, Iterator

    from clockeye_cli.api.early import EarlyConnection


class Backend(httpcore.SyncBackend):
    """Makes connections as httpcore does, but the first one to its address is the early one.

    Args:
        early: That connection.
    """

    def __init__(self, early: EarlyConnection) -> None:
        super().__init__()
        self._early: EarlyConnection | None = early

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect, or take the early connection, which is made only once even if that fails."""
        early = self._early
        if early is not None and (host, port) == (early.host, early.port):
            self._early = None
            with _errors(httpcore.ConnectTimeout, httpcore.ConnectError):
                secured = early.take(timeout)
            if secured is not None:
                return _Stream(secured)
        return super().connect_tcp(host, port, timeout, local_address, socket_options)


class _Stream(httpcore.NetworkStream):
    """A connection on which TLS has already begun."""

    def __init__(self, secured: ssl.SSLSocket) -> None:
        self._socket = secured

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        with _errors(httpcore.ReadTimeout, httpcore.ReadError):
            self._socket.settimeout(timeout)
            return self._socket.recv(max_bytes)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        with _errors(httpcore.WriteTimeout, httpcore.WriteError):
            self._socket.settimeout(timeout)
            self._socket.sendall(buffer)

    def close(self) -> None:
        self._socket.close()

    def start_tls(self, *_: Any, **__: Any) -> httpcore.NetworkStream:
        return self  # it has begun, with the same context and for the same host

    def get_extra_info(self, info: str) -> Any:
        if info == "ssl_object":
            return self._socket
        if info == "is_readable":  # whether an idle connection was closed by the server
            return bool(select.select([self._socket], [], [], 0)[0])
        return None


@contextmanager
def _errors(timeout: type[Exception], other: type[Exception]) -> Iterator[None]:
    try:
        yield
    except TimeoutError as error:
        raise timeout(str(error)) from error
    except OSError as error:
        raise other(str(error)) from error
