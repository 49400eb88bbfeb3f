"""Which proxy a request goes through: HTTPS_PROXY, else ALL_PROXY, with the exceptions of NO_PROXY."""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.request import proxy_bypass_environment  # type: ignore[attr-defined] # typeshed leaves it out

from clockeye_cli.api.early import PROXY_VARIABLES
from clockeye_cli.core.origin import LOOPBACK, PORTS
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping


class Proxy(NamedTuple):
    """A proxy.

    Attributes:
        variable: The variable that names it.
        address: Its value.
    """

    variable: str
    address: str


def proxy_for(url: str, environ: Mapping[str, str]) -> Proxy | None:
    """The proxy for an address; None for this computer, for a host in NO_PROXY, or if none is set.

    Raises:
        UsageError: It is a SOCKS proxy.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme != "https" or host in LOOPBACK:
        return None
    # Python expects `.example` for a domain; other programs also accept `*.example`.
    bypassed = (environ.get("NO_PROXY") or environ.get("no_proxy") or "").strip().replace("*.", ".")
    if proxy_bypass_environment(f"{host}:{parts.port or PORTS['https']}", {"no": bypassed}):
        return None
    proxy = next((Proxy(name, environ[name]) for name in PROXY_VARIABLES if environ.get(name)), None)
    if proxy and proxy.address.lower().startswith("socks"):
        raise UsageError(
            f"{proxy.variable} names a SOCKS proxy, which clockeye cannot use.",
            hint="Set HTTPS_PROXY=http://HOST:PORT, or NO_PROXY to the service's host to connect directly.",
        )
    return proxy
