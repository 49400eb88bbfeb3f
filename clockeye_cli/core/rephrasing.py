"""Times, durations and periods that are not understood, in the form that was most likely meant."""

from __future__ import annotations

from clockeye_cli.core.day import WEEKDAYS
from clockeye_cli.core.day_names import MONTHS, day_name, is_number, month_number, weekday_number
from clockeye_cli.core.duration import plain_words
from clockeye_cli.core.nearest import nearest
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_OTHER_WORDS = {
    "last": "previous prev past",
    "this": "current",
    "to": "until till through thru and",
    "today": "now tonight",
    "week": "wk",
    "weeks": "wks",
    "1": "a an one",
    **{
        str(number): word
        for number, word in enumerate(
            ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 2
        )
    },
}
OTHER_WORDS = {word: ours for ours, words in _OTHER_WORDS.items() for word in words.split()}
"""Words that people say, with the word that is understood."""

PHRASES = {
    "day before yesterday": "2 days ago",
    "last fortnight": "last 2 weeks",
    "fortnight": "last 2 weeks",
    "year to date": "year",
    "month to date": "month",
    "week to date": "week",
    "ytd": "year",
    "mtd": "month",
    "wtd": "week",
    "weekend": "saturday to sunday",
    "h1": "q1 to q2",
    "h2": "q3 to q4",
    "thisweek": "this week",
    "lastweek": "last week",
    "thismonth": "this month",
    "lastmonth": "last month",
    "everything": "all",
    "half an hour": "30m",
    "half hour": "30m",
    "hour and a half": "1h30",
    "quarter of an hour": "15m",
    "quarter hour": "15m",
    "a.m.": "am",
    "p.m.": "pm",
    "12 noon": "noon",
    "just now": "now",
    "week ago": "1 week ago",
    "month ago": "1 month ago",
    "year ago": "1 year ago",
}
"""What people say, in words that are understood; a word longer than these stands for itself."""

FILLERS = frozenset(("the", "a", "an", "of", "on", "in", "at", "for", "from", "during", "between", "and"))
"""Words that may be left out."""

_FORMS = {
    r"\b(\d{4})[/.](\d\d)[/.](\d\d)\b": r"\1-\2-\3",  # 2026/11/10
    r"\b((?:19|20)\d\d)(\d\d)(\d\d)\b": r"\1-\2-\3",  # 20261110
    r"^((?:19|20)\d\d)(\d\d)$": r"\1-\2",  # 202611
    r"\b(\d{4})/?([wq]\d\d?)\b": r"\1-\2",  # 2026w46
    r"\b([wq]\d\d?)[/-](\d{4})\b": r"\2-\1",  # q3/2026
    r"\bhalf past (\d\d?)\b": r"\1:30",
    r"\b(?:a )?quarter past (\d\d?)\b": r"\1:15",
    r"(?<=\d) (?:utc|gmt)$": "z",
    r"^\.(?=\d)": "0.",
    r"(?<=[a-z])\.$": "",  # 45 min.
}
"""Numbers as people write them, with the form that is understood."""

_SHORTEST = 3
"""Letters of the shortest word that may be a slip."""

_CLOCK_WORDS = frozenset(("uhr", "h", "hrs", "o'clock", "oclock"))
_WORDS = (
    *("today", "yesterday", "week", "month", "quarter", "year", "last", "this", "ago", "since", "all"),
    *("day", "hour", "minute", "second", "days", "weeks", "months", "quarters", "years"),
    *("hours", "minutes", "seconds", "noon", "midnight"),
    *(name.lower() for name in (*WEEKDAYS, *MONTHS)),
)
"""The words for which a slip may stand."""


def rephrased(text: str, parse: Callable[[str], object]) -> str:
    """What a text that is refused most likely means; empty if that is unclear.

    Args:
        text: A time, a duration, a period or a day, as typed.
        parse: Parses it, or raises UsageError.
    """
    plain = plain_words(text)
    for candidate in _candidates(plain):
        try:
            parse(candidate)
        except UsageError:
            continue
        return candidate
    return ""


def _candidates(plain: str) -> Iterator[str]:
    """The text in other words, the most careful change first."""
    phrased = plain.replace("_", " ")
    for phrase, ours in PHRASES.items():
        before, found, after = f" {phrased} ".partition(f" {phrase} ")
        phrased = f"{before} {ours} {after}".strip() if found else phrased
    words = _numbers(" ".join(phrased.split())).replace(", ", " ").split()
    for known in (words, [_known(word) for word in words]):
        yield " ".join(known)
        yield " ".join(known).replace(" - ", "-")
        yield from _since(known)
        yield from _last(known)
        for left_out in (FILLERS - {"of"}, FILLERS, _CLOCK_WORDS):
            yield " ".join(word for word in known if word not in left_out)
        yield " ".join(_known(word) for word in known if word not in FILLERS)
        yield from _without_weekday(known)
        yield from _clock(known)


def _numbers(plain: str) -> str:
    """Dates, numbered periods, clock times and fractions as we write them."""
    import re

    for form, ours in _FORMS.items():
        plain = re.sub(form, ours, plain)
    return plain


def _known(word: str) -> str:
    """A word in ours: of another way to say it, or without its slip."""
    if word in OTHER_WORDS:
        return OTHER_WORDS[word]
    is_right = weekday_number(word) is not None or month_number(word) is not None
    is_short = len(word) < _SHORTEST or not word.isalpha()
    return word if is_right or is_short else nearest(word, _WORDS) or word


def _since(words: list[str]) -> Iterator[str]:
    """`monday..`, `from monday`, `november to date`: with the word for a period that ends today."""
    text = " ".join(words)
    if words[:1] in (["from"], ["after"]):
        yield " ".join(["since", *words[1:]])
    for end in ("..", " -", " to date"):
        if text.endswith(end):
            yield f"since {text.removesuffix(end)}"


def _last(words: list[str]) -> Iterator[str]:
    """`7d`, `7 days`, `2 weeks`: so many, up to today."""
    text = " ".join(words)
    number = text[: len(text) - len(text.lstrip("0123456789"))]
    unit = text.removeprefix(number).strip()
    for name in ("days", "weeks", "months", "quarters", "years"):
        if number and unit and name.startswith(unit):
            yield f"last {number} {name}"


def _without_weekday(words: list[str]) -> Iterator[str]:
    """`mon 9 nov 2026`: a date says its weekday, if that is right."""
    if words and (weekday := weekday_number(words[0])) is not None:
        rest = words[1:]
        for count in range(len(rest), 0, -1):
            try:
                day = day_name(" ".join(rest[:count]))
            except ValueError:
                continue
            if day and (day.fixed is None or day.fixed.weekday() == weekday):
                yield " ".join(rest)
                return


def _clock(words: list[str]) -> Iterator[str]:
    """`9h`, `9,15`, `15m`, `-15`, `9am 2 days ago`, `1.5`: a time of day, how long ago, or how long."""
    text = " ".join(words)
    yield text.replace(",", ":").replace(";", ":")
    if is_number(text.removesuffix("h"), 1, 2) or ":" in text:
        yield text.removesuffix("h")
    if text[:1] == "-" and is_number(text[1:], 1, 3):
        yield f"{text}m"
    if text[-1:].isalpha():
        yield f"{text} ago"
    if words[-1:] == ["ago"]:
        yield " ".join([*words[1:], words[0]])
    if "." in text:
        yield f"{text}h"
