"""The speed of several servers on PostgreSQL: python tests/benchmarks/bench_server_postgres.py [ENTRIES ...]

A firm of 200 people, each with a key, tracks 4 entries a day, and two servers with the limits of the API
reference work on one PostgreSQL that flushes to disk. It prints elapsed time, and the processor time of the
servers and of PostgreSQL, which other work on the machine changes less. It fails where something is too
slow, or becomes slower with more entries: 20,000 and 2,000,000, unless other counts are given.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import TYPE_CHECKING, NamedTuple

from clockeye_cli.server.keys import NewKey, add_key
from clockeye_cli.server.members import new_user
from clockeye_cli.server.places import opened
from clockeye_cli.server.postgres.moving import count_anew
from tests.postgres import Cluster
from tests.server.running import Running, running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clockeye_cli.server.postgres.storage import Postgres

PEOPLE = 200
ROLES = ["owner", *["admin"] * 2, *["manager"] * 17, *["member"] * 180]
PROJECTS = 40
SIZES = (20_000, 2_000_000)
SECONDS = 6.0
CONNECTIONS = 8
TICKS = os.sysconf("SC_CLK_TCK")

YESTERDAY = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
LAST_DAY = YESTERDAY - timedelta(days=max(YESTERDAY.weekday() - 4, 0))
"""A day from Monday to Friday."""

ENTRIES = """
    INSERT INTO time_entries
        (id, user_id, project_id, description, started_at, ended_at, billable, is_running)
    SELECT 'te_' || lpad(n::text, 10, '0'), (%(users)s::text[])[person + 1],
        (%(projects)s::text[])[(person * 7 + n * 31 %% 5) %% %(count)s + 1], 'Working on API integration',
        start, start + 1800 + n * 7919 %% 5400, n %% 4 > 0, FALSE
    FROM (SELECT n, n %% %(people)s AS person,
            %(last)s - 86400 * (days / 5 * 7 + days %% 5)
                + 28800 + n / %(people)s %% 4 * 7200 + n * 104729 %% 1800 AS start
        FROM (SELECT n, (%(entries)s - 1 - n) / (%(people)s * 4) AS days
            FROM generate_series(0::bigint, %(entries)s - 1) AS n) AS numbered) AS placed
"""
"""The earliest first, as they would have been stored. (A Friday is followed by the Thursday before.)"""


INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid = 'time_entries'::regclass AND NOT indisprimary AND indkey::text <> '2'"""
"""All but those of the number and the id, which other tables refer to."""


class Firm(NamedTuple):
    """The people with their keys, by role, and the ids of the projects."""

    keys: list[NewKey]
    projects: list[str]

    def of(self, role: str) -> list[NewKey]:
        return [key for key, its_role in zip(self.keys, ROLES, strict=True) if its_role == role]


class Measured(NamedTuple):
    """Requests a second, seconds at the middle and at the 99th percentile, processor ms of each request."""

    rate: float
    middle: float
    slow: float
    servers: float
    database: float

    def __str__(self) -> str:
        return (
            f"{self.rate:.0f}/s, median {self.middle * 1000:.1f} ms, p99 {self.slow * 1000:.1f} ms,"
            f" processor {self.servers:.2f} ms in the servers + {self.database:.2f} ms in PostgreSQL"
        )


def fill(storage: Postgres, entries: int) -> Firm:
    """Make the firm, and give it entries up to yesterday."""
    with storage.writing() as queries:
        users = [new_user(f"U{n}", f"u{n}@example.com", role) for n, role in enumerate(ROLES)]
        for user in users:
            queries.add_member(user)
        projects = [f"prj_bench{n:08}" for n in range(PROJECTS)]
        for project in projects:
            queries.connection.execute(
                "INSERT INTO projects VALUES (%s, %s, %s, %s)", (project, project, project, users[0].id)
            )
        execute = queries.connection.execute
        execute("SET LOCAL session_replication_role = replica")  # no triggers: they would take minutes
        indexes = execute(INDEXES).fetchall()
        for name, _ in indexes:
            execute(f"DROP INDEX {name}".encode())
        execute(
            ENTRIES,
            {
                "users": [user.id for user in users],
                "projects": projects,
                "count": PROJECTS,
                "people": PEOPLE,
                "entries": entries,
                "last": int(LAST_DAY.timestamp()),
            },
        )
        count_anew(queries.connection)
        for _, made in indexes:
            execute(made.encode())
    return Firm([add_key(storage, user.name, user=user.id) for user in users], projects)


