"""Holds every JSON that a test makes a command print to the schema that `clockeye schema` gives of it.

Whatever runs commands for tests hands over what they printed: `App.run` in this process, and
`tests/system/real_parts.py` for real processes.
"""

from __future__ import annotations

import io
import json
import os
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from clockeye_cli.__main__ import run
from clockeye_cli.cli.argv import arrange, first_word
from clockeye_cli.config.content import read_config
from clockeye_cli.core.aliases import aliases
from clockeye_cli.errors import ClockeyeError
from clockeye_cli.session import World

if TYPE_CHECKING:
    from collections.abc import Sequence

JSON, LINES = "json", "ndjson"
ERROR = '{"version": 1, "error": '


def check(args: Sequence[str], code: int, out: str, err: str, environ: dict[str, str]) -> None:
    """Hold what a command printed, and the file that it saved, to its schema.

    Raises:
        AssertionError: It is no JSON, or not as the schema says.
    """
    if ERROR in err:
        for line in err.split("\n"):
            if line.startswith(ERROR):
                _hold(_error_validator(), json.loads(line), args)
    if out[:1] != "{" and not any(JSON in word for word in args):
        return  # most runs: no time is spent on them
    try:
        words = arrange([*args])
        place = first_word(words)
        options, words = (words[:place], words[place:]) if place is not None else (words, [])
        command = _command(words, environ.get("CLOCKEYE_HOME", ""))
    except ClockeyeError:
        return  # neither did the command understand that
    form = _form(options)
    if command == "schema" or (command == "help" and form == JSON and out[:1] == "{"):
        form = JSON
    elif command in {"help", "man"} or {"--help", "-h", "--version"} & {*options, *words}:
        return
    is_picked = any(word.split("=")[0] == "--columns" for word in words)
    saved = _saved(words)
    if code == 0 and saved:
        with open(saved, encoding="utf-8") as file:
            out, form = file.read(), saved.rpartition(".")[2]
    if command and form in {JSON, LINES}:
        _hold_text(command, form, out, args, code=code, is_picked=is_picked)


def _hold_text(
    command: str, form: str, text: str, args: Sequence[str], *, code: int, is_picked: bool
) -> None:
    try:
        contents = (
            [json.loads(text)]
            if form == JSON and text
            else [json.loads(line) for line in text.split("\n") if line]
        )
    except ValueError:
        assert code != 0, f"{args} printed no JSON: {text}"
        return
    validator = _validator(command, form, is_picked=is_picked)
    if validator:
        for content in contents:
            _hold(validator, content, args)


def _hold(validator: jsonschema_rs.Draft202012Validator, content: Any, args: Sequence[str]) -> None:
    if not validator.is_valid(content):
        reasons = "\n".join(
            f"{error.instance_path}: {error.message}" for error in validator.iter_errors(content)
        )
        raise AssertionError(f"clockeye {' '.join(args)} is not as its schema says:\n{reasons}\n{content}")


def _form(options: Sequence[str]) -> str:
    """The format that options for all commands choose, the last of them."""
    form = ""
    for place, option in enumerate(options):
        name, equals, value = option.partition("=")
        if option == "--json":
            form = JSON
        elif name in {"-o", "--output"}:
            form = value if equals else options[place + 1]
    return form


def _saved(words: Sequence[str]) -> str:
    """The file of JSON that `--save` names; empty for none."""
    for place, word in enumerate(words):
        name, equals, value = word.partition("=")
        if name == "--save":
            path = value if equals else "".join(words[place + 1 : place + 2])
            return path if path.rpartition(".")[2] in {JSON, LINES} else ""
    return ""


def _command(words: Sequence[str], home: str) -> str:
    """The name of the command, with its subcommands; `clockeye` alone is `status`."""
    if not words:
        return "status"
    known = _names()
    if home and words[0] not in {name.partition(" ")[0] for name in known}:
        alias = aliases(read_config(os.path.join(home, "config.toml"))).get(words[0], "")
        words = [*alias.split(), *words[1:]]
    return max((n for n in known if words[: n.count(" ") + 1] == n.split()), key=len, default="")


def _schema(*words: str) -> Any:
    """What `clockeye schema` prints."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n")
    err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n")
    environ = {"CLOCKEYE_HOME": "/dev/null/none"}
    code = run(["schema", *words], World(environ, io.StringIO(), out, err, lambda: 0))
    out.seek(0)
    err.seek(0)
    assert code == 0, err.read()
    return json.load(out)["data"]


@cache
def _names() -> frozenset[str]:
    return frozenset(command["name"] for command in _schema()["commands"] if command["name"])


@cache
def _error_validator() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(_schema("stop")["error_schema"])


@cache
def _validator(command: str, form: str, *, is_picked: bool) -> jsonschema_rs.Draft202012Validator | None:
    """What holds the JSON of a command; None where it prints none of its own."""
    described = _schema(*command.split())["commands"]
    schema = next(each["json_schema"] for each in described if each["name"] == command)
    if schema is None:
        return None
    documents = schema.get("anyOf", [schema])
    if form == LINES:
        documents = [_of_line(document) for document in documents]
    if is_picked:
        documents = [_without_required(document) for document in documents]
    return jsonschema_rs.Draft202012Validator({"anyOf": documents})


def _of_line(document: Any) -> Any:
    data = document["properties"]["data"]
    return data.get("items", data)


def _without_required(schema: Any) -> Any:
    """The schema for `--columns`: no field of a row has to be there."""
    if "items" in schema.get("properties", {}).get("data", {}):
        data = _without_required(schema["properties"]["data"]["items"])
        return {**schema, "properties": {**schema["properties"], "data": {"type": "array", "items": data}}}
    return {key: value for key, value in schema.items() if key != "required"}
