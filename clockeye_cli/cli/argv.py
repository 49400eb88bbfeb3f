"""What happens to the arguments before Typer reads them: one pure function.

Options for all commands may stand anywhere and are brought to the front. `--project` without a value becomes
a wish to pick one. A time that the shell has cut in two (`--at 9 pm`) is refused, with the form that works;
it would otherwise be tracked as 9 in the morning, with "pm" in the description.
"""

from __future__ import annotations

from itertools import pairwise

from clockeye_cli.core.selection import PICK
from clockeye_cli.errors import UsageError

ROOT_FLAGS = frozenset(("-q", "--quiet", "--no-input", "--debug", "--json"))
ROOT_VALUES = frozenset(("-P", "--profile", "-o", "--output", "--color"))

CLUSTERED = frozenset(("-q", "-y"))
"""Flags that people write together with others."""

TIMES = frozenset(("--at", "--from", "--to"))
PROJECT = frozenset(("-p", "--project"))

VALUES = PROJECT.union(
    ("-d", "--description", "-t", "--tag", "--at", "--from", "--to", "--for", "--gap", "--key"),
    ("--format", "--shell", "--not-project", "--search", "--period", "--by", "--source", "--columns"),
    ("-n", "--count", "--port", "--host", "--data", "--limits", "--faults", "--public-url"),
    ("--permissions", "--user", "--role", "--keep", "--is", "-X", "--method", "-f", "--field"),
    ("-F", "--typed-field", "--input", "--save", "--max", "--idle", "--download", "--adopt-project"),
)
"""Every option that takes a value, so that no value is taken for an option; a test compares with the app."""

TIME_WORDS = frozenset(("am", "pm", "ago"))


def arrange(args: list[str]) -> list[str]:
    """The arguments as Typer is to read them.

    Args:
        args: As typed, without the program's name.

    Raises:
        UsageError: One is no UTF-8, an option for all commands lacks its value, or a time its quotes.
    """
    front: list[str] = []
    rest: list[str] = []
    left = [_checked(word) for word in args]
    while left:
        if left[0][:2] in CLUSTERED and len(left[0]) > len("-q") and left[0][2] != "=":
            left[:1] = [left[0][:2], f"-{left[0][2:]}"]  # -qp web: -q -p web
        word = left.pop(0)
        name, equals, value = word.partition("=")
        if word == "--":
            rest += [word, *left]
            break
        if word in ROOT_FLAGS or (equals and name in ROOT_VALUES):
            front.append(word)
        elif word in ROOT_VALUES:
            if not left:  # brought to the front, it would take the command for its value
                raise UsageError(
                    f"Option {word!r} requires an argument.", hint="`clockeye --help` explains it."
                )
            front += [word, left.pop(0)]
        elif word[:2] in ROOT_VALUES and len(word) > len("-P") and word[1] != "-":
            front += [word[:2], word[2:]]
        elif word in PROJECT and (not left or left[0].startswith("-")):
            rest.append(f"--project={PICK}")
        elif equals and name in TIMES:
            _refuse_cut_time(name, [value, *left])
            rest.append(word)
        elif word in VALUES:
            _refuse_cut_time(word, left)
            rest += [word, *left[:1]]
            del left[:1]
        else:
            rest.append(word)
    return front + rest


def asks_for_json(args: list[str]) -> bool:
    """Whether failures are to be told as JSON: `--json` or its long forms anywhere before `--`."""
    before = args[: args.index("--")] if "--" in args else args
    pairs = pairwise(before)
    return bool({"--json", "-ojson", "--output=json"} & set(before)) or any(
        first in ("-o", "--output") and second == "json" for first, second in pairs
    )


def _refuse_cut_time(option: str, left: list[str]) -> None:
    if option not in TIMES:
        return
    for words in (2, 3):
        if len(left) >= words and left[words - 1].lower() in TIME_WORDS and left[0][:1].isdigit():
            whole = " ".join(left[:words])
            raise UsageError(
                f"{option} {whole} needs quotes: the shell hands it over in pieces.",
                hint=f'Type {option} "{whole}", or {option} {"".join(left[:words])}'
                if words == 2 and left[1].lower() != "ago"  # noqa: PLR2004 (a time and am or pm)
                else f'Type {option} "{whole}"',
            )


def _checked(word: str) -> str:
    if any("\ud800" <= letter <= "\udfff" for letter in word):
        raise UsageError(
            f"An argument is not UTF-8: {word.encode(errors='backslashreplace').decode()[:60]!r}.",
            hint="Set the terminal and the locale to UTF-8.",
        )
    return word
