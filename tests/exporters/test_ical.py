"""iCalendar: what `icalendar`, a parser of others, reads back; and the lines themselves."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from clockeye_cli.core.duration import clock
from clockeye_cli.core.safe_text import is_dangerous, one_line, safe, with_plain_lines
from clockeye_cli.core.tags import tags
from clockeye_cli.exporters import exported
from clockeye_cli.exporters.ical import folded_line
from tests.exporters.reading import BERLIN, TEXTS, entries, entry, events

if TYPE_CHECKING:
    from clockeye_cli.exporters.entry import ExportedEntry

NOW = 1_795_172_400  # 2026-11-20 11:00 UTC


def calendar(*given: ExportedEntry) -> bytes:
    return b"".join(exported("ics", given, BERLIN, NOW))


def plain(text: str) -> str:
    """What a text is shown as: with plain line ends, and visible escapes."""
    return safe(with_plain_lines(text), keep_newlines=True)


def test_the_whole_file() -> None:
    document = calendar(
        entry("2026-11-20 09:15", 4_500, "Fix; the, login\\bug #bug #ui", project="web, site", client="Nord"),
        entry("2026-11-20 10:30", 0, user="mei@example.org"),
        entry("2026-11-20 23:30", 3_600, "One\nTwo", is_clock_made=True),
    )
    assert document.decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//clockeye//clockeye//EN",
        "CALSCALE:GREGORIAN",
        "BEGIN:VEVENT",
        "UID:te_000000000001@clockeye",
        "DTSTAMP:20261120T110000Z",
        "DTSTART:20261120T081500Z",
        "DTEND:20261120T093000Z",
        "SUMMARY:Fix\\; the\\, login\\\\bug #bug #ui",
        "CATEGORIES:web\\, site,bug,ui",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "UID:te_000000000001@clockeye",
        "DTSTAMP:20261120T110000Z",
        "DTSTART:20261120T093000Z",
        "SUMMARY:(no description)",
        "CONTACT:mei@example.org",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "UID:te_000000000001@clockeye",
        "DTSTAMP:20261120T110000Z",
        "DTSTART;VALUE=DATE:20261120",
        "DTEND;VALUE=DATE:20261121",
        "SUMMARY:One Two (1:00:00)",
        "DESCRIPTION:One\\nTwo",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@given(entries())
def test_another_parser_reads_back_what_was_written(given: list[ExportedEntry]) -> None:
    read = events(calendar(*given))
    assert len(read) == len(given)
    for event, was in zip(read, given, strict=True):
        assert str(event["UID"]) == f"{was.local_id}@clockeye"
        assert event["DTSTAMP"].dt == datetime.fromtimestamp(NOW, UTC)
        start, end = event["DTSTART"].dt, event["DTEND"].dt if "DTEND" in event else None
        if was.is_clock_made:
            assert start == datetime.fromtimestamp(was.started_at, BERLIN).date()
            assert isinstance(start, date)
            assert end == start + timedelta(days=1)
        else:
            assert start == datetime.fromtimestamp(was.started_at, UTC)
            assert ((end or start) - start) == timedelta(seconds=was.duration)
            assert (end is None) == (was.duration == 0)
        shown = plain(was.description)
        assert event.get("DESCRIPTION") == (shown if "\n" in shown else None)
        title = safe(one_line(was.description)) or plain(was.project) or "(no description)"
        length = f" ({clock(was.duration)})" if was.is_clock_made else ""
        assert str(event["SUMMARY"]).replace("\t", "\\t") == f"{title}{length}".replace("\t", "\\t")
        names = [plain(name) for name in (was.project, *tags(was.description)) if name]
        assert (event.get("CATEGORIES").cats if names else []) == names
        assert event.get("CONTACT", "") == plain(was.user)


@given(entries())
def test_no_line_is_too_long_or_carries_a_control_character(given: list[ExportedEntry]) -> None:
    for line in calendar(*given).split(b"\r\n"):
        assert len(line) <= 75
        text = line.decode()  # whole characters only
        assert not any(is_dangerous(ord(letter)) for letter in text if letter != "\t"), text


@given(TEXTS, st.integers(60, 90))
def test_folding_and_unfolding_is_the_same_line(text: str, length: int) -> None:
    line = f"SUMMARY:{'x' * length}{safe(text)}"
    folded = folded_line(line)
    assert folded.replace(b"\r\n ", b"") == line.encode() + b"\r\n"
    assert all(len(part) <= 75 for part in folded.split(b"\r\n"))


def test_a_line_is_folded_only_if_it_must_be_and_never_within_a_character() -> None:
    assert folded_line("x" * 75) == b"x" * 75 + b"\r\n"
    assert folded_line("x" * 76) == b"x" * 75 + b"\r\n x\r\n"
    assert folded_line("x" * 74 + "é") == b"x" * 74 + b"\r\n " + "é".encode() + b"\r\n"
    assert folded_line("x" * 73 + "😀") == b"x" * 73 + b"\r\n " + "😀".encode() + b"\r\n"
    assert folded_line("x" * 149) == b"x" * 75 + b"\r\n " + b"x" * 74 + b"\r\n"
