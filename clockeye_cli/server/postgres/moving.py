"""Moving a team from the server's SQLite file into PostgreSQL: everything in one transaction, then proved."""

from __future__ import annotations

import json
from array import array
from typing import Any

from psycopg.types.json import Jsonb

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import ClashError, StorageError
from clockeye_cli.server.postgres.lists import one
from clockeye_cli.server.postgres.pages import ALL, DAY, MONTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clockeye_cli.server.database import Database
    from clockeye_cli.server.postgres.connections import PgConnection
    from clockeye_cli.server.postgres.storage import Postgres
    from clockeye_cli.store.database import Connection

COLUMNS = {
    "users": "id, name, email, role",
    "api_keys": "id, name, secret_hash, permissions, user_id, created_at, revoked_at",
    "projects": "id, name, folded, created_by",
    "time_entries": "number, id, user_id, project_id, description, started_at, ended_at,"
    " billable, is_running",
    "screenshots": "id, user_id, time_entry_id, captured_at, activity_level, token, picture",
    "marks": "name, value",
}
"""The tables that both storages have, in an order in which each refers only to earlier ones."""

BY_MONTH = """
    SELECT user_id, {month}, count(*), sum(ended_at - started_at), sum({billable}), sum(started_at)
    FROM time_entries GROUP BY 1, 2 ORDER BY 1, 2"""


class Moved(NamedTuple):
    """How much was moved; the seconds of all entries."""

    users: int
    keys: int
    projects: int
    entries: int
    screenshots: int
    duration: int


def move(source: Database, target: Postgres) -> Moved:
    """Copy everything with its ids from a file into an empty database, and compare both.

    Args:
        source: The file; it stays as it is. Its server must not run, or later changes are missing.
        target: The database.

    Raises:
        ClashError: The database has users already.
        StorageError: One of them cannot be used, or the copy differs. Then nothing is stored.
    """
    with source.read() as file, target.writing() as queries:
        database = queries.connection
        database.execute("SET LOCAL idle_in_transaction_session_timeout = 0")  # while the file is read
        if queries.members():
            raise ClashError(
                f"{target.place} already contains a team.",
                hint="Create an empty database: createdb clockeye",
                code="team_exists",
            )
        database.execute("ALTER TABLE time_entries DISABLE TRIGGER count_entry")
        for table, columns in COLUMNS.items():
            order = "number" if table == "time_entries" else "rowid"
            rows = file.execute(f"SELECT {columns} FROM {table} ORDER BY {order}")
            _copy(database, table, columns, map(VALUES.get(table, tuple), rows))
        _copy_requests(file, database)
        count_anew(database)
        database.execute("ALTER TABLE time_entries ENABLE TRIGGER count_entry")
        _compare(file, database)
        counts = [
            one(database, f"SELECT count(*) FROM {table}")[0] for table in [*COLUMNS] if table != "marks"
        ]
        duration = one(database, "SELECT coalesce(sum(duration), 0)::bigint FROM entry_days")[0]
    return Moved._make((*counts, duration))


def _key(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return (*row[:3], Jsonb(json.loads(row[3])), *row[4:])


def _entry(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return (*row[:-2], bool(row[-2]), bool(row[-1]))


VALUES = {"api_keys": _key, "time_entries": _entry}
"""For tables whose values are of another type in PostgreSQL."""


def _copy(database: PgConnection, table: str, columns: str, rows: Iterable[tuple[Any, ...]]) -> None:
    query = f"COPY {table} ({columns}) FROM STDIN"
    with database.cursor() as cursor, cursor.copy(query.encode()) as copy:
        for row in rows:
            copy.write_row(row)


def _copy_requests(file: Connection, database: PgConnection) -> None:
    """The counts of the limits: a file has them in pieces of a second, a database one row for each."""
    times: dict[str, list[float]] = {}
    for key_id, piece in file.execute("SELECT key_id, times FROM recent_requests"):
        times.setdefault(key_id, []).extend(array("d", piece))

    def rows() -> Iterator[tuple[str, int, float]]:
        for key_id, instants in times.items():
            for number, instant in enumerate(sorted(instants), 1):
                yield key_id, number, instant

    _copy(database, "recent_requests", "key_id, number, instant", rows())
    latest = ((key_id, len(instants), max(instants)) for key_id, instants in times.items())
    _copy(database, "request_counts", "key_id, number, instant", latest)


def count_anew(database: PgConnection) -> None:
    """What the trigger would have counted, and the number of the next entry."""
    levels = ((DAY, "day_of(started_at)"), (MONTH, "month_of(day_of(started_at))"), (ALL, "0"))
    scopes = (("''", "shard_of(user_id)"), ("user_id", "0"), ("project_id", "shard_of(user_id)"))
    for level, span in levels:
        for scope, shard in scopes:
            query = (
                f"INSERT INTO entry_counts SELECT {scope}, {level}, {span}, {shard}, count(*)"
                " FROM time_entries GROUP BY 1, 2, 3, 4"
            )
            database.execute(query.encode())
    database.execute(
        "INSERT INTO entry_days SELECT day_of(started_at), user_id, project_id, count(*),"
        " sum(ended_at - started_at), sum(CASE WHEN billable THEN ended_at - started_at ELSE 0 END)"
        " FROM time_entries GROUP BY 1, 2, 3"
    )
    database.execute(
        "SELECT setval(pg_get_serial_sequence('time_entries', 'number'),"
        " (SELECT coalesce(max(number), 0) + 1 FROM time_entries), false)"
    )


def _compare(file: Connection, database: PgConnection) -> None:
    """Compare the counts, the sums of time and of starts of every user and month.

    Raises:
        StorageError: They differ.
    """
    in_file = BY_MONTH.format(
        month="strftime('%Y-%m', started_at, 'unixepoch')", billable="billable * (ended_at - started_at)"
    )
    in_database = BY_MONTH.format(
        month="to_char(to_timestamp(started_at) AT TIME ZONE 'UTC', 'YYYY-MM')",
        billable="CASE WHEN billable THEN ended_at - started_at ELSE 0 END",
    )
    expected = [tuple(row) for row in file.execute(in_file)]
    copied = [(*row[:3], *map(int, row[3:])) for row in database.execute(in_database.encode())]
    tables = [table for table in COLUMNS if table != "time_entries"]
    for table in tables:
        expected.append((table, *file.execute(f"SELECT count(*) FROM {table}").fetchone()))
        copied.append((table, *one(database, f"SELECT count(*) FROM {table}")))
    if expected != copied:
        differing = next(pair for pair in zip(expected, copied, strict=False) if pair[0] != pair[1])
        raise StorageError(
            f"The copy differs: {differing[0]} in the file, {differing[1]} in the database.",
            hint="Nothing was moved. Please report this.",
        )
