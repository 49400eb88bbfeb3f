"""All named queries in PostgreSQL."""

from __future__ import annotations

from clockeye_cli.server.postgres.entries import PgEntries
from clockeye_cli.server.postgres.people import PgPeople
from clockeye_cli.server.postgres.screenshots import PgScreenshots


class PgQueries(PgPeople, PgEntries, PgScreenshots):
    """`storage.Queries` on a connection in a transaction."""
