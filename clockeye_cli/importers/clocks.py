"""Dates, clock times and lengths, as other programs write them; and which order of dates a file proves."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from clockeye_cli.core.day import DAY_SECONDS, EPOCH, SECOND
from clockeye_cli.core.duration import parse_duration
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

ORDERS = {"iso": "year first", "dmy": "day first", "mdy": "month first"}
"""The orders of dates, as `--dates` takes them, and in words."""

_DATE = re.compile(r"(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})\.?", re.ASCII)
_CLOCK = re.compile(
    r"(\d{1,2})(?:[:.](\d\d))?(?:[:.](\d\d))?(?:\.\d+)? ?([ap])?\.?(?:m\.?)?", re.ASCII | re.IGNORECASE
)
_COLONS = re.compile(r"(\d+):([0-5]\d)(?::([0-5]\d))?", re.ASCII)
_WORDS = re.compile(r"(\d+)(?::([0-5]\d))? ?(min|sec)", re.ASCII | re.IGNORECASE)
_DECIMAL = re.compile(r"(\d*)[.,]?(\d*)(?: ?h)?", re.ASCII | re.IGNORECASE)
_NOON = 12
_CACHED = 16384


@lru_cache(_CACHED)
def day(text: str, order: str) -> date | None:
    """The day of a date in one of ORDERS; a year of four digits in front is read in any of them."""
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return None
    first, _, second, third = match.groups()
    if len(first) == len("2026"):
        year, month, number = first, second, third
    elif len(third) == len("2026") and order in ("dmy", "mdy"):
        year = third
        number, month = (first, second) if order == "dmy" else (second, first)
    else:
        return None
    try:
        return date(int(year), int(month), int(number))
    except ValueError:
        return None


def clock(text: str) -> int | None:
    """The seconds after midnight of a clock time: `9:00`, `09:00:30`, `11:30:00 PM`, `4pm`, `24:00`."""
    hour, minute, second = text[:2], text[3:5], text[6:]
    if (
        text[2:6:3] == "::"
        and len(text) == len("09:00:30")
        and (hour + minute + second).isdigit()
        and text.isascii()
    ):
        seconds = int(hour) * 3600 + int(minute) * 60 + int(second)  # by far the most
        return seconds if minute < "60" and second < "60" and seconds <= DAY_SECONDS else None
    return _other_clock(text)


@lru_cache(_CACHED)
def _other_clock(text: str) -> int | None:
    match = _CLOCK.fullmatch(" ".join(text.split()))
    if match is None:
        return None
    hour, minute, second = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if match[4]:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if match[4].lower() == "p" else 0)
    elif match[2] is None:
        return None
    seconds = hour * 3600 + minute * 60 + second
    return seconds if minute < 60 and second < 60 and seconds <= DAY_SECONDS else None  # noqa: PLR2004 - a clock


@lru_cache(_CACHED)
def length(text: str) -> tuple[int, int] | None:
    """The seconds of a length, and by how many it may be rounded; None if it is none, or negative.

    `01:15:00`, `1:15` (to the minute), `31:25 min` (minutes and seconds), `45 sec`, `1.25` and `1,25` (hours,
    rounded to their last digit), `1h30`.
    """
    text = text.strip()
    if match := _COLONS.fullmatch(text):
        whole = int(match[1]) * 3600 + int(match[2]) * 60
        return (whole + int(match[3]), 0) if match[3] else (whole, 59)
    if match := _WORDS.fullmatch(text):
        number, rest, unit = int(match[1]), int(match[2] or 0), match[3].lower()
        return (number * 60 + rest, 0) if unit == "min" else (number, 0)
    if (match := _DECIMAL.fullmatch(text)) and any(match.groups()):
        scale = 10 ** len(match[2])
        number = int(match[1] + match[2] or "0")
        return (2 * number * 3600 + scale) // (2 * scale), -(-1800 // scale)
    try:
        return parse_duration(text), 0
    except UsageError:
        return None


@lru_cache(_CACHED)
def moment(text: str, order: str = "iso") -> datetime | int | None:
    """A date with a clock time: an instant if it has an offset or `Z`, else a naive wall time."""
    text = " ".join(text.split())
    try:
        at = datetime.fromisoformat(text.upper())
    except ValueError:
        text, _, rest = text.partition(" ")
        on, seconds = day(text.rstrip(","), order), clock(rest)
        return None if on is None or seconds is None else wall(on, seconds)
    if len(text) <= len("2026-11-20"):
        return None
    return at.replace(microsecond=0) if at.tzinfo is None else (at - EPOCH) // SECOND


def iso_wall(on: str, time: str) -> datetime | None:
    """The naive time of `2026-11-20` and `09:00:30`, as most files have it; None for any other form."""
    if len(on) == len("2026-11-20") and len(time) == len("09:00:30"):
        at = f"{on} {time}"
        if at[4:17:3] == "-- ::":
            try:
                return datetime.fromisoformat(at)
            except ValueError:
                return None
    return None


def wall(on: date, seconds: int) -> datetime:
    """The naive time so many seconds after midnight of a day."""
    return datetime(on.year, on.month, on.day) + timedelta(seconds=seconds)  # noqa: DTZ001 - naive is the point


def compact(text: str) -> int | None:
    """The instant of `20260327T090000Z`; None if it is none."""
    try:
        return (datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) - EPOCH) // SECOND
    except ValueError:
        return None


def proved(texts: Iterable[str], today: date, chosen: str) -> tuple[str, str]:
    """The order of a file's dates, and what proves it.

    Only a number over 12, or a reading that is in the future, proves it.

    Args:
        texts: All dates of the file.
        today: Later days are in the future.
        chosen: The order that the user has named; empty for none.

    Raises:
        UsageError: The dates can be read in two ways, and nothing proves one of them.
    """
    if chosen:
        return chosen, "--dates"
    unsure = []
    for text in texts:
        match = _DATE.fullmatch(text.strip())
        if match and len(match[1]) < len("2026") and len(match[4]) == len("2026"):
            unsure.append(text.strip())
    if not unsure:
        return "iso", "the file"
    proofs = {order: _proof(unsure, other, today) for order, other in (("dmy", "mdy"), ("mdy", "dmy"))}
    orders = [order for order, proof in proofs.items() if proof]
    if len(orders) == 1:
        return orders[0], proofs[orders[0]]
    differing = next((text for text in unsure if day(text, "dmy") != day(text, "mdy")), None)
    if differing is None:
        return "dmy", "both orders give the same days"
    first, second = day(differing, "dmy"), day(differing, "mdy")
    raise UsageError(
        f"The dates can be read in two ways: {differing} is {first or 'no date'} with the day first,"
        f" {second or 'no date'} with the month first.",
        hint="Nothing was stored. Say which: --dates dmy, or --dates mdy",
        code="ambiguous_dates",
    )


def _proof(texts: list[str], other: str, today: date) -> str:
    """What shows that dates are not in the order `other`; empty if nothing does."""
    for text in texts:
        read = day(text, other)
        if read is None and day(text, "mdy" if other == "dmy" else "dmy") is not None:
            return text
    future = next((text for text in texts if (read := day(text, other)) and read > today), "")
    return f"{future} would be in the future" if future else ""
