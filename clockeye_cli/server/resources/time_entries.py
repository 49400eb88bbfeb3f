"""`/time-entries` and `/time-entries/:id`."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, ClassVar

import falcon

from clockeye_cli.core.entry import new_id
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.server import entry_list
from clockeye_cli.server.fields import day, flag, identifier, instant, json_object, only, required, text
from clockeye_cli.server.problems import ApiError, not_found, refuse
from clockeye_cli.server.resources.resource import PAGING, Operation, Resource, answer, answer_one, page_of

if TYPE_CHECKING:
    from clockeye_cli.server.keys import Caller
    from clockeye_cli.store.database import Connection

WRITABLE = {
    "project_id": ("project_id", identifier("prj")),
    "description": ("description", text),
    "start_time": ("started_at", instant),
    "end_time": ("ended_at", instant),
    "billable": ("billable", flag),
}
"""The fields that clients may write, each with its column and its check."""

READ_ONLY = ("id", "user_id", "duration")
"""The other fields of an entry; a PUT may send them back unchanged."""


class TimeEntries(Resource):
    """The list of entries, latest start first; a POST adds one."""

    operations: ClassVar = {
        "GET": Operation(
            "time_entries:read",
            {
                "user_id": identifier("usr"),
                "project_id": identifier("prj"),
                "start_date": day,
                "end_date": day,
                **PAGING,
            },
        ),
        "POST": Operation("time_entries:write", has_body=True),
    }

    def on_get(self, req: falcon.Request, resp: falcon.Response) -> None:
        """A page of entries, by the UTC day on which they start."""
        query, caller = self.query(req), req.context.caller
        page = page_of(query)
        if not caller.sees_team and query.setdefault("user_id", caller.user_id) != caller.user_id:
            answer(resp, "[]", 0, page)
            return
        with self._database.read() as connection:
            rows, total = entry_list.read(connection, query, page.offset, page.per_page)
        answer(resp, rows, total, page)

    def on_post(self, req: falcon.Request, resp: falcon.Response) -> None:
        """Add an entry; without an end it is running, and ends the one that is running.

        It is on disk before the response is sent.
        """
        self.query(req)
        caller = req.context.caller
        given = json_object(req.context.body)
        only(given, (*WRITABLE, "user_id"))
        for field in ("project_id", "start_time"):
            required(given, field)
        user_id = identifier("usr")("user_id", given.get("user_id", caller.user_id))
        if user_id != caller.user_id and not caller.sees_team:
            raise ApiError(
                HTTPStatus.FORBIDDEN,
                "Insufficient permissions: members may only write their own entries",
                field="user_id",
                reason="role",
            )
        is_running = given.get("end_time") is None
        entry = {"description": "", "billable": True, **_written(given)}
        entry |= {"id": new_id("te"), "user_id": user_id, "is_running": is_running}
        if is_running:
            entry["ended_at"] = entry["started_at"]
        _check_span(entry)
        with self._database.write() as connection:
            _check_exists(connection, "projects", "project_id", entry["project_id"])
            _check_exists(connection, "users", "user_id", user_id)
            if is_running:
                entry_list.end_running(connection, user_id, entry["started_at"])
            entry_list.insert(connection, entry)
            row = entry_list.as_json(connection, entry["id"])
        resp.status = falcon.HTTP_201
        answer_one(resp, row)


class OneTimeEntry(Resource):
    """One entry: for members their own, for other roles anyone's."""

    operations: ClassVar = {
        "GET": Operation("time_entries:read"),
        "PUT": Operation("time_entries:write", has_body=True),
        "DELETE": Operation("time_entries:write"),
    }

    def on_get(self, req: falcon.Request, resp: falcon.Response, entry_id: str) -> None:
        """The entry."""
        self.query(req)
        with self._database.read() as connection:
            _reach(connection, entry_id, req.context.caller)
            answer_one(resp, entry_list.as_json(connection, entry_id))

    def on_put(self, req: falcon.Request, resp: falcon.Response, entry_id: str) -> None:
        """Change the given fields and keep the others."""
        self.query(req)
        given = json_object(req.context.body)
        only(given, (*WRITABLE, *READ_ONLY))
        changes = _written(given)
        with self._database.write() as connection:
            entry = _reach(connection, entry_id, req.context.caller)
            _check_unchanged(entry, given)
            if "end_time" in given and not entry["is_running"]:
                required(given, "end_time")
            entry |= changes
            if entry["is_running"] and "ended_at" not in changes:
                entry["ended_at"] = entry["started_at"]
            else:
                entry["is_running"] = False
            _check_span(entry)
            _check_exists(connection, "projects", "project_id", entry["project_id"])
            connection.execute(
                "UPDATE time_entries SET project_id = :project_id, description = :description,"
                " started_at = :started_at, ended_at = :ended_at, is_running = :is_running,"
                " billable = :billable WHERE id = :id",
                entry,
            )
            row = entry_list.as_json(connection, entry_id)
        answer_one(resp, row)

    def on_delete(self, req: falcon.Request, resp: falcon.Response, entry_id: str) -> None:
        """Delete it, with its screenshots."""
        self.query(req)
        with self._database.write() as connection:
            _reach(connection, entry_id, req.context.caller)
            connection.execute("DELETE FROM time_entries WHERE id = ?", (entry_id,))
        resp.status = falcon.HTTP_204


def _written(given: dict[str, Any]) -> dict[str, Any]:
    """The given fields by column; without `end_time` if that is null."""
    return {
        column: check(field, required(given, field))
        for field, (column, check) in WRITABLE.items()
        if field in given and (field != "end_time" or given[field] is not None)
    }


def _check_span(entry: dict[str, Any]) -> None:
    if entry["ended_at"] < entry["started_at"]:
        refuse("end_time", "before_start", "The end_time field must not be before start_time")


def _check_unchanged(entry: dict[str, Any], given: dict[str, Any]) -> None:
    # Not duration: a client that sends back an entry with another end still has the old duration in it.
    for field in ("id", "user_id"):
        if given.get(field, entry[field]) != entry[field]:
            refuse(field, "read_only", f"The {field} field cannot be changed")
    if type(given.get("duration", 0)) is not int:
        refuse("duration", "type", "The duration field must be a whole number")


def _check_exists(connection: Connection, table: str, field: str, row_id: str) -> None:
    if not connection.execute(f"SELECT 1 FROM {table} WHERE id = ?", (row_id,)).fetchone():
        refuse(field, "unknown", f"The {field} field contains an unknown id")


def _reach(connection: Connection, entry_id: str, caller: Caller) -> dict[str, Any]:
    """The row of an entry, by column.

    Raises:
        ApiError: The entry does not exist, or the caller may not see it.
    """
    columns = (
        "id",
        "user_id",
        "project_id",
        "description",
        "started_at",
        "ended_at",
        "is_running",
        "billable",
    )
    row = connection.execute(
        f"SELECT {', '.join(columns)} FROM time_entries WHERE id = ?", (entry_id,)
    ).fetchone()
    if row is None or not (caller.sees_team or row[1] == caller.user_id):
        raise not_found()
    return dict(zip(columns, row, strict=True))
