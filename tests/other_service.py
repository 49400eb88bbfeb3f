"""A ClockEye that reads the reference otherwise than ours: a switch for each reading. Standard library only.

It is written apart from the client and the server, so that a mistake of theirs is not repeated here.

    python tests/other_service.py --switch page_past_the_end_404 --switch integer_ids
"""

from __future__ import annotations

import argparse
import codecs
import contextlib
import json
import threading
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qsl, urlsplit

Fields = dict[str, Any]

WRITABLE = ("project_id", "description", "start_time", "end_time", "billable")

KEY = "sk_other_service"

SWITCHES = {
    "plain": "reads the reference as we do",
    # Lists
    "cap_100_is_400": "refuses per_page above 100",
    "cap_100_is_silent": "grants 100 rows a page at most",
    "unknown_parameters_are_400": "refuses every parameter but page",
    "unknown_parameters_are_422": "refuses every parameter but page, with 422",
    "filters_are_400": "refuses filters",
    "filters_are_ignored": "lists everything, whatever is asked",
    "per_page_is_ignored": "has pages of its own size",
    "bare_lists": "lists users and projects as a JSON list, without meta",
    "bare_entries": "lists everything as a JSON list, and repeats it on every page",
    "no_pages": "lists users and projects whole, and refuses `page`",
    "no_meta": "lists have no meta",
    "no_total": "meta has no total",
    "null_total": "the total is null",
    "text_total": "the total is a text",
    "total_of_page": "the total is the number of rows on the page",
    "total_of_all": "the total counts all entries, whatever was asked for",
    "total_too_large": "the total is three too many",
    "page_past_the_end_404": "a page past the end is not found",
    "page_past_the_end_400": "a page past the end is a bad request",
    "page_past_the_end_repeats": "a page past the end is the last one again",
    "oldest_first": "lists the oldest entry first",
    "null_lists": "an empty page is null",
    "text_numbers": "the numbers of meta are texts",
    "empty_list_is_204": "an empty page is answered without content",
    "end_date_is_excluded": "the last day that is asked for is left out",
    "filters_by_end": "days are those on which entries end",
    "small_pages": "has pages of three rows",
    "envelope_less": "answers one thing without `data`",
    # Single entries
    "gone_is_410": "a deleted entry is 410",
    "not_yours_is_403": "an entry that was handed to somebody else is 403 by its id",
    "deleted_are_marked": "a deleted entry is still there by its id, with the time of its deletion",
    "errors_are_flat": "errors have the flat form",
    "errors_are_messages": "errors have a message and nothing else",
    # Writing
    "put_replaces": "a PUT replaces the whole entry: what it does not name is gone",
    "put_refuses_read_only": "a PUT with more than the writable fields is a bad request",
    "put_goes_by_duration": "a PUT with a duration has its end from it",
    "put_keeps_duration": "a PUT without a duration keeps the length that the entry had",
    "put_needs_duration": "a PUT or POST without a duration is a bad request",
    "put_is_204": "a PUT is answered without content",
    "answers_only_ids": "POST and PUT are answered with the id alone",
    "minutes": "times are cut to the minute",
    "short_text": "descriptions are cut to 12 characters",
    "billable_by_default": "every entry is billable",
    "ignores_billable": "a PUT does not change billable",
    "post_is_empty": "a POST is answered without content",
    "delete_is_200": "a DELETE is answered with the entry",
    "begins_with_a_mark": "JSON begins with a byte order mark",
    "trims_text": "white space of descriptions is collapsed",
    "created_is_200": "a POST is answered with 200",
    "refuses_running": "an entry needs an end",
    "refuses_running_unnamed": "an entry needs an end, but the refusal does not say so",
    "ends_running": "a POST without an end gets one",
    "null_running": "an entry runs only if its end is null, and is refused if it has none",
    "one_may_run": "an entry may not run beside another",
    "many_may_run": "a running entry does not end others",
    "zero_duration": "the duration of a running entry is 0",
    # Values
    "integer_ids": "ids are integers, and are refused as texts",
    "billable_is_1": "billable is 1 or 0",
    "billable_is_text": 'billable is "true" or "false"',
    "lower_case_times": "times are written with t and z",
    "offset_times": "times have an offset of two hours",
    "fraction_times": "times have fractions of seconds",
    "space_times": "times have a space in the place of the T",
    "minute_times": "times are written to the minute where the second is 0",
    "epoch_times": "times are seconds since 1970",
    "demands_epoch": "times are seconds since 1970, and are refused as texts",
    "no_nulls": "null, false and empty fields are left out",
    "no_user_ids": "entries do not say whose they are",
    "more_fields": "entries have fields that we do not know",
}
"""What each switch does."""


