"""The cost of working on an account; run by hand: python tests/benchmarks/bench_account.py

Against `clockeye serve --limits off` in a process of its own on this computer. A wire in between makes it as
far away as a server in another country. It fails where something is too slow, or asks too often. `stop` is
the product's own speed only where no `click` is installed: with it, `import httpx` loads Rich and Pygments.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from datetime import UTC
from pathlib import Path
from random import Random
from statistics import median
from typing import TYPE_CHECKING

from clockeye_cli.api import client, list_pages
from clockeye_cli.api.access import Access
from clockeye_cli.core.entry import TimeEntry
from clockeye_cli.core.whose import MINE
from clockeye_cli.server.database import Database
from clockeye_cli.server.keys import add_key
from clockeye_cli.store import remote
from clockeye_cli.store.state import Store
from clockeye_cli.sync.account import connect
from clockeye_cli.sync.pull import pull, pull_projects
from clockeye_cli.sync.push import push
from tests.authority import Authority
from tests.many_entries import tracked
from tests.server.running import running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clockeye_cli.server.keys import NewKey
    from clockeye_cli.sync.account import Account

ENTRIES = 10_000
MANY_ENTRIES = 100_000
MOST_MEMORY = 64
"""MiB, for reading MANY_ENTRIES."""

FAR_ENTRIES = 2_000
QUEUED = 1_000
FAR_SECONDS = 0.1
REQUESTS = 2
"""What `stop` sends: the timer runs on the account, too, and is read there before it is changed."""

TLS_SECONDS = 0.2
TLS_ROUNDS = 15
ROUND_TRIPS = 3
"""One for TLS 1.3, and two requests; the wire itself accepts a connection at once."""

PEAK = """
import os, subprocess, sys
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, used = os.wait4(child.pid, 0)
sys.exit("it failed" if status else print(used.ru_maxrss / 1024))
"""
"""Runs a command and prints its memory in MiB. A process that is as large as this one must not start it: what
that holds at this moment would count as the command's."""

PROJECTS = [f"prj_bench{number}" for number in range(8)]


class Wire:
    """A TCP proxy that carries every byte a while later, and counts the requests that go through it.

    Args:
        seconds: There and back.

    Attributes:
        target: The port of the server on this computer.
    """

    def __init__(self, seconds: float) -> None:
        self.requests = 0
        self.target = 0
        self._one_way = seconds / 2
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.origin = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.base = f"{self.origin}/v1"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self.target))
                for one in (near, far):
                    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._carry(near, far, counts=True)
                self._carry(far, near)

    def _carry(self, source: socket.socket, target: socket.socket, *, counts: bool = False) -> None:
        parcels: deque[tuple[float, bytes]] = deque()
        is_there = threading.Semaphore(0)

        def take() -> None:
            data = b"?"
            while data:
                try:
                    data = source.recv(65_536)
                except OSError:
                    data = b""
                if counts and data.split(b" ", 1)[0] in (b"GET", b"POST", b"PUT", b"DELETE"):
                    self.requests += 1
                parcels.append((time.monotonic() + self._one_way, data))
                is_there.release()

        def give() -> None:
            data = b"?"
            while data:
                is_there.acquire()
                due, data = parcels.popleft()
                time.sleep(max(0.0, due - time.monotonic()))
                with contextlib.suppress(OSError):
                    target.sendall(data) if data else target.shutdown(socket.SHUT_WR)

        for work in (take, give):
            threading.Thread(target=work, daemon=True).start()


def fill(database: Database, key: NewKey, count: int) -> None:
    """Entries of the key's user over a year, that end now."""
    with database.write() as connection:
        connection.executemany(
            "INSERT OR IGNORE INTO projects VALUES (?, ?, ?, ?)",
            [(project, project[4:], project[4:], key.user_id) for project in PROJECTS],
        )
        connection.executemany(
            "INSERT INTO time_entries (id, user_id, project_id, description, started_at, ended_at, billable)"
            " VALUES (?, ?, ?, ?, ?, ?, 1)",
            [
                (
                    f"te_{entry.local_id}",
                    key.user_id,
                    entry.project_id or PROJECTS[0],
                    entry.description,
                    entry.started_at,
                    entry.ended_at,
                )
                for entry in tracked(Random(1), count, int(time.time()), 365, PROJECTS)
            ],
        )


