"""Every command as cron and containers run it: no terminal, no HOME, no environment, no locale."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer

from clockeye_cli.cli import typer_reader
from tests.system.real_parts import ROOT, Ended, clockeye, end, needs, own_mounts

if TYPE_CHECKING:
    from collections.abc import Iterator

ARGUMENTS: dict[str, list[str]] = {
    "start": ["Größe 日本", "-p", "weiß"],
    "status": ["--format", "{work}"],
    "add": ["Größe 日本", "--for", "1m", "--overlap"],
    "edit": ["last", "-d", "größer"],
    "split": ["last", "--at", "2026-01-01 09:30"],
    "delete": ["last", "-y"],
    "undo": ["-y"],
    "cancel": ["-y"],
    "log": ["--all"],
    "report": ["--all", "-o", "table"],
    "check": ["--max", "1h"],
    "api": ["/users"],
    "sync resolve": ["last", "--send"],
    "projects add": ["größer"],
    "projects rename": ["weiß", "größer"],
    "projects archive": ["weiß"],
    "profiles use": ["local"],
    "profiles rename": ["nope", "other"],
    "profiles remove": ["nope"],
    "config get": ["zone"],
    "config set": ["week_start", "sunday"],
    "config unset": ["week_start"],
    "backup": ["{folder}/copy.db"],
    "restore": ["{folder}/nothing.db"],
    "serve": ["--host", "0.0.0.0.0"],
    "serve keys add": ["größer"],
    "serve keys revoke": ["nope"],
    "serve users add": ["Größe", "größe@example.com"],
}
"""What a command needs to have something to do. None may wait for anything."""

SANE = {0, 1, 2, 3, 4, 5, 7}


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[str]:
    """The words of every command, those in groups included."""
    if path:
        yield " ".join(path)
    if hasattr(command, "list_commands"):
        context = typer.Context(command)
        for name in command.list_commands(context):
            yield from commands(command.get_command(context, name), (*path, name))


ALL = sorted(commands(typer_reader.program()))


ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
"""Python makes UTF-8 of this locale by itself; with the other two it is really ASCII."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an entry whose text is not ASCII, and a timer."""
    folder = tmp_path_factory.mktemp("made") / "home"
    started = ["--from", "2026-01-01 9:00", "--for", "1h"]
    assert clockeye(folder, "add", "Größe 日本", "-p", "weiß", *started).code == 0
    assert clockeye(folder, "start", "Größe 日本", "-p", "weiß").code == 0
    return folder


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    """A user's home, with clockeye's files where they are if nothing says otherwise."""
    shutil.copytree(made, tmp_path / ".local/share/clockeye")
    return tmp_path


def words(command: str, folder: Path) -> list[str]:
    given = [
        word.format(folder=folder) if "{folder}" in word else word for word in ARGUMENTS.get(command, [])
    ]
    return [*command.split(), *given]


def bare(home: Path, *words: str, **environ: str) -> Ended:
    """Run the program with this environment alone, in a name space where the user's home is `home`."""
    account = next(line for line in Path("/etc/passwd").read_text().splitlines() if line.startswith("root:"))
    fields = account.split(":")
    (home / "passwd").write_text(":".join([*fields[:5], str(home), fields[6]]) + "\n")
    script = f'{needs("mount")} --bind {shlex.quote(str(home))}/passwd /etc/passwd && exec "$@"'
    inside = [*own_mounts(), needs("sh"), "-c", script, "sh", needs("env"), "-i"]
    # An empty environment cannot say where our sources are.
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from clockeye_cli.__main__ import main; main()"
    python = [sys.executable, "-B", "-W", "error", "-c", code]
    process = subprocess.Popen(
        [*inside, *(f"{name}={value}" for name, value in environ.items()), *python, *words],
        cwd=home,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    return end(process)


LISTS = ("export", "history", "log", "projects", "projects list")
"""What lists names and descriptions: data is UTF-8 in every pipe."""


@pytest.mark.parametrize("command", ALL)
def test_every_command_ends_in_order(command: str, home: Path) -> None:
    ended = bare(home, *words(command, home), **ASCII)
    assert ended.code in SANE, ended
    assert ended.err or ended.code in {0, 1}, ended
    assert ended.err.isascii()
    assert ended.out.isascii() or command in LISTS
    assert "\x1b" not in ended.out + ended.err


def test_an_empty_environment_finds_what_is_in_the_users_home(home: Path) -> None:
    assert "Größe 日本" in bare(home, "status").out
    assert bare(home, "stop").code == 0
    assert bare(home, "log", "--json", "--all").out.count("Größe 日本") == 2
    assert json.loads(bare(home, "log", "--json", "--all", **ASCII).out)["data"][0]["project"] == "weiß"
