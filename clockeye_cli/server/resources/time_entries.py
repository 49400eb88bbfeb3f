"""`/time-entries` and `/time-entries/:id`."""

from __future__ import annotations

import json
import time
from http import HTTPStatus
from typing import Any, ClassVar, NoReturn

import falcon

from clockeye_cli.core.entry import new_id
from clockeye_cli.core.phrases import rfc3339
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.server.fields import day, flag, identifier, instant, json_object, only, required, text
from clockeye_cli.server.problems import ApiError, not_found, refuse
from clockeye_cli.server.records import StoredEntry
from clockeye_cli.server.resources.resource import (
    PAGING,
    Operation,
    Resource,
    answer,
    answer_one,
    page_of,
    visible,
)

if TYPE_CHECKING:
    from clockeye_cli.server.keys import Caller
    from clockeye_cli.server.storage import Queries

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
        query = self.query(req)
        page = page_of(query)
        which = visible(query, req.context.caller)
        if which is None:
            answer(resp, "[]", 0, page)
            return
        with self._storage.reading() as queries:
            rows, total = queries.entries_page(which, page)
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
        written = _written(given)
        is_running = "ended_at" not in written
        written |= {"ended_at": written["started_at"]} if is_running else {}
        entry = StoredEntry(new_id("te"), user_id, is_running=is_running, **{"description": ""} | written)
        _check_span(entry)
        with self._storage.writing() as queries:
            unknown = queries.add_entry(entry, int(time.time()))
        if unknown:
            _refuse_unknown(unknown)
        resp.status = falcon.HTTP_201
        answer_one(resp, _shown(entry))


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
        with self._storage.reading() as queries:
            entry = _reach(queries, entry_id, req.context.caller)
        answer_one(resp, _shown(entry))

    def on_put(self, req: falcon.Request, resp: falcon.Response, entry_id: str) -> None:
        """Change the given fields and keep the others."""
        self.query(req)
        given = json_object(req.context.body)
        only(given, (*WRITABLE, *READ_ONLY))
        changes = _written(given)
        with self._storage.writing() as queries:
            entry = _reach(queries, entry_id, req.context.caller)
            _check_unchanged(entry, given)
            if "end_time" in given and not entry.is_running:
                required(given, "end_time")
            entry = entry._replace(**changes)
            if entry.is_running and "ended_at" not in changes:
                entry = entry._replace(ended_at=entry.started_at)
            else:
                entry = entry._replace(is_running=False)
            _check_span(entry)
            if "project_id" in changes and not queries.has_project(entry.project_id):
                _refuse_unknown("project_id")
            queries.change_entry(entry)
        answer_one(resp, _shown(entry))

    def on_delete(self, req: falcon.Request, resp: falcon.Response, entry_id: str) -> None:
        """Delete it, with its screenshots."""
        self.query(req)
        with self._storage.writing() as queries:
            _reach(queries, entry_id, req.context.caller)
            queries.delete_entry(entry_id)
        resp.status = falcon.HTTP_204


def _written(given: dict[str, Any]) -> dict[str, Any]:
    """The given fields by column; without `end_time` if that is null."""
    return {
        column: check(field, required(given, field))
        for field, (column, check) in WRITABLE.items()
        if field in given and (field != "end_time" or given[field] is not None)
    }


def _check_span(entry: StoredEntry) -> None:
    if entry.ended_at < entry.started_at:
        refuse("end_time", "before_start", "The end_time field must not be before start_time")


def _check_unchanged(entry: StoredEntry, given: dict[str, Any]) -> None:
    # Not duration: a client that sends back an entry with another end still has the old duration in it.
    for field, value in (("id", entry.id), ("user_id", entry.user_id)):
        if given.get(field, value) != value:
            refuse(field, "read_only", f"The {field} field cannot be changed")
    if type(given.get("duration", 0)) is not int:
        refuse("duration", "type", "The duration field must be a whole number")


def _shown(entry: StoredEntry) -> str:
    """An entry as a JSON object of the API reference; in lists, the storage makes it."""
    shown = {
        **{field: getattr(entry, field) for field in ("id", "user_id", "project_id", "description")},
        "start_time": rfc3339(entry.started_at),
        "end_time": None if entry.is_running else rfc3339(entry.ended_at),
        "duration": entry.ended_at - entry.started_at,
        "billable": entry.billable,
    }
    return json.dumps(shown, ensure_ascii=False)


def _refuse_unknown(field: str) -> NoReturn:
    refuse(field, "unknown", f"The {field} field contains an unknown id")


def _reach(queries: Queries, entry_id: str, caller: Caller) -> StoredEntry:
    """An entry.

    Raises:
        ApiError: The entry does not exist, or the caller may not see it.
    """
    entry = queries.entry(entry_id)
    if entry is None or not (caller.sees_team or entry.user_id == caller.user_id):
        raise not_found()
    return entry
