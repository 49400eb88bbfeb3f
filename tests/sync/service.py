"""A ClockEye in memory, behind httpx's transport: it follows the reference until it is told to fail."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import httpx

from clockeye_cli.api import wire
from clockeye_cli.api.client import Client
from clockeye_cli.store import dialects, users
from clockeye_cli.store.state import Store
from clockeye_cli.sync.account import Account

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clockeye_cli.core.dialect import Dialect

NOON = 1_795_176_000
"""On 2026-11-20, in UTC."""
URL = "http://127.0.0.1:1/v1"
ME, COLLEAGUE = "usr_me", "usr_colleague"
HTML = "<html><body>502 Bad Gateway</body></html>"


class Service:
    """The service's side: entries, projects, users, and what is to go wrong with the next requests.

    `faults` is used up from the front, a word a request that changes something (`any` also for reads):
    `refuse` (no connection), `drop_before`, `drop_after` (the connection breaks before or after it was
    done), `500`, `502` (HTML, after it was done), `unreadable` (201 with half a body), `400`, `401`, `403`,
    `404`, `410`, `429`, `page 404` (an HTML page with that status), `ok`.
    """

    def __init__(self) -> None:
        self.entries: dict[str, dict[str, Any]] = {}
        self.projects = {"prj_web": {"id": "prj_web", "name": "web", "created_by": ME}}
        self.faults: list[str] = []
        self.read_faults: list[str] = []
        self.requests: list[str] = []
        self.user = ME
        self.users_of_others = "takes"
        """What becomes of the `user_id` of a POST: `takes`, `ignores` (it is the key's user's), `refuses`."""
        self.running = "runs"
        """What becomes of a POST without an end: `runs`, `refuses`, `refuses without a field`, `ends`."""
        self.refused_field = "end_time"
        self.meanwhile: Callable[[], object] = lambda: None
        """Called once while a POST is being answered."""
        self.per_page = 50
        self.trims = False
        self.lagging: set[str] = set()
        self.refused: dict[str, int] = {}
        """Entries that are not shown by their ids, and the status that is answered instead."""
        self._count = 0
        self._lock = threading.Lock()  # pages are asked for by several threads

    def handle(self, request: httpx.Request) -> httpx.Response:
        """What httpx's transport calls: one request after the other."""
        with self._lock:
            return self._handle(request)

    def _handle(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(f"{request.method} {request.url.path}")
        faults = self.read_faults if request.method == "GET" else self.faults
        fault = faults.pop(0) if faults else "ok"
        if fault == "refuse":
            raise httpx.ConnectError("refused")
        if fault == "drop_before":
            raise httpx.ReadError("reset")
        if fault.startswith("page "):  # a proxy, an ingress or a login page answers
            return httpx.Response(int(fault.removeprefix("page ")), text="<html>Not here</html>")
        if fault in ("400", "401", "403", "404", "410", "429", "500"):
            headers = {"Retry-After": "7"} if fault == "429" else {}
            error = {"error": {"code": "no", "message": f"told to answer {fault}", "details": {}}}
            return httpx.Response(int(fault), json=error, headers=headers)
        answer = self._answer(request)
        if fault == "drop_after":
            raise httpx.RemoteProtocolError("the connection was closed")
        if fault == "502":
            return httpx.Response(502, text=HTML)
        if fault == "unreadable":
            return httpx.Response(201, text='{"data": {"id": "te_')
        return answer

    def add(
        self, description: str, start: int, end: int | None, *, user: str = ME, project: str = "prj_web"
    ) -> str:
        """Put an entry there as another client of the account would."""
        self._count += 1
        entry_id = f"te_there{self._count}"
        self.entries[entry_id] = {
            "id": entry_id,
            "user_id": user,
            "project_id": project,
            "description": description,
            "start_time": wire.stamp(start),
            "end_time": None if end is None else wire.stamp(end),
            "duration": 0 if end is None else end - start,
            "billable": True,
        }
        return entry_id

    def mine(self) -> list[tuple[str, str, str | None]]:
        """Description, start and end of the user's own entries, in order."""
        rows = [row for row in self.entries.values() if row["user_id"] == ME]
        entries = ((row["description"], row["start_time"], row["end_time"]) for row in rows)
        return sorted(entries, key=lambda entry: (*entry[:2], entry[2] or ""))

    def _answer(self, request: httpx.Request) -> httpx.Response:
        parts = [unquote(part) for part in request.url.raw_path.decode().split("?")[0].split("/")[2:]]
        body = json.loads(request.content) if request.content else {}
        if parts[0] == "time-entries":
            return self._entries(request, parts[1:], body)
        if parts[0] == "projects":
            if request.method == "POST":
                self._count += 1
                project = {"id": f"prj_there{self._count}", "name": body["name"], "created_by": ME}
                self.projects[project["id"]] = project
                return httpx.Response(201, json={"data": project})
            return self._page(request, list(self.projects.values()))
        users = [{"id": self.user, "email": "me@example.org", "role": "member"}]
        return self._page(request, users)

    def _entries(self, request: httpx.Request, parts: list[str], body: dict[str, Any]) -> httpx.Response:
        if not parts and request.method == "GET":
            rows = [row for row in self.entries.values() if row["id"] not in self.lagging]
            return self._page(request, sorted(rows, key=lambda row: row["start_time"] or "", reverse=True))
        if not parts:
            return self._posted(body)
        there = self.entries.get(parts[0])
        if there is None or parts[0] in self.refused:
            error = {"code": "not_found", "message": "told to refuse it", "details": {}}
            return httpx.Response(self.refused.get(parts[0], 404), json={"error": error})
        if request.method == "PUT":
            there |= self._kept(body)
        elif request.method == "DELETE":
            del self.entries[parts[0]]
            return httpx.Response(204)
        return httpx.Response(200, json={"data": there})

    def _posted(self, body: dict[str, Any]) -> httpx.Response:
        given = body.get("user_id", self.user)
        if given != self.user and self.users_of_others == "refuses":
            return _refusal("user_id")
        meanwhile, self.meanwhile = self.meanwhile, lambda: None
        meanwhile()
        user = given if self.users_of_others == "takes" else self.user
        if "end_time" not in body:
            if self.running.startswith("refuses"):
                return _refusal(self.refused_field if self.running == "refuses" else "")
            self._end_running(user, body["start_time"])
        entry_id = self.add("", 0, None, user=user)
        self.entries[entry_id] |= self._kept(body)
        if self.running == "ends":
            self.entries[entry_id]["end_time"] = body.get("end_time", body["start_time"])
        return httpx.Response(201, json={"data": self.entries[entry_id]})

    def _end_running(self, user: str, at: str) -> None:
        for row in self.entries.values():
            if row["user_id"] == user and row["end_time"] is None:
                row["end_time"] = max(at, row["start_time"])

    def _kept(self, body: dict[str, Any]) -> dict[str, Any]:
        kept = {key: value for key, value in body.items() if key not in ("id", "user_id")}
        if self.trims:
            kept["description"] = " ".join(kept["description"].split()) or None
            kept["start_time"] = kept["start_time"].replace("Z", ".000+00:00")
        return kept

    def _page(self, request: httpx.Request, rows: list[dict[str, Any]]) -> httpx.Response:
        page = int(request.url.params.get("page", 1))
        part = rows[(page - 1) * self.per_page : page * self.per_page]
        meta = {"total": len(rows), "page": page, "per_page": self.per_page}
        return httpx.Response(200, json={"data": part, "meta": meta})


def _refusal(field: str) -> httpx.Response:
    details = {"field": field, "reason": "unknown"} if field else {}
    error = {"code": "invalid_request", "message": f"{field} is no field".strip(), "details": details}
    return httpx.Response(400, json={"error": error})


class Clock:
    """Stands where a test puts it."""

    def __init__(self, now: int) -> None:
        self.now = now

    def __call__(self) -> int:
        return self.now


def account_of(service: Service, folder: Path, clock: Clock, name: str = "work") -> Account:
    """This computer's side of an account, with a store of its own."""
    store = Store(str(folder / f"{name}.db"), clock, to_account=True)

    def keep(dialect: Dialect) -> None:
        with store.exchange() as connection:
            dialects.put(connection, dialect, NOON)

    transport = httpx.MockTransport(service.handle)
    client = Client(URL, "key", {}, transport=transport, sleep=lambda _seconds: None, keep=keep)
    with store.exchange() as connection:
        users.bind(connection, ME)
    return Account(store, client, clock)
