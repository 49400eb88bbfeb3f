"""Entries for exporters, and readers of klog and timeclock files that follow the rules of their formats.

klog: https://github.com/jotaen/klog, Specification.md, version 1.4. timeclock: hledger's manual.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import icalendar
from hypothesis import strategies as st

from clockeye_cli.exporters.entry import ExportedEntry

BERLIN = ZoneInfo("Europe/Berlin")
MINUTE = timedelta(minutes=1)


def entry(started_at: str, seconds: int, description: str = "", **names: object) -> ExportedEntry:
    """An entry that starts at a wall time in Berlin (`+01:00` at its end for another offset)."""
    moment = datetime.fromisoformat(started_at)
    start = int((moment if moment.tzinfo else moment.replace(tzinfo=BERLIN)).timestamp())
    return ExportedEntry("te_000000000001", start, start + seconds, description, **names)  # type: ignore[arg-type] # as named


TEXTS = st.text(max_size=200) | st.text('aä日😀\n\t ,;:\\#"=\x1b\u202e\u2028', max_size=120)
NAMES = TEXTS.map(str.strip)
STARTS = st.integers(1_762_000_000, 1_800_000_000)
"""Over two years, with four clock changes."""


@st.composite
def entries(draw: st.DrawFn) -> list[ExportedEntry]:
    """Entries by time, of any texts and lengths."""
    starts = sorted(draw(st.lists(STARTS, max_size=8)))
    length = st.integers(0, 200_000) | st.sampled_from([0, 1, 59, 60, 3_600, 86_400])
    return [
        ExportedEntry(
            f"te_{number:012}",
            start,
            start + draw(length),
            draw(TEXTS),
            draw(NAMES),
            draw(NAMES),
            draw(NAMES),
            draw(st.booleans()),
        )
        for number, start in enumerate(starts)
    ]


def events(document: bytes | str) -> list[Any]:
    """The events of a calendar, read by a parser that is not ours."""
    return list(icalendar.Calendar.from_ical(document).walk("VEVENT"))


class KlogEntry(NamedTuple):
    """An entry of a klog file: the date of its record, its start and length in minutes, its text."""

    day: date
    start: int | None
    minutes: int
    summary: str


TIME = r"(<?)(\d{1,2}):(\d\d)(>?)"
ENTRY = re.compile(rf"(?:{TIME} - {TIME}|(?:(\d+)h)?(?:(\d+)m)?)(?: (.*))?")
VALUE = re.compile(r"""#(project|client|user)=([\w-]+|"[^"]*"|'[^']*')""")


def read_klog(text: str) -> list[KlogEntry]:
    """The entries of a klog file; an assertion fails where it breaks a rule."""
    assert text == "" or text.endswith("\n")
    read: list[KlogEntry] = []
    for record in text[:-1].split("\n\n") if text else []:
        head, *lines = record.split("\n")
        day = date.fromisoformat(head)
        assert lines
        for line in lines:
            assert line.strip(), record
            if line.startswith(" " * 8):
                read[-1] = read[-1]._replace(summary=f"{read[-1].summary}\n{line[8:]}")
                continue
            assert line.startswith("    "), record
            match = ENTRY.fullmatch(line[4:])
            assert match, line
            *times, hours, minutes, summary = match.groups()
            if times[1] is None:
                assert hours or minutes, line
                length = int(hours or 0) * 60 + int(minutes or 0)
                read.append(KlogEntry(day, None, length, summary or ""))
                continue
            start, end = _minute(*times[:4]), _minute(*times[4:])
            assert start <= end, line
            read.append(KlogEntry(day, start, end - start, summary or ""))
    return read


def _minute(before: str, hour: str, minute: str, after: str) -> int:
    assert int(hour) < 24
    assert int(minute) < 60
    return int(hour) * 60 + int(minute) + 1_440 * (len(after) - len(before))


def klog_values(summary: str) -> dict[str, str]:
    """The values of our tags in a summary without the quotes around them; a quote within is a `'`."""
    return {
        key: (value[1:-1] if value[0] in "\"'" else value).replace('"', "'")
        for key, value in VALUE.findall(summary)
    }


class Session(NamedTuple):
    """A clock-in and its clock-out."""

    start: datetime
    end: datetime
    account: str
    description: str


def read_timeclock(text: str) -> list[Session]:
    """The sessions of a timeclock file; an assertion fails where it breaks a rule."""
    lines = [line for line in text.split("\n")[:-1] if not line.startswith(";")]
    sessions = []
    for opening, closing in zip(lines[::2], lines[1::2], strict=True):
        match = re.fullmatch(r"i (\S+ \S+) (\S.*?)(?:  (.*))?", opening)
        end = re.fullmatch(r"o (\S+ \S+)", closing)
        assert match, opening
        assert end, closing
        start, account, description = match.groups()
        session = Session(_wall(start), _wall(end[1]), account, description or "")
        assert session.start <= session.end
        sessions.append(session)
    return sessions


def _wall(text: str) -> datetime:
    return datetime.strptime(text, "%Y/%m/%d %H:%M:%S")  # noqa: DTZ007 (it is a wall time)
