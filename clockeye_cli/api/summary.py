"""Summaries that ClockEye has computed. Pure."""

from __future__ import annotations

from clockeye_cli.api import wire
from clockeye_cli.core.typing import TYPE_CHECKING, NamedTuple
from clockeye_cli.errors import NoAnswerError

if TYPE_CHECKING:
    from typing import Any


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


def summary(content: Any, group_by: str) -> RemoteSummary:
    """A summary by `project`, `user` or `day`.

    Raises:
        NoAnswerError: A field is missing; the message names it.
    """
    rows = [row for row in wire.rows_of(content) if isinstance(row, dict)]
    meta = content.get("meta") if isinstance(content, dict) else None
    key = {"project": "project_id", "user": "user_id", "day": "date"}[group_by]
    for row in rows:
        if key not in row:
            raise _missing(key)
    sums = [_sum(row, wire.id_text(row[key]), "duration", "") for row in rows]
    return RemoteSummary(sums, _sum(meta if isinstance(meta, dict) else {}, None, "total_duration", "meta."))


def _sum(fields: dict[str, Any], key: str | None, duration: str, where: str) -> RemoteSum:
    counts = []
    for name in (duration, "billable_duration", "entries"):
        value = fields.get(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise _missing(where + name)
        counts.append(value)
    return RemoteSum(key, wire.text(fields.get("name")), *counts)


def _missing(field: str) -> NoAnswerError:
    return NoAnswerError(
        f"ClockEye's summary has no {field!r}.",
        hint="Without `--source summary`, the report is computed from the entries.",
        code="no_summary",
    )
