"""The rows of a file, each with when it was, its key, and what it says."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from clockeye_cli.core.day import EPOCH, local
from clockeye_cli.core.entry import folded
from clockeye_cli.core.identity import content_of, row_key
from clockeye_cli.core.safe_text import safe
from clockeye_cli.importers import reader
from clockeye_cli.importers.incoming import BadRowError, Choices, Incoming, Problem, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clockeye_cli.tracking.importing.times import RowSpan, WallClock
    from clockeye_cli.tracking.importing.wishes import ImportFile, Wishes

OWN = "clockeye"
"""The source of our own files: their ids are ids here, too."""


class Read(NamedTuple):
    """A row that was read.

    Attributes:
        row: What it says.
        span: When it was.
        start: Its start in the source's own time, as text that sorts; or its day.
        end: Its end likewise, reckoned by its length if it has none; or `+` and its length.
        key: Its key.
        content: What it says besides its key.
        is_taken: Whether it is of the person, in the days and of the projects that are wanted.
        is_left_out: Whether its project is left out.
        is_closed: Whether it begins in the closed period.
    """

    row: Incoming
    span: RowSpan
    start: str
    end: str
    key: str
    content: bytes
    is_taken: bool
    is_left_out: bool
    is_closed: bool


def rows(file: ImportFile, wishes: Wishes, clock: WallClock) -> Iterator[Read | Problem | Remark]:
    """The rows of a file that can be read, and what there is to say about it.

    Args:
        file: The file.
        wishes: What the user wishes.
        clock: What the clocks of the source's zone show.
    """
    choices = Choices(wishes.today, wishes.dates, wishes.encoding, wishes.columns)
    content = own_content if file.source == OWN else foreign_content
    open_from = wishes.closed.before if wishes.closed else 0
    is_limited = bool(wishes.person or wishes.first or wishes.last)
    leaves_out = wishes.names.leaves_out if wishes.names.projects else None
    for item in reader(file.source)(file.content, choices):
        if not isinstance(item, Incoming):
            yield item
            continue
        try:
            span = clock.span(item)
        except BadRowError as error:
            yield error.at(item.line)
            continue
        left_out = leaves_out is not None and leaves_out(item.client, item.project)
        start, end = start_text(item), end_text(item)
        key = item.external_id or row_key(item.person, start, end)
        taken = not left_out and (not is_limited or is_taken(item, span, wishes))
        closed = bool(open_from) and began(item, span, clock) < open_from
        yield Read(item, span, start, end, key, content(item), taken, left_out, closed)


def is_taken(row: Incoming, span: RowSpan, wishes: Wishes) -> bool:
    """Whether a row is of the person and in the days that are wanted."""
    if wishes.person and folded(row.person) != wishes.person:
        return False
    if wishes.first or wishes.last:
        day = row.day if span.started_at is None else local(span.started_at, wishes.zone).date()
        if day and ((wishes.first and day < wishes.first) or (wishes.last and day > wishes.last)):
            return False
    return True


def began(row: Incoming, span: RowSpan, clock: WallClock) -> int:
    """The instant at which a row began, or its day."""
    if span.started_at is not None:
        return span.started_at
    return 0 if row.day is None else clock.day_starts_at(row.day)


def end_text(row: Incoming) -> str:
    """The end of a row in the source's own time, reckoned by its length if it has none; else the length."""
    if row.end is not None:
        return _text(row.end)
    length = row.duration or 0
    if row.start is None:
        return f"+{length}"
    return _text(row.start + length if isinstance(row.start, int) else row.start + timedelta(seconds=length))


def start_text(row: Incoming) -> str:
    """The start of a row in the source's own time, as text that sorts."""
    return str(row.day) if row.start is None else _text(row.start)


def _text(at: datetime | int) -> str:
    return f"{EPOCH + timedelta(seconds=at):%Y-%m-%d %H:%M:%S}Z" if isinstance(at, int) else at.isoformat(" ")


def foreign_content(row: Incoming) -> bytes:
    """What a row says besides its key."""
    labels = _labels(row.project, row.client, row.task, row.tags, row.billable)
    if row.external_id and row.start:
        return content_of((row.description, labels, _text(row.start), str(row.end), str(row.duration)))
    return content_of((row.description, labels))


def own_content(row: Incoming) -> bytes:
    """What a row of a file of our own says, in the form in which all of our formats write it."""
    shown = safe(row.description, keep_newlines=True)
    return content_of((shown, safe(row.project), str(row.billable), str(row.start), str(row.end)))


@lru_cache(4096)
def _labels(project: str, client: str, task: str, tags: tuple[str, ...], billable: bool | None) -> str:
    return "\0".join((project, client, task, *tags, str(billable)))
