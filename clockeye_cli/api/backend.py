"""The connections below httpx: each ends in time, and one that was begun early is taken over.

httpx limits the silence before each piece of an answer, but not the time for all of it: a service that sends
a byte of its header every 25 seconds would hold a command for hours.
"""

from __future__ import annotations

import math
import select
import threading
import time
from contextlib import contextmanager
from typing import Any

import httpcore

from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable, Iterator

    from clockeye_cli.api.early import EarlyConnection


class _Exchange(threading.local):
    """The request that this thread is sending, and its answer.

    Attributes:
        until: The monotonic time by which the whole answer must be here.
        has_begun: Whether a part of it is here.
    """

    until = math.inf
    has_begun = False


exchange = _Exchange()


def begin_exchange(until: float) -> None:
    """Let the next request of this thread, with its answer, end by a monotonic time."""
    exchange.until, exchange.has_begun = until, False


class Backend(httpcore.SyncBackend):
    """Makes connections as httpcore does, but they end in time, and the first one may be the early one.

    Args:
        early: The connection to take for its address; None for none.
    """

    def __init__(self, early: EarlyConnection | None) -> None:
        super().__init__()
        self._early = early

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
                return _EndingStream(_Stream(secured))
        return _EndingStream(super().connect_tcp(host, port, timeout, local_address, socket_options))


class _EndingStream(httpcore.NetworkStream):
    """A connection on which each exchange ends by its time."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        received = self._stream.read(max_bytes, _shorter(timeout, httpcore.ReadTimeout))
        exchange.has_begun = True
        return received

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _shorter(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        seconds = _shorter(timeout, httpcore.ConnectTimeout)
        return _EndingStream(self._stream.start_tls(ssl_context, server_hostname, seconds))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _shorter(timeout: float | None, error: type[Exception]) -> float | None:
    """The seconds to wait: at most those that are left for the exchange."""
    left = exchange.until - time.monotonic()
    if left <= 0:
        raise error("timed out")
    return left if timeout is None else min(timeout, left)


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
