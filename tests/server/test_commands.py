"""The commands behind `clockeye serve`: their output for people and for scripts."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from clockeye_cli.commands.serve.keys import add_key, list_keys, revoke_key
from clockeye_cli.commands.serve.serve import serve
from clockeye_cli.commands.serve.users import add_user, list_users
from clockeye_cli.context import Context, Options
from clockeye_cli.errors import ClockeyeError, UsageError
from clockeye_cli.session import Session, World
from tests.app import App, Stream

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Ran:
    """Runs a run on a home of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def __call__(self, run: Callable[..., None], *args: Any, format: str = "", **named: Any) -> str:  # noqa: A002
        out = Stream(terminal=False)
        world = World(App(self.home).environ, Stream(terminal=False), out, Stream(terminal=False), lambda: 0)
        run(Context([], Session(world), Options(format=format)), *args, **named)
        return out.everything()


@pytest.fixture
def ran(tmp_path: Path) -> Ran:
    return Ran(tmp_path / "home")


def test_a_key_for_scripts(ran: Ran) -> None:
    document = json.loads(ran(add_key, "ci", permissions=["users:read"], format="json"))
    assert list(document["data"]) == ["id", "name", "key", "permissions", "user_id"]
    assert document["version"] == 1
    assert document["data"]["permissions"] == ["users:read"]
    assert document["data"]["key"].startswith(document["data"]["id"])


def test_a_key_for_people_is_the_last_line(ran: Ran) -> None:
    first, key = ran(add_key, "ci").splitlines()
    assert key[:16] in first
    assert len(key) == 60


def test_keys_are_listed_and_revoked(ran: Ran, tmp_path: Path) -> None:
    data = str(tmp_path / "other.db")
    ran(add_user, "Ada", "ada@example.com", data=data, role="owner")
    ran(add_key, "ci", user="ada@example.com", data=data)
    revoked = json.loads(ran(revoke_key, "ci", data=data, format="json"))["data"]
    (listed,) = json.loads(ran(list_keys, data=data, format="json"))["data"]
    assert revoked == listed
    assert (listed["user"], listed["role"]) == ("ada@example.com", "owner")
    assert listed["revoked_at"] is not None
    assert "ada@example.com" in ran(list_users, data=data)
    assert json.loads(ran(list_keys, format="json"))["data"] == []


def test_the_file_is_in_a_folder_of_its_own(ran: Ran) -> None:
    ran(add_key, "ci")
    path = ran.home / "server" / "server.db"  # a profile may be called server: its file is beside the folder
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_without_the_extra_it_says_which_command_installs_it(
    ran: Ran, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "falcon", None)
    for name in [name for name in sys.modules if name.startswith("clockeye_cli.server.")]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(ClockeyeError, match="falcon, which is not installed") as caught:
        ran(serve)
    assert caught.value.hint == 'pip install "clockeye[server]"'


def test_limits_are_checked_before_anything_is_made(ran: Ran) -> None:
    with pytest.raises(UsageError, match="Invalid value 'many' for --limits"):
        ran(serve, limits="many")
    assert not ran.home.exists()


@pytest.mark.parametrize("format", ["", "json"])
def test_it_says_where_it_listens_and_ends_well(tmp_path: Path, format: str) -> None:  # noqa: A002
    script = (
        "import os, sys; from clockeye_cli.commands.serve.serve import serve;"
        "from clockeye_cli.context import Context, Options; from clockeye_cli.session import Session, World;"
        "world = World(os.environ, sys.stdin, sys.stdout, sys.stderr, lambda: 0);"
        f"serve(Context([], Session(world), Options(format={format!r})), port=0, demo=True); os._exit(0)"
    )
    environ = {"PATH": os.environ["PATH"], "CLOCKEYE_HOME": str(tmp_path / "home")}
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, env=environ
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        if format:
            while not line.rstrip().endswith("\n}") and line.count("{") != line.count("}"):
                line += process.stdout.readline()
            greeting = json.loads(line)["data"]
        else:
            greeting = {"url": line.split()[2], "key": process.stdout.readline().split()[1]}
        headers = {"Authorization": f"Bearer {greeting['key']}"}
        assert httpx.get(f"{greeting['url']}/users", headers=headers, trust_env=False).status_code == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
    assert (tmp_path / "home" / "server" / "demo.db").exists()
