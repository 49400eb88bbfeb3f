"""Real processes, and the tools with which tests drive them."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

import pytest

from clockeye_cli.store.database import connect, connect_empty
from clockeye_cli.store.schema import APPLICATION_ID, MIGRATIONS
from tests import printed_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


def missing(reason: str) -> NoReturn:
    """Skip the test, or fail where CI is set."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def needs(tool: str, path: str | None = None) -> str:
    """The path of a tool, by PATH or the `path` given; without it the test is skipped, or fails in CI."""
    program = shutil.which(tool, path=path)
    if program is None:
        missing(f"{tool} is not installed")
    return program


def needs_root() -> None:
    """Skip, or fail where CI is set, unless this is root, who alone can mount and become somebody else."""
    if os.geteuid() != 0:
        missing("not root")


def own_mounts() -> list[str]:
    """What to put before a command whose mounts are to be its own; root alone can do that."""
    needs_root()
    command = [needs("unshare"), "--mount"]
    made = subprocess.run([*command, "true"], capture_output=True, text=True, check=False)
    if made.returncode != 0:
        missing(f"no mount name spaces here: {made.stderr}")
    return command


def somebody(user: int) -> list[str]:
    """What makes a command that of another user, and of the group of the same number alone."""
    return [needs("setpriv"), f"--reuid={user}", f"--regid={user}", "--clear-groups", "--"]


class Ended(NamedTuple):
    """How a process ended, and what it said."""

    code: int
    out: str
    err: str


def sound(ended: Ended) -> Ended:
    """The same, after a look whether it ended by a mistake of ours."""
    assert "Traceback" not in ended.err, ended.err
    assert "Internal error" not in ended.err, ended.err
    return ended


def environment(home: Path | str, **more: str) -> dict[str, str]:
    """An environment with its own home for clockeye, and nothing of the developer's."""
    return {
        "CLOCKEYE_HOME": str(home),
        "HOME": "/dev/null/no home",
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONWARNINGS": "error",
        "TZ": "Europe/Berlin",
        "LC_ALL": "C.UTF-8",
        **more,
    }


COMMAND = [sys.executable, "-m", "clockeye_cli"]


def program(folder: Path) -> Path:
    """The program `clockeye` in a new folder, for a PATH; it needs nothing of the environment."""
    folder.mkdir()
    path = folder / "clockeye"
    python = shlex.join([sys.executable, "-W", "error", "-m", "clockeye_cli"])
    path.write_text(f'#!/bin/sh\nPYTHONPATH={shlex.quote(str(ROOT))} exec {python} "$@"\n')
    path.chmod(0o755)
    return path


def begin(
    home: Path | str, *args: str | bytes, before: Sequence[str] = (), **more: str
) -> subprocess.Popen[bytes]:
    """Start `clockeye` as a process of its own."""
    return subprocess.Popen(
        [*before, *COMMAND, *args],
        env=environment(home, **more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def end(process: subprocess.Popen[bytes]) -> Ended:
    """Wait for a process. It must have said whole text, no traceback, and JSON as its schema says."""
    out, err = (text.decode() for text in process.communicate(timeout=60))
    ended = sound(Ended(process.returncode, out, err))
    words = process.args if isinstance(process.args, list) else []
    if COMMAND[-1] in words and b"json" in b"".join(map(os.fsencode, words)):
        args = [os.fsdecode(word) for word in words[words.index(COMMAND[-1]) + 1 :]]
        printed_json.check(args, *ended, {})
    return ended


def clockeye(home: Path | str, *args: str | bytes, before: Sequence[str] = (), **more: str) -> Ended:
    """Run `clockeye` as a process of its own."""
    return end(begin(home, *args, before=before, **more))


def shell(home: Path | str, script: str, **more: str) -> Ended:
    """Run a script in which `$clockeye` is the command."""
    env = environment(home, clockeye=" ".join(COMMAND), **more)
    process = subprocess.Popen(
        ["/bin/bash", "-c", script], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    return end(process)


@contextmanager
def folder_in_memory() -> Iterator[Path]:
    """A folder where fsync costs nothing, for tests in which hundreds of commands run."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="clockeye-", dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


@contextmanager
def small_disk(folder: Path, kib: int) -> Iterator[Path]:
    """A file system of so many KiB at `folder`."""
    needs_root()
    folder.mkdir(exist_ok=True)
    mount = [needs("mount"), "-t", "tmpfs", "-o", f"size={kib}k", "tmpfs", str(folder)]
    made = subprocess.run(mount, capture_output=True, text=True, check=False)
    if made.returncode != 0:
        missing(f"no tmpfs can be mounted here: {made.stderr}")
    try:
        yield folder
    finally:
        subprocess.run([needs("umount"), str(folder)], check=True)


TABLES = {
    "projects": "ORDER BY name",
    "entries": "ORDER BY started_at, ended_at, description",
    "timer": "",
    "former_ids": "ORDER BY id",
    "add_keys": "ORDER BY key",
    "history": "ORDER BY id",
    "changes": "ORDER BY history_id, place",
    "outbox": "ORDER BY id",
    "adopted": "ORDER BY local_id",
    "clients": "ORDER BY name",
    "runs": "ORDER BY id",
    "origins": "ORDER BY source, external_id",
    "facts": "ORDER BY (SELECT started_at FROM entries WHERE entries.local_id = facts.local_id), local_id",
    "bills": "ORDER BY id",
    "billed": "ORDER BY (SELECT started_at FROM entries WHERE entries.local_id = billed.local_id), local_id",
    "remembered": "WHERE what != 'zone' ORDER BY what",  # that is written down after the command
}


def state_of(path: Path, migrations: Sequence[Sequence[str]] = MIGRATIONS) -> str:
    """All that a store holds, as text in which ids are numbered in the order in which they come up."""
    is_there = os.path.lexists(path)
    connection = connect(str(path), migrations, APPLICATION_ID) if is_there else connect_empty(migrations)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        rows = {
            table: connection.execute(f"SELECT * FROM {table} {order}").fetchall()
            for table, order in TABLES.items()
            if table in tables  # an older format lacks some
        }
    finally:
        connection.close()
    return numbered(json.dumps(rows))


def numbered(text: str) -> str:
    """The text with `te_…`, `prj_…` and `cl_…` numbered in the order in which they come up."""
    names: dict[str, str] = {}
    return re.sub(
        r"\b(te|prj|cl)_[0-9a-z]{12}\b",
        lambda match: names.setdefault(match[0], f"{match[1]}{len(names)}"),
        text,
    )


def hook(home: Path, event: str, script: str) -> Path:
    """Install a shell script as a hook."""
    path = home / "hooks" / event
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path
