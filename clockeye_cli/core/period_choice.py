"""The one period that the arguments of a command choose: its words, a flag, or `--from` and `--to`."""

from __future__ import annotations

from clockeye_cli.core.duration import quoted
from clockeye_cli.core.period import days
from clockeye_cli.core.period_words import parse_day, parse_period
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from clockeye_cli.core.period import Period


def choose_period(
    *,
    words: str = "",
    flag: str = "",
    option: str = "",
    first: str = "",
    last: str = "",
    default: str,
    today: date,
    week_start: int,
) -> Period:
    """The period that the arguments of a command choose; empty ones were not given.

    Args:
        words: The plain words, joined by spaces.
        flag: The name of a flag, `last-week` for `--last-week`.
        option: The value of `--period`.
        first: The value of `--from`; without `last` it runs to today.
        last: The value of `--to`: a weekday, or a date without its year, is the first at or after `first`.
        default: The period if none was given, in the same words.
        today: Today, by `day_start` (`DayRule.day_of`).
        week_start: The weekday that a week begins with, 0 Monday to 6 Sunday.

    Raises:
        UsageError: Two were given, one is not understood, or the period ends before it begins.
    """
    given = [
        name
        for value, name in (
            (words, quoted(words)),
            (flag, f"--{flag}"),
            (option, f"--period {quoted(option)}"),
            (first or last, f"--from {quoted(first)}" if first else f"--to {quoted(last)}"),
        )
        if value
    ]
    if len(given) > 1:
        raise UsageError(f"Two periods were given: {given[0]} and {given[1]}.", hint="Leave one of them out.")
    if first or last:
        return _from_to(first, last, today)
    return parse_period(words or flag or option or default, today, week_start)


def _from_to(first: str, last: str, today: date) -> Period:
    if not first:
        raise UsageError(f"--to {quoted(last)} needs --from.", hint="Add --from DAY.")
    begin = parse_day(first, today)
    end = parse_day(last, today, begin=begin) if last else today
    if end < begin:
        whose = "" if last else " (today)"
        raise UsageError(
            f"The period from {begin} to {end}{whose} ends before it begins.",
            hint="Swap --from and --to." if last else f"Add --to, as in: --from {begin} --to {begin}",
        )
    return days(begin, end)
