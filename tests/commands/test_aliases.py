"""Words of the user's own: `[alias]` in the settings, and an alias of the whole program in a shell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.plain import refused

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app import App


def test_an_alias_is_a_command_with_its_first_arguments(app: App) -> None:
    app.ok("add", "Fix", "-p", "web", "--from", "9", "--to", "10")
    assert app.ok("config", "set", "alias.w", "report --week --by 'project'").out == (
        "`clockeye w` now stands for `clockeye report --week --by 'project'`.\n"
    )
    assert app.ok("w").out == app.ok("report", "--week", "--by", "project").out
    assert app.ok("w", "-p", "web", "--json").data[0]["project"] == "web"
    assert app.ok("-q", "w").out == app.ok("w").out
    assert app.ok("config", "get", "alias.w").out == "report --week --by 'project'\n"
    rows = {row["key"]: row["value"] for row in app.ok("config", "list", "--json").data}
    assert rows["alias.w"] == "report --week --by 'project'"
    assert "\nAliases:\n  w  clockeye report --week --by 'project'\n" in app.ok("--help").out
    assert app.ok("help", "w").out.startswith("Usage: clockeye report ")
    assert app.ok("complete", "--profile=", "aliases").out == "w:report --week --by 'project'\n"
    assert app.ok("log").err == ""  # it is no unknown setting
    assert app.ok("config", "unset", "alias.w").out == (
        "`clockeye w` no longer stands for `clockeye report --week --by 'project'`.\n"
    )
    assert app.run("w").err.startswith("clockeye: Unknown command 'w'. Did you mean `clockeye watch`?\n")


def test_the_history_has_what_an_alias_became(app: App) -> None:
    app.ok("config", "set", "alias.s", "start Standup -p team")
    app.ok("s", "today")
    step = app.ok("history", "--json").data[0]
    assert step["command"] == "clockeye start Standup -p team today"


@pytest.mark.parametrize(
    ("name", "text", "err"),
    [
        ("log", "report", "'log' is a command, so it cannot be an alias.\n  Choose another name.\n"),
        ("w", "", "The alias w stands for nothing.\n  Example: `clockeye config set alias.w"),
        ("w", "reprot --week", "Unknown command 'reprot'. Did you mean report?\n  An alias begins with a co"),
        ("w", "'report", 'Invalid alias w: "\'report": No closing quotation.\n'),
        ("-w", "report", "Invalid alias '-w'.\n"),
        ("a.b", "report", "Invalid alias 'a.b'.\n"),
    ],
)
def test_an_alias_that_cannot_be_one_is_refused(app: App, name: str, text: str, err: str) -> None:
    code, text = refused(app, "config", "set", f"alias.{name}", text)
    assert code == 2
    assert text.startswith(f"clockeye: {err}")
    assert not (app.home / "config.toml").exists()


def test_an_alias_in_the_file_never_hides_a_command_and_doctor_names_it(app: App) -> None:
    app.ok("add", "x", "--for", "1m")
    app.ok("config", "set", "alias.w", "log")
    path = app.home / "config.toml"
    path.write_text(path.read_text().replace("w =", "report ="))
    assert app.ok("report").out.startswith("project\t")
    result = app.run("doctor")
    assert result.code == 1
    problem = "'report' is a command, so it cannot be an alias."
    assert f"settings\t{problem}\tfalse\tclockeye config unset alias.report" in result.out


def test_aliases_are_not_nested_and_are_the_same_in_all_profiles(app: App) -> None:
    app.ok("config", "set", "alias.w", "log")
    assert refused(app, "config", "set", "alias.v", "w")[0] == 2
    assert refused(app, "-P", "local", "config", "set", "alias.w", "log") == (
        2,
        "clockeye: Aliases are the same in all profiles.\n  Leave out -P.\n",
    )


@pytest.mark.parametrize(
    ("shell", "file", "line"),
    [
        ("bash", ".bashrc", "test -r {script} && . {script}"),
        ("zsh", ".zshrc", "alias c=clockeye"),
        ("fish", ".config/fish/config.fish", "test -r {script} && . {script}"),
    ],
)
def test_a_shell_alias_is_added_once_to_the_file_that_the_shell_reads(
    app: App, tmp_path: Path, shell: str, file: str, line: str
) -> None:
    app.environ["HOME"] = str(tmp_path)
    startup = tmp_path / file
    startup.parent.mkdir(parents=True, exist_ok=True)
    startup.write_text("# mine")
    first = app.ok("completion", shell, "--install", "--alias", "c")
    again = app.ok("completion", shell, "--install", "--alias", "c")
    assert again == first
    assert f"New shells have the alias c, by a line in {startup}.\n" in first.out
    script = first.out.splitlines()[0].removeprefix("Saved to ").rstrip(".")
    added = line.format(script=script)
    assert startup.read_text() == (
        f"# mine\n{added}  # made by `clockeye completion {shell} --install --alias c`\n"
    )


@pytest.mark.parametrize("word", ["-x", "a b", "clockeye", "$(x)", "é"])
def test_a_word_that_cannot_be_a_shell_alias_is_refused(app: App, word: str) -> None:
    result = app.run("completion", "bash", "--install", f"--alias={word}")
    assert (result.code, result.err) == (
        2,
        f"clockeye: {word!r} cannot be a shell alias.\n  Choose letters, as in --alias c\n",
    )
