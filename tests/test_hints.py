"""Every command line in a message of the program can be typed as it stands, placeholders filled in."""

from __future__ import annotations

import ast
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clockeye_cli.cli import quick_reader
from clockeye_cli.cli.argv import arrange
from clockeye_cli.cli.faces import Family
from clockeye_cli.cli.table import BY_NAME, member
from clockeye_cli.core.command_lines import command_line
from tests.plain import ids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.app import App

ROOT = Path(__file__).parents[1] / "clockeye_cli"
FIELD = "field"
"""Stands for a value that is filled in when the message is printed."""

OPEN = rf"clockeye [a-z]*{FIELD}"
"""The beginning of a command line whose very command is filled in."""

NO_HINT = {"clockeye complete", "clockeye COMMAND --help", "clockeye edit --from"}
"""For the scripts of shells, a form of many commands, and an option that a form refers to."""


def texts(node: ast.AST) -> Iterator[str]:
    """The text of each string in a syntax tree, with FIELD for what an f-string fills in."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    about = {ast.get_docstring(each, clean=False) for each in ast.walk(node) if isinstance(each, documented)}
    for each in ast.walk(node):
        if isinstance(each, ast.JoinedStr):
            yield "".join(str(p.value) if isinstance(p, ast.Constant) else FIELD for p in each.values)
        elif isinstance(each, ast.Constant) and isinstance(each.value, str) and each.value not in about:
            yield each.value


def commands() -> Iterator[str]:
    """The command lines in backticks in all messages."""
    for file in sorted(ROOT.rglob("*.py")):
        source = file.read_text(encoding="utf-8")
        for text in texts(ast.parse(source)) if "`clockeye" in source else ():
            yield from re.findall(r"`(clockeye [^`]*)`", " ".join(text.split()))


def is_command(words: list[str]) -> bool:
    """Whether words are the name of a command, or of a subcommand."""
    command = member(words[0])
    for word in words[1:]:
        command = command.members.get(word) if isinstance(command, Family) else None
    return command is not None


def is_read(line: str) -> bool:
    """Whether a command line is well-formed; its last word may be left out by a message (`-p …`)."""
    words = shlex.split(line)[1:]
    if "--help" in words:
        words.remove("--help")
        return words == [] or words[0] in BY_NAME
    if words in (["--version"], ["--debug"]):
        return True
    try:
        quick_reader.read(arrange(words))
    except quick_reader.NotUnderstoodError:
        return is_command(words)  # it names a command that takes more
    return True


ALL = sorted({line for line in commands() if line not in NO_HINT and not re.match(OPEN, line)})


@pytest.mark.parametrize("line", ALL)
def test_a_command_in_a_message_can_be_typed(line: str) -> None:
    assert is_read(line), line


@pytest.mark.parametrize("name", ["plain", "two words", "it's", 'a "b"', "$HOME", "x;y", "`x`", "日本", "#x"])
def test_a_hint_with_an_odd_value_does_what_it_says(app: App, name: str) -> None:
    app.ok("projects", "add", "--", name)
    app.ok("projects", "archive", "--", name)
    hint = app.run("add", "x", "-p", name, "--for", "1m").err.splitlines()[1]
    expected = command_line("projects", "unarchive", name)
    assert hint == f"  {expected} restores it."
    app.ok(*shlex.split(expected[1:-1])[1:])
    app.ok("add", "x", "-p", name, "--for", "1m")
    assert set(ids(app)) == {"x"}


def test_the_hint_about_an_idle_timer_deletes_nothing(app: App) -> None:
    app.ok("add", "Work", "--for", "1h")
    hint = app.run("cancel").err.splitlines()[1]
    assert hint == "  `clockeye log` shows the entries of today."
    assert "Work" in app.ok(*shlex.split(hint.split("`")[1])[1:]).out
    assert set(ids(app)) == {"Work"}
