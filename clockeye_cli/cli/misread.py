"""Suggests a command line with another time, duration or period in place of one that was refused."""

from __future__ import annotations

from datetime import date

from clockeye_cli.cli.argv import first_word
from clockeye_cli.cli.faces import Face, Family
from clockeye_cli.cli.table import member
from clockeye_cli.cli.translation import without_options
from clockeye_cli.core.duration import parse_duration
from clockeye_cli.core.move import parse_move
from clockeye_cli.core.period_words import parse_day, parse_period
from clockeye_cli.core.rephrasing import FILLERS, rephrased
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.core.when import parse_when
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

CODES = frozenset(("time_not_understood", "duration_not_understood", "period_not_understood"))
"""The codes of the errors that such a command line ends with."""

ANY_DAY = date(2026, 11, 20)
"""Which words are a period does not depend on today."""

NOT_PROJECTS = frozenset(("tomorrow", "next", "soon", "every", "later"))
"""Words of periods that are not understood, rather than names."""

PARSERS: dict[str, Callable[[str], object]] = {
    "WHEN": parse_when,
    "DURATION": parse_duration,
    "DAY": lambda text: parse_day(text, ANY_DAY),
    "DURATION|DAY": parse_move,
    "PERIOD": lambda text: parse_period(text, ANY_DAY, 0),
}
"""What parses the value of a placeholder, or raises UsageError."""


def reworded(args: Sequence[str]) -> list[str]:
    """A command line with each refused value in the words that were likely meant; empty if it is unclear."""
    place = first_word(args)
    if place is None:
        return []
    command, below = member(args[place]), place + 1
    while isinstance(command, Family):
        word = args[below] if below < len(args) else ""
        below += word in command.members
        command = command.members.get(word, command.alone)
    line = [*args[:below], *_of_face(command, [*args[below:]])] if command else []
    return line if line != [*args] else []


def of_project(args: Sequence[str]) -> list[str]:
    """A command line with the one word that is no period as a project: `report web november`; else empty."""
    place = first_word(args) or 0
    words, rest = without_options(args[place + 1 :]), args[place + 1 :]
    named = [word for word in words if word.lower() not in FILLERS | {"project"}]
    for name, period in ((named[-1:], named[:-1]), (named[:1], named[1:])):
        is_name = bool(name) and name[0].isalpha() and not _is_understood("PERIOD", name[0])
        if is_name and name[0] not in NOT_PROJECTS and _is_understood("PERIOD", " ".join(period) or "all"):
            return [*args[: place + 1], *period, "-p", *name, *rest[len(words) :]]
    return []


def _of_face(face: Face, rest: list[str]) -> list[str]:
    """The words after a command, with the values of its options and its period in other words."""
    by_name = {name: each for each in face.parameters.values() for name in each.names}
    plain: list[int] = []
    place = 0
    while place < len(rest) and rest[place] != "--":
        name, equals, value = rest[place].partition("=")
        parameter = by_name.get(name)
        if parameter is None or parameter.is_flag:
            plain += [place] if rest[place][:1] != "-" or rest[place] == "-" else []
        elif equals:
            rest[place] = f"{name}={_other(parameter.declaration.metavar, value)}"
        elif place + 1 < len(rest):
            place += 1
            rest[place] = _other(parameter.declaration.metavar, rest[place])
        place += 1
    arguments = [each.declaration.metavar for each in face.parameters.values() if not each.names]
    if "[PERIOD]" in arguments and (words := plain[arguments.index("[PERIOD]") :]):
        typed = " ".join(rest[each] for each in words)
        period = _other("PERIOD", typed).split()
        if period == typed.split():
            return rest
        others = [word for each, word in enumerate(rest) if each not in words]
        return [*others[: words[0]], *period, *others[words[0] :]]
    return rest


def _other(placeholder: str, value: str) -> str:
    """A value in other words if its placeholder's parser refuses it."""
    if _is_understood(placeholder, value):
        return value
    return rephrased(value, PARSERS[placeholder]) or value


def _is_understood(placeholder: str, value: str) -> bool:
    try:
        PARSERS.get(placeholder, str)(value)
    except UsageError:
        return False
    return True
