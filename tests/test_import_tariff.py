"""Which libraries each command may load. Start-up time is lost one innocent import at a time.

Each command runs as a process of its own. A well-formed command line is read without Typer. Where a test
fails because a command needs a library for a good reason, the table is the place to say so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from clockeye_cli.core.whose import MINE
from clockeye_cli.store import outbox, pulled, remembered
from clockeye_cli.store.state import Store

REPOSITORY = Path(__file__).parents[1]

HEAVY = """
argparse ast asyncio base64 bz2 calendar click concurrent.futures csv ctypes dataclasses datetime
decimal difflib email fractions getpass gettext glob hashlib heapq hmac html http httpx
importlib.metadata importlib.resources inspect jinja2 json keyring locale logging lzma markdown_it
multiprocessing pathlib pickle platform platformdirs pydantic pygments queue random re rich
rich.console rich.table secrets select shlex shutil signal socket sqlite3 ssl statistics string
subprocess tempfile textwrap threading tomlkit tomllib traceback typer typing typst tzlocal
unittest urllib.parse urllib.request uuid webbrowser xlsxwriter xml zipfile zoneinfo
"""
"""What is looked for: everything that takes a millisecond, and what is a sign of it."""

CHILD = """
import os, sys
end = os._exit
def leave(code):
    with open(os.environ["LOADED"], "w") as file:
        print(*sys.modules, file=file)
    end(code)
os._exit = leave  # the product's last call
sys.argv[0] = "clockeye"
from clockeye_cli.__main__ import main
main()
"""

NOTE = """
import os, sys
with open(os.environ["LOADED"], "w") as file:
    print(*sys.modules, file=file)
"""

FAST = {"sqlite3"}
STORE = {"sqlite3"}
DAYS = {*STORE, "zoneinfo"}
DRAWN = {*DAYS, "rich.console", "rich.table"}
"""Only where a table is drawn: on a terminal, with `-o table`, by `watch`."""
TYPED = {*DAYS, "re"}
"""Durations and times in rarer forms are read by regular expressions."""

COMMANDS: dict[tuple[str, ...], set[str]] = {
    ("--version",): set(),
    ("prompt",): FAST,
    ("prompt", "--shell", "bash"): FAST,
    ("prompt", "--format", "{today}"): {*FAST, "zoneinfo"},
    ("complete", "--profile=", "projects"): FAST,
    ("complete", "--profile=", "descriptions", "Fix"): FAST,
    ("complete", "--profile=", "entries"): FAST,
    ("complete", "--profile=", "profiles"): FAST,
    ("status",): {*FAST, "zoneinfo"},
    ("status", "--json"): {*FAST, "zoneinfo"},
    ("status", "--format", "waybar"): FAST,
    ("status", "--format", "tmux"): FAST,
    (): DAYS,
    ("start", "Fix", "-p", "website"): DAYS,
    ("start", "Fix", "--at", "now"): DAYS,
    ("stop",): DAYS,
    ("cancel", "-y"): DAYS,
    ("resume",): DAYS,
    ("add", "Review", "--for", "1m", "--overlap"): DAYS,
    ("add", "Review", "--for", "1h30m", "--overlap"): TYPED,
    ("edit", "last", "-d", "Review"): DAYS,
    ("split", "last", "--at", "2026-01-01 09:30"): DAYS,
    ("add", "Review", "--from", "9:00", "--to", "10:30", "--overlap"): DAYS,
    ("add", "Review", "--from", "9am", "--to", "10am", "--overlap"): TYPED,
    ("delete", "last", "-y"): DAYS,
    ("undo", "-y"): DAYS,
    ("history",): DAYS,
    ("log",): DAYS,
    ("log", "--week"): DAYS,
    ("log", "--all", "--json"): DAYS,
    ("log", "--all", "-o", "csv"): {*DAYS, "csv"},
    ("log", "--all", "-o", "markdown"): {*DAYS, "pickle", "re"},
    ("log", "--all", "-o", "table"): DRAWN,
    ("report", "--week"): DAYS,
    ("report", "--year", "--by", "week,project"): DAYS,
    ("report", "--week", "-o", "table"): DRAWN,
    ("gaps",): DAYS,
    ("report", "--week", "-o", "html"): {*DAYS, "jinja2"},
    ("log", "--all", "-o", "html"): {*DAYS, "jinja2"},
    ("report", "--week", "--save", "{home}/week.pdf"): {
        *DAYS,
        "threading",
        "importlib.util",
        "json",
        "typst",
    },
    ("export", "--save", "{home}/all.xlsx"): {*DAYS, "importlib.util", "tempfile", "xlsxwriter"},
    ("export", "--json"): DAYS,
    ("export", "-o", "csv"): {*DAYS, "csv"},
    ("export", "-o", "ics"): DAYS,
    ("export", "-o", "klog"): DAYS,
    ("export", "-o", "timeclock"): DAYS,
    ("check", "--max", "10h", "--idle", "30m"): STORE,
    ("projects",): DAYS,
    ("profiles",): STORE,
    ("config", "list"): STORE,
    ("config", "set", "week_start", "sunday"): {*STORE, "tomlkit"},
    ("backup", "{home}/copy.db"): {*DAYS, "json"},
    ("doctor",): {*DAYS, "importlib.metadata", "json", "shlex", "ssl", "urllib.request"},
    ("completion", "zsh"): {*STORE, "importlib.resources", "shlex", "zipfile"},
    ("schema",): STORE,
    ("schema", "add"): STORE,
    ("help", "--json"): STORE,
    ("skill",): STORE,
    ("mcp",): {*STORE, "json", "anyio._backends._asyncio", "mcp.server.lowlevel", "mcp.server.stdio"},
    ("--help",): {*STORE, "typer"},
    ("start", "--help"): {*STORE, "typer"},
    ("help", "log"): {*STORE, "typer"},
    ("help", "times"): {*STORE, "typer"},
    ("man",): {*STORE, "typer"},
}
"""What is loaded, apart from what these libraries load themselves."""


ON_AN_ACCOUNT: tuple[tuple[str, ...], ...] = (
    ("cancel", "-y"),
    ("start", "Fix", "-p", "website"),
    ("edit", "current", "-d", "Review"),
    ("status",),
    ("prompt",),
    ("log", "--offline"),
    ("report", "--today", "--offline"),
    ("check", "--max", "10h"),
    ("history",),
    ("sync", "--status"),
    ("sync", "resolve", "prj_refused", "--drop"),
    ("undo", "-y"),
    ("start", "Fix", "-p", "website", "--if-idle"),
)
"""Commands that send nothing, run one after the other in a profile with an account."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an entry, a project, a timer that runs, and steps to undo."""
    folder = tmp_path_factory.mktemp("tariff") / "home"
    loaded(folder, "add", "Planning", "-p", "website", "--from", "2026-01-01 09:00", "--for", "1h")
    loaded(folder, "start", "Größe", "-p", "website")
    return folder


