"""How much was worked on each day, in five levels, as a calendar shows it."""

from __future__ import annotations

from clockeye_cli.core.duration import whole_minutes
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date


class DayLevels(NamedTuple):
    """The limits between the levels, in seconds: under the first, under the second, up to the third, over it.

    Attributes:
        limits: The three limits.
        is_target: Whether the third is the time to work on a day, and not the third quartile.
    """

    limits: tuple[int, int, int]
    is_target: bool

    def of(self, seconds: int) -> int:
        """The level of a day: 0 for none, 1 to 4."""
        first, second, third = self.limits
        if not self.is_target:
            return 0 if not seconds else 1 + (seconds > first) + (seconds > second) + (seconds > third)
        return 0 if not seconds else 1 + (seconds >= first) + (seconds >= second) + (seconds > third)

    def legend(self) -> list[str]:
        """What each level means, from 0 to 4."""
        first, second, third = map(whole_minutes, self.limits)
        word = "under" if self.is_target else "up to"
        target = ", the target" if self.is_target else ""
        return ["none", f"{word} {first}", f"{word} {second}", f"up to {third}{target}", "over it"]


def levels(seconds: Collection[int], target: int) -> DayLevels:
    """The levels of days: by quarters of the time to work, or by quartiles if none is set.

    Args:
        seconds: The time of each day.
        target: The seconds to work on a day; 0 for none.
    """
    if target:
        return DayLevels((target // 4, target * 3 // 4, target), True)
    worked = sorted(filter(None, seconds)) or [0]
    first, second, third = (worked[(len(worked) - 1) * part // 4] for part in (1, 2, 3))
    return DayLevels((first, second, third), False)


def longest_run(days: Sequence[date]) -> int:
    """The most days in a row.

    Args:
        days: Days in order, each once.
    """
    longest = run = 0
    before = 0
    for day in days:
        run = run + 1 if day.toordinal() == before + 1 else 1
        before = day.toordinal()
        longest = max(longest, run)
    return longest
