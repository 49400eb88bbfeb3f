"""arrange(): prepares the arguments for the two readers; a pure function.

Global options may appear anywhere and are moved to the front, and so may `--dry-run`, which is moved behind
the words that name the command. `--project` without a value becomes a request to pick one. A time that the
shell has split in two (`--at 9 pm`) is refused, with the form that works; it would otherwise be tracked as 9
in the morning, with "pm" in the description.
"""

from __future__ import annotations

from itertools import pairwise

from clockeye_cli.cli.faces import DRY_RUN, Family
from clockeye_cli.cli.options import COLORS
from clockeye_cli.cli.root import GLOBAL
from clockeye_cli.cli.table import faces, member
from clockeye_cli.core.command_lines import PICK
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT_VALUES = frozenset(name for each in GLOBAL.values() if not each.is_flag for name in each.names)
ROOT_FLAGS = frozenset(name for each in GLOBAL.values() if each.is_flag for name in each.names) - {
    "--version"
}

DRY_RUN_NAMES = frozenset(DRY_RUN["dry_run"].names)

CLUSTERED = frozenset(("-q", "-y"))
"""Flags that people combine with others."""

FOR_ALL = (*COLORS, *([color] for color in COLORS))
"""What `--color` means for all commands, also for one that has an option of that name: `projects edit`."""

NONE: frozenset[str] = frozenset()

TIMES = frozenset(("--at", "--from", "--to"))
PROJECT = frozenset(("-p", "--project"))
ROUND, CONFIGURED = "--round", "configured"
"""The option that may stand without a value, and the value that it has then."""

TIME_WORDS = frozenset(("am", "pm", "ago"))


def arrange(args: list[str]) -> list[str]:
    """The arguments in the form that the readers take.

    Args:
        args: As typed, without the program's name.

    Raises:
        UsageError: An argument is not UTF-8, a global option has no value, or a time has no quotes.
    """
    front: list[str] = []
    rest: list[str] = []
    dry_run: list[str] = []
    words = [_checked(word) for word in args]
    with_value = _options_with_value(words)
    while words:
        words[:1] = _separate(words[0], with_value)
        word = words.pop(0)
        name, equals, value = word.partition("=")
        if word == "--":
            rest += [word, *words]
            break
        is_own = name in with_value and (value if equals else words[:1]) not in FOR_ALL
        root_values = NONE if is_own else ROOT_VALUES
        if word in DRY_RUN_NAMES:
            dry_run = [word]
        elif word in ROOT_FLAGS or (equals and name in root_values):
            front.append(word)
        elif word in root_values:
            if not words:  # once moved to the front, it would take the command as its value
                raise UsageError(
                    f"Option {word!r} requires an argument.", hint="`clockeye --help` explains it."
                )
            front += [word, words.pop(0)]
        elif word[:2] in root_values and len(word) > len("-P") and word[1] != "-":
            front += [word[:2], word[2:]]
        elif alone := _without_value(word, words):
            rest.append(alone)
        elif equals and name in TIMES:
            _refuse_split_time(name, [value, *words])
            rest.append(word)
        elif word in with_value:
            _refuse_split_time(word, words)
            rest += [word, *words[:1]]
            del words[:1]
        else:
            rest.append(word)
    end = _end_of_name(rest) if dry_run else 0
    return [*front, *rest[:end], *dry_run, *rest[end:]]


def _separate(word: str, with_value: frozenset[str]) -> list[str]:
    """An option of one letter apart from what is joined to it: `-qp` as `-q -p`, `-d=Done` as `-d Done`."""
    option, joined = word[:2], word[2:]
    if joined[:1] == "=" and (option in with_value or option in ROOT_VALUES):
        return [option, joined[1:]]  # as gh reads it; with the sign, it would be stored
    return [option, f"-{joined}"] if option in CLUSTERED and joined and joined[0] != "=" else [word]


def _end_of_name(words: list[str]) -> int:
    """How many of the first words name the command: 2 for `projects add`."""
    command = member(words[0]) if words else None
    end = min(len(words), 1)
    while isinstance(command, Family) and words[end:] and words[end] in command.members:
        command, end = command.members[words[end]], end + 1
    return end


def _without_value(word: str, words: list[str]) -> str:
    """An option that may stand alone, with the value that it has then; empty if a value follows."""
    if word == ROUND and not (words and _is_rule(words[0])):
        return f"{ROUND}={CONFIGURED}"
    if word in PROJECT and (not words or words[0].startswith("-")):
        return f"--project={PICK}"
    return ""


def first_word(words: Sequence[str]) -> int | None:
    """The place of the word that names the command; None if there are only options."""
    place = 0
    while place < len(words) and words[place][:1] == "-":
        place += 1 + (words[place] in ROOT_VALUES)
    return place if place < len(words) else None


def _options_with_value(words: list[str]) -> frozenset[str]:
    """The options of the named command that take a value, so that no value is taken for an option."""
    place = first_word(words)
    commands = () if place is None else faces(words[place])
    parameters = [each for face in commands for each in face.parameters.values() if not each.is_flag]
    return frozenset(name for each in parameters for name in each.names)


def asks_for_json(args: list[str]) -> bool:
    """Whether errors are printed as JSON: `--json` or one of its long forms anywhere before `--`."""
    before = args[: args.index("--")] if "--" in args else args
    pairs = pairwise(before)
    return bool({"--json", "-ojson", "-o=json", "--output=json"} & set(before)) or any(
        first in ("-o", "--output") and second == "json" for first, second in pairs
    )


def _refuse_split_time(option: str, words: list[str]) -> None:
    if option not in TIMES:
        return
    for count in (2, 3):
        if len(words) >= count and words[count - 1].lower() in TIME_WORDS and words[0][:1].isdigit():
            whole = " ".join(words[:count])
            raise UsageError(
                f"{option} {whole} needs quotes: the shell splits it at the spaces.",
                hint=f'Type {option} "{whole}", or {option} {"".join(words[:count])}'
                if count == 2 and words[1].lower() != "ago"  # noqa: PLR2004 (a time and am or pm)
                else f'Type {option} "{whole}"',
            )


def _is_rule(word: str) -> bool:
    """Whether a word is meant as a rule for rounding, and is not the period."""
    from clockeye_cli.core.rounding import looks_like_a_rule  # late: few commands round

    return looks_like_a_rule(word)


def _checked(word: str) -> str:
    if any("\ud800" <= letter <= "\udfff" for letter in word):
        raise UsageError(
            f"An argument is not UTF-8: {word.encode(errors='backslashreplace').decode()[:60]!r}.",
            hint="Set the terminal and the locale to UTF-8.",
        )
    return word
