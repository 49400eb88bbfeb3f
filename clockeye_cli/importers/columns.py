"""Tables of time entries: from the cells of a row, by the columns of its header, to a row of work."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from clockeye_cli.core.entry import folded
from clockeye_cli.errors import UsageError
from clockeye_cli.importers import clocks
from clockeye_cli.importers.head import Head
from clockeye_cli.importers.incoming import BadRowError, Choices, Incoming, Problem, Remark
from clockeye_cli.importers.shape import Cells, SourceColumns
from clockeye_cli.importers.table import open_table
from clockeye_cli.importers.text import HEAD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clockeye_cli.importers.incoming import Reading

DAYS = ("start_date", "end_date", "date", "start", "end")
FIRST_ROWS = 1000
"""If the dates of these rows have the year first, the order need not be proved by all."""

START, END = ("start", "start_date", "start_time"), ("end", "end_date", "end_time")
TOTALS = frozenset(("total", "totals", "gesamt", "summe"))
YES = frozenset(("yes", "true", "1", "y", "ja", "oui", "si", "sí"))
NO = frozenset(("no", "false", "0", "n", "nein", "non"))
MIDNIGHT_CUT = time(23, 59, 59)


def read_table(
    file: BinaryIO, choices: Choices, shape: SourceColumns, needed: tuple[tuple[str, ...], ...]
) -> Reading:
    """The rows of a table, in the order of the file.

    Args:
        file: The whole file; it is read twice if the order of its dates has to be proved.
        choices: What the user has chosen.
        shape: How the columns are named.
        needed: Groups of folded names: a header has one of each.

    Raises:
        UsageError: The table cannot be read: its encoding, its dates, or a column is missing.
    """
    file.seek(0)
    head = Head(file.read(HEAD), choices.encoding)
    own = [(folded(name),) for name in choices.columns.values()]
    header = head.header(own or needed)
    if header is None:
        raise UsageError(
            "The file has no header with the columns that are needed.",
            hint="`clockeye import --sources` says which columns each source has.",
            code="missing_column",
        )
    table = open_table(file, header, choices.encoding)
    row = Cells(table, shape, choices)
    yield Remark("encoding", table.encoding.title)
    for name in row.ignored:
        yield Remark("ignored", name)
    days = _days(islice(table.rows(file), FIRST_ROWS), row)
    if not choices.dates and not (days and all(clocks.day(text, "iso") for text in days)):
        days = _days(table.rows(file), row)
    order, proof = clocks.proved(days, choices.today, choices.dates)
    yield Remark("dates", order)
    yield Remark("dates_from", proof)
    for item in table.rows(file):
        if isinstance(item, Problem):
            yield item
            continue
        row.load(*item)
        try:
            if _is_total(row):
                yield Remark("total", str(_length(row)[0] or 0))
            else:
                yield _incoming(row, order, shape)
        except BadRowError as error:
            yield error.at(row.line)


def _days(rows: Iterable[tuple[int, list[str]] | Problem], row: Cells) -> list[str]:
    """All texts of dates in rows of a table, each once."""
    places = [row.places[field] for field in DAYS if field in row.places]
    days: dict[str, None] = {}
    for item in rows:
        if not isinstance(item, Problem):
            for place in places:
                text = item[1][place]
                if text and text not in days:
                    days[text.strip().partition(" ")[0].rstrip(",")] = None
    return [*days]


def _is_total(row: Cells) -> bool:
    get = row.values.get
    if get("start_date") or get("start") or (get("date") and folded(get("date", "")) not in TOTALS):
        return False
    return folded(next(filter(str.strip, row.cells), "")).rstrip(":") in TOTALS


def _length(row: Cells) -> tuple[int | None, int]:
    """The seconds that a row says it lasts, None if it says nothing, and by how many they may be rounded."""
    best: tuple[int | None, int] = (None, 0)
    for field in ("duration", "hours"):
        if text := row.values.get(field):
            length = clocks.length(text)
            if length is None:
                raise BadRowError("bad_length", f'"{text[:40]}" is not a duration', row.column(field))
            if best[0] is None or length[1] < best[1]:
                best = length
    return best


def _incoming(row: Cells, order: str, shape: SourceColumns) -> Incoming | Problem:
    seconds, tolerance = _length(row)
    start, end, day = _span(row, order)
    if end is None and seconds is None:
        if start is None:
            raise BadRowError("bad_row", "has neither a duration nor an end")
        return Problem(row.line, "running", "is still running: it has no end", "skipped")
    if (
        isinstance(end, datetime)
        and end.second == MIDNIGHT_CUT.second
        and end.time() == MIDNIGHT_CUT
        and isinstance(start, datetime)
        and seconds == (end - start).total_seconds() + 1
    ):
        end += timedelta(seconds=1)  # the source shows an end at midnight as the second before
    get = row.values.get
    tags, invoice = get("tags", ""), get("invoice", "")
    return Incoming(
        row.line,
        start,
        end,
        seconds,
        tolerance if start is not None else 0,
        day,
        row.raw("description"),
        get("project", ""),
        get("client", ""),
        get("task", ""),
        _tags(tags, shape.separator) if tags else (),
        _flag(get("billable", "")),
        get("person", "") or _person(row),
        get("external_id", ""),
        start is None,
        _invoice(invoice) if invoice else "",
        _more(row) if row.more else (),
    )


def _span(row: Cells, order: str) -> tuple[datetime | int | None, datetime | int | None, date | None]:
    """The start and the end of a row, or else its day."""
    get = row.values.get
    start: datetime | int | None = clocks.iso_wall(get("start_date", ""), get("start_time", ""))
    end: datetime | int | None = clocks.iso_wall(get("end_date", ""), get("end_time", ""))
    if start is not None and end is not None and not (get("start") or get("end")):
        return start, end, None  # by far the most
    start = _moment(row, START, order)
    end = _moment(row, END, order, start)
    if isinstance(start, datetime) and isinstance(end, datetime) and end < start and not _has_own_day(row):
        end += timedelta(days=1)  # one date for both: it ended on the next day
    if start is not None:
        return start, end, None
    field = next((field for field in ("date", "start_date", "start") if row.get(field)), "date")
    return None, None, _day(row, field, order)


def _moment(
    row: Cells, fields: tuple[str, str, str], order: str, start: datetime | int | None = None
) -> datetime | int | None:
    """The start or the end of a row; None if it has none. An end without a day is on the day of the start."""
    field, day_field, time_field = fields
    get = row.values.get
    whole, day_text, time_text = get(field), get(day_field, ""), get(time_field, "")
    if not whole and (usual := clocks.iso_wall(day_text, time_text)) is not None:
        return usual
    on = start.date() if isinstance(start, datetime) else None
    if whole:
        at = clocks.moment(whole, order)
        if at is not None:
            return at
        if clocks.day(whole, order) is not None:
            return None  # a day only
        seconds = _clock(row, field)
        return clocks.wall(on or _day(row, "date", order), seconds)
    if not time_text:
        return None
    if day_text:
        day = _day(row, day_field, order)
    else:
        day = on or _day(row, "date" if row.get("date") else "start_date", order)
    return clocks.wall(day, _clock(row, time_field))


def _day(row: Cells, field: str, order: str) -> date:
    day = clocks.day(row.get(field), order)
    if day is None:
        raise BadRowError("bad_date", f'"{row.get(field)[:40]}" is not a date', row.column(field))
    return day


def _clock(row: Cells, field: str) -> int:
    seconds = clocks.clock(row.get(field))
    if seconds is None:
        raise BadRowError("bad_time", f'"{row.get(field)[:40]}" is not a time', row.column(field))
    return seconds


def _has_own_day(row: Cells) -> bool:
    """Whether the end of a row has a date of its own."""
    return bool(row.get("end_date")) or (bool(row.get("end")) and clocks.clock(row.get("end")) is None)


@lru_cache(4096)
def _tags(text: str, separator: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, text.split(separator))))


@lru_cache(256)
def _flag(text: str) -> bool | None:
    word = folded(text)
    return True if word in YES else False if word in NO else None


def _person(row: Cells) -> str:
    return row.get("user") or " ".join(filter(None, (row.get("first_name"), row.get("last_name"))))


def _more(row: Cells) -> tuple[tuple[str, str], ...]:
    cells = row.cells
    return tuple([(row.names[place], cells[place]) for place in row.more if cells[place].strip()])


def _invoice(text: str) -> str:
    """The number of an invoice, or `yes`; empty if there is none."""
    return "" if folded(text) in NO else "yes" if folded(text) in YES else text


def columns_named(head: Head) -> Iterator[str]:
    """The columns of what looks most like a header, for messages; none of what is not text."""
    headers = [header.names for header in head.headers if all(map(_is_text, header.names))]
    yield from max(headers, key=len, default=())


def _is_text(name: str) -> bool:
    return name.isprintable() and "\ufffd" not in name
