"""The server's data in a PostgreSQL database, which any number of servers share."""

from __future__ import annotations

from contextlib import contextmanager

import psycopg
from psycopg import errors

from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import StorageError
from clockeye_cli.server.postgres.connections import Pool, database_errors, parsed, place_of
from clockeye_cli.server.postgres.lists import one
from clockeye_cli.server.postgres.queries import PgQueries
from clockeye_cli.server.postgres.requests import SharedLimits
from clockeye_cli.server.postgres.schema import MIGRATIONS
from clockeye_cli.server.records import UnavailableError, UnconfirmedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clockeye_cli.server.limits import Limits
    from clockeye_cli.server.postgres.connections import PgConnection

OLDEST = 130_000
"""PostgreSQL 13, as `server_version_num`: the oldest that these statements are known to work with."""

LOCK = 0x434B5356
"""The advisory lock of migrations: `CKSV`."""


class Postgres:
    """A database of PostgreSQL; a `storage.Storage`.

    Args:
        url: `postgresql://USER@HOST:PORT/DATABASE`; the password comes from PGPASSWORD, .pgpass or a service
            file, as for `psql`.

    Raises:
        UsageError: The URL is none, or contains a password.
        StorageError: The database cannot be used, belongs to something else, or is newer than this program.
    """

    def __init__(self, url: str) -> None:
        given = parsed(url)
        self.place = place_of(given)
        self._pool = Pool(given, self.place)
        # Not from the pool, which does not say why a connection failed.
        with database_errors(self.place), psycopg.connect(**given) as connection:
            _migrate(connection, self.place)

    @contextmanager
    def reading(self) -> Iterator[PgQueries]:
        """Queries that each see one consistent state: all of them are single statements."""
        with self._pool.connection() as connection:
            yield PgQueries(connection, is_writing=False)

    @contextmanager
    def snapshot(self) -> Iterator[PgQueries]:
        """Queries that all see the same consistent state."""
        with self._pool.connection() as connection, connection.transaction():
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield PgQueries(connection, is_writing=False)

    @contextmanager
    def writing(self) -> Iterator[PgQueries]:
        """A transaction: on disk when the block ends, rolled back if it raises."""
        is_committing = False
        try:
            with self._pool.connection() as connection, connection.transaction():
                yield PgQueries(connection, is_writing=True)
                is_committing = True
        except UnavailableError as error:
            if is_committing:  # the database may have committed before its answer was lost
                raise UnconfirmedError(f"{self.place} did not confirm a change.") from error
            raise

    def limits(self, limits: Limits | None, clock: Callable[[], float] | None) -> SharedLimits:
        """What counts requests, in the database."""
        return SharedLimits(self._pool, limits, clock)

    def check(self) -> None:
        """Check that the database answers.

        Raises:
            StorageError: It does not.
        """
        with self._pool.connection() as connection:
            connection.execute("SELECT 1 FROM marks LIMIT 1")

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


def _migrate(connection: PgConnection, place: str) -> None:
    """Bring the tables up to date, once, however many servers start.

    Raises:
        StorageError: The database is too old, newer than this program, or holds the tables of something else.
    """
    version = connection.info.server_version
    if version < OLDEST:
        raise StorageError(
            f"{place} is PostgreSQL {version // 10_000}; clockeye needs {OLDEST // 10_000} or newer.",
            hint="Upgrade PostgreSQL, or give another one with --data.",
            code="storage_older",
        )
    connection.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
    done = _version(connection)
    if done is None:
        if one(connection, "SELECT EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = current_schema())")[0]:
            raise StorageError(
                f"{place} holds the tables of another program.",
                hint="Create a database of its own: createdb clockeye",
                code="storage_foreign",
            )
        connection.execute("CREATE TABLE clockeye_schema (version integer NOT NULL)")
        connection.execute("INSERT INTO clockeye_schema VALUES (0)")
        done = 0
    if done > len(MIGRATIONS):
        raise StorageError(
            f"{place} was written by a newer clockeye (schema {done}; this one knows {len(MIGRATIONS)}).",
            hint="Update clockeye on this computer.",
            code="storage_newer",
        )
    for step in MIGRATIONS[done:]:
        connection.execute(step.encode())
    if done < len(MIGRATIONS):
        connection.execute("UPDATE clockeye_schema SET version = %s", (len(MIGRATIONS),))


def _version(connection: PgConnection) -> int | None:
    """The number of migrations that were made; None for a database that is not ours."""
    try:
        with connection.transaction():
            row = connection.execute("SELECT version FROM clockeye_schema").fetchone()
    except errors.UndefinedTable:
        return None
    return int(row[0]) if row else None
