"""`clockeye schema`: the declarations as JSON, all of them, and the same as `help --json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clockeye_cli.cli import typer_reader
from clockeye_cli.errors import EXIT_CODES
from tests import printed_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.app import App


def options(name: str, command: Any) -> Iterator[tuple[str, set[str]]]:
    """The names of the options that Typer takes, for each command and subcommand."""
    names = {
        option
        for parameter in command.params
        if parameter.param_type_name == "option" and not parameter.hidden
        for option in (*parameter.opts, *parameter.secondary_opts)
    }
    yield name, names - {"--help"}
    for word, subcommand in getattr(command, "commands", {}).items():
        yield from options(f"{name} {word}", subcommand)


def test_it_has_every_command_with_every_option(app: App) -> None:
    described = {
        command["name"]: {name for each in command["options"] for name in each["names"] + each["off_names"]}
        for command in app.ok("schema").data["commands"]
    }
    names = {name.partition(" ")[0] for name in described} - {""}
    taken = dict(pair for name in names for pair in options(name, typer_reader.command(name)))
    groups = {name for name in taken if name not in described}
    assert described.pop("") == set()
    # A group without a word may take the options of its `list`.
    assert [
        name for name in described if described[name] not in (taken[name], taken.get(f"{name} list"))
    ] == []
    assert not any(taken[name] for name in groups)


def test_a_command(app: App) -> None:
    (command,) = app.ok("schema", "resume").data["commands"]
    assert command["name"] == "resume"
    assert [(each["name"], each["type"], each["required"]) for each in command["arguments"]] == [
        ("ENTRY|TEXT", "array", False)
    ]
    at = next(each for each in command["options"] if each["name"] == "--at")
    assert at == {
        "name": "--at",
        "names": ["--at"],
        "off_names": [],
        "metavar": "WHEN",
        "type": "string",
        "required": False,
        "default": None,
        "choices": None,
        "help": "A time other than now: 9:15, 10m ago, last, yesterday 17:30.",
    }


@pytest.mark.parametrize(
    ("command", "name", "field", "value"),
    [
        ("split", "--at", "required", True),
        ("serve", "--port", "type", "integer"),
        ("serve", "--port", "default", 8080),
        ("log", "--count", "type", "integer"),
        ("log", "--tag", "type", "array"),
        ("add", "--billable", "type", "boolean"),
        ("add", "--billable", "off_names", ["--no-billable"]),
        ("sync resolve", "--keep", "choices", ["mine", "theirs"]),
        ("prompt", "--shell", "choices", ["bash", "zsh", "fish"]),
        ("log", "--user", "choices", None),
    ],
)
def test_an_option(app: App, command: str, name: str, field: str, value: object) -> None:
    first = app.ok("schema", *command.split()).data["commands"][0]
    assert next(each for each in first["options"] if each["name"] == name)[field] == value


def test_a_command_comes_with_its_subcommands(app: App) -> None:
    assert [each["name"] for each in app.ok("schema", "tags").data["commands"]] == [
        "tags",
        "tags list",
        "tags rename",
    ]


def test_the_codes(app: App) -> None:
    data = app.ok("schema", "stop").data
    assert {each["exit_code"]: each["help"] for each in data["exit_codes"]} == EXIT_CODES
    assert {"code": "no_timer", "exit_code": 3, "help": "no timer is running"} in data["error_codes"]


@pytest.mark.parametrize("words", [[], ["projects", "edit"], ["sync"]])
def test_help_as_json_is_the_same(app: App, words: list[str]) -> None:
    assert app.ok("help", *words, "--json").out == app.ok("schema", *words).out


def test_a_topic_stays_text(app: App) -> None:
    assert app.ok("help", "times", "--json").out == app.ok("help", "times").out


def test_an_unknown_command_is_refused(app: App) -> None:
    result = app.run("schema", "strat")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("clockeye: Unknown command 'strat'. Did you mean `clockeye schema start`?")
    assert app.run("schema", "projects", "fly").code == 2


def test_another_format_is_refused(app: App) -> None:
    result = app.run("schema", "-o", "csv")
    assert (result.code, result.out) == (2, "")
    assert result.err == "clockeye: A schema cannot be written as csv.\n  Leave out -o.\n"


def test_every_command_has_a_schema_of_its_json(app: App) -> None:
    names = [each["name"] for each in app.ok("schema").data["commands"] if each["name"]]
    without = {
        name for name in names if app.ok("schema", *name.split()).data["commands"][0]["json_schema"] is None
    }
    assert without == {"api", "man", "mcp", "watch"}  # what the service answers, and what is never JSON


def test_the_schema_of_what_a_command_prints(app: App) -> None:
    (command,) = app.ok("schema", "backup").data["commands"]
    assert command["json_schema"] == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {
            "version": {"const": 1},
            "data": {
                "type": "object",
                "properties": {"file": {"type": "string"}, "entries": {"type": "integer", "minimum": 0}},
                "required": ["file", "entries"],
                "additionalProperties": False,
            },
        },
        "required": ["version", "data"],
        "additionalProperties": False,
    }


@pytest.mark.parametrize(
    ("args", "before", "after"),
    [
        ("status --json", '"id"', '"key"'),
        ("status --json", '"billable": true', '"billable": null'),
        ("log --json", 'T08:00:00Z"', 'T09:00:00+01:00"'),
        ("log --json", '"source": "entries"', '"source": "rows"'),
        ("log -o ndjson", '"tags": []', '"tags": ""'),
        ("log --json --columns id,tags", '"tags"', '"tag"'),
        ("report --json", ', "as_of"', ', "more": 1, "as_of"'),
        ("-o json report --by week --decimal", "2026-W47", "2026-47"),
        ("-o json report --decimal", '"hours": 3.0', '"hours": "3"'),
        ("schema stop", '"program"', '"name"'),
        ("history --json", "]}", "]"),
    ],
)
def test_what_is_not_as_its_schema_says_does_not_get_through_the_tests(
    app: App, args: str, before: str, after: str
) -> None:
    app.ok("start", "--at", "9")
    words = args.split()
    printed = app.ok(*words).out
    printed_json.check(words, 0, printed, "", app.environ)
    with pytest.raises(AssertionError):
        printed_json.check(words, 0, printed.replace(before, after), "", app.environ)


def test_errors_have_a_schema_too(app: App) -> None:
    error = app.run("stop", "--json").err
    with pytest.raises(AssertionError, match="hint"):
        printed_json.check(["stop", "--json"], 3, "", error.replace('"hint"', '"tip"'), app.environ)
