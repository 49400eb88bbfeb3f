"""Downloads of files from addresses that the service gives: anybody may own them, so no key is sent."""

from __future__ import annotations

import time
from http import HTTPStatus

from clockeye_cli.api.closing import Closing
from clockeye_cli.api.connections import MOST_BYTES, Connections
from clockeye_cli.core.origin import checked
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import NoAnswerError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

DOWNLOAD_SECONDS = 120.0


class Downloads(Closing):
    """Downloads files without sending a key, over connections that stay open for the next file.

    Args:
        environ: HTTPS_PROXY and NO_PROXY; what `certificates.trusted` reads.
        may_be_here: Whether `http` to this computer itself is allowed: a service elsewhere must not reach
            servers on this computer.
    """

    def __init__(self, environ: Mapping[str, str], *, may_be_here: bool = True) -> None:
        self._connections = Connections(environ)
        self._may_be_here = may_be_here

    def close(self) -> None:
        """Close the connections."""
        self._connections.close()

    def get(self, url: str, *, most: int = MOST_BYTES) -> bytes:
        """Download a file.

        Args:
            url: `https://…`; `http` only for this computer itself.
            most: The maximum size, in bytes.

        Raises:
            UsageError: The address is not safe.
            NeverArrivedError: The server cannot be reached.
            NoAnswerError: The file cannot be downloaded.
        """
        base = checked(url.partition("?")[0])
        if base.url.startswith("http:") and not self._may_be_here:
            raise UsageError(f"Refusing to download from {base.origin}: it is this computer.", code="bad_url")
        until = time.monotonic() + DOWNLOAD_SECONDS
        response = self._connections.send("GET", url, most=most, until=until)
        if response.status != HTTPStatus.OK:
            raise NoAnswerError(f"{base.origin} answered with status {response.status}.")
        return response.body
