"""Suggests what was meant by a command line in the words of other trackers, or with a misplaced time."""

from __future__ import annotations

from clockeye_cli.cli import misread, quick_reader
from clockeye_cli.cli.argv import arrange, first_word
from clockeye_cli.cli.faces import Face, Family
from clockeye_cli.cli.other_commands import NOUNS, of_other_command, of_setting
from clockeye_cli.cli.other_trackers import ALONE_OPTIONS, IN_FRONT, MISSING, PERIODS, our_word
from clockeye_cli.cli.parameters import REQUIRED
from clockeye_cli.cli.table import BY_NAME, member
from clockeye_cli.cli.translation import translated, without_options
from clockeye_cli.core.command_lines import PICK, command_line
from clockeye_cli.core.duration import quoted
from clockeye_cli.core.nearest import nearest, unknown
from clockeye_cli.core.period_words import parse_period
from clockeye_cli.core.times_among_words import span_at_an_end
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clockeye_cli.errors import ClockeyeError

MAY_BE_SLIPS = {
    "add": ("usage",),
    "edit": ("usage", "entry_not_found"),
    "resume": ("entry_not_found",),
    "log": ("period_not_understood",),
    "report": ("period_not_understood",),
    "tags": ("period_not_understood",),
}
"""The codes of errors that may come from words that should have been options, by command."""

OTHER_FORMS = frozenset((":", "@"))
"""What Timewarrior's forms begin with."""

ADD = ["add", "DESCRIPTION", "--from", "WHEN", "--to", "WHEN"]
ADDS = frozenset(("add", "track", "record", "manual", "insert", "create", "enter", "book"))


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
    if not above and word.lower() in PERIODS:
        line = ["report", *translated("", "report", [*words])]
    else:
        typed = [*above, *words]
        line = _meant(typed, len(above)) if _is_ours(words, names, above) else _corrected(typed)
    if line:
        return UsageError(
            f"Unknown command {word!r}. Did you mean {command_line(*options, *line)}?", hint=hint
        )
    form = f"`{path} {{}}`"
    whole = [*above, nearest(word, names), *words[1:]]
    if above != ["auth"] and _is_read(whole):  # a key may be among the words after `auth`
        form = command_line(*options, *whole).replace("{", "{{").replace("}", "}}")
    return unknown("command", word, names, form=form, hint=hint)


def unknown_topic(word: str, topics: Sequence[str], above: str) -> ClockeyeError:
    """The error for a word that `help` or `man` does not explain, with the command that it means.

    Args:
        word: The word.
        topics: The topics that are no commands.
        above: The command that was asked: `help`.
    """
    kind = "command or topic" if topics else "command"
    if word.lower() in MISSING:
        return UsageError(f"Unknown {kind} {word!r}. {MISSING[word.lower()]}")
    hint = "`clockeye --help` lists the commands."
    if topics:
        hint = f"Topics are {', '.join(topics)}; {hint}"
    ours = our_word(word, BY_NAME).split(" ")
    if ours[0] in BY_NAME and not any(topic.startswith(word.lower()) for topic in topics):
        known = ours if topics and ours[1:] and ours[1] in _members(member(ours[0]), []) else ours[:1]
        line = command_line(above, *known)
        return UsageError(f"Unknown {kind} {word!r}. Did you mean {line}?", hint=hint)
    return unknown(kind, word, [*topics, *BY_NAME], form=f"`clockeye {above} {{}}`", hint=hint)


def _is_ours(words: Sequence[str], names: Sequence[str], above: Sequence[str]) -> bool:
    if above == ["config"] and _is_setting(words[0]):
        return True
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
    line = _corrected(words)
    form = next((word for word in typed if word[:1] in OTHER_FORMS and word not in line), "")
    if line and form:  # `start 9am @home` has another slip, and the word is a text
        is_project = form[0] == "@" and form[1:2].isalpha()
        owner = "not a period" if is_project else "Timewarrior's, not clockeye's"
        raise UsageError(f"{quoted(form)} is {owner}.", hint=f"Did you mean {command_line(*line)}?")


def explain(error: ClockeyeError, args: Sequence[str]) -> None:
    """Put what was likely meant into the hint of an error that the words after a command have caused."""
    place = first_word(args)
    command = args[place] if place is not None else ""
    if error.code in MAY_BE_SLIPS.get(command, ()) and (meant := hint(args)):
        error.hint = meant
    elif error.code in misread.CODES and (line := misread.reworded(args)) and _is_read(line):
        error.hint = f"Did you mean {command_line(*line)}?"
    elif error.code == "period_not_understood" and (line := misread.of_project(args)) and _is_read(line):
        error.hint += f" A project is named by -p: {command_line(*line)}"


