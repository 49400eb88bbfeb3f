"""Conversion between ClockEye's JSON and our values. Pure.

Accepts whatever the reference leaves open: missing or null fields, offsets other than `Z`, fractions of
seconds, seconds since 1970, ids that are integers, unknown fields (kept), with or without an envelope.
"""

from __future__ import annotations

from datetime import UTC, datetime

from clockeye_cli.core.day import FIRST_YEAR, LAST_YEAR
from clockeye_cli.core.safe_text import storable
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.core.user import User
from clockeye_cli.errors import NoAnswerError, UnreadableEntryError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any


EARLIEST_EPOCH = 100_000_000
"""The smallest number that is seconds since 1970: in 1973."""

EPOCH_DIGITS = range(9, 12)
"""A text of so many digits is such a number."""


class RemoteEntry(NamedTuple):
    """A time entry of the account.

    Attributes:
        id: `te_…`.
        user_id: The user it belongs to; None if the account does not tell.
        project_id: None for none.
        description: Empty for null.
        started_at: Instant.
        ended_at: Instant; None while it is running.
        billable: Whether it is.
        fields: All fields as read, including unknown ones; a PUT sends them back.
    """

    id: str
    user_id: str | None
    project_id: str | None
    description: str
    started_at: int
    ended_at: int | None
    billable: bool
    fields: dict[str, Any]


class RemoteProject(NamedTuple):
    """A project of the account."""

    id: str
    name: str


class ListPage(NamedTuple):
    """A page of a list.

    Attributes:
        rows: The objects that have an id.
        total: The number of rows on all pages; None if the account gives none that is a number.
        per_page: The size of the pages according to the account; None if it gives none.
        nameless: How many rows were skipped because they are no objects with an id.
    """

    rows: list[dict[str, Any]]
    total: int | None
    per_page: int | None = None
    nameless: int = 0

    @property
    def length(self) -> int:
        """The number of rows, including the skipped ones."""
        return len(self.rows) + self.nameless


def page(content: Any) -> ListPage:
    """The page in an answer.

    Raises:
        NoAnswerError: The answer contains no list.
    """
    rows = rows_of(content)
    named = [row for row in rows if isinstance(row, dict) and id_text(row.get("id"))]
    meta = content.get("meta") if isinstance(content, dict) else None
    given = meta if isinstance(meta, dict) else {}
    return ListPage(named, _count(given.get("total")), _count(given.get("per_page")), len(rows) - len(named))


def rows_of(content: Any) -> list[Any]:
    """The rows in an answer.

    Raises:
        NoAnswerError: The answer contains no list, or one without objects.
    """
    rows = content.get("data") if isinstance(content, dict) else content
    if rows is None and isinstance(content, dict) and isinstance(content.get("meta"), dict):
        return []  # how some services write an empty list
    if not isinstance(rows, list) or (rows and not any(isinstance(row, dict) for row in rows)):
        raise NoAnswerError("ClockEye's answer has no list under `data`.")
    return rows


def one(content: Any) -> dict[str, Any]:
    """The single object in an answer, with or without the `data` envelope.

    Raises:
        NoAnswerError: The answer contains no object with an id.
    """
    fields = content
    if isinstance(content, dict) and isinstance(content.get("data"), dict):
        fields = content["data"]
    if not isinstance(fields, dict) or not id_text(fields.get("id")):
        raise NoAnswerError("ClockEye's answer has no object with an id.")
    return fields


def entry(fields: dict[str, Any]) -> RemoteEntry:
    """A time entry.

    Raises:
        NoAnswerError: It has no id.
        UnreadableEntryError: Its start is missing, or its start or end is invalid.
    """
    started_at, end = instant(fields.get("start_time")), fields.get("end_time")
    ended_at = instant(end) if end else None  # null, empty and 0: it is running
    if started_at is None:
        raise UnreadableEntryError(f"ClockEye's entry {id_of(fields)} has no valid start.")
    if ended_at is None and end:  # not running: it ended, at an unknown time
        raise UnreadableEntryError(f"ClockEye's entry {id_of(fields)} has no valid end.")
    return RemoteEntry(
        id_of(fields),
        id_text(fields.get("user_id")),
        id_text(fields.get("project_id")),
        text(fields.get("description")) or "",
        started_at,
        max(started_at, ended_at) if ended_at is not None else None,
        flag(fields.get("billable")),
        fields,
    )


