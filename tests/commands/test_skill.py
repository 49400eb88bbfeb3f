"""`clockeye skill`: a skill file that is short, and whose commands exist."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

from clockeye_cli.cli import table
from clockeye_cli.errors import EXIT_CODES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app import App

MOST_CHARACTERS = 5_000
"""What 1,500 tokens hold: js-tiktoken (o200k) counts 1,414 tokens in 4,866 characters of it."""


def test_it_begins_with_front_matter(app: App) -> None:
    _, front, body = app.ok("skill").out.split("---\n", 2)
    matter = dict(line.split(": ") for line in front.splitlines())  # one colon in a line, as YAML needs it
    assert [*matter] == ["name", "description"]
    assert matter["name"] == "clockeye"
    assert 0 < len(matter["description"]) <= 1024
    assert body.startswith("\n# clockeye\n")


def test_it_is_short(app: App) -> None:
    assert len(app.ok("skill").out) <= MOST_CHARACTERS


def test_it_has_the_commands_of_every_day_and_the_exit_codes(app: App) -> None:
    out = app.ok("skill").out
    assert tuple(re.findall(r"^- \*\*(\w+)\*\*", out, re.MULTILINE)) == table.EVERYDAY
    assert [int(code) for code in re.findall(r"^- (\d+): ", out, re.MULTILINE)] == [*EXIT_CODES]


def test_its_commands_are_understood(app: App) -> None:
    lines = re.findall(r"`(clockeye [^`]+)`", app.ok("skill").out)
    assert len(lines) > len(table.EVERYDAY)
    for line in lines:
        if not re.search(r"\b[A-Z]{3,}\b", line):
            result = app.run(*shlex.split(line)[1:], "--no-input")
            assert "shows the usage" not in result.err, line


def test_as_json(app: App) -> None:
    assert app.ok("skill", "--json").data == {"skill": app.ok("skill").out}


def test_it_is_installed_and_written_anew(app: App, tmp_path: Path) -> None:
    file = tmp_path / "skills/clockeye/SKILL.md"
    result = app.ok("skill", "--install", str(tmp_path / "skills"))
    assert (result.out, result.err) == (f"Saved to {file}.\n", "")
    assert file.read_text(encoding="utf-8") == app.ok("skill").out
    file.write_text("---\nname: clockeye\nold")
    app.ok("skill", "--install", str(tmp_path / "skills"))
    assert file.read_text(encoding="utf-8") == app.ok("skill").out


def test_a_file_of_another_program_stays(app: App, tmp_path: Path) -> None:
    file = tmp_path / "clockeye/SKILL.md"
    file.parent.mkdir()
    file.write_text("mine")
    result = app.run("skill", "--install", str(tmp_path))
    assert (result.code, result.out) == (2, "")
    assert result.err == f"clockeye: {file} was not created by clockeye.\n  Choose another folder.\n"
    assert file.read_text() == "mine"
