"""What all endpoints share: what an operation takes, its query, and lists in the reference's envelope."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple
from urllib.parse import parse_qsl

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
    """What a method of a path takes.

    Attributes:
        permission: The key's permission that it needs; empty for what is public.
        query: Its query parameters, each with the check that reads it.
        has_body: Whether it takes a JSON body.
    """

    permission: str = ""
    query: Mapping[str, Check] = {}
    has_body: bool = False


class Resource:
    """An endpoint. Falcon calls its `on_get`, `on_post` … after the guard has let a request through."""

    operations: ClassVar[dict[str, Operation]]
    is_versioned = True

    def __init__(self, database: Database) -> None:
        self._database = database

    def query(self, req: falcon.Request) -> dict[str, Any]:
        """The request's query, each value checked; parameters that are not there are left out.

        Raises:
            ApiError: One is unknown, stands twice or is wrong.
        """
        known = self.operations[req.method].query
        found: dict[str, Any] = {}
        try:
            pairs = parse_qsl(
                req.query_string,
                keep_blank_values=True,
                strict_parsing=bool(req.query_string),
                errors="strict",
            )
        except ValueError:
            refuse("query", "format", "The query is not understood")
        for name, value in pairs:
            if name not in known:
                refuse("query", "unknown", f"Known parameters are: {', '.join(known) or 'none'}")
            if name in found:
                refuse(name, "duplicate", f"{name} must be given once")
            found[name] = known[name](name, value)
        if "start_date" in found and "end_date" in found and found["end_date"] < found["start_date"]:
            refuse("end_date", "before_start", "end_date must not be before start_date")
        return found


class Slice(NamedTuple):
    """The part of a list that a request asks for."""

    page: int
    per_page: int

    @property
    def offset(self) -> int:
        """How many things stand before it."""
        return (self.page - 1) * self.per_page


def page_of(query: dict[str, Any]) -> Slice:
    """Which page a query asks for: the first, of 50, if it does not say."""
    return Slice(query.get("page", 1), query.get("per_page", DEFAULT_PER_PAGE))


def answer(resp: falcon.Response, rows: str, total: int, page: Slice) -> None:
    """Answer with a list in the reference's envelope; `rows` is a JSON array."""
    meta = f'{{"total": {total}, "page": {page.page}, "per_page": {page.per_page}}}'
    resp.data = f'{{"data": {rows}, "meta": {meta}}}'.encode()


def answer_one(resp: falcon.Response, row: str) -> None:
    """Answer with one thing, a JSON object."""
    resp.data = f'{{"data": {row}}}'.encode()


class Filter:
    """Conditions of a WHERE, with their values."""

    def __init__(self) -> None:
        self._conditions: list[str] = []
        self.values: list[Any] = []

    def add(self, condition: str, *values: object) -> Filter:
        """One more condition, with its values."""
        self._conditions.append(condition)
        self.values.extend(values)
        return self

    def __str__(self) -> str:
        return " AND ".join(self._conditions) or "TRUE"


def simple_list(
    connection: Connection, table: str, columns: str, where: Filter, order: str, page: Slice, *values: str
) -> tuple[str, int]:
    """A page of a list that is not long, as a JSON array, and how many there are in all.

    `values` stand for the question marks in `columns`.
    """
    total = connection.execute(f"SELECT count(*) FROM {table} WHERE {where}", where.values).fetchone()[0]
    rows = connection.execute(
        f"SELECT json_group_array({columns}) FROM"
        f" (SELECT * FROM {table} WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?)",
        (*values, *where.values, page.per_page, page.offset),
    ).fetchone()[0]
    return rows, total
