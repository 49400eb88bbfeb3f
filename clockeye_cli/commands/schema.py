"""`clockeye schema`: print what the program takes and prints as JSON, for programs that run it."""

from __future__ import annotations

from clockeye_cli.core.json_text import json_text, quote
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from clockeye_cli.context import Context
    from clockeye_cli.output.cells import Column, JsonShape


def schema(
    ctx: Context, declared: dict[str, Any], shapes: Mapping[str, Sequence[JsonShape]] | None = None
) -> None:
    """Print the declarations in the envelope of all JSON.

    Args:
        ctx: The run.
        declared: The declarations, as values for JSON.
        shapes: What each of the commands prints as JSON, by its name: one of several shapes, or none of its
            own. None for no schemas.

    Raises:
        UsageError: Another format was chosen.
    """
    if ctx.options.format not in ("", "json"):
        raise UsageError(f"A schema cannot be written as {ctx.options.format}.", hint="Leave out -o.")
    if shapes is not None:
        from clockeye_cli.output import json_schema

        for command in declared["commands"]:
            options = [each["name"] for each in command["options"]]
            of_command = shapes[command["name"]]
            command["json_schema"] = json_schema.document(of_command, options) if of_command else None
        declared["error_schema"] = json_schema.ERROR
    ctx.out.document("".join(_lines({"version": 1, "data": declared})))


def _lines(document: dict[str, Any]) -> Iterator[str]:
    """The document with a line for each field of `data`, and for each item of its lists."""
    fields = [f'"{key}": {_listed(value)}' for key, value in document["data"].items()]
    yield '{"version": 1, "data": {\n'
    yield ",\n".join(fields)
    yield "\n}}\n"


def _listed(value: object) -> str:
    if not isinstance(value, list):
        return json_text(value, quote)
    lines = [json_text(each, quote) for each in value]
    return "[\n" + ",\n".join(lines) + "\n]" if lines else "[]"


def shape() -> JsonShape:
    """What the command prints as JSON."""
    from clockeye_cli.output.cells import Column, JsonShape

    def value(name: str) -> tuple[Column, ...]:
        return (
            Column(name, ""),
            Column("type", "", values=("string", "integer", "boolean", "array")),
            Column("required", "", "flag"),
            Column("default", "", "json"),
            Column("choices", "", "words", is_nullable=True),
            Column("help", ""),
        )

    argument = value("name")
    option = (
        *argument,
        Column("names", "", "words"),
        Column("off_names", "", "words"),
        Column("metavar", "", is_nullable=True),
    )
    command = (
        Column("name", ""),
        Column("help", ""),
        Column("arguments", "", "records", of=argument),
        Column("options", "", "records", of=option),
        Column("examples", "", "words"),
        Column("json_schema", "", "json", is_optional=True),
    )
    exit_code = (Column("exit_code", "", "count"), Column("help", ""))
    return JsonShape(
        (
            Column("program", ""),
            Column("version", ""),
            Column("options", "", "records", of=option),
            Column("commands", "", "records", of=command),
            Column("exit_codes", "", "records", of=exit_code),
            Column("error_codes", "", "records", of=(Column("code", ""), *exit_code)),
            Column("error_schema", "", "json", is_optional=True),
        )
    )
