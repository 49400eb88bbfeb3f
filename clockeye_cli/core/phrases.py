"""Instants, spans and entries as short texts, for messages and confirmations."""

from __future__ import annotations

from clockeye_cli.core.day import local
from clockeye_cli.core.duration import clock
from clockeye_cli.core.entry import Timer
from clockeye_cli.core.safe_text import one_line
from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, tzinfo

    from clockeye_cli.core.entry import TimeEntry


MINUTE = 60


def stamp(instant: int, zone: tzinfo, now: int | None = None, *, exact: bool = False) -> str:
    """An instant as `2026-11-20 09:15`, or as `09:15` if it is on the calendar day of `now`.

    With `exact` it has its seconds, `09:15:30`, unless they are zero: for sentences that compare times.
    """
    moment = local(instant, zone)
    clock_time = f"{moment:%H:%M:%S}" if exact and moment.second else f"{moment:%H:%M}"
    if now is not None and moment.date() == local(now, zone).date():
        return clock_time
    return f"{moment.year:04}-{moment:%m-%d} {clock_time}"


def stamps_apart(first: int, second: int, zone: tzinfo) -> tuple[str, str]:
    """Two instants with their dates, exact if they would look equal."""
    exact = stamp(first, zone) == stamp(second, zone)
    return stamp(first, zone, exact=exact), stamp(second, zone, exact=exact)


def file_stamp(instant: int, zone: tzinfo) -> str:
    """An instant as `20261120-091500`, for a file's name."""
    return f"{local(instant, zone):%Y%m%d-%H%M%S}"


def span(started_at: int, ended_at: int, zone: tzinfo, now: int | None = None, *, exact: bool = False) -> str:
    """A span as `09:15–10:30`, with dates where needed: `2026-11-20 23:00–2026-11-21 01:00`.

    Exact ones have the seconds that are not zero, and so has a span within a minute. Where the clocks went
    back in between, so that it would seem to end before it began, both times have their offset from UTC:
    `02:30+02:00–02:00+01:00`.
    """
    exact = exact or 0 < ended_at - started_at < MINUTE
    start, end = stamp(started_at, zone, now, exact=exact), stamp(ended_at, zone, now=started_at, exact=exact)
    first, last = local(started_at, zone), local(ended_at, zone)
    if ended_at > started_at and last.replace(tzinfo=None) <= first.replace(tzinfo=None):
        return f"{start}{_offset(first)}–{end}{_offset(last)}"
    return f"{start}–{end}"


def _offset(moment: datetime) -> str:
    text = moment.strftime("%z")
    return f"{text[:3]}:{text[3:5]}"


def rfc3339(instant: int) -> str:
    """An instant in UTC, as RFC 3339 writes it: `2026-11-20T08:15:00Z`."""
    from datetime import UTC

    moment = local(instant, UTC)
    return f"{moment.year:04}-{moment:%m-%dT%H:%M:%S}Z"


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun: `1 entry`, `12 entries`."""
    return f"{number} {one if number == 1 else many}"


def work(project: str | None, description: str) -> str:
    """`web: Fix the login bug`; the part that is present if one is missing."""
    return ": ".join(part for part in (project, one_line(description)) if part) or "(no description)"


def describe(
    item: TimeEntry | Timer, names: Mapping[str, str], zone: tzinfo, now: int, *, exact: bool = False
) -> str:
    """An entry as `web: Fix the login bug, 09:15–10:30 (1:15:00)`, a timer as `web: Fix it, since 09:15`.

    Args:
        item: The entry or timer.
        names: Project names by id.
        zone: The time zone of the times.
        now: Times on its calendar day are shown without the date.
        exact: Show the seconds of times.
    """
    text = work(names.get(item.project_id or ""), item.description)
    if isinstance(item, Timer) or item.is_open:
        return f"{text}, since {stamp(item.started_at, zone, now, exact=exact)}"
    when = span(item.started_at, item.ended_at, zone, now, exact=exact)
    return f"{text}, {when} ({clock(item.duration)})"
