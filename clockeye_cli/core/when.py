"""Times as people type them: `parse_when` parses the words, without looking at a clock.

An invalid time is refused before anything is locked or prompted for. `core/moment.py` finds the instant that
a time means, `core/entry_times.py` the start and end of an entry.
"""

from __future__ import annotations

from clockeye_cli.core.day import LAST_INSTANT, utc_midnight
from clockeye_cli.core.day_names import DayName, day_name, is_number
from clockeye_cli.core.duration import parse_duration, plain_words, quoted
from clockeye_cli.core.typing import NamedTuple
from clockeye_cli.errors import UsageError

FORMS = (
    *("now", "9", "9:15", "9.15", "9h15", "0915", "9:15:30", "9am", "9:15pm", "noon", "midnight"),
    *("10m ago", "1h30 ago", "-25min", "+10m", "today 9:00", "yesterday 14:00", "yesterday at 9"),
    *("9am yesterday", "3 days ago 14:00", "monday 9am", "friday 9:00", "last friday 17:30"),
    *("nov 18 9:00", "18 nov 9:00", "18.11. 9:00", "2026-11-20 9:00", "2026-11-20T09:00+01:00"),
    *("2026-11-20T08:00Z", "2026-11-20T08:00:00.000Z", "20261120T080000Z", "@1795161600"),
)
"""What people may type, as the help and docs/times.md list it."""

EXAMPLES = (
    "Examples: now, 9:15, 9am, noon, 10m ago, yesterday 14:00, monday 9am, last friday 17:30, "
    "2026-11-20 9:00, 2026-11-20T09:00+01:00."
)
"""The hint of an error about a time: the usual forms."""

_BEFORE_1970 = "it is before 1970"
_NOON = 12 * 3_600

# Compiled when first used (`re` keeps them): most commands are given no time, and compiling takes a while.
_CLOCK = r"(\d{1,2})(?:[:.h](\d\d)(?::(\d\d))?)? ?(am|pm)?"
_FOUR_DIGITS = r"(\d\d)(\d\d)"
_OFFSET = r"(?: ?(z)| ?([+-])(\d\d)(?::?(\d\d))?)?"
_STAMP = r"(\d{4}-\d\d-\d\d)[t ](\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?)" + _OFFSET
_BASIC_STAMP = r"(\d{4})(\d\d)(\d\d)t(\d\d)(\d\d)(\d\d)?" + _OFFSET
_OF_CLOCKS = frozenset(" :0123456789")
_FEWEST_EPOCH_DIGITS = 9


class When(NamedTuple):
    """A time as typed, parsed without looking at a clock.

    Attributes:
        text: The typed text.
        clock: A clock time, in seconds after midnight; used only if `shift` and `instant` are None.
        shift: Seconds from now, negative for the past: `now`, `10m ago`.
        instant: The instant, if it was typed with its offset from UTC.
        day: The day of the clock time; None if it was typed without a day.
        snaps: It is a clock time typed without seconds: it means the boundary of an entry in that minute.
        is_last: It is `last`, the end of the latest entry; the store knows which.
    """

    text: str
    clock: int = 0
    shift: int | None = None
    instant: int | None = None
    day: DayName | None = None
    snaps: bool = False
    is_last: bool = False

    @property
    def is_bare(self) -> bool:
        """Whether it is a clock time without a day, so that the day must follow from something else."""
        return self.shift is None and self.instant is None and self.day is None and not self.is_last

    @property
    def is_signed(self) -> bool:
        """Whether it is `+10m` or `-10m`, which `edit` counts from the entry's own time."""
        return self.shift is not None and self.text.startswith(("+", "-"))


def parse_when(text: str) -> When:
    """Parse a text in one of the forms of WHEN, in any case.

    Raises:
        UsageError: It has none of the forms, has a day but no time, or a time that no clock shows.
    """
    plain = plain_words(text)
    try:
        when = _relative(plain) or _epoch(plain) or _stamp(plain) or _day_and_clock(plain)
    except ValueError as problem:
        raise _refused(text, f": {problem}") from None
    if when is None:
        raise _refused(text)
    return when._replace(text=" ".join(text.split()))


def _refused(text: str, reason: str = "") -> UsageError:
    return UsageError(f"Invalid time {quoted(text)}{reason}.", code="time_not_understood", hint=EXAMPLES)


def _relative(plain: str) -> When | None:
    """`now`, `last`, `+10m`, `-25min`, `1h30 ago`."""
    if plain == "now":
        return When(plain, shift=0)
    if plain == "last":
        return When(plain, is_last=True)
    if not (plain.startswith(("+", "-")) or plain.endswith(" ago")):
        return None
    try:
        seconds = parse_duration(plain[:-4] if plain.endswith(" ago") else plain[1:])
    except UsageError as error:
        raise ValueError(f"{error.message[0].lower()}{error.message[1:].rstrip('.')}") from None
    return When(plain, shift=seconds if plain.startswith("+") else -seconds)


