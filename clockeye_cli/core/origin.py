"""Where an API key may be sent: safe base URLs, and the origin that a key is bound to."""

from __future__ import annotations

from urllib.parse import urlsplit

from clockeye_cli.core.typing import NamedTuple
from clockeye_cli.errors import UsageError

DEFAULT = "https://api.clockeye.ai/v1"

LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
"""The hosts, compared exactly as parsed, to which `http` is allowed: not `127.0.0.1.evil.example`."""

PORTS = {"https": 443, "http": 80}


class Base(NamedTuple):
    """A checked base URL.

    Attributes:
        url: Without a trailing slash; scheme and host in small letters.
        origin: Scheme, host and port, which a key is bound to.
    """

    url: str
    origin: str


def checked(url: str) -> Base:
    """The base URL, if it is safe to send a key to.

    Raises:
        UsageError: It is not a URL, is not encrypted, or contains a user name, a query or a fragment.
    """
    url = url.strip().rstrip("/")
    if not url.isascii() or not url.isprintable() or " " in url:
        raise _refused(url, "it contains characters that are not allowed in a URL")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = parts.hostname or ""
    except ValueError:
        raise _refused(url, "it is not a URL") from None  # Python's message would contain a password
    if parts.scheme not in PORTS or not host:
        raise _refused(url, "it does not begin with https:// and a host")
    if parts.scheme == "http" and host not in LOOPBACK:
        raise _refused(url, "http is not encrypted and is allowed only for this computer (127.0.0.1)")
    if "@" in parts.netloc or "?" in url or "#" in url:
        raise _refused(url, "it must not contain a user, a password, a query or a fragment")
    if port == 0:
        raise _refused(url, "port 0 is not allowed")
    name = f"[{host}]" if ":" in host else host
    # In small letters, so that checks for a leading `https:` are right.
    written = f"{parts.scheme}://{parts.netloc.lower()}{parts.path}"
    return Base(written, f"{parts.scheme}://{name}:{port or PORTS[parts.scheme]}")


def is_loopback(url: str) -> bool:
    """Whether a base URL is this computer's own."""
    return urlsplit(checked(url).url).hostname in LOOPBACK


def _refused(url: str, why: str) -> UsageError:
    # A password in the URL is not repeated.
    shown = url.partition("?")[0].rpartition("@")[2] if "@" in url else url.partition("?")[0]
    return UsageError(
        f"The address {shown[:80]!r} cannot be used: {why}.",
        hint=f"The default is {DEFAULT}",
        code="bad_url",
    )
