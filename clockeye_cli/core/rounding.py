"""Rules for rounding durations, and what each makes of a number of seconds: all in integers."""

from __future__ import annotations

from clockeye_cli.core.apportion import nearest
from clockeye_cli.core.duration import parse_duration, quoted, short
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

WAYS = ("nearest", "up", "down", "clock")
BUCKETS = ("entry", "day", "client day", "period")
"""What is rounded as one: an entry, a project's or a client's time on a day, a project's in the period."""

NONE = "none"
"""The word for no rounding."""

CONFIGURED = "configured"
"""The value of `--round` without a value: the rules of the settings."""

GRAMMAR = (
    f"DURATION [{'|'.join(WAYS)}] [{'|'.join(f'per {bucket}' for bucket in BUCKETS)}] [at least DURATION]"
)

LEAST = ("at", "least")


class Rounding(NamedTuple):
    """How durations are rounded.

    Attributes:
        unit: Seconds; results are multiples of it.
        way: One of WAYS. With `clock`, start and end are each rounded down to the unit of the clock.
        per: One of BUCKETS.
        least: The least that anything over 0 is rounded to, in seconds.
    """

    unit: int
    way: str = "nearest"
    per: str = "entry"
    least: int = 0

    def __str__(self) -> str:
        """The rule as it is typed."""
        words = f"{_typed(self.unit)} {self.way} per {self.per}"
        return f"{words} at least {_typed(self.least)}" if self.least else words

    @property
    def sentence(self) -> str:
        """What it does, as the beginning of a sentence: `Rounded up to 15m per day`."""
        unit = _typed(self.unit)
        ways = {"nearest": f"to the nearest {unit}", "clock": f"to {unit} of the clock"}
        how = ways.get(self.way, f"{self.way} to {unit}")
        least = f", at least {_typed(self.least)}" if self.least else ""
        return f"Rounded {how} per {self.per}{least}"

    def rounded(self, seconds: int) -> int:
        """A duration, rounded; 0 stays 0. Not for `clock`, which needs a start and an end."""
        return self._at_least(seconds, self._multiple(seconds))

    def of_entry(self, started_at: int, ended_at: int, offset: Callable[[int], int]) -> int:
        """The rounded duration of an entry.

        Args:
            started_at: An instant.
            ended_at: An instant.
            offset: The seconds by which local clocks are ahead of UTC at an instant; for `clock`.
        """
        seconds = ended_at - started_at
        if self.way != "clock":
            return self.rounded(seconds)
        first, last = (at - (at + offset(at)) % self.unit for at in (started_at, ended_at))
        return self._at_least(seconds, max(0, last - first))

    def _multiple(self, seconds: int) -> int:
        if self.way == "nearest":
            return nearest(seconds, self.unit) * self.unit
        if self.way == "up":
            return -(-seconds // self.unit) * self.unit
        return seconds // self.unit * self.unit

    def _at_least(self, seconds: int, rounded: int) -> int:
        return max(rounded, self.least) if seconds > 0 else 0


def parse_rule(text: str) -> Rounding | None:
    """The rule that was typed; None for `none`.

    Raises:
        UsageError: It is not a rule.
    """
    words = text.lower().split()
    if words == [NONE]:
        return None
    unit, rest = _duration(words, text)
    way = rest.pop(0) if rest and rest[0] in WAYS else "nearest"
    per, rest = _bucket(rest, text)
    least = 0
    if tuple(rest[:2]) == LEAST:
        least, rest = _duration(rest[2:], text)
    if rest:
        raise refused(text, f"{quoted(rest[0])} is not understood")
    if way == "clock" and per != "entry":
        raise refused(text, f"`clock` rounds the times of each entry, so it cannot be per {per}")
    return Rounding(unit, way, per, least)


def looks_like_a_rule(text: str) -> bool:
    """Whether a text is meant as a rule: it is or begins with a duration, or has a word of the grammar."""
    words = text.lower().split()
    if set(words).intersection([NONE, CONFIGURED, *WAYS, "per", "least"]):
        return True
    for each in (text, *words[:1]):
        try:
            return parse_duration(each) > 0
        except UsageError:
            continue
    return False


def refused(text: str, reason: str) -> UsageError:
    """The error for a text that is not a rule."""
    return UsageError(
        f"Invalid rounding {quoted(text)}: {reason}.",
        hint=f"The form is {GRAMMAR}, such as `15m up per day`; or none.",
        code="bad_rule",
    )


def _duration(words: Sequence[str], text: str) -> tuple[int, list[str]]:
    """The duration that begins some words, and the words after it."""
    count = next((n for n, word in enumerate(words) if word in (*WAYS, "per", "at")), len(words))
    try:
        return parse_duration(" ".join(words[:count])), [*words[count:]]
    except UsageError as error:
        raise refused(text, "it has no duration" if not count else error.message.rstrip(".")) from error


def _bucket(words: list[str], text: str) -> tuple[str, list[str]]:
    """The bucket that begins some words, and the words after it."""
    if words[:1] != ["per"]:
        return "entry", words
    for bucket in BUCKETS:
        named = bucket.split()
        if words[1 : 1 + len(named)] == named:
            return bucket, words[1 + len(named) :]
    raise refused(text, f"per {' '.join(words[1:2]) or '…'} is unknown")


def _typed(seconds: int) -> str:
    """A duration in the shortest form that can be typed: `15m`, `1h`, `90s`."""
    return short(seconds).replace(" ", "") if seconds % 60 == 0 else f"{seconds}s"
