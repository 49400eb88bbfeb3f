"""An application in this process on a clock that the test moves, and a team with keys of each role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx

from clockeye_cli.server import create_app
from clockeye_cli.server.keys import NewKey, add_key
from clockeye_cli.server.places import opened
from tests import postgres

if TYPE_CHECKING:
    from pathlib import Path

NOON = 1_705_320_000.0  # 2024-01-15T12:00:00Z
HOST = "127.0.0.1"


STORAGES = ("file", "postgres")


def place(storage: str, folder: Path) -> str:
    """The value of `--data` for a new storage."""
    return postgres.shared().schema() if storage == "postgres" else str(folder / "folder" / "server.db")


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> float:
        return self.now


class Api:
    """The application in this process, called through WSGI as a server would."""

    def __init__(self, data: str) -> None:
        self.data = data
        self.database = opened(data)
        self.clock = Clock()
        self.app = create_app(data, limits="off", clock=self.clock)

    def open(self, limits: str, **settings: Any) -> None:
        """Make the application anew, as a restart does."""
        self.app.close()
        self.app = create_app(self.data, limits=limits, clock=self.clock, **settings)

    def close(self) -> None:
        """Close the application and the connections of the test."""
        self.app.close()
        self.database.close()

    def key(self, role: str, **given: Any) -> NewKey:
        return add_key(self.database, given.pop("name", role), role=role, **given)

    def client(self, key: str = "", **headers: str) -> httpx.Client:
        if key:
            headers["Authorization"] = f"Bearer {key}"
        transport = httpx.WSGITransport(self.app)
        return httpx.Client(transport=transport, base_url=f"http://{HOST}/v1", headers=headers)


class Team:
    """An owner, a manager and two members, each with a client, and a project."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.keys = {name: api.key(role, name=name) for name, role in ROLES.items()}
        self.clients = {name: api.client(key.key) for name, key in self.keys.items()}
        self.owner, self.boss, self.ann, self.bob = self.clients.values()
        self.project: str = self.owner.post("/projects", json={"name": "Website"}).json()["data"]["id"]

    def entry(self, **changes: Any) -> dict[str, Any]:
        """The body of a new entry: the reference's example."""
        return {
            "project_id": self.project,
            "description": "Working on API integration",
            "start_time": "2024-01-15T09:00:00Z",
            "end_time": "2024-01-15T12:30:00Z",
            "billable": True,
        } | changes

    def add(self, who: str, **changes: Any) -> dict[str, Any]:
        """An entry of somebody's."""
        answer = self.clients[who].post("/time-entries", json=self.entry(**changes))
        assert answer.status_code == 201, answer.text
        created: dict[str, Any] = answer.json()["data"]
        return created

    def user(self, name: str) -> str:
        return self.keys[name].user_id


ROLES = {"owner": "owner", "boss": "manager", "ann": "member", "bob": "member"}
