"""What the program takes, as plain values for JSON: each command with its options, and the codes.

It is read from the faces, as the help is, so the two cannot differ.
"""

from clockeye_cli import __version__
from clockeye_cli.cli.completion import VALUES
from clockeye_cli.cli.faces import Face, Family
from clockeye_cli.cli.parameters import REQUIRED, Parameter
from clockeye_cli.cli.root import ALONE, GLOBAL
from clockeye_cli.cli.table import TABLE, member
from clockeye_cli.core.error_codes import ERROR_CODES
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import EXIT_CODES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    Declared = dict[str, object]
    """An object of JSON."""

CLOSED = ("FORMAT", "--color WHEN", "ROLE", "METHOD", "SHELL", "completion SHELL")
"""The placeholders, as in `completion.VALUES`, whose offers are all that they take."""


def declared(command: str = "") -> "dict[str, Any]":
    """The program, its commands, and its codes.

    Args:
        command: Only this command and its subcommands: `projects` or `projects add`; empty for all commands.

    Returns:
        An object of JSON. Its `commands` are empty if the command is unknown.
    """
    return {
        "program": "clockeye",
        "version": __version__,
        "options": _options("", GLOBAL),
        "commands": [
            each for each in commands() if not command or f"{each['name']} ".startswith(f"{command} ")
        ],
        "exit_codes": [{"exit_code": code, "help": means} for code, means in EXIT_CODES.items()],
        "error_codes": [
            {"code": code, "exit_code": exit_code, "help": means}
            for code, (exit_code, means) in ERROR_CODES.items()
        ],
    }


def commands() -> "Iterator[Declared]":
    """All commands and subcommands; first the one without a name, which is `clockeye` alone."""
    yield _command("", ALONE._replace(help=ALONE.run.__doc__ or ""))
    for line in TABLE:
        yield from _below(line.name, member(line.name))


def _below(name: str, command: Face | Family | None) -> "Iterator[Declared]":
    if isinstance(command, Face):
        yield _command(name, command)
    elif command:
        if command.alone:
            yield _command(name, command.alone._replace(help=command.help, examples=command.examples))
        for word, each in command.members.items():
            yield from _below(f"{name} {word}", each)


def _command(name: str, face: Face) -> "Declared":
    arguments = [each for each in face.parameters.values() if not each.names]
    return {
        "name": name,
        "help": "\n\n".join(" ".join(each.split()) for each in face.help.strip().split("\n\n")),
        "arguments": [
            {"name": each.declaration.metavar.strip("[].…"), **_value(name, each)} for each in arguments
        ],
        "options": _options(name, face.parameters),
        "examples": [*face.examples],
    }


def _options(command: str, parameters: dict[str, Parameter]) -> "list[Declared]":
    return [
        {
            "name": max(each.declaration.names, key=len),
            "names": [*each.declaration.names],
            "off_names": [*each.declaration.off_names],
            "metavar": each.declaration.metavar or None,
            **_value(command, each),
        }
        for each in parameters.values()
        if each.names and not each.declaration.is_hidden
    ]


def _value(command: str, parameter: Parameter) -> "Declared":
    is_required = parameter.default is REQUIRED
    return {
        "type": _type(parameter),
        "required": is_required,
        "default": None if is_required or parameter.default == "" else parameter.default,
        "choices": _choices(command, parameter),
        "help": parameter.declaration.help,
    }


def _type(parameter: Parameter) -> str:
    """The type of its value, in JSON's words; an array is of strings: an option that may be repeated."""
    if parameter.is_flag:
        return "boolean"
    if parameter.is_list:
        return "array"
    return "integer" if parameter.kind in (int, int | None) else "string"


def _choices(command: str, parameter: Parameter) -> list[str] | None:
    """All values that it takes; None if they cannot be listed."""
    metavar = parameter.declaration.metavar
    if "|" in metavar and metavar.islower():
        return metavar.split("|")
    option = max(parameter.names, key=len, default="")
    for key in (f"{command} {metavar}", f"{option} {metavar}", metavar):
        if key in VALUES:
            return [*VALUES[key]] if key in CLOSED else None
    return None