class Refused(Exception):  # noqa: N818 (an answer of the service)
    """An answer other than success."""

    def __init__(self, status: int, message: str, field: str = "") -> None:
        super().__init__(message)
        self.status, self.message, self.field = status, message, field


class OtherService:
    """The service's state, and what it makes of requests.

    Args:
        switches: Names of SWITCHES.
    """

    def __init__(self, *switches: str) -> None:
        unknown = set(switches) - set(SWITCHES)
        if unknown:
            raise ValueError(f"no such switch: {', '.join(sorted(unknown))}")
        self.switches = set(switches)
        self.lock = threading.RLock()
        self.requests: list[str] = []
        self.is_down = False
        self.entries: dict[str, Fields] = {}
        self.gone: set[str] = set()
        self.marked: dict[str, Fields] = {}
        self.hidden: set[str] = set()
        self._count = 0
        self.user = self._new_id("usr")
        self.projects: dict[str, Fields] = {}
        self.project = self.new_project("web")

    def has(self, *names: str) -> bool:
        return bool(self.switches.intersection(names))

    # What tests do as another client of the account.

    def add(self, description: str, start: int, end: int | None, **fields: Any) -> str:
        """Store an entry; instants are seconds since 1970. Returns its id as text."""
        entry_id = self._new_id("te")
        self.entries[entry_id] = {
            "id": entry_id,
            "user_id": self.user,
            "project_id": self.project,
            "description": description,
            "start": start,
            "end": end,
            "billable": True,
            **({"mood": "good", "labels": ["a"]} if self.has("more_fields", "put_replaces") else {}),
            **fields,
        }
        return entry_id

    def start(self, description: str, start: int) -> str:
        """Start a timer. Returns its id as text."""
        entry_id = self.add(description, start, start)
        self.entries[entry_id]["end"] = None
        self._begin(self.entries[entry_id], end=None)
        return entry_id

    def running(self) -> list[Fields]:
        """The entries that run."""
        return [row for row in self.entries.values() if row["end"] is None]

    def remove(self, entry_id: str) -> None:
        removed = self.entries.pop(entry_id)
        if self.has("deleted_are_marked"):
            self.marked[entry_id] = {**removed, "deleted_at": "2026-11-20T12:00:00Z"}
        self.gone.add(entry_id)

    def new_project(self, name: str) -> str:
        project_id = self._new_id("prj")
        self.projects[project_id] = {"id": project_id, "name": name, "created_by": self.user}
        return project_id

    def _new_id(self, kind: str) -> str:
        self._count += 1
        return str(1000 + self._count) if self.has("integer_ids") else f"{kind}_other{self._count:04}"

    # Requests.

    def answer(self, method: str, path: str, query: dict[str, str], body: Any) -> tuple[int, Any]:
        """Status and content for a request."""
        parts = path.strip("/").split("/")[1:]
        if parts[0] == "time-entries" and len(parts) == 2:
            return self._entry(method, parts[1], body)
        if parts[0] == "time-entries" and method == "POST":
            entry_id = self.add("", 0, 0)
            try:
                self._write(self.entries[entry_id], body, is_new=True)
            except Refused:
                del self.entries[entry_id]
                raise
            written = None if self.has("post_is_empty") else self._written(entry_id)
            return (200 if self.has("created_is_200") else 201), written
        if parts[0] == "time-entries":
            return 200, self._list(parts[0], self._filtered(query), query)
        if parts[0] == "projects" and method == "POST":
            project = self.projects[self.new_project(str(body["name"]))]
            return 201, self._one(self._shown_ids(project))
        if parts[0] == "projects":
            return 200, self._list(parts[0], [self._shown_ids(row) for row in self.projects.values()], query)
        if parts[0] in ("users", "screenshots"):
            me = {"id": self.user, "email": "me@example.org", "role": "member"}
            return 200, self._list(parts[0], [self._shown_ids(me)] if parts[0] == "users" else [], query)
        raise Refused(404, "no such resource")

    def _entry(self, method: str, entry_id: str, body: Any) -> tuple[int, Any]:
        if entry_id in self.hidden:
            raise Refused(403 if self.has("not_yours_is_403") else 404, "not yours")
        if entry_id not in self.entries:
            if entry_id in self.marked and method == "GET":
                return 200, self._one(self._shown(self.marked[entry_id]))
            was_here = entry_id in self.gone and self.has("gone_is_410")
            raise Refused(410 if was_here else 404, "no such entry")
        if method == "DELETE":
            shown = self._shown(self.entries[entry_id])
            self.remove(entry_id)
            if self.has("delete_is_200"):
                return 200, self._one(shown)
            return 204, None
        if method == "PUT":
            entry = self.entries[entry_id]
            before = dict(entry)
            try:
                self._put(entry, body)
            except Refused:
                self.entries[entry_id] = before
                raise
            if self.has("put_is_204"):
                return 204, None
            return 200, self._written(entry_id)
        return 200, self._one(self._shown(self.entries[entry_id]))

    def _put(self, entry: Fields, body: Fields) -> None:
        if self.has("put_refuses_read_only"):
            for name in body:
                if name not in WRITABLE:
                    raise Refused(400, f"{name} cannot be written", name)
        if self.has("put_replaces"):
            for name in [name for name in entry if name not in ("id", "user_id", "start", "end")]:
                entry[name] = None
            entry |= {name: body[name] for name in body if name not in ("start_time", "end_time", "duration")}
            entry["id"], entry["user_id"] = self._text_id(entry["id"]), self._text_id(entry["user_id"])
        self._write(entry, body, is_new=False)

    def _write(self, entry: Fields, body: Fields, *, is_new: bool) -> None:
        if self.has("put_needs_duration") and not isinstance(body.get("duration"), int):
            raise Refused(400, "The duration field is required", "duration")
        if is_new:
            self._check_new(body)
        length = None if entry["end"] is None else entry["end"] - entry["start"]
        if body.get("project_id") is not None:
            entry["project_id"] = self._project(body["project_id"])
        if "description" in body:
            entry["description"] = self._text(body["description"])
        if "billable" in body and (is_new or not self.has("ignores_billable")):
            entry["billable"] = self.has("billable_by_default") or body["billable"] in (True, 1, "true")
        if "start_time" in body:
            entry["start"] = self._instant(body["start_time"])
        if "end_time" in body or is_new:
            entry["end"] = self._instant(body.get("end_time"))
        if self.has("put_goes_by_duration", "put_keeps_duration") and isinstance(body.get("duration"), int):
            entry["end"] = entry["start"] + body["duration"]
        elif self.has("put_keeps_duration") and not is_new and length is not None:
            entry["end"] = entry["start"] + length
        if entry["end"] is None and is_new:
            self._begin(entry, end=entry["start"] if self.has("ends_running") else None)
        if entry["end"] is not None and entry["end"] < entry["start"]:
            raise Refused(400, "end_time is before start_time", "end_time")

    def _check_new(self, body: Fields) -> None:
        if "project_id" not in body:
            raise Refused(400, "The project_id field is required", "project_id")
        if body.get("end_time") is not None:
            return
        if self.has("refuses_running") or (self.has("null_running") and "end_time" not in body):
            raise Refused(400, "The end_time field is required", "end_time")
        if self.has("refuses_running_unnamed"):
            raise Refused(422, "The entry is incomplete")
        if self.has("one_may_run") and self.running():
            raise Refused(409, "A timer is running already")

    def _begin(self, entry: Fields, end: int | None) -> None:
        """What becomes of an entry that is to run from now on, and of others that run."""
        entry["end"] = end
        for other in [] if self.has("many_may_run") else self.running():
            if other is not entry and other["user_id"] == entry["user_id"]:
                other["end"] = max(other["start"], entry["start"])

    def _project(self, value: Any) -> str:
        if self.has("integer_ids") and not isinstance(value, int):
            raise Refused(400, "project_id must be an integer", "project_id")
        if str(value) not in self.projects:
            raise Refused(400, "no such project", "project_id")
        return str(value)

    def _text(self, value: Any) -> str:
        text = value if isinstance(value, str) else ""
        if self.has("trims_text"):
            text = " ".join(text.split())
        return text[:12] if self.has("short_text") else text

    def _instant(self, value: Any) -> int | None:
        if value is None:
            return None
        if self.has("demands_epoch") and not isinstance(value, int):
            raise Refused(400, "start_time and end_time must be integers", "start_time")
        moment = (
            datetime.fromtimestamp(value, UTC)
            if isinstance(value, int | float)
            else datetime.fromisoformat(str(value).upper())
        )
        seconds = int(moment.timestamp())
        return seconds - seconds % 60 if self.has("minutes") else seconds

    # Answers.

    def _written(self, entry_id: str) -> Any:
        shown = self._shown(self.entries[entry_id])
        return self._one({"id": shown["id"]} if self.has("answers_only_ids") else shown)

    def _one(self, thing: Fields) -> Any:
        return thing if self.has("envelope_less") else {"data": thing}

    def _shown(self, entry: Fields) -> Fields:
        start, end = entry["start"], entry["end"]
        billable: Any = bool(entry["billable"])
        if self.has("billable_is_1"):
            billable = int(billable)
        elif self.has("billable_is_text"):
            billable = str(billable).lower()
        shown = {
            **{name: value for name, value in entry.items() if name not in ("start", "end")},
            "start_time": self._time(start),
            "end_time": None if end is None else self._time(end),
            "duration": (0 if self.has("zero_duration") else None) if end is None else end - start,
            "billable": billable,
        }
        if self.has("no_user_ids"):
            del shown["user_id"]
        if self.has("no_nulls"):
            shown = {name: value for name, value in shown.items() if value not in (None, False, "")}
        return self._shown_ids(shown)

    def _shown_ids(self, thing: Fields) -> Fields:
        if not self.has("integer_ids"):
            return thing
        names = ("id", "user_id", "project_id", "created_by")
        return {name: int(value) if name in names and value else value for name, value in thing.items()}

    def _text_id(self, value: Any) -> str:
        return str(value)

    def _time(self, seconds: int) -> Any:
        moment = datetime.fromtimestamp(seconds, UTC)
        if self.has("epoch_times", "demands_epoch"):
            return seconds
        if self.has("minute_times") and seconds % 60 == 0:
            return f"{moment:%Y-%m-%dT%H:%MZ}"
        if self.has("space_times"):
            return f"{moment:%Y-%m-%d %H:%M:%SZ}"
        if self.has("offset_times"):
            return f"{moment + timedelta(hours=2):%Y-%m-%dT%H:%M:%S}+02:00"
        if self.has("fraction_times"):
            return f"{moment:%Y-%m-%dT%H:%M:%S}.000000Z"
        text = f"{moment:%Y-%m-%dT%H:%M:%SZ}"
        return text.lower() if self.has("lower_case_times") else text

    def _filtered(self, query: dict[str, str]) -> list[Fields]:
        if self.has("filters_are_400"):
            for name in ("start_date", "end_date", "user_id", "project_id"):
                if name in query:
                    raise Refused(400, f"unknown parameter {name}", name)
        rows = [row for row in self.entries.values() if row["id"] not in self.hidden]
        if not self.has("filters_are_ignored", "filters_are_400"):
            first = query.get("start_date", "")
            last = query.get("end_date", "9999")
            if self.has("end_date_is_excluded"):
                last = self._day(int(datetime.fromisoformat(f"{last}T00:00Z").timestamp()) - 1)
            side = "end" if self.has("filters_by_end") else "start"
            rows = [row for row in rows if first <= self._day(row[side] or row["start"]) <= last]
            rows = [row for row in rows if query.get("user_id") in (None, row["user_id"])]
        rows.sort(key=lambda row: (row["start"], row["id"]), reverse=not self.has("oldest_first"))
        return [self._shown(row) for row in rows]

    def _day(self, seconds: int) -> str:
        return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}"

    def _list(self, name: str, rows: list[Fields], query: dict[str, str]) -> Any:
        for status in (400, 422):
            if self.has(f"unknown_parameters_are_{status}") and set(query) - {"page"}:
                raise Refused(status, "unknown parameter", sorted(set(query) - {"page"})[0])
        if self.has("bare_entries") or (name != "time-entries" and self.has("bare_lists")):
            return rows
        if name != "time-entries" and self.has("no_pages"):
            if "page" in query:
                raise Refused(400, "unknown parameter page", "page")
            return {"data": rows}
        size = self._page_size(query)
        page = self._page(int(query.get("page", 1)), -(-len(rows) // size))
        part = rows[(page - 1) * size : page * size]
        if self.has("no_meta"):
            return {"data": part}
        if self.has("empty_list_is_204") and not part:
            return None
        if self.has("null_lists") and not part:
            return {"data": None, "meta": {"total": len(rows)}}
        meta: Fields = {"page": page, "per_page": size}
        if not self.has("no_total"):
            meta["total"] = self._total(name, rows, part)
        if self.has("text_numbers"):
            meta = {key: str(value) for key, value in meta.items()}
        return {"data": part, "meta": meta}

    def _page(self, page: int, last: int) -> int:
        if page <= max(1, last):
            return page
        if self.has("page_past_the_end_404"):
            raise Refused(404, "no such page")
        if self.has("page_past_the_end_400"):
            raise Refused(400, "no such page")
        return last if self.has("page_past_the_end_repeats") else page

    def _total(self, name: str, rows: list[Fields], part: list[Fields]) -> Any:
        if self.has("total_of_page"):
            return len(part)
        if self.has("total_of_all") and name == "time-entries":
            return len(self.entries) + 7
        if self.has("total_too_large"):
            return len(rows) + 3
        if self.has("null_total"):
            return None
        return f"{len(rows)} rows" if self.has("text_total") else len(rows)

    def _page_size(self, query: dict[str, str]) -> int:
        default = 3 if self.has("small_pages") else 50
        if self.has("per_page_is_ignored", "small_pages"):
            return default
        size = int(query.get("per_page", default))
        if size > 100 and self.has("cap_100_is_400"):
            raise Refused(400, "per_page must be at most 100", "per_page")
        return min(size, 100 if self.has("cap_100_is_silent", "cap_100_is_400") else 200)

    def error(self, refused: Refused) -> Any:
        """The body of an error."""
        if self.has("errors_are_flat"):
            return {"error": refused.message, "code": "refused", "details": {"field": refused.field}}
        if self.has("errors_are_messages"):
            return {"message": refused.message}
        details = {"field": refused.field} if refused.field else {}
        return {"error": {"code": "refused", "message": refused.message, "details": details}}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    service: ClassVar[OtherService]

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        raw = self.rfile.read(length)
        if len(raw) < length:  # the client is gone
            self.close_connection = True
            return
        url = urlsplit(self.path)
        service = self.service
        with service.lock:
            service.requests.append(f"{self.command} {self.path}")
            try:
                if service.is_down:
                    raise Refused(503, "down for maintenance")
                if self.headers.get("Authorization") != f"Bearer {KEY}":
                    raise Refused(401, "invalid key")
                body = json.loads(raw) if raw else {}
                status, content = service.answer(self.command, url.path, dict(parse_qsl(url.query)), body)
            except Refused as refused:
                status, content = refused.status, service.error(refused)
            if content is None and status == HTTPStatus.OK:
                status = HTTPStatus.NO_CONTENT
            sent = b"" if content is None else json.dumps(content).encode()
        if service.has("begins_with_a_mark") and sent:
            sent = codecs.BOM_UTF8 + sent
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        with contextlib.suppress(ConnectionError):
            self.wfile.write(sent)

    do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815 (the names that http.server calls)

    def log_message(self, *_: object) -> None:
        """Print nothing."""


class Running:
    """The service on a socket of this computer.

    Args:
        service: What answers.
        port: 0 for any free one.
    """

    def __init__(self, service: OtherService, port: int = 0) -> None:
        handler = type("Handler", (_Handler,), {"service": service})
        self.service = service
        self.server = ThreadingHTTPServer(("127.0.0.1", port), handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"
        self._thread = threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> Running:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self._thread.join()


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--switch", action="append", default=[], choices=sorted(SWITCHES))
    parser.add_argument("--port", type=int, default=8787)
    given = parser.parse_args()
    with Running(OtherService(*given.switch), given.port) as running:
        print(f"{running.url} with the key {KEY}")
        threading.Event().wait()


if __name__ == "__main__":
    main()
