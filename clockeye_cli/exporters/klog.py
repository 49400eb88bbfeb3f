"""klog (its file format specification, version 1.4): one record per day, one range per entry.

klog has minutes only: both ends of an entry are rounded down, so entries that touch still do. The project,
the client and the user are tags with values: `#project=website`.
"""

from __future__ import annotations

from datetime import timedelta

from clockeye_cli.core.safe_text import safe, with_plain_lines
from clockeye_cli.core.typing import TYPE_CHECKING
from clockeye_cli.exporters.entry import wall_span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime, tzinfo

    from clockeye_cli.exporters.entry import ExportedEntry

INDENT = "    "
MINUTE = timedelta(minutes=1)

PLAIN = frozenset("0123456789_-")
"""Besides letters, what the value of a tag may have without quotes."""


def pieces(entries: Iterable[ExportedEntry], zone: tzinfo, _now: int, note: str = "") -> Iterator[bytes]:
    """A file of records.

    Args:
        entries: The entries, by time.
        zone: The time zone of the clock times.
        _now: Not needed here.
        note: What must be known of it: the summary of the first record, as klog has no comments.
    """
    day: date | None = None
    for entry in entries:
        start, end = (wall.replace(second=0) for wall in wall_span(entry, zone))
        if start.date() != day:
            date_line = f"{start:%Y-%m-%d}\n"
            head = f"\n{date_line}" if day else f"{date_line}{note}\n" if note else date_line
            day = start.date()
            yield head.encode()
        time = _length(start, end) if entry.is_clock_made else _time(start, end)
        yield f"{INDENT}{' '.join([time, *_summary(entry)])}\n".encode()


def _time(start: datetime, end: datetime) -> str:
    """A range such as `9:00 - 10:30` or `23:00 - 1:00>`; a duration if it ends after the next day."""
    days = (end.date() - start.date()).days
    if days > 1:
        return _length(start, end)
    return f"{_clock(start)} - {_clock(end)}{'>' * days}"


def _length(start: datetime, end: datetime) -> str:
    hours, rest = divmod((end - start) // MINUTE, 60)
    return f"{hours}h{rest}m" if hours and rest else f"{hours}h" if hours else f"{rest}m"


def _clock(wall: datetime) -> str:
    return f"{wall.hour}:{wall.minute:02}"


def _summary(entry: ExportedEntry) -> list[str]:
    """What follows the time. Further lines of a summary are indented twice, and none of them is empty."""
    lines = [safe(line.strip()) for line in with_plain_lines(entry.description).split("\n")]
    text = f"\n{INDENT * 2}".join(filter(None, lines))
    names = {"project": entry.project, "client": entry.client, "user": entry.user}
    return [*filter(None, [text]), *(f"#{key}={_value(name)}" for key, name in names.items() if name)]


def _value(name: str) -> str:
    """The value of a tag: in quotes, of which it must not contain any, unless it is a plain word."""
    name = safe(name)
    if all(letter.isalpha() or letter in PLAIN for letter in name):
        return name
    quote = "'" if '"' in name and "'" not in name else '"'
    return quote + name.replace('"', "'" if quote == '"' else '"') + quote
