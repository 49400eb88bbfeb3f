"""Where the server's data is: which storage `--data` names."""

from __future__ import annotations

import re

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from clockeye_cli.server.storage import Storage

SCHEMES = ("postgresql", "postgres")

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")


def is_url(data: str) -> bool:
    """Whether `--data` is a URL, and not the name of a file."""
    return _SCHEME.match(data) is not None


def opened(data: str) -> Storage:
    """The storage that `--data` names: a file, created if missing, or the URL of a PostgreSQL database.

    Raises:
        UsageError: The URL has an unknown scheme, contains a password, or is none; or the extra
            `postgres` is not installed.
        StorageError: It cannot be used.
    """
    scheme = _SCHEME.match(data)
    if scheme is None:
        from clockeye_cli.server.database import Database

        return Database(data)
    if scheme[1].lower() not in SCHEMES:
        raise UsageError(
            f"Unknown scheme {scheme[1]!r} for --data.",
            hint="Give a file, or a URL such as postgresql://clockeye@db.example.com/clockeye",
            code="unknown_scheme",
        )
    try:
        from clockeye_cli.server.postgres.storage import Postgres
    except ModuleNotFoundError as error:
        if error.name not in ("psycopg", "psycopg_pool"):
            raise
        raise UsageError(
            f"--data {SCHEMES[0]}://... needs {error.name}, which is not installed.",
            hint='pip install "clockeye[server,postgres]"',
            code="extra_missing",
        ) from error
    return Postgres(data)
