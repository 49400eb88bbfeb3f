"""The speed of the server; run by hand or in CI: python tests/benchmarks/bench_server.py

It fills a new file with 100,000 entries over a year, starts the server on it without limits, and sends
requests over open connections from another process on the same machine. It fails if the server is too slow.
"""

from __future__ import annotations

import random
import socket
import statistics
import sys
import tempfile
import threading
import time

from clockeye_cli.server.database import Database
from clockeye_cli.server.keys import add_key
from clockeye_cli.server.members import new_user
from clockeye_cli.server.sqlite.queries import SqliteQueries
from tests.server.running import running

ENTRIES = 100_000
SECONDS = 5.0
CONNECTIONS = 4
YEAR = range(1_704_067_200, 1_735_689_600)  # 2024
DEEP = f"/v1/time-entries?per_page=50&page={ENTRIES // 50}"
FIRST = "/v1/time-entries?per_page=50"
SUMMARY = "/v1/reports/summary?start_date=2024-01-01&end_date=2024-12-31&group_by={}"


def fill(database: Database) -> None:
    """Entries of 4 users in 8 projects, evenly over a year."""
    chance = random.Random(1)
    with database.write() as connection:
        team = [new_user(f"U{n}", f"u{n}@example.com", "member") for n in range(4)]
        for user in team:
            SqliteQueries(connection).add_member(user)
        users = [user.id for user in team]
        projects = [f"prj_bench{n}" for n in range(8)]
        connection.executemany(
            "INSERT INTO projects VALUES (?, ?, ?, ?)",
            [(project, project, project, users[0]) for project in projects],
        )
        rows = (
            (
                f"te_{n}",
                chance.choice(users),
                chance.choice(projects),
                "Working on API integration",
                start,
                start + 5400,
            )
            for n, start in enumerate(chance.choices(YEAR, k=ENTRIES))
        )
        connection.executemany(
            "INSERT INTO time_entries (id, user_id, project_id, description, started_at, ended_at, billable)"
            " VALUES (?, ?, ?, ?, ?, ?, 1)",
            rows,
        )


class Connection:
    """An open connection that reads responses as cheaply as possible, so that only the server is measured."""

    def __init__(self, port: int, key: str) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._head = f"Host: 127.0.0.1:{port}\r\nAuthorization: Bearer {key}\r\n\r\n"

    def get(self, path: str) -> float:
        """The seconds until the response is complete."""
        began = time.perf_counter()
        self._socket.sendall(f"GET {path} HTTP/1.1\r\n{self._head}".encode())
        data = self._socket.recv(65_536)
        head, _, body = data.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), data
        length = int(head.partition(b"Content-Length: ")[2].partition(b"\r")[0])
        missing = length - len(body)
        while missing > 0:
            missing -= len(self._socket.recv(65_536))
        return time.perf_counter() - began


def throughput(port: int, key: str) -> tuple[float, float]:
    """Requests per second for the first page, and the 99th percentile of their duration in seconds."""
    took: list[float] = []
    until = time.perf_counter() + SECONDS

    def ask() -> None:
        connection = Connection(port, key)
        while time.perf_counter() < until:
            took.append(connection.get(FIRST))

    threads = [threading.Thread(target=ask) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(took) / SECONDS, statistics.quantiles(took, n=100)[98]


def main() -> int:
    """Measure and print; the exit code is 1 if the server is too slow."""
    with tempfile.TemporaryDirectory() as folder:
        data = f"{folder}/server.db"
        database = Database(data)
        fill(database)
        key = add_key(database, "bench", role="owner").key
        with running(data) as server:
            connection = Connection(server.port, key)
            rate, slow = throughput(server.port, key)
            first, deep = (
                statistics.median(connection.get(path) for _ in range(50)) for path in (FIRST, DEEP)
            )
            sums = [
                statistics.median(connection.get(SUMMARY.format(group)) for _ in range(7))
                for group in ("project", "user", "day")
            ]
    checks = [
        (f"{rate:.0f} requests a second, at least 600", rate >= 600),
        (f"p99 {slow * 1000:.1f} ms, under 30", slow < 0.030),
        (
            f"deep page {deep * 1000:.2f} ms, first {first * 1000:.2f} ms: {deep / first:.2f} x, at most 3",
            deep <= 3 * first,
        ),
        (f"summary of a year {max(sums) * 1000:.0f} ms, under 150", max(sums) < 0.150),
    ]
    for text, holds in checks:
        print("ok  " if holds else "FAIL", text)
    return 0 if all(holds for _, holds in checks) else 1


if __name__ == "__main__":
    sys.exit(main())
