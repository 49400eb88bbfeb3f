"""Pages of short lists in SQLite, which builds their JSON."""

from __future__ import annotations

from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.server.records import Page, Slice
    from clockeye_cli.store.database import Connection


def utc(column: str) -> str:
    """SQL that formats an instant as the API reference does: `2024-01-15T09:00:00Z`."""
    return f"strftime('%Y-%m-%dT%H:%M:%SZ', {column}, 'unixepoch')"


def simple_list(
    connection: Connection,
    table: str,
    row: str,
    where: Sequence[tuple[str, object]],
    order: str,
    page: Slice,
    *values: object,
) -> Page:
    """A page of a list whose rows are counted each time.

    Args:
        connection: In a transaction.
        table: Its table.
        row: SQL of a JSON object.
        where: Conditions, each with the value for its question mark.
        order: SQL of the order.
        page: The page.
        values: For the question marks in `row`.
    """
    conditions = " AND ".join(condition for condition, _ in where) or "TRUE"
    bound = [value for _, value in where]
    total = connection.execute(f"SELECT count(*) FROM {table} WHERE {conditions}", bound).fetchone()[0]
    rows = connection.execute(
        f"SELECT json_group_array({row}) FROM"
        f" (SELECT * FROM {table} WHERE {conditions} ORDER BY {order} LIMIT ? OFFSET ?)",
        (*values, *bound, page.per_page, page.offset),
    ).fetchone()[0]
    return rows, total
