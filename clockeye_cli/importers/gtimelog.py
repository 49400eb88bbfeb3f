"""gtimelog: its file `timelog.txt`. A line says what ended when; it began at the time of the line before."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, BinaryIO

from clockeye_cli.importers import clocks
from clockeye_cli.importers.incoming import Incoming, Problem, Remark
from clockeye_cli.importers.text import opened

if TYPE_CHECKING:
    from clockeye_cli.importers.head import Head
    from clockeye_cli.importers.incoming import Certainty, Choices, Reading

_LINE = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d)(?: ?[-+]\d{4})?: ?(.*)")
MIDNIGHT = timedelta(hours=2)
"""When a day ends: gtimelog's setting `virtual_midnight`, unless it was changed."""

BREAK = "**"
_TAGS = " -- "


def sniff(head: Head) -> Certainty:
    """Whether the lines are times, each with what ended then."""
    return "sure" if head.mostly(_LINE.fullmatch, but=lambda line: line.startswith("#")) else "no"


def read(file: BinaryIO, choices: Choices) -> Reading:
    """The work of the file: neither arrivals nor breaks.

    Raises:
        UsageError: The text is not in its encoding.
    """
    encoding = opened(file, choices.encoding)
    yield Remark("encoding", encoding.title)
    yield Remark("note", "a day ends at 02:00; lines with ** are breaks")
    before: datetime | None = None
    for number, line in enumerate(encoding.lines(file), 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        match = _LINE.fullmatch(text)
        day = clocks.day(match[1], "iso") if match else None
        seconds = clocks.clock(match[2]) if match else None
        if match is None or day is None or seconds is None:
            yield Problem(number, "bad_row", f'"{text[:40]}" is not a line of a timelog')
            continue
        at = clocks.wall(day, seconds)
        start, before = before, at
        if start is None or (start - MIDNIGHT).date() != (at - MIDNIGHT).date():
            continue  # the first line of a day is its arrival
        if match[3].rstrip().endswith(BREAK):
            yield Problem(number, "break", "is a break", "skipped")
        else:
            yield _incoming(number, start, at, match[3])


def _incoming(number: int, start: datetime, end: datetime, text: str) -> Incoming:
    text, _, tags = text.partition(_TAGS)
    project, colon, rest = text.partition(": ")
    return Incoming(
        number,
        start,
        end,
        description=rest if colon else text,
        project=project.strip() if colon else "",
        tags=tuple(tags.split()),
    )
