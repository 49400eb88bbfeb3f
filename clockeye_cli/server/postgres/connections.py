"""Connections to PostgreSQL: the URL, the pool, and what goes wrong on the way, in words of ours."""

from __future__ import annotations

from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import conninfo, errors
from psycopg_pool import ConnectionPool, PoolTimeout

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import StorageError, UsageError
from clockeye_cli.server.records import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    PgConnection = psycopg.Connection[tuple[Any, ...]]

CONNECTIONS = 16
"""The most that one process opens; twice the threads of `clockeye serve`."""

WAIT_SECONDS = 3
"""How long a request waits for a connection before it is answered with 503."""

FREE_SPACE = "Free some space on its disk."

IDLE_SECONDS = 10
"""How long a transaction may wait for its next statement; those of requests do not wait."""

OPTIONS = {
    "connect_timeout": "3",
    "application_name": "clockeye",
    "client_encoding": "utf8",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "10000",
}
"""A database that vanished without a word is noticed within ten seconds. The URL can set each of them."""


def parsed(url: str) -> dict[str, Any]:
    """The parameters in a URL of PostgreSQL.

    Raises:
        UsageError: It is none, or contains a password, which other users could read.
    """
    try:
        if not url.startswith(("postgresql://", "postgres://")):
            raise psycopg.ProgrammingError("no URL")
        given = conninfo.conninfo_to_dict(url)
    except psycopg.ProgrammingError as error:
        raise UsageError(
            "The value of --data is not a URL of a PostgreSQL database.",
            hint="Its form is postgresql://USER@HOST:PORT/DATABASE",
            code="bad_url",
        ) from error
    if given.keys() & {"password", "sslpassword"}:
        raise UsageError(
            "The URL in --data contains a password, which every user of this computer can read.",
            hint="Put it into PGPASSWORD, ~/.pgpass or a service file, and leave it out of the URL.",
            code="password_in_url",
        )
    return OPTIONS | given


def place_of(given: dict[str, Any]) -> str:
    """The database for people, without options."""
    user = f"{given['user']}@" if given.get("user") else ""
    host = given.get("host") or given.get("service") or ""
    port = f":{given['port']}" if given.get("port") else ""
    return f"postgresql://{user}{'' if host.startswith('/') else host}{port}/{given.get('dbname') or ''}"


class Pool:
    """Connections that are opened when they are needed, and again after the database was away.

    Args:
        given: The parameters of the connections.
        place: The database for people.
    """

    def __init__(self, given: dict[str, Any], place: str) -> None:
        self._place = place
        self._pool = ConnectionPool(
            kwargs={**given, "autocommit": True},
            min_size=0,
            max_size=CONNECTIONS,
            timeout=WAIT_SECONDS,
            reconnect_timeout=1,  # then with the next request, not minutes later
            configure=_configure,
            open=False,
            name="clockeye",
        )

    @contextmanager
    def connection(self) -> Iterator[PgConnection]:
        """A connection outside of a transaction, for the block.

        Raises:
            StorageError: The database cannot be used.
        """
        self._pool.open()
        with database_errors(self._place):
            try:
                with self._pool.connection() as connection:
                    yield connection
            except (errors.AdminShutdown, errors.CrashShutdown, errors.ConnectionException):
                self._pool.check()  # the others have gone, too
                raise
            except psycopg.OperationalError as error:
                if error.sqlstate is None:
                    self._pool.check()
                raise

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


def _configure(connection: PgConnection) -> None:
    """Let the database end the transaction of a server that vanished, whose locks others wait for."""
    connection.execute(f"SET idle_in_transaction_session_timeout = '{IDLE_SECONDS}s'".encode())


@contextmanager
def database_errors(place: str) -> Iterator[None]:
    """Raise errors of ours for those of PostgreSQL.

    Raises:
        UnavailableError: It is away, starting, stopping, full or too busy.
        StorageError: It refuses something for good.
    """
    try:
        yield
    except PoolTimeout as error:
        raise UnavailableError(f"{place} cannot be reached.", hint="Is it running?") from error
    except errors.InsufficientPrivilege as error:
        raise StorageError(
            f"{place}: {_said(error)}.",
            hint="The user must own the tables, or be allowed to create them:"
            " GRANT CREATE, USAGE ON SCHEMA public TO ...",
            code="storage_rights",
        ) from error
    except errors.DiskFull as error:
        raise UnavailableError(f"{place}: {_said(error)}.", hint=FREE_SPACE) from error
    except psycopg.OperationalError as error:
        text = _said(error)
        raise UnavailableError(f"{place} is not available: {text}.", hint=_next_step(text)) from error
    except psycopg.Error as error:
        raise StorageError(f"{place}: {_said(error)}.") from error


def _said(error: psycopg.Error) -> str:
    """What PostgreSQL or its library says, as one line without a full stop and advice."""
    lines = [line for line in str(error).splitlines() if line and not line[0].isspace()]
    text = error.diag.message_primary or " ".join(lines) or type(error).__name__
    return text.removesuffix(".")


def _next_step(text: str) -> str:
    """What to do about a connection that failed; no error code says why."""
    if "password" in text:
        return "Put the password of the user into PGPASSWORD, ~/.pgpass or a service file."
    if "does not exist" in text or "pg_hba.conf" in text or "not permitted" in text:
        return "Check the user and the database in the URL; createuser and createdb create them."
    if "could not write" in text or "No space left" in text:
        return FREE_SPACE
    return "Is it running?"
