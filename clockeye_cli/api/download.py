"""Downloads of files whose addresses came from the service: they may be anybody's, so no key goes there."""

from __future__ import annotations

import time
from http import HTTPStatus
from typing import TYPE_CHECKING

from clockeye_cli.api.connections import MOST_BYTES, Connections
from clockeye_cli.core.origin import checked
from clockeye_cli.errors import NoAnswerError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

DOWNLOAD_SECONDS = 120.0


def fetch(url: str, environ: Mapping[str, str], *, most: int = MOST_BYTES, may_be_here: bool = True) -> bytes:
    """Download a file, without any key: its address came from the service and may be anybody's.

    Args:
        url: `https://…`; `http` only to this computer itself.
        environ: HTTPS_PROXY and NO_PROXY, SSL_CERT_FILE, CLOCKEYE_CA_FILE.
        most: Bytes.
        may_be_here: Whether `http` to this computer itself is fine: a service elsewhere has no business with
            what listens here.

    Raises:
        UsageError: The address is not safe.
        NeverArrivedError: Nobody is there.
        NoAnswerError: It cannot be downloaded.
    """
    base = checked(url.partition("?")[0])
    if base.url.startswith("http:") and not may_be_here:
        raise UsageError(
            f"The address {base.origin} cannot be used: it is this computer's own.", code="bad_url"
        )
    with Connections(environ) as connections:
        response = connections.send("GET", url, most=most, until=time.monotonic() + DOWNLOAD_SECONDS)
    if response.status != HTTPStatus.OK:
        raise NoAnswerError(f"{base.origin} gave status {response.status}.")
    return response.body
