"""Where the server's data is: which storage `--data` names."""

from __future__ import annotations

import re

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from clockeye_cli.server.storage import Storage

SCHEMES = ("postgresql", "postgres")

_URL = re.compile(
    r"\s*(?:([A-Za-z][A-Za-z0-9+.-]+):/|postgres(?:ql)?:|(?:host|hostaddr|port|dbname|user|service)=)"
)
"""A URL, or what somebody might take for one: no file gets such a name. (`C:/` is a drive of Windows.)"""


def is_url(data: str) -> bool:
    """Whether `--data` is a URL, though maybe not a valid one, and not the name of a file."""
    return _URL.match(data) is not None


def check_url(data: str) -> None:
    """Check the URL of a database, without connecting to it.

    Raises:
        UsageError: It has an unknown scheme, contains a password, or is none; or the extra `postgres` is not
            installed.
    """
    url = _URL.match(data)
    if url is not None and url[1] and url[1].lower() not in SCHEMES:
        raise UsageError(
            f"Unknown scheme {url[1]!r} for --data.",
            hint="Give a file, or a URL such as postgresql://clockeye@db.example.com/clockeye",
            code="unknown_scheme",
        )
    try:
        from clockeye_cli.server.postgres.connections import parsed
    except ModuleNotFoundError as error:
        if error.name not in ("psycopg", "psycopg_pool"):
            raise
        raise UsageError(
            f"--data {SCHEMES[0]}://... needs {error.name}, which is not installed.",
            hint='pip install "clockeye[server,postgres]"',
            code="extra_missing",
        ) from error
    parsed(data)


def opened(data: str) -> Storage:
    """The storage that `--data` names: a file, created if missing, or the URL of a PostgreSQL database.

    Raises:
        UsageError: What `check_url` raises.
        StorageError: It cannot be used.
    """
    if not is_url(data):
        from clockeye_cli.server.database import Database

        return Database(data)
    check_url(data)
    from clockeye_cli.server.postgres.storage import Postgres

    return Postgres(data)
