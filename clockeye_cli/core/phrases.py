"""Instants, spans and entries as short texts, for messages and confirmations."""

from __future__ import annotations

from clockeye_cli.core.day import local
from clockeye_cli.core.duration import clock
from clockeye_cli.core.entry import Timer
from clockeye_cli.core.typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

    from clockeye_cli.core.entry import TimeEntry


def stamp(instant: int, zone: tzinfo, now: int | None = None) -> str:
    """An instant as `2026-11-20 09:15`, or as `09:15` if it is on the calendar day of `now`."""
    moment = local(instant, zone)
    if now is not None and moment.date() == local(now, zone).date():
        return moment.strftime("%H:%M")
    return f"{moment.year:04}-{moment:%m-%d %H:%M}"


def file_stamp(instant: int, zone: tzinfo) -> str:
    """An instant as `20261120-091500`, for a file's name."""
    return f"{local(instant, zone):%Y%m%d-%H%M%S}"


def span(started_at: int, ended_at: int, zone: tzinfo, now: int | None = None) -> str:
    """A span as `09:15–10:30`, with dates where needed: `2026-11-20 23:00–2026-11-21 01:00`."""
    end = stamp(ended_at, zone, now=started_at)
    return f"{stamp(started_at, zone, now)}–{end}"


def rfc3339(instant: int, zone: tzinfo | None = None) -> str:
    """An instant as `2026-11-20T09:15:00+01:00`; without a zone in UTC, `2026-11-20T08:15:00Z`."""
    from datetime import UTC

    moment = local(instant, zone or UTC)
    text = f"{moment.year:04}-{moment:%m-%dT%H:%M:%S}"
    offset = moment.strftime("%z")
    return text + ("Z" if zone is None else f"{offset[:3]}:{offset[3:5]}")


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun: `1 entry`, `12 entries`."""
    return f"{number} {one if number == 1 else many}"


def work(project: str | None, description: str) -> str:
    """`web: Fix the login bug`; the part that is present if one is missing."""
    return ": ".join(part for part in (project, description) if part) or "(no description)"


def describe(item: TimeEntry | Timer, names: Mapping[str, str], zone: tzinfo, now: int) -> str:
    """An entry as `web: Fix the login bug, 09:15–10:30 (1:15:00)`, a timer as `web: Fix it, since 09:15`.

    Args:
        item: The entry or timer.
        names: Project names by id.
        zone: The time zone of the times.
        now: Times on its calendar day are shown without the date.
    """
    text = work(names.get(item.project_id or ""), item.description)
    if isinstance(item, Timer) or item.is_open:
        return f"{text}, since {stamp(item.started_at, zone, now)}"
    return f"{text}, {span(item.started_at, item.ended_at, zone, now)} ({clock(item.duration)})"
