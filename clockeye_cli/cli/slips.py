"""Command lines in the words of other trackers, or with a time where none is read: what was meant."""

from __future__ import annotations

from itertools import pairwise

from clockeye_cli.cli import quick_reader
from clockeye_cli.cli.argv import arrange, first_word
from clockeye_cli.cli.faces import Face, Family
from clockeye_cli.cli.other_trackers import FLAGS, MISSING, PERIODS, our_word
from clockeye_cli.cli.parameters import REQUIRED
from clockeye_cli.cli.root import GLOBAL
from clockeye_cli.cli.table import BY_NAME, member
from clockeye_cli.core.command_lines import command_line
from clockeye_cli.core.duration import quoted
from clockeye_cli.core.nearest import unknown
from clockeye_cli.core.period_words import parse_period
from clockeye_cli.core.times_among_words import span_in_front, time_at_an_end
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clockeye_cli.errors import ClockeyeError

OTHER_FORMS = frozenset((":", "@"))
"""What Timewarrior's forms begin with."""

WITH_ENTRIES = frozenset(("edit", "delete", "resume", "split"))
WITH_TEXT = frozenset(("start", "add"))
ADDS = frozenset(("add", "track", "record", "manual", "insert", "create", "enter", "book"))
NOTES, TAGS = frozenset(("annotate", "note", "comment", "describe")), frozenset(("tag", "retag"))
ENDS = {"start": "--from", "end": "--to"}
"""What Timewarrior's `modify` changes, with our options."""


def unknown_command(
    words: Sequence[str], names: Sequence[str], path: str, options: Sequence[str] = ()
) -> ClockeyeError:
    """The error for a word that is not among the commands `names` of `path`, with what was meant.

    The words of other trackers come first, then the nearest word.

    Args:
        words: The word, and those after it.
        names: The commands.
        path: `clockeye`, or with the command of which they are the subcommands.
        options: The global options before them.
    """
    word, hint = words[0], f"`{path} --help` lists them all."
    above = path.split()[1:]
    if not above and word.lower() in MISSING:
        return UsageError(f"Unknown command {word!r}. {MISSING[word.lower()]}")
    line = _meant([*above, *words], len(above)) if _is_ours(words, names, above) else []
    if line:
        return UsageError(
            f"Unknown command {word!r}. Did you mean {command_line(*options, *line)}?", hint=hint
        )
    return unknown("command", word, names, form=f"`{path} {{}}`", hint=hint)


def _is_ours(words: Sequence[str], names: Sequence[str], above: Sequence[str]) -> bool:
    return bool(our_word(words[0], names, is_member=bool(above))) or (not above and _is_period(words))


def refuse_other_forms(words: Sequence[str]) -> None:
    """Refuse Timewarrior's forms after a command of ours: `log :week`, `delete @1 :yes`.

    Raises:
        UsageError: There is one; the message has the command line that does it here.
    """
    place = first_word(words)
    typed = words[: words.index("--")] if "--" in words else words
    if place is None or words[place] not in BY_NAME or not any(word[:1] in OTHER_FORMS for word in typed):
        return
    if line := _corrected(words):
        form = next(word for word in words if word[:1] in OTHER_FORMS and word not in line)
        raise UsageError(
            f"{quoted(form)} is Timewarrior's, not clockeye's.", hint=f"Did you mean {command_line(*line)}?"
        )


def refuse_span_as_text(args: Sequence[str]) -> None:
    """Refuse `add 9am - 10am Fix it`, whose times are given by no options.

    Raises:
        UsageError: The message has the command line with the options.
    """
    if meant := hint(arrange([*args])):
        raise UsageError("An entry's times are given by options.", hint=meant)


def hint(words: Sequence[str]) -> str:
    """What was likely meant by a command line with a slip, as a sentence; empty if it is unclear."""
    line = _corrected(words)
    return f"Did you mean {command_line(*line)}?" if line else ""


def _corrected(words: Sequence[str]) -> list[str]:
    """A command line of ours with the words after the command in ours; empty if none is better."""
    place = first_word(words)
    if place is None or words[place] not in BY_NAME:
        return []
    rest = [*words[place + 1 :]]
    line = [*words[: place + 1], *_translated("", words[place], rest)]
    return line if line != [*words] and _is_read(line) else []


def global_options(words: Sequence[str]) -> list[str]:
    """The global options at the beginning of a command line."""
    return [*words[: first_word(words)]]


def _is_period(words: Sequence[str]) -> bool:
    from datetime import date

    text = " ".join(_without_options(words))
    try:
        return bool(text) and bool(parse_period(text, date(2026, 11, 20), 0))
    except UsageError:
        return False


def _without_options(words: Sequence[str]) -> list[str]:
    place = next((place for place, word in enumerate(words) if word[:1] == "-"), len(words))
    return [*words[:place]]


