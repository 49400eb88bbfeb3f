"""A real PostgreSQL for tests, in a folder of its own, run by the user that Debian's package makes."""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import subprocess
import tempfile
from glob import glob
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

ACCOUNT = "postgres"
"""PostgreSQL refuses to run as root."""


class Cluster:
    """A server of PostgreSQL on a socket in its folder, and the databases in it."""

    def __init__(self, *, is_durable: bool = False) -> None:
        self._bin = programs()
        self.folder = tempfile.mkdtemp(prefix="clockeye-pg-")
        if os.geteuid() == 0:
            shutil.chown(self.folder, ACCOUNT)
        self._is_durable = is_durable
        self._count = 0
        options = ["-U", ACCOUNT, "-A", "trust", "-E", "UTF8", "--no-sync"]
        self._run("initdb", "-D", f"{self.folder}/db", *options)
        self.start()

    def start(self) -> None:
        """Start it; returns once it accepts connections."""
        settings = f"-c listen_addresses= -c unix_socket_directories={self.folder} -c max_connections=200"
        if not self._is_durable:
            settings += " -c fsync=off -c full_page_writes=off"
        self._control("-w", "-l", f"{self.folder}/log", "-o", settings, "start")

    def stop(self, how: str = "fast") -> None:
        """Stop it: `fast` ends connections, `immediate` is a crash."""
        self._control("-w", "-m", how, "stop")

    def database(self) -> str:
        """The URL of a new, empty database."""
        self._count += 1
        name = f"test{self._count}"
        self.sql(f"CREATE DATABASE {name}")
        return self.url(name)

    def schema(self) -> str:
        """The URL of a new schema in one database, which takes a tenth of the time."""
        self._count += 1
        name = f"test{self._count}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(name)))
        return f"{self.url('postgres')}&options=-csearch_path%3D{name}"

    def url(self, name: str, user: str = ACCOUNT) -> str:
        """The URL of a database."""
        return f"postgresql://{user}@/{name}?host={self.folder}"

    def sql(self, statement: str, database: str = "postgres") -> str:
        """What a statement answers, as psql prints it."""
        options = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]
        command = ["psql", *options, "-c", statement, self.url(database)]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    def close(self) -> None:
        """Stop it and remove its folder."""
        self._control("-m", "immediate", "stop", check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _control(self, *arguments: str, check: bool = True) -> None:
        self._run("pg_ctl", "-D", f"{self.folder}/db", "-s", *arguments, check=check)

    def _run(self, program: str, *arguments: str, check: bool = True) -> None:
        user = {"user": ACCOUNT, "group": ACCOUNT, "extra_groups": []} if os.geteuid() == 0 else {}
        command = [str(self._bin / program), *arguments]
        # Not into a pipe: the server would keep it open.
        with open(os.devnull, "wb") as nowhere:
            subprocess.run(command, stdout=nowhere, stderr=nowhere, check=check, cwd="/", **user)  # type: ignore[call-overload]


@functools.cache
def shared() -> Cluster:
    """The PostgreSQL of this process, which ends with it."""
    cluster = Cluster()
    atexit.register(cluster.close)
    return cluster


def programs() -> Path:
    """The folder of PostgreSQL's programs; Debian keeps them out of PATH.

    Without them the test is skipped, or fails where CI is set.
    """
    folders = sorted(glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: int(path.split("/")[4]))
    initdb = shutil.which("initdb") or (folders[-1] if folders else "")
    if not initdb:
        if os.environ.get("CI"):
            pytest.fail("PostgreSQL is not installed")
        pytest.skip("PostgreSQL is not installed")
    return Path(initdb).parent
