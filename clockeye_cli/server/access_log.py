"""The access log: one line of JSON per answered request, without the keys that requests are made with."""

from __future__ import annotations

import json
import logging
import os
import re
from datetime import UTC, datetime
from functools import partial

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable

STANDARD_OUTPUT = "-"
STDOUT = 1
PRIVATE = 0o600
"""The log says who worked when."""

_KEY = re.compile(r"(key_[0-9a-z]{12})_[0-9A-Za-z_%-]+")

_log = logging.getLogger(__name__)


class Answered(NamedTuple):
    """A request that was answered.

    Attributes:
        began_at: Unix seconds.
        client: The address of the other end of the connection.
        forwarded_for: What a proxy says about the client, unchecked; empty without a proxy.
        method: Empty for a request that could not be read; so are `path` and `query`.
        status: The status of the answer.
        size: Bytes of its body.
        seconds: From the first byte of the request to the last one of the answer.
        key_id: The id of the key, which is no secret; empty without a valid key.
    """

    began_at: float
    client: str
    forwarded_for: str
    method: str
    path: str
    query: str
    status: int
    size: int
    seconds: float
    key_id: str


def line(request: Answered) -> str:
    """The line of a request; a key that somebody put into an address is cut to its id."""
    instant = datetime.fromtimestamp(request.began_at, UTC).isoformat(timespec="milliseconds")
    fields = {
        "time": instant.replace("+00:00", "Z"),
        "client": request.client,
        "forwarded_for": request.forwarded_for or None,
        "method": request.method,
        "path": request.path,
        "query": request.query,
        "status": request.status,
        "bytes": request.size,
        "seconds": round(request.seconds, 6),
        "key_id": request.key_id or None,
    }
    return _KEY.sub(r"\1", json.dumps(fields)) + "\n"


def opened(path: str) -> Callable[[Answered], None]:
    """What writes to a log. The file is opened for each line, so that it may be moved away at any time.

    Args:
        path: The file, which is created if missing and appended to; `-` for standard output.

    Raises:
        StorageError: The file cannot be written.
    """
    append = _print if path == STANDARD_OUTPUT else partial(_append, os.path.abspath(path))
    try:
        append(b"")
    except OSError as error:
        raise StorageError(
            f"Cannot write the log {path}: {error.strerror}.", hint="Choose another file: --log FILE"
        ) from error

    def write(request: Answered) -> None:
        try:
            append(line(request).encode())
        except OSError as error:  # a full disk must not stop the service
            _log.error("Cannot write the log %s: %s", path, error.strerror)

    return write


def _print(content: bytes) -> None:
    os.write(STDOUT, content)  # one call for each line: threads do not mix theirs


def _append(path: str, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, PRIVATE)
    try:
        os.write(descriptor, content)
    finally:
        os.close(descriptor)
