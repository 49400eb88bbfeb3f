"""The app as a table: every command can be built, has its help, and argv knows its options."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Any

import pytest
import typer

from clockeye_cli.cli import argv, table, typer_reader
from clockeye_cli.cli.faces import Family

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.app import App

NAMES = [
    *("start", "stop", "status", "cancel", "resume", "add", "edit", "split", "delete", "undo", "redo"),
    *("history", "log", "report", "gaps", "export", "check", "watch"),
    *("auth", "sync", "users", "screenshots", "api"),
    *(
        "projects",
        "clients",
        "invoices",
        "tags",
        "profiles",
        "config",
        "import",
        "imports",
        "backup",
        "restore",
        "doctor",
        "serve",
        "help",
        "man",
        "prompt",
    ),
    "completion",
    "schema",
    "skill",
    "mcp",
]


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command below one, with the words that name it."""
    yield path, command
    if hasattr(command, "list_commands"):
        context = typer.Context(command)
        for name in command.list_commands(context):
            yield from commands(command.get_command(context, name), (*path, name))


ALL = dict(commands(typer_reader.program()))


def options(command: Any, *, with_value: bool) -> set[str]:
    found: set[str] = set()
    for parameter in command.params:
        if parameter.param_type_name == "option" and parameter.is_flag != with_value:
            found |= {*parameter.opts, *parameter.secondary_opts}
    return found


def test_the_table_has_the_commands_of_the_contract() -> None:
    assert [line.name for line in table.TABLE] == NAMES
    assert {line.panel for line in table.TABLE} == set(table.PANELS)


def test_argv_knows_the_options_of_all_commands() -> None:
    root = ALL[()]
    assert options(root, with_value=True) == argv.ROOT_VALUES
    assert options(root, with_value=False) - {"--version", "-h", "--help"} == argv.ROOT_FLAGS


TWO_COLORS = (("projects", "add"), ("projects", "edit"))
"""Commands whose `--color` takes a color, or `auto`, `always` and `never` as everywhere."""


def test_no_command_has_an_option_that_is_an_option_of_all() -> None:
    for path, command in ALL.items():
        if path:
            own = options(command, with_value=True) | options(command, with_value=False)
            shared = {"--color"} if path in TWO_COLORS else set()
            assert own & (argv.ROOT_FLAGS | argv.ROOT_VALUES) == shared, path


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_has_help_that_goes_to_standard_output(app: App, path: tuple[str, ...]) -> None:
    for flag in ("--help", "-h"):
        result = app.ok(*path, flag)
        assert result.err == ""
        lines = result.out.splitlines()
        assert lines[0].startswith("Usage: " + " ".join(("clockeye", *path)))
        assert lines[2 : lines.index("", 2)][-1].endswith(".")
        assert "\x1b" not in result.out
        for parameter in ALL[path].params:
            assert parameter.help, parameter.name
    assert not (app.home / "local.db").exists()


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_three_real_examples(app: App, name: str) -> None:
    out = app.ok(name, "--help").out
    assert "\n  " + next(line.about for line in table.TABLE if line.name == name).rstrip(".") in out
    shown = out.split("\n  Examples:\n")[1].split("\n\n")[0].splitlines()
    assert len(shown) >= 3
    for example in shown:
        words = shlex.split(example, comments=True)
        if "PS1=" in example:
            words = ["clockeye", "prompt", "--shell", "bash"]
        assert words[0] == "clockeye"
        # Typer understands it: what fails does so for want of something to act on, not as usage.
        # A server would run until Ctrl-C; of it the options are read, and the help is what it gives.
        serves = ["--help"] if name in ("serve", "mcp") else []
        result = app.run(*words[1:], *serves, "--no-input", "--json")
        assert "shows the usage" not in result.err, example


def test_help_lists_the_commands_of_every_day_first_and_every_other_by_panel(app: App) -> None:
    out = app.ok("--help").out
    listed = [line.split()[0] for line in out.splitlines() if line.startswith("  ") and line[2:3].isalpha()]
    assert sorted(listed[1 : len(NAMES) + 1]) == sorted(NAMES)
    assert listed[1:11] == list(table.EVERYDAY)
    assert [line for line in out.splitlines() if line.endswith(":") and line[:1].isalpha()] == [
        "Every day:",
        "Track:",
        "Review:",
        "Account:",
        "Set up:",
        "For programs:",
        "Options:",
    ]