@contextlib.contextmanager
def computer(folder: Path, base: str, key: NewKey) -> Iterator[Account]:
    """A computer that has just been set up."""
    store = Store(tempfile.mkdtemp(dir=folder) + "/work.db", now, to_account=True)
    access = Access(base, key.key, "", environ={}, now=now, claimed=key.user_id)
    with connect(store, access, patience=None) as account:
        yield account
    store.close()


def now() -> int:
    """The present instant."""
    return int(time.time())


def pulled(folder: Path, base: str, key: NewKey) -> float:
    """Seconds in which a new computer reads everything."""
    with computer(folder, base, key) as account:
        began = time.perf_counter()
        pull(account, None, None, whose=MINE)
        return time.perf_counter() - began


def peaks(folder: Path, base: str, key: NewKey) -> list[tuple[str, bool]]:
    """The memory in which a new computer reads everything, reads it again, and hands it on."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("CLOCKEYE_")}
    environ |= {
        "CLOCKEYE_HOME": str(folder / "reader"),
        "CLOCKEYE_API_URL": base,
        "CLOCKEYE_API_KEY": key.key,
    }
    program = str(Path(sys.executable).parent / "clockeye")
    checks = []
    for what, words in (
        ("a first pull", ("log", "--all", "--refresh", "-n", "1")),
        ("a second pull", ("log", "--all", "--refresh", "-n", "1")),
        ("log --all --json", ("log", "--all", "--json", "--offline")),
        ("export", ("export", "--offline")),
    ):
        command = [sys.executable, "-c", PEAK, program, *words]
        done = subprocess.run(command, env=environ, stdout=subprocess.PIPE, text=True, check=True)
        memory = float(done.stdout)
        checks.append(
            (
                f"{what} of {MANY_ENTRIES} entries: {memory:.0f} MiB, at most {MOST_MEMORY}",
                memory <= MOST_MEMORY,
            )
        )
    return checks


def pushed(folder: Path, base: str, key: NewKey, count: int) -> float:
    """Seconds in which so many queued entries are delivered."""
    with computer(folder, base, key) as account:
        pull_projects(account)
        with account.store.write(["import"], UTC) as write:
            project = next(iter(remote.project_ids(write.connection).values()))
            for number in range(count):
                start = 1_600_000_000 + number * 600
                entry = TimeEntry(f"te_{number:012}", f"Work {number}", project, start, start + 300, True)
                write.change(None, entry)
        began = time.perf_counter()
        assert push(account).delivered == count
        return time.perf_counter() - began


def plain_environment() -> dict[str, str]:
    """Variables without settings of ours, proxies, and bundles of certificates: parsing one takes 30 ms."""
    ours = ("CLOCKEYE_", "SSL_CERT_")
    proxies = ("http_proxy", "https_proxy", "all_proxy")
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(ours) and name.lower() not in proxies
    }


def requests(wire: Wire, folder: Path, key: NewKey) -> list[tuple[str, bool]]:
    """How often `stop` and `log --week` ask, as a user runs them, on a server that is far away."""
    environ = plain_environment() | {"CLOCKEYE_HOME": str(folder / "home"), "CLOCKEYE_API_URL": wire.base}
    environ |= {"CLOCKEYE_API_KEY": key.key, "CLOCKEYE_SYNC_FRESH": "1s"}
    program = str(Path(sys.executable).parent / "clockeye")

    def sent(*command: str) -> int:
        before = wire.requests
        done = subprocess.run([program, *command], env=environ, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr}")
        return wire.requests - before

    first = sent("log", "--week")
    weeks = []
    for _ in range(3):
        time.sleep(2)  # what was read a second ago is not read again
        weeks.append(sent("log", "--week"))
    sent("sync")  # and so the projects are known
    sent("start", "Bench", "-p", PROJECTS[0][4:])
    stop = sent("stop")
    return [
        (f"log --week: {first} requests at first, at most 3", first <= 3),
        (f"log --week: {max(weeks)} requests afterwards, at most 2", 1 <= max(weeks) <= 2),
        (f"stop: {stop} requests, of {REQUESTS}", stop == REQUESTS),
    ]


@contextlib.contextmanager
def terminating(authority: Authority, target: int) -> Iterator[int]:
    """A port that speaks TLS for the server behind it, as its proxy does."""
    listener = socket.create_server(("127.0.0.1", 0))

    def carry(source: socket.socket, into: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65_536):
                into.sendall(data)
            into.shutdown(socket.SHUT_WR)

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = listener.accept()
                near.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                secure = authority.context.wrap_socket(near, server_side=True)
                far = socket.create_connection(("127.0.0.1", target))
                far.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # as Caddy and nginx do
                for ends in ((secure, far), (far, secure)):
                    threading.Thread(target=carry, args=ends, daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    yield int(listener.getsockname()[1])
    listener.close()


class Desk:
    """Runs the program at a terminal or in a pipe, on this computer's profile or on an account's.

    Args:
        folder: Where the homes are.
        account: The variables of the account.
    """

    def __init__(self, folder: Path, account: dict[str, str]) -> None:
        plain = plain_environment()
        self._program = str(Path(sys.executable).parent / "clockeye")
        self._account = plain | account | {"CLOCKEYE_HOME": str(folder / "tls")}
        self._local = plain | {"CLOCKEYE_HOME": str(folder / "tls-local")}
        self._lock = folder / "tls/env.sender.lock"

    def seconds(self, *words: str, on_account: bool, at_terminal: bool, keeps_timer: bool = False) -> float:
        """How long a command takes; what it has left to another process is then awaited."""
        ours, theirs = pty.openpty() if at_terminal else os.pipe()
        environ = self._account if on_account else self._local
        environ = environ | {"CLOCKEYE_SYNC_TIMER": "false"} if keeps_timer else environ
        began = time.perf_counter()
        command = [self._program, *words]
        code = subprocess.run(command, env=environ, stdout=theirs, stderr=theirs, check=False).returncode
        took = time.perf_counter() - began
        os.close(theirs)
        if code:
            raise SystemExit(f"{command} ended with {code}: {os.read(ours, 4096).decode()}")
        os.close(ours)
        if on_account and self._lock.exists():
            with self._lock.open() as file:
                fcntl.flock(file, fcntl.LOCK_EX)
        return took


def behind_the_prompt(folder: Path, key: NewKey, database: str) -> list[tuple[str, bool]]:
    """`start` and `stop` on an account that is far away and speaks TLS, against those on this computer."""
    certificates = folder / "certificates"
    certificates.mkdir()
    authority = Authority(certificates)
    wire = Wire(TLS_SECONDS)
    origin = wire.origin.replace("http:", "https:")
    with running(database, public_urls=[origin]) as server, terminating(authority, server.port) as port:
        wire.target = port
        account = {"CLOCKEYE_API_URL": f"{origin}/v1", "CLOCKEYE_API_KEY": key.key}
        account["SSL_CERT_DIR"] = authority.hashed_in(certificates / "hashed")
        desk = Desk(folder, account)
        desk.seconds("projects", on_account=True, at_terminal=False)
        took: dict[tuple[str, bool, bool], list[float]] = {}
        bare = []
        began_work = ("start", "Bench", "-p", PROJECTS[0][4:])
        for _ in range(TLS_ROUNDS):
            for at_terminal in (False, True):
                for on_account in (False, True):
                    where = {"on_account": on_account, "at_terminal": at_terminal}
                    for words in (began_work, ("stop",)):
                        seconds = desk.seconds(*words, **where)
                        took.setdefault((words[0], on_account, at_terminal), []).append(seconds)
            # As on a service that takes no running entry: nothing is to be sent.
            alone = {"on_account": True, "at_terminal": False, "keeps_timer": True}
            took.setdefault(("start alone", True, False), []).append(desk.seconds(*began_work, **alone))
            desk.seconds("stop", **alone)
            began = time.perf_counter()
            subprocess.run([sys.executable, "-c", "pass"], check=True)
            bare.append(time.perf_counter() - began)
    typed, piped = (
        {
            (word, on_account): median(took[word, on_account, at_terminal][1:])
            for word in ("start", "stop")
            for on_account in (False, True)
        }
        for at_terminal in (True, False)
    )
    floor = median(bare)
    ratio = typed["stop", True] / typed["stop", False]
    cost = (piped["stop", True] - piped["stop", False] - ROUND_TRIPS * TLS_SECONDS) / floor
    start_alone = median(took["start alone", True, False][1:])
    starts = start_alone / piped["start", False]
    return [
        (
            f"stop at a terminal, TLS, there and back {TLS_SECONDS * 1000:.0f} ms: the prompt is back after"
            f" {typed['stop', True] * 1000:.0f} ms, without an account {typed['stop', False] * 1000:.0f} ms:"
            f" {ratio:.2f} x, at most 1.3",
            ratio <= 1.3,
        ),
        (
            f"stop in a pipe: {piped['stop', True] * 1000:.0f} ms, less {piped['stop', False] * 1000:.0f} ms"
            f" without an account, less {ROUND_TRIPS} round trips: {cost:.1f} x `python -c pass`"
            f" ({floor * 1000:.0f} ms), at most 4",
            cost <= 4,
        ),
        (
            f"start with nothing to send: {start_alone * 1000:.0f} ms, without an account"
            f" {piped['start', False] * 1000:.0f} ms: {starts:.2f} x, at most 1.05",
            starts <= 1.05,
        ),
    ]


def main() -> int:
    """Measure, print, and say by the exit code whether all is fast enough."""
    with tempfile.TemporaryDirectory(prefix="clockeye-bench-") as name:
        folder = Path(name)
        near, far, empty, large = (
            Database(str(folder / f"{what}.db")) for what in ("near", "far", "empty", "large")
        )
        keys = [add_key(database, "bench", role="owner") for database in (near, far, empty, large)]
        fill(near, keys[0], ENTRIES)
        fill(far, keys[1], FAR_ENTRIES)
        fill(empty, keys[2], 0)
        fill(large, keys[3], MANY_ENTRIES)
        with running(str(folder / "large.db")) as server:
            checks = peaks(folder, server.base, keys[3])
        with running(str(folder / "near.db")) as server:
            rate = ENTRIES / median(pulled(folder, server.base, keys[0]) for _ in range(3))
        list_pages.PAGE_SIZES = ()  # the server's own pages, of 50
        wire = Wire(FAR_SECONDS)
        with running(str(folder / "far.db"), public_urls=[wire.origin]) as server:
            wire.target = server.port
            at_a_time = pulled(folder, wire.base, keys[1])
            client.AT_A_TIME, kept = 1, client.AT_A_TIME
            one_by_one = pulled(folder, wire.base, keys[1])
            client.AT_A_TIME = kept
        with running(str(folder / "empty.db"), public_urls=[wire.origin]) as server:
            wire.target = server.port
            few, many = (
                pushed(folder, server.base, keys[2], count) / count for count in (QUEUED // 10, QUEUED)
            )
            checks += requests(wire, folder, keys[2])
        checks += behind_the_prompt(folder, keys[2], str(folder / "empty.db"))
    checks += [
        (f"pull: {rate:.0f} entries a second, at least 7000", rate >= 7000),
        (
            f"pull, 50 a page from far away: {at_a_time:.2f} s; one page at a time {one_by_one:.2f} s:"
            f" {one_by_one / at_a_time:.1f} x, at least 3",
            one_by_one >= 3 * at_a_time,
        ),
        (
            f"push: {few * 1000:.1f} ms an entry of {QUEUED // 10}, {many * 1000:.1f} ms of {QUEUED}:"
            f" {many / few:.2f} x, at most 1.5",
            many <= 1.5 * few,
        ),
    ]
    for text, holds in checks:
        print("ok  " if holds else "FAIL", text)
    return 0 if all(holds for _, holds in checks) else 1


if __name__ == "__main__":
    sys.exit(main())
