"""The ClockEye REST API over one SQLite file; `create_app` makes it for any WSGI server."""

from __future__ import annotations

from typing import Any

from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clockeye_cli.server.app import create_app

__all__ = ["create_app"]


def __getattr__(name: str) -> Any:
    # Late import: `serve keys` uses this package without falcon, which only the extra `server` installs.
    if name != "create_app":
        raise AttributeError(name)
    from clockeye_cli.server.app import create_app

    return create_app
