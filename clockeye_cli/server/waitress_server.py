"""Waitress with our own error responses and an orderly shutdown.

Added to waitress: its own error responses get the format of the API reference and the limit headers; a
client that is too slow, or disconnects in the middle of a request, gets an error response; a request with two
lengths is refused; idle connections make room for new ones; after a signal, requests in flight are finished.
"""

from __future__ import annotations

import errno
import signal
import socket
import time
from contextlib import contextmanager

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import ClashError, UsageError
from clockeye_cli.server.app import BODY_LIMIT
from clockeye_cli.server.channel import Channel
from clockeye_cli.server.limits import Limiter, Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from wsgiref.types import WSGIApplication

    from clockeye_cli.server.access_log import Answered

THREADS = 8
CONNECTIONS = 1_000
HEADER_LIMIT = 16_384
REQUEST_SECONDS = 30
"""Time limit for sending one request, and for an idle connection."""

DRAIN_SECONDS = 10
"""Time limit for requests in flight after a signal."""

_REASONS = {errno.EADDRINUSE: "is already in use", errno.EACCES: "requires elevated privileges"}


class Server(TcpWSGIServer):  # type: ignore[misc]  # waitress ships no types
    """Waitress with `Channel` connections and an orderly shutdown."""

    channel_class = Channel

    def __init__(
        self,
        application: WSGIApplication,
        listener: socket.socket,
        host: str,
        limiter: Limiter,
        log: Callable[[Answered], None] | None,
    ) -> None:
        self.limiter = limiter
        self.log = log
        self._is_stopping = False
        address = (listener.family, listener.type, listener.proto, listener.getsockname())
        adjustments = _adjustments(listener, host)
        super().__init__(application, _sock=listener, adj=adjustments, sockinfo=address, bind_socket=False)

    def maintenance(self, now: float) -> None:
        """Cut off the requests that have taken too long; waitress calls it every few seconds."""
        super().maintenance(now)
        for channel in self.active_channels.values():
            if channel.request is not None and now - channel.request_began > REQUEST_SECONDS:
                channel.will_close = True

    def readable(self) -> bool:
        """Whether to accept connections; if there are too many, one that is idle makes room."""
        if len(self._map) >= self.adj.connection_limit:
            idle = [channel for channel in self.active_channels.values() if not channel.is_busy()]
            if idle:
                min(idle, key=lambda channel: channel.last_activity).handle_close()
        return bool(super().readable())

    def run(self) -> None:
        """Serve until SIGTERM or SIGINT, then finish the requests in flight."""
        previous = {number: signal.signal(number, self._stop) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            while not self._is_stopping:
                self._turn()
            self._drain()
        finally:
            for number, handler in previous.items():
                signal.signal(number, handler)

    def _stop(self, *_: object) -> None:
        self._is_stopping = True
        self.pull_trigger()

    def _drain(self) -> None:
        self.accepting = False
        until = time.monotonic() + DRAIN_SECONDS
        while time.monotonic() < until and any(
            channel.is_busy() for channel in self.active_channels.values()
        ):
            self._turn()
        self.task_dispatcher.shutdown()

    def _turn(self) -> None:
        wasyncore.loop(timeout=1, use_poll=True, map=self._map, count=1)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; connections wait until a server accepts them.

    Raises:
        ClashError: The port is in use, or needs more rights.
        UsageError: The host or port is not an address of this computer.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host.strip("[]"), port), family=family, backlog=CONNECTIONS)
    except (OSError, OverflowError, UnicodeError) as error:
        raise _not_listening(host, port, error) from error


@contextmanager
def listening(
    application: WSGIApplication,
    listener: socket.socket,
    host: str,
    limits: Limits | None,
    log: Callable[[Answered], None] | None = None,
) -> Iterator[Server]:
    """A server that accepts connections while the block runs.

    Args:
        application: What answers the requests.
        listener: From `listen`; closed at the end.
        host: The address that it listens on, as it was given.
        limits: For the limit headers of responses that never reach the application.
        log: Called with each answered request.
    """
    server = Server(application, listener, host, Limiter(limits, time.time), log)
    try:
        yield server
    finally:
        wasyncore.close_all(server._map, ignore_all=True)  # noqa: SLF001 - waitress has no public way to close it


def _adjustments(listener: socket.socket, host: str) -> Adjustments:
    return Adjustments(
        sockets=[listener],
        server_name=host,
        threads=THREADS,
        connection_limit=CONNECTIONS,
        channel_timeout=REQUEST_SECONDS,
        cleanup_interval=5,
        max_request_header_size=HEADER_LIMIT,
        # The application rejects bodies over 1 MiB. The limit here is higher, so that a slightly longer one
        # is read to its end, and the client gets a response instead of a connection reset.
        max_request_body_size=4 * BODY_LIMIT,
        asyncore_use_poll=True,
        log_socket_errors=False,
        ident="",
    )


def _not_listening(host: str, port: int, error: Exception) -> ClashError | UsageError:
    if isinstance(error, OSError) and error.errno in _REASONS:
        return ClashError(
            f"Port {port} on {host} {_REASONS[error.errno]}.",
            hint="Choose another port with --port; --port 0 picks a free one.",
            code="port_in_use",
        )
    return UsageError(
        f"Cannot listen on {host}:{port}: {error}.",
        hint="Use an address of this computer, such as --host 127.0.0.1 --port 8080",
    )
