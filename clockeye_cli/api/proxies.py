"""Which proxy a request goes through: HTTPS_PROXY, with the exceptions of NO_PROXY."""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.request import proxy_bypass_environment  # type: ignore[attr-defined] # typeshed leaves it out

from clockeye_cli.core.origin import LOOPBACK, PORTS
from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def proxy_for(url: str, environ: Mapping[str, str]) -> str:
    """The address of the proxy; empty for this computer, for a host in NO_PROXY, or if none is set."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme != "https" or host in LOOPBACK:
        return ""
    # Python expects `.example` for a domain; other programs also accept `*.example`.
    bypassed = (environ.get("NO_PROXY") or environ.get("no_proxy") or "").strip().replace("*.", ".")
    if proxy_bypass_environment(f"{host}:{parts.port or PORTS['https']}", {"no": bypassed}):
        return ""
    return environ.get("HTTPS_PROXY") or environ.get("https_proxy") or ""