def entries(rows: Iterable[dict[str, Any]], unreadable: list[dict[str, Any]]) -> Iterator[RemoteEntry]:
    """The time entries of a list but deleted ones; rows whose times cannot be read go to `unreadable`.

    Raises:
        NoAnswerError: A row has no id.
    """
    for row in rows:
        if is_deleted(row):
            continue
        try:
            yield entry(row)
        except UnreadableEntryError:
            unreadable.append(row)


def is_deleted(fields: dict[str, Any]) -> bool:
    """Whether an object is only kept as a trace of what was deleted."""
    return bool(fields.get("deleted_at")) or flag(fields.get("deleted")) or flag(fields.get("is_deleted"))


def project(fields: dict[str, Any]) -> RemoteProject:
    """A project; without a name, it gets its id as name."""
    return RemoteProject(id_of(fields), text(fields.get("name")) or id_of(fields))


def user(fields: dict[str, Any]) -> User:
    """A user."""
    return User(id_of(fields), text(fields.get("email")) or "", text(fields.get("role")) or "")


def body(
    *,
    project_id: str | int | None,
    description: str,
    started_at: int,
    ended_at: int | None,
    billable: bool,
    user_id: str | int | None = None,
) -> dict[str, Any]:
    """The body of a POST of a time entry; `user_id` only for another user than the key's.

    Without an end it has no `end_time`: the entry is running.
    """
    return {
        **({"user_id": user_id} if user_id else {}),
        "project_id": project_id,
        "description": description,
        "start_time": stamp(started_at),
        **({} if ended_at is None else {"end_time": stamp(ended_at)}),
        "billable": billable,
    }


def stamp(instant: int) -> str:
    """An instant in the reference's format: `2024-01-15T09:00:00Z`."""
    return datetime.fromtimestamp(instant, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def instant(value: object) -> int | None:
    """The instant of an RFC 3339 text or of seconds since 1970, rounded down to the second.

    None for anything else, also for a text without an offset, or in a year that is not supported (see
    `core/day.py`).
    """
    if isinstance(value, str) and value.isdigit() and value.isascii() and len(value) in EPOCH_DIGITS:
        value = int(value)
    try:
        if isinstance(value, str):
            moment = datetime.fromisoformat(value.upper())  # RFC 3339 allows `t` and `z`
        elif isinstance(value, int | float) and value >= EARLIEST_EPOCH:
            moment = datetime.fromtimestamp(value, UTC)
        else:
            return None
        in_utc = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
        is_supported = moment.tzinfo and FIRST_YEAR <= in_utc.year <= LAST_YEAR
    except (ValueError, OverflowError, OSError):  # also the first and the last hours of the datetime range
        return None
    return int(moment.timestamp() // 1) if is_supported else None


def flag(value: object) -> bool:
    """A yes or no: true, 1, "true" and "1" are yes."""
    return value in (True, "1") or (isinstance(value, str) and value.lower() == "true")


def id_of(fields: dict[str, Any]) -> str:
    """The id in an object of the API.

    Raises:
        NoAnswerError: It has none.
    """
    account_id = id_text(fields.get("id"))
    if account_id is None:
        raise NoAnswerError("ClockEye's answer has an object without an id.")
    return account_id


def user_id_of(fields: dict[str, Any]) -> str | None:
    """The user of an entry; None if the account does not tell."""
    return id_text(fields.get("user_id"))


def has_integer(value: object) -> bool:
    """Whether an id is an integer in JSON: it is kept as its text, and must be sent as an integer."""
    return isinstance(value, int) and not isinstance(value, bool)


def id_text(value: object) -> str | None:
    """An id as text; None for none."""
    return text(value) if isinstance(value, str) or not has_integer(value) else str(value)


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def text(value: object) -> str | None:
    """A text; None for an empty one, and for anything else."""
    return (value if value.isprintable() else storable(value)) if isinstance(value, str) and value else None