def _meant(words: Sequence[str], place: int) -> list[str]:
    """The command line that was meant, as far as it is clear; empty if not even the command is.

    Args:
        words: The command line.
        place: Where the word is that may not be ours: a command, or a subcommand.
    """
    before, word, rest = [*words[:place]], words[place].lower(), [*words[place + 1 :]]
    if place and before and before[0] in BY_NAME:
        command = [*before, our_word(word, _members(member(before[0]), before[1:]), is_member=True)]
        before = []
    elif word in ADDS and span_in_front(rest):
        command = ["add"]
    else:
        command = our_word(word, BY_NAME).split() or ["report", *_without_options(words[place:])]
        rest = rest if our_word(word, BY_NAME) else [*words[place + len(command) - 1 :]]
    lines = ([*command, *_translated(word, command[0], rest)], command, _with_required(command))
    return next(([*before, *line] for line in lines if _is_read([*before, *line])), [])


def _members(command: Face | Family | None, below: Sequence[str]) -> list[str]:
    for name in below:
        command = command.members.get(name) if isinstance(command, Family) else None
    return [*command.members] if isinstance(command, Family) else []


def _translated(word: str, command: str, rest: list[str]) -> list[str]:
    """The words after a command, in our words."""
    if command == "add" and (span := span_in_front(rest)):
        return [*span.options, *span.rest]
    rest = [*_of_words(command, rest)]
    plain = _without_options(rest)
    if command in {"start", "stop", "resume", "split"} and (time := time_at_an_end(plain)):
        rest, plain = ["--at", time.when, *time.rest, *rest[len(plain) :]], []
        if command == "stop":
            return [*rest[:2], *_as_options(time.rest), *rest[2 + len(time.rest) :]]
        return rest if command != "split" else [*time.rest, "--at", time.when]
    if command == "stop":
        return [*_as_options(plain), *rest[len(plain) :]]
    if command == "edit" and word and plain:
        return _of_edit(word, plain)
    return rest


def _of_words(command: str, rest: Sequence[str]) -> Iterator[str]:
    """Each word in ours: `:week` is a period, `@1` an entry, `:yes` an option. Values of options stay."""
    face = member(command)
    parameters = [*(face.parameters.values() if isinstance(face, Face) else ()), *GLOBAL.values()]
    names = {name: each for each in parameters for name in each.names}
    end = rest.index("--") if "--" in rest else len(rest)
    for before, each in pairwise(["", *rest[:end]]):
        lower = each.lower()
        if before in names and not names[before].is_flag:
            yield each
        elif lower in FLAGS:
            yield from [option for option in FLAGS[lower] if option.partition("=")[0] in names][:1]
        elif lower in PERIODS and command not in WITH_TEXT:
            yield from PERIODS[lower].split()
        elif command in WITH_ENTRIES and each[:1] in {"@", "-"} and each[1:].isdigit():
            yield "last" if int(each[1:9]) <= 1 else f"last-{int(each[1:9]) - 1}"
        elif each[:1] == "@" and each[1:].isdigit() and command not in WITH_TEXT:
            continue
        else:
            yield each
    yield from rest[end:]


def _as_options(words: Sequence[str]) -> list[str]:
    """The words after `stop` as its options: `+bug` is a tag, other words are a description."""
    tags = [word for word in words if word[:1] == "+" and word[1:2].isalpha()]
    text = " ".join(word for word in words if word not in tags)
    return [*(["-d", text] if text else []), *(part for tag in tags for part in ("-t", tag[1:]))]


def _of_edit(word: str, plain: list[str]) -> list[str]:
    """`tag @1 bug`, `annotate @1 Fix it`, `modify start @1 9am`, in the options of `edit`."""
    option = ENDS.get(plain[0]) if word == "modify" else None
    words = plain[1:] if option else plain
    entry = words.pop(0) if words[:1] and words[0].startswith("last") else "last"
    if option:
        return [entry, option, " ".join(words)]
    if word in TAGS:
        return [entry, *(part for tag in words for part in ("-t", tag.lstrip("+#")))]
    return [entry, "-d", " ".join(words)] if word in NOTES else [entry]


def _with_required(command: list[str]) -> list[str]:
    """A command with the placeholders of what it needs: `delete ENTRY`."""
    face = member(command[0])
    for name in command[1:]:
        face = face.members.get(name) if isinstance(face, Family) else face
    parameters = face.parameters.values() if isinstance(face, Face) else ()
    needed = [each for each in parameters if each.default is REQUIRED]
    words = [[*each.names[:1], each.declaration.metavar.strip("[].…")] for each in needed]
    return [*command, *(part for each in words for part in each)]


def _is_read(words: Sequence[str]) -> bool:
    """Whether a command line is well-formed, except that its values may be wrong."""
    try:
        if words[:1] == ["--version"]:
            return len(words) == 1
        quick_reader.read(arrange([*words]))
    except (quick_reader.NotUnderstoodError, UsageError):
        return False
    return True
