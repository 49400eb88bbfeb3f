"""klog: records of days (`2026-01-15`), each with indented entries: ranges, lengths, and one that is open."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from clockeye_cli.core.duration import short
from clockeye_cli.importers import clocks
from clockeye_cli.importers.incoming import BadRowError, Incoming, Problem, Remark
from clockeye_cli.importers.text import opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clockeye_cli.importers.head import Head
    from clockeye_cli.importers.incoming import Certainty, Choices, Reading

_DAY = re.compile(r"(\d{4}([-/])\d\d\2\d\d)(?:\s+\((.*)!\))?")
_CLOCK = r"<?\d{1,2}:\d\d(?:am|pm)?>?"
_RANGE = re.compile(rf"({_CLOCK})\s*-\s*({_CLOCK}|\?+)(?:\s+(.*))?", re.DOTALL)
_LENGTH = re.compile(r"([-+]?)(\d+h(?:[0-5]?\dm)?|\d+m)(?:\s+(.*))?", re.DOTALL)
_TAG = re.compile(r"#([\w-]+)(?:=(?:\"([^\"]*)\"|'([^']*)'|([\w-]*)))?")

LONGEST_TEXT = 100_000
"""Characters of a summary: what is longer is no work of a person."""


class _Line(NamedTuple):
    """An entry of a record, with the lines that continue it."""

    number: int
    text: str


class _Record(NamedTuple):
    """A day: its head, its summary and its entries."""

    number: int
    day: date
    should: str
    summary: str
    lines: list[_Line]


def sniff(head: Head) -> Certainty:
    """Whether it begins with the line of a day, and has an indented entry."""
    lines = head.first_lines
    if not lines or not _DAY.fullmatch(lines[0]):
        return "no"
    entries = [line.strip() for line in lines if line[:1] in " \t"]
    is_klog = any(_RANGE.match(entry) or _LENGTH.match(entry) for entry in entries)
    return "sure" if is_klog else "maybe"


def read(file: BinaryIO, choices: Choices) -> Reading:
    """The entries of all records.

    A length below zero shortens the entry before it; one without clock times follows the one before it, and
    its times are marked as made up. `#project=NAME` and `#client=NAME` name the project and the client; the
    tags of a record count for each of its entries.

    Raises:
        UsageError: The text is not in its encoding.
    """
    encoding = opened(file, choices.encoding)
    yield Remark("encoding", encoding.title)
    for item in _records(encoding.lines(file)):
        if isinstance(item, Problem):
            yield item
            continue
        if item.should:
            text = f"asks for {item.should} that day, which is not stored"
            yield Problem(item.number, "should_total", text, "warning")
        yield from _entries(item)


def _records(lines: Iterator[str]) -> Iterator[_Record | Problem]:
    record: _Record | None = None
    indent = ""
    for number, line in enumerate(lines, 1):
        text = line.rstrip()
        if not text.strip():
            if record:
                yield record
            record = None
        elif record is None:
            match = _DAY.fullmatch(text)
            day = clocks.day(match[1], "iso") if match else None
            if match is None or day is None:
                yield Problem(number, "bad_row", f'"{text[:40]}" is not the date of a record')
            else:
                record, indent = _Record(number, day, match[3] or "", "", []), ""
        elif text[0] not in " \t":
            record = record._replace(summary=f"{record.summary}\n{text}".strip()[:LONGEST_TEXT])
        else:
            margin = text[: len(text) - len(text.lstrip())]
            indent = indent or margin
            if record.lines and len(margin) > len(indent):
                last = record.lines.pop()
                record.lines.append(last._replace(text=f"{last.text}\n{text.strip()}"[:LONGEST_TEXT]))
            else:
                record.lines.append(_Line(number, text.strip()))
    if record:
        yield record


def _entries(record: _Record) -> Iterator[Incoming | Problem]:
    entries: list[Incoming] = []
    for line in record.lines:
        try:
            item = _entry(record, line, entries)
        except BadRowError as error:
            item = error.at(line.number)
        if isinstance(item, Incoming):
            entries.append(item)
        else:
            yield item
    yield from entries


def _entry(record: _Record, line: _Line, entries: list[Incoming]) -> Incoming | Problem:
    if match := _RANGE.fullmatch(line.text):
        start = _at(record.day, match[1])
        if match[2].startswith("?"):
            return Problem(line.number, "running", "is still running: it has no end", "skipped")
        end = _at(record.day, match[2])
        if end < start:
            raise BadRowError("ends_before_start", "ends before it begins")
        return _incoming(record, line.number, match[3] or "", start, end)
    match = _LENGTH.fullmatch(line.text)
    if match is None:
        raise BadRowError("bad_row", f'"{line.text[:40]}" is not an entry')
    seconds = (clocks.length(match[2]) or (0, 0))[0]
    if match[1] == "-":
        return _shortened(line, entries, seconds)
    last = next((entry.end for entry in reversed(entries) if entry.end is not None), None)
    if not isinstance(last, datetime):
        return _incoming(record, line.number, match[3] or "", None, None, seconds)
    end = last + timedelta(seconds=seconds)
    return _incoming(record, line.number, match[3] or "", last, end, is_clock_made=True)


def _shortened(line: _Line, entries: list[Incoming], seconds: int) -> Problem:
    """Take a break off the latest entry that is long enough."""
    for place in reversed(range(len(entries))):
        entry = entries[place]
        if isinstance(entry.start, datetime) and isinstance(entry.end, datetime):
            end: datetime | None = entry.end - timedelta(seconds=seconds)
            rest = (entry.end - entry.start).total_seconds() - seconds
            length = entry.duration
        else:
            end, rest = None, (entry.duration or 0) - seconds
            length = int(rest)
        if rest >= 0:
            entries[place] = entry._replace(end=end, duration=length)
            text = f"shortens the entry of line {entry.line} by {short(seconds)}"
            return Problem(line.number, "shortened", text, "warning")
    raise BadRowError("bad_length", f"no entry before it is {short(seconds)} long")


def _at(day: date, text: str) -> datetime:
    """A clock time of a record: `<` is the day before, `>` the day after."""
    seconds = clocks.clock(text.strip("<>"))
    days = -1 if text.startswith("<") else 1 if text.endswith(">") else 0
    if seconds is None:
        raise BadRowError("bad_time", f'"{text}" is not a time')
    return clocks.wall(day, seconds) + timedelta(days=days)


def _incoming(
    record: _Record,
    number: int,
    text: str,
    start: datetime | None,
    end: datetime | None,
    seconds: int | None = None,
    *,
    is_clock_made: bool = False,
) -> Incoming:
    named = {"project": "", "client": ""}
    tags = []
    for match in (*_TAG.finditer(record.summary), *_TAG.finditer(text)):
        value = match[2] or match[3] or match[4] or ""
        if match[1].lower() in named:
            named[match[1].lower()] = value or named[match[1].lower()]
        elif match.string is record.summary:
            tags.append(f"{match[1]}={value}" if value else match[1])
    description = _TAG.sub(lambda match: "" if match[1].lower() in named else match[0], text)
    return Incoming(
        number,
        start,
        end,
        seconds,
        day=record.day if start is None else None,
        description="\n".join(" ".join(line.split()) for line in description.split("\n")),
        project=named["project"],
        client=named["client"],
        tags=tuple(tags),
        is_clock_made=is_clock_made or start is None,
    )
