"""All named queries in SQLite."""

from __future__ import annotations

from clockeye_cli.server.sqlite.entries import SqliteEntries
from clockeye_cli.server.sqlite.people import SqlitePeople
from clockeye_cli.server.sqlite.screenshots import SqliteScreenshots


class SqliteQueries(SqlitePeople, SqliteEntries, SqliteScreenshots):
    """`storage.Queries` on a connection in a transaction."""
