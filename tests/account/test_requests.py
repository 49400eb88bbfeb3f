"""How often the account is asked: a service counts each request, and so does who waits for it."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from tests.app import App

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.account.world import Home, Site

DAY = "2026-11-20"
MANY = 900_000


@pytest.fixture(scope="module")
def site(site: Site) -> Site:
    """It counts the requests, and has so many left that none has to wait."""
    site.stop()
    site.start(limits=f"{MANY},{MANY},{MANY}")
    return site


def requests(home: Home, *command: str) -> int:
    """How many requests of its key the server counts while a command runs."""
    with home.site.client(home.key) as client:
        before = client.get("/users")
        home.ok(*command)
        after = client.get("/users")
    left = [int(answer.headers["X-RateLimit-Remaining"]) for answer in (before, after)]
    return left[0] - left[1] - 1


def test_a_week_is_read_in_one_request_and_the_first_time_in_three(home: Home) -> None:
    home.post("Monday", "2026-11-16 09:00", "2026-11-16 11:00")
    home.post("Friday", f"{DAY} 09:00", f"{DAY} 10:00")
    assert requests(home, "log", "--week") == 3  # who you are, the entries, their projects
    assert requests(home.later(), "log", "--week") == 1
    home.post("New", f"{DAY} 10:00", f"{DAY} 10:30")
    assert requests(home.later(), "report", "--week") == 1
    assert requests(home.later(5), "log", "--week") == 0  # fresh
    home.remove(home.rows()[0]["id"])
    assert requests(home.later(), "log", "--week") == 2  # one that is missing is asked for before it goes
    assert requests(home.later(), "log", "--week") == 1


def test_start_is_one_request_stop_two_a_switch_three_and_what_only_looks_none(home: Home) -> None:
    home.post("There", f"{DAY} 09:00", f"{DAY} 10:00")
    home.ok("log")
    assert requests(home, "start", "Call", "-p", "web") == 1
    assert requests(home.later(), "status") == 0
    assert requests(home, "prompt") == 0
    assert requests(home.later(), "stop") == 2
    assert requests(home.later(), "add", "Later", "--from", "11:00", "--to", "11:30", "-p", "web") == 1
    assert requests(home.later(), "start", "Next", "-p", "web") == 1
    assert requests(home.later(), "start", "Another", "-p", "web") == 3  # it stops the one before
    assert requests(home.later(), "cancel", "-y") == 2


def test_a_timer_that_stays_here_is_no_request_until_it_is_stopped(home: Home) -> None:
    home.ok("projects")
    home.ok("config", "set", "sync.timer", "false")
    assert requests(home, "start", "Call", "-p", "web") == 0
    assert requests(home.later(), "start", "Next", "-p", "web") == 1
    assert requests(home.later(), "stop") == 1


class Service(BaseHTTPRequestHandler):
    """A service of one user and one project, in this process."""

    rows: ClassVar = {
        "users": [{"id": "usr_me", "email": "me@example.com"}],
        "projects": [{"id": "prj_1", "name": "web"}],
        "time-entries": [],
    }

    def do_GET(self) -> None:
        rows = next(rows for name, rows in self.rows.items() if name in self.path)
        self.say(200, {"data": rows, "meta": {"total": len(rows)}})

    def say(self, status: int, content: Any) -> None:
        raw = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_words: object) -> None:
        pass


@contextmanager
def serving(service: type[Service]) -> Iterator[dict[str, str]]:
    """Serve, and give the variables of a computer that works on it."""
    with ThreadingHTTPServer(("127.0.0.1", 0), service) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield {
            "CLOCKEYE_API_URL": f"http://127.0.0.1:{server.server_port}/v1",
            "CLOCKEYE_API_KEY": "key",
        }
        server.shutdown()


def test_an_entry_is_acknowledged_here_before_the_account_hears_of_it(tmp_path: Path) -> None:
    seen: list[tuple[str, str]] = []

    class Looking(Service):
        def do_POST(self) -> None:
            with closing(sqlite3.connect(tmp_path / "home" / "env.db")) as connection:
                seen.extend(
                    connection.execute(
                        "SELECT description, state FROM outbox JOIN (SELECT local_id, description FROM timer"
                        " UNION SELECT local_id, description FROM entries) USING (local_id)"
                    ).fetchall()
                )
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self.say(201, {"data": {"id": f"te_{len(seen)}", "user_id": "usr_me", **body}})

    home = App(tmp_path / "home")
    with serving(Looking) as environ:
        home.environ |= environ
        home.ok("log")
        home.ok("start", "Call", "-p", "web")
        home.ok("add", "Other", "--for", "1h", "-p", "web")
    assert seen == [("Call", "sending"), ("Other", "sending")]


def test_ctrl_c_while_pages_are_read_does_not_wait_for_them(tmp_path: Path) -> None:
    asked, go_on = threading.Semaphore(0), threading.Event()

    class Hanging(Service):
        def do_GET(self) -> None:
            if any(f"{mark}page=" in self.path for mark in "?&"):  # not the first one
                asked.release()
                go_on.wait(60)
                return
            start = {"id": "te_1", "start_time": "2026-11-20T10:00:00Z", "end_time": "2026-11-20T11:00:00Z"}
            if "users" in self.path:
                super().do_GET()
            else:
                self.say(200, {"data": [start], "meta": {"total": 9}})

    with serving(Hanging) as environ:
        home = {"CLOCKEYE_HOME": str(tmp_path / "home"), "PATH": os.environ["PATH"]}
        with subprocess.Popen(
            [sys.executable, "-m", "clockeye_cli", "log"],
            env=environ | home,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            assert all(asked.acquire(timeout=30) for _ in range(4))
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=20)  # a request may last for 30
        go_on.set()
    assert (process.returncode, said.strip()) == (130, "clockeye: Interrupted.")