def loaded(home: Path, *command: str, **environ: str) -> frozenset[str]:
    """The heavy libraries that a process has loaded when it ends."""
    words = (word.format(home=home) if "{home}" in word else word for word in command)
    return run(home, CHILD, *words, **environ)


def run(home: Path, code: str, *args: str, **more: str) -> frozenset[str]:
    home.mkdir(exist_ok=True)
    note = home / "loaded.txt"
    # -S: no .pth file of a test tool may load anything before us.
    environ = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "TZ": "Europe/Berlin"}
    environ |= {"CLOCKEYE_HOME": str(home), "LOADED": str(note), **more}
    environ["PYTHONPATH"] = os.pathsep.join([str(REPOSITORY), *filter(None, sys.path)])
    done = subprocess.run(
        [sys.executable, "-S", "-c", code, *args],
        env=environ,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 0, done
    return frozenset(HEAVY.split()) & set(note.read_text().split())


@pytest.mark.parametrize(
    "command", [("prompt",), ("status",), ("complete", "--profile=", "profiles")], ids=" ".join
)
@pytest.mark.parametrize(
    ("line", "is_usual"), [('week_start = "sunday"', True), ("sync.fresh = '1s'", False)]
)
def test_the_fast_lane_loads_tomllib_only_for_an_unusual_config_file(
    command: tuple[str, ...], line: str, is_usual: bool, home: Path, tmp_path: Path
) -> None:
    shutil.copytree(home, tmp_path / "home")
    config = tmp_path / "home/config.toml"
    config.write_text(f"{line}\n")
    config.chmod(0o600)
    parser = "" if is_usual else "import tomllib\n"
    assert loaded(tmp_path / "home", *command) == run(tmp_path, f"{parser}{loading(command)}")


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_command_loads_only(command: tuple[str, ...], home: Path, tmp_path: Path) -> None:
    shutil.copytree(home, tmp_path / "home")
    assert loaded(tmp_path / "home", *command) == run(tmp_path, loading(command))


def loading(command: tuple[str, ...]) -> str:
    """A program that imports what a command may load."""
    return f"import {', '.join(sorted(COMMANDS[command])) or 'sys'}\n{NOTE}"


def test_a_command_that_sends_nothing_loads_nothing_of_the_network(home: Path, tmp_path: Path) -> None:
    shutil.copytree(home, tmp_path / "home")
    path = tmp_path / "home/env.db"
    (tmp_path / "home/local.db").rename(path)
    with closing(Store(str(path), lambda: 0)) as store, store.exchange() as connection:
        pulled.mark(connection, [pulled.ALL_DAYS], MINE, 0)
        outbox.put(connection, outbox.Row(1, "project", "prj_refused", "rejected"))
    environ = {
        "CLOCKEYE_API_KEY": "key",
        "CLOCKEYE_API_URL": "http://127.0.0.1:1/v1",
        "CLOCKEYE_SYNC_TIMER": "false",
    }
    network = {"httpx", "socket", "ssl", "hashlib", "subprocess"}  # the last two are for the key
    for command in ON_AN_ACCOUNT:
        assert not loaded(tmp_path / "home", *command, **environ) & network, command
    with closing(Store(str(path), lambda: 0)) as store, store.read() as connection:
        assert remembered.get(connection, remembered.UNREACHED_AT) is None


def test_typer_alone_loads_little(tmp_path: Path) -> None:
    """A newer Typer that loads pydantic or Rich is to be refused."""
    assert not run(tmp_path, f"import typer\n{NOTE}") & {"click", "pydantic", "rich", "httpx", "asyncio"}
