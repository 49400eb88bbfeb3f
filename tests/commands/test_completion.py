"""`clockeye completion`: scripts that hold what the app has, and land where a shell looks for them."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from clockeye_cli.cli import typer_reader
from clockeye_cli.cli.completion import FOR_ALL, SHELLS, VALUES, script, table
from clockeye_cli.cli.table import TABLE
from clockeye_cli.commands import complete
from clockeye_cli.commands.api import METHODS
from clockeye_cli.commands.help import TOPICS
from clockeye_cli.core.period_words import parse_day, parse_period
from clockeye_cli.core.when import parse_when
from clockeye_cli.server.members import ROLES
from tests.plain import refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.app import App

SCRIPTS = Path(__file__).parents[2] / "completions"
FILES = {
    "bash": "data/bash-completion/completions/clockeye",
    "zsh": "data/zsh/site-functions/_clockeye",
    "fish": "config/fish/completions/clockeye.fish",
    "powershell": "home/clockeye.ps1",
}


@pytest.mark.parametrize("shell", SHELLS)
def test_the_scripts_in_the_repository_are_what_the_app_makes(app: App, shell: str) -> None:
    """If this fails: `python completions/generate.py`."""
    made = app.ok("completion", shell).out
    assert (SCRIPTS / SHELLS[shell].file).read_text(encoding="utf-8") == made


@pytest.mark.parametrize("shell", SHELLS)
def test_the_scripts_are_plain_text_that_evaluates_nothing(shell: str) -> None:
    text = script(shell)
    assert text.isascii()
    assert "\t" not in text
    assert re.search(r"(?i)\beval\b|invoke-expression|\biex\b", text) is None
    assert "@TABLE@" not in text


def test_every_word_of_a_table_stands_in_quotes() -> None:
    one = r"'(?:[^']|'')*'"
    lines = [line for line in script("powershell").splitlines() if line.startswith("$global:ClockeyeOffers[")]
    assert len(lines) == len(table())
    for line in lines:
        assert re.fullmatch(rf"\$global:ClockeyeOffers\[{one}\] = @\((?:{one}(?:, {one})*)?\)", line)


def commands(place: str, command: Any) -> Iterator[tuple[str, Any]]:
    yield place, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from commands(f"{place} {name}", inner)


def test_the_table_has_every_command_option_and_value_of_the_app() -> None:
    offers = {place: [offer.partition(":")[0] for offer in found] for place, found in table().items()}
    assert offers[""] == [*(line.name for line in TABLE), "@aliases"]
    root: Any = typer_reader.program()
    all_commands = [("", root)]
    for line in TABLE:
        all_commands += commands(line.name, typer_reader.command(line.name))
    for place, command in all_commands:
        there = offers[place or FOR_ALL]
        for name in getattr(command, "commands", {}):
            assert name in there
        for parameter in command.params:
            if parameter.param_type_name == "option" and not parameter.hidden:
                assert {*parameter.opts, *parameter.secondary_opts} <= {*there}
                if not parameter.is_flag:
                    assert all(f"{place} {name}".strip() in offers for name in parameter.opts)


def test_a_choice_is_offered_and_a_placeholder_is_not() -> None:
    assert table()["sync resolve --keep"] == ("mine", "theirs")
    assert table()["log --user"] == ("all",)


def test_what_can_be_explained_is_offered() -> None:
    commands = [line.name for line in TABLE]
    assert set(table()["help:+"]) == {*TOPICS, *commands}
    assert list(table()["man:1"]) == commands


def test_what_is_offered_for_a_value_is_understood() -> None:
    for text in VALUES["PERIOD"]:
        parse_period(text, date(2026, 11, 20), 0)
    for text in VALUES["DAY"]:
        parse_day(text, date(2026, 11, 20))
    for text in VALUES["WHEN"]:
        parse_when(text)
    assert VALUES["ROLE"] == ROLES
    assert VALUES["METHOD"] == METHODS
    assert VALUES["TOPIC"] == tuple(TOPICS)
    asked = {word for found in table().values() for word in found if word.startswith("@")}
    assert asked == {f"@{kind}" for kind in complete.KINDS} | {"@files", "@list"}


def test_another_shell_is_refused_with_those_there_are(app: App) -> None:
    assert refused(app, "completion", "tcsh") == (
        2,
        "clockeye: Unknown shell 'tcsh'.\n  Known: bash, zsh, fish, powershell.\n",
    )


@pytest.fixture
def home(app: App, tmp_path: Path) -> Path:
    app.environ |= {"XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    return tmp_path


@pytest.mark.parametrize("shell", SHELLS)
def test_install_writes_the_script_where_the_shell_looks_and_says_so(
    app: App, home: Path, shell: str
) -> None:
    said = app.ok("completion", shell, "--install").out
    path = home / FILES[shell]
    assert said.splitlines()[0] == f"Saved to {path}."
    assert path.read_text(encoding="utf-8") == app.ok("completion", shell).out
    assert sorted(os.listdir(path.parent)) == [path.name]
    assert app.ok("completion", shell, "--install", "--json").data == {"shell": shell, "file": str(path)}


def test_install_says_what_is_left_to_do(app: App, home: Path) -> None:
    left = {shell: app.ok("completion", shell, "--install").out.splitlines()[1:] for shell in SHELLS}
    assert left == {
        "bash": [
            "New shells load it if the package bash-completion is installed.",
            f"Otherwise, add to ~/.bashrc: . {home}/{FILES['bash']}",
        ],
        "zsh": [
            f"Add to ~/.zshrc, before compinit: fpath=({home}/data/zsh/site-functions $fpath)",
            "If nothing there runs compinit, add: autoload -Uz compinit && compinit",
        ],
        "fish": ["New shells load it."],
        "powershell": [f"Add to the file named by $PROFILE: . '{home}/{FILES['powershell']}'"],
    }


def test_install_takes_the_place_of_an_older_script_of_ours_and_of_nothing_else(app: App, home: Path) -> None:
    path = home / FILES["fish"]
    app.ok("completion", "fish", "--install")
    path.write_text(path.read_text()[:500])
    app.ok("completion", "fish", "--install")
    whole = path.read_text()
    path.write_text("# by hand\n")
    assert refused(app, "completion", "fish", "--install") == (
        2,
        f"clockeye: {path} was not created by clockeye.\n  Add --force to overwrite it.\n",
    )
    assert path.read_text() == "# by hand\n"
    app.ok("completion", "fish", "--install", "--force")
    assert path.read_text() == whole


def test_a_folder_that_cannot_be_made_is_said(app: App, home: Path) -> None:
    (home / "data").write_text("in the way")
    result = app.run("completion", "bash", "--install")
    assert (result.code, result.out) == (7, "")
    assert result.err == f"clockeye: Cannot save {home / FILES['bash']}: Not a directory.\n"
