"""A day as a strip: which work fills each piece of an hour, and the letters that stand for projects."""

from __future__ import annotations

from collections import Counter

from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LEAST_HOURS = 8
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


class Stretch(NamedTuple):
    """Time that was tracked.

    Attributes:
        started_at: An instant.
        ended_at: An instant.
        mark: The letter of its project.
        slot: The colour of its project (`core/palette.py`); None without one.
    """

    started_at: int
    ended_at: int
    mark: str
    slot: int | None


class Strip(NamedTuple):
    """The hours of a day that are shown, and what was tracked in them.

    Attributes:
        hours: The instant at which each hour begins, and what the clock shows then, 0 to 23.
        end: The instant at which the last one ends.
        stretches: The tracked time of the day.
    """

    hours: Sequence[tuple[int, int]]
    end: int
    stretches: Sequence[Stretch]

    @classmethod
    def of(
        cls,
        hours: Sequence[tuple[int, int]],
        end: int,
        first: int,
        last: int,
        stretches: Sequence[Stretch],
    ) -> Strip:
        """The strip of a day from an hour to another.

        Args:
            hours: All hours of the day.
            end: The end of the day, an instant.
            first: The place of the first hour that is shown.
            last: The place of the one after the last.
            stretches: The tracked time of the day.
        """
        return cls(hours[first:last], hours[last][0] if last < len(hours) else end, stretches)

    def pieces(self, parts: int) -> list[Stretch | None]:
        """What fills most of each piece of the hours, or None; there are `parts` of equal length in each."""
        ends = [*(at for at, _ in self.hours[1:]), self.end]
        return [
            self._most(at + (end - at) * part // parts, at + (end - at) * (part + 1) // parts)
            for (at, _), end in zip(self.hours, ends, strict=True)
            for part in range(parts)
        ]

    def _most(self, start: int, end: int) -> Stretch | None:
        """What fills most of a span; None if half of it or more is empty."""
        filled: Counter[Stretch] = Counter()
        for each in self.stretches:
            if (seconds := min(end, each.ended_at) - max(start, each.started_at)) > 0:
                filled[each._replace(started_at=0, ended_at=0)] += seconds
        if 2 * filled.total() < end - start or not filled:
            return None
        return filled.most_common(1)[0][0]


def window(hours: Sequence[tuple[int, int]], stretches: Sequence[Stretch]) -> tuple[int, int]:
    """The hours of a day to show: from the one before the first that was used to the last, at least eight.

    Args:
        hours: All hours of the day, as `DayRule.hours` gives them.
        stretches: The tracked time of the day, at least one.

    Returns:
        The places of the first, and of the one after the last.
    """
    first_at = min(each.started_at for each in stretches)
    last_at = max(each.ended_at for each in stretches)
    first = max(0, sum(at <= first_at for at, _ in hours) - 2)
    last = min(max(sum(at < last_at for at, _ in hours), first + LEAST_HOURS), len(hours))
    return max(0, min(first, len(hours) - LEAST_HOURS)), last


def letters(names: Iterable[str]) -> dict[str, str]:
    """A letter for each name that no name before it has, one of the name if possible.

    Args:
        names: The names of projects, the largest first.
    """
    marks: dict[str, str] = {}
    for name in names:
        own_letters = [letter for letter in name.casefold() if letter.isascii() and letter.isalnum()]
        free = [letter for letter in [*own_letters, *LETTERS] if letter not in marks.values()]
        marks[name] = free[0] if free else "?"
    return marks


def untracked(stretches: Sequence[Stretch]) -> int:
    """The seconds between the first start and the last end in which nothing was tracked."""
    gaps, reached = 0, stretches[0].started_at
    for each in sorted(stretches):
        gaps += max(0, each.started_at - reached)
        reached = max(reached, each.ended_at)
    return gaps
