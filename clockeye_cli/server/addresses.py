"""The names under which the server accepts requests: the address it listens on, and its public URLs.

Requests from a website that points its own domain at this computer (DNS rebinding), or posts a form here,
are rejected before anything else is checked.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from http import HTTPStatus
from urllib.parse import urlsplit

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError
from clockeye_cli.server.problems import ApiError, refuse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

_DEFAULT_PORTS = {"http": "80", "https": "443"}
_HOST = re.compile(r"(?:[a-z0-9._-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::[0-9]{1,5})?")
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_ELSEWHERE = {
    "0.0.0.0": (socket.AF_INET, "192.0.2.1", "127.0.0.1"),  # noqa: S104 - compared with, not bound to
    "::": (socket.AF_INET6, "2001:db8::1", "::1"),
}
"""For each address that stands for all: its family, one for documentation (RFC 5737, RFC 3849), loopback."""

_EVERYWHERE = ("0.0.0.0", "::", "[::]")  # noqa: S104 - compared with, not bound to


class Addresses:
    """The origins that requests may be sent to.

    Args:
        public_urls: Origins under which a proxy serves the API: `https://time.example.com`.

    Raises:
        UsageError: One of them is not an origin.
    """

    def __init__(self, public_urls: Iterable[str]) -> None:
        self._public = dict(_origin(url) for url in public_urls)

    def base(self, environ: Mapping[str, Any]) -> str:
        """The origin that the request was sent to, for links to this server.

        Raises:
            ApiError: The request's `Host` or `Origin` is foreign.
        """
        host = environ.get("HTTP_HOST", "").lower()
        base = self._base_of(host, environ["SERVER_NAME"], environ["SERVER_PORT"])
        if not base:
            refuse("Host", "foreign", _foreign(host, environ.get("HTTP_X_FORWARDED_PROTO", "")))
        origin = environ.get("HTTP_ORIGIN")
        if origin is not None and origin.lower() != base:
            raise ApiError(
                HTTPStatus.FORBIDDEN,
                "Requests from other websites are not allowed",
                field="Origin",
                reason="foreign",
            )
        return base

    def _base_of(self, host: str, listening: str, port: str) -> str:
        name, _, given_port = (
            host.rpartition(":") if not host.endswith("]") and ":" in host else (host, "", "")
        )
        for scheme, default in _DEFAULT_PORTS.items():
            public = self._public.get(f"{scheme}://{name}:{given_port or default}")
            if public:
                return public
        if (given_port or "80") == str(port) and _is_own(name, listening.lower()):
            return f"http://{host}"
        return ""


def _foreign(host: str, scheme: str) -> str:
    """The message for a `Host` that is not this server's; a malformed one is not quoted."""
    if not _HOST.fullmatch(host):
        return "Host header not allowed"
    origin = f"{scheme if scheme in _DEFAULT_PORTS else 'http'}://{host}"
    return f"Host {host} not allowed. To serve it, start the server with --public-url {origin}"


def client_host(host: str) -> str:
    """The address at which clients reach a server that listens on `host`.

    For all addresses of this computer, the one that it uses for other networks; no packet is sent.
    """
    name = host.strip("[]")
    if name not in _ELSEWHERE:
        return name
    family, elsewhere, loopback = _ELSEWHERE[name]
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((elsewhere, 9))
        except OSError:  # no network
            return loopback
        address: str = probe.getsockname()[0]
        return address


def _is_own(name: str, listening: str) -> bool:
    if listening in _EVERYWHERE:
        # A rebinding attack needs a domain name; an IP address is safe.
        return name in _LOOPBACK or _is_address(name.strip("[]"))
    return name.strip("[]") == listening.strip("[]") or (name in _LOOPBACK and is_loopback(listening))


def is_loopback(host: str) -> bool:
    """Whether a server that listens on `host` can be reached from this computer only."""
    name = host.strip("[]")
    return name == "localhost" or (_is_address(name) and ipaddress.ip_address(name).is_loopback)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return "%" not in name  # a zone follows it, which can be any text


def _origin(url: str) -> tuple[str, str]:
    """An origin with an explicit port, and as browsers write it."""
    try:
        parts = urlsplit(url.lower())
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if (
        parts.scheme not in _DEFAULT_PORTS
        or not parts.hostname
        or parts.netloc.count("@")
        or parts.path.strip("/")
    ):
        raise UsageError(
            f"Invalid value {url!r} for --public-url.",
            hint="Give a scheme and a host, such as https://time.example.com",
        )
    name = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    origin, default = f"{parts.scheme}://{name}", _DEFAULT_PORTS[parts.scheme]
    full = f"{origin}:{port or default}"
    return full, origin if full == f"{origin}:{default}" else full
