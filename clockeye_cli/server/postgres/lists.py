"""Pages of short lists in PostgreSQL, which builds their JSON."""

from __future__ import annotations

from typing import Any

from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.server.postgres.connections import PgConnection
    from clockeye_cli.server.records import Page, Slice


def utc(column: str) -> str:
    """SQL that formats an instant as the API reference does: `2024-01-15T09:00:00Z`."""
    return f"""to_char(to_timestamp({column}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')"""


def one(connection: PgConnection, query: str, *values: object) -> tuple[Any, ...]:
    """The row of a query that always has one."""
    (row,) = connection.execute(query.encode(), values).fetchall()
    return row


def simple_list(
    connection: PgConnection,
    table: str,
    row: str,
    where: Sequence[tuple[str, object]],
    order: str,
    page: Slice,
    *values: object,
) -> Page:
    """A page of a list whose rows are counted each time.

    Args:
        connection: The connection.
        table: Its table.
        row: SQL of a JSON object.
        where: Conditions, each with the value for its place.
        order: SQL of the order.
        page: The page.
        values: For the places in `row`.
    """
    conditions = " AND ".join(condition for condition, _ in where) or "TRUE"
    bound = [value for _, value in where]
    rows, total = one(
        connection,
        f"SELECT coalesce(json_agg({row} ORDER BY {order})::text, '[]'),"
        f" (SELECT count(*) FROM {table} WHERE {conditions}) FROM"
        f" (SELECT * FROM {table} WHERE {conditions} ORDER BY {order} LIMIT %s OFFSET %s) AS part",
        *(*values, *bound, *bound, page.per_page, page.offset),
    )
    return rows, total