def hint(words: Sequence[str]) -> str:
    """What was likely meant by a command line with a slip, as a sentence; empty if it is unclear."""
    line = _corrected(words) or _with_our_options_in_front(words)
    return f"Did you mean {command_line(*line)}?" if line else ""


def _with_our_options_in_front(words: Sequence[str]) -> list[str]:
    """`-v` as `--version`, and `--verbose status` as `--debug status`; empty if that is not well-formed."""
    place = first_word(words)
    front = words[:place]
    ours = IN_FRONT if place is not None else IN_FRONT | ALONE_OPTIONS
    line = [*(ours.get(word, word) for word in front), *([] if place is None else words[place:])]
    return line if line != [*words] and _is_read(line) else []


def _corrected(words: Sequence[str]) -> list[str]:
    """Our command line, with the words after the command translated; empty if that is no better."""
    place = first_word(words)
    if place is None or words[place] not in BY_NAME:
        return []
    rest = [*words[place + 1 :]]
    line = [*words[: place + 1], *translated("", words[place], rest)]
    if other := of_other_command(words[place], rest):
        line = [*words[:place], *other]
    is_half = "--to" in line and "--from" not in line and words[place] not in {"add", "edit"}
    if line == [*words] or is_half or any(PICK in word for word in words):
        return []
    return next((each for each in (line, _with_required(line, place)) if _is_read(each)), [])


def global_options(words: Sequence[str]) -> list[str]:
    """The global options at the beginning of a command line."""
    return [*words[: first_word(words)]]


def _is_period(words: Sequence[str]) -> bool:
    from datetime import date

    text = " ".join(without_options(words))
    try:
        return bool(text) and bool(parse_period(text, date(2026, 11, 20), 0))
    except UsageError:
        return False


def _meant(words: Sequence[str], place: int) -> list[str]:
    """The command line that was meant, as far as it is clear; empty if not even the command is.

    Args:
        words: The command line.
        place: Where the word is that may not be ours: a command, or a subcommand.
    """
    before, word, rest = [*words[:place]], words[place].lower(), [*words[place + 1 :]]
    if before == ["config"] and _is_setting(word):
        command, before, rest = ["config", *of_setting(words[place:])], [], []
    elif place and before and before[0] in BY_NAME:
        command = [*before, our_word(word, _members(member(before[0]), before[1:]), is_member=True)]
        before = []
    elif line := _of_noun(word, rest[:1]):
        command, rest = line, rest[1:]
    elif word in ADDS and span_at_an_end(without_options(rest)):
        command = ["add"]
    else:
        command = our_word(word, BY_NAME).split() or ["report", *without_options(words[place:])]
        rest = rest if our_word(word, BY_NAME) else [*words[place + len(command) - 1 :]]
    whole = [*command, *translated(word, command[0], rest)]
    if command == ["add"] and not {"--from", "--to", "--for"} & {*whole}:
        whole = command = ADD
    if command[0] in {"log", "report"} and without_options(whole[1:]) and not _is_period(whole[1:]):
        whole = command
    lines = (whole, command, _with_required(command))
    return next(([*before, *line] for line in lines if _is_read([*before, *line])), [])


def _is_setting(word: str) -> bool:
    from clockeye_cli.commands.config.cells import is_setting  # late: few slips are about settings

    return is_setting(word.partition("=")[0])


def _of_noun(verb: str, rest: Sequence[str]) -> list[str]:
    """The command that a verb before a noun means: `rename tag`, `list projects`, `show current`."""
    word = rest[0].lower() if rest else ""
    if word == "current" and our_word(verb, BY_NAME) == "log":
        return ["status"]
    noun = NOUNS.get(word.removesuffix("s"), "")
    members = _members(member(noun), []) if noun else []
    ours = verb if verb in members else our_word(verb, members, is_member=True)
    return [noun, ours] if ours else []


def _members(command: Face | Family | None, below: Sequence[str]) -> list[str]:
    for name in below:
        command = command.members.get(name) if isinstance(command, Family) else None
    return [*command.members] if isinstance(command, Family) else []


def _with_required(line: list[str], place: int = 0) -> list[str]:
    """A command line with the placeholders of what its command needs: `delete ENTRY`, `delete -y ENTRY`."""
    face = member(line[place])
    for name in line[place + 1 :]:
        face = face.members.get(name, face) if isinstance(face, Family) else face
    parameters = face.parameters.values() if isinstance(face, Face) else ()
    needed = [each for each in parameters if each.default is REQUIRED]
    words = [[*each.names[:1], each.declaration.metavar.strip("[].…")] for each in needed]
    return [*line, *(part for each in words for part in each)]


def _is_read(words: Sequence[str]) -> bool:
    """Whether a command line is well-formed, except that its values may be wrong."""
    try:
        if words[:1] == ["--version"]:
            return len(words) == 1
        quick_reader.read(arrange([*words]))
    except (quick_reader.NotUnderstoodError, UsageError):
        return False
    return True
