"""run_if_understood(): reads a well-formed command line by the declarations of its face, without Typer.

It is strict: whatever it does not understand as a whole goes to Typer (`cli/typer_reader.py`), whose words
the user then sees. A property test holds that both read the same values.
"""

from clockeye_cli.cli.faces import Face, Family
from clockeye_cli.cli.parameters import REQUIRED
from clockeye_cli.cli.root import ALONE, GLOBAL, root
from clockeye_cli.cli.table import member
from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from clockeye_cli.cli.parameters import Parameter
    from clockeye_cli.context import Context


class NotUnderstoodError(Exception):
    """This command line is for Typer."""


def run_if_understood(args: list[str], run: "Context") -> bool:
    """Run a command line that is understood as a whole.

    Args:
        args: As `argv.arrange` returns them.
        run: The run.

    Returns:
        False, with nothing done, if it was not understood.

    Raises:
        ClockeyeError: The command failed.
    """
    try:
        chosen, face, values = read(args)
    except NotUnderstoodError:
        return False
    if root(run, **chosen):
        face.carry_out(run, values)
    return True


def read(args: list[str]) -> "tuple[dict[str, Any], Face, dict[str, Any]]":
    """The values of the global options, the face that is named, and the values of its parameters.

    Raises:
        NotUnderstoodError: The command line has a slip, or needs Typer for another reason.
    """
    words = list(args)
    chosen, _ = _options(GLOBAL, words, only_before_words=True)
    face = _face(words) if words else ALONE
    values, texts = _options(face.parameters, words)
    values |= _arguments(face.parameters, texts)
    return _complete(GLOBAL, chosen), face, _complete(face.parameters, values)


def _face(words: list[str]) -> Face:
    """The face that the first words name; takes these words away."""
    command = member(words.pop(0))
    while isinstance(command, Family):
        command = command.members[words.pop(0)] if words and words[0] in command.members else command.alone
    if command is None:
        raise NotUnderstoodError
    return command


def _options(
    parameters: "dict[str, Parameter]", words: list[str], *, only_before_words: bool = False
) -> "tuple[dict[str, Any], list[str]]":
    """The values of the options, and the words that are none; takes what it reads away."""
    by_name = {name: (key, parameter) for key, parameter in parameters.items() for name in parameter.names}
    values: dict[str, Any] = {}
    lists: dict[str, list[object]] = {}
    texts: list[str] = []
    while words:
        if words[0][:1] != "-" or words[0] == "-":
            if only_before_words:
                break
            texts.append(words.pop(0))
            continue
        name, equals, text = words.pop(0).partition("=")
        key, parameter = by_name.get(name, ("", None))
        if parameter is None or (equals and (parameter.is_flag or name[:2] != "--")):
            raise NotUnderstoodError
        if parameter.is_flag:
            values[key] = name in parameter.declaration.names
            continue
        if not equals:
            if not words or (words[0][:1] == "-" and words[0] != "-"):
                raise NotUnderstoodError
            text = words.pop(0)
        try:
            value = parameter.value(text)
        except ValueError as error:
            raise NotUnderstoodError from error
        if parameter.is_list:
            lists.setdefault(key, []).append(value)
        elif parameter.is_joined and key in values:
            values[key] = f"{values[key]},{value}"
        else:
            values[key] = value
    return values | lists, texts


def _arguments(parameters: "dict[str, Parameter]", texts: list[str]) -> "dict[str, Any]":
    """The values of the arguments; a list takes all that remain."""
    values: dict[str, Any] = {}
    for key, parameter in parameters.items():
        if parameter.names or not texts:
            continue
        if not parameter.declaration.may_be_empty and "" in texts:
            raise NotUnderstoodError
        values[key] = texts if parameter.is_list else texts[0]
        texts = [] if parameter.is_list else texts[1:]
    if texts:
        raise NotUnderstoodError
    return values


def _complete(parameters: "dict[str, Parameter]", values: "dict[str, Any]") -> "dict[str, Any]":
    """The values of all parameters, in their order, with the defaults."""
    complete = {key: values.get(key, parameter.default) for key, parameter in parameters.items()}
    if REQUIRED in complete.values():
        raise NotUnderstoodError
    return complete
