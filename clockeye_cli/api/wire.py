"""Conversion between ClockEye's JSON and our values. Pure.

Accepts whatever the reference leaves open: missing or null fields, offsets other than `Z`, fractions of
seconds, unknown fields (kept), with or without an envelope.
"""

from __future__ import annotations

from datetime import UTC, datetime

from clockeye_cli.core.day import FIRST_YEAR, LAST_YEAR
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.core.user import User
from clockeye_cli.errors import NoAnswerError, UnreadableEntryError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any


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


class RemoteScreenshot(NamedTuple):
    """A screenshot; `captured_at` is an instant or None, `activity_level` 0 to 100 or None."""

    id: str
    user_id: str | None
    time_entry_id: str | None
    url: str
    activity_level: float | None
    captured_at: int | None


class RemoteSum(NamedTuple):
    """One row of a summary, or its total: seconds, billable seconds, and the number of entries.

    Attributes:
        key: The project's or user's id, or the day as `2026-11-20`; None for entries without one.
        name: The project's or user's name.
    """

    key: str | None
    name: str | None
    duration: int
    billable_duration: int
    entries: int


class RemoteSummary(NamedTuple):
    """A summary computed by ClockEye."""

    rows: list[RemoteSum]
    whole: RemoteSum


class ListPage(NamedTuple):
    """A page of a list: its rows, and the total of all pages, if the account gives one."""

    rows: list[dict[str, Any]]
    total: int | None


def page(content: Any) -> ListPage:
    """The page in an answer.

    Raises:
        NoAnswerError: The answer contains no list.
    """
    rows = content.get("data") if isinstance(content, dict) else content
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise NoAnswerError("ClockEye's answer has no list under `data`.")
    meta = content.get("meta") if isinstance(content, dict) else None
    total = meta.get("total") if isinstance(meta, dict) else None
    is_count = isinstance(total, int) and not isinstance(total, bool) and total >= 0
    return ListPage(rows, total if is_count else None)


def one(content: Any) -> dict[str, Any]:
    """The single object in an answer, with or without the `data` envelope.

    Raises:
        NoAnswerError: The answer contains no object with an id.
    """
    fields = content
    if isinstance(content, dict) and isinstance(content.get("data"), dict):
        fields = content["data"]
    if not isinstance(fields, dict) or not isinstance(fields.get("id"), str):
        raise NoAnswerError("ClockEye's answer has no object with an id.")
    return fields


def entry(fields: dict[str, Any]) -> RemoteEntry:
    """A time entry.

    Raises:
        NoAnswerError: It has no id.
        UnreadableEntryError: Its start is missing, or its start or end is invalid.
    """
    started_at, ended_at = instant(fields.get("start_time")), instant(fields.get("end_time"))
    if started_at is None:
        raise UnreadableEntryError(f"ClockEye's entry {id_of(fields)} has no valid start.")
    if ended_at is None and fields.get("end_time"):  # not running: it ended, at an unknown time
        raise UnreadableEntryError(f"ClockEye's entry {id_of(fields)} has no valid end.")
    return RemoteEntry(
        id_of(fields),
        _text(fields.get("user_id")),
        _text(fields.get("project_id")),
        _text(fields.get("description")) or "",
        started_at,
        max(started_at, ended_at) if ended_at is not None else None,
        fields.get("billable") is True,
        fields,
    )


def entries(rows: Iterable[dict[str, Any]]) -> tuple[list[RemoteEntry], list[dict[str, Any]]]:
    """The time entries of a list, and the rows whose times cannot be read.

    Raises:
        NoAnswerError: A row has no id.
    """
    readable, unreadable = [], []
    for row in rows:
        try:
            readable.append(entry(row))
        except UnreadableEntryError:
            unreadable.append(row)
    return readable, unreadable


def project(fields: dict[str, Any]) -> RemoteProject:
    """A project; without a name, it gets its id as name."""
    return RemoteProject(id_of(fields), _text(fields.get("name")) or id_of(fields))


def user(fields: dict[str, Any]) -> User:
    """A user."""
    return User(id_of(fields), _text(fields.get("email")) or "", _text(fields.get("role")) or "")


def screenshot(fields: dict[str, Any]) -> RemoteScreenshot:
    """A screenshot."""
    level = fields.get("activity_level")
    return RemoteScreenshot(
        id_of(fields),
        _text(fields.get("user_id")),
        _text(fields.get("time_entry_id")),
        _text(fields.get("url")) or "",
        float(min(100, max(0, level)))  # integers in JSON may be too large for a float
        if isinstance(level, int | float) and not isinstance(level, bool)
        else None,
        instant(fields.get("captured_at")),
    )


def summary(content: Any, group_by: str) -> RemoteSummary:
    """A summary by `project`, `user` or `day`.

    Raises:
        NoAnswerError: A field is missing; the message names it.
    """
    rows = page(content).rows
    meta = content.get("meta") if isinstance(content, dict) else None
    key = {"project": "project_id", "user": "user_id", "day": "date"}[group_by]
    for row in rows:
        if key not in row:
            raise _missing(key)
    sums = [_sum(row, _text(row[key]), "duration", "") for row in rows]
    return RemoteSummary(sums, _sum(meta if isinstance(meta, dict) else {}, None, "total_duration", "meta."))


def _sum(fields: dict[str, Any], key: str | None, duration: str, where: str) -> RemoteSum:
    counts = []
    for name in (duration, "billable_duration", "entries"):
        value = fields.get(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise _missing(where + name)
        counts.append(value)
    return RemoteSum(key, _text(fields.get("name")), *counts)


def _missing(field: str) -> NoAnswerError:
    return NoAnswerError(
        f"ClockEye's summary has no {field!r}.",
        hint="Without `--source summary`, the report is computed from the entries.",
        code="no_summary",
    )


def body(
    *,
    project_id: str | None,
    description: str,
    started_at: int,
    ended_at: int,
    billable: bool,
    user_id: str | None = None,
) -> dict[str, Any]:
    """The body of a POST of a time entry; `user_id` only for another user than the key's."""
    return {
        **({"user_id": user_id} if user_id else {}),
        "project_id": project_id,
        "description": description,
        "start_time": stamp(started_at),
        "end_time": stamp(ended_at),
        "billable": billable,
    }


def stamp(instant: int) -> str:
    """An instant in the reference's format: `2024-01-15T09:00:00Z`."""
    return datetime.fromtimestamp(instant, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def instant(text: object) -> int | None:
    """The instant of an RFC 3339 text, rounded down to the second; None for anything else.

    Also None without an offset, or in a year that is not supported (see `core/day.py`).
    """
    if not isinstance(text, str):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    try:
        is_supported = moment.tzinfo and FIRST_YEAR <= moment.astimezone(UTC).year <= LAST_YEAR
    except OverflowError:  # the first and the last hours of the datetime range
        return None
    return int(moment.timestamp() // 1) if is_supported else None


def clean(text: str) -> str:
    """A text from outside, with NUL and lone surrogates replaced by U+FFFD."""
    if text.isprintable():
        return text
    return "".join(
        "\ufffd" if letter == "\0" or "\ud800" <= letter <= "\udfff" else letter for letter in text
    )


def id_of(fields: dict[str, Any]) -> str:
    """The id in an object of the API.

    Raises:
        NoAnswerError: It has none.
    """
    account_id = fields.get("id")
    if not isinstance(account_id, str) or not account_id:
        raise NoAnswerError("ClockEye's answer has an object without an id.")
    return clean(account_id)


def _text(value: object) -> str | None:
    return clean(value) if isinstance(value, str) and value else None
