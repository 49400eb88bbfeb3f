"""What a time, a duration or a period that is refused most likely means."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clockeye_cli.core.duration import parse_duration
from clockeye_cli.core.period_words import parse_period
from clockeye_cli.core.rephrasing import OTHER_WORDS, PHRASES, rephrased
from clockeye_cli.core.when import parse_when
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable


def period(text: str) -> object:
    return parse_period(text, date(2026, 11, 20), 0)


@pytest.mark.parametrize(
    ("parse", "text", "meant"),
    [
        (parse_when, "yesteday 9", "yesterday 9"),
        (parse_when, "two hours ago", "2 hours ago"),
        (parse_when, "an hour ago", "1 hour ago"),
        (parse_when, "half an hour ago", "30m ago"),
        (parse_when, "2026/11/20 9:00", "2026-11-20 9:00"),
        (parse_when, "9 o'clock", "9"),
        (parse_when, "at 9", "9"),
        (parse_when, "9:15 p.m.", "9:15 pm"),
        (parse_when, "9 a.m.", "9 am"),
        (parse_when, "9h", "9"),
        (parse_when, "9:15h", "9:15"),
        (parse_when, "nine", "9"),
        (parse_when, "this morning", ""),
        (parse_when, "Monday, 9:00", "monday 9:00"),
        (parse_when, "Fri 20 Nov 9:00", "20 nov 9:00"),
        (parse_when, "friday 20 nov 9:00", "20 nov 9:00"),
        (parse_when, "20.11 9:00", ""),
        (parse_when, "2026-11-20, 9:00", "2026-11-20 9:00"),
        (parse_when, "2026-11-20 09:00 UTC", "2026-11-20 09:00z"),
        (parse_when, "2026-11-20 09:00:00 CET", ""),
        (parse_when, "9:00 UTC", ""),
        (parse_when, "12 noon", "noon"),
        (parse_when, "24:00", ""),
        (parse_when, "last night 23:00", ""),
        (parse_when, "tonight 20:00", "today 20:00"),
        (parse_when, "a minute ago", "1 minute ago"),
        (parse_when, "just now", "now"),
        (parse_when, "15 minutes", "15 minutes ago"),
        (parse_when, "-15", "-15m"),
        (parse_when, "15m", "15m ago"),
        (parse_when, "1795161600", ""),
        (parse_when, "1h ago yesterday", ""),
        (parse_when, "9am 2 days ago", "2 days ago 9am"),
        (parse_when, "day before yesterday 9:00", "2 days ago 9:00"),
        (parse_when, "9:00-", ""),
        (parse_when, "09.00 Uhr", "09.00"),
        (parse_when, "9:00 o'clock", "9:00"),
        (parse_when, "quarter past 9", "9:15"),
        (parse_when, "half past 9", "9:30"),
        (parse_when, "9,15", "9:15"),
        (parse_when, "9;15", "9:15"),
        (parse_when, "9 P.M.", "9 pm"),
        (parse_when, "@9", ""),
        (parse_when, "5 min", "5 min ago"),
        (parse_when, "earlier", ""),
        (parse_when, "yesterday morning", ""),
        (parse_duration, "two hours", "2 hours"),
        (parse_duration, "an hour", "1 hour"),
        (parse_duration, "an hour and a half", "1h30"),
        (parse_duration, "1 hour and 30 minutes", "1 hour 30 minutes"),
        (parse_duration, "half an hour", "30m"),
        (parse_duration, "half hour", "30m"),
        (parse_duration, "1:30h", "1:30"),
        (parse_duration, "1 1/2 h", ""),
        (parse_duration, "90", ""),
        (parse_duration, "1 week", ""),
        (parse_duration, ".5h", "0.5h"),
        (parse_duration, "0.5", "0.5h"),
        (parse_duration, "15'", ""),
        (parse_duration, "1½h", ""),
        (parse_duration, "45 min.", "45 min"),
        (parse_duration, "1h, 30m", "1h 30m"),
        (period, "yesteday", "yesterday"),
        (period, "yestreday", "yesterday"),
        (period, "lst week", "last week"),
        (period, "las week", "last week"),
        (period, "novembr", "november"),
        (period, "2026/11/10", "2026-11-10"),
        (period, "11/10", ""),
        (period, "ytd", "year"),
        (period, "year to date", "year"),
        (period, "past week", "last week"),
        (period, "past 7 days", "last 7 days"),
        (period, "previous month", "last month"),
        (period, "last weekend", "last saturday to sunday"),
        (period, "weekend", "saturday to sunday"),
        (period, "the week of nov 10", "week of nov 10"),
        (period, "until friday", ""),
        (period, "before monday", ""),
        (period, "tomorrow", ""),
        (period, "3 days", "last 3 days"),
        (period, "7d", "last 7 days"),
        (period, "last fortnight", "last 2 weeks"),
        (period, "first half of november", ""),
        (period, "october 2025 to now", "october 2025 to today"),
        (period, "mon..", "since mon"),
        (period, "..fri", ""),
        (period, "nov 10 - 12", "nov 10-12"),
        (period, "2026-11-10 until 2026-11-12", "2026-11-10 to 2026-11-12"),
        (period, "2026-11-10 through 2026-11-12", "2026-11-10 to 2026-11-12"),
        (period, "H1", "q1 to q2"),
        (period, "Mon 9 Nov 2026", "9 nov 2026"),
        (period, "Monday, 9 November 2026", "9 november 2026"),
        (period, "9th of november", "9th november"),
        (period, "day before yesterday", "2 days ago"),
        (period, "current week", "this week"),
        (period, "two weeks ago", "2 weeks ago"),
        (period, "last two weeks", "last 2 weeks"),
        (period, "a week ago", "1 week ago"),
        (period, "Q3/2026", "2026-q3"),
        (period, "2026Q3", "2026-q3"),
        (period, "2026W46", "2026-w46"),
        (period, "202611", "2026-11"),
        (period, "20261110", "2026-11-10"),
        (period, "between mon and wed", "mon to wed"),
        (period, "from monday", "since monday"),
        (period, "web", ""),
        (period, "design", ""),
        (period, "acme", ""),
        (period, "mary", "may"),
        (period, "team", ""),
        (period, "website", ""),
        (period, "login", ""),
        (period, "2 wks", "last 2 weeks"),
        (period, "last wk", "last week"),
        (period, "thisweek", "this week"),
        (period, "lastweek", "last week"),
        (period, "last_week", "last week"),
        (period, "mondy", "monday"),
        (period, "tusday", "tuesday"),
        (period, "wednsday", "wednesday"),
        (period, "febuary", "february"),
        (period, "nov 31", ""),
        (period, "in november", "november"),
        (period, "november to date", "since november"),
        (period, "10/11/2026", ""),
        (period, "10.11.26", ""),
        (period, "last 2 work days", ""),
        (period, "every day", ""),
        (period, "next week", ""),
        (period, "week ago", "1 week ago"),
        (period, "last  hour", ""),
        (period, "last 24 hours", ""),
        (period, "w46-47", ""),
        (period, "kw46", ""),
        (period, "kw 46", ""),
    ],
)
def test_it_is_said_in_words_that_are_understood(
    parse: Callable[[str], object], text: str, meant: str
) -> None:
    with pytest.raises(UsageError):
        parse(text)
    assert rephrased(text, parse) == meant


OTHERS = (
    "of the at - .. , / 9 9:00 12 2026 w46 q3 2026/11/10 20261110 mondy novembr yesteday lst ago 24:00 utc"
)
WORDS = (*OTHER_WORDS, *PHRASES, *OTHERS.split(), "\u0663")


@given(
    st.one_of(st.text(), st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join)),
    st.sampled_from([period, parse_when, parse_duration]),
)
def test_whatever_is_suggested_is_understood(text: str, parse: Callable[[str], object]) -> None:
    if meant := rephrased(text, parse):
        parse(meant)
