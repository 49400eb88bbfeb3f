"""Which libraries each command may load. Start-up time is lost one innocent import at a time.

Each command runs as a process of its own. What a Typer hello world loads is the floor of all that pass
through Typer, whatever the versions of Python and Typer are; the table says what comes on top of it. Where a
test fails because a command needs a library for a good reason, the table is the place to say so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]

HEAVY = """
argparse ast asyncio base64 bz2 calendar click concurrent.futures csv ctypes dataclasses datetime
decimal difflib email fractions getpass gettext glob hashlib heapq hmac html http httpx
importlib.metadata importlib.resources inspect json keyring locale logging lzma markdown_it
multiprocessing pathlib pickle platform platformdirs pydantic pygments queue random rich
rich.console rich.table secrets select shlex shutil signal socket sqlite3 ssl statistics string
subprocess tempfile textwrap threading tomlkit tomllib traceback typer typing tzlocal
unittest urllib.parse urllib.request uuid webbrowser xml zipfile zoneinfo
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

HELLO = """
import typer
app = typer.Typer(rich_markup_mode=None, add_completion=False)
@app.command()
def hello(name: str = "world") -> None:
    typer.echo(f"Hello {name}")
app(standalone_mode=False)
"""

NOTE = """
import os, sys
with open(os.environ["LOADED"], "w") as file:
    print(*sys.modules, file=file)
"""

FAST = {"sqlite3", "datetime", "typing"}
STORE = {"sqlite3", "json", "datetime"}
APP = {*STORE, "zoneinfo"}

FAST_LANE: dict[tuple[str, ...], set[str]] = {
    ("--version",): set(),
    ("prompt",): FAST,
    ("prompt", "--shell", "bash"): FAST,
    ("prompt", "--format", "{today}"): {*FAST, "zoneinfo"},
    ("complete", "--profile=", "projects"): FAST,
    ("complete", "--profile=", "descriptions", "Fix"): FAST,
    ("complete", "--profile=", "entries"): FAST,
    ("complete", "--profile=", "profiles"): FAST,
    ("status",): {*FAST, "zoneinfo"},
    ("status", "--json"): {*FAST, "zoneinfo", "json"},
    ("status", "--format", "waybar"): FAST,
    ("status", "--format", "tmux"): FAST,
}
"""What is loaded in all: no floor is taken off."""

COMMANDS: dict[tuple[str, ...], set[str]] = {
    ("--help",): STORE,
    ("start", "--help"): STORE,
    (): APP,
    ("start", "Fix", "-p", "website"): APP,
    ("start", "Fix", "--at", "now"): APP,
    ("stop",): APP,
    ("cancel", "-y"): APP,
    ("resume",): APP,
    ("add", "Review", "--for", "1m", "--overlap"): APP,
    ("edit", "last", "-d", "Review"): APP,
    ("split", "last", "--at", "2026-01-01 09:30"): APP,
    ("delete", "last", "-y"): APP,
    ("undo", "-y"): {*APP, "shlex"},
    ("history",): {*APP, "shlex"},
    ("log",): APP,
    ("log", "--all", "--json"): APP,
    ("log", "--all", "-o", "csv"): {*APP, "csv"},
    ("log", "--all", "-o", "markdown"): APP,
    ("log", "--all", "-o", "table"): {*APP, "rich"},
    ("report", "--week"): APP,
    ("report", "--year", "--by", "week,project"): APP,
    ("report", "--week", "-o", "table"): {*APP, "rich"},
    ("check", "--max", "10h", "--idle", "30m"): APP,
    ("projects",): APP,
    ("profiles",): STORE,
    ("config", "list"): STORE,
    ("config", "set", "week_start", "sunday"): {*STORE, "tomlkit"},
    ("backup", "{home}/copy.db"): APP,
    ("help", "log"): STORE,
    ("help", "times"): STORE,
    ("man",): STORE,
    ("doctor",): {*APP, "importlib.metadata"},
    ("completion", "zsh"): {*STORE, "importlib.resources", "shlex", "zipfile"},
}
"""What is loaded on top of the floor, and with it what these libraries load themselves."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an entry, a project, a timer that runs, and steps to undo."""
    folder = tmp_path_factory.mktemp("tariff") / "home"
    loaded(folder, "add", "Planning", "-p", "website", "--from", "2026-01-01 09:00", "--for", "1h")
    loaded(folder, "start", "Größe", "-p", "website")
    return folder


@pytest.fixture(scope="module")
def floor(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    return run(tmp_path_factory.mktemp("floor"), HELLO + NOTE)


def loaded(home: Path, *command: str) -> frozenset[str]:
    """The heavy libraries that a process has loaded when it ends."""
    return run(home, CHILD, *(word.format(home=home) if "{home}" in word else word for word in command))


def run(home: Path, code: str, *args: str) -> frozenset[str]:
    home.mkdir(exist_ok=True)
    note = home / "loaded.txt"
    # -S: no .pth file of a test tool may load anything before us.
    environ = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "TZ": "Europe/Berlin"}
    environ |= {"CLOCKEYE_HOME": str(home), "LOADED": str(note)}
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


@pytest.mark.parametrize("command", FAST_LANE, ids=" ".join)
def test_the_fast_lane_loads_only(command: tuple[str, ...], home: Path, tmp_path: Path) -> None:
    shutil.copytree(home, tmp_path / "home")
    assert loaded(tmp_path / "home", *command) == FAST_LANE[command]


@pytest.mark.parametrize(
    "command", [("prompt",), ("status",), ("complete", "--profile=", "profiles")], ids=" ".join
)
def test_the_fast_lane_loads_tomllib_only_where_there_is_a_config_file(
    command: tuple[str, ...], home: Path, tmp_path: Path
) -> None:
    shutil.copytree(home, tmp_path / "home")
    config = tmp_path / "home/config.toml"
    config.write_text('week_start = "sunday"\n')
    config.chmod(0o600)
    assert loaded(tmp_path / "home", *command) - FAST_LANE[command] == {"tomllib", "string"}


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_command_loads_on_top_of_typer_only(
    command: tuple[str, ...], home: Path, floor: frozenset[str], tmp_path: Path
) -> None:
    shutil.copytree(home, tmp_path / "home")
    allowed = run(tmp_path, f"import {', '.join(COMMANDS[command])}\n{NOTE}")
    assert loaded(tmp_path / "home", *command) - floor == allowed - floor


def test_the_floor_is_typer_alone(floor: frozenset[str]) -> None:
    """Typer without what it can do otherwise; a newer one that loads pydantic or Rich is to be refused."""
    assert not floor & {"click", "pydantic", "rich", "httpx", "importlib.metadata", "asyncio"}
