"""Waitress's connections and responses, with our own error responses, limit headers and access log."""

from __future__ import annotations

import time
from http import HTTPStatus
from typing import Any

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.task import ErrorTask, Task, WSGITask
from waitress.utilities import BadRequest

from clockeye_cli.server.access_log import Answered
from clockeye_cli.server.app import KEY_ID
from clockeye_cli.server.problems import ApiError, status_line


class _LoggedTask(Task):  # type: ignore[misc]  # waitress ships no types
    """A response that is logged, with the limit headers as the API reference spells them."""

    environ: dict[str, Any] | None = None

    def build_response_header(self) -> bytes:
        """The status line and the headers."""
        header: bytes = super().build_response_header()  # which capitalizes each word
        return header.replace(b"\r\nX-Ratelimit-", b"\r\nX-RateLimit-")

    def service(self) -> None:
        """Answer the request, then log it."""
        super().service()
        log, request = self.channel.server.log, self.request
        if log and self.wrote_header:
            log(
                Answered(
                    self.start_time,
                    client=str(self.channel.addr[0]),
                    forwarded_for=request.headers.get("X_FORWARDED_FOR", ""),
                    method=getattr(request, "command", ""),
                    path=getattr(request, "path", ""),
                    query=getattr(request, "query", ""),
                    status=int(self.status.split()[0]),
                    size=self.content_bytes_written,
                    seconds=time.time() - self.start_time,
                    key_id=(self.environ or {}).get(KEY_ID, ""),
                )
            )


class _WSGITask(_LoggedTask, WSGITask):  # type: ignore[misc]  # waitress ships no types
    """The response of the application."""


class _ErrorTask(_LoggedTask, ErrorTask):  # type: ignore[misc]  # waitress ships no types
    """An error response of waitress itself, in the format of the API reference."""

    def execute(self) -> None:
        """Write the response; waitress calls it."""
        if self.request.error.code == HTTPStatus.INTERNAL_SERVER_ERROR:
            error = ApiError(HTTPStatus.INTERNAL_SERVER_ERROR, "Internal server error")
        else:
            error = ApiError(HTTPStatus.BAD_REQUEST, _message(self.request.error.body), reason="format")
        body = error.body()
        self.status = status_line(error.status)
        self.response_headers += [("Content-Type", "application/json"), ("X-Content-Type-Options", "nosniff")]
        self.response_headers += self.channel.server.limiter.untouched().headers()
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


def _message(explanation: str) -> str:
    # Waitress quotes the input; we do not echo client input.
    return "Malformed request: " + explanation.partition(' "')[0]


class _Parser(HTTPRequestParser):  # type: ignore[misc]  # waitress ships no types
    """Refuses a request with two lengths: a proxy that goes by the other one would see another request."""

    def parse_header(self, header_plus: bytes) -> None:
        """Parse the header; RFC 9112, section 6.3, says to treat such a request as an error."""
        super().parse_header(header_plus)
        if "CONTENT_LENGTH" in self.headers and (self.chunked or "TRANSFER_ENCODING" in self.headers):
            raise ParsingError("both Content-Length and Transfer-Encoding")


class Channel(HTTPChannel):  # type: ignore[misc]  # waitress ships no types
    """A connection that gets an error response if it ends in the middle of a request."""

    task_class = _WSGITask
    error_task_class = _ErrorTask
    parser_class = _Parser
    request: Any

    def __init__(self, *args: Any, **named: Any) -> None:
        self._is_cut_off = False
        self.request_began = 0.0
        super().__init__(*args, **named)

    def received(self, data: bytes) -> bool:
        """Take in what has come; waitress calls it."""
        if self.request is None:
            self.request_began = time.time()
        return bool(super().received(data))

    def recv(self, size: int) -> bytes:
        """Receive bytes; the end of input is an error, which makes waitress call only `handle_close`."""
        data: bytes = self.socket.recv(size)
        if not data:
            raise ConnectionAbortedError
        return data

    def is_busy(self) -> bool:
        """Whether a request is being read, processed or answered."""
        return bool(self.requests or self.request is not None or self.total_outbufs_len)

    def handle_close(self) -> None:
        """Close, but not before half a request was answered; waitress calls it."""
        # Called both at the end of input and on a timeout; either may leave half a request.
        unfinished = self.request
        if unfinished is None or self._is_cut_off or self.requests or not self.connected:
            super().handle_close()
            return
        self._is_cut_off = True
        self.will_close = False
        unfinished.error = BadRequest("incomplete request")
        self.request = None
        with self.requests_lock:
            self.requests.append(unfinished)
        self.server.add_task(self)
