"""A real ClockEye on a socket of this computer, and what tests do with it from both sides."""

from __future__ import annotations

import contextlib
import json
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from clockeye_cli.server.keys import NewKey, add_key
from clockeye_cli.server.members import add_user
from clockeye_cli.server.places import opened
from tests import postgres
from tests.app import App
from tests.server import running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

BERLIN = ZoneInfo("Europe/Berlin")


class Site:
    """A server that can be stopped and started again at the same address, and its other clients.

    Args:
        folder: Where its file lives.
        faults: Rules of `serve --faults`.
        data: The URL of its database; empty for a file in the folder, or what TEST_STORAGE says.
    """

    def __init__(self, folder: Path, faults: list[dict[str, Any]] | None = None, *, data: str = "") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        if not data and os.environ.get("TEST_STORAGE") == "postgres":
            data = postgres.shared().schema()
        self.data = data or str(folder / "server.db")
        self.folder = folder
        self.port = 0
        self._stack = contextlib.ExitStack()
        self.start(faults)
        self.boss = add_key(opened(self.data), "Boss", role="owner")
        with self.client(self.boss) as client:
            self.project: str = client.post("/projects", json={"name": "web"}).json()["data"]["id"]

    def start(self, faults: list[dict[str, Any]] | None = None, limits: str = "off") -> None:
        rules = self.folder / "faults.json"
        rules.write_text(json.dumps(faults or []))
        server = self._stack.enter_context(
            running.running(self.data, port=self.port, faults=str(rules), limits=limits)
        )
        self.port, self.base, self._server = server.port, server.base, server

    def stop(self) -> None:
        self._stack.close()

    def client(self, key: NewKey) -> httpx.Client:
        return self._server.client(key.key)

    def key(self, name: str, **given: Any) -> NewKey:
        """A key; without `user`, of a user of its own."""
        return add_key(opened(self.data), name, **given)

    def user(self, name: str) -> str:
        return add_user(opened(self.data), name, f"{name.lower()}@example.com").id

    def home(self, folder: Path, key: NewKey, *, env: bool = True) -> Home:
        """A computer; logged in by nothing but a key in the environment, or not at all."""
        return Home(self, folder, key, env=env)


class Home(App):
    """A computer with the app, and what the account holds of its user."""

    def __init__(self, site: Site, folder: Path, key: NewKey, *, env: bool) -> None:
        super().__init__(folder)
        self.site, self.key = site, key
        self.environ |= {"CLOCKEYE_API_URL": site.base, "CLOCKEYE_SYNC_SETTLE": "1s"}
        # A process in the background would have another clock than ours.
        self.environ["CLOCKEYE_SYNC_BACKGROUND"] = "false"
        if env:
            self.environ["CLOCKEYE_API_KEY"] = key.key

    def later(self, seconds: int = 60) -> Home:
        self.now += seconds
        return self

    def rows(self) -> list[dict[str, Any]]:
        """What the server holds, of this key's user, in the order of time."""
        with self.site.client(self.key) as client:
            query: dict[str, Any] = {"user_id": self.key.user_id, "per_page": 200}
            content = client.get("/time-entries", params=query).json()
        assert content["meta"]["total"] == len(content["data"]) < 200
        return sorted(content["data"], key=lambda row: (row["start_time"], row["end_time"] or ""))

    def there(self) -> list[tuple[str, str, str]]:
        """The same as local start, end (or `running`) and description."""
        return [
            (_local(row["start_time"]), _local(row["end_time"]), row["description"]) for row in self.rows()
        ]

    def post(self, description: str, start: str, end: str, **fields: Any) -> str:
        """Another client of the same user makes an entry. Times are local. Returns its id."""
        body = {
            "project_id": self.site.project,
            "description": description,
            "start_time": stamp(start),
            "end_time": stamp(end),
            "billable": True,
        }
        with self.site.client(self.key) as client:
            answer = client.post("/time-entries", json=body | fields)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["data"]["id"])

    def put(self, entry_id: str, **fields: Any) -> None:
        """Another client changes an entry."""
        with self.site.client(self.key) as client:
            answer = client.put(f"/time-entries/{entry_id}", json=fields)
        assert answer.status_code == 200, answer.text

    def remove(self, entry_id: str) -> None:
        """Another client deletes an entry."""
        with self.site.client(self.key) as client:
            assert client.delete(f"/time-entries/{entry_id}").is_success


def stamp(text: str) -> str:
    """`2026-11-20 09:00` in Berlin, as the API writes it."""
    moment = datetime.fromisoformat(text).replace(tzinfo=BERLIN)
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _local(text: str | None) -> str:
    if text is None:
        return "running"
    return f"{datetime.fromisoformat(text).astimezone(BERLIN):%Y-%m-%d %H:%M}"


@contextlib.contextmanager
def site_in(folder: Path, faults: list[dict[str, Any]] | None = None, *, data: str = "") -> Iterator[Site]:
    """A site that is stopped at the end."""
    site = Site(folder, faults, data=data)
    try:
        yield site
    finally:
        site.stop()
