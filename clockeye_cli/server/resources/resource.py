"""Shared by all endpoints: operations, query parsing, and lists in the envelope of the API reference."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar
from urllib.parse import parse_qsl

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.server.fields import number
from clockeye_cli.server.problems import refuse
from clockeye_cli.server.records import Slice, Which

if TYPE_CHECKING:
    import falcon

    from clockeye_cli.server.keys import Caller
    from clockeye_cli.server.storage import Storage

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
    """An endpoint. Falcon calls `on_get`, `on_post` … after the guard has accepted a request.

    Attributes:
        operations: What it does, by method.
        is_versioned: Whether its path comes after a prefix such as `/v1`.
    """

    operations: ClassVar[dict[str, Operation]]
    is_versioned = True

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

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


def page_of(query: dict[str, Any]) -> Slice:
    """The page requested by a query; by default the first, with 50 items."""
    return Slice(query.get("page", 1), query.get("per_page", DEFAULT_PER_PAGE))


def visible(query: dict[str, Any], caller: Caller) -> Which | None:
    """The rows that a query is about, and that the caller may see; None if there are none."""
    which = Which(
        user_id=query.get("user_id", ""),
        project_id=query.get("project_id", ""),
        time_entry_id=query.get("time_entry_id", ""),
        first=query.get("start_date"),
        last=query.get("end_date"),
    )
    if caller.sees_team:
        return which
    return which._replace(user_id=caller.user_id) if which.user_id in ("", caller.user_id) else None


def answer(resp: falcon.Response, rows: str, total: int, page: Slice) -> None:
    """Respond with a list in the envelope of the API reference; `rows` is a JSON array."""
    meta = f'{{"total": {total}, "page": {page.page}, "per_page": {page.per_page}}}'
    resp.data = f'{{"data": {rows}, "meta": {meta}}}'.encode()


def answer_one(resp: falcon.Response, row: str) -> None:
    """Respond with a single JSON object."""
    resp.data = f'{{"data": {row}}}'.encode()