def test_options_stand_under_headings_and_the_flags_of_periods_in_one_line(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    out = app.ok("log", "--help").out
    assert [line for line in out.splitlines() if line.endswith(":") and line[:1].isalpha()] == [
        *("Arguments:", "Period:", "Options:", "Filter:", "Layout:", "File:", "Account:"),
    ]
    assert "  --today --yesterday --week --last-week --month --last-month --year --last-year --all\n" in out


@pytest.mark.parametrize("columns", [20, 30, 40, 60, 80, 120])
@pytest.mark.parametrize("args", [["--help"], ["log", "--help"], ["help", "times"], ["help", "sync"]])
def test_help_fits_the_terminal_and_breaks_between_words(
    app: App, monkeypatch: pytest.MonkeyPatch, args: list[str], columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    wide = app.ok(*args).out
    monkeypatch.setenv("COLUMNS", str(columns))
    narrow = app.ok(*args).out
    assert narrow.split() == wide.split()
    for line in narrow.splitlines():
        pieces = re.sub(r"`[^`]*`", "`code`", line).split()
        is_example, is_term = line.startswith("    clockeye "), line.startswith("  -")
        assert len(line) <= columns or len(pieces) == 1 or is_example or is_term, line


@pytest.mark.parametrize(
    ("args", "err"),
    [
        (["strat"], "Unknown command 'strat'. Did you mean `clockeye start`?\n  `clockeye --help` lists"),
        (["stat"], "Unknown command 'stat'. Did you mean `clockeye status`?\n  `clockeye --help` lists"),
        (["xyzzy"], "Unknown command 'xyzzy'.\n  `clockeye --help` lists them all.\n"),
        (
            ["start", "--att", "9"],
            "Unknown option '--att'. Did you mean --at?\n  `clockeye start --help` shows the",
        ),
        (["start", "--projct=web"], "Unknown option '--projct'. Did you mean --project?\n  `clockeye start"),
        (["log", "--no-bilable"], "Unknown option '--no-bilable'. Did you mean --no-billable?\n"),
        (["log", "--profle", "work"], "Unknown option '--profle'. Did you mean --profile?\n  `clockeye log"),
        (["--profle", "work", "log"], "Unknown option '--profle'. Did you mean --profile?\n  `clockeye --h"),
        (["serve", "keys", "add", "x", "--rule", "owner"], "Unknown option '--rule'. Did you mean --role?\n"),
        (["start", "--xyzzy"], "Unknown option '--xyzzy'.\n  `clockeye start --help` shows the usage"),
        (["log", "-z"], "Unknown option '-z'.\n  `clockeye log --help` shows the usage.\n"),
        (["start", "--at"], "Option '--at' requires an argument.\n  `clockeye start --help` shows the usage"),
        (["split"], "Missing argument 'ENTRY'.\n  `clockeye split --help` shows the usage.\n"),
        (["status", "extra"], "Got unexpected extra argument(s) (extra)\n  `clockeye status --help` shows"),
        (["config"], "Missing command.\n  `clockeye config --help` shows the usage.\n"),
        (
            ["config", "sett"],
            "Unknown command 'sett'. Did you mean `clockeye config set`?\n  `clockeye config --help` lists",
        ),
        (["serve", "keys", "ad"], "Unknown command 'ad'. Did you mean `clockeye serve keys add`?\n"),
        ([""], "Unknown command ''.\n  `clockeye --help` lists them all.\n"),
        (["-o", "xml", "log"], "Unknown format 'xml'.\n  Known: table, tsv, csv, json, ndjson,"),
        (
            ["log", "-o", "csv", "--color", "blue"],
            "Unknown value for --color: 'blue'.\n  Known: auto, always,",
        ),
        (["log", "-P"], "Option '-P' requires an argument.\n  `clockeye --help` explains it.\n"),
    ],
)
def test_usage_errors_are_exit_2_and_say_where_to_look(app: App, args: list[str], err: str) -> None:
    result = app.run(*args)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"clockeye: {err}")


@pytest.mark.parametrize(
    "args",
    [["--json", "strat"], ["log", "--nope", "--json"], ["log", "--nope", "-o", "json"], ["split", "-ojson"]],
)
def test_usage_errors_are_json_where_that_is_asked_for(app: App, args: list[str]) -> None:
    import json

    result = app.run(*args)
    assert (result.code, result.out) == (2, "")
    answer = json.loads(result.err)
    assert (answer["version"], answer["error"]["code"]) == (1, "usage")
    assert sorted(answer["error"]) == ["code", "hint", "message"]


def test_two_formats_are_refused(app: App) -> None:
    import json

    result = app.run("log", "--json", "-o", "csv")
    assert (result.code, json.loads(result.err)["error"]["message"]) == (
        2,
        "--json and -o csv cannot be used together.",
    )
    app.ok("log", "--json", "-o", "json")


def test_debug_shows_where_an_error_arose(app: App) -> None:
    quiet = app.run("stop")
    loud = app.run("stop", "--debug")
    assert "Traceback" not in quiet.err
    assert loud.err.startswith("Traceback (most recent call last):")
    assert loud.err.endswith(quiet.err)


def test_the_version_is_one_line_by_every_way(app: App) -> None:
    from clockeye_cli import __version__

    for args in (["--version"], ["--version", "-q"], ["log", "--version"][::-1]):
        assert app.ok(*args).out == f"clockeye {__version__}\n"


def test_a_family_that_lists_takes_the_options_of_its_list_without_its_name(app: App) -> None:
    families = {
        line.name: face for line in table.TABLE if isinstance(face := table.member(line.name), Family)
    }
    listing = {name: family for name, family in families.items() if family.alone and "list" in family.members}
    for name in listing.keys() - {"tags"}:  # which lists those of a period, given as words
        assert app.run(name, "undoo").err.startswith("clockeye: Unknown command 'undoo'.")
    listed = {"clients", "imports", "invoices", "profiles", "projects", "tags"}
    assert {name: family.default for name, family in listing.items()} == dict.fromkeys(listed, "list")
