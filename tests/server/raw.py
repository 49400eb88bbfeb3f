"""SQL on the server's data, whichever storage it is in."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, Any

import psycopg

from clockeye_cli.server.places import is_url

if TYPE_CHECKING:
    from collections.abc import Iterator


def sql(data: str, statement: str) -> list[tuple[Any, ...]]:
    """The rows of a statement, which is committed."""
    if is_url(data):
        with psycopg.connect(data, autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []
    with contextlib.closing(sqlite3.connect(data, isolation_level=None)) as file:
        file.execute("PRAGMA foreign_keys=ON")
        return file.execute(statement).fetchall()


@contextlib.contextmanager
def away(data: str) -> Iterator[None]:
    """Take a database away from its servers while the block runs, as a restart of PostgreSQL does."""
    name = psycopg.conninfo.conninfo_to_dict(data)["dbname"]
    elsewhere = psycopg.conninfo.make_conninfo(data, dbname="template1")
    with psycopg.connect(elsewhere, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false".encode())
        query = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        connection.execute(query, (name,))
        try:
            yield
        finally:
            connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true".encode())