def _epoch(plain: str) -> When | None:
    """`@1795161600`: seconds since 1970, as `date +%s` prints them, or `+%s.%N`: a fraction is dropped."""
    digits, dot, fraction = plain.removeprefix("@").partition(".")
    is_epoch = plain[:1] == "@" and is_number(digits, _FEWEST_EPOCH_DIGITS, 20)
    if not is_epoch or (dot and not is_number(fraction)):
        return None
    if int(digits) > LAST_INSTANT:
        raise ValueError("it is in the far future; seconds since 1970 are expected")
    return When(plain, instant=int(digits))


def _stamp(plain: str) -> When | None:
    """`2026-11-20t09:00`, `2026-11-20 09:00:30.5`, `20261120t090000`, with or without an offset from UTC.

    These are forms of ISO 8601 and RFC 3339. A fraction of a second is dropped.
    """
    # Without a `t`, an offset or a fraction it is a day and a clock time, if anything, which are read without
    # `re`: importing it takes 8 ms.
    if not plain[:4].isdigit() or ("t" not in plain and _OF_CLOCKS.issuperset(plain[10:])):
        return None
    import re

    if basic := re.fullmatch(_BASIC_STAMP, plain):
        year, month, date, *clock = basic.groups()[:6]
        rest = plain.partition("t")[2].lstrip("0123456789")
        plain = f"{year}-{month}-{date}t{':'.join(filter(None, clock))}{rest}"
    stamp = re.fullmatch(_STAMP, plain)
    day = day_name(stamp[1]) if stamp else None
    if not stamp or day is None or day.fixed is None:
        return None
    seconds = _clock(re.split("[.,]", stamp[2])[0]) or 0
    if not (stamp[3] or stamp[4]):
        return When(plain, seconds, day=day, snaps=_has_no_seconds(stamp[2]))
    hours, minutes = int(stamp[5] or 0), int(stamp[6] or 0)
    if hours > 23 or minutes > 59:  # noqa: PLR2004 - as on a clock
        raise ValueError("no such offset from UTC")
    offset = (hours * 3_600 + minutes * 60) * (-1 if stamp[4] == "-" else 1)
    instant = utc_midnight(day.fixed) + seconds - offset
    if instant < 0:
        raise ValueError(_BEFORE_1970)
    return When(plain, instant=instant)


def _day_and_clock(plain: str) -> When | None:
    """`9:15`, `9 pm`, `last friday 17:30`, `yesterday at 9`, `2026-11-20 noon`, `9am yesterday`."""
    if day_name(plain):
        raise ValueError(f"the time of day is missing, as in '{plain} 9:00'")
    day_words, _, time_words = plain.replace(" am", "am").replace(" pm", "pm").rpartition(" ")
    seconds = _clock(time_words)
    day_words = day_words.removesuffix(" at")
    day = day_name(day_words)
    if seconds is None or (day_words and not day):
        return _clock_and_day(plain)
    return When(plain, seconds, day=day, snaps=_has_no_seconds(time_words))


def _clock_and_day(plain: str) -> When | None:
    """`9am yesterday`, `9:15 on monday`; a bare number may belong to the date: `9 nov 10`."""
    time_words, _, day_words = plain.replace(" am", "am").replace(" pm", "pm").partition(" ")
    day = None if time_words.isdigit() else day_name(day_words.removeprefix("on "))
    seconds = _clock(time_words) if day else None
    return None if seconds is None else When(plain, seconds, day=day, snaps=_has_no_seconds(time_words))


def _has_no_seconds(words: str) -> bool:
    """Whether a clock time was typed to the minute: 9:15:30, or 9.15.30, has two separators."""
    return words.count(":") + words.count(".") < 2  # noqa: PLR2004 - hours:minutes:seconds


def _clock(words: str) -> int | None:
    """Seconds after midnight of `9`, `9:15`, `9.15`, `9h15`, `0915`, `9am`, `9:15 pm`, `noon`, `midnight`.

    Raises:
        ValueError: It has the form of a time, but does not exist.
    """
    if words in {"noon", "midnight"}:
        return _NOON if words == "noon" else 0
    front, _, rest = words.partition(":")
    if is_number(front, 1, 2) and (is_number(rest, 2, 2) or words == front):
        return _seconds(int(front), int(rest or 0), 0)
    import re

    numbers = re.fullmatch(_CLOCK, words) or re.fullmatch(_FOUR_DIGITS, words)
    if not numbers:
        return None
    minutes, seconds, half = (*numbers.groups()[1:], None, None)[:3]
    hour, minute, second = int(numbers[1]), int(minutes or 0), int(seconds or 0)
    if half:
        if not 1 <= hour <= 12:  # noqa: PLR2004 - as on a clock
            raise ValueError(f"with {half}, the hour must be from 1 to 12")
        hour = hour % 12 + 12 * (half == "pm")
    return _seconds(hour, minute, second)


def _seconds(hour: int, minute: int, second: int) -> int:
    """Seconds after midnight.

    Raises:
        ValueError: No clock shows this time.
    """
    if hour == 24:  # noqa: PLR2004 - as on a clock
        raise ValueError("there is no hour 24; midnight at the end of a day is 0:00 of the next day")
    for value, most, name in ((hour, 23, "hour"), (minute, 59, "minute"), (second, 59, "second")):
        if value > most:
            raise ValueError(f"there is no {name} {value}")
    return hour * 3_600 + minute * 60 + second
