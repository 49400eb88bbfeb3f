r"""iCalendar (RFC 5545): one event per entry, in UTC, so that no time zone needs to be defined.

Entries whose clock times are made up are all-day events. An event without a length has no DTEND, which would
have to be later than DTSTART (section 3.6.1).
"""

from __future__ import annotations

import time
from datetime import timedelta

from clockeye_cli.core.day import local
from clockeye_cli.core.duration import clock
from clockeye_cli.core.safe_text import one_line, safe, with_plain_lines
from clockeye_cli.core.tags import tags
from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import tzinfo

    from clockeye_cli.exporters.entry import ExportedEntry

MOST_OCTETS = 75
"""Of a line, without its end (section 3.1)."""

SPECIAL = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
CONTINUATION = 0b1000_0000
"""The upper two bits of a byte that continues a character in UTF-8 (mask 0b1100_0000)."""


def pieces(entries: Iterable[ExportedEntry], zone: tzinfo, now: int, note: str = "") -> Iterator[bytes]:
    """A calendar of entries.

    Args:
        entries: The entries, by time.
        zone: The time zone of the days of all-day events.
        now: The instant at which the calendar is made; a calendar program takes the later of two versions.
        note: What must be known of it: the calendar's description (RFC 7986, section 5.2).
    """
    yield _lines("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//clockeye//clockeye//EN", "CALSCALE:GREGORIAN")
    if note:
        yield _lines(f"DESCRIPTION:{text(note)}")
    stamp = _utc(now)
    for entry in entries:
        yield _lines(*_event(entry, zone, stamp))
    yield _lines("END:VCALENDAR")


def text(value: str) -> str:
    r"""A text as a value (section 3.3.11): `\`, `;`, `,` and line ends escaped."""
    return safe(with_plain_lines(value), keep_newlines=True).translate(SPECIAL)


def folded_line(line: str) -> bytes:
    """A content line with its end, folded at 75 octets, never within a character (section 3.1)."""
    octets = line.encode()
    if len(octets) <= MOST_OCTETS:
        return octets + b"\r\n"
    parts = []
    at, room = 0, MOST_OCTETS
    while len(octets) - at > room:
        end = at + room
        while octets[end] & 0b1100_0000 == CONTINUATION:
            end -= 1
        parts.append(octets[at:end])
        at, room = end, MOST_OCTETS - 1  # the space in front of a continued line counts
    return b"\r\n ".join([*parts, octets[at:]]) + b"\r\n"


def _event(entry: ExportedEntry, zone: tzinfo, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{text(entry.local_id)}@clockeye"
    yield f"DTSTAMP:{stamp}"
    title = one_line(entry.description) or entry.project or "(no description)"
    if entry.is_clock_made:
        day = local(entry.started_at, zone).date()
        yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
        title = f"{title} ({clock(entry.duration)})"
    else:
        yield f"DTSTART:{_utc(entry.started_at)}"
        if entry.duration:
            yield f"DTEND:{_utc(entry.ended_at)}"
    yield f"SUMMARY:{text(title)}"
    if "\n" in with_plain_lines(entry.description):
        yield f"DESCRIPTION:{text(entry.description)}"
    if categories := [name for name in (entry.project, *tags(entry.description)) if name]:
        yield f"CATEGORIES:{','.join(map(text, categories))}"
    if entry.user:
        yield f"CONTACT:{text(entry.user)}"
    yield "END:VEVENT"


def _lines(*lines: str) -> bytes:
    return b"".join(map(folded_line, lines))


def _utc(instant: int) -> str:
    return time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(instant))