class Connection:
    """An open connection to one of the servers."""

    def __init__(self, server: Running) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", server.port)

    def ask(self, key: NewKey, path: str, body: object = None) -> float:
        """The seconds until the answer is complete."""
        headers = {"Authorization": f"Bearer {key.key}"}
        content = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            content = json.dumps(body)
        began = time.perf_counter()
        self._connection.request("POST" if content else "GET", f"/v1{path}", content, headers)
        answer = self._connection.getresponse()
        text = answer.read()
        took = time.perf_counter() - began
        assert answer.status in {200, 201}, text
        return took


def load(servers: list[Running], cluster: Cluster, ask: Callable[[Connection, Random], float]) -> Measured:
    """Ask over several connections at once for some seconds."""
    took: list[float] = []
    until = time.perf_counter() + SECONDS

    def work(number: int) -> None:
        connection, chance = Connection(servers[number % len(servers)]), Random(number)
        while time.perf_counter() < until:
            took.append(ask(connection, chance))

    before = processor(servers), database_processor(cluster)
    threads = [threading.Thread(target=work, args=(number,)) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    servers_used, database_used = processor(servers) - before[0], database_processor(cluster) - before[1]
    count = len(took)
    return Measured(
        count / SECONDS,
        median(took),
        quantiles(took, n=100)[98],
        servers_used * 1000 / count,
        database_used * 1000 / count,
    )


def page(firm: Firm) -> Callable[[Connection, Random], float]:
    """Mostly what members ask for: their latest entries, a week, older pages; and what managers do."""
    members, managers = firm.of("member"), firm.of("manager")
    day = LAST_DAY.date()
    week = f"start_date={day - timedelta(days=6)}&end_date={day}"

    def ask(connection: Connection, chance: Random) -> float:
        number = chance.randrange(10)
        key = chance.choice(members if number < 7 else managers)
        path = (
            *("", "", "", f"?{week}", f"?{week}", "?page=2", f"?project_id={chance.choice(firm.projects)}"),
            *(f"?{week}&page={chance.randrange(1, 70)}", f"?page={chance.randrange(1, 400)}"),
            f"?user_id={chance.choice(members).user_id}",
        )[number]
        return connection.ask(key, f"/time-entries{path}")

    return ask


def post(firm: Firm) -> Callable[[Connection, Random], float]:
    """Everybody adds entries of today."""
    today = LAST_DAY + timedelta(days=1)

    def ask(connection: Connection, chance: Random) -> float:
        start = today + timedelta(seconds=chance.randrange(80_000))
        body = {
            "project_id": chance.choice(firm.projects),
            "description": "Review",
            "start_time": f"{start:%Y-%m-%dT%H:%M:%SZ}",
            "end_time": f"{start + timedelta(seconds=3600):%Y-%m-%dT%H:%M:%SZ}",
        }
        return connection.ask(chance.choice(firm.keys), "/time-entries", body)

    return ask


def summaries(server: Running, firm: Firm) -> float:
    """Seconds of the slowest summary of the last year, by group."""
    connection = Connection(server)
    span = f"start_date={LAST_DAY.date() - timedelta(days=364)}&end_date={LAST_DAY.date()}"
    return max(
        median(connection.ask(firm.keys[0], f"/reports/summary?{span}&group_by={group}") for _ in range(7))
        for group in ("user", "project", "day")
    )


class Month(NamedTuple):
    """A manager's report of everybody's last 28 days: seconds in all, of the reading; the entries in it."""

    whole: float
    reading: float
    processor: float
    entries: int


def month(data: str, key: NewKey) -> Month:
    """Run the client as a manager would; its limit is raised, since 100 a minute are 100 pages of 200."""
    with tempfile.TemporaryDirectory() as home, running(data, limits="1000,5000,50000") as server:
        environ = {
            "PATH": os.environ["PATH"],
            "CLOCKEYE_HOME": home,
            "CLOCKEYE_API_URL": server.base,
            "CLOCKEYE_API_KEY": key.key,
            "CLOCKEYE_USER": key.user_id,
            "TZ": "UTC",
        }
        first = LAST_DAY.date() - timedelta(days=27)
        words = ["report", "--user=all", "--by=user", f"--from={first}", f"--to={LAST_DAY.date()}", "--json"]
        command = [sys.executable, "-m", "clockeye_cli", *words]

        def run(*more: str) -> tuple[float, float, int]:
            before, began = os.times(), time.perf_counter()
            done = subprocess.run([*command, *more], env=environ, capture_output=True, check=True)
            took, after = time.perf_counter() - began, os.times()
            used = after.children_user + after.children_system - before.children_user - before.children_system
            return took, used, json.loads(done.stdout)["meta"]["entries"]

        whole, used, entries = run()
        shown, _, again = run("--offline")
        assert entries == again, (entries, again)
        return Month(whole, whole - shown, used, entries)


def processor(servers: list[Running]) -> float:
    """The processor seconds that servers have used."""
    return sum(_ticks(server.process.pid, children=False) for server in servers) / TICKS


def database_processor(cluster: Cluster) -> float:
    """The processor seconds of PostgreSQL, with those of its processes that have ended."""
    first = int(Path(cluster.folder, "db", "postmaster.pid").read_text().split()[0])
    children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
    return (
        _ticks(first, children=True) + sum(_ticks(int(child), children=False) for child in children)
    ) / TICKS


def _ticks(pid: int, *, children: bool) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0
    return sum(map(int, fields[11 : 15 if children else 13]))


def memory(server: Running) -> float:
    """The most memory that a server has used, in MiB."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


class Result(NamedTuple):
    """What one size of the database gives."""

    pages: Measured
    posts: Measured
    summary: float
    month: Month
    memory: float


@contextlib.contextmanager
def firm_in(cluster: Cluster, entries: int) -> Iterator[tuple[str, Firm]]:
    """A database with a firm."""
    data = cluster.database()
    storage = opened(data)
    began = time.perf_counter()
    firm = fill(storage, entries)  # type: ignore[arg-type]  # `opened` made it of a URL
    storage.close()
    cluster.sql("VACUUM ANALYZE", data.split("@/")[1].split("?")[0])
    print(f"{entries:,} entries, made in {time.perf_counter() - began:.0f} s", flush=True)
    yield data, firm


def measured(cluster: Cluster, entries: int) -> Result:
    """Everything for one size."""
    with firm_in(cluster, entries) as (data, firm):
        with contextlib.ExitStack() as stack:
            servers = [stack.enter_context(running(data, limits="100,5000,50000")) for _ in range(2)]
            pages = load(servers, cluster, page(firm))
            print("  pages of 50:", pages, flush=True)
            summary = summaries(servers[0], firm)
            print(f"  summary of a year: {summary * 1000:.0f} ms", flush=True)
            posts = load(servers, cluster, post(firm))
            print("  posts:", posts, flush=True)
            most = max(map(memory, servers))
            print(f"  memory: {most:.0f} MiB", flush=True)
        report = month(data, firm.of("manager")[0])
        print("  report of 28 days:", report, flush=True)
    return Result(pages, posts, summary, report, most)


def main(sizes: list[int]) -> int:
    """Measure and print; the exit code is 1 if something is too slow."""
    cluster = Cluster(is_durable=True)
    try:
        results = [measured(cluster, entries) for entries in sizes]
    finally:
        cluster.close()
    small, large = results[0], results[-1]
    page_growth = (large.pages.servers + large.pages.database) / (small.pages.servers + small.pages.database)
    post_growth = (large.posts.servers + large.posts.database) / (small.posts.servers + small.posts.database)
    checks = [
        (f"{large.pages.rate:.0f} pages a second, at least 400", large.pages.rate >= 400),
        (f"p99 {large.pages.slow * 1000:.1f} ms, at most 60", large.pages.slow <= 0.060),
        (f"{large.posts.rate:.0f} posts a second, at least 300", large.posts.rate >= 300),
        (f"summary of a year {large.summary * 1000:.0f} ms, at most 300", large.summary <= 0.3),
        (f"report {large.month.whole:.1f} s, at most 3", large.month.whole <= 3),
        (f"of which the reading {large.month.reading:.1f} s, at most 2.5", large.month.reading <= 2.5),
        (f"memory {large.memory:.0f} MiB, at most 120", large.memory <= 120),
        (f"growth of pages {page_growth:.2f} x, at most 1.3", page_growth <= 1.3),
        (f"growth of posts {post_growth:.2f} x, at most 1.3", post_growth <= 1.3),
    ]
    for text, holds in checks:
        print("ok  " if holds else "FAIL", text)
    return 0 if all(holds for _, holds in checks) else 1


if __name__ == "__main__":
    sys.exit(main([int(size) for size in sys.argv[1:]] or [*SIZES]))
