"""Durations: parses the forms that people type, and writes the forms that they read."""

from __future__ import annotations

from clockeye_cli.core.day import DAY_SECONDS
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

LONGEST = 36_525 * DAY_SECONDS
"""Seconds in a hundred years: anything longer is a typing error, and would leave the calendar."""

FORMS = ("90m", "1h30", "1h30m", "1h 30min", "1.5h", "1,5h", "0:45", "1:30:00", "45s", "2d", "PT1H30M")
"""What people may type, as the help and docs/times.md list it."""

_HINT = "Examples: 90m, 1h30, 1h30m, 1.5h, 0:45, 1:30:00, 45s, 2d, PT1H30M."
_MOST_CHARACTERS = 50

# Compiled when first used (`re` keeps them): most commands only show durations, and compiling takes a while.
_NUMBER = r"(\d+(?:[.,]\d+)?)"
_UNITS = (
    rf"(?:{_NUMBER} ?d(?:ays?)?)? ?(?:{_NUMBER} ?h(?:(?:ou)?rs?)?)? ?"
    rf"(?:{_NUMBER} ?m(?:in(?:ute)?s?)?)? ?(?:{_NUMBER} ?s(?:ec(?:ond)?s?)?)?"
)
_ISO = rf"p(?:{_NUMBER}d)?(?:t(?=\d)(?:{_NUMBER}h)?(?:{_NUMBER}m)?(?:{_NUMBER}s)?)?"
_CLOCK = r"(\d+):([0-5]\d)(?::([0-5]\d))?"
_BARE_MINUTES = r".*\d ?h ?[0-5]\d"
_UNIT_LETTERS = "dhms"
_SECONDS = (DAY_SECONDS, 3_600, 60, 1)


def quoted(text: str) -> str:
    """A typed text for a message: quoted, shortened if long, with control characters made visible."""
    return repr(text if len(text) <= _MOST_CHARACTERS else text[:_MOST_CHARACTERS] + "…")


def plain_words(text: str) -> str:
    """The text in lower case with single spaces; empty (so no form matches) if too long or not ASCII.

    The result is ASCII, so neither `re` nor `isdigit` accepts other digits.
    """
    words = " ".join(text.split())
    # Checked before `lower`, which turns the Kelvin sign into an ASCII k.
    return words.lower() if words.isascii() and len(words) <= _MOST_CHARACTERS else ""


def parse_duration(text: str) -> int:
    """The whole seconds, greater than zero, of a text in one of the forms of DURATION.

    A day is 24 hours. The last number may have a fraction; it is rounded to the nearest second.
    Forms such as `PT1H30M` are durations of ISO 8601, without years, months and weeks.

    Raises:
        UsageError: It is not a duration, not greater than zero, or longer than a hundred years.
    """
    plain = plain_words(text)
    if plain.isdigit():
        raise _refused(
            f"{quoted(text)} has no unit.",
            f"Write {plain}m for minutes, {plain}h for hours or {plain}s for seconds.",
        )
    seconds = _seconds(plain.removeprefix("-"))
    if seconds is None:
        raise _refused(f"Invalid duration {quoted(text)}.")
    if seconds == 0 or plain.startswith("-"):
        raise _refused(f"Invalid duration {quoted(text)}: it must be greater than zero.")
    if seconds > LONGEST:
        raise _refused(f"Invalid duration {quoted(text)}: it is longer than a hundred years.")
    return seconds


def _refused(message: str, hint: str = _HINT) -> UsageError:
    return UsageError(message, code="duration_not_understood", hint=hint)


def _seconds(plain: str) -> int | None:
    """The seconds of a duration in lower case; None if it has none of the forms."""
    if plain[:-1].isdigit() and plain[-1] in _UNIT_LETTERS:  # 12h, without compiling all the other forms
        return int(plain[:-1]) * _SECONDS[_UNIT_LETTERS.index(plain[-1])]
    import re

    if clock_form := re.fullmatch(_CLOCK, plain):
        hours, minutes, seconds = clock_form.groups(default="0")
        return int(hours) * 3_600 + int(minutes) * 60 + int(seconds)
    if re.fullmatch(_BARE_MINUTES, plain):
        plain += "m"
    units = re.fullmatch(_ISO, plain) or re.fullmatch(_UNITS, plain)
    numbers = [pair for pair in zip(units.groups(), _SECONDS, strict=True) if pair[0]] if units else []
    if not numbers or not all(number.isdigit() for number, _ in numbers[:-1]):
        return None
    return sum(_rounded(number, unit) for number, unit in numbers)


def _rounded(number: str, unit: int) -> int:
    """`number` times `unit`, rounded: in integers, because 0.1 has no exact float."""
    whole, _, fraction = number.replace(",", ".").partition(".")
    scale = int("1" + "0" * len(fraction))
    return (2 * int(whole + fraction) * unit + scale) // (2 * scale)


def clock(seconds: int) -> str:
    """Seconds as `1:23:45`, exact, so that a column adds up; negative ones with a minus sign."""
    minutes, second = divmod(abs(seconds), 60)
    return f"{_sign(seconds)}{minutes // 60}:{minutes % 60:02}:{second:02}"


def whole_minutes(seconds: int) -> str:
    """Seconds as `1:23`, for whole minutes; others are rounded down."""
    return clock(seconds)[:-3]


def decimal(seconds: int) -> str:
    """Seconds as hours with two decimals, `1.50`, rounded half away from zero."""
    hundredths = (abs(seconds) * 100 + 1_800) // 3_600
    return f"{_sign(seconds) if hundredths else ''}{hundredths // 100}.{hundredths % 100:02}"


def duration_form(seconds: Iterable[int], *, decimal_hours: bool) -> Callable[[int], str]:
    """How the durations of a table are written: exactly, without seconds if none has any; or as hours.

    Args:
        seconds: All durations of the table.
        decimal_hours: As hours with two decimals.
    """
    if decimal_hours:
        return decimal
    return clock if any(each % 60 for each in seconds) else whole_minutes


def signed(seconds: int, form: Callable[[int], str]) -> str:
    """A difference as `+0:30`, `−0:30` or `±0:00`.

    Args:
        seconds: The difference.
        form: Writes its absolute value.
    """
    return ("−" if seconds < 0 else "+" if seconds else "±") + form(abs(seconds))


def changed(seconds: int, form: Callable[[int], str]) -> str:
    """A change as `↑ 0:30`, `↓ 0:30` or `0:00`; the arguments are those of `signed`."""
    return ("↓ " if seconds < 0 else "↑ " if seconds else "") + form(abs(seconds))


def short(seconds: int) -> str:
    """Seconds for people: `1h 23m`, `2h`, `23m`, and `45s` below a minute; never rounded up."""
    minutes, second = divmod(abs(seconds), 60)
    if not minutes:
        return f"{_sign(seconds)}{second}s"
    words = [f"{minutes // 60}h"] * (minutes >= 60) + [f"{minutes % 60}m"] * (minutes % 60 > 0)  # noqa: PLR2004 - minutes in an hour
    return _sign(seconds) + " ".join(words)


def _sign(seconds: int) -> str:
    return "-" if seconds < 0 else ""
