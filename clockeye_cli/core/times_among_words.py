"""Times among plain words, where no option says that they are times: `9am Standup`, `9am - 10am Fix it`."""

from __future__ import annotations

from clockeye_cli.core.duration import parse_duration
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.core.when import parse_when
from clockeye_cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MOST_WORDS = 5
"""Words of the longest time: `3 days ago at 9:00`."""

BETWEEN = frozenset(("-", "to", "until", "till"))
UNMISTAKABLE = (" ago", "am", "pm", "noon", "midnight")


class TimeAtAnEnd(NamedTuple):
    """A time at the beginning or the end of some words.

    Attributes:
        when: The time, a WHEN.
        rest: The other words.
        typed: The time as typed: `half an hour ago` where `when` is `30m ago`.
    """

    when: str
    rest: list[str]
    typed: str


class DurationAtAnEnd(NamedTuple):
    """A duration at the beginning or the end of some words.

    Attributes:
        text: The DURATION.
        rest: The other words.
    """

    text: str
    rest: list[str]


class SpanAtAnEnd(NamedTuple):
    """A span at the beginning or the end of some words.

    Attributes:
        options: The options of `add` that give it: `--from 9am --to 10am`.
        rest: The other words.
    """

    options: list[str]
    rest: list[str]


def time_at_an_end(words: Sequence[str]) -> TimeAtAnEnd | None:
    """The time that some words begin or end with, if it cannot be meant as anything else.

    A bare number, a number with a dot (a version) and `now` are words like any other.
    """
    for count in range(min(MOST_WORDS, len(words)), 0, -1):
        if when := _time(words[:count]):
            return TimeAtAnEnd(when, [*words[count:]], _without_at(words[:count]))
    for count in range(min(MOST_WORDS, len(words)), 0, -1):
        if when := _time(words[-count:]):
            return TimeAtAnEnd(when, [*words[:-count]], _without_at(words[-count:]))
    return None


def span_at_an_end(words: Sequence[str]) -> SpanAtAnEnd | None:
    """The span at an end of some words: `9am - 10am`, `yesterday 9-10`, `from 9 to 10`, `9am for 1h`."""
    if in_front := _span_in_front(words):
        return in_front
    for place in range(1, len(words)):
        span = _span_in_front(words[place:])
        if span and not span.rest:
            return span._replace(rest=[*words[:place]])
    return None


def sure_span(words: Sequence[str]) -> SpanAtAnEnd | None:
    """The same, if it cannot be meant as anything else: `9:00-10:00`, but not `9-10`."""
    if not any(word[:1].isdigit() and (":" in word or word.lower().endswith(("am", "pm"))) for word in words):
        return None  # parsing takes a while
    span = span_at_an_end(words)
    return span if span and any(_time(value.split(" ")) for value in span.options[1::2]) else None


def duration_at_an_end(words: Sequence[str]) -> DurationAtAnEnd | None:
    """The duration that some words begin or end with: `30m Review`, `Review for 1h 30min`."""
    for count in (2, 1):
        if text := _duration(words[:count]):
            return DurationAtAnEnd(text, [*words[count:]])
        if text := _duration(words[-count:]):
            rest = [*words[:-count]]
            return DurationAtAnEnd(text, rest[:-1] if rest[-1:] == ["for"] else rest)
    return None


def _span_in_front(words: Sequence[str]) -> SpanAtAnEnd | None:
    if words[:1] and words[0].lower() == "from":
        words = words[1:]
    for place in range(1, min(MOST_WORDS + 1, len(words) - 1)):
        start = _when(words[:place])
        if start and words[place].lower() in BETWEEN:
            return _with_end(start, "--to", words[place + 1 :], _when)
        if start and words[place].lower() == "for":
            return _with_end(start, "--for", words[place + 1 :], _duration)
    for place, word in enumerate(words[:MOST_WORDS]):
        start, dash, end = word.partition("-")
        if dash and (begin := _when([*words[:place], start])) and _when([end]):
            return SpanAtAnEnd(["--from", begin, "--to", end], [*words[place + 1 :]])
        if place and _time(words[:place]) and ":" in words[place - 1] and ":" in word and _time([word]):
            return SpanAtAnEnd(["--from", _time(words[:place]), "--to", word], [*words[place + 1 :]])
    return None


def _with_end(
    start: str, option: str, words: Sequence[str], read: Callable[[Sequence[str]], str]
) -> SpanAtAnEnd | None:
    for count in range(min(MOST_WORDS, len(words)), 0, -1):
        if end := read(words[:count]):
            return SpanAtAnEnd(["--from", start, option, end], [*words[count:]])
    return None


def _without_at(words: Sequence[str]) -> str:
    return " ".join(words).removeprefix("at ").removeprefix("since ")


def _when(words: Sequence[str]) -> str:
    """The words as a WHEN; empty if they are none."""
    text = _without_at(words)
    try:
        return parse_when(text).text
    except UsageError:
        if not text.endswith(" ago"):
            return ""
    from clockeye_cli.core.rephrasing import rephrased  # late: most words are no times

    return rephrased(text, parse_when)


def _duration(words: Sequence[str]) -> str:
    text = " ".join(words)
    try:
        parse_duration(text)
    except UsageError:
        return ""
    return text


def _time(words: Sequence[str]) -> str:
    """The words as a WHEN that cannot be meant as anything else; empty if they are none."""
    plain = " ".join(words).lower()
    has_digit = any(letter.isdigit() for letter in plain)
    is_unmistakable = (
        (plain[:1].isdigit() and (":" in plain or plain.endswith(UNMISTAKABLE) or "h" in plain[1:3]))
        or plain in {"noon", "midnight"}
        or (plain.endswith(" ago") and len(words) > 1)
        or (has_digit and (":" in plain or plain.endswith(UNMISTAKABLE)) and len(words) > 1)
        or (plain.startswith(("at ", "since ")) and (has_digit or plain.endswith((" noon", " midnight"))))
    )
    return _when(words) if is_unmistakable else ""  # parsing takes a while: most words are no times
