"""Shared by all endpoints: operations, query parsing, and lists in the envelope of the API reference."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar
from urllib.parse import parse_qsl

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.server.fields import number
from clockeye_cli.server.problems import refuse

if TYPE_CHECKING:
    import falcon

    from clockeye_cli.server.database import Database
    from clockeye_cli.store.database import Connection

Check = Callable[[str, str], Any]

PAGING: dict[str, Check] = {"page": number(1, 1_000_000_000), "per_page": number(1, 200)}

DEFAULT_PER_PAGE = 50


class Operation(NamedTuple):
    """The input of one method of a path.

    Attributes:
        permission: The permission it requires; empty for public paths.
        query: Its query parameters, each with the check that parses it.
        has_body: Whether it takes a JSON body.
    """

    permission: str = ""
    query: Mapping[str, Check] = {}
    has_body: bool = False


class Resource:
    """An endpoint. Falcon calls `on_get`, `on_post` … after the guard has accepted a request."""

    operations: ClassVar[dict[str, Operation]]
    is_versioned = True

    def __init__(self, database: Database) -> None:
        self._database = database

    def query(self, req: falcon.Request) -> dict[str, Any]:
        """The parsed query parameters of a request, without those that are not given.

        Raises:
            ApiError: A parameter is unknown, repeated or invalid.
        """
        checks = self.operations[req.method].query
        values: dict[str, Any] = {}
        try:
            pairs = parse_qsl(
                req.query_string,
                keep_blank_values=True,
                strict_parsing=bool(req.query_string),
                errors="strict",
            )
        except ValueError:
            refuse("query", "format", "Malformed query")
        for name, value in pairs:
            if name not in checks:
                refuse(
                    "query", "unknown", f"Unknown parameter; known parameters: {', '.join(checks) or 'none'}"
                )
            if name in values:
                refuse(name, "duplicate", f"{name} must be given only once")
            values[name] = checks[name](name, value)
        if "start_date" in values and "end_date" in values and values["end_date"] < values["start_date"]:
            refuse("end_date", "before_start", "end_date must not be before start_date")
        return values


class Slice(NamedTuple):
    """The requested page of a list."""

    page: int
    per_page: int

    @property
    def offset(self) -> int:
        """The number of items before the page."""
        return (self.page - 1) * self.per_page


def page_of(query: dict[str, Any]) -> Slice:
    """The page requested by a query; by default the first, with 50 items."""
    return Slice(query.get("page", 1), query.get("per_page", DEFAULT_PER_PAGE))


def answer(resp: falcon.Response, rows: str, total: int, page: Slice) -> None:
    """Respond with a list in the envelope of the API reference; `rows` is a JSON array."""
    meta = f'{{"total": {total}, "page": {page.page}, "per_page": {page.per_page}}}'
    resp.data = f'{{"data": {rows}, "meta": {meta}}}'.encode()


def answer_one(resp: falcon.Response, row: str) -> None:
    """Respond with a single JSON object."""
    resp.data = f'{{"data": {row}}}'.encode()


class Conditions:
    """The conditions of a WHERE clause, with their values."""

    def __init__(self) -> None:
        self._conditions: list[str] = []
        self.values: list[Any] = []

    def add(self, condition: str, *values: object) -> Conditions:
        """Add a condition with its values."""
        self._conditions.append(condition)
        self.values.extend(values)
        return self

    def __str__(self) -> str:
        return " AND ".join(self._conditions) or "TRUE"


def simple_list(
    connection: Connection, table: str, columns: str, where: Conditions, order: str, page: Slice, *values: str
) -> tuple[str, int]:
    """One page of a short list as a JSON array, and the total number of items.

    `values` are bound to the question marks in `columns`.
    """
    total = connection.execute(f"SELECT count(*) FROM {table} WHERE {where}", where.values).fetchone()[0]
    rows = connection.execute(
        f"SELECT json_group_array({columns}) FROM"
        f" (SELECT * FROM {table} WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?)",
        (*values, *where.values, page.per_page, page.offset),
    ).fetchone()[0]
    return rows, total
